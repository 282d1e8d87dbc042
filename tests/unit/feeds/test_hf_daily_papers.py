"""API bodies of every generation, and what becomes of each fault in one."""

import gzip
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.feeds import FEEDS
from paperhouse.records import CONTENT_LIMIT, PAPER_RECORD, REJECT, Parsed, SnapshotError
from paperhouse.snapshots import read_body

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "hf_daily_papers"
SHARED = Path(os.environ.get("PAPERHOUSE_SHARED") or ROOT.parent / "shared") / "feeds"
DAY = date(2025, 9, 4)
GENERATIONS = sorted(path.stem for path in FIXTURES.glob("20*.json"))

with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no shared data at {SHARED} (set PAPERHOUSE_SHARED)")


def parse(body: bytes) -> Parsed:
    return FEEDS["hf_daily_papers"].parse(body, DAY)


def parse_items(*items) -> Parsed:
    return parse(json.dumps(items).encode())


def fixture(name: str) -> Parsed:
    return parse((FIXTURES / name).read_bytes())


def item(number: int = 1, /, top: dict | None = None, **paper) -> dict:
    return {"paper": {"id": f"2401.{number:05}", "title": f"Made-up Title {number}", **paper}, **(top or {})}


def record(*args, **paper) -> dict:
    return parse_items(item(*args, **paper)).records.row(0, named=True)


def assert_balanced(parsed: Parsed) -> None:
    assert parsed.items == parsed.records.height + parsed.repeats + parsed.furniture + parsed.rejects.height
    assert parsed.units == parsed.covered
    assert parsed.records.schema == PAPER_RECORD
    assert parsed.rejects.schema == REJECT


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_generation_reads_the_same_columns_and_all_its_items(generation):
    parsed = fixture(f"{generation}.json")
    items = json.loads((FIXTURES / f"{generation}.json").read_text())

    assert_balanced(parsed)
    assert parsed.records.height == len(items) == 2
    assert parsed.unknown_keys == ()
    for row, expected in zip(parsed.records.to_dicts(), items, strict=True):
        assert row["arxiv_id"] == expected["paper"]["id"]
        assert row["title"] == re.sub(r"\s*[\r\n]\s*", " ", expected["paper"]["title"])
        assert row["abstract"] == re.sub(r"\s*[\r\n]\s*", " ", expected["paper"]["summary"])
        assert row["authors"] == ["A. Author", "B. Author"]
        assert row["author_count"] == 2
        assert row["published_on"] == date(2024, 1, 2)
        assert row["upvotes"] == expected["paper"]["upvotes"]
        assert row["comments"] == expected["numComments"]


@pytest.mark.parametrize(
    ("column", "first_generation"),
    [
        ("code_url", "2025-03-04"),
        ("project_url", "2025-03-04"),
        ("ai_keywords", "2025-03-11"),
        ("listed_on", "2025-03-17"),
        ("ai_summary", "2025-05-22"),
        ("github_stars", "2025-06-25"),
        ("organization", "2025-09-29"),
    ],
)
def test_a_column_is_unknown_before_its_generation_and_known_from_it_on(column, first_generation):
    known = {g: fixture(f"{g}.json").records[column].null_count() == 0 for g in GENERATIONS}
    assert known == {g: g >= first_generation for g in GENERATIONS}


def test_the_papers_own_fields_are_preferred_to_the_items():
    row = record(1, {"title": "Other", "summary": "Other.", "publishedAt": "2030-01-01T00:00:00Z"}, summary="Mine.")
    assert (row["title"], row["abstract"], row["published_on"]) == ("Made-up Title 1", "Mine.", None)


def test_the_feeds_day_of_a_record_is_counted_in_utc():
    assert record(submittedOnDailyAt="2025-03-17T23:30:00-05:00")["listed_on"] == date(2025, 3, 18)


def test_missing_is_not_null_and_neither_is_zero():
    missing, null, zero = record(), record(upvotes=None), record(upvotes=0)
    assert (missing["upvotes"], missing["null_keys"]) == (None, None)
    assert (null["upvotes"], null["null_keys"]) == (None, ["paper.upvotes"])
    assert (zero["upvotes"], zero["null_keys"]) == (0, None)


def test_no_author_is_another_thing_than_authors_unknown():
    assert (record(authors=[])["authors"], record(authors=[])["author_count"]) == ([], 0)
    assert (record()["authors"], record()["author_count"]) == (None, None)


def test_names_stand_on_one_line_and_blank_ones_are_nobody():
    row = record(authors=[{"name": "Ada\nLovelace "}, {"name": " "}], ai_keywords=["a\tb", ""])
    assert (row["authors"], row["author_count"], row["ai_keywords"]) == (["Ada Lovelace"], 1, ["a b"])


