"""Captures of the papers page's text, as different tools and pages make them: each paper with its own abstract, or a reject."""

import contextlib
import random
import re
import textwrap
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.feeds.hf_papers_page import HfPapersPage
from paperhouse.feeds.page_text import parse_text
from paperhouse.records import PAPER_RECORD, REJECT, Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "hf_papers_page"
TEXTS = sorted([*FIXTURES.glob("*.txt"), *FIXTURES.glob("*.md")])
DAY = date(2025, 9, 4)

HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nSep 4"
FIRST, SECOND, THIRD = (
    "First Made-up Paper: A Title of Some Length",
    "Second Made-up Paper on Long Sequences",
    "Third Made-up Work",
)


def abstract(number: int) -> str:
    return (
        f"We study the made-up problem number {number} and propose a method for it. The method is {number}.5x faster than "
        "the baseline on a made-up benchmark, state-of-the-art among its like, and it needs no training at all. Code is at "
        f"https://github.com/made-up/paper-{number}."
    )


def parse(*paragraphs: str, head: str = HEAD) -> Parsed:
    parsed = parse_text("\n\n".join([head, *paragraphs] if head else paragraphs), DAY)
    assert_balanced(parsed)
    return parsed


def fixture(name: str) -> Parsed:
    parsed = parse_text((FIXTURES / name).read_bytes().decode(), DAY)
    assert_balanced(parsed)
    return parsed


def assert_balanced(parsed: Parsed) -> None:
    assert parsed.items == parsed.records.height + parsed.repeats + parsed.furniture + parsed.rejects.height
    assert parsed.units == parsed.covered
    assert parsed.records.schema == PAPER_RECORD
    assert parsed.rejects.schema == REJECT
    assert parsed.records["title"].null_count() == 0


def papers(parsed: Parsed) -> dict:
    return dict(zip(parsed.records["title"], parsed.records["abstract"], strict=True))


def column(parsed: Parsed, name: str) -> list:
    return parsed.records[name].to_list()


# The pages


def test_the_daily_page_with_carriage_returns_and_a_missing_abstract():
    parsed = fixture("daily_crlf.txt")
    assert column(parsed, "title") == [FIRST, SECOND, "Third Made-up Paper"]
    assert [text is not None for text in column(parsed, "abstract")] == [True, True, False]
    assert column(parsed, "position") == [13, 17, 21]
    assert (parsed.furniture, parsed.rejects.height) == (6, 0)


def test_a_lists_date_is_never_taken_for_a_papers():
    assert column(fixture("daily_crlf.txt"), "published_on") == [None] * 3
    assert column(fixture("paragraphs.txt"), "published_on") == [None] * 3


def test_the_daily_page_with_votes_above_and_comments_below_its_titles():
    parsed = fixture("daily_counts_first.txt")
    assert column(parsed, "upvotes") == [52, 17]
    assert column(parsed, "author_count") == [12, 2]
    assert column(parsed, "comments") == [3, 0]
    assert not any("somebody" in str(row) for row in parsed.records.rows())


def test_a_card_without_a_count_of_comments_does_not_take_the_next_ones_votes():
    parsed = parse("52", FIRST, "· 12 authors", "17", SECOND, "Made-up Lab", "3", "9", THIRD, "· 1 author")
    assert column(parsed, "upvotes") == [52, 17, 9]
    assert column(parsed, "comments") == [None, 3, None]
    assert column(parsed, "organization") == [None, "Made-up Lab", None]


def test_the_search_page_with_dates_counts_authors_and_organisations():
    parsed = fixture("search.txt")
    assert column(parsed, "title") == [FIRST, SECOND, "Third Made-up Paper on Speech Synthesis", "A Fourth Paper Without Any Abstract"]  # fmt: skip
    assert column(parsed, "published_on") == [date(2024, 3, 8), date(2025, 5, 30), date(2024, 12, 24), None]
    assert column(parsed, "upvotes") == [52, 0, 0, 7]
    assert column(parsed, "author_count") == [12, None, 1, 3]
    assert column(parsed, "organization") == [None, "Made-up Lab", None, None]
    assert [text is not None for text in column(parsed, "abstract")] == [True, True, True, False]


