"""Repositories as GitHub tells of them: `GET /repos/{owner}/{name}` (one object, or a list), or a GraphQL answer.

https://docs.github.com/en/rest/repos/repos and https://docs.github.com/en/graphql/reference/objects#repository. A
renamed repository answers under its new name with the id it always had; one that is not there (404, or null) is
gone or private, which is not the same as having no stars.
"""

from datetime import date
from typing import Any

from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_daily_papers import load_json
from paperhouse.feeds.repo_items import as_parsed, asked_urls, each, gone, read_count, read_text, read_time
from paperhouse.records import REPO_RECORD, Parsed, SnapshotError


class GithubRepos:
    name = "github_repos"
    title = "GitHub, repositories"
    record = REPO_RECORD
    is_api = True
    gone_statuses = frozenset({404, 410, 451})

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        asked = asked_urls(meta)
        if meta.get("status") in self.gone_statuses:
            return as_parsed([gone(url) | {"position": i} for i, url in enumerate(asked or [None], start=1)], [])
        answer = load_json(body)
        if isinstance(answer, list):
            return each(answer, _read_rest, asked)
        if not isinstance(answer, dict):
            raise SnapshotError(f"a repository or a list of them was expected, found {answer!r}"[:200])
        if "full_name" in answer:
            return each([answer], _read_rest, asked)
        if isinstance(answer.get("data"), dict):
            items = [item for alias, item in answer["data"].items() if alias != "rateLimit"]
            return each(items, _read_graphql, asked)
        told = answer.get("message") or answer.get("errors") or f"an object with the keys {', '.join(list(answer)[:5])}"
        raise SnapshotError(f"a repository or a list of them was expected, found {told}"[:300])


def github_url(full_name: str) -> str:
    """The canonical url of `owner/name`, as `extract.urls` writes it."""
    return f"https://github.com/{full_name.lower()}"


def _read_rest(item: Any, asked: str | None) -> dict | str:
    if not isinstance(item, dict) or not isinstance(item.get("full_name"), str) or item["full_name"].count("/") != 1:
        return "no full_name owner/name"
    topics = item.get("topics")
    license_ = item.get("license")
    return {
        "asked_url": asked,
        "url": github_url(item["full_name"]),
        "host_id": str(item["id"]) if read_count(item.get("id")) else None,
        "state": "found",
        "stars": read_count(item.get("stargazers_count")),
        "forks": read_count(item.get("forks_count")),
        "created_at": read_time(item.get("created_at")),
        "pushed_at": read_time(item.get("pushed_at")),
        "is_archived": item["archived"] if isinstance(item.get("archived"), bool) else None,
        "license": read_text(license_.get("spdx_id")) if isinstance(license_, dict) else None,
        "language": read_text(item.get("language")),
        "topics": [t for t in topics if isinstance(t, str)] if isinstance(topics, list) else None,
    }


def _read_graphql(item: Any, asked: str | None) -> dict | str:
    if item is None:
        return gone(asked)
    if not isinstance(item, dict) or not isinstance(item.get("nameWithOwner"), str):
        return "no nameWithOwner"
    number = read_count(item.get("databaseId"))
    nodes = (item.get("repositoryTopics") or {}).get("nodes")
    return {
        "asked_url": asked,
        "url": github_url(item["nameWithOwner"]),
        "host_id": str(number) if number else None,
        "state": "found",
        "stars": read_count(item.get("stargazerCount")),
        "forks": read_count(item.get("forkCount")),
        "created_at": read_time(item.get("createdAt")),
        "pushed_at": read_time(item.get("pushedAt")),
        "is_archived": item["isArchived"] if isinstance(item.get("isArchived"), bool) else None,
        "license": read_text((item.get("licenseInfo") or {}).get("spdxId")),
        "language": read_text((item.get("primaryLanguage") or {}).get("name")),
        "topics": [n["topic"]["name"] for n in nodes] if isinstance(nodes, list) else None,
    }
