"""The predicates behind every check: of one parsed snapshot, and of the tables across snapshots.

Each is a function that returns what is wrong in words, or None. `orchestration/` translates them into asset checks; a
blocking one that fails on a snapshot rejects that snapshot, one that fails on the tables withholds the publish.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from paperhouse.records import PAPER_RECORD, REJECT, REPO_RECORD, Parsed

MAX_REJECT_SHARE = 0.5
"""Of a snapshot's items; above it the feed has changed its shape and what could still be read is not to be trusted."""

MAX_IMPLAUSIBLE_SHARE = 0.2
"""Of a snapshot's records. Of 6,146 real ones none is outside the bounds below: titles have 6 to 168, abstracts 165 to 1,923."""

TITLE_LENGTH = (3, 400)
ABSTRACT_LENGTH = (40, 10_000)


@dataclass(frozen=True)
class ParsingCheck:
    """One check of a parsed snapshot, before anything of it is written."""

    name: str
    description: str
    blocking: bool
    violation: Callable[[Parsed], str | None]


def _accounted_for(parsed: Parsed) -> str | None:
    if parsed.covered != parsed.units:
        return f"{parsed.units} lines or items in the body, {parsed.covered} in its pieces"
    return None


def _balance(parsed: Parsed) -> str | None:
    records, rejects = parsed.records.height, parsed.rejects.height
    if parsed.items != records + parsed.repeats + parsed.furniture + rejects:
        return (
            f"{parsed.items} items, but {records} records + {parsed.repeats} repeats + {parsed.furniture} furniture"
            f" + {rejects} rejects"
        )
    return None


def _is_of_repos(parsed: Parsed) -> bool:
    return "host_id" in parsed.records.columns


def _schema(parsed: Parsed) -> str | None:
    record = REPO_RECORD if _is_of_repos(parsed) else PAPER_RECORD
    for what, frame, schema in (("records", parsed.records, record), ("rejects", parsed.rejects, REJECT)):
        if frame.schema != schema:
            wrong = [n for n in {**schema, **frame.schema} if frame.schema.get(n) != schema.get(n)]
            return f"the {what} have other columns or types than agreed: {', '.join(wrong)}"
    if _is_of_repos(parsed):
        return None
    # What arXiv has deleted, or does not know, has none.
    has_title = ~pl.col("arxiv_status").is_in(["deleted", "not_found"]).fill_null(value=False)
    nameless = parsed.records.filter(pl.col("title").is_null() & has_title)
    return f"{nameless.height} records without a title" if nameless.height else None


def _lengths(parsed: Parsed) -> str | None:
    odd = odd_lengths(parsed)
    return too_many_odd_lengths(odd.height, parsed.records.height, odd["position"].head(5).to_list())


def odd_lengths(parsed: Parsed) -> pl.DataFrame:
    """The records whose title or abstract is of a length that these do not have; a withdrawn paper may say just that."""
    if _is_of_repos(parsed):
        return parsed.records.clear()
    title, abstract = pl.col("title").str.len_chars(), pl.col("abstract").str.len_chars()
    cut = pl.col("abstract_is_cut").fill_null(False)
    return parsed.records.filter(
        pl.col("arxiv_status").is_null(),
        ~title.is_between(*TITLE_LENGTH) | (abstract.is_not_null() & ~cut & ~abstract.is_between(*ABSTRACT_LENGTH)),
    )


def too_many_odd_lengths(odd: int, records: int, places: list[int]) -> str | None:
    """What is wrong where more than MAX_IMPLAUSIBLE_SHARE of the records are of an odd length; `places` are some of them."""
    if odd > MAX_IMPLAUSIBLE_SHARE * records:
        told = ", ".join(map(str, places))
        return f"{odd} of {records} records have a title or abstract of an odd length, at {told}"
    return None


def _once(parsed: Parsed) -> str | None:
    ids = parsed.records["asked_url" if _is_of_repos(parsed) else "arxiv_id"].drop_nulls()
    twice = ids.filter(ids.is_duplicated()).unique().to_list()
    return f"recorded twice: {', '.join(sorted(twice)[:5])}" if twice else None


def _reject_rate(parsed: Parsed) -> str | None:
    first = parsed.rejects["reason"][0] if parsed.rejects.height else ""
    return too_many_rejects(parsed.rejects.height, parsed.items, first)


def too_many_rejects(rejects: int, items: int, first: str) -> str | None:
    """What is wrong where more than MAX_REJECT_SHARE of the items were rejected; `first` is the first one's reason."""
    return f"{rejects} of {items} items rejected, the first: {first}" if rejects > MAX_REJECT_SHARE * items else None


def _no_rejects(parsed: Parsed) -> str | None:
    if parsed.rejects.height:
        return f"{parsed.rejects.height} rejected: {parsed.rejects['position'][0]}: {parsed.rejects['reason'][0]}"
    return None


def _unknown_keys(parsed: Parsed) -> str | None:
    return f"keys not known to the adapter: {', '.join(parsed.unknown_keys)}" if parsed.unknown_keys else None


PARSING_CHECKS = (
    ParsingCheck("record_schema", "Columns and types are those agreed, and every record has a title", True, _schema),
    ParsingCheck(
        "all_input_accounted_for", "Every non-blank line or item of the body is in a piece", True, _accounted_for
    ),
    ParsingCheck("items_balance", "items = records + repeats + furniture + rejects", True, _balance),
    ParsingCheck(
        "lengths_plausible", "Titles and abstracts have a length that titles and abstracts have", True, _lengths
    ),
    ParsingCheck("no_record_twice", "No paper twice after repeats were collapsed", True, _once),
    ParsingCheck("reject_rate", "At most half of the items were rejected", True, _reject_rate),
    ParsingCheck("no_rejects", "Every piece of the body could be read", False, _no_rejects),
    ParsingCheck("no_unknown_keys", "The feed brought no key that the adapter does not know", False, _unknown_keys),
)
