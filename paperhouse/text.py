"""Text as the marts give it, and offsets in characters.

Polars' `str.find` and `str.extract` count bytes, the contract and Python count characters (code points). The one place
that converts is here.
"""

import numpy as np
import polars as pl

Utf8 = tuple[np.ndarray, np.ndarray]
"""What `utf8` gives."""

_LINE_BREAK = r"\s*[\r\n]\s*"


def flatten_lines(text: pl.Expr) -> pl.Expr:
    """The text with each line break and the blanks around it made one space; ends stripped; an empty text is NULL.

    Nothing else is changed: feeds hard-wrap titles and abstracts, and evidence must stay verbatim.
    """
    flat = text.str.replace_all(_LINE_BREAK, " ").str.strip_chars()
    return pl.when(flat != "").then(flat)


def char_offset(text: pl.Expr, byte_offset: pl.Expr) -> pl.Expr:
    """A byte offset into `text` (what Polars' search functions give) as an offset in characters (code points)."""
    return text.cast(pl.Binary).bin.slice(0, byte_offset).cast(pl.String).str.len_chars().cast(pl.Int32)


def utf8(texts: pl.Series) -> Utf8:
    """The bytes of all texts one after the other, and where each begins, with one more offset at the end; NULL has no bytes."""
    arrow = texts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, letters = arrow.buffers()
    if not len(arrow):
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    ends = np.frombuffer(offsets, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    return np.frombuffer(letters or b"", np.uint8), ends
