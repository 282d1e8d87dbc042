"""Text as the marts give it, and offsets in characters.

Polars' `str.find` and `str.extract` count bytes, the contract and Python count characters (code points). The one place
that converts is here.
"""

import numba
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


# What a terminal obeys and no page or feed may hold; tabs and line breaks are blanks.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF], " ")


def printable(text: str) -> str:
    """A feed's text as it may be shown: a blank for each control character, of which verbatim texts may hold any."""
    return text.translate(_CONTROLS)


def utf8(texts: pl.Series) -> Utf8:
    """The bytes of all texts one after the other, and where each begins, with one more offset at the end; NULL has no bytes."""
    arrow = texts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, letters = arrow.buffers()
    if not len(arrow):
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    ends = np.frombuffer(offsets, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    return np.frombuffer(letters or b"", np.uint8), ends


def char_offset(texts: Utf8, rows: pl.Series, bytes_: pl.Series) -> pl.Series:
    """Byte offsets `bytes_` (what Polars' search functions give) into the texts at `rows`, as offsets in characters (code points; Int32)."""
    chars = np.empty(len(rows), np.int32)
    _count_chars(*texts, rows.to_numpy(), bytes_.to_numpy(), chars)
    return pl.Series(chars)


@numba.njit(cache=True)
def _count_chars(data, offsets, rows, bytes_, chars):
    for place in range(len(rows)):
        begin = offsets[rows[place]]
        count = 0
        for byte in data[begin : begin + bytes_[place]]:
            count += (byte & 0xC0) != 0x80  # every character has one byte that is no continuation
        chars[place] = count
