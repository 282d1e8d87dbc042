"""Rows as a Markdown table, for the pages of assets in the UI."""

import polars as pl

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
