"""What the feeds of arXiv share: which words say that a paper was withdrawn, read alike by `re` and by Polars."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.feeds.arxiv_xml import WITHDRAWN, date_of, doi_of, status_of


def both(text: str) -> tuple[bool, bool]:
    return status_of(text) == "withdrawn", pl.Series([text]).str.contains(WITHDRAWN)[0]


@pytest.mark.parametrize(
    "text",
    [
        "This paper has been withdrawn by the authors due to an error in Lemma 2", "This paper has been\nwithdrawn",
        "Withdrawn", "withdrawn.", "WITHDRAWN: see the new version", "[Withdrawn] A mistake was found", "Withdrawn by the author",
        "Withdrawn due to a mistake", "Paper withdrawn", "Paper withdrawn by the author", "The paper was withdrawn",
        "This paper is withdrawn", "(This submission has been withdrawn.)", "This article has been temporarily withdrawn",
        "This paper has now been withdrawn", "This preprint is withdrawn, see another one", "This version has been withdrawn",
        "This paper was withdrawn and replaced by another", "This paper has been withdrawn for further work",
        "This paper is withdrawn from arXiv", "Withdrawn from the arXiv by the author", "The author has withdrawn this paper",
        "The authors have withdrawn this paper due to an error", "We withdraw this paper", "We have withdrawn our submission",
        "This submission has been withdrawn by arXiv administrators due to inappropriate text overlap",
        "arXiv admin note: This submission has been withdrawn by arXiv administrators",
        "arXiv admin note: submission has been withdrawn",
    ],
)  # fmt: skip
def test_a_note_that_says_so_is_of_a_withdrawn_paper(text):
    assert both(text) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "12 pages", "withdrawn from ICML, now at NeurIPS", "Withdrawn from a conference", "This paper was withdrawn from ICLR 2024",
        "The earlier version was withdrawn", "An earlier version of this paper has been withdrawn", "The previous paper is withdrawn",
        "This paper has not been withdrawn", "Replaces the withdrawn 2401.00001", "We study papers withdrawn from arXiv",
        "This paper studies withdrawn drugs", "Withdrawn patients bias trials", "Withdrawnness of agents", "We withdraw money",
        "12 pages; withdrawn", "This paper has been accepted; the other was withdrawn",
    ],
)  # fmt: skip
def test_a_note_that_tells_of_something_else_is_not(text):
    assert both(text) == (False, False)


WORDS = [
    "this",
    "the",
    "paper",
    "version",
    "has",
    "been",
    "was",
    "withdrawn",
    "from",
    "arxiv",
    "icml",
    "by",
    "we",
    "authors",
    "have",
    "withdraw",
    "now",
    "an",
    ".",
    ":",
    "\n",
    "é",
    "ſ",
    "K",
    "İ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=30))
def test_both_engines_read_every_note_alike(text):
    assert len(set(both(text))) == 1


def test_a_long_note_is_read_in_no_time():
    for text in ("this " * 50_000, "withdrawn" + " " * 100_000 + "x", "(" * 100_000, "paper " + "a" * 100_000 + "ly x"):
        assert both(text) in ((False, False), (True, True))


def test_either_of_several_notes_counts():
    assert status_of(None, "Withdrawn") == status_of("Withdrawn", "We show.") == "withdrawn"
    assert status_of(None, None) is None
    assert status_of() is None


def test_the_pattern_is_one_for_both():
    assert re.compile(WITHDRAWN).match("Withdrawn")


@pytest.mark.parametrize(
    ("text", "found"),
    [("10.1000/ABC", "10.1000/abc"), (" 10.1000/a  10.1000/b", "10.1000/a"), ("", None), (" \n", None), (None, None)],
)
def test_of_several_dois_the_first_counts_in_lower_case(text, found):
    assert doi_of(text) == found


@pytest.mark.parametrize("text", [None, "", "soon", "2024-02-30", "0000-01-01", "99999-01-01", "2024-01-01T25:00:00Z"])
def test_what_is_no_date_is_unknown(text):
    assert date_of(text) is None
