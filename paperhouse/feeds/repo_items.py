"""What the feeds of repositories share: values by type, and the accounting of a list of rows."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from paperhouse.feeds.hf_items import LARGEST_COUNT, as_text
from paperhouse.records import REPO_RECORD, Parsed, records_frame, rejects_frame

_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def read_count(value: Any) -> int | None:
    """A count; None for anything else: unknown is not 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT else None


def read_time(value: Any) -> datetime | None:
    """An ISO 8601 time, in UTC without zone."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (TypeError, ValueError, OverflowError):
        return None


def read_text(value: Any) -> str | None:
    """A text that can be written: JSON may hold half a surrogate pair, which nothing can."""
    return value.encode(errors="replace").decode().strip() or None if isinstance(value, str) else None


def read_texts(values: Any) -> list[str] | None:
    """The texts of a list, in their order; None where it is no list."""
    return [text for value in values if (text := read_text(value))] if isinstance(values, list) else None


def read_id(value: Any) -> str | None:
    """A host's own number of a repository, as a text."""
    number = read_count(value)
    return str(number) if number else None


def read_flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def within(value: Any, key: str) -> Any:
    """What stands under `key` where `value` is an object; else None."""
    return value.get(key) if isinstance(value, dict) else None


def is_repo_name(value: Any, *parts: int) -> bool:
    """Whether it is `name`, `owner/name`, … of one of these numbers of parts: what an url can be made of."""
    names = value.split("/") if isinstance(value, str) else []
    return len(names) in parts and all(_NAME.fullmatch(name) for name in names)


def asked_urls(meta: Mapping[str, Any]) -> list[str]:
    """The canonical urls that the request was for, as the fetcher noted them in `asked`; none where they are no texts."""
    urls = read_texts(meta.get("asked")) or []
    return urls if urls == meta.get("asked") else []  # one left out, and the others would stand for wrong items


def gone(url: str | None) -> dict:
    """The row of a repository that its host does not show (any more)."""
    return {"asked_url": url, "state": "gone"}


def gone_answer(meta: Mapping[str, Any], statuses: frozenset[int]) -> Parsed | None:
    """The rows of an answer whose HTTP status says that what was asked for is gone; None for any other."""
    status = meta.get("status")
    if not isinstance(status, int) or status not in statuses:
        return None
    return as_parsed([gone(url) | {"position": i} for i, url in enumerate(asked_urls(meta) or [None], start=1)], [])


def as_parsed(rows: list[dict], rejects: list[tuple[str, str, str]]) -> Parsed:
    count = len(rows) + len(rejects)
    return Parsed(
        records=records_frame(rows, REPO_RECORD),
        rejects=rejects_frame(rejects),
        items=count,
        repeats=0,
        furniture=0,
        units=count,
        covered=count,
    )


def each(items: list, read: Callable[[Any, str | None], dict | str], asked: list[str]) -> Parsed:
    """Each item made a row by `read` (item, url asked for → row, or the reason why it is none)."""
    rows, rejects = [], []
    for position, item in enumerate(items, start=1):
        found = read(item, asked[position - 1] if len(asked) == len(items) else None)
        if isinstance(found, str):
            rejects.append((f"item {position}", found, as_text(item)))
        else:
            rows.append(found | {"position": position})
    return as_parsed(rows, rejects)
