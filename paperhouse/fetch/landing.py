"""Writing into the landing folder: bodies as received, each with what is known of its request, under their final names at
the very end; a body that came before is noted, not stored again.
"""

import gzip
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from paperhouse import snapshots
from paperhouse.fetch.upstream import Answer, FetchError
from paperhouse.records import SnapshotError
from paperhouse.snapshots import META_SUFFIX, NOTE_SUFFIX

# Those that tell of the body and its age; others may name the asker.
_KEPT_HEADERS = ("content-type", "date", "etag", "last-modified", "ratelimit", "x-ratelimit-remaining")


@dataclass(frozen=True)
class Held:
    """A snapshot that lies there: what it is of (`name`, without time), and where its body is."""

    day: date
    name: str
    path: str
    body: str
    meta: Mapping[str, Any]
    observed_at: datetime | None


class Landing:
    """One feed's part of the landing folder, as a fetcher sees it."""

    def __init__(self, raw: Path, feed: str, rejected: Collection[str] = ()) -> None:
        """`rejected` are paths of snapshots that could not be read: they are as if they were not there."""
        self.raw, self.feed, self.rejected = raw, feed, rejected

    def held(self, since: date = date.min) -> list[Held]:
        """What lies there since a day, oldest first; what cannot be understood (ingest says why) is left out."""
        found = []
        for file in snapshots.scan(self.raw, [self.feed]).files:
            if file.day < since:
                continue
            path = self.raw / file.path
            try:
                meta = snapshots.read_meta(path)
                snapshots.refuse_failed(meta, {304, *range(400, 500)})
                body = snapshots.body_path(self.raw, file, meta).relative_to(self.raw).as_posix()
                held = Held(file.day, _name(path.name), file.path, body, meta, snapshots.observed_at(path, meta))
            except SnapshotError:
                continue
            if held.path not in self.rejected and held.body not in self.rejected:
                found.append(held)
        return sorted(found, key=lambda one: (one.observed_at or datetime.min, one.path))  # noqa: DTZ901 (naive by the contract)

    def write(
        self, day: date, answers: Iterable[tuple[str, Answer]], last: Mapping[str, Held], ending: str, **known: Any
    ) -> list[str]:
        """Land the answers of one fetch, by name; `last` holds the newest of each name. Returns the paths written.

        Several answers are the parts of one fetch: they get its time, and `part` and `parts`. `known` goes into the meta.
        An answer with the body of the last one of its name, or 304, becomes a note.
        """
        answers = list(answers)
        folder = self.raw / self.feed / day.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        ready: list[tuple[Path, Path]] = []
        for part, (name, answer) in enumerate(answers, start=1):
            meta = _meta(answer, answers[0][1].fetched_at, known)
            if len(answers) > 1:
                meta |= {"part": part, "parts": len(answers)}
            ready += self._prepare(folder, name, answer, last.get(name), ending, meta)
        for aside, target in ready:
            aside.replace(target)
        _sync(folder)
        return [target.relative_to(self.raw).as_posix() for _, target in ready if not target.name.endswith(META_SUFFIX)]

    def body(self, answer: Answer, last: Held | None) -> bytes:
        """The body of an answer; of "not modified" (304), the one that is held. Raises FetchError when that is broken."""
        try:
            return (
                snapshots.read_body(self.raw / last.body) if answer.status == 304 and last is not None else answer.body
            )
        except SnapshotError as error:
            raise FetchError(f"not modified, but the body that is held is broken: {error}") from error

    def _prepare(
        self, folder: Path, name: str, answer: Answer, last: Held | None, ending: str, meta: dict
    ) -> list[tuple[Path, Path]]:
        """Write aside; returns what is to be renamed, in that order: a body is never seen without its meta."""
        target = _free(folder, f"{name}__fetched_{meta['fetched_at'].replace('-', '').replace(':', '')}", ending)
        if last is not None and (answer.status == 304 or self._is_same(answer, last)):
            note = target.with_name(target.name + NOTE_SUFFIX)
            return [(_aside(note, json.dumps(meta | {"same_as": last.body}, indent=1).encode()), note)]
        beside = target.with_name(target.name + META_SUFFIX)
        body = gzip.compress(answer.body, mtime=0)
        return [(_aside(beside, json.dumps(meta, indent=1).encode()), beside), (_aside(target, body), target)]

    def _is_same(self, answer: Answer, last: Held) -> bool:
        try:
            status = last.meta.get("status", 200)
            same_status = answer.status == (200 if status == 304 else status)
            return same_status and snapshots.read_body(self.raw / last.body) == answer.body
        except SnapshotError:
            return False


def conditions(held: Held | None) -> dict[str, str]:
    """Headers that ask for a body only if it is not the one that is held (RFC 9110): then the answer is 304."""
    told = (held.meta.get("headers") if held is not None else None) or {}
    pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    return {asked: told[name] for asked, name in pairs if isinstance(told.get(name), str)}


def newest(held: Iterable[Held]) -> dict[str, Held]:
    """The last of each name, of snapshots in their order."""
    return {one.name: one for one in held}


def _name(file_name: str) -> str:
    return file_name.split("__fetched_", maxsplit=1)[0]


def _meta(answer: Answer, fetched_at: datetime, known: Mapping[str, Any]) -> dict:
    return {
        "url": answer.url,
        "status": answer.status,
        "fetched_at": fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "headers": {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers},
        **known,
    }


def _free(folder: Path, stem: str, ending: str) -> Path:
    """A name that nothing has yet: the folder is append-only."""
    for number in range(1, 1000):
        target = folder / f"{stem}{'' if number == 1 else f'_{number}'}{ending}.gz"
        if not any(target.with_name(target.name + suffix).exists() for suffix in ("", NOTE_SUFFIX, META_SUFFIX)):
            return target
    raise FileExistsError(f"{folder / stem}: a thousand fetches within one second")


def _aside(target: Path, content: bytes) -> Path:
    path = target.with_name(f".{target.name}.{os.getpid()}.part")
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def _sync(folder: Path) -> None:
    """The renames are on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
