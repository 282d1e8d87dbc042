"""The predicates across snapshots: of the marts in the warehouse, before they are published.

Each is a query for the rows that break a rule (or one that says what is odd); it returns what is wrong in words, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from paperhouse.agreement import drop_of_agreement
from paperhouse.feeds import FEEDS
from paperhouse.warehouse import entries_table

Connection = duckdb.DuckDBPyConnection

QUIET_AFTER = timedelta(days=4)
"""A feed of weekdays is quiet over a weekend and a holiday beside it, not longer."""

HISTORY_DAYS = 28
VOLUME_BOUNDS = (0.2, 5.0)
"""Of the median of a feed's last days; of 400 real days 4 lay outside, the extremes at 0.07 and 3.8."""


@dataclass(frozen=True)
class TableCheck:
    """One check of a mart; a blocking one that fails withholds the publish."""

    name: str
    mart: str
    description: str
    blocking: bool
    violation: Callable[[Connection], str | None]


def _rows(con: Connection, query: str) -> list[tuple]:
    return con.execute(query).fetchall()


def _evidence_is_verbatim(mart: str) -> Callable[[Connection], str | None]:
    def violation(con: Connection) -> str | None:
        wrong = _rows(
            con,
            f"""
            select paper_id, evidence, count(*) over ()
            from marts.{mart} as found
            inner join marts.papers as papers using (paper_id)
            where found.evidence is distinct from substring(
                case found.evidence_in when 'title' then papers.title when 'abstract' then papers.abstract end,
                found.evidence_start + 1,
                found.evidence_end - found.evidence_start
            ) and (found.evidence is not null or found.evidence_in is not null)
            order by all limit 3
            """,
        )
        return f"{wrong[0][2]} rows, first {wrong[0][:2]}" if wrong else None

    return violation


