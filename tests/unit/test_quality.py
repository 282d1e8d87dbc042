"""Each parsing check finds what it is for, and nothing in a sound snapshot."""

from dataclasses import replace

import polars as pl
import pytest

from paperhouse.quality import PARSING_CHECKS
from paperhouse.records import Parsed, records_frame, rejects_frame

ABSTRACT = "An abstract that is as long as an abstract is, give or take a few words."


def _parsed(records: int = 3, rejects: int = 0) -> Parsed:
    rows = [
        {"position": i, "rank": i, "arxiv_id": f"2401.{i:05d}", "title": f"Title {i}", "abstract": ABSTRACT}
        for i in range(records)
    ]
    return Parsed(
        records=records_frame(rows),
        rejects=rejects_frame([(f"item {i}", "no title", "{}") for i in range(rejects)]),
        items=records + rejects,
        repeats=0,
        furniture=0,
        units=records + rejects,
        covered=records + rejects,
    )


def _found(parsed: Parsed) -> dict[str, str]:
    return {c.name: found for c in PARSING_CHECKS if (found := c.violation(parsed))}


def test_a_sound_snapshot_passes_every_check() -> None:
    assert _found(_parsed()) == {}
    assert _found(_parsed(records=0)) == {}, "an empty list is a valid day"


@pytest.mark.parametrize(
    ("broken", "check", "says"),
    [
        (replace(_parsed(), units=4), "all_input_accounted_for", "4 lines or items"),
        (replace(_parsed(), repeats=1), "items_balance", "3 items, but 3 records + 1 repeats"),
        (replace(_parsed(), records=_parsed().records.drop("upvotes")), "record_schema", "upvotes"),
        (
            replace(_parsed(), records=_parsed().records.with_columns(title=pl.lit(None, pl.String))),
            "record_schema",
            "3 records without a title",
        ),
        (
            replace(_parsed(), records=_parsed().records.with_columns(abstract=pl.lit("short"))),
            "lengths_plausible",
            "3 of 3 records",
        ),
        (
            replace(_parsed(), records=_parsed().records.with_columns(arxiv_id=pl.lit("2401.00001"))),
            "no_record_twice",
            "2401.00001",
        ),
        (_parsed(records=1, rejects=2), "reject_rate", "2 of 3 items rejected, the first: no title"),
        (_parsed(records=9, rejects=1), "no_rejects", "item 0: no title"),
        (replace(_parsed(), unknown_keys=("paper.new",)), "no_unknown_keys", "paper.new"),
    ],
)
def test_each_check_finds_what_it_is_for(broken: Parsed, check: str, says: str) -> None:
    assert says in _found(broken)[check]


def test_what_may_happen_to_a_feed_warns_and_what_must_not_blocks() -> None:
    assert [c.name for c in PARSING_CHECKS if not c.blocking] == ["no_rejects", "no_unknown_keys"]
