"""What the feeds of repositories share: values by type, and the accounting of a list of rows."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from paperhouse.records import REPO_RECORD, Parsed, records_frame, rejects_frame


def read_count(value: Any) -> int | None:
    """A count; None for anything else: unknown is not 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None


def read_time(value: Any) -> datetime | None:
    """An ISO 8601 time, in UTC without zone."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (TypeError, ValueError, OverflowError):
        return None


def read_text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def asked_urls(meta: Mapping[str, Any]) -> list[str]:
    """The canonical urls that the request was for, as the fetcher noted them in `asked`."""
    asked = meta.get("asked")
    return [url for url in asked if isinstance(url, str)] if isinstance(asked, list) else []


def gone(url: str | None) -> dict:
    """The row of a repository that its host does not show (any more)."""
    return {"asked_url": url, "state": "gone"}


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
            rejects.append((f"item {position}", found, repr(item)))
        else:
            rows.append(found | {"position": position})
    return as_parsed(rows, rejects)
