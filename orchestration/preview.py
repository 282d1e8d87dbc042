"""Rows as a Markdown table and as a small drawing, for the pages of assets in the UI."""

import base64
from collections.abc import Callable

import duckdb
import polars as pl

from paperhouse.readers import charts

PREVIEW_ROWS = 20
_CELL = 80  # characters of a cell that are shown


def markdown_table(frame: pl.DataFrame) -> str:
    """The frame as a Markdown table; text from feeds is shown as text, whatever it holds."""
    head = f"| {' | '.join(frame.columns)} |\n|{' --- |' * frame.width}"
    rows = [f"| {' | '.join(_cell(value) for value in row)} |" for row in frame.iter_rows()]
    return "\n".join([head, *rows])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    text = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    for char, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("|", "&#124;"),
        ("`", "&#96;"),
        ("[", "&#91;"),
        ("!", "&#33;"),
    ):
        text = text.replace(char, entity)
    return " ".join(text.split())


_INK = "#5b6ee1"  # told apart from both of the UI's backgrounds; an image has no text colour to take over

_BY_WEEK = "select cast(date_trunc('week', {day}) as date) as week_on, count(*) as {mart} from marts.{mart} where {day} is not null group by 1 order by 1"

_PLOTS: dict[str, tuple[str, Callable[[pl.DataFrame], str]]] = {
    "papers": (_BY_WEEK.format(mart="papers", day="dated_on"), charts.counts_over_time),
    "metrics": (_BY_WEEK.format(mart="metrics", day="dated_on"), charts.counts_over_time),
    "paper_observations": (_BY_WEEK.format(mart="paper_observations", day="feed_day"), charts.counts_over_time),
    "snapshots": (_BY_WEEK.format(mart="snapshots", day="feed_day"), charts.counts_over_time),
    "data_quality": (
        "select feed_day, sum(records) as records from marts.data_quality group by 1 order by 1",
        charts.counts_over_time,
    ),
    "topics": (
        "select label, paper_count as papers from marts.topics where paper_count > 0 order by 2 desc, 1 limit 15",
        charts.bars,
    ),
    "topic_trends": (
        "select label, growth from marts.topic_trends where is_complete and growth is not null"
        " and week_on = (select max(week_on) from marts.topic_trends where is_complete) order by 2 desc, 1 limit 15",
        charts.bars,
    ),
    "trending_papers": (
        "select rank || '. ' || left(title, 45) as paper, score from marts.trending_papers where period = 'day'"
        " and starts_on = (select max(starts_on) from marts.trending_papers) order by rank limit 15",
        charts.bars,
    ),
    "repos": ("select name, stars from marts.repos where stars > 0 order by 2 desc, 1 limit 15", charts.bars),
    "link_health": (
        "select what || ' ' || status as thing, count(*) as papers from marts.link_health group by 1 order by 1",
        charts.bars,
    ),
}


def plot(con: duckdb.DuckDBPyConnection, mart: str) -> str | None:
    """A drawing of the mart as Markdown, where one helps and there is something to draw."""
    if mart not in _PLOTS:
        return None
    query, draw = _PLOTS[mart]
    rows = con.sql(query).pl()
    if rows.is_empty():
        return None
    try:
        svg = draw(rows).replace("currentColor", _INK)
    except ValueError:  # the drawing's own trouble must not withhold a publish
        return None
    return f"![{mart}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"
