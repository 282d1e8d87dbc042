"""The report: one page, self-contained, readable without scripts and without a network."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from paperhouse.duckdb_file import open_marts, swapped_in
from paperhouse.readers import charts, facts
from paperhouse.text import printable

TOPICS = 12
TOPIC_WEEKS = 26
NEW_REPOS_DAYS = 14
SPEED_UP_DAYS = 30
QUALITY_DAYS = 14

_VERSION = re.compile(r'<meta name="paperhouse-version" content="([^"]*)">')


def templates() -> Environment:
    """The project's templates. In those of HTML every text is escaped where it is put in."""
    pages = Environment(
        loader=PackageLoader("paperhouse.readers"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"day": day_in_words, "count": lambda n: "–" if n is None else f"{n:,}", "readable": readable}
    return pages


def _shown(value: object) -> object:
    return printable(value) if type(value) is str else value


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_SIGNS = {r"\times": "×", r"\sim": "~", r"\pm": "±", r"\approx": "≈", r"\%": "%", r"\&": "&", r"\$": "$"}
_WRITTEN = re.compile(r"\\(?:times|sim|pm|approx)(?![A-Za-z])|\\[%&$]")
# $2\times$, $k$, $\mathcal{O}(n)$; not the money of "from $2,100 to $600".
_MATH = re.compile(r"(?<!\\)\$([A-Za-z0-9.,]*[\\^_{}=<>~+][^$]*|[A-Za-z])(?<!\\)\$")


def readable(text: str) -> str:
    """A title or a sentence as people are shown it: LaTeX's most frequent signs as what they stand for."""
    return _WRITTEN.sub(lambda found: _SIGNS[found[0]], _MATH.sub(r"\1", text))


def write_report(marts: Path, target: Path) -> Path:
    """Write `target` (an HTML file) from a published file; returns it. It takes the place of the last one whole."""
    with open_marts(marts) as con:
        page = render(con)
    target.parent.mkdir(parents=True, exist_ok=True)
    with swapped_in(target) as aside:
        aside.write_text(page, encoding="utf-8")
    return target


def report_version(target: Path) -> str | None:
    """The version of the marts that the page was made from; None where there is none."""
    found = _VERSION.search(target.read_text(encoding="utf-8")[:2000]) if target.is_file() else None
    return found[1] if found else None


def render(con: duckdb.DuckDBPyConnection) -> str:
    """The page. The same marts always give the same page."""
    day = facts.last_whole_day(con)
    # of other feeds there may be a newer day, which has no list
    listed = (
        "select coalesce((select max(feed_day) from marts.paper_observations), newest_feed_day) from marts.publish_info"
    )
    newest = con.execute(listed).fetchall()[0][0]
    recently = (day or newest) - timedelta(days=SPEED_UP_DAYS)
    speed_ups = facts.speed_ups(con, recently, 10)
    return (
        templates()
        .get_template("report.html")
        .render(
            info=_row(con, "select * from marts.publish_info"),
            totals=_row(con, _TOTALS),
            day=day,
            shown_on=day or newest,
            today=facts.trending(con, "day", day, 12) if day else facts.newest(con, 12),
            week_on=facts.week_of(day) if day else None,
            week=facts.trending(con, "week", facts.week_of(day), 15) if day else [],
            topics=_topics(con),
            topic_counts=None if day else _drawn(charts.bars, con.sql(_TOPIC_COUNTS).pl()),
            repos=_rows(con, _NEW_REPOS, [day and day - timedelta(days=NEW_REPOS_DAYS)]),
            speed_ups=speed_ups or facts.speed_ups(con, None, 10),
            speed_ups_since=recently if speed_ups else None,
            quality=_rows(con, _QUALITY, [QUALITY_DAYS]),
        )
    )


_TOTALS = """
    select
        (select count(*) from marts.papers) as papers,
        (select count(*) from marts.metrics) as numbers,
        (select count(*) from marts.repos) as repositories,
        (select count(*) from marts.link_health where status = 'released' and what = 'code') as code_released,
        (select count(*) from marts.link_health where status = 'promised' and what = 'code') as code_promised,
        (select count(*) from marts.snapshots) as snapshots,
        (select count(*) from marts.rejects) as rejects
"""

_TOPIC_COUNTS = """
    select label, paper_count as papers from marts.topics where paper_count > 0 order by papers desc, label limit 15
"""

# New with the papers that name it: what many name is a tool, and the day of a captured page dates nothing. Without a day, all.
_NEW_REPOS = """
    with named as (
        select repo_id, min(dated_on) as dated_on, bool_or(dated_on is null) as is_undated, min_by(title, paper_id) as title
        from (select distinct repo_id, paper_id from marts.paper_links) inner join marts.papers using (paper_id)
        group by repo_id
    )
    select url, coalesce(owner || '/', '') || name as name, kind, stars, likes, title
    from marts.repos inner join named using (repo_id)
    where state is distinct from 'gone'
        and ($1 is null or (dated_on >= $1 and not is_undated and paper_count <= 3))
    order by greatest(coalesce(stars, 0), coalesce(likes, 0)) desc, url limit 15
"""

# The newest days of every feed that has brought something.
_QUALITY = """
    select * from marts.data_quality
    qualify dense_rank() over (order by feed_day desc) <= $1
    order by feed_day desc, feed
"""


def _topics(con: duckdb.DuckDBPyConnection) -> list[dict]:
    """The topics that have grown most in the last week that is over, each with its drawing."""
    weeks = con.sql(
        f"""
        select week_on, topic_id, label, papers, share, growth from marts.topic_trends
        where is_complete and week_on > (select max(week_on) from marts.topic_trends where is_complete) - {7 * TOPIC_WEEKS}
        """
    ).pl()
    # told with one digit: "1.0 times the usual" is no growth
    last = weeks.filter(pl.col("week_on") == pl.col("week_on").max(), pl.col("papers") >= 3, pl.col("growth") >= 1.05)
    last = last.sort("growth", "papers", "label", descending=[True, True, False], nulls_last=True).head(TOPICS)
    drawn = []
    for topic in last.to_dicts():
        course = weeks.filter(pl.col("topic_id") == topic["topic_id"]).select("week_on", "share").sort("week_on")
        drawing = _drawn(charts.share_over_weeks, course) if course.height > 1 else None
        drawn.append(topic | {"drawing": drawing, "weeks": course.height})
    return drawn


def _drawn(draw: Callable[[pl.DataFrame], str], rows: pl.DataFrame) -> Markup | None:
    """The drawing as it is put into the page; Vega escapes the texts in it."""
    return None if rows.is_empty() else Markup(draw(rows))  # noqa: S704


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: list | None = None) -> list[dict]:
    found = con.execute(query, values or [])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _row(con: duckdb.DuckDBPyConnection, query: str) -> dict:
    return _rows(con, query)[0]