# Number words that a result may be written with; "half" and "twice" are values too.
_NUMBER_WORD = (
    "half|halv|twice|two|doubl|three|third|thrice|tripl|four|quarter|quadrupl|five|fifth|six|seven|eight|nine|ten|twelve|"
    "hundred|thousand|million|billion|order|one|fold|dozen|eleven|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)


def _evidence_holds_the_number(con: Connection) -> str | None:
    wrong = _rows(
        con,
        f"""
        select paper_id, value, evidence, count(*) over ()
        from (
            select
                *,
                -- "2{{,}}500" and "82. 42%" are one number each
                regexp_replace(regexp_replace(evidence, '[{{,}}]', '', 'g'), '([0-9][.]) ([0-9])', '\\1\\2', 'g') as in_one,
                list_transform(
                    regexp_extract_all(in_one, '[0-9]*\\.?[0-9]+'), lambda n: try_cast(n as double)
                ) as numbers
            from marts.metrics
        )
        where rule != 'corrected' -- a person may know better than the text
            and not regexp_matches(evidence, '(^|[^a-z])({_NUMBER_WORD})', 'i')
            and not (regexp_matches(evidence, '^[0-9]+/[0-9]+$') and abs(numbers[1] / numbers[2] - value) <= 1e-6) and not coalesce(list_bool_or(
            flatten(list_transform(numbers, lambda n: list_transform(
                [1, 1e3, 1e6, 1e9, 1e12], lambda scale: abs(n * scale - abs(value)) <= 1e-6 * abs(value) + 1e-12
            )))
        ), false)
        order by all limit 3
        """,
    )
    return f"{wrong[0][3]} rows, first {wrong[0][:3]}" if wrong else None


def _urls_are_canonical(con: Connection) -> str | None:
    wrong = _rows(
        con,
        r"""
        select paper_id, url, count(*) over ()
        from marts.paper_links
        where not regexp_full_match(url, 'https://[^/\s@]+\.[^/\s@]+(/\S*)?')
            or regexp_matches(url, '^https://(www\.|[^/]*[A-Z])|/$|\.git$|[.,;:!?(\[{]$|utm_')
        order by all limit 3
        """,
    )
    return f"{wrong[0][2]} rows, first {wrong[0][:2]}" if wrong else None


def _ledger_balances(con: Connection) -> str | None:
    for feed in FEEDS:
        noted, held = _rows(
            con,
            f"""
            select (select coalesce(sum(records), 0) from raw.snapshots where feed = '{feed}'),
                (select count(*) from raw.{entries_table(feed)})
            """,
        )[0]
        if noted != held:
            return f"{feed}: {noted} records by the ledger, {held} in the table"
    noted, held = _rows(con, "select (select sum(rejects) from raw.snapshots), (select count(*) from raw.rejects)")[0]
    return f"{noted} rejects by the ledger, {held} in the table" if noted != held else None


def _no_snapshot_rejected(con: Connection) -> str | None:
    rejected = _rows(
        con, "select path, reason from marts.snapshots where status = 'rejected' order by feed_day desc, path"
    )
    return f"{len(rejected)}: " + "; ".join(f"{path}: {why}" for path, why in rejected[:5]) if rejected else None


def _volume(con: Connection) -> str | None:
    odd = _rows(
        con,
        f"""
        with days as (
            select feed, feed_day, max(records) as records
            from marts.snapshots where status = 'ingested' and feed = 'hf_daily_papers'
            group by all
        ),
        judged as (
            select *, median(records) over history as usual, count(*) over history as days_before
            from days
            window history as (partition by feed order by feed_day rows between {HISTORY_DAYS} preceding and 1 preceding)
            qualify row_number() over (partition by feed order by feed_day desc) = 1
        )
        select feed, feed_day, records, usual from judged
        where days_before >= 5 and records not between {VOLUME_BOUNDS[0]} * usual and {VOLUME_BOUNDS[1]} * usual
        """,
    )
    return "; ".join(f"{feed} of {day}: {n} records, usually {usual:.0f}" for feed, day, n, usual in odd) or None


def _freshness(con: Connection) -> str | None:
    newest = _rows(
        con, "select feed, max(feed_day) from marts.feed_days where records is not null group by feed order by feed"
    )
    today = datetime.now(UTC).date()
    quiet = [f"{feed}: nothing since {day}" for feed, day in newest if today - day > QUIET_AFTER]
    return "; ".join(quiet) or None


def _weekdays_list_papers(con: Connection) -> str | None:
    empty = _rows(
        con,
        f"""
        select feed, feed_day from marts.feed_days
        where status is not null and records = 0 and isodow(feed_day) <= 5
            and feed_day > (select max(feed_day) from marts.feed_days) - {HISTORY_DAYS}
        order by feed, feed_day
        """,
    )
    return "; ".join(f"{feed} of {day}: no paper (a holiday, or still to fill)" for feed, day in empty) or None


def _agrees_with_the_labels(con: Connection) -> str | None:  # noqa: ARG001 (the labels' texts ship with the repository)
    return drop_of_agreement()


TABLE_CHECKS = (
    *(
        TableCheck(
            "evidence_is_verbatim",
            mart,
            "Each evidence stands in the named text at its offsets",
            True,
            _evidence_is_verbatim(mart),
        )
        for mart in ("metrics", "paper_links", "paper_promises", "paper_topics")
    ),
    TableCheck(
        "evidence_holds_the_number",
        "metrics",
        "Each evidence holds the value it is for",
        True,
        _evidence_holds_the_number,
    ),
    TableCheck(
        "urls_are_canonical", "paper_links", "Each url parses and is in canonical form", True, _urls_are_canonical
    ),
    TableCheck(
        "agrees_with_the_labels",
        "metrics",
        "Links, metrics and topics of the labelled abstracts are read no worse than last accepted",
        True,
        _agrees_with_the_labels,
    ),
    TableCheck("ledger_balances", "snapshots", "The ledger's counts are those of the tables", True, _ledger_balances),
    TableCheck(
        "no_snapshot_rejected",
        "snapshots",
        "Every file of the landing folder could be read",
        False,
        _no_snapshot_rejected,
    ),
    TableCheck(
        "volume", "snapshots", "The newest day has about as many records as its feed's days have", False, _volume
    ),
    TableCheck(
        "weekdays_list_papers", "feed_days", "No weekday of the last weeks is empty", False, _weekdays_list_papers
    ),
    TableCheck(
        "freshness",
        "feed_days",
        "Every feed that lists papers has brought something in the last days",
        False,
        _freshness,
    ),
)
