"""The papers page as HTML, the page that is the project's first feed, and bodies that are no page."""

import html
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.feeds import FEEDS
from paperhouse.records import PAPER_RECORD, REJECT, Parsed, SnapshotError
from paperhouse.snapshots import read_body

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "hf_papers_page"
SHARED = Path(os.environ.get("PAPERHOUSE_SHARED") or ROOT.parent / "shared") / "feeds"
DAY = date(2025, 9, 4)

with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no shared data at {SHARED} (set PAPERHOUSE_SHARED)")


def parse(body: bytes) -> Parsed:
    return FEEDS["hf_papers_page"].parse(body, DAY)


def fixture(name: str) -> Parsed:
    return parse((FIXTURES / name).read_bytes())


def block(target: str, props: object) -> str:
    data = html.escape(json.dumps(props))
    return f'<div class="SVELTE_HYDRATER contents" data-target="{target}" data-props="{data}"></div>'


def item(number: int, **paper) -> dict:
    return {"paper": {"id": f"2401.{number:05}", "title": f"Made-up Title {number}", **paper}}


def assert_balanced(parsed: Parsed) -> None:
    assert parsed.items == parsed.records.height + parsed.repeats + parsed.furniture + parsed.rejects.height
    assert parsed.units == parsed.covered
    assert parsed.records.schema == PAPER_RECORD
    assert parsed.rejects.schema == REJECT


def test_html_is_read_from_its_embedded_data():
    parsed = fixture("daily.html")
    assert_balanced(parsed)
    assert (parsed.items, parsed.records.height, parsed.repeats) == (3, 2, 1)
    row = parsed.records.row(0, named=True)
    assert (row["arxiv_id"], row["title"]) == ("2401.00501", "Made-up Paper Number 501: A Hand-made Record")
    assert (row["upvotes"], row["comments"], row["github_stars"]) == (4, 0, 601)
    assert (row["published_on"], row["listed_on"]) == (date(2024, 1, 2), date(2025, 12, 11))


def test_a_papers_own_page_gives_the_paper_and_not_its_commenters():
    parsed = fixture("paper.html")
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00501"]
    assert parsed.unknown_keys == ()


def test_all_blocks_of_a_page_are_read():
    body = "<!-- saved -->\n<html><body>" + block("DailyPapers", {"dailyPapers": [item(1), item(2)]})
    body += block("SiteHeader", {"dailyPapers": 1}) + block("DailyPapers", {"dailyPapers": [item(2), item(3)]})
    parsed = parse(body.encode())
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00001", "2401.00002", "2401.00003"]
    assert parsed.repeats == 1


def test_titles_in_html_are_unescaped_once_and_not_twice():
    title = "Quotes \" and ' and &amp; and <b> and é and 😀"
    parsed = parse(("<html>" + block("DailyPapers", {"dailyPapers": [item(1, title=title)]})).encode())
    assert parsed.records["title"].to_list() == [title]


def test_a_bad_item_in_html_is_one_reject():
    parsed = parse(("<html>" + block("DailyPapers", {"dailyPapers": [item(1), None, item(2, title="")]})).encode())
    assert_balanced(parsed)
    assert parsed.rejects["position"].to_list() == ["item 2", "item 3"]


def test_a_byte_order_mark_is_no_text():
    body = (FIXTURES / "search.txt").read_bytes()
    assert parse(b"\xef\xbb\xbf" + body).records.equals(parse(body).records)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fault_api_body.txt", "JSON where a page's text or HTML belongs: wrong feed?"),
        ("fault_xml.txt", "XML where a page's text or HTML belongs: wrong feed?"),
        ("fault_bad_props.html", "the data-props of DailyPapers at line 1: not JSON: "),
        ("fault_no_list.html", "the data-props of DailyPapers at line 1: no list 'dailyPapers'"),
        ("fault_no_block.html", "HTML without a SVELTE_HYDRATER block of DailyPapers or PaperContent"),
        ("fault_no_papers.txt", "no paper found: "),
        ("fault_latin1.txt", "not UTF-8 at byte 40"),
        ("fault_binary.txt", "binary, not text: a NUL at byte 8"),
    ],
)
def test_a_body_that_is_no_page_is_refused_with_the_place(name, reason):
    with pytest.raises(SnapshotError) as caught:
        fixture(name)
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("body", ["Daily Papers".encode("utf-16"), b"<html></html>", b"<!-- -->", b"[]", b"{}", b"1\n"])
def test_other_bodies_without_a_paper_are_refused(body):
    with pytest.raises(SnapshotError):
        parse(body)


def test_props_nested_too_deeply_are_refused():
    body = '<div class="SVELTE_HYDRATER" data-target="DailyPapers" data-props="' + "[" * 100_000 + '"></div>'
    with pytest.raises(SnapshotError, match="not JSON"):
        parse(body.encode())


def test_every_fault_fixture_is_tested():
    named = set(re.findall(r"fault_\w+\.\w+", Path(__file__).read_text()))
    assert {path.name for path in FIXTURES.glob("fault_*")} <= named


PAGES = [(FIXTURES / name).read_bytes() for name in ("daily.html", "paper.html")]


@given(st.data())
@settings(max_examples=150, deadline=5_000)
def test_mutated_html_is_accounted_for_or_refused(data):
    body = data.draw(st.sampled_from(PAGES))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(body)))
        length = data.draw(st.sampled_from([0, 1, 10, 300]))
        other = data.draw(
            st.sampled_from([b"", b"<", b">", b'"', b"&quot;", b"null", b"\xff", b"&#0;", b"</div>", b"[]"])
        )
        body = body[:start] + other + body[start + length :]
    try:
        assert_balanced(parse(body))
    except SnapshotError:
        return


@with_shared
def test_the_real_page_gives_its_81_papers_as_an_independent_reading_does():
    path = SHARED / "hf_papers_page" / "2025-09-04" / "page.txt"
    parsed = parse(read_body(path))
    assert_balanced(parsed)
    assert (parsed.records.height, parsed.furniture, parsed.rejects.height, parsed.repeats) == (81, 6, 0, 0)

    paragraphs = [p for p in path.read_text().split("\n\n") if p.strip()][6:]
    titles, abstracts = paragraphs[0::2], paragraphs[1::2]
    assert parsed.records["title"].to_list() == [title.strip() for title in titles]
    assert parsed.records["abstract"].to_list() == [abstract.strip() for abstract in abstracts]
    assert parsed.records["published_on"].null_count() == 81  # `Sep 4` is the list's date
    assert parsed.records["upvotes"].null_count() == 81


def test_the_shipped_sample_is_read_whole():
    (path,) = (ROOT / "raw" / "hf_papers_page" / "2025-09-04").glob("page.txt")
    parsed = parse(read_body(path))
    assert (parsed.records.height, parsed.records["abstract"].null_count(), parsed.rejects.height) == (81, 0, 0)
