"""Line breaks flattened and nothing else; byte offsets as character offsets."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.text import char_offset, flatten_lines, utf8


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("A Title That\n  Goes On", "A Title That Goes On"),
        ("windows\r\nlines", "windows lines"),
        ("blank \n\n lines", "blank lines"),
        ("  two  blanks stay\u00a0so  ", "two  blanks stay\u00a0so"),
        ("\n ", None),
        ("", None),
        (None, None),
    ],
)
def test_each_line_break_becomes_one_space_and_nothing_else_changes(text: str | None, flat: str | None) -> None:
    assert pl.DataFrame({"t": [text]}, schema={"t": pl.String}).select(flatten_lines(pl.col("t"))).item() == flat


@given(others=st.lists(st.text(max_size=10), max_size=3), before=st.text(max_size=30), after=st.text(max_size=10))
def test_an_offset_counts_characters_whatever_stands_before(others: list[str], before: str, after: str) -> None:
    texts = pl.Series([*others, before + after])
    rows, places = pl.Series([len(others)], dtype=pl.UInt32), pl.Series([len(before.encode())])
    assert char_offset(utf8(texts), rows, places).to_list() == [len(before)]
