"""Releases promised without a link."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract.promises import PROMISE_SCHEMA, extract_promises
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(Path(__file__).parents[3] / "dbt_project" / "seeds")


def promises(*abstracts):
    texts = pl.DataFrame(
        {
            "text_id": [str(i) for i in range(len(abstracts))],
            "title": [None] * len(abstracts),
            "abstract": list(abstracts),
        },
        schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String},
    )
    return extract_promises(texts, VOCABULARY).to_dicts()


def things(abstract):
    return {p["what"] for p in promises(abstract)}


@pytest.mark.parametrize(
    ("abstract", "what"),
    [
        ("We will release code and data on GitHub.", {"code", "data"}),
        ("To help others, we will publicly open-source our model weights and scripts.", {"model", "code"}),
        ("Our code will be released soon.", {"code"}),
        (
            "Code, checkpoints and the annotated corpus will be made publicly available upon acceptance.",
            {"code", "data", "model"},
        ),
        ("The dataset is out, and the evaluation code will also be made public.", {"code"}),
        ("We describe a trick, with all data to be released publicly.", {"data"}),
        ("Code available upon publication.", {"code"}),
        ("Code available after acceptance.", {"code"}),
        ("Code and data to be shared on GitHub.", {"code", "data"}),
        ("The project page is at https://a.github.io/b and the code will be released.", {"code"}),
        ("The data are at https://a.org/b, and we will release the weights soon.", {"model"}),
        ("We commit to open-sourcing our data.", {"data"}),
        ("There is no doubt that the code will be released upon acceptance.", {"code"}),
        ("Code will be released, and raw recordings are available upon request.", {"code"}),
        ("We'll release our code.", {"code"}),
        ("Our method will be made publicly available to help the field.", {"code"}),
        ("We will release our code to support training of larger models.", {"code"}),
        ("We plan to open-source the benchmark.", {"data"}),
        ("Additionally, we will supply a test set, which covers long texts.", {"data"}),
        ("EgoBench and LDT-Bench will be made public.", {"data"}),
        ("We build the MTGQL dataset, which is drawn from graphs and will be publicly released.", {"data"}),
        ("The full recipe (code, models, reasoning trajectories) shall be released.", {"code", "model", "data"}),
        ("We offer insights and will open-source the framework.", {"code"}),
        ("It beats other models on two datasets.Our code will be released.", {"code"}),
        ("The implementation of our model will be released.", {"code"}),
        ("The scripts for data collection and analysis will be released.", {"code"}),
        ("The source code will be made publicly available at www.github.com.", {"code"}),
        ("We will release a test set.~Work in progress. https://github.com/a/b", {"data"}),
    ],
)
def test_a_promise_names_what_it_promises(abstract, what):
    assert things(abstract) == what


@pytest.mark.parametrize(
    "abstract",
    [
        "We release code and data.",
        "Code and models are publicly available.",
        "Code will be released at https://github.com/a/b.",
        "Code will be available at github.com/a/b",
        "This will help models of the future. We share the data.",
        "Agents will soon be everywhere.",
        "We anticipate that this analysis will provide insights for quantization methods and models.",
        "We believe these issues will make these datasets more useful and improve models.",
        "Code will be made available at: ai.stanford.edu/~juze/ViBES/",
        "The code is available upon request.",
        "Data will be made available upon reasonable request.",
        "We do not plan to release our code.",
        "Neither code nor data will be released.",
        "Companies intend to release agents that use tools.",
        "We will release our code at https://github.com/ a/b.",
        "The code will be released at https://github.com/a/b.",
        "",
        None,
    ],
)
def test_a_claim_a_link_or_another_future_is_no_promise(abstract):
    assert things(abstract) == set()


def test_the_evidence_is_the_sentence_at_its_characters():
    text = "Ünïcödé 😀 first. We will release our code. More follows."
    (promise,) = promises(text)
    assert promise["evidence"] == "We will release our code."
    assert text[promise["evidence_start"] : promise["evidence_end"]] == promise["evidence"]


def test_a_thing_promised_twice_counts_once():
    assert len(promises("Code will be released. We will release the code soon.")) == 1


def test_no_texts_give_no_rows_with_all_columns():
    texts = pl.DataFrame(schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String})
    assert extract_promises(texts, VOCABULARY).schema == {"text_id": pl.String, **PROMISE_SCHEMA}


WORDS = st.sampled_from(
    ["we will release", "code", "will be", "soon", ".", "é😀", " ", "upon acceptance", "models", "\x1e", "\n"]
)


@settings(max_examples=100)
@given(st.one_of(st.none(), st.text(), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_gives_no_error_and_verbatim_evidence(abstract):
    for promise in promises(abstract):
        assert abstract[promise["evidence_start"] : promise["evidence_end"]] == promise["evidence"]


@settings(max_examples=50)
@given(st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=5))
def test_texts_read_together_give_what_each_gives_alone(abstracts):
    alone = [{**p, "text_id": str(i)} for i, a in enumerate(abstracts) for p in promises(a)]
    assert promises(*abstracts) == alone


def test_a_megabyte_on_one_line_is_read_in_time():
    assert things("We will release our code. " + "soon we will be " * 60_000) == {"code"}
