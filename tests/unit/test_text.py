"""Line breaks flattened and nothing else; byte offsets as character offsets."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.text import char_offset, flatten_lines


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


@given(before=st.text(max_size=30), after=st.text(max_size=10))
def test_an_offset_counts_characters_whatever_stands_before(before: str, after: str) -> None:
    before = before.replace("#", "")
    frame = pl.DataFrame({"t": [f"{before}#{after}"]})
    found = frame.select(char_offset(pl.col("t"), pl.col("t").str.find("#", literal=True))).item()
    assert found == len(before)
