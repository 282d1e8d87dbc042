"""Repositories as GitHub tells of them: `GET /repos/{owner}/{name}` (one object, or a list), or a GraphQL answer.

https://docs.github.com/en/rest/repos/repos and https://docs.github.com/en/graphql/reference/objects#repository. A
renamed repository answers under its new name with the id it always had; one that is not there (404, or null) is
gone or private, which is not the same as having no stars.
"""

from datetime import date
from typing import Any

from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_daily_papers import load_json
from paperhouse.feeds.hf_items import as_text
from paperhouse.feeds.repo_items import (
    asked_urls,
    each,
    gone,
    gone_answer,
    is_repo_name,
    read_count,
    read_flag,
    read_id,
    read_text,
    read_texts,
    read_time,
    within,
)
from paperhouse.records import REPO_RECORD, Parsed, SnapshotError

_GONE_TYPES = ("NOT_FOUND", "FORBIDDEN")


class GithubRepos:
    name = "github_repos"
    title = "GitHub, repositories"
    record = REPO_RECORD
    is_api = True
    gone_statuses = frozenset({404, 410, 451})

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        if (parsed := gone_answer(meta, self.gone_statuses)) is not None:
            return parsed
        asked = asked_urls(meta)
        answer = load_json(body)
        if isinstance(answer, list):
            return each(answer, _read_rest, asked)
        if not isinstance(answer, dict):
            raise SnapshotError(f"a repository or a list of them was expected, found {as_text(answer)}"[:200])
        if "full_name" in answer:
            return each([answer], _read_rest, asked)
        if isinstance(answer.get("data"), dict):
            faults, of_all = _faults(answer.get("errors"))
            data = {alias: item for alias, item in answer["data"].items() if alias != "rateLimit"}
            items = [faults.get(alias, of_all) if item is None else item for alias, item in data.items()]
            return each(items, _read_graphql, asked)
        told = answer.get("message") or answer.get("errors") or f"an object with the keys {', '.join(list(answer)[:5])}"
        raise SnapshotError(f"a repository or a list of them was expected, found {as_text(told)}"[:300])


def github_url(full_name: str) -> str:
    """The canonical url of `owner/name`, as `extract.urls` writes it."""
    return f"https://github.com/{full_name.lower()}"


def _faults(errors: Any) -> tuple[dict[str, Any], Any]:
    """GraphQL's errors by alias, None for those that say that a repository is not there, or not to be seen; and one that names no alias.

    Of any other null (a timeout, say) it is not known whether the repository is gone.
    """
    faults, of_all = {}, None
    for error in errors if isinstance(errors, list) else []:
        path = within(error, "path")
        if not path and within(error, "message"):
            of_all = {"error": error}
        elif path and isinstance(path, list) and isinstance(path[0], str):
            faults[path[0]] = {"error": error} if error.get("type") not in _GONE_TYPES else None
    return faults, of_all


def _read_rest(item: Any, asked: str | None) -> dict | str:
    if not isinstance(item, dict) or not is_repo_name(item.get("full_name"), 2):
        return "no full_name owner/name"
    return {
        "asked_url": asked,
        "url": github_url(item["full_name"]),
        "host_id": read_id(item.get("id")),
        "state": "found",
        "stars": read_count(item.get("stargazers_count")),
        "forks": read_count(item.get("forks_count")),
        "created_at": read_time(item.get("created_at")),
        "pushed_at": read_time(item.get("pushed_at")),
        "is_archived": read_flag(item.get("archived")),
        "license": read_text(within(item.get("license"), "spdx_id")),
        "language": read_text(item.get("language")),
        "topics": read_texts(item.get("topics")),
    }


def _read_graphql(item: Any, asked: str | None) -> dict | str:
    if item is None:
        return gone(asked)
    if not isinstance(item, dict) or not is_repo_name(item.get("nameWithOwner"), 2):
        return "no nameWithOwner owner/name"
    nodes = within(item.get("repositoryTopics"), "nodes")
    return {
        "asked_url": asked,
        "url": github_url(item["nameWithOwner"]),
        "host_id": read_id(item.get("databaseId")),
        "state": "found",
        "stars": read_count(item.get("stargazerCount")),
        "forks": read_count(item.get("forkCount")),
        "created_at": read_time(item.get("createdAt")),
        "pushed_at": read_time(item.get("pushedAt")),
        "is_archived": read_flag(item.get("isArchived")),
        "license": read_text(within(item.get("licenseInfo"), "spdxId")),
        "language": read_text(within(item.get("primaryLanguage"), "name")),
        "topics": read_texts([within(within(n, "topic"), "name") for n in nodes]) if isinstance(nodes, list) else None,
    }