def test_the_trending_page_with_every_card_twice():
    parsed = fixture("trending.txt")
    assert column(parsed, "title") == [FIRST, SECOND]
    assert parsed.repeats == 2
    assert column(parsed, "abstract_is_cut") == [True, True]
    assert column(parsed, "upvotes") == [12, 12]
    assert column(parsed, "github_stars") == [11_300, None]  # 523 may be stars or not: it says nothing of itself
    assert column(parsed, "unknown") == [None, '{"counts": [523]}']
    assert parsed.unknown_keys == ("counts",)


def test_the_trending_page_with_the_organisation_below_the_abstract():
    parsed = fixture("trending_details_last.txt")
    assert column(parsed, "title") == [FIRST, SECOND]
    assert column(parsed, "organization") == ["Made-up Lab", "Another Lab"]
    assert column(parsed, "published_on") == [date(2025, 8, 9), date(2024, 9, 26)]
    assert column(parsed, "github_stars") == [43_500, 523]


def test_several_paragraphs_are_one_abstract():
    parsed = fixture("paragraphs.txt")
    assert column(parsed, "title")[1] == "Can Made-up Models Read?"
    assert column(parsed, "abstract")[0].endswith("as the one above it. Project page: https://made-up.github.io/first")


def test_html2texts_markdown_gives_titles_ids_and_unwrapped_text():
    parsed = fixture("html2text.md")
    assert column(parsed, "arxiv_id") == ["2407.13168", "2407.13169"]
    assert column(parsed, "title") == [FIRST + " That the Tool Has Wrapped Over Two Lines", SECOND]
    assert column(parsed, "upvotes") == [52, 17]
    assert "The method is 3.5x faster than the baseline" in column(parsed, "abstract")[0]
    assert "best earlier model. A second paragraph" in column(parsed, "abstract")[1]
    assert parsed.rejects.height == 0


def test_a_lynx_dump_gives_text_without_link_numbers_and_indents():
    parsed = fixture("lynx.txt")
    assert column(parsed, "title") == [FIRST + " That lynx Has Wrapped Over Two Lines", "Second Made-up Paper"]
    assert "The method is 3.5x faster than the baseline [2] on a made-up" in column(parsed, "abstract")[0]
    assert column(parsed, "abstract")[0].endswith("Code is at https://github.com/made-up/first.")
    assert parsed.rejects.height == 0


def test_unknown_lines_are_rejected_with_their_place():
    parsed = fixture("unknown_lines.txt")
    assert column(parsed, "title") == [FIRST, SECOND]
    assert parsed.rejects["position"].to_list() == ["line 11", "line 17"]
    assert parsed.rejects["content"].to_list() == ["42 things", "Zorp"]


def test_unknown_head_lines_make_no_paper():
    parsed = parse("Explore What Researchers Read Today", FIRST, abstract(1), head="Daily Papers\n\nSep 4\n\nnew")
    assert papers(parsed) == {FIRST: abstract(1)}
    assert "head" in parsed.rejects["reason"][0]


# One card among others, whatever its title and abstract look like


@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["blank lines", "single newlines"])
@pytest.mark.parametrize(
    "title",
    [
        "Can Made-up Models Read?", "Made-up Models Can Read!", "Attention Is Not What You Need.", "Made Up", "Upness",
        "CODE: Confident Ordinary Differential Editing", "Data Mixing Made Efficient: A Made-up Law",
        "First Return, Entropy-Eliciting Explore", "Don't Just Tune the Agent, Tune the Environment",
        "From words to rich parameters: probing how models use external knowledge", "3D Made-up Splatting", "2 Made 2 Up",
        "A Report on Everything That Is Made Up, Part I. Models as Foundation: Can We Lead on the Last of All Made-up Exams, or on Others?",
        "学习一种虚构的方法", "تعلم الآلة المختلق", "🦙 Made-up Llama 🦙", "Made\u00a0Up\u00a0Spaces", "\u200fMade-up Marks\u200f of Direction",
        "Reasoning in GPT-[n] and o-[n] Models", "Learning $x^2$ for Under $0.1", "Published on Time: Made-up Deadlines",
        "A " + "Very " * 46 + "Long Title",
    ],
)  # fmt: skip
def test_a_title_keeps_its_abstract(title, blank):
    cards = [FIRST, abstract(1), title, abstract(2), THIRD, abstract(3)]
    parsed = parse_text(blank.join([HEAD, *cards]), DAY)
    assert_balanced(parsed)
    assert papers(parsed) == dict(zip(cards[::2], cards[1::2], strict=True))


