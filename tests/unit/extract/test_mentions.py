"""Where phrases stand in texts: as whole words, in any case, at their bytes."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.extract.mentions import MENTION, Phrases, find_phrases

LIST = ["kv cache", "cache", "kv cache eviction", "audio  video", "3d"]


def found(text: str | None, phrases: list[str] = LIST) -> list[tuple[str, int]]:
    rows = find_phrases(pl.Series([text], dtype=pl.String), Phrases.of(tuple(phrases)))
    return [(phrases[phrase], start) for phrase, start in rows.select("phrase", "start").iter_rows()]


def test_every_phrase_that_begins_at_a_word_is_found_there() -> None:
    assert found("A KV-cache eviction") == [("kv cache", 2), ("kv cache eviction", 2), ("cache", 5)]


@pytest.mark.parametrize("text", ["cached", "precache", "a_cachex", "kv  cach", None, "", "é"])
def test_what_is_no_whole_word_is_not_found(text: str | None) -> None:
    assert found(text) == []


def test_two_blanks_are_asked_for_by_two_blanks() -> None:
    assert found("audio, video") == [("audio  video", 0)]
    assert found("audio video") == found("audio -- video") == []
    assert found("kv, cache") == [("cache", 4)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We introduce Zed, a large-scale dataset.", [32]),
        ("We introduce a dataset, a dataset.", [15, 26]),
        ("We introduce Zed. A dataset is used.", []),
        ("We introduce a model trained on a dataset.", []),
        ("We introduce one two three four five six seven eight nine ten dataset.", []),
        ("A dataset is what we introduce", []),
    ],
)
def test_two_words_may_have_others_between_but_no_small_one(text: str, places: list[int]) -> None:
    assert found(text, ["introduce … dataset"]) == [("introduce … dataset", place) for place in places]


def test_places_are_bytes_of_their_own_text() -> None:
    rows = find_phrases(pl.Series([None, "é 3D", "", "x (3d)"]), Phrases.of(tuple(LIST)))
    assert rows.schema == MENTION
    assert rows.select("field", "start").rows() == [(1, 3), (3, 3)]


def test_a_phrase_twice_in_the_list_is_an_error() -> None:
    with pytest.raises(ValueError, match="'cache' is there twice"):
        Phrases.of(("cache", "cache"))


def test_more_finds_than_there_is_room_for_are_all_there() -> None:
    nested = [" ".join("a" * n) for n in range(1, 12)]
    assert len(found(" ".join("a" * 400), nested)) == sum(400 - n for n in range(11))


WORDS = st.sampled_from(["KV", "cache", "kv-cache", "audio", "video", ",", "", "3D", "é", "eviction", "\n", "s", "😀"])


@given(st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join)))
def test_it_finds_what_a_pattern_finds(text: str) -> None:
    data = text.encode()
    expected = [
        (phrase, match.start())
        for phrase in LIST
        for match in re.finditer(
            rb"(?i)(?<![a-z0-9])(?=" + phrase.encode().replace(b" ", b"[^a-zA-Z0-9]") + rb"(?![a-z0-9]))", data
        )
    ]
    assert sorted(found(text)) == sorted(expected)
