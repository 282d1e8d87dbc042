"""What the report and the digest tell, read from the published marts: papers with their topics, links and numbers.

Times are those of the data: "today" is the last day that was over when something was last seen, so that the same marts always tell
the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import polars as pl

from paperhouse.extract.sentences import split_sentences

CLAIMS_OF_A_PAPER = 2
"""Numbers shown with a paper: the surest of them."""

SURE = 0.8
"""Confidence from which a number is shown to people who did not ask for it."""

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Claim:
    """A number that a paper claims: `figure` as `3.2×`, what it is of (`subject`: None is this work), and its sentence in three: before, evidence, after."""

    figure: str
    quantity: str
    dataset: str | None
    subject: str | None
    before: str
    evidence: str
    after: str


@dataclass(frozen=True)
class Paper:
    """A paper as people are shown it. `topics` are (topic_id, label); counts that are not known are None."""

    paper_id: str
    title: str
    url: str | None
    upvotes: int | None
    upvotes_gained: int | None
    stars: int | None
    stars_gained: int | None
    topics: tuple[tuple[str, str], ...]
    code_status: str | None
    code_url: str | None
    claims: tuple[Claim, ...]


def newest_trending_day(con: Connection, before: date | None = None) -> date | None:
    """The newest day with papers that trend, or the newest one before `before`."""
    query = "select max(starts_on) from marts.trending_papers where period = 'day' and ($1 is null or starts_on < $1)"
    return con.execute(query, [before]).fetchall()[0][0]


def last_whole_day(con: Connection) -> date | None:
    """The newest day that trends and was over when something was last seen; the newest of all where none was."""
    query = (
        "select max(case when observed_at is null then feed_day + 1 else observed_at::date end) from marts.snapshots"
    )
    (seen_until,) = con.execute(query).fetchall()[0]
    return newest_trending_day(con, before=seen_until) or newest_trending_day(con)


def trending(con: Connection, period: str, starts_on: date, most: int, topics: Sequence[str] = ()) -> list[Paper]:
    """The first of a period (`day` or `week`), by rank; of one of the topics where some are named."""
    query = """
        select paper_id, upvotes, upvotes_gained, stars, stars_gained from marts.trending_papers
        where period = $1 and starts_on = $2 and (len($3) = 0 or paper_id in (
            select paper_id from marts.paper_topics where topic_id in (select unnest($3))
        ))
        order by rank limit $4
    """
    return _papers(con, con.execute(query, [period, starts_on, list(topics), most]).fetchall())


def newest(con: Connection, most: int) -> list[Paper]:
    """The papers of the newest day that lists some, the most voted first, then in the feed's own order."""
    query = """
        select paper_id, max(upvotes), null, null, null from marts.paper_observations
        where feed_day = (select max(feed_day) from marts.paper_observations)
        group by paper_id order by max(upvotes) desc nulls last, min(rank), paper_id limit $1
    """
    return _papers(con, con.execute(query, [most]).fetchall())


def speed_ups(con: Connection, since: date | None, most: int) -> list[tuple[Paper, Claim, float]]:
    """The largest speed-ups claimed by papers dated since then, one a paper, with how many times faster."""
    query = """
        with claimed as (
            select
                paper_id,
                metric_id,
                case when direction = 'decrease' then 1 / nullif(factor, 0) else factor end as times
            from marts.metrics
            where confidence >= $1 and kind in ('ratio', 'percent_change', 'measurement')
                and (dated_on >= $2 or $2 is null)
                -- The longer the quantity, the likelier that it is half a clause that only speaks of time.
                and regexp_full_match(quantity, '[\\w /-]{1,40}')
                and case direction
                    when 'increase' then regexp_matches(lower(quantity), '\\b(speed|throughput)')
                    when 'decrease' then regexp_matches(lower(quantity), '(^| )(latency|time|runtime|delay)$')
                end
        )
        select paper_id, metric_id, times from claimed
        where times > 1
        qualify row_number() over (partition by paper_id order by times desc, metric_id) = 1
        order by times desc, paper_id limit $3
    """
    found = con.execute(query, [SURE, since, most]).fetchall()
    papers = {paper.paper_id: paper for paper in _papers(con, [(row[0], None, None, None, None) for row in found])}
    claims = _claims(con, [row[1] for row in found])
    return [(papers[paper_id], claims[metric_id], times) for paper_id, metric_id, times in found]