@pytest.mark.parametrize(
    "parts",
    [
        ["It has two findings:", "- a first one", "- a second one"],
        ["https://github.com/made-up/second"],
        ["Code: https://github.com/made-up/second", "Data: https://huggingface.co/datasets/made-up/second"],
        ["(1) a first one", "(2) a second one", abstract(7)],
        ["1. A First Thing of Some Length", "2. A Second Thing of Some Length", abstract(7)],
        ["where x is small and y is large", abstract(7)],
        ["The code, plugin, and data are available.", abstract(7)],
        ['We refer to this as the "Made-up Dominance Trap" of Models.', abstract(7)],
        ["Project page: made-up.github.io/second", abstract(7)],
        ["3D is hard. " + abstract(7), "5 of 7 tasks are solved, which is more than any model before has solved on this benchmark of ours."],
        ["🦙 " + abstract(7), "مرحبا " + abstract(8)],
        ["A line with\u00a0a space and a \u2028 separator, a form feed \x0c and a next line \x85 inside. " + abstract(8)],
    ],
)  # fmt: skip
def test_the_parts_of_an_abstract_stay_with_its_title(parts):
    parsed = parse(FIRST, abstract(1), SECOND, abstract(2), *parts, THIRD, abstract(3))
    assert papers(parsed) == {FIRST: abstract(1), SECOND: " ".join([abstract(2), *parts]), THIRD: abstract(3)}


def test_authors_names_below_a_title_are_its_authors():
    many = ", ".join(f"A{chr(97 + i)} Author" for i in range(26))
    parsed = parse(FIRST, "A. Author, B. de Author and C. Author", abstract(1), SECOND, many, abstract(2))
    assert papers(parsed) == {FIRST: abstract(1), SECOND: abstract(2)}
    assert column(parsed, "authors")[0] == ["A. Author", "B. de Author", "C. Author"]
    assert column(parsed, "author_count") == [3, 26]


def test_organisations_below_titles_are_no_titles_where_that_is_the_captures_habit():
    third = "A Third Made-up Paper of the Same Kind"
    parsed = parse(
        FIRST, "Made-up Lab", abstract(1), SECOND, "Another Lab", abstract(2), third, "Made-up Lab", abstract(3)
    )
    assert papers(parsed) == {FIRST: abstract(1), SECOND: abstract(2), third: abstract(3)}
    assert column(parsed, "organization") == ["Made-up Lab", "Another Lab", "Made-up Lab"]


def test_a_title_without_abstract_does_not_take_the_next_ones():
    parsed = parse(FIRST, abstract(1), SECOND, THIRD, abstract(3), "A Fourth Made-up Paper")
    assert papers(parsed) == {FIRST: abstract(1), SECOND: None, THIRD: abstract(3), "A Fourth Made-up Paper": None}


def test_an_abstract_that_may_be_anothers_is_rejected():
    """On the search page a card shows its authors or its organisation: `Third…` may be either."""
    parsed = parse(FIRST, "7", "· 2 authors", abstract(1), SECOND, "8", "· 3 authors", THIRD, abstract(3), "A Fourth Made-up Paper", "1", "· 2 authors", abstract(4))  # fmt: skip
    assert papers(parsed) == {FIRST: abstract(1), SECOND: None, "A Fourth Made-up Paper": abstract(4)}
    assert parsed.rejects["content"].to_list() == [THIRD, abstract(3)]


def test_one_title_under_two_ids_is_two_papers():
    parsed = parse(
        "[Technical Report](/papers/2407.00001)", abstract(1), "[Technical Report](/papers/2407.00002)", abstract(2)
    )
    assert column(parsed, "abstract") == [abstract(1), abstract(2)]


def test_an_abstract_that_links_to_its_own_paper_is_no_title():
    link = "/papers/2407.00001"
    parsed = parse(f"[![]({link}.png)]({link})", f"### [{FIRST}]({link})", "· 3 authors", f"[{abstract(1)}]({link})")
    assert column(parsed, "title") == [FIRST]
    assert abstract(1) in column(parsed, "abstract")[0]


