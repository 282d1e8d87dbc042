"""arXiv's metadata dump: what a line is read as, what becomes of each fault in one, and the batches."""

import gzip
import io
import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import JSON, accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS, arxiv_dump
from paperhouse.records import CONTENT_LIMIT, Parsed, SnapshotError

DAY = date(2025, 1, 6)
FULL = {
    "id": "2401.00401",
    "submitter": "Some Body",
    "authors": "A. Author, B. C. Author Jr",
    "title": "A Dumped\n  Thing",
    "comments": "10 pages,\n 2 figures",
    "journal-ref": "Made-up Journal 4\n (2024)",
    "doi": "10.1000/DUMP 10.1000/other",
    "report-no": None,
    "categories": "cs.AI math.AG",
    "license": "http://creativecommons.org/licenses/by/4.0/",
    "abstract": "  We dump\nthings.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 1 Jan 2024 19:18:42 GMT"},
        {"version": "v2", "created": "Thu, 29 Feb 2024 00:00:01 GMT"},
    ],
    "update_date": "2024-03-01",
    "authors_parsed": [["Author", "A.", ""], ["Author", "B. C.", "Jr"]],
}


def line(number: int = 1, /, **more) -> bytes:
    return json.dumps({"id": f"2401.{number:05}", "title": f"Made-up Title {number}"} | more).encode()


def parse(body: bytes) -> Parsed:
    return FEEDS["arxiv_dump"].parse(body, DAY)


def parse_lines(*lines: bytes) -> Parsed:
    parsed = parse(b"\n".join(lines) + b"\n")
    assert_balanced(parsed)
    return parsed


def record(**more) -> dict:
    return only(parse_lines(line(**more)))


def batches(body: bytes) -> list[Parsed]:
    return list(FEEDS["arxiv_dump"].parse_batches(io.BytesIO(body), DAY))


def test_a_line_is_read_with_all_its_columns():
    row = {name: value for name, value in only(parse_lines(json.dumps(FULL).encode())).items() if value is not None}
    assert row == {
        "position": 1,
        "arxiv_id": "2401.00401",
        "arxiv_version": 2,
        "doi": "10.1000/dump",
        "title": "A Dumped Thing",
        "abstract": "We dump things.",
        "abstract_is_cut": False,
        "authors": ["A. Author", "B. C. Author Jr"],
        "author_count": 2,
        "categories": ["cs.AI", "math.AG"],
        "published_on": date(2024, 1, 1),
        "revised_on": date(2024, 2, 29),
        "journal_ref": "Made-up Journal 4 (2024)",
        "license": "http://creativecommons.org/licenses/by/4.0/",
        "author_note": "10 pages, 2 figures",
    }


def test_what_is_missing_or_null_is_unknown():
    known = {"position", "arxiv_id", "title", "abstract_is_cut"}
    for row in (record(), record(**{key: None for key in FULL if key not in ("id", "title")})):
        assert {name for name, value in row.items() if value is not None} == known


def test_it_is_withdrawn_by_its_comment_or_its_abstract():
    assert record(comments="Withdrawn by the author")["arxiv_status"] == "withdrawn"
    assert record(abstract="  This paper has been\nwithdrawn.")["arxiv_status"] == "withdrawn"
    assert record(comments="withdrawn from ICML", abstract="We withdraw money.")["arxiv_status"] is None


@pytest.mark.parametrize(
    ("parsed", "written", "authors"),
    [
        ([["Last", "First", "Jr"]], "ignored", ["First Last Jr"]),
        ([["Last"], ["Last", "F."]], None, ["Last", "F. Last"]),
        ([["Last", "First", "", "An Institute"]], None, ["First Last"]),
        ([["", "", ""], [], None, [None, "First", None], [" "]], None, ["First"]),
        ([[" Two\n  Words ", "", ""]], None, ["Two Words"]),
        ([["", "", ""]], "A. Author", ["A. Author"]),
        ([], "A. Author, B. Author and C. Author", ["A. Author", "B. Author", "C. Author"]),
        (None, "A. Author,\n  B. Author, and\n C. Author ,", ["A. Author", "B. Author", "C. Author"]),
        ([], "", []),
        (None, None, None),
    ],
)
def test_authors_are_the_parsed_ones_else_those_of_the_one_string(parsed, written, authors):
    row = record(authors_parsed=parsed, authors=written)
    assert (row["authors"], row["author_count"]) == (authors, None if authors is None else len(authors))


