"""What the report and the digest tell."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marts_file import make_marts, trend

from paperhouse.duckdb_file import open_marts
from paperhouse.readers.facts import (
    figure,
    in_its_sentence,
    last_whole_day,
    newest,
    newest_trending_day,
    promises_kept,
    speed_ups,
    trending,
)

Connection = duckdb.DuckDBPyConnection


def test_a_paper_comes_with_its_change_its_topics_its_code_and_its_numbers(con: Connection) -> None:
    first, second = trending(con, "day", date(2025, 9, 4), 10)
    assert (first.title, first.url) == ("Fast weights", "https://arxiv.org/abs/2509.00001")
    assert (first.upvotes_gained, first.upvotes, first.stars_gained, first.stars) == (9, 12, 4, 7)
    assert (first.topics, first.code_url) == ((("quantization", "Quantization"),), "https://github.com/a/b")
    (claim,) = first.claims
    assert (claim.figure, claim.quantity) == ("3.2×", "speed")
    assert (claim.before, claim.evidence, claim.after) == ("It is ", "3.2times", " faster than before, at no cost.")
    assert (second.url, second.stars, second.stars_gained, second.code_status) == (None, None, None, "promised")


def test_the_newest_day_is_that_of_a_list_and_may_be_asked_for_before_another(con: Connection) -> None:
    assert newest_trending_day(con) == date(2025, 9, 5)
    assert newest_trending_day(con, before=date(2025, 9, 5)) == date(2025, 9, 4)
    assert newest_trending_day(con, before=date(2025, 9, 4)) is None


def test_a_day_is_whole_when_something_was_seen_after_it(tmp_path: Path) -> None:
    days = [trend("p", 1, day) for day in ("2025-09-04", "2025-09-05", "2025-09-06")]
    for seen, last in (
        ([], "2025-09-06"),
        ([{"observed_at": "2025-09-06 14:00:00", "feed_day": "2025-09-06"}], "2025-09-05"),
        ([{"observed_at": "2025-09-07 03:00:00", "feed_day": "2025-09-07"}], "2025-09-06"),
        ([{"observed_at": None, "feed_day": "2025-09-06"}], "2025-09-06"),
        ([{"observed_at": "2025-09-01 03:00:00", "feed_day": "2025-09-01"}], "2025-09-06"),
    ):
        with open_marts(make_marts(tmp_path / "m.duckdb", trending_papers=days, snapshots=seen)) as con:
            assert str(last_whole_day(con)) == last


def test_topics_choose_and_the_number_of_papers_is_bounded(con: Connection) -> None:
    day = date(2025, 9, 4)
    assert [p.paper_id for p in trending(con, "day", day, 10, ["quantization", "baking"])] == ["p1"]
    assert trending(con, "day", day, 10, ["baking"]) == []
    assert [p.paper_id for p in trending(con, "day", day, 1)] == ["p1"]
    assert newest(con, 5) == []


def test_a_speed_up_is_told_with_its_sentence_and_what_is_slower_is_none(con: Connection) -> None:
    ((paper, claim, times),) = speed_ups(con, date(2025, 9, 1), 5)
    assert (paper.paper_id, claim.evidence, times) == ("p1", "3.2times", 3.2)
    assert speed_ups(con, date(2025, 9, 5), 5) == []


def test_a_promise_is_kept_on_the_day_its_thing_came_out(con: Connection) -> None:
    day = date(2025, 9, 4)
    assert [(kept["what"], kept["url"]) for kept in promises_kept(con, day, day)] == [
        ("model", "https://huggingface.co/a/m")
    ]
    assert promises_kept(con, date(2025, 9, 5), date(2025, 9, 6)) == []
    assert promises_kept(con, day, day, ["baking"]) == []


@pytest.mark.parametrize(
    ("metric", "shown"),
    [
        ((3.2, None, "x", "ratio", "increase"), "3.2×"),
        ((53, None, "x", "ratio", "decrease"), "53× less"),
        ((2, 5, "x", "ratio", "increase"), "2–5×"),
        ((62, None, "%", "percent_change", "decrease"), "−62 %"),
        ((4.25, None, "points", "difference", "increase"), "+4.25 points"),
        ((85.1, None, "%", "score", "increase"), "85.1 %"),
        ((7.23, None, "score", "score", None), "7.23"),
        ((128000, None, "tokens", "measurement", None), "128,000 tokens"),
        ((2, None, "orders_of_magnitude", "ratio", "increase"), "2 orders of magnitude"),
        ((0.1 + 0.2, None, "ms", "measurement", None), "0.3 ms"),
    ],
)
def test_a_number_is_shown_as_people_write_it(metric: tuple, shown: str) -> None:
    assert figure(*metric) == shown


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), st.data())
def test_a_sentence_holds_its_evidence_verbatim_whatever_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, evidence, after = in_its_sentence(text, start, end)
    assert evidence == text[start:end]
    assert before + evidence + after in text


def test_evidence_over_two_sentences_is_told_with_both() -> None:
    text = "One is. Two are 5. And 6 more. Four."
    assert in_its_sentence(text, text.index("5"), text.index("6") + 1) == ("Two are ", "5. And 6", " more.")
