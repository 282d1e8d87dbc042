"""Topics of a text, by weighted phrases."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract.topics import THRESHOLD, TOPIC_SCHEMA, extract_topics
from paperhouse.vocabulary import Vocabulary

SEEDS = Path(__file__).parents[3] / "dbt_project" / "seeds"
VOCABULARY = Vocabulary.read(SEEDS)


def vocabulary(*rows):
    """A vocabulary of the phrases given as (topic, phrase, weight)."""
    schema = {"topic_id": pl.String, "phrase": pl.String, "weight": pl.Float64}
    return replace(VOCABULARY, topic_phrases=pl.DataFrame(rows, schema=schema, orient="row"))


ENOUGH = 4.0  # a weight that makes a topic by one mention
CAT = vocabulary(("cats", "house cat", ENOUGH), ("cats", "CAT", ENOUGH), ("houses", "house", ENOUGH))


def topics(title, abstract, phrases=VOCABULARY):
    texts = pl.DataFrame(
        {"text_id": ["t"], "title": [title], "abstract": [abstract]},
        schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String},
    )
    return {row["topic_id"]: row for row in extract_topics(texts, phrases).to_dicts()}


@pytest.mark.parametrize("text", ["A house cat.", "house-cat", "House Cats,", "(HOUSE CATS)", "…house cat—"])
def test_a_phrase_is_found_in_any_case_with_hyphen_or_plural(text):
    assert "cats" in topics(None, text, CAT)


@pytest.mark.parametrize("text", ["a warehouse catalogue", "house catnip", "house a cat", "house, a cat", "cat", "Cat"])
def test_a_phrase_is_whole_words_and_an_acronym_keeps_its_case(text):
    assert "cats" not in topics(None, text, CAT)


def test_an_acronym_is_found_as_it_is_written():
    assert set(topics(None, "CATs", CAT)) == {"cats"}


def test_a_phrase_counts_for_other_topics_inside_it_too():
    assert set(topics(None, "one house cat", CAT)) == {"cats", "houses"}


def test_a_longer_phrase_of_the_topic_hides_the_shorter_inside():
    hiding = vocabulary(("editing", "editing", ENOUGH), ("editing", "image editing", 0.0))
    assert topics(None, "image editing", hiding) == {}
    assert "editing" in topics(None, "image editing by editing", hiding)


def test_what_is_far_below_the_first_topic_is_a_passing_mention():
    both = vocabulary(*(("much", f"cat{i}", ENOUGH) for i in range(9)), ("little", "dog", ENOUGH))
    assert set(topics(None, "cat0 dog", both)) == {"much", "little"}
    assert set(topics("cat0 cat1 cat2 cat3 cat4 cat5 cat6 cat7 cat8", "dog", both)) == {"much"}


def test_a_phrase_with_a_gap_stands_for_each_pair_of_its_words():
    made = vocabulary(("sets", "build|make … set|list", ENOUGH))
    row = topics(None, "We make Zed, a new list, of dogs.", made)["sets"]
    assert (row["evidence"], row["score"]) == ("list", ENOUGH)
    assert "sets" in topics("Build a set", None, made)
    assert topics(None, "A list that we make", made) == {}


def test_neighbouring_phrases_are_both_found():
    near = vocabulary(("a", "deep net", ENOUGH), ("b", "robot", ENOUGH))
    assert set(topics(None, "deep net robot", near)) == {"a", "b"}


def test_a_title_counts_more_than_an_abstract():
    once = vocabulary(("cats", "cat", 0.5 * THRESHOLD))
    assert "cats" in topics("A cat", "Nothing.", once)
    assert "cats" not in topics("Nothing", "A cat.", once)


def test_saying_it_again_counts():
    weak = vocabulary(("cats", "cat", THRESHOLD / 3))
    assert "cats" in topics(None, "cat cat cat", weak)
    assert "cats" not in topics(None, "cat cat", weak)


def test_a_longer_phrase_counts_its_own_weight_however_many_it_holds():
    nested = vocabulary(("a", "deep", 0.4), ("a", "deep net", 0.9), ("a", "net", 0.3), ("a", "the deep net robot", 3.0))
    assert topics(None, "the deep net robot", nested)["a"]["score"] == pytest.approx(3.0)
    assert topics("deep net deep net", None, nested)["a"]["score"] == pytest.approx(3.6)


def test_overlapping_phrases_are_both_found():
    crossed = vocabulary(("a", "deep net", ENOUGH), ("b", "net robot", ENOUGH))
    assert set(topics(None, "deep net robot", crossed)) == {"a", "b"}


def test_what_has_a_capital_hides_only_what_is_so_written():
    spelled = vocabulary(("a", "CAT", 3.0), ("a", "house CAT", 0.0), ("a", "house cat", 2.5))
    assert topics(None, "a house cat", spelled)["a"]["score"] == pytest.approx(2.5)
    assert topics(None, "a CAT", spelled)["a"]["score"] == pytest.approx(3.0)


def test_neither_the_order_of_texts_nor_their_company_changes_what_is_found():
    texts = pl.DataFrame(
        {
            "text_id": [str(i) for i in range(40)],
            "title": [f"A survey of {'graph' if i % 2 else 'video'} models {i}" for i in range(40)],
            "abstract": [
                "We study large language models, é, for reasoning and video generation." * (i % 3) for i in range(40)
            ],
        }
    )
    together = extract_topics(texts, VOCABULARY)
    assert together.height > texts.height
    assert (
        extract_topics(texts.reverse(), VOCABULARY)
        .sort("text_id", "topic_id")
        .equals(together.sort("text_id", "topic_id"))
    )
    assert pl.concat(extract_topics(part, VOCABULARY) for part in texts.iter_slices(7)).equals(together)


def test_evidence_is_the_phrase_that_counts_most_at_its_characters():
    title, abstract = "Ünïcödé 😀 for house-cats", "A house."
    row = topics(title, abstract, CAT)["cats"]
    assert (row["evidence"], row["evidence_in"], row["rule"]) == ("house-cats", "title", "phrase_in_title")
    assert title[row["evidence_start"] : row["evidence_end"]] == "house-cats"


@pytest.mark.parametrize(
    ("title", "abstract", "wanted", "unwanted"),
    [
        (
            "Evicting Less: A Better KV Cache for Long Inputs",
            "Large language models (LLMs) are slow. We propose to compress the KV cache by eviction, for any LLM.",
            {"kv-cache", "large-language-models"},
            {"neural-compression", "vision-language"},
        ),
        (
            "Spiking Networks that See",
            "We present a spiking neural network for image classification. On CIFAR-10, image classification gets cheaper.",
            {"neuromorphic", "image-classification"},
            {"large-language-models", "interpretability"},
        ),
        (
            "A Survey of Graph Neural Networks for Recommendation",
            "Models such as large language models change. This survey covers graph neural networks in recommender systems.",
            {"survey", "graph-learning", "recommendation"},
            {"large-language-models"},
        ),
    ],
)
def test_the_seed_reads_invented_papers_as_a_person_does(title, abstract, wanted, unwanted):
    found = set(topics(title, abstract))
    assert wanted <= found
    assert not unwanted & found


def test_every_phrase_belongs_to_a_topic_and_every_topic_can_be_reached():
    known = set(VOCABULARY.topic_taxonomy["topic_id"])
    phrases = VOCABULARY.topic_phrases
    assert set(phrases["topic_id"]) == known
    assert phrases.select("topic_id", "phrase").is_duplicated().sum() == 0
    assert phrases.select("topic_id", "phrase").rows() == sorted(
        phrases.select("topic_id", "phrase").rows(), key=lambda row: (row[0], row[1].lower(), row[1])
    )
    assert phrases["weight"].is_between(0, 4).all()
    forms = phrases.select("topic_id", pl.col("phrase").str.to_lowercase().str.replace_all("[^a-z0-9]", " "))
    assert forms.is_duplicated().sum() == 0


def test_no_texts_and_empty_texts_give_no_rows_with_all_columns():
    texts = pl.DataFrame(schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String})
    assert extract_topics(texts, VOCABULARY).schema == {"text_id": pl.String, **TOPIC_SCHEMA}
    assert topics(None, None) == topics("", "") == {}


WORDS = st.sampled_from(
    ["LLM", "large language models", "RAG", "é", "😀", "-", " ", "we propose", "KV-cache", "(", "\n", "3D", "s"]
)


@settings(max_examples=100)
@given(*[st.one_of(st.none(), st.text(), st.lists(WORDS, max_size=15).map(" ".join))] * 2)
def test_any_text_gives_no_error_and_verbatim_evidence(title, abstract):
    for row in topics(title, abstract).values():
        text = title if row["evidence_in"] == "title" else abstract
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"] != ""
        assert row["score"] >= THRESHOLD


def test_a_megabyte_on_one_line_is_read_in_time():
    assert "large-language-models" in topics(None, "We study an LLM. " + "large language model " * 50_000)