def test_unknown_keys_are_kept_and_reported_and_no_failure():
    parsed = fixture("keys_nobody_has_seen.json")
    assert_balanced(parsed)
    assert parsed.unknown_keys == ("newThing", "paper.anotherNewThing", "paper.githubStars")
    assert json.loads(parsed.records["unknown"][0]) == {"newThing": {"a": [1, 2]}, "paper.anotherNewThing": 0}
    assert parsed.records["unknown"][2] is None


@pytest.mark.parametrize(
    ("key", "value", "column"),
    [
        ("githubStars", "12", "github_stars"),
        ("upvotes", 3.5, "upvotes"),
        ("upvotes", True, "upvotes"),
        ("upvotes", 2**40 + 1, "upvotes"),
        ("summary", ["a"], "abstract"),
        ("authors", "A. Author", "authors"),
        ("authors", [{"name": 1}], "authors"),
        ("publishedAt", "yesterday", "published_on"),
        ("publishedAt", "0001-01-01T00:00:00+14:00", "published_on"),
        ("organization", {}, "organization"),
        ("ai_keywords", ["a", 1], "ai_keywords"),
    ],
)
def test_a_mistyped_value_is_kept_as_unknown_and_its_column_is_null(key, value, column):
    parsed = parse_items(item(**{key: value}))
    row = parsed.records.row(0, named=True)
    assert row[column] is None
    assert json.loads(row["unknown"]) == {f"paper.{key}": value}
    assert parsed.unknown_keys == (f"paper.{key}",)


def test_repeats_collapse_to_the_first_and_are_counted():
    parsed = parse_items(item(1, upvotes=1), item(2), item(1, upvotes=9), item(1))
    assert_balanced(parsed)
    assert (parsed.items, parsed.records.height, parsed.repeats) == (4, 2, 2)
    assert parsed.records["upvotes"].to_list() == [1, None]
    assert parsed.records["rank"].to_list() == [1, 2]


def test_the_version_is_no_part_of_the_id():
    parsed = parse_items(item(id="2401.00001v2"), item(id=" 2401.00001 "), item(id="cs.LG/0101001v1"))
    assert parsed.records["arxiv_id"].to_list() == ["2401.00001", "cs/0101001"]


def test_items_written_as_python_literals_are_read_whole():
    parsed = fixture("fault_python_repr.json")
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00401", "2401.00402"]
    assert parsed.records["upvotes"].to_list() == [2, 3]


def test_code_in_an_item_is_never_run(tmp_path):
    mark = tmp_path / "was_here"
    parsed = parse_items(f"__import__('pathlib').Path({str(mark)!r}).touch()", item())
    assert not mark.exists()
    assert (parsed.records.height, parsed.rejects.height) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_001, "-" * 100_000 + "1", "(" * 100_000, "1+" * 100_000 + "1", "{[]: 1}", "\0", "'\\ud800'", "9" * 5_000,
        "{'paper': {'id': '2401.00002', 'title': 't', 'b': b'bytes'}}", "{'paper': {(1, 2): 3}}", "a." * 100_000 + "a",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_a_hostile_literal_is_one_reject_and_the_others_are_read(text):
    parsed = parse_items(text, item())
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00001"]
    assert parsed.rejects["position"].to_list() == ["item 1"]
    assert len(parsed.rejects["content"][0]) <= CONTENT_LIMIT


def test_a_literal_with_keys_that_are_no_texts_is_read_as_json_would_have_it():
    parsed = parse_items("{'paper': {'id': '2401.00002', 'title': 'Keys', 'new': {1: 2, 'a': 3}}}")
    assert json.loads(parsed.records["unknown"][0]) == {"paper.new": {"1": 2, "a": 3}}


def test_each_bad_item_is_rejected_with_its_place_and_reason():
    parsed = fixture("fault_some_items.json")
    assert_balanced(parsed)
    found = dict(zip(parsed.rejects["position"], parsed.rejects["reason"], strict=True))
    assert found == {
        "item 2": "a text where an object belongs: SyntaxError",
        "item 3": "a text where an object belongs: ValueError",
        "item 4": "int where an object belongs",
        "item 5": "no object under 'paper'",
        "item 6": "paper.id is no arXiv id: not an id",
        "item 7": "no title",
    }


def test_half_a_surrogate_pair_rejects_its_item_alone():
    parsed = fixture("fault_surrogate.json")
    assert_balanced(parsed)
    assert parsed.records["arxiv_id"].to_list() == ["2401.00441", "2401.00443"]
    assert parsed.rejects["position"].to_list() == ["item 2"]


def test_a_list_of_what_is_no_record_is_refused_before_it_fills_the_memory():
    with pytest.raises(SnapshotError, match="more than 10000 items are no record, the first: int where an object"):
        parse(b"[" + b"0," * 20_000 + b"0]")


