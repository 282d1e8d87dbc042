"""Sentences are verbatim, in order, and end where a reader would end them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.extract.sentences import MARK, SENTENCE_SCHEMA, sentences


def split(text: str | None) -> list[str]:
    texts = pl.DataFrame({"text_id": ["t"], "abstract": [text]}, schema={"text_id": pl.String, "abstract": pl.String})
    return sentences(texts, "abstract")["sentence"].to_list()


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert split("It is fast. We show why.") == ["It is fast. ", "We show why."]


@pytest.mark.parametrize(
    "text",
    [
        "A gain of 3.5 points.",
        "Some tools, e.g. Polars, help.",
        "It is known, i.e. Theorem one holds.",
        "As Smith et al. Showed it.",
        "GPT-4 vs. Claude is open.",
        "See Fig. 3 for this.",
        "Code at https://github.com/Owner/Repo.git for all.",
        "Sparse w.r.t. Attention heads.",
        "By J. R. Doe alone.",
    ],
)
def test_dots_inside_a_sentence_do_not_end_it(text: str) -> None:
    assert split(text) == [text]


def test_a_sentence_may_begin_right_behind_the_full_stop() -> None:
    assert split("It wins on 16 datasets.Remarkably, it is fast. See Bolt.diy and v1.Two.") == [
        "It wins on 16 datasets.",
        "Remarkably, it is fast. ",
        "See Bolt.diy and v1.Two.",
    ]


def test_a_closing_bracket_or_quote_stays_with_its_sentence() -> None:
    assert split('It works (see Table 1.) "Yes" they say!  Good.') == [
        "It works (see Table 1.) ",
        '"Yes" they say! ',
        " Good.",
    ]


def test_a_missing_or_empty_text_has_no_sentence() -> None:
    assert split(None) == []
    assert split("") == []


def test_sentences_are_numbered_and_placed_in_bytes_and_characters() -> None:
    texts = pl.DataFrame({"text_id": ["a", "b"], "title": ["É one. Ü two. Three", "Äh. B"]})
    rows = sentences(texts, "title")
    assert rows.schema == SENTENCE_SCHEMA
    assert rows["sentence_id"].to_list() == [0, 1, 2, 0, 1]
    assert rows["sentence_byte"].to_list() == [0, 8, 16, 0, 5]
    assert rows["sentence_char"].to_list() == [0, 7, 14, 0, 4]


@given(st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_the_pieces_of_any_text_give_the_text_again(texts: list[str | None]) -> None:
    frame = pl.DataFrame(
        {"text_id": [str(i) for i in range(len(texts))], "abstract": texts},
        schema={"text_id": pl.String, "abstract": pl.String},
    )
    rows = sentences(frame, "abstract")
    for number, text in enumerate(texts):
        own = rows.filter(pl.col("text_id") == str(number))
        assert "".join(own["sentence"].to_list()) == (text or "").replace(MARK, "\x1f")
        for sentence, start in own.select("sentence", "sentence_char").iter_rows():
            assert (text or "").replace(MARK, "\x1f")[start : start + len(sentence)] == sentence
