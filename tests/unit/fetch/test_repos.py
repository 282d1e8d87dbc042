"""Repositories: many in one query with a token, one by one without; gone is no zero, and a new name no new repository."""

import json
from datetime import date
from pathlib import Path

import pytest
from upstream_server import Asked, FakeUpstream, Reply, TurnedClock

from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.fetch.landing import Landing
from paperhouse.fetch.repos import fetch_github_graphql, fetch_github_rest, fetch_hf_repos
from paperhouse.fetch.upstream import Upstream

A, B, OLD = (f"https://github.com/{name}" for name in ("nobody/a", "nobody/b", "nobody/old-name"))


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "raw", "github_repos")


def say(line: str) -> None:
    """Nothing is held against what is said here."""


def rows(landing: Landing, paths: list[str]) -> list[dict]:
    found = []
    for path in paths:
        meta = snapshots.read_meta(landing.raw / path)
        found += (
            FEEDS[landing.feed]
            .parse(snapshots.read_body(landing.raw / path), date(2025, 9, 10), meta)
            .records.to_dicts()
        )
    return found


def rest(number: int, name: str, stars: int) -> bytes:
    return json.dumps({"id": number, "full_name": name, "stargazers_count": stars, "forks_count": 1}).encode()


def github(asked: Asked) -> Reply:
    """Two repositories, one of which was renamed."""
    match asked.path:
        case "/repos/nobody/a":
            if asked.headers.get("if-none-match") == '"a1"':
                return Reply(status=304)
            return Reply(rest(1, "Nobody/A", 5), headers={"ETag": '"a1"'})
        case "/repos/nobody/old-name":
            return Reply(b"{}", 301, {"Location": "/repositories/2"})
        case "/repositories/2":
            return Reply(rest(2, "nobody/new-name", 0))
    return Reply(b'{"message": "Not Found"}', 404)


def test_without_a_token_each_is_asked_for_and_tells_what_it_is(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.routes["/repo"] = github
    report = fetch_github_rest(upstream, landing, server.url, [A, OLD, B], say)
    told = [(r["asked_url"], r["url"], r["host_id"], r["state"], r["stars"]) for r in rows(landing, report.bodies)]
    assert told == [
        (A, A, "1", "found", 5),
        (OLD, "https://github.com/nobody/new-name", "2", "found", 0),
        (B, None, None, "gone", None),
    ]


def test_what_has_not_changed_is_noted_and_observed(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.routes["/repo"] = github
    fetch_github_rest(upstream, landing, server.url, [A, B], say)
    clock.turn(days=1)
    report = fetch_github_rest(upstream, landing, server.url, [A, B], say)
    assert (report.bodies, len(report.notes)) == ([], 2)
    found = snapshots.scan(landing.raw, FEEDS).files
    from paperhouse.ingest import read_snapshot

    reads = [read_snapshot(landing.raw, f, *snapshots.fingerprint(landing.raw / f.path)) for f in found]
    assert [r.ledger["status"] for r in reads] == ["ingested"] * 4
    assert sorted((r.records["state"][0], r.ledger["observed_at"].day) for r in reads) == [
        ("found", 10), ("found", 11), ("gone", 10), ("gone", 11),
    ]  # fmt: skip


def test_the_window_of_an_hour_is_left_to_the_next_run(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    ends = str(int(upstream.clock.now().timestamp()) + 3000)
    left = iter(range(1, -1, -1))
    server.routes["/repo"] = lambda asked: Reply(
        rest(1, "nobody/a", 5), headers={"x-ratelimit-remaining": str(next(left)), "x-ratelimit-reset": ends}
    )
    urls = [f"https://github.com/nobody/r{n}" for n in range(10)]
    report = fetch_github_rest(upstream, landing, server.url, urls, say)
    assert (len(report.bodies), report.left, report.is_unreachable) == (2, 7, True)


def graphql(asked: Asked) -> Reply:
    query = json.loads(asked.body)["query"]
    count = query.count("repository(")
    data: dict = {
        f"r{n}": {"databaseId": n + 1, "nameWithOwner": f"Nobody/R{n}", "stargazerCount": n, "isArchived": False,
                  "licenseInfo": {"spdxId": "MIT"}, "primaryLanguage": {"name": "Python"}, "pushedAt": "2025-09-01T00:00:00Z",
                  "repositoryTopics": {"nodes": [{"topic": {"name": "things"}}]}}
        for n in range(count)
    }  # fmt: skip
    data["r1"] = None
    errors = [{"type": "NOT_FOUND", "path": ["r1"], "message": "Could not resolve to a Repository"}]
    return Reply(json.dumps({"data": data | {"rateLimit": {"remaining": 4999}}, "errors": errors}).encode())


def test_with_a_token_many_are_asked_for_at_once(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.routes["/graphql"] = graphql
    urls = [f"https://github.com/nobody/r{n}" for n in range(120)]
    report = fetch_github_graphql(upstream, landing, server.url, [*urls, "https://example.org/x"], say)
    assert (len(server.asked), len(report.bodies), report.failures) == (3, 3, [])
    found = rows(landing, report.bodies)
    assert [r["asked_url"] for r in found] == urls
    assert (found[0]["stars"], found[0]["license"], found[0]["topics"]) == (0, "MIT", ["things"])
    assert [(r["state"], r["stars"]) for r in found[:2]] == [("found", 0), ("gone", None)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"errors": [{"type": "RATE_LIMITED", "message": "wait"}]}', "limit is reached"),
        (b'{"errors": [{"message": "Something went wrong"}], "data": {"r0": null}}', "Something went wrong"),
        (b'{"data": {}}', "0 of 2 repositories"),
        (b"[]", "no GraphQL answer"),
    ],
)
def test_a_query_that_was_not_answered_lands_nothing(
    body: bytes, told: str, server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.routes["/graphql"] = lambda asked: Reply(body)
    report = fetch_github_graphql(upstream, landing, server.url, [A, B], say)
    assert (report.bodies, len(report.failures)) == ([], 1)
    assert told in report.failures[0]


def test_the_hubs_likes_are_no_stars(server: FakeUpstream, upstream: Upstream, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "raw", "hf_repos")
    answer = {
        "_id": "6",
        "id": "Nobody/M",
        "likes": 3,
        "downloads": 9,
        "tags": ["license:mit", "thing"],
        "private": False,
    }
    server.routes["/api/models/nobody/m"] = lambda asked: Reply(json.dumps(answer).encode())
    server.routes["/api/datasets/nobody/d"] = lambda asked: Reply(json.dumps(answer | {"id": "nobody/d"}).encode())
    server.routes["/api/spaces/nobody/s"] = lambda asked: Reply(b'{"error": "Repository not found"}', 401)
    hub = "https://huggingface.co"
    urls = [f"{hub}/nobody/m", f"{hub}/datasets/nobody/d", f"{hub}/spaces/nobody/s"]
    report = fetch_hf_repos(upstream, landing, server.url, urls, say)
    told = [(r["url"], r["likes"], r["downloads"], r["stars"], r["state"]) for r in rows(landing, report.bodies)]
    assert told == [
        (f"{hub}/nobody/m", 3, 9, None, "found"),
        (f"{hub}/datasets/nobody/d", 3, 9, None, "found"),
        (None, None, None, None, "gone"),
    ]
    assert server.asked[0].query["expand[]"]