# The tools


def render_wrapped(cards, width=78):
    return "\n\n".join(textwrap.fill(text, width, break_long_words=False) for card in cards for text in card)


def render_lynx(cards):
    lines = [f"[{n}]{title}\n\n{text}".split("\n\n") for n, (title, text) in enumerate(cards, start=3)]
    return "   [1]Log In\n\n   [2]Sign Up\n\n" + "\n\n".join(
        textwrap.indent(textwrap.fill(text, 77), "   ") for card in lines for text in card
    )


def render_html2text(cards):
    return "\n\n".join(
        textwrap.fill(f"### [{title}](/papers/2407.{n:05})", 78, break_long_words=False, break_on_hyphens=False)
        + f"\n\n  * [ ![](https://cdn.example.org/{'a' * 90}.png) ](/someone)\n  * +7\n\n[ {n} ](/login)\n\n"
        + textwrap.fill(text, 78, break_long_words=False, break_on_hyphens=False)
        for n, (title, text) in enumerate(cards)
    )


RENDERERS = {
    "browser": lambda cards: "\n\n".join(text for card in cards for text in card),
    "single newlines": lambda cards: "\n".join(text for card in cards for text in card),
    "no blank line below titles": lambda cards: "\n\n".join("\n".join(card) for card in cards),
    "carriage returns": lambda cards: "\r".join(text for card in cards for text in card),
    "wrapped": render_wrapped,
    "wrapped narrowly": lambda cards: render_wrapped(cards, 60),
    "lynx": render_lynx,
    "html2text": render_html2text,
    "indented": lambda cards: "\n\n".join("\t  " + text + "  " for card in cards for text in card),
}


def made_up_cards(count: int) -> list[tuple[str, str]]:
    words = [
        "Learning",
        "Made-up",
        "Models",
        "of",
        "Long",
        "Sequences",
        "with",
        "Reinforcement",
        "for",
        "Efficient",
        "Video",
        "Generation",
        "and",
        "Speech",
    ]
    rng = random.Random(count)
    titles = [" ".join(rng.sample(words, rng.randint(2, 13))) for _ in range(count)]
    return [(f"{title[0].upper()}{title[1:]} N{n}", abstract(n)) for n, title in enumerate(titles)]


@pytest.mark.parametrize("count", [1, 2, 3, 40])
@pytest.mark.parametrize("tool", RENDERERS)
def test_whatever_tool_made_the_capture_each_paper_has_its_own_abstract(tool, count):
    cards = made_up_cards(count)
    parsed = parse_text(HEAD + "\n\n" + RENDERERS[tool](cards), DAY)
    assert_balanced(parsed)
    assert parsed.rejects.height == 0

    def unwrapped(text: str) -> str:  # a tool that wraps at hyphens leaves a line break there, which becomes a space
        return re.sub(r"(?<=[-/]) ", "", text)

    found = {unwrapped(title): unwrapped(text) for title, text in papers(parsed).items()}
    assert found == {unwrapped(title): unwrapped(text) for title, text in cards}


def test_a_dash_or_a_number_at_the_start_of_a_wrapped_line_begins_nothing_new():
    text = "Models read and read " * 8 + "- and read 2. and then 3. and more " * 6 + "until the end of it."
    for width in range(40, 100):
        page = (
            HEAD + "\n\n" + "\n\n".join(f"{title}\n\n{textwrap.fill(text, width)}" for title in (FIRST, "Made-up Work"))
        )
        parsed = parse_text(page, DAY)
        assert_balanced(parsed)
        assert papers(parsed) == {FIRST: text, "Made-up Work": text}


# Whatever is in it


