"""arXiv's daily announcements: what was announced, as what, on which day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS
from paperhouse.records import Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "arxiv_rss"
NAMES = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
LINK = "<link>https://arxiv.org/abs/2501.00001</link>"


def parse(body: bytes) -> Parsed:
    return FEEDS["arxiv_rss"].parse(body, date(2025, 1, 6))


def feed(*items: str) -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss {NAMES} version="2.0"><channel><title>cs.AI</title>{inner}</channel></rss>'.encode()


def record(inner: str) -> dict:
    return only(parse(feed(f"<title>A Title</title>{inner}")))


def test_an_item_is_read_with_all_its_columns():
    parsed = parse((FIXTURES / "day.xml").read_bytes())
    assert_balanced(parsed)
    new, replaced = ({k: v for k, v in row.items() if v is not None} for row in parsed.records.to_dicts())
    assert new == {
        "position": 1,
        "rank": 1,
        "arxiv_id": "2501.00201",
        "arxiv_version": 1,
        "title": "A New Made-up Thing",
        "abstract": "We make a new thing up. It is wrapped.",
        "abstract_is_cut": False,
        "authors": ["A. Author", "B. Author", "C. Author"],
        "author_count": 3,
        "categories": ["cs.AI", "cs.LG"],
        "announced_as": "new",
        "license": "http://creativecommons.org/licenses/by/4.0/",
        "listed_on": date(2025, 1, 6),
    }
    assert (replaced["announced_as"], replaced["arxiv_version"], replaced["arxiv_status"]) == (
        "replace-cross", 4, "withdrawn",
    )  # fmt: skip
    assert (replaced["doi"], replaced["journal_ref"]) == ("10.1000/abc.3", "Made-up Letters 2 (2024)")


def test_a_weekend_without_items_is_an_empty_body():
    parsed = parse(feed())
    assert_balanced(parsed)
    assert parsed.items == 0


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("<description>arXiv:2501.00002v3 Announce Type: cross\nAbstract: Text.</description>" + LINK, ("2501.00002", 3)),
        ("<description>Something else.</description><guid>oai:arXiv.org:2501.00003v2</guid>" + LINK, ("2501.00003", 2)),
        ("<guid>https://example.org/1</guid>" + LINK, ("2501.00001", None)),
        (LINK, ("2501.00001", None)),
    ],
)  # fmt: skip
def test_the_id_comes_from_the_description_else_the_guid_else_the_link(inner, found):
    row = record(inner)
    assert (row["arxiv_id"], row["arxiv_version"]) == found


@pytest.mark.parametrize(
    ("text", "abstract"),
    [
        ("arXiv:2501.00001v1 Announce Type: new \nAbstract: Text:\n more.", "Text: more."),
        ("arXiv:2501.00001v1 Announce Type: new", None),
        ("arXiv:2501.00001v1 Announce Type: new Abstract:", None),
        ("Text.", None),
    ],
)
def test_the_abstract_is_what_follows_its_name(text, abstract):
    assert record(f"{LINK}<description>{text}</description>")["abstract"] == abstract


def test_the_kind_of_announcement_comes_from_its_element_else_the_description():
    described = "<description>arXiv:2501.00001v1 Announce Type: cross\nAbstract: Text.</description>"
    assert record(f"{described}<arxiv:announce_type>new</arxiv:announce_type>")["announced_as"] == "new"
    assert record(described)["announced_as"] == "cross"
    assert record(LINK)["announced_as"] is None


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("A. Author", ["A. Author"]),
        ("A. Author,\n  B. Author", ["A. Author", "B. Author"]),
        ("A. Author, , B. Author,", ["A. Author", "B. Author"]),
        (" , ", None),
        ("", None),
    ],
)
def test_authors_are_the_names_between_commas(written, authors):
    assert record(f"{LINK}<dc:creator>{written}</dc:creator>")["authors"] == authors


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 06 Jan 2025 00:00:00 -0500", date(2025, 1, 6)),
        ("Mon, 06 Jan 2025 23:59:59 +1400", date(2025, 1, 6)),
        ("", None),
        ("2025-01-06", None),
        ("Mon, 31 Feb 2025 00:00:00 GMT", None),
        ("Mon, 06 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Mon, 06 Jan 2025 00:00:00 +99999999999999999999", None),
    ],
)
def test_the_day_is_the_one_that_is_written_or_unknown(written, day):
    assert record(f"{LINK}<pubDate>{written}</pubDate>")["listed_on"] == day


def test_items_that_are_no_records_are_rejected_and_the_others_are_read():
    parsed = parse(feed(f"<title>A Title</title>{LINK}", LINK, "<title>No Id</title>", ""))
    assert_balanced(parsed)
    assert parsed.rejects.select("position", "reason").rows() == [
        ("item 2", "no title"), ("item 3", "no arXiv id"), ("item 4", "no arXiv id"),
    ]  # fmt: skip


def test_a_paper_twice_is_a_repeat():
    parsed = parse(feed(f"<title>First</title>{LINK}", f"<title>Second</title>{LINK}"))
    assert_balanced(parsed)
    assert (parsed.records["title"].to_list(), parsed.repeats) == (["First"], 1)


def test_items_of_a_second_channel_or_of_none_are_not_lost():
    item = "<item><title>{0}</title><link>https://arxiv.org/abs/2501.0000{0}</link></item>"
    body = f"<rss><channel>{item.format(1)}</channel><channel>{item.format(2)}</channel>{item.format(3)}</rss>"
    parsed = parse(body.encode())
    assert_balanced(parsed)
    assert parsed.records["title"].to_list() == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty body"),
        (b"<rss", "not XML: "),
        (b"<rss/>", "an RSS feed without a channel"),
        (b"<html/>", "an RSS feed was expected, found <html>"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "an RSS feed was expected, found <feed>"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "not a feed's XML: it has a DTD"),
        (b"<rss><channel><title>\xe9</title></channel></rss>", "not XML: "),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(body)
    assert str(caught.value).startswith(reason)


@given(mutated([path.read_bytes() for path in sorted(FIXTURES.glob("*.xml"))]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


@given(st.binary() | st.binary().map(lambda inner: b"<rss><channel><item>" + inner + b"</item></channel></rss>"))
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


XML_TEXT = st.text(
    st.characters(min_codepoint=32, exclude_characters="<&", exclude_categories=["Cs"]), max_size=60
).filter(lambda text: "]]>" not in text and "\ufffe" not in text and "\uffff" not in text)


@given(XML_TEXT, XML_TEXT, XML_TEXT)
@settings(deadline=5_000)
def test_any_texts_are_accounted_for(described, creators, day):
    inner = f"<title>t</title><description>arXiv:{described}</description><dc:creator>{creators}</dc:creator><pubDate>{day}</pubDate>"
    accounted_for_or_refused(parse, feed(inner + LINK))


def test_real_announcements_are_read_whole(shared):
    for path, count in (("rss_cs.AI_2026-04-27_trimmed.xml", 3), ("rss_cs.CL_weekend_empty_2026-08-01.xml", 0)):
        parsed = parse((shared / "feeds" / "arxiv" / path).read_bytes())
        assert_balanced(parsed)
        assert (parsed.records.height, parsed.rejects.height) == (count, 0)
        assert parsed.records.null_count().select("abstract", "authors", "listed_on", "license").row(0) == (0, 0, 0, 0)
