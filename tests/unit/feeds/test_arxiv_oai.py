"""arXiv's OAI-PMH: records, deleted ones, errors, and the token that leads on."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS
from paperhouse.feeds.arxiv_oai import resumption_token
from paperhouse.records import Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "arxiv_oai"
LIST = (FIXTURES / "list.xml").read_bytes()
OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"'
HEADER = "<header><identifier>oai:arXiv.org:2401.00001</identifier></header>"


def parse(body: bytes) -> Parsed:
    return FEEDS["arxiv_oai"].parse(body, date(2025, 1, 6))


def answer(inner: str) -> bytes:
    return f"<OAI-PMH {OAI}>{inner}</OAI-PMH>".encode()


def records(*inner: str) -> bytes:
    return answer(f"<ListRecords>{''.join(f'<record>{one}</record>' for one in inner)}</ListRecords>")


def paper(inner: str) -> str:
    return f'<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">{inner}</arXiv></metadata>'


def record(inner: str) -> dict:
    return only(parse(records(HEADER + paper(f"<title>A Title</title>{inner}"))))


def test_a_record_is_read_with_all_its_columns():
    parsed = parse(LIST)
    assert_balanced(parsed)
    row = {name: value for name, value in parsed.records.row(0, named=True).items() if value is not None}
    assert row == {
        "position": 1,
        "rank": 1,
        "arxiv_id": "2401.00301",
        "doi": "10.1000/harvest",
        "title": "A Harvested Thing",
        "abstract": "We harvest things.",
        "abstract_is_cut": False,
        "authors": ["Made-up Collaboration", "A. B. Author Jr", "Author"],
        "author_count": 3,
        "categories": ["cs.AI", "math.AG"],
        "published_on": date(2024, 1, 5),
        "revised_on": date(2024, 2, 29),
        "journal_ref": "Made-up Journal 3",
        "license": "http://creativecommons.org/licenses/by/4.0/",
        "author_note": "10 pages, no figures",
    }


def test_a_paper_that_was_never_changed_was_last_revised_when_it_was_made():
    row = parse(LIST).records.row(1, named=True)
    assert (row["published_on"], row["revised_on"]) == (date(2006, 1, 5), date(2006, 1, 5))
    assert (row["arxiv_id"], row["arxiv_status"]) == ("math/0601302", "withdrawn")


def test_a_deleted_record_is_one_without_a_title():
    row = parse(LIST).records.row(2, named=True)
    assert (row["arxiv_id"], row["arxiv_status"], row["title"], row["authors"]) == ("2401.00303", "deleted", None, None)


def test_a_range_without_records_is_an_empty_body():
    parsed = parse(answer('<error code="noRecordsMatch">Nothing.</error>'))
    assert_balanced(parsed)
    assert parsed.items == 0


@pytest.mark.parametrize("code", ["badResumptionToken", "badArgument", "idDoesNotExist"])
def test_an_error_refuses_the_whole_answer(code):
    body = answer(f'<error code="{code}">Because.</error>')
    for read in (parse, resumption_token):
        with pytest.raises(SnapshotError, match=f"OAI-PMH answers with the error {code}: Because."):
            read(body)


def test_an_answer_without_a_record_and_without_a_reason_is_refused():
    for inner in ("", "<ListRecords/>", "<Identify><repositoryName>arXiv</repositoryName></Identify>"):
        with pytest.raises(SnapshotError, match="without a record, and without an error"):
            parse(answer(inner))


def test_the_token_leads_on_until_the_list_ends():
    assert resumption_token(LIST) == "madeup|3001"
    assert resumption_token(LIST.replace(b"madeup|3001", b" ")) is None
    assert resumption_token(records(HEADER)) is None
    with pytest.raises(SnapshotError, match="an OAI-PMH answer was expected, found <html>"):
        resumption_token(b"<html/>")


def test_one_record_asked_for_by_id_is_read_like_one_of_a_list():
    body = records(HEADER + paper("<title>A Title</title>")).replace(b"ListRecords", b"GetRecord")
    assert only(parse(body))["title"] == "A Title"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", "no arXiv id: "),
        ("<header/>", "no arXiv id: "),
        ("<header><identifier>oai:example.org:1</identifier></header>", "no arXiv id: oai:example.org:1"),
        (HEADER, "no metadata in the format arXiv"),
        (HEADER + "<metadata/>", "no metadata in the format arXiv"),
        (HEADER + '<metadata><dc xmlns="http://purl.org/dc/"><title>T</title></dc></metadata>', "no metadata in the format arXiv"),
        (HEADER + paper("<id>2401.00001</id>"), "no title"),
        (HEADER + paper("<title> </title>"), "no title"),
    ],
)  # fmt: skip
def test_a_record_that_is_none_is_rejected_and_the_others_are_read(bad, reason):
    good = HEADER.replace("00001", "00002") + paper("<title>A Title</title>")
    parsed = parse(records(bad, good))
    assert_balanced(parsed)
    assert parsed.rejects.select("position", "reason").rows() == [("item 1", reason)]
    assert parsed.records["arxiv_id"].to_list() == ["2401.00002"]


def test_what_is_missing_or_no_date_is_unknown():
    row = record("<created>soon</created><updated>2024-02-30</updated><authors/><categories> </categories><doi/>")
    known = {name for name, value in row.items() if value is not None}
    assert known == {"position", "rank", "arxiv_id", "title", "abstract_is_cut"}


def test_a_name_of_marks_alone_is_no_author():
    row = record(
        "<authors><author><keyname>:</keyname></author><author/><author><keyname>A</keyname></author></authors>"
    )
    assert row["authors"] == ["A"]


def test_a_paper_twice_is_a_repeat():
    parsed = parse(records(HEADER + paper("<title>First</title>"), HEADER + paper("<title>Second</title>")))
    assert_balanced(parsed)
    assert (parsed.records["title"].to_list(), parsed.repeats) == (["First"], 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty body"),
        (b"<OAI-PMH", "not XML: "),
        (b"<OAI-PMH/>", "an OAI-PMH answer was expected, found <OAI-PMH>"),
        (LIST[:-20], "not XML: "),
        (LIST.replace(b"Never", b"Nev\xe9r"), "not XML: "),
        (LIST.replace(b"<OAI", b'<!DOCTYPE o [<!ENTITY a "b">]><OAI'), "not a feed's XML: it has a DTD"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(body)
    assert str(caught.value).startswith(reason)


@given(mutated([LIST]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


@given(st.binary() | st.binary().map(lambda inner: records(HEADER + "@").replace(b"@", inner)))
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


def test_real_records_are_read_whole(shared):
    paths = sorted((shared / "feeds" / "arxiv").glob("oai_*.xml"))
    assert len(paths) == 3
    for path in paths:
        parsed = parse(path.read_bytes())
        assert_balanced(parsed)
        assert (parsed.rejects.height, parsed.repeats) == (0, 0)
        assert parsed.records.height == path.read_bytes().count(b"<record>")
        assert parsed.records.null_count().select("title", "authors", "published_on").row(0) == (0, 0, 0)
        assert all(any(char.isalnum() for char in name) for names in parsed.records["authors"] for name in names)
