"""Each check of the marts finds what it is for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from paperhouse import table_checks
from paperhouse.feeds import FEEDS
from paperhouse.table_checks import TABLE_CHECKS


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Marts of one paper that is sound, with its ledger."""
    today = datetime.now(UTC).date()
    with duckdb.connect() as con:
        con.sql("create schema marts; create schema raw")
        con.sql(
            "create table marts.papers as select 'p' as paper_id, 'Müller: A Title' as title, 'Ünser Ansatz is 2.5x faster.' as abstract"
        )
        find = (
            "'p' as paper_id, '{0}' as evidence, 'abstract' as evidence_in, {1} as evidence_start, {2} as evidence_end"
        )
        con.sql(
            f"create table marts.metrics as select 2.5::double as value, 'r' as rule, {find.format('2.5x faster', 16, 27)}"
        )
        for mart in ("paper_links", "paper_promises", "paper_topics"):
            con.sql(
                f"create table marts.{mart} as select 'https://github.com/a/b' as url, {find.format('Ansatz', 6, 12)}"
            )
        days = ", ".join(
            f"('hf_daily_papers', date '{today - timedelta(days=n)}', 20, 'ingested', 'path{n}', null::varchar)"
            for n in range(10)
        )
        con.sql(
            f"create table marts.snapshots as select * from (values {days}) as t(feed, feed_day, records, status, path, reason)"
        )
        con.sql(
            "create table marts.feed_days as select feed, feed_day, records, 'complete' as status from marts.snapshots"
        )
        con.sql("create table raw.snapshots as select 'hf_daily_papers' as feed, 2 as records, 1 as rejects")
        con.sql("create table raw.rejects as select 1 as x")
        for feed in FEEDS:
            con.sql(
                f"create table raw.{feed}__entries as select 1 as x from range({2 if feed == 'hf_daily_papers' else 0})"
            )
        yield con


def _found(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    return {(c.mart, c.name): found for c in TABLE_CHECKS if (found := c.violation(con))}


def test_sound_marts_pass_every_check(con: duckdb.DuckDBPyConnection) -> None:
    assert _found(con) == {}


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        ("update marts.metrics set evidence_start = 17", ("metrics", "evidence_is_verbatim")),
        ("update marts.paper_topics set evidence_in = 'title'", ("paper_topics", "evidence_is_verbatim")),
        ("update marts.paper_links set evidence = 'Ansätz'", ("paper_links", "evidence_is_verbatim")),
        ("update marts.paper_promises set evidence_in = null", ("paper_promises", "evidence_is_verbatim")),
        ("update marts.metrics set value = 2.6", ("metrics", "evidence_holds_the_number")),
        ("update marts.metrics set value = 2.6, rule = 'corrected'", None),
        (
            "update marts.metrics set evidence = 'faster', evidence_start = 21, evidence_end = 27",
            ("metrics", "evidence_holds_the_number"),
        ),
        ("update marts.paper_links set url = 'https://www.github.com/a/b'", ("paper_links", "urls_are_canonical")),
        ("update marts.paper_links set url = 'https://github.com/a/b.git'", ("paper_links", "urls_are_canonical")),
        ("update marts.paper_links set url = 'https://a.org/x)'", None),
        ("update marts.paper_links set url = 'http://a.org/x'", ("paper_links", "urls_are_canonical")),
        ("update marts.paper_links set url = 'https://a.org/x y'", ("paper_links", "urls_are_canonical")),
        ("update raw.snapshots set records = 3", ("snapshots", "ledger_balances")),
        ("delete from raw.rejects", ("snapshots", "ledger_balances")),
        (
            "update marts.snapshots set status = 'rejected', reason = 'r' where path = 'path9'",
            ("snapshots", "no_snapshot_rejected"),
        ),
        ("update marts.snapshots set records = 1 where path = 'path0'", ("snapshots", "volume")),
        ("update marts.snapshots set records = 900 where path = 'path0'", ("snapshots", "volume")),
        ("update marts.feed_days set feed_day = feed_day - 30", ("feed_days", "freshness")),
        ("update marts.feed_days set records = 0 where isodow(feed_day) = 2", ("feed_days", "weekdays_list_papers")),
        ("update marts.feed_days set records = 0 where isodow(feed_day) = 7", None),
    ],
)
def test_each_check_finds_what_it_is_for(
    con: duckdb.DuckDBPyConnection, broken: str, check: tuple[str, str] | None
) -> None:
    con.sql(broken)
    assert set(_found(con)) == ({check} if check else set())


@pytest.mark.parametrize(
    "written", ["2,500x", "2{,}500x", "2.5K", "2.5 million", "twice", "eleven times", "-2.5", "2. 5%"]
)
def test_a_number_may_be_written_in_other_ways(con: duckdb.DuckDBPyConnection, written: str) -> None:
    values = {"2.5 million": 2.5e6, "twice": 2, "eleven times": 11, "-2.5": 2.5, "2. 5%": 2.5}
    value = values.get(written, 2500)
    con.execute(
        "update marts.metrics set value = ?, evidence = ?, evidence_start = 0, evidence_end = ?",
        [value, written, len(written)],
    )
    con.execute("update marts.papers set abstract = ?", [written])
    assert ("metrics", "evidence_holds_the_number") not in _found(con)


def test_reading_worse_than_accepted_is_found(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperhouse import agreement

    worse = agreement.page_figures() | {"metrics.f": 0.1}
    monkeypatch.setattr(agreement, "page_figures", lambda: worse)
    assert "metrics.f 0.100, accepted" in _found(con)["metrics", "agrees_with_the_labels"]


def test_what_must_hold_blocks_and_what_may_happen_warns() -> None:
    warns = {c.name for c in table_checks.TABLE_CHECKS if not c.blocking}
    assert warns == {"no_snapshot_rejected", "volume", "freshness", "weekdays_list_papers"}
