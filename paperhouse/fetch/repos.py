"""Repositories that papers link to: GitHub (GraphQL with a token, REST without) and the Hugging Face Hub.

Urls are canonical, as `extract.urls` writes them: `https://github.com/owner/name`,
`https://huggingface.co/[datasets/|spaces/]owner/name`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from paperhouse.feeds.github_repos import GithubRepos
from paperhouse.feeds.hf_repos import HfRepos
from paperhouse.fetch.landing import Landing, conditions, newest
from paperhouse.fetch.report import Report, Say
from paperhouse.fetch.upstream import FetchError, LimitError, Upstream, requests_left

REPOS_A_QUERY = 50
_JSON = ("application/json", "application/vnd.github+json")
_REMEMBERED = timedelta(days=30)
"""How far back a body is looked for that may be the same, or whose ETag may be given: what is older is fetched anew."""

_FIELDS = (
    "databaseId nameWithOwner stargazerCount forkCount createdAt pushedAt isArchived licenseInfo{spdxId}"
    " primaryLanguage{name} repositoryTopics(first:20){nodes{topic{name}}}"
)
_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)")
_HUB = re.compile(r"https://huggingface\.co/(?:(datasets|spaces)/)?([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)?)")
_HUB_KEYS = ("author", "createdAt", "downloads", "lastModified", "likes", "private", "tags")


def fetch_github_graphql(upstream: Upstream, landing: Landing, base: str, urls: Sequence[str], say: Say) -> Report:
    """Ask about many repositories in one query; needs a token."""
    report = Report("github_repos", say)
    named = [(url, match) for url in urls if (match := _GITHUB.fullmatch(url))]
    for at in range(0, len(named), REPOS_A_QUERY):
        batch = named[at : at + REPOS_A_QUERY]
        asked = [
            f"r{n}:repository(owner:{json.dumps(match[1])},name:{json.dumps(match[2])}){{{_FIELDS}}}"
            for n, (_, match) in enumerate(batch)
        ]
        query = f"query{{{' '.join(asked)} rateLimit{{remaining resetAt}}}}"
        try:
            answer = upstream.post(f"{base}/graphql", {"query": query}, accept=_JSON)
            _refuse_errors(answer.body, len(batch))
        except FetchError as error:
            if report.failed(f"{len(batch)} repositories from {batch[0][0]}", error):
                report.left = len(named) - at - len(batch)
                break
            continue
        urls_asked = [url for url, _ in batch]
        name = "query_" + hashlib.sha256(" ".join(urls_asked).encode()).hexdigest()[:12]
        report.wrote(landing.write(upstream.clock.now().date(), [(name, answer)], {}, ".json", asked=urls_asked))
        say(f"github_repos: {at + len(batch)} of {len(named)}; {requests_left(upstream.window, upstream.clock.now())}")
    return report


def _refuse_errors(body: bytes, asked: int) -> None:
    """Raise FetchError where GraphQL (which answers 200 to everything) has not answered for every repository.

    What is wrong with one repository (its error has a path) is the adapter's: it must not keep the others back.
    """
    try:
        answer = json.loads(body)
        errors = [error for error in answer.get("errors") or [] if not error.get("path")]
        if any(error.get("type") == "RATE_LIMITED" for error in answer.get("errors") or []):
            raise LimitError("GitHub's limit is reached; the next run goes on")
        answered = sum(1 for alias in answer.get("data") or {} if alias != "rateLimit")
    except (ValueError, AttributeError) as error:
        raise FetchError(f"no GraphQL answer: {error}") from error
    if errors or answered != asked:
        told = errors[0].get("message") if errors else f"{answered} of {asked} repositories answered for"
        raise FetchError(f"GraphQL: {told}")


def fetch_github_rest(upstream: Upstream, landing: Landing, base: str, urls: Sequence[str], say: Say) -> Report:
    """Ask about one repository after the other, as many as the window lets through (60 in an hour without a token).

    With the ETag of the last answer: one that says "not modified" does not count.
    """
    wanted = [(url, f"{base}/repos/{match[1]}/{match[2]}", {}) for url in urls if (match := _GITHUB.fullmatch(url))]
    return _fetch_each(upstream, landing, Report("github_repos", say), wanted, GithubRepos.gone_statuses)


def fetch_hf_repos(upstream: Upstream, landing: Landing, base: str, urls: Sequence[str], say: Say) -> Report:
    """Ask the Hub about one repository after the other."""
    wanted = [
        (url, f"{base}/api/{match[1] or 'models'}/{match[2]}", {"expand[]": list(_HUB_KEYS)})
        for url in urls
        if (match := _HUB.fullmatch(url))
    ]
    return _fetch_each(upstream, landing, Report("hf_repos", say), wanted, HfRepos.gone_statuses)


def _fetch_each(
    upstream: Upstream,
    landing: Landing,
    report: Report,
    wanted: Sequence[tuple[str, str, Mapping[str, Any]]],
    gone: frozenset[int],
) -> Report:
    """One request a repository: (canonical url, address, parameters)."""
    today = upstream.clock.now().date()
    last = newest(landing.held(since=today - _REMEMBERED))
    for done, (url, address, params) in enumerate(wanted, start=1):
        name = _file_name(url)
        try:
            answer = upstream.get(
                address,
                params,
                accept=_JSON,
                headers=conditions(last.get(name)),
                statuses=gone | ({304} if name in last else set()),
            )
        except FetchError as error:
            if report.failed(url, error):
                report.left = len(wanted) - done
                break
            continue
        report.wrote(landing.write(today, [(name, answer)], last, ".json", asked=[url]))
        if done % 100 == 0:
            report.say(
                f"{report.feed}: {done} of {len(wanted)}; {requests_left(upstream.window, upstream.clock.now())}"
            )
    return report


def _file_name(url: str) -> str:
    """A name that no other repository has, readable and short enough for a file."""
    path = re.sub(r"[^A-Za-z0-9.-]+", "_", url.split("/", 3)[3])[:80]
    return f"{path}_{hashlib.sha256(url.encode()).hexdigest()[:8]}".lstrip(".")