@st.composite
def shuffled_pages(draw: st.DrawFn) -> str:
    """A fixture whose lines were dropped, doubled, moved, cut short, mixed with another's or with odd ones."""
    lines = draw(st.sampled_from(TEXTS)).read_bytes().decode(errors="replace").split("\n")
    for _ in range(draw(st.integers(0, 5))):
        i, j = sorted(draw(st.tuples(st.integers(0, len(lines)), st.integers(0, len(lines)))))
        what = draw(st.sampled_from(["drop", "double", "move", "truncate", "mix", "odd", "shuffle", "join"]))
        match what:
            case "drop":
                del lines[i:j]
            case "double":
                lines[j:j] = lines[i:j]
            case "move":
                lines = lines[j:] + lines[:i] + lines[i:j]
            case "truncate":
                lines = [*lines[:j], "".join(lines[j : j + 1])[: draw(st.integers(0, 200))]]
            case "mix":
                lines[i:i] = draw(st.sampled_from(TEXTS)).read_bytes().decode(errors="replace").split("\n")[:40]
            case "odd":
                odd = st.sampled_from(
                    ["\u200b", "[", "](", "1" * 50, "· ", "#", "-", "Submitted by", "\x1c", "\x85", "…", "."]
                )
                lines[i:i] = [draw(odd | st.text(max_size=60))]
            case "shuffle":
                lines[i:j] = draw(st.permutations(lines[i:j][:30])) + lines[i:j][30:]
            case "join":
                lines[i:j] = [" ".join(lines[i:j])]
    return draw(st.sampled_from(["\n", "\r\n", "\n\n", "\r"])).join(lines)


@given(shuffled_pages())
@settings(max_examples=400, deadline=5_000)
def test_every_line_of_any_page_is_accounted_for_or_the_page_is_refused(page):
    body = page.encode(errors="replace")
    try:
        parsed = HfPapersPage().parse(body, DAY)
    except SnapshotError:
        return
    assert_balanced(parsed)
    lines = [line for line in re.split(r"\r\n?|\n", body.decode("utf-8-sig")) if line.strip()]
    assert parsed.units == len(lines)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=5_000)
def test_no_title_of_a_plain_page_gets_anothers_abstract(shape, rng):
    """Some abstracts are missing, some have two paragraphs: what is recorded is right, the rest is rejected."""
    cards = made_up_cards(len(shape))
    lines = []
    for (has_abstract, has_more), (title, text) in zip(shape, cards, strict=True):
        lines += [title, *([text] if has_abstract else []), *([text + " More."] if has_abstract and has_more else [])]
    try:
        parsed = parse(*lines)
    except SnapshotError:
        assert not any(has_abstract for has_abstract, _ in shape)
        return
    for title, text in papers(parsed).items():
        number = int(title.rsplit("N", 1)[1])
        assert title == cards[number][0]
        assert text is None or text.startswith(cards[number][1])
    assert parsed.records.height + parsed.rejects.height == len(cards)


# Size


def test_two_thousand_cards_take_about_a_second():
    def seconds(count: int, tool: str) -> float:
        page = HEAD + "\n\n" + RENDERERS[tool](made_up_cards(count))
        began = time.process_time()
        assert parse_text(page, DAY).records.height == count
        return time.process_time() - began

    for tool in ("browser", "html2text"):
        assert seconds(2_000, tool) < 2.5  # of the processor; alone on a core it is below one


@pytest.mark.parametrize("line", ["A ", "[", "![](", "1", "a\n", "a\n\n", "A B\n", "12\n\n", "Submitted by\n\nx\n\n", "[a\n", "a](b\n", "[1]a\n"])  # fmt: skip
def test_many_lines_of_anything_take_a_time_that_grows_with_their_number_alone(line):
    body = (HEAD + "\n\n" + line * (50_000 // len(line))).encode()
    began = time.process_time()
    with contextlib.suppress(SnapshotError):
        assert_balanced(HfPapersPage().parse(body, DAY))
    assert time.process_time() - began < 4


def test_the_fixtures_name_no_line_twice_by_accident():
    """A fixture that repeats a card by accident would test less than it seems to."""
    for path in TEXTS:
        if not path.name.startswith(("trending.", "fault_")):
            prose = [line for line in path.read_text(errors="replace").splitlines() if len(line) > 60]
            assert all(a != b for a, b in pairwise(sorted(prose))), path.name


def test_a_text_of_more_lines_than_any_page_has_is_refused_before_it_fills_the_memory():
    with pytest.raises(SnapshotError, match="200001 lines: no page of papers has more than"):
        parse_text("a\n" * 200_000, date(2025, 9, 4))
