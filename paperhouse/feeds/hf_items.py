"""Items of Hugging Face's Daily Papers, as the API and the page's embedded JSON both give them.

Every generation since May 2024 is one shape with more keys over time. A key that is absent is a missing key, never null;
0 upvotes are real. `paper.publishedAt` is the paper's date; the item's own `publishedAt` changed its meaning in March
2025 and is not used. The feed's day of a record is the date of `paper.submittedOnDailyAt`.
"""

import ast
import json
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.records import Parsed, SnapshotError, records_frame, rejects_frame
from paperhouse.text import flatten_lines

_REPR_LIMIT = 1_000_000
"""Characters of an item written as a Python literal that are read: the longest of 174 real ones has 4,119."""


LARGEST_COUNT = 2**40
"""No vote, star or download was ever counted so far; above it sums over many days would not be whole numbers any more."""


MOST_REJECTS = 10_000
"""Items of one list that may be rejected one by one; a list with more of them than records is none of the feed's."""


class _MistypedError(ValueError):
    """A value that is not of the type its key has."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _MistypedError
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise _MistypedError
    return value


def _day(value: Any) -> date:
    try:
        moment = datetime.fromisoformat(_text(value))
        day = (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError) as error:  # no date, or one that in UTC lies outside the calendar
        raise _MistypedError from error
    if not 1800 <= day.year < 2200:  # what stands for "unknown": 0001-01-01, 9999-12-31
        raise _MistypedError
    return day


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise _MistypedError
    return _said(_text(v) for v in value)


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise _MistypedError
    return _said(_text(v["name"]) for v in value if v.get("name") is not None)


def _said(texts: Iterable[str]) -> list[str]:
    """Names and keywords, each on one line; a blank one names nobody."""
    return [text for text in (" ".join(text.split()) for text in texts) if text]


def _organization(value: Any) -> str:
    if not isinstance(value, dict):
        raise _MistypedError
    return _text(value.get("fullname") or value.get("name"))


@dataclass(frozen=True)
class _Key:
    """Where a column comes from: the first of `paths` that the item holds, read by `read`."""

    column: str
    read: Callable[[Any], Any]
    paths: tuple[str, ...]


_KEYS = (
    _Key("title", _text, ("paper.title", "title")),
    _Key("abstract", _text, ("paper.summary", "summary")),
    _Key("authors", _names, ("paper.authors",)),
    _Key("organization", _organization, ("paper.organization", "organization", "submitterOrganization")),
    _Key("published_on", _day, ("paper.publishedAt",)),
    _Key("listed_on", _day, ("paper.submittedOnDailyAt",)),
    _Key("upvotes", _count, ("paper.upvotes",)),
    _Key("comments", _count, ("numComments",)),
    _Key("code_url", _text, ("paper.githubRepo",)),
    _Key("project_url", _text, ("paper.projectPage",)),
    _Key("github_stars", _count, ("paper.githubStars",)),
    _Key("ai_summary", _text, ("paper.ai_summary",)),
    _Key("ai_keywords", _texts, ("paper.ai_keywords",)),
)

_KNOWN = {path for key in _KEYS for path in key.paths} | {
    # Known and of no use to the warehouse: pictures, ids of the site's own, who submitted it there (a person).
    "paper",
    "paper.id",
    "publishedAt",
    "thumbnail",
    "mediaUrl",
    "mediaUrls",
    "submittedBy",
    "isAuthorParticipating",
    "paper.discussionId",
    "paper.submittedOnDailyBy",
    "paper.mediaUrls",
    "paper.githubRepoAddedBy",
}


class _ItemError(ValueError):
    """An item that is no record; the message is the reason."""


def parse_items(items: Iterable[Any]) -> Parsed:
    """Read a list of items (dicts, or strings that hold a dict as Python wrote it).

    An item without a paper id or a title is rejected with its reason; one whose arXiv id came before in the list is a
    repeat. A value of another type than its key's, and every key without a column, goes into `unknown`.
    """
    rows: list[dict] = []
    rejects: list[tuple[str, str, str]] = []
    unknown_keys: set[str] = set()
    seen: set[str] = set()
    count = repeats = 0
    for count, item in enumerate(items, start=1):
        try:
            row = _read_item(_as_dict(item))
        except _ItemError as error:
            rejects.append((f"item {count}", str(error), as_text(item)))
            if len(rejects) > max(MOST_REJECTS, len(rows)):
                raise SnapshotError(
                    f"more than {MOST_REJECTS} items are no record, the first: {rejects[0][1]}"
                ) from error
            continue
        unknown_keys |= row["unknown"].keys()
        if row["arxiv_id"] in seen:
            repeats += 1
            continue
        seen.add(row["arxiv_id"])
        row["unknown"] = json.dumps(row["unknown"], ensure_ascii=False, sort_keys=True) if row["unknown"] else None
        rows.append(row | {"position": count, "rank": len(rows) + 1})
    records = records_frame(rows).with_columns(
        flatten_lines(pl.col("title", "abstract", "organization", "ai_summary")),
        author_count=pl.col("authors").list.len().cast(pl.Int32),
        abstract_is_cut=pl.lit(False),
    )
    return Parsed(
        records=records,
        rejects=rejects_frame(rejects),
        items=count,
        repeats=repeats,
        furniture=0,
        units=count,
        covered=records.height + repeats + len(rejects),
        unknown_keys=tuple(sorted(unknown_keys)),
    )


def as_text(item: Any) -> str:
    """Any JSON value as a text that can be written and shown."""
    try:
        text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
    except RecursionError:
        text = "(nested too deeply to be shown)"
    return text.encode(errors="replace").decode()


def _as_dict(item: Any) -> dict:
    if isinstance(item, str):  # some archives hold each item as Python's repr of it
        if len(item) > _REPR_LIMIT:
            raise _ItemError(f"a text of {len(item)} characters where an object belongs")
        try:
            with warnings.catch_warnings(action="ignore"):  # of the compiler, one for each odd literal in it
                item = ast.literal_eval(item)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise _ItemError(f"a text where an object belongs: {type(error).__name__}") from error
    if not isinstance(item, dict):
        raise _ItemError(f"{type(item).__name__} where an object belongs")
    return item


def _read_item(item: dict) -> dict:
    try:  # what Python wrote may hold bytes, sets, keys that are no texts; what JSON wrote, half a surrogate pair
        encoded = json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
        item = json.loads(encoded)
    except (ValueError, TypeError, RecursionError) as error:
        raise _ItemError(f"not valid as JSON in UTF-8: {error}") from error
    paper = item.get("paper")
    if not isinstance(paper, dict):
        raise _ItemError("no object under 'paper'")
    values = item | {f"paper.{key}": value for key, value in paper.items()}
    row: dict = {"arxiv_id": _read_id(values.get("paper.id"))}
    unknown = {path: value for path, value in values.items() if path not in _KNOWN}
    for key in _KEYS:
        found = next((path for path in key.paths if values.get(path) is not None), None)
        if found is not None:
            try:
                row[key.column] = key.read(values[found])
            except _MistypedError:
                unknown[found] = values[found]
    if not (row.get("title") or "").strip():
        raise _ItemError("no title")
    row["null_keys"] = sorted(path for path, value in values.items() if value is None) or None
    row["unknown"] = unknown
    return row


def _read_id(value: Any) -> str:
    found = read_arxiv_id(value) if isinstance(value, str) else None
    if found is None:
        raise _ItemError(f"paper.id is no arXiv id: {as_text(value)[:80]}")
    return found[0]