GMT = "Mon, 1 Jan 2024 19:18:42 GMT"


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ([], (None, None, None)),
        ([None], (None, None, None)),
        ([{}], (None, None, None)),
        ([{"version": "v3"}], (3, None, None)),
        ([{"created": GMT}], (None, date(2024, 1, 1), date(2024, 1, 1))),
        ([{"version": "v1", "created": GMT}, {"version": "v2"}], (2, date(2024, 1, 1), None)),
        ([{"version": "2", "created": "2024-01-01"}], (None, None, None)),
        ([{"version": "v99999", "created": "Tue, 1 Jan 2024 19:18:42 GMT"}], (None, date(2024, 1, 1), date(2024, 1, 1))),
        ([{"version": "v1", "created": "Mon, 31 Feb 2024 00:00:00 GMT"}], (1, None, None)),
        ([{"version": "v1", "created": "Mon, 1 Jan +12345 00:00:00 GMT"}], (1, None, None)),
        ([{"version": "v1", "created": "Mon, 1 Jan 0000 00:00:00 GMT"}], (1, None, None)),
        ([{"version": "v1", "created": GMT, "source": {"kb": 12}}], (1, date(2024, 1, 1), date(2024, 1, 1))),
    ],
)  # fmt: skip
def test_the_version_and_the_days_are_those_of_the_versions_or_unknown(versions, found):
    row = record(versions=versions)
    assert (row["arxiv_version"], row["published_on"], row["revised_on"]) == found


def test_a_scalar_is_a_text():
    row = record(title=1984, comments=True, doi=10.5)
    assert (row["title"], row["author_note"], row["doi"]) == ("1984", "true", "10.5")