def promises_kept(con: Connection, first: date, last: date, topics: Sequence[str] = ()) -> list[dict]:
    """What was promised and came out between two days: paper_id, title, what, promised_on, url."""
    query = """
        select paper_id, title, what, promised_on, urls[1] as url from marts.link_health
        where status = 'released' and promised_on < released_on and released_on between $1 and $2
            and (len($3) = 0 or paper_id in (
                select paper_id from marts.paper_topics where topic_id in (select unnest($3))
            ))
        order by promised_on, paper_id, what
    """
    names = ("paper_id", "title", "what", "promised_on", "url")
    return [dict(zip(names, row, strict=True)) for row in con.execute(query, [first, last, list(topics)]).fetchall()]


def _papers(con: Connection, rows: list[tuple]) -> list[Paper]:
    ids = [row[0] for row in rows]
    about = con.execute(
        """
        select paper_id, title, arxiv_id, doi, code_status, upvotes, (
            select min_by(links.url, (coalesce(state, '') = 'gone', -coalesce(stars, 0), links.url))
            from marts.paper_links as links left join marts.repos using (repo_id)
            where links.paper_id = papers.paper_id and links.kind = 'code' and (availability = 'released' or in_feed)
        ) as code_url
        from marts.papers where paper_id in (select unnest($1))
        """,
        [ids],
    ).fetchall()
    topics = con.execute(
        """
        select paper_id, list((topic_id, label) order by score desc, label)
        from marts.paper_topics inner join marts.topics using (topic_id)
        where paper_id in (select unnest($1)) group by paper_id
        """,
        [ids],
    ).fetchall()
    best = con.execute(
        """
        select paper_id, metric_id from marts.metrics
        where paper_id in (select unnest($1)) and confidence >= $2
        qualify row_number() over (
            partition by paper_id order by kind in ('ratio', 'percent_change', 'difference') desc, confidence desc, evidence_start
        ) <= $3
        order by evidence_in desc, evidence_start
        """,
        [ids, SURE, CLAIMS_OF_A_PAPER],
    ).fetchall()
    claims = _claims(con, [metric_id for _, metric_id in best])
    topics_of, known = dict(topics), {row[0]: row[1:] for row in about}
    found = []
    for paper_id, upvotes, upvotes_gained, stars, stars_gained in rows:
        title, arxiv_id, doi, code_status, latest, code_url = known[paper_id]
        found.append(
            Paper(
                paper_id=paper_id,
                title=title,
                url=paper_url(arxiv_id, doi),
                upvotes=latest if upvotes is None else upvotes,
                upvotes_gained=upvotes_gained,
                stars=stars,
                stars_gained=stars_gained,
                topics=tuple((topic_id, label) for topic_id, label in topics_of.get(paper_id, ())),
                code_status=code_status,
                code_url=code_url,
                claims=tuple(claims[metric_id] for of, metric_id in best if of == paper_id),
            )
        )
    return found


def paper_url(arxiv_id: str | None, doi: str | None) -> str | None:
    """Where the paper can be read; None where only its title is known."""
    if arxiv_id:
        return f"https://arxiv.org/abs/{arxiv_id}"
    return f"https://doi.org/{doi}" if doi else None


def _claims(con: Connection, metric_ids: list[str]) -> dict[str, Claim]:
    rows = con.execute(
        """
        select metric_id, value, value_high, unit, kind, direction, quantity, dataset, subject,
            case evidence_in when 'title' then title else abstract end, evidence_start, evidence_end
        from marts.metrics inner join marts.papers using (paper_id) where metric_id in (select unnest($1))
        """,
        [metric_ids],
    ).fetchall()
    return {
        metric_id: Claim(
            figure(value, value_high, unit, kind, direction),
            quantity or "",
            dataset,
            subject,
            *in_its_sentence(text, start, end),
        )
        for metric_id, value, value_high, unit, kind, direction, quantity, dataset, subject, text, start, end in rows
    }


def figure(value: float, value_high: float | None, unit: str, kind: str, direction: str | None) -> str:
    """A metric's number for people: `3.2×`, `−62 %`, `+4.2 points`, `85.1 %`, `2–5 ms`."""
    number = _number(value) if value_high is None else f"{_number(value)}–{_number(value_high)}"
    if unit == "x":
        return f"{number}×" if direction != "decrease" else f"{number}× less"
    name = {"%": " %", "score": ""}.get(unit, f" {unit.replace('_', ' ')}")
    sign = (
        {"increase": "+", "decrease": "−"}.get(direction or "", "") if kind in ("percent_change", "difference") else ""
    )
    return f"{sign}{number}{name}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def in_its_sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence that the characters from `start` to `end` of a text stand in: before them, them, after them."""
    pieces = split_sentences(pl.Series([text]))["sentence"].to_list()
    place, first, last = 0, 0, len(text)
    for piece in pieces:
        if place <= start:
            first = place
        place += len(piece)
        if place >= end:
            last = place
            break
    return text[first:start].lstrip(), text[start:end], text[end:last].rstrip()


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