def test_an_empty_list_is_a_valid_day():
    parsed = fixture("empty_list.json")
    assert_balanced(parsed)
    assert parsed.items == 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fault_binary.json", "not UTF-8 at byte 128"),
        ("fault_latin1.json", "not UTF-8 at byte 267"),
        ("fault_blank.json", "empty: 3 blank bytes"),
        ("fault_empty.json", "empty: zero bytes"),
        ("fault_cut_short.json.gz", "cannot be decompressed: "),
        ("fault_truncated.json", "not JSON: Unterminated string starting at line 1, column 881"),
        ("fault_nan.json", "not readable JSON: NaN is no JSON value"),
        ("fault_nested.json", "not readable JSON: nested too deeply"),
        ("fault_number.json", "a list of papers was expected, found 1"),
        ("fault_object.json", "a list of papers was expected, found an object with the keys error, status"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_the_place(name, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(read_body(FIXTURES / name))
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("body", [b'"\\ud800"', b'{"\\ud800": 1}'])
def test_the_reason_of_a_refusal_can_be_written(body):
    with pytest.raises(SnapshotError, match="a list of papers was expected, found") as caught:
        parse(body)
    str(caught.value).encode()


def test_every_fault_fixture_is_tested():
    named = set(re.findall(r"fault_\w+(?:\.\w+)+", Path(__file__).read_text()))
    assert {path.name for path in FIXTURES.glob("fault_*")} <= named


BODIES = [path.read_bytes() for path in sorted(FIXTURES.glob("*.json")) if path.stat().st_size < 20_000]


@st.composite
def mutated(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """A fixture with pieces cut out, doubled, moved or overwritten, or cut short."""
    body = draw(st.sampled_from(bodies))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        piece = body[start : start + draw(st.sampled_from([1, 2, 10, 100, 1_000]))]
        rest = body[:start] + body[start + len(piece) :]
        there = draw(st.integers(0, len(rest)))
        other = draw(st.sampled_from([b"", b"null", b"[", b"{}", b'"', b"\n", b"\xff", b"\0", b"1e999", "é…".encode()]))
        body = draw(
            st.sampled_from(
                [rest, body[:start] + piece + body[start:], rest[:there] + piece + rest[there:], body[:start],
                 body[:start] + other + body[start + len(piece) :]]
            )
        )  # fmt: skip
    return body


@given(mutated(BODIES))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    try:
        parsed = parse(body)
    except SnapshotError:
        return
    assert_balanced(parsed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["id", "title", "summary", "authors", "organization", "publishedAt", "upvotes", "githubRepo", "ai_keywords", "x"]


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON).map(lambda paper: item(**paper)) | JSON, max_size=5))
@settings(max_examples=100, deadline=5_000)
def test_items_of_any_types_are_accounted_for_or_refused(items):
    try:
        assert_balanced(parse_items(*items))
    except SnapshotError as error:
        assert "is no JSON value" in str(error)  # NaN and the infinities  # noqa: PT017


def read_shared(path: Path) -> tuple[Parsed, list]:
    return parse(read_body(path)), json.loads(gzip.decompress(path.read_bytes()))


@with_shared
def test_all_real_days_give_exactly_the_items_in_their_bodies():
    total = 0
    paths = sorted((SHARED / "hf_daily_papers").glob("*.json.gz"))
    for path in paths:
        parsed, items = read_shared(path)
        assert_balanced(parsed)
        assert (parsed.rejects.height, parsed.repeats, parsed.unknown_keys) == (0, 0, ()), path.name
        papers = [each["paper"] for each in items]
        assert parsed.records["arxiv_id"].to_list() == [p["id"] for p in papers]
        assert parsed.records["title"].to_list() == [re.sub(r"\s*[\r\n]\s*", " ", p["title"]).strip() for p in papers]
        assert parsed.records["abstract"].to_list() == [
            re.sub(r"\s*[\r\n]\s*", " ", p["summary"]).strip() for p in papers
        ]
        assert parsed.records["upvotes"].to_list() == [p["upvotes"] for p in papers]
        total += parsed.records.height
    assert (len(paths), total) == (393, 5_841)


@with_shared
def test_real_lists_of_python_literals_give_all_their_items():
    paths = [p for folder in ("malformed", "refetched") for p in sorted((SHARED / folder).glob("*.json.gz"))]
    lists = 0
    for path in paths:
        if len(gzip.decompress(path.read_bytes())) < 2:
            continue
        parsed, items = read_shared(path)
        assert_balanced(parsed)
        assert (parsed.records.height, parsed.rejects.height) == (len(items), 0), path.name
        lists += all(isinstance(each, str) for each in items)
    assert lists == 17


@with_shared
def test_the_real_body_of_one_byte_is_refused():
    (path,) = (SHARED / "malformed").glob("2025-01-11__*.json.gz")
    with pytest.raises(SnapshotError):
        parse(read_body(path))