FAULTS = [
    (b"[1]", "list where an object belongs"),
    (b"null", "NoneType where an object belongs"),
    (b'"{}"', "str where an object belongs"),
    (b"{}", "no arXiv id: null"),
    (b'{"id": "2401.00002"}', "no title"),
    (b'{"id": "2401.00002", "title": " "}', "no title"),
    (b'{"id": 2401.00010, "title": "t"}', "no arXiv id: 2401.0001"),
    (b'{"id": 240100010, "title": "t"}', "no arXiv id: 240100010"),
    (b'{"id": 1' + b"0" * 40 + b', "title": "t"}', "no arXiv id: 1" + "0" * 40),
    (b'{"id": ["2401.00002"], "title": "t"}', "id: a value of another type than its key's"),
    (b'{"id": "2401.00002v1", "title": "t"}', "no arXiv id: 2401.00002v1"),
    (b'{"id": "2401.00002\\n2401.00003", "title": "t"}', "no arXiv id: 2401.00002\n2401.00003"),
    (b'{"id": "2401.00002", "title": ["t"]}', "title: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "t", "versions": "v1"}', "versions: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "t", "versions": ["v1"]}', "versions: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "t", "versions": [{"version": []}]}', "versions: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "t", "authors_parsed": ["A"]}', "authors_parsed: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "t", "authors_parsed": [[{}]]}', "authors_parsed: a value of another type than its key's"),
    (b'{"id": "2401.00002", "title": "\\ud800"}', "half a surrogate pair, which is no text"),
    (b'{"id": "2401.00002", "title": "t", "\\udfff": 1}', "half a surrogate pair, which is no text"),
    (b'{"id": "2401.00002", "title": "a\0b"}', "not JSON: Invalid control character at line 1, column 33"),
    (b'{"id": "2401.00002", "title": "caf\xe9"}', "not UTF-8 at byte 34"),
    (b'{"id": "2401.00002", "title": "t", "x": NaN}', "not readable JSON: NaN is no JSON value"),
    (b'{"id": "2401.00002", "title": "t"', "not JSON: Expecting ',' delimiter at line 1, column 34"),
    (b'{"id": "2401.00002", "title": "t"}{"id": "2401.00003", "title": "u"}', "not JSON: Extra data at line 1, column 35"),
    (b'{"id": "2401.00002", "title": "t"}, {"id": "2401.00003"}', "not JSON: Extra data at line 1, column 35"),
    (b"{'id': '2401.00002', 'title': 't'}", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
    (b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not readable JSON: nested too deeply"),
    (b'{"x": ' + b"9" * 5_000 + b"}", "not readable JSON: Exceeds the limit"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "reason"), FAULTS, ids=lambda value: "" if isinstance(value, bytes) else value[:40])
def test_a_bad_line_is_rejected_with_its_reason_and_the_others_are_read(bad, reason):
    parsed = parse_lines(line(1), bad, line(9))
    assert parsed.records["arxiv_id"].to_list() == ["2401.00001", "2401.00009"]
    assert parsed.records["position"].to_list() == [1, 3]
    assert parsed.rejects["position"].to_list() == ["line 2"]
    assert parsed.rejects["reason"][0].startswith(reason)
    assert len(parsed.rejects["content"][0]) <= CONTENT_LIMIT


def test_a_line_is_read_alike_whatever_stands_beside_it():
    odd = [
        line(2, doi=9, versions=[{"version": 3}], authors_parsed=[["A", 5]]),
        line(3, x="\U0001f600\u0000"),
        line(4, **FULL),
    ]
    alone = [only(parse_lines(one)) | {"position": 0} for one in odd]
    # Polars reads neither of these two; a batch that holds one is read another way.
    for other in (line(8, x=1)[:-2] + b"1e999}", b"\xef\xbb\xbf" + line(8)):
        rows = parse_lines(*odd, other).records.to_dicts()
        assert [row | {"position": 0} for row in rows[:3]] == alone
        assert rows[3]["arxiv_id"] == "2401.00008"


def test_two_lines_that_would_be_one_paper_together_are_two_faults():
    parsed = parse_lines(b'{"id": "2401.00002", "title": "a}', b'{", "x": 1}', line(3) + line(4))
    assert parsed.records.height == 0
    assert parsed.rejects["position"].to_list() == ["line 1", "line 2", "line 3"]


def test_a_key_that_comes_twice_cannot_bring_in_an_id_that_is_none():
    body = b'{"id": "no id", "id": "2401.00002", "title": "t"}'
    assert only(parse_lines(body))["arxiv_id"] == "2401.00002"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\n\n \t\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_line_ends_blank_lines_and_a_byte_order_mark_are_no_papers_and_no_faults(start, ending):
    body = start + ending.join([line(1), line(2), line(3)])
    for whole in (body, body + ending):
        parsed = parse(whole)
        assert_balanced(parsed)
        assert parsed.records["arxiv_id"].to_list() == ["2401.00001", "2401.00002", "2401.00003"]
        assert (parsed.items, parsed.rejects.height) == (3, 0)


def test_the_place_of_a_line_counts_the_blank_ones():
    parsed = parse_lines(b"", line(1), b" ", b"x", line(2))
    assert parsed.records["position"].to_list() == [2, 5]
    assert parsed.rejects["position"].to_list() == ["line 4"]


def test_a_paper_twice_is_a_repeat():
    parsed = parse_lines(line(1), line(2), line(1, title="Again"), b'{"id": " 2401.00001 ", "title": "And again"}')
    assert (parsed.items, parsed.records.height, parsed.repeats) == (4, 2, 2)
    assert parsed.records["title"].to_list() == ["Made-up Title 1", "Made-up Title 2"]


def test_unknown_keys_of_every_line_are_reported_and_known_ones_without_a_column_are_not():
    parsed = parse_lines(line(1, submitter="x", **{"report-no": 1}), line(2, new=1), line(3, newer={"a": [1]}))
    assert parsed.unknown_keys == ("new", "newer")
    assert parsed.records.height == 3


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n\t\n"])
def test_an_empty_body_is_refused(body):
    with pytest.raises(SnapshotError, match="an empty body"):
        parse(body)


def test_a_body_without_line_breaks_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(arxiv_dump, "BATCH_BYTES", 1_000)
    monkeypatch.setattr(arxiv_dump, "LINE_LIMIT", 5_000)

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    file = Endless()
    with pytest.raises(SnapshotError, match="line 1: over 5000 bytes without a line break"):
        list(FEEDS["arxiv_dump"].parse_batches(file, DAY))
    assert file.given < 10_000
    with pytest.raises(SnapshotError, match="line 3: over 5000 bytes"):
        batches(line(1) + b"\n" + line(2) + b"\n" + b"x" * 9_000)


@pytest.mark.parametrize("size", [1, 7, 60, 200, 100_000])
def test_batches_of_any_size_give_what_the_whole_gives(monkeypatch, size):
    body = b"\n".join([line(1), b"bad", b"", line(2, authors="É. Ü"), line(3)])
    whole = parse(body)
    monkeypatch.setattr(arxiv_dump, "BATCH_BYTES", size)
    parts = batches(body)
    for part in parts:
        assert_balanced(part)
    joined = parse(body)
    assert_balanced(joined)
    assert joined.records.equals(whole.records)
    assert joined.rejects.equals(whole.rejects)
    assert (joined.items, joined.repeats, joined.units) == (whole.items, whole.repeats, whole.units)
    assert sum(part.items for part in parts) == 4
    assert size > 60 or len(parts) > 2


def test_a_batch_of_blank_lines_alone_is_an_empty_one(monkeypatch):
    monkeypatch.setattr(arxiv_dump, "BATCH_BYTES", 4)
    parts = batches(b"\n" * 8 + line(1))
    assert [part.items for part in parts] == [0, 0, 1]
    for part in parts:
        assert_balanced(part)


def test_many_bad_lines_take_no_longer_than_good_ones():
    """Looking for them by halves took two minutes for these."""
    began = time.monotonic()
    parsed = parse_lines(*(line(n % 100_000, x=1)[: None if n % 2 else -1] for n in range(20_000)))
    assert (parsed.records.height, parsed.rejects.height) == (10_000, 10_000)
    assert time.monotonic() - began < 30


BODY = b"\n".join([json.dumps(FULL).encode(), line(2), line(3, abstract="Text")])


@given(mutated([BODY, BODY.replace(b"\n", b"\r\n")]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


@given(st.binary())
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body)


VALUES = st.dictionaries(st.sampled_from([*FULL, "x"]), JSON | st.lists(st.lists(JSON, max_size=3), max_size=3)
                         | st.lists(st.fixed_dictionaries({"version": JSON, "created": JSON}), max_size=2), max_size=6)  # fmt: skip


@given(st.lists(VALUES.map(lambda values: line(1, **values)) | JSON.map(lambda v: json.dumps(v).encode()), max_size=4))
@settings(max_examples=200, deadline=5_000)
def test_lines_of_any_types_are_accounted_for_or_refused(lines):
    accounted_for_or_refused(parse, b"\n".join([line(7), *lines]))


def test_papers_of_the_real_corpus_in_the_dumps_shape_are_read_whole(shared):
    with gzip.open(shared / "corpus" / "arxiv_abstracts.jsonl.gz") as file:
        real = [json.loads(next(file)) for _ in range(2_000)]
    lines = []
    for paper in real:
        names = paper["authors"] if isinstance(paper["authors"], list) else paper["authors"].split(", ")
        lines.append(json.dumps(FULL | {key: paper[key] for key in ("id", "title", "abstract")} | {
            "authors_parsed": [[name.split()[-1], " ".join(name.split()[:-1]), ""] for name in names if name.split()],
        }).encode())  # fmt: skip
    parsed = parse_lines(*lines)
    assert parsed.rejects.height == 0
    assert parsed.records["arxiv_id"].to_list() == list(dict.fromkeys(paper["id"] for paper in real))
    assert parsed.unknown_keys == ()
