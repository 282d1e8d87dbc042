"""Repositories as GitHub tells of them, by REST and by GraphQL: found, renamed, gone, or not answered for."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import JSON, accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS
from paperhouse.records import REPO_RECORD, Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "github_repos"
URLS = [f"https://github.com/nobody/{name}" for name in ("things", "gone", "bare")]


def parse(body: bytes, **meta) -> Parsed:
    return FEEDS["github_repos"].parse(body, date(2025, 1, 6), meta)


def parse_json(value, **meta) -> Parsed:
    parsed = parse(json.dumps(value).encode(), **meta)
    assert_balanced(parsed, REPO_RECORD)
    return parsed


def graphql(*items, errors=None, **meta) -> Parsed:
    return parse_json({"data": {f"r{n}": item for n, item in enumerate(items)}, "errors": errors}, **meta)


FOUND = {
    "position": 1,
    "asked_url": URLS[0],
    "url": URLS[0],
    "host_id": "101",
    "state": "found",
    "stars": 12,
    "forks": 0,
    "likes": None,
    "downloads": None,
    "created_at": datetime(2024, 1, 2, 3, 4, 5),  # noqa: DTZ001 (in UTC without zone, by the contract)
    "pushed_at": datetime(2024, 6, 7, 6, 9, 10),  # noqa: DTZ001
    "is_archived": True,
    "license": "MIT",
    "language": "Python",
    "topics": ["made-up", "things"],
}


def test_a_repository_is_read_with_all_its_columns():
    assert only(parse((FIXTURES / "rest.json").read_bytes(), asked=[URLS[0]])) == FOUND


def test_a_query_is_read_with_all_its_repositories_and_one_that_is_gone():
    parsed = parse((FIXTURES / "graphql.json").read_bytes(), asked=URLS)
    assert_balanced(parsed, REPO_RECORD)
    first, second, third = parsed.records.to_dicts()
    assert first == FOUND | {"stars": 13, "forks": 1, "is_archived": False}
    assert {name for name, value in second.items() if value is not None} == {"position", "asked_url", "state"}
    assert (second["position"], second["asked_url"], second["state"]) == (2, URLS[1], "gone")
    assert (third["asked_url"], third["stars"], third["license"], third["topics"]) == (URLS[2], 0, None, [])


def test_a_renamed_repository_is_under_the_name_it_was_asked_by_and_the_one_it_has():
    row = only(parse_json({"id": 5, "full_name": "Nobody/New-Name"}, asked=["https://github.com/nobody/old-name"]))
    assert (row["asked_url"], row["url"]) == (
        "https://github.com/nobody/old-name",
        "https://github.com/nobody/new-name",
    )
    assert row["host_id"] == "5"


@pytest.mark.parametrize("status", [404, 410, 451])
def test_one_that_is_not_there_is_gone_and_not_without_stars(status):
    row = only(parse(b'{"message": "Not Found"}', status=status, asked=[URLS[1]]))
    assert (row["asked_url"], row["state"], row["stars"], row["url"]) == (URLS[1], "gone", None, None)


def test_what_is_missing_is_unknown_and_zero_is_zero():
    row = only(parse_json({"full_name": "a/b", "stargazers_count": 0}))
    known = {name: value for name, value in row.items() if value is not None}
    assert known == {"position": 1, "url": "https://github.com/a/b", "state": "found", "stars": 0}


@pytest.mark.parametrize(
    ("key", "column", "values"),
    [
        ("id", "host_id", ["101", True, 0, -1, 2**63, 1.5, [], {}]),
        ("stargazers_count", "stars", ["12", True, -1, 2**40 + 1, 2**63, 10**40, 1.5, [12], {}]),
        ("archived", "is_archived", ["true", 1, 0, []]),
        ("created_at", "created_at", ["", "soon", 5, [], "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]),
        ("license", "license", ["MIT", 5, [], {}, {"spdx_id": 5}, {"spdx_id": " "}, {"spdx_id": {}}]),
        ("language", "language", [5, [], {}, " "]),
        ("topics", "topics", ["made-up", 5, {"a": 1}]),
    ],
)
def test_a_mistyped_value_is_unknown(key, column, values):
    for value in values:
        assert only(parse_json({"full_name": "a/b", key: value}))[column] is None, value


@pytest.mark.parametrize(
    ("key", "column", "values"),
    [
        ("databaseId", "host_id", [None, "101", True, 2**63]),
        ("licenseInfo", "license", [None, "MIT", 5, ["MIT"], {}, {"spdxId": 5}]),
        ("primaryLanguage", "language", [None, "Python", 5, ["Python"], {}, {"name": []}]),
        ("repositoryTopics", "topics", [None, "x", 5, [], {}, {"nodes": None}, {"nodes": "x"}, {"nodes": {}}]),
        ("isArchived", "is_archived", [None, "no", 1]),
    ],
)
def test_a_mistyped_value_of_a_query_is_unknown(key, column, values):
    for value in values:
        assert only(graphql({"nameWithOwner": "a/b", key: value}))[column] is None, value


def test_topics_that_are_none_are_left_out():
    assert only(parse_json({"full_name": "a/b", "topics": ["a", None, 1, "", ["b"], "c"]}))["topics"] == ["a", "c"]
    nodes = [
        {"topic": {"name": "a"}},
        {"topic": None},
        {"topic": {"name": None}},
        None,
        "b",
        [],
        {"topic": {"name": "c"}},
    ]
    assert only(graphql({"nameWithOwner": "a/b", "repositoryTopics": {"nodes": nodes}}))["topics"] == ["a", "c"]


@pytest.mark.parametrize("name", [None, 5, "", "a", "/", "a/", "/b", "a/b/c", "a/b\n", "a b/c", "a/\ud800", ["a/b"]])
def test_a_name_that_is_none_is_rejected(name):
    for parsed, reason in (
        (parse_json([{"full_name": name}, {"full_name": "c/d"}]), "no full_name owner/name"),
        (graphql({"nameWithOwner": name}, {"nameWithOwner": "c/d"}), "no nameWithOwner owner/name"),
    ):
        assert parsed.rejects.select("position", "reason").rows() == [("item 1", reason)]
        assert parsed.records["url"].to_list() == ["https://github.com/c/d"]
        assert parsed.records["position"].to_list() == [2]


def test_half_a_surrogate_pair_spoils_its_value_alone():
    row = only(parse(b'{"full_name": "a/b", "language": "\\ud800", "topics": ["\\udfff", "a"], "stargazers_count": 3}'))
    assert (row["stars"], row["language"], row["topics"]) == (3, "?", ["?", "a"])


@pytest.mark.parametrize("kind", ["NOT_FOUND", "FORBIDDEN"])
def test_a_null_is_gone_where_the_error_says_that_it_is_not_there_or_not_to_be_seen(kind):
    parsed = graphql(None, errors=[{"type": kind, "path": ["r0"]}], asked=URLS[:1])
    assert only(parsed)["state"] == "gone"


@pytest.mark.parametrize("error", [{"type": "SERVICE_UNAVAILABLE"}, {"message": "Something went wrong"}, {"type": []}])
def test_a_null_of_which_the_error_says_something_else_is_not_gone(error):
    parsed = graphql(None, {"nameWithOwner": "a/b"}, errors=[error | {"path": ["r0"]}], asked=URLS[:2])
    assert parsed.rejects.height == 1
    assert parsed.records["state"].to_list() == ["found"]


def test_an_error_that_names_no_repository_is_of_every_null_of_which_none_says_that_it_is_gone():
    errors = [{"message": "Something went wrong"}, {"type": "NOT_FOUND", "path": ["r2"]}]
    parsed = graphql(None, {"nameWithOwner": "a/b"}, None, errors=errors, asked=[*URLS[:2], "https://github.com/c/d"])
    assert parsed.rejects.height == 1
    assert parsed.records["state"].to_list() == ["found", "gone"]


@pytest.mark.parametrize(
    "errors", [None, 5, "x", {}, [None, 5, [], {}, {"path": None}, {"path": []}, {"path": [0]}, {"path": "r0"}]]
)
def test_errors_of_any_type_are_read_over(errors):
    assert only(graphql(None, errors=errors, asked=URLS[:1]))["state"] == "gone"


@pytest.mark.parametrize("asked", [None, "x", 5, [], [5], [URLS[0], URLS[1]], ["\ud800"], {"a": 1}])
def test_it_is_not_known_what_was_asked_for_where_the_note_does_not_fit(asked):
    assert only(parse_json({"full_name": "a/b"}, asked=asked))["asked_url"] is None


def test_a_url_left_out_does_not_shift_the_others():
    assert parse_json([{"full_name": "a/b"}], asked=[None, URLS[0]]).records["asked_url"].to_list() == [None]


@pytest.mark.parametrize("status", [None, "404", [404], {}, True, 404.5, 200])
def test_a_status_that_does_not_tell_of_its_end_is_none(status):
    assert only(parse_json({"full_name": "a/b"}, status=status))["state"] == "found"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON: "),
        (b"<html/>", "not JSON: "),
        (b'{"full_name": "caf\xe9"}', "not UTF-8 at byte 18"),
        (b"[" * 100_000, "not readable JSON: nested too deeply"),
        (b"[NaN]", "not readable JSON: NaN"),
        (b"9" * 5_000, "not readable JSON: Exceeds the limit"),
        (b"null", "a repository or a list of them was expected, found null"),
        (b'"\\ud800"', "a repository or a list of them was expected, found ?"),
        (b'{"message": "API rate limit exceeded"}', "a repository or a list of them was expected, found API rate limit exceeded"),
        (b'{"message": "\\ud800"}', "a repository or a list of them was expected, found ?"),
        (b'{"data": null, "errors": [{"type": "RATE_LIMITED"}]}', 'a repository or a list of them was expected, found [{"type"'),
        (b'{"\\ud800": 1, "b": 2}', "a repository or a list of them was expected, found an object with the keys ?, b"),
    ],
    ids=lambda value: value[:30].decode(errors="replace") if isinstance(value, bytes) else "",
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(body)
    assert str(caught.value).startswith(reason)
    str(caught.value).encode()


def test_an_empty_list_is_an_empty_body():
    assert parse_json([]).items == 0


@given(mutated([path.read_bytes() for path in sorted(FIXTURES.glob("*.json"))]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(lambda one: parse(one, asked=URLS), body, REPO_RECORD)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body, REPO_RECORD)


KEYS = st.sampled_from([*json.loads((FIXTURES / "rest.json").read_text()), "nameWithOwner", "databaseId", "licenseInfo",
                        "primaryLanguage", "repositoryTopics", "nodes", "topic", "createdAt", "isArchived", "spdxId"])  # fmt: skip
REPOS = st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON, max_size=2), max_size=6).map(
    lambda item: {"full_name": "a/b", "nameWithOwner": "a/b"} | item
)


@given(st.lists(REPOS | JSON, max_size=3), JSON, st.dictionaries(st.sampled_from(["asked", "status"]), JSON))
@settings(max_examples=200, deadline=5_000)
def test_items_of_any_types_are_accounted_for_or_refused(items, errors, meta):
    data = {f"r{n}": item for n, item in enumerate(items)}
    for answer in (items, *items, {"data": data, "errors": errors}):
        accounted_for_or_refused(lambda body: parse(body, **meta), json.dumps(answer).encode(), REPO_RECORD)


def test_real_answers_are_read(shared):
    found = []
    for name in ("get_repository_raw-fixture.json", "rename_repository_raw-fixture.json"):
        for exchange in json.loads((shared / "feeds" / "github" / name).read_bytes()):
            if exchange["method"] == "get" and "full_name" in exchange["response"]:
                row = only(parse_json(exchange["response"]))
                assert row["url"] == f"https://github.com/{exchange['response']['full_name'].lower()}"
                assert row["host_id"] == str(exchange["response"]["id"])
                assert None not in (row["stars"], row["forks"], row["created_at"], row["pushed_at"], row["is_archived"])
                found.append(name)
    assert len(set(found)) == 2
