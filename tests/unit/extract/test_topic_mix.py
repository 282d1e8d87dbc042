"""What the scores of all topics say together; the layer is made up, but for the one that ships."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.extract import TEXT
from paperhouse.extract.topic_mix import FILE, GIVES, LIMIT, Mix
from paperhouse.extract.topic_words import Words
from paperhouse.extract.topics import THRESHOLD, Model, extract_topics
from paperhouse.settings import SEEDS
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary

TOPICS = pl.Series("topic_id", ["cats", "dogs"])
# one unit, above 0 where words and phrases of cats and dogs come to more than 1 together; it speaks for cats and against dogs
MIX = Mix.of(
    pl.DataFrame(
        [
            ("words", "cats", 0, 300), ("words", "dogs", 0, 300), ("phrases", "cats", 0, 300), ("phrases", "dogs", 0, 300),
            ("start", None, 0, -30_000), ("adds", "dogs", 2000, -100), ("adds", "cats", 0, 50),
        ],
        schema={"part": pl.String, "topic_id": pl.String, "start": pl.Int64, "u0": pl.Int64},
        orient="row",
    )
)  # fmt: skip


def added(by_words: list[int], by_phrases: list[int], topics: pl.Series = TOPICS) -> list[int]:
    return MIX.scores(np.array([by_words]), np.array([by_phrases]), topics)[0].tolist()


def test_a_unit_adds_what_it_comes_to_above_nothing() -> None:
    assert added([100, 0], [0, 0]) == [0, 20]
    assert added([100, 100], [100, 0]) == [100, 20 - 200]


def test_a_score_beyond_the_limit_says_no_more() -> None:
    most = round(LIMIT * 100)
    assert added([99_900, 0], [0, 0]) == added([most, 0], [0, 0])
    assert added([0, 0], [99_900, 0]) == added([0, 0], [most, 0])
    assert added([-99_900, 0], [most, 300]) == added([-most, 0], [most, 300]) == [100, 20 - 200]


def test_a_topic_that_the_layer_does_not_know_gives_and_gets_nothing() -> None:
    assert added([900, 100], [900, 100], pl.Series(["birds", "cats"])) == [0, 50]
    assert added([900, 900], [900, 900], pl.Series(["birds", "fish"])) == [0, 0]
    assert Mix.none().scores(np.ones((3, 2), np.int64), np.ones((3, 2), np.int64), TOPICS).tolist() == [[0, 0]] * 3


def test_no_texts_get_nothing() -> None:
    assert MIX.scores(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64), TOPICS).shape == (0, 2)


@pytest.fixture
def shipped() -> Mix:
    return Mix.shipped()


def test_the_layer_that_ships_knows_the_topics_of_its_words(shipped: Mix) -> None:
    assert shipped.topics == Words.shipped().topics
    assert shipped.gives.shape == (2 * len(shipped.topics), shipped.adds.shape[0])


def test_no_sum_outgrows_its_32_bits(shipped: Mix) -> None:
    to_units = LIMIT * 100 * np.abs(shipped.gives.astype(np.int64)).sum(axis=0) + np.abs(shipped.unit_start)
    assert to_units.max() < 2**31
    to_topics = to_units / GIVES @ np.abs(shipped.adds) + np.abs(shipped.start)
    assert to_topics.max() < 2**31


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(0, 900)), min_size=1, max_size=5), st.integers(0, 100))
def test_texts_get_the_same_alone_and_together(texts: list[tuple[int, int]], seed: int) -> None:
    shipped = Mix.shipped()
    topics = pl.Series(shipped.topics)
    near = np.random.default_rng(seed).integers(-300, 300, (len(texts), len(topics)))
    by_words, by_phrases = (near + np.array(texts)[:, [side]] for side in (0, 1))
    together = shipped.scores(by_words, by_phrases, topics)
    alone = [shipped.scores(by_words[[i]], by_phrases[[i]], topics)[0] for i in range(len(texts))]
    assert together.tolist() == [each.tolist() for each in alone]


def test_no_topic_is_reached_by_no_word(shipped: Mix) -> None:
    names = pl.Series(Words.shipped().topics)
    by_words = Words.shipped().scores(utf8(pl.Series(["", "?"])), names)
    assert (by_words + shipped.scores(by_words, np.zeros_like(by_words), names)).max() < THRESHOLD * 100


def test_a_layer_of_parts_that_do_not_fit_is_refused() -> None:
    frame = pl.read_csv(FILE, schema_overrides={"topic_id": pl.String})
    with pytest.raises(ValueError, match="topic_mix"):
        Mix.of(frame.filter(pl.col("part") != "phrases"))


def test_what_no_word_and_no_phrase_speaks_for_is_no_topic() -> None:
    """So every row has evidence of its own text, whatever the text before it is."""
    texts = pl.DataFrame(
        {"text_id": ["a", "b"], "title": [None, None], "abstract": ["Zed.", "alpacaeval. " * 6]}, schema=dict(TEXT)
    )
    found = extract_topics(texts, Vocabulary.read(SEEDS))
    assert found.filter(pl.col("evidence").fill_null("") == "").is_empty()


def test_what_the_topics_say_together_is_part_of_the_score() -> None:
    vocabulary = Vocabulary.read(SEEDS)
    texts = pl.DataFrame(
        {
            "text_id": ["a"],
            "title": ["Playing chess with a robot arm"],
            "abstract": [
                "We train a policy by reinforcement learning in a simulator; it moves the pieces of the game."
            ],
        }
    )
    alone = extract_topics(texts, vocabulary, Model(Words.shipped()))
    together = extract_topics(texts, vocabulary)
    both = alone.join(together, on="topic_id", suffix="_together")
    assert both.height > 1
    assert (both["score"] != both["score_together"]).any()
