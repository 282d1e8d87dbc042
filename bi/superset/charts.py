"""The dashboard's charts, and where each stands."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Chart:
    """A chart: `kind` is Superset's name of it, `params` what its form would hold."""

    key: str
    title: str
    dataset: str
    kind: str
    params: dict[str, Any] = field(default_factory=dict)
    description: str = ""


def measure(label: str, sql: str) -> dict[str, str]:
    """A number over the rows of a chart's group."""
    return {"expressionType": "SQL", "sqlExpression": sql, "label": label, "optionName": f"metric_{label}"}


def where(sql: str) -> dict[str, str]:
    """A condition on a chart's rows."""
    return {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": sql}


_TIME = {"x_axis_title": "", "y_axis_title": "", "rich_tooltip": True, "show_legend": False, "truncate_metric": True}
_LEGEND = {"show_legend": True, "legendType": "scroll", "legendOrientation": "top"}
_NUMBER = {"header_font_size": 0.5, "subheader_font_size": 0.15, "y_axis_format": ",d"}
_TABLE = {
    "query_mode": "raw",
    "page_length": 0,
    "server_page_length": 10,
    "allow_render_html": True,
    "show_cell_bars": False,
}

_BOARDS = [("entries", "false"), ("dataset", "true"), ("measure", "true"), ("unit", "true"), ("rank", "true")]

CHARTS = [
    Chart("papers", "Papers", "papers", "big_number_total", {**_NUMBER, "metric": measure("papers", "count(*)")}),
    Chart(
        "code",
        "Papers with code out",
        "papers",
        "big_number_total",
        {**_NUMBER, "metric": measure("papers", "count(*) filter (code_status = 'released')")},
    ),
    Chart(
        "results",
        "Results with evidence",
        "metrics",
        "big_number_total",
        {**_NUMBER, "metric": measure("rows", "count(*)")},
    ),
    Chart(
        "newest",
        "Newest feed day",
        "publish_info",
        "big_number_total",
        {
            **_NUMBER,
            "metric": measure("day", "max(newest_feed_day)"),
            "time_format": "%Y-%m-%d",
            "force_timestamp_formatting": True,
        },
    ),
    Chart(
        "weeks",
        "Papers per week",
        "trends_lately",
        "echarts_timeseries_bar",
        {
            **_TIME,
            "x_axis": "week_on",
            "time_grain_sqla": "P1W",
            "metrics": [measure("papers", "max(papers_of_week)")],
            "y_axis_format": ",d",
            "x_axis_time_format": "%Y-%m-%d",
        },
    ),
    Chart(
        "topics",
        "Share of the papers by topic, by month",
        "trends_lately",
        "echarts_timeseries_line",
        {
            **_TIME,
            **_LEGEND,
            "x_axis": "week_on",
            "time_grain_sqla": "P1M",
            "metrics": [measure("share", "sum(papers) / sum(papers_of_week)")],
            "groupby": ["label"],
            "limit": 6,
            # A share of three papers says nothing.
            "adhoc_filters": [where("papers_of_week >= 10")],
            "timeseries_limit_metric": measure("papers", "sum(papers)"),
            "y_axis_format": ".0%",
            "x_axis_time_format": "%b %Y",
        },
    ),
    Chart(
        "trending",
        "Trending in the newest week",
        "trending_now",
        "table",
        {
            **_TABLE,
            "all_columns": ["rank", "paper", "votes gained", "stars gained", "topics", "code"],
            "order_by_cols": ['["rank", true]'],
        },
    ),
    Chart(
        "savings",
        "Biggest claimed savings (new ÷ old), with their words",
        "claimed_savings",
        "table",
        {
            **_TABLE,
            "all_columns": ["factor", "quantity", "in the paper's words", "method", "paper"],
            "order_by_cols": ['["factor", true]'],
            "column_config": {"factor": {"d3NumberFormat": ".3~g"}},
        },
    ),
    Chart(
        "leaders",
        "Leaderboard",
        "leaders",
        "table",
        {
            **_TABLE,
            "all_columns": ["dataset", "measure", "rank", "value", "unit", "method", "paper", "in the paper's words"],
            # The boards that most papers speak of come first.
            "order_by_cols": [f'["{name}", {way}]' for name, way in _BOARDS],
            "column_config": {"value": {"d3NumberFormat": ",.4~g"}},
        },
    ),
    Chart(
        "links",
        "Promised, released, gone",
        "link_health",
        "echarts_timeseries_bar",
        {
            **_TIME,
            **_LEGEND,
            "x_axis": "what",
            "metrics": [measure("papers", "count(*)")],
            "groupby": ["status"],
            "stack": "Stack",
            "orientation": "horizontal",
            "x_axis_sort_asc": True,
            "y_axis_format": ",d",
        },
    ),
    Chart(
        "quality",
        "What the feeds delivered, and what was rejected",
        "data_quality",
        "table",
        {
            **_TABLE,
            "query_mode": "aggregate",
            "groupby": ["feed"],
            "metrics": [
                measure("newest day", "cast(max(feed_day) as varchar)"),
                measure("days", "count(*)"),
                measure("records", "sum(records)"),
                measure("rejects", "sum(rejects)"),
                measure("checks failed", "sum(len(failed_checks))"),
            ],
            "column_config": {"records": {"d3NumberFormat": ",d"}},
        },
    ),
]

# Heights in Superset's grid units; widths of twelve.
ROWS: list[tuple[int, list[tuple[str, int]]]] = [
    (17, [("papers", 3), ("code", 3), ("results", 3), ("newest", 3)]),
    (45, [("weeks", 5), ("topics", 7)]),
    (56, [("trending", 12)]),
    (50, [("leaders", 12)]),
    (50, [("savings", 12)]),
    (38, [("links", 5), ("quality", 7)]),
]

COLOURS = {"released": "#5AC189", "promised": "#FCC700", "gone": "#E04355"}

# Name, column, and the chart that it filters.
FILTERS = [("Benchmark", "dataset", "leaders")]
