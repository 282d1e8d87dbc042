"""Repositories of the Hugging Face Hub: `GET /api/{models,datasets,spaces}/{owner}/{name}`, one object a body.

https://huggingface.co/docs/hub/api. Likes are the Hub's, and no stars. A repository that is not there answers 404, one
that is private 401: both are gone for who only looks.
"""

from datetime import date
from typing import Any

from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_daily_papers import load_json
from paperhouse.feeds.hf_items import as_text
from paperhouse.feeds.repo_items import (
    asked_urls,
    each,
    gone_answer,
    is_repo_name,
    read_count,
    read_text,
    read_texts,
    read_time,
)
from paperhouse.records import REPO_RECORD, Parsed, SnapshotError


class HfRepos:
    name = "hf_repos"
    title = "Hugging Face Hub, repositories"
    record = REPO_RECORD
    is_api = True
    gone_statuses = frozenset({401, 403, 404, 410})

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        if (parsed := gone_answer(meta, self.gone_statuses)) is not None:
            return parsed
        asked = asked_urls(meta)
        answer = load_json(body)
        items = answer if isinstance(answer, list) else [answer]
        if not items or not all(isinstance(item, dict) for item in items):
            raise SnapshotError(f"a repository or a list of them was expected, found {as_text(answer)}"[:200])
        if "error" in items[0]:
            raise SnapshotError(f"the Hub answers with an error: {as_text(items[0]['error'])}"[:300])
        return each(items, _read, asked)


def _read(item: Any, asked: str | None) -> dict | str:
    name = item.get("id")
    if not is_repo_name(name, 1, 2):
        return "no id owner/name"
    tags = read_texts(item.get("tags")) or []
    # The answer does not say of what kind the repository is, but in the keys it has; the url asked for says it best.
    kind = asked.removeprefix("https://huggingface.co/").split("/")[0] if asked else ""
    prefix = f"{kind}/" if kind in ("datasets", "spaces") else ""
    licenses = [tag.removeprefix("license:") for tag in tags if tag.startswith("license:")]
    return {
        "asked_url": asked,
        "url": f"https://huggingface.co/{prefix}{name.lower()}",
        "host_id": read_text(item.get("_id")),
        "state": "found",
        "likes": read_count(item.get("likes")),
        "downloads": read_count(item.get("downloads")),
        "created_at": read_time(item.get("createdAt")),
        "pushed_at": read_time(item.get("lastModified")),
        "license": (licenses[0] or None) if licenses else None,
        "topics": [tag for tag in tags if ":" not in tag] or None,
    }
