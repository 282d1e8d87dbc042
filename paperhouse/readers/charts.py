"""Small drawings as SVG, made here and not in the reader's browser: they need no script and no network.

Lines are drawn in `currentColor`, so that a page's colours, light or dark, are theirs too.
"""

from functools import cache

import altair as alt
import polars as pl

_PLAIN = alt.Config(
    background="transparent",
    font="sans-serif",
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        labelColor="currentColor", titleColor="currentColor", domainColor="currentColor", tickColor="currentColor",
        gridColor="currentColor", gridOpacity=0.12, domainOpacity=0.4, tickOpacity=0.4, labelFontSize=11,
    ),
)  # fmt: skip


def share_over_weeks(weeks: pl.DataFrame, height: int = 90, width: int = 300) -> str:
    """An SVG of one topic's share of all papers, week by week. `weeks`: week_on (date), share (0 to 1)."""
    base = alt.Chart(weeks).encode(
        x=alt.X("week_on:T", title=None, axis=alt.Axis(tickCount=4, format="%b %y", grid=False)),
        y=alt.Y("share:Q", title=None, axis=alt.Axis(tickCount=3, format="%"), scale=alt.Scale(zero=True)),
    )
    line = base.mark_line(color="currentColor", strokeWidth=2)
    fill = base.mark_area(color="currentColor", opacity=0.12)
    return _svg((fill + line).properties(width=width, height=height))


def counts_over_days(days: pl.DataFrame, column: str, height: int = 160, width: int = 640) -> str:
    """An SVG of a count by day or week. `days`: the first column dates, `column` numbers."""
    chart = (
        alt.Chart(days)
        .mark_bar(color="currentColor", opacity=0.75)
        .encode(
            x=alt.X(f"{days.columns[0]}:T", title=None, axis=alt.Axis(tickCount=8, grid=False)),
            y=alt.Y(f"{column}:Q", title=column.replace("_", " "), axis=alt.Axis(tickCount=4)),
        )
    )
    return _svg(chart.properties(width=width, height=height))


def bars(rows: pl.DataFrame, label: str, column: str, width: int = 420) -> str:
    """An SVG of horizontal bars in the order of the rows."""
    chart = (
        alt.Chart(rows)
        .mark_bar(color="currentColor", opacity=0.75)
        .encode(
            x=alt.X(f"{column}:Q", title=column.replace("_", " ")),
            y=alt.Y(f"{label}:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
        )
    )
    return _svg(chart.properties(width=width, height=alt.Step(18)))


def _svg(chart: alt.Chart | alt.LayerChart) -> str:
    spec = chart.configure(**_PLAIN.to_dict()).to_dict()
    return _converter().vegalite_to_svg(spec, vl_version=alt.SCHEMA_VERSION.rpartition(".")[0])


@cache
def _converter():
    # Late: it brings a script engine, which what draws nothing should not wait for.
    import vl_convert

    return vl_convert
