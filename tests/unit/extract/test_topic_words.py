"""What the words of a text say of its topics; the models are made up, but for the one that ships."""

from dataclasses import replace

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract import TEXT
from paperhouse.extract.topic_words import Words
from paperhouse.extract.topics import THRESHOLD, Model, extract_topics
from paperhouse.settings import SEEDS
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(SEEDS)
TOPICS = pl.Series("topic_id", ["cats", "dogs"])
# of two words as rare as e; "purr" speaks for cats, "bark" for dogs and against cats
MODEL = Words.of(
    pl.DataFrame(
        {"word": [None, "purr", "bark"], "rarity": [0, 100, 100], "cats": [-10, 30, -20], "dogs": [5, 0, 40]},
        schema={"word": pl.String, "rarity": pl.Int64, "cats": pl.Int64, "dogs": pl.Int64},
    )
)


def said(*abstracts: str | None, title: str | None = None) -> list[list[int]]:
    fields = pl.Series("text", [title] * len(abstracts) + list(abstracts), dtype=pl.String)
    return MODEL.scores(utf8(fields), TOPICS).tolist()


def test_a_text_of_no_known_word_says_what_each_topic_starts_from() -> None:
    assert said("Nothing at all.", "", None) == [[-100, 50]] * 3


def test_a_word_counts_once_in_any_case_wherever_it_stands() -> None:
    assert said("They purr.") == said("PURR, purr! Purr") == said("-", title="Purr") == [[200, 50]]


def test_words_weigh_less_in_a_longer_text() -> None:
    both = [[round((-1 + (3 - 2) / np.sqrt(2)) * 100), round((0.5 + 4 / np.sqrt(2)) * 100)]]
    assert said("purr bark") == both


def test_part_of_a_word_is_no_word() -> None:
    assert said("purring embark") == [[-100, 50]]


def test_a_topic_that_the_model_does_not_know_gets_nothing() -> None:
    fields = pl.Series("text", [None, "purr"], dtype=pl.String)
    assert MODEL.scores(utf8(fields), pl.Series(["birds", "cats"])).tolist() == [[0, 200]]
    assert Words.none().scores(utf8(fields), TOPICS).tolist() == [[0, 0]]


def test_what_only_words_tell_has_the_word_that_says_most_as_its_evidence() -> None:
    fields = pl.Series("text", ["A title", "Dogs é bark and purr"], dtype=pl.String)
    told = MODEL.telling(utf8(fields), np.array([0, 0]), TOPICS)
    assert told.rows() == [(1, 17, 4), (1, 8, 4)]


def test_no_texts_say_nothing() -> None:
    assert MODEL.scores(utf8(pl.Series("text", [], dtype=pl.String)), TOPICS).shape == (0, 2)


def test_the_model_that_ships_knows_the_topics_of_the_taxonomy_and_no_word_twice() -> None:
    words = Words.shipped()
    assert set(words.topics) == set(VOCABULARY.topic_taxonomy["topic_id"])
    assert words.weights.shape == (len(words.rarity), len(words.topics))
    assert (words.rarity > 0).all()


def test_no_topic_is_reached_by_no_word() -> None:
    """A text without a known word has the start alone, and no evidence."""
    (told,) = Words.shipped().scores(utf8(pl.Series(["", "?"])), pl.Series(Words.shipped().topics)).tolist()
    assert max(told) < THRESHOLD * 100


def topics(abstract: str) -> list[tuple]:
    schema = {"topic_id": pl.String, "phrase": pl.String, "weight": pl.Float64}
    phrases = pl.DataFrame([("cats", "kitten", 2.5), ("dogs", "hound", 1.0)], schema=schema, orient="row")
    texts = pl.DataFrame({"text_id": ["a"], "title": [None], "abstract": [abstract]}, schema=dict(TEXT))
    found = extract_topics(texts, replace(VOCABULARY, topic_phrases=phrases), Model(MODEL))
    return found.select("topic_id", "score", "evidence", "rule").rows()


def test_a_matter_that_no_phrase_names_is_found_by_its_words() -> None:
    assert topics("é They purr.") == [("cats", 2.0, "purr", "word_in_abstract")]


def test_a_phrase_that_the_words_do_not_bear_out_is_a_passing_mention() -> None:
    assert topics("A kitten.") == []
    assert topics("A kitten may purr.") == [("cats", 4.5, "kitten", "phrase_in_abstract")]
    assert [row[0] for row in topics("Unlike a kitten, they bark.")] == ["dogs"]


def test_words_and_phrases_add_up() -> None:
    assert topics("A hound.") == []
    assert topics("A hound hound.") == [("dogs", 2.5, "hound", "phrase_in_abstract")]


@settings(max_examples=50)
@given(st.lists(st.text(st.sampled_from("purbak é,-")), max_size=4))
def test_texts_say_the_same_alone_and_together(abstracts: list[str]) -> None:
    assert said(*abstracts) == [said(text)[0] for text in abstracts]
