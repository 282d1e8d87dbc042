"""What is said of one line of a page's text, seen alone."""

import time
from datetime import date

import pytest

from paperhouse.feeds.page_lines import Kind, Line, author_names, classify, published_on

DAY = date(2025, 9, 4)


def line(raw: str) -> Line:
    return classify(Line(1, 1, raw))


@pytest.mark.parametrize(
    ("raw", "counts", "column"),
    [
        ("52", [52], None), ("0", [0], None), ("1,234", [1234], None), ("- -", [0], None), ("-", [0], None), ("–", [0], None),
        ("11.3k", [11300], "github_stars"), ("GitHub 523", [523], "github_stars"), ("523 stars", [523], "github_stars"),
        ("Upvote 12", [12], "upvotes"), ("▲ 12", [12], "upvotes"), ("3 comments", [3], "comments"), ("[ 52 ](/login?next=x)", [52], None),
        ("[3](/papers/2407.13168#community)", [3], None),
    ],
)  # fmt: skip
def test_a_count_is_read_with_the_column_that_it_names(raw, counts, column):
    found = line(raw)
    assert (found.kind, found.counts, found.counted) == (Kind.COUNTS, counts, column)


@pytest.mark.parametrize("raw", ["1" * 400, "1,2,3", "3.5", "12 things", "1.2.3"])
def test_a_number_of_another_shape_is_no_count(raw):
    assert line(raw).kind is not Kind.COUNTS


@pytest.mark.parametrize(
    "raw",
    ["Sep 4", "Wed, Sep 3, 2025", "byAK and the research community", "by [AK](/akhaliq) and the research community", "---",
     "![](/avatars/1.svg)", "* ![](/a.svg)", "+7", "Submitted by somebody", "[View paper](/papers/2407.13168)", "#", "\u200b",
     "  12. https://huggingface.co/papers"],
)  # fmt: skip
def test_the_pages_own_words_are_furniture(raw):
    assert line(raw.strip()).kind is Kind.FURNITURE


@pytest.mark.parametrize(
    "raw",
    [
        "### [A Title](/papers/2407.13168)",
        "[A Title](https://huggingface.co/papers/2407.13168v2?x=1)",
        "- [ A Title ](/papers/2407.13168)",
        "[![](/thumb.png) A Title](/papers/2407.13168)",
    ],
)
def test_a_link_to_a_paper_is_a_title_for_certain(raw):
    found = line(raw)
    assert (found.kind, found.text, found.arxiv_id) == (Kind.TITLE_LINK, "A Title", "2407.13168")


def test_a_title_with_brackets_is_a_title_in_a_link_too():
    assert (
        line("### [Reasoning in GPT-[n] and o-[n] Models](/papers/2407.13168)").text
        == "Reasoning in GPT-[n] and o-[n] Models"
    )


@pytest.mark.parametrize(
    "raw",
    ["CODE: Confident Ordinary Editing", "Data Mixing Made Efficient: A Law", "Segment Anything", "3D Made-up Splatting",
     "2 OLMo 2 Furious", "4-bit Made-up Training", "Can Models Read?", "Models Can Read!", "tinyBenchmarks: Fewer Examples",
     "LLMs + Persona-Plug = Personalized LLMs", "学习表示", "تعلم الآلة", "🦙 Made-up Llama", "é-Models for Everything"],
)  # fmt: skip
def test_a_short_line_may_be_a_title(raw):
    assert line(raw).kind is Kind.SHORT


@pytest.mark.parametrize(
    "raw",
    ["Code: https://github.com/made-up/first", "Project page: made-up.github.io/first", "- a list's item", "• another one",
     "(1) the first of all", "2. the second", "where the loss is small", "[Code](https://github.com/a/b) is at https://a.io/b"],
)  # fmt: skip
def test_a_link_or_an_item_of_a_list_is_a_part_of_an_abstract(raw):
    assert line(raw).kind is Kind.PART


def test_no_break_spaces_and_unseen_marks_do_not_hide_what_a_line_is():
    assert line("·\u00a012\u00a0authors").kind is Kind.AUTHORS
    assert line("\u200eUpvote\u200f").kind is Kind.FURNITURE
    assert line("Published\u00a0on Mar\u00a08, 2024").kind is Kind.PUBLISHED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published on Mar 8, 2024", date(2024, 3, 8)),
        ("· Published on March 8th, 2024", date(2024, 3, 8)),
        ("Published on May 30", date(2025, 5, 30)),
        ("Published on Sep 4", date(2025, 9, 4)),
        ("Published on Sep 5", date(2024, 9, 5)),
        ("Published on Dec 24", date(2024, 12, 24)),
        ("Published on Feb 29", date(2024, 2, 29)),
        ("Published on Feb 30", None),
        ("Published on Feb 30, 2024", None),
        ("Published on Mar 8, 0000", None),
        ("Sep 4", None),
    ],
)
def test_a_date_without_a_year_is_the_latest_one_not_after_the_capture(text, expected):
    assert published_on(text, DAY) == expected


def test_names_are_split():
    assert author_names("Authors: A. Author, B. de Author and C. Author") == ["A. Author", "B. de Author", "C. Author"]


PIECES = ["A ", "[", "[[a]", "![", "![](", "[a](", "[a](b", "1", "1,", "-", "- ", "· ", "# ", "A B, ", "A b A ", "Ab Cd, ",
          "Mon ", "a.", "a-", "\u00a0", "\u200b", "published on jan 1 ", "upvotes: ", "Upvote", "*", "é", "a.com"]  # fmt: skip


@pytest.mark.parametrize("start", ["", "[", "by ", "Submitted by "])
def test_a_hostile_line_is_classified_in_time_that_grows_with_its_length_alone(start):
    for piece in PIECES:
        raw = start + piece * (100_000 // len(piece))
        began = time.process_time()
        classify(Line(1, 1, raw))
        classify(Line(1, 1, raw + "!"))
        assert time.process_time() - began < 1.5, piece
