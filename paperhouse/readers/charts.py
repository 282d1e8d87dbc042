"""Small drawings as SVG, made here and not in the reader's browser: they need no script and no network.

They are specified in Vega-Lite (https://vega.github.io/vega-lite/docs/) and drawn in `currentColor`, so that a page's
colours, light or dark, are theirs too.
"""

from functools import cache

import polars as pl

from paperhouse.text import printable

_AXIS = {
    "labelColor": "currentColor",
    "titleColor": "currentColor",
    "domainColor": "currentColor",
    "tickColor": "currentColor",
    "gridColor": "currentColor",
    "gridOpacity": 0.12,
    "domainOpacity": 0.4,
    "tickOpacity": 0.4,
    "labelFontSize": 11,
}
_CONFIG = {"background": "transparent", "font": "sans-serif", "view": {"stroke": None}, "axis": _AXIS}
_VEGA_LITE = "5.21"
"""The version of the language that the drawings are in; the converter brings several."""


def share_over_weeks(weeks: pl.DataFrame) -> str:
    """An SVG of one topic's share of all papers, week by week. `weeks`: week_on (date), share (0 to 1)."""
    encoding = {
        "x": {"field": "week_on", "type": "temporal", "scale": {"type": "utc"}, "title": None, "axis": {"tickCount": 4, "format": "%b %y", "grid": False}},
        "y": {"field": "share", "type": "quantitative", "title": None, "axis": {"tickCount": 3, "format": "%"}},
    }  # fmt: skip
    marks = [{"type": "area", "color": "currentColor", "opacity": 0.12}, {"type": "line", "color": "currentColor"}]
    return _svg(weeks, {"width": 300, "height": 90, "layer": [{"mark": mark, "encoding": encoding} for mark in marks]})


def counts_over_time(counts: pl.DataFrame) -> str:
    """An SVG of bars over time. `counts`: two columns, dates and numbers, in that order."""
    when, number = counts.columns
    encoding = {
        "x": {
            "field": when,
            "type": "temporal",
            "scale": {"type": "utc"},
            "title": None,
            "axis": {"tickCount": 8, "grid": False},
        },
        "y": {"field": number, "type": "quantitative", "title": number.replace("_", " "), "axis": {"tickCount": 4}},
    }
    return _svg(counts, {"width": 640, "height": 160, "mark": _BAR, "encoding": encoding})


def bars(rows: pl.DataFrame) -> str:
    """An SVG of horizontal bars in the order of the rows. `rows`: two columns, texts and numbers, in that order."""
    label, number = rows.columns
    encoding = {
        "x": {"field": number, "type": "quantitative", "title": number.replace("_", " ")},
        "y": {"field": label, "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 260}},
    }
    return _svg(rows, {"width": 420, "height": {"step": 18}, "mark": _BAR, "encoding": encoding})


_BAR = {"type": "bar", "color": "currentColor", "opacity": 0.75}


def _svg(data: pl.DataFrame, spec: dict) -> str:
    plain = (pl.col(pl.Date).dt.to_string("%Y-%m-%d"), pl.col(pl.Decimal).cast(pl.Float64))
    # a character that no XML may hold ends the converter, and the process with it
    values = [
        {name: printable(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in data.with_columns(*plain).to_dicts()
    ]
    return _converter().vegalite_to_svg(spec | {"data": {"values": values}, "config": _CONFIG}, vl_version=_VEGA_LITE)


@cache
def _converter():
    # Late: it brings a script engine, which what draws nothing should not wait for.
    import vl_convert

    return vl_convert
