"""Answers of arXiv's query API: entries, ids that arXiv does not know, and the errors that come as an entry."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS
from paperhouse.records import CONTENT_LIMIT, Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "arxiv_atom"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
OTHERS = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:s="http://a9.com/-/spec/opensearch/1.1/"'


def parse(body: bytes) -> Parsed:
    return FEEDS["arxiv_atom"].parse(body, date(2025, 1, 2))


def feed(*entries: str, more: str = "", head: str = "") -> bytes:
    return f"{head}<feed {ATOM} {OTHERS}>{more}{''.join(entries)}</feed>".encode()


def entry(id_: str = "http://arxiv.org/abs/2401.00001v1", title: str | None = "A Title", more: str = "") -> str:
    title = "" if title is None else f"<title>{title}</title>"
    return f"<entry><id>{id_}</id>{title}{more}</entry>"


def asked(*ids: str, total: int | str) -> str:
    link = f"https://arxiv.org/api/query?search_query=&amp;start=0&amp;id_list={','.join(ids)}"
    return f'<link href="{link}" type="application/atom+xml"/><s:totalResults>{total}</s:totalResults>'


def statuses(body: bytes) -> dict[str, str | None]:
    parsed = parse(body)
    assert_balanced(parsed)
    return dict(parsed.records.select("arxiv_id", "arxiv_status").iter_rows())


def test_an_entry_is_read_with_all_its_columns():
    parsed = parse((FIXTURES / "ids.xml").read_bytes())
    assert_balanced(parsed)
    row = {name: value for name, value in parsed.records.row(0, named=True).items() if value is not None}
    assert row == {
        "position": 1,
        "rank": 1,
        "arxiv_id": "2401.00101",
        "arxiv_version": 3,
        "doi": "10.1000/abc.1",
        "title": "Made-up Things & How They Are Wrapped",
        "abstract": "We make things up. They are wrapped.",
        "abstract_is_cut": False,
        "authors": ["A. Author", "B. Author"],
        "author_count": 2,
        "categories": ["cs.AI", "cs.CL"],
        "published_on": date(2024, 1, 2),
        "revised_on": date(2024, 3, 4),
        "journal_ref": "Journal of Made-up Things 1 (2024)",
        "author_note": "12 pages, 3 figures",
    }


def test_a_withdrawn_paper_and_one_that_arxiv_does_not_know_are_told_apart():
    found = statuses((FIXTURES / "ids.xml").read_bytes())
    assert found == {
        "2401.00101": None, "2401.00102": "withdrawn", "math/0601104": None, "2401.00103": "not_found",
    }  # fmt: skip


def test_an_unknown_id_is_a_record_without_a_title():
    parsed = parse(feed(more=asked("0000.0000", total=0)))
    assert_balanced(parsed)
    row = only(parsed)
    assert (row["arxiv_id"], row["arxiv_status"], row["title"], row["rank"]) == ("0000.0000", "not_found", None, None)
    assert parsed.items == 1


@pytest.mark.parametrize("total", [214_881, "many", ""])
def test_an_id_is_not_unknown_where_the_answer_does_not_hold_all_results(total):
    assert statuses(feed(entry(), more=asked("2401.00001", "2401.00002", total=total))) == {"2401.00001": None}


def test_an_id_is_not_unknown_where_an_entry_could_not_be_read():
    body = feed(entry("http://arxiv.org/abs/0"), more=asked("2401.00002", total=1))
    assert statuses(body) == {}


def test_an_id_asked_for_with_a_version_or_a_subject_class_is_known_without():
    ids = ("2401.00001v9", "math.AG/0601001", "2401.00003v1")
    body = feed(entry(), entry("http://arxiv.org/abs/math/0601001v1"), more=asked(*ids, total=2))
    assert statuses(body) == {"2401.00001": None, "math/0601001": None, "2401.00003": "not_found"}


def test_a_search_without_results_is_an_empty_body():
    link = '<link href="https://arxiv.org/api/query?search_query=ti:nothing&amp;id_list="/><s:totalResults>0</s:totalResults>'
    parsed = parse(feed(more=link))
    assert_balanced(parsed)
    assert parsed.items == 0


@pytest.mark.parametrize("href", ["http://[", "", "?id_list=", "?id_list=abc,,%00", "//x?id_list=%ff", "?" + "&" * 100])
def test_a_link_that_is_no_request_asks_for_nothing(href):
    href = href.replace("&", "&amp;")
    assert statuses(feed(entry(), more=f'<link href="{href}"/><link/><s:totalResults>1</s:totalResults>')) == {
        "2401.00001": None
    }


def test_an_error_refuses_the_whole_answer():
    with pytest.raises(SnapshotError, match="arXiv answers with an error: incorrect id format for abc"):
        parse((FIXTURES / "fault_error.xml").read_bytes())


def test_a_paper_twice_is_a_repeat():
    parsed = parse(feed(entry(), entry(title="Again"), entry("http://arxiv.org/abs/2401.00002")))
    assert_balanced(parsed)
    assert (parsed.items, parsed.repeats) == (3, 1)
    assert parsed.records["title"].to_list() == ["A Title", "A Title"]
    assert parsed.records["rank"].to_list() == [1, 2]
    assert parsed.records["position"].to_list() == [1, 3]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (entry(title=None), "no title"),
        (entry(title=" \n"), "no title"),
        (entry("http://example.org/2401.00001"), "no arXiv id: http://example.org/2401.00001"),
        ("<entry/>", "no arXiv id: "),
    ],
)
def test_an_entry_that_is_no_record_is_rejected_and_the_others_are_read(bad, reason):
    parsed = parse(feed(entry("http://arxiv.org/abs/2401.00002"), bad, entry("http://arxiv.org/abs/2401.00003")))
    assert_balanced(parsed)
    assert parsed.rejects.select("position", "reason").rows() == [("item 2", reason)]
    assert parsed.records["arxiv_id"].to_list() == ["2401.00002", "2401.00003"]


def test_a_rejected_entry_is_kept_up_to_a_limit():
    parsed = parse(feed(entry("x", title="t" * 100_000)))
    assert len(parsed.rejects["content"][0]) == CONTENT_LIMIT


def test_what_is_missing_is_unknown():
    row = only(parse(feed(entry(more="<published>soon</published><updated>0000-13-45</updated><author/>"))))
    known = {name for name, value in row.items() if value is not None}
    assert known == {"position", "rank", "arxiv_id", "arxiv_version", "title", "abstract_is_cut"}


@pytest.mark.parametrize(
    "title", ["Two <i>Words</i>", "Two<!-- of them --> Words", "Two<?x y?> Words", "<b/>Two Words"]
)
def test_markup_and_comments_do_not_cut_a_text(title):
    assert only(parse(feed(entry(title=title))))["title"] == "Two Words"


def test_an_entry_within_another_is_not_lost():
    parsed = parse(feed(entry(more=entry("http://arxiv.org/abs/2401.00002v1"))))
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00001", "2401.00002"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("\ufeff", "utf-8"),
        ("\ufeff<?xml version='1.0' encoding='UTF-16'?>", "utf-16-le"),
        ("<?xml version='1.0' encoding='latin1'?>", "latin1"),
    ],
)
def test_a_body_in_the_encoding_that_it_declares_is_read(head, encoding):
    body = feed(entry(title="Café"), head=head).decode().encode(encoding)
    assert only(parse(body))["title"] == "Café"


LAUGHS = '<!DOCTYPE f [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty body"),
        (b" \n", "an empty body"),
        (b"no XML", "not XML: "),
        (b"<feed", "not XML: "),
        (feed(entry())[:-9], "not XML: "),
        (feed(entry(title="caf\xe9")).decode().encode("latin1"), "not XML: "),
        (feed(entry(title="a\0b")), "not XML: "),
        (b'<?xml version="1.0" encoding="klingon"?><feed/>', "not XML: "),
        (b"<html><body>Rate exceeded.</body></html>", "an Atom feed was expected, found <html>"),
        (b"<feed/>", "an Atom feed was expected, found <feed>"),
        (f"<feed {ATOM}>{'<a>' * 100_000}{'</a>' * 100_000}</feed>".encode(), "not XML: Excessive depth"),
        (feed(entry(title="x" * 11_000_000)), "not XML: Resource limit exceeded"),
        (feed(entry(title="&a11;"), head=LAUGHS), "not XML: Maximum entity amplification"),
        (feed(more='<link href="&a11;"/>', head=LAUGHS), "not XML: Maximum entity amplification"),
        (feed(entry(title="&x;"), head='<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "not a feed's XML: it has a DTD"),
        (feed(entry(), head='<!DOCTYPE f SYSTEM "http://127.0.0.1:9/f.dtd">'), "not a feed's XML: it has a DTD"),
        (feed(entry(title="&nobody;")), "not XML: Entity 'nobody' not defined"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(body)
    assert str(caught.value).startswith(reason)


@given(mutated([path.read_bytes() for path in sorted(FIXTURES.glob("*.xml"))]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


@given(st.binary() | st.binary().map(lambda inner: feed("@").replace(b"@", inner)))
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


def test_real_answers_are_read_whole(shared):
    counts = {}
    for path in sorted((shared / "feeds" / "arxiv").glob("atom_*_http200.xml")):
        parsed = parse(path.read_bytes())
        assert_balanced(parsed)
        assert parsed.rejects.height == 0
        counts[path.name.split("_s")[0]] = parsed.records["arxiv_status"].to_list()
    assert counts.pop("atom_q_testing") == [None] * 15
    assert counts == {
        "atom_id_0000.0000": ["not_found"],
        "atom_id_0808.05394": ["not_found"],
        "atom_id_1707.08567": [None],
        "atom_id_quant-ph_0201082v1": [None],
    }


def test_the_real_answer_to_a_bad_id_is_refused(shared):
    (path,) = (shared / "feeds" / "arxiv").glob("atom_*_http400.xml")
    with pytest.raises(SnapshotError, match="arXiv answers with an error: incorrect id format for abc"):
        parse(path.read_bytes())
