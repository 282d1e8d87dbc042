"""Repositories of the Hugging Face Hub: likes are no stars, and one that is not there is gone."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.feeds.hostile import JSON, accounted_for_or_refused, assert_balanced, mutated, only

from paperhouse.feeds import FEEDS
from paperhouse.records import REPO_RECORD, Parsed, SnapshotError

FIXTURES = Path(__file__).parents[2] / "fixtures" / "hf_repos"
DATASET = "https://huggingface.co/datasets/nobody/things"


def parse(body: bytes, **meta) -> Parsed:
    return FEEDS["hf_repos"].parse(body, date(2025, 1, 6), meta)


def parse_json(value, **meta) -> Parsed:
    parsed = parse(json.dumps(value).encode(), **meta)
    assert_balanced(parsed, REPO_RECORD)
    return parsed


def record(**more) -> dict:
    return only(parse_json({"id": "nobody/things"} | more))


def test_a_repository_is_read_with_all_its_columns():
    row = only(parse((FIXTURES / "dataset.json").read_bytes(), asked=[DATASET]))
    assert {name: value for name, value in row.items() if value is not None} == {
        "position": 1,
        "asked_url": DATASET,
        "url": DATASET,
        "host_id": "650000000000000000000001",
        "state": "found",
        "likes": 0,
        "downloads": 345,
        "created_at": datetime(2024, 1, 2, 3, 4, 5),  # noqa: DTZ001 (in UTC without zone, by the contract)
        "pushed_at": datetime(2024, 6, 7, 8, 9, 10),  # noqa: DTZ001
        "license": "apache-2.0",
        "topics": ["made-up"],
    }


@pytest.mark.parametrize("kind", ["", "datasets/", "spaces/"])
def test_its_url_is_of_the_kind_that_was_asked_for(kind):
    row = only(parse_json({"id": "Nobody/New"}, asked=[f"https://huggingface.co/{kind}nobody/old"]))
    assert row["url"] == f"https://huggingface.co/{kind}nobody/new"


def test_a_name_without_an_owner_is_one():
    assert record(id="Things")["url"] == "https://huggingface.co/things"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_one_that_is_not_there_is_gone_and_not_without_likes(status):
    row = only(parse(b'{"error": "Repository not found"}', status=status, asked=[DATASET]))
    assert (row["asked_url"], row["state"], row["likes"], row["url"]) == (DATASET, "gone", None, None)


def test_likes_are_no_stars():
    assert (record(likes=3)["likes"], record(likes=3)["stars"]) == (3, None)


@pytest.mark.parametrize(
    ("key", "column", "values"),
    [
        ("tags", "topics", [None, "tag", 5, {"tag": 1}, [], [5, None, ["tag"]], ["a:b"]]),
        ("tags", "license", [None, "license:mit", {"license:mit": 1}, ["license:"], [["license:mit"]]]),
        ("likes", "likes", [None, "3", True, -1, 2**40 + 1, 2**63, 1.5, [3]]),
        ("downloads", "downloads", [None, "3", False, 10**40]),
        ("createdAt", "created_at", [None, 5, "", "soon", "0001-01-01T00:00:00+14:00"]),
        ("_id", "host_id", [None, 5, " ", ["a"]]),
    ],
)
def test_a_mistyped_value_is_unknown(key, column, values):
    for value in values:
        assert record(**{key: value})[column] is None, value


@pytest.mark.parametrize("name", [None, 5, 10**40, "", " ", "/", "a/", "a/b/c", "a b", "a/b\n", "\ud800", ["a/b"], {}])
def test_a_name_that_is_none_is_rejected(name):
    parsed = parse_json([{"id": name}, {"id": "c/d"}])
    assert parsed.rejects.select("position", "reason").rows() == [("item 1", "no id owner/name")]
    assert parsed.records["url"].to_list() == ["https://huggingface.co/c/d"]


def test_half_a_surrogate_pair_spoils_its_value_alone():
    row = only(parse(b'{"id": "a/b", "tags": ["\\ud800", "a", "license:\\ud800"], "_id": "\\udfff", "likes": 3}'))
    assert (row["likes"], row["topics"], row["license"], row["host_id"]) == (3, ["?", "a"], "?", "?")


@pytest.mark.parametrize("status", [None, "404", [404], {}, True, 200])
def test_a_status_that_does_not_tell_of_its_end_is_none(status):
    assert only(parse_json({"id": "a/b"}, status=status))["state"] == "found"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON: "),
        (b"<html/>", "not JSON: "),
        (b'{"id": "caf\xe9"}', "not UTF-8 at byte 11"),
        (b"[" * 100_000, "not readable JSON: nested too deeply"),
        (b"5", "a repository or a list of them was expected, found 5"),
        (b"[]", "a repository or a list of them was expected, found []"),
        (b'[{"id": "a/b"}, "\\ud800"]', "a repository or a list of them was expected, found "),
        (b'{"error": "Rate limited"}', "the Hub answers with an error: Rate limited"),
        (b'{"error": ["\\ud800"]}', 'the Hub answers with an error: ["?"]'),
    ],
    ids=lambda value: value[:30].decode(errors="replace") if isinstance(value, bytes) else "",
)
def test_a_body_that_cannot_be_read_is_refused(body, reason):
    with pytest.raises(SnapshotError) as caught:
        parse(body)
    assert str(caught.value).startswith(reason)
    str(caught.value).encode()


@given(mutated([path.read_bytes() for path in sorted(FIXTURES.glob("*.json"))]))
@settings(max_examples=300, deadline=5_000)
def test_a_mutated_body_is_accounted_for_or_refused(body):
    accounted_for_or_refused(lambda one: parse(one, asked=[DATASET]), body, REPO_RECORD)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
@settings(deadline=5_000)
def test_any_bytes_are_accounted_for_or_refused(body):
    accounted_for_or_refused(parse, body, REPO_RECORD)


KEYS = st.sampled_from([*json.loads((FIXTURES / "dataset.json").read_text()), "error"])
REPOS = st.dictionaries(KEYS, JSON, max_size=6).map(lambda item: {"id": "a/b"} | item)


@given(st.lists(REPOS, max_size=3), st.dictionaries(st.sampled_from(["asked", "status"]), JSON))
@settings(max_examples=200, deadline=5_000)
def test_items_of_any_types_are_accounted_for_or_refused(items, meta):
    for answer in (items, *items):
        accounted_for_or_refused(lambda body: parse(body, **meta), json.dumps(answer).encode(), REPO_RECORD)
