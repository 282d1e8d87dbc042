"""The landing folder: which snapshots lie there, and the bytes of one.

`<feed>/<YYYY-MM-DD>/<any name>[.gz|.zst]`, append-only: nothing here writes into it. Names that start with `.` or end in
`.part` are another writer's unfinished work; `<file name>.meta.json` beside a body tells of the request.

A name that ends in `.same.json` is a note: a JSON object with what a `.meta.json` holds and `same_as`, the path (under
the landing folder) of the body that the request brought once more. It is a snapshot with that body.
"""

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Container, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import zstandard

from paperhouse.feeds.base import Meta
from paperhouse.records import SnapshotError

META_SUFFIX = ".meta.json"
NOTE_SUFFIX = ".same.json"
BODY_LIMIT = 64 * 2**20
"""Bytes of a decompressed body that are fetched and read: the largest real ones (a page of OAI-PMH) have some 5 MB, and a bomb must not
fill the memory."""

BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)
"""What decompressing raises for what is not, or no longer, what its name says."""

_YEARS = range(1990, 2200)  # in which there may have been feeds
_FETCHED = re.compile(r"__fetched_(\d{8}T\d{6}Z)")
_LONGEST_NAME = 255 - len(META_SUFFIX)  # bytes that file systems take
_OURS = {"README.md"}  # the folder's own explanation


@dataclass(frozen=True, order=True)
class LandedFile:
    """One body in the landing folder. `path` is relative to it, with `/` between its parts."""

    feed: str
    day: date
    path: str


@dataclass(frozen=True)
class Landing:
    """What lies in the landing folder: the bodies, sorted, and every path that is none, with the reason."""

    files: tuple[LandedFile, ...]
    strays: tuple[tuple[str, str], ...]


def scan(raw: Path, feeds: Container[str]) -> Landing:
    """Look through the landing folder `raw`. A folder that is not there is empty."""
    files, strays = [], []
    for path, refused in sorted(_walk(raw)):
        relative = path.relative_to(raw)
        parts = relative.parts
        if any(part.startswith(".") for part in parts) or not _is_body(path.name):
            continue
        if len(parts) == 1 and path.name in _OURS:
            continue
        if reason := refused or _no_place(path, parts, feeds):
            strays.append((os.fsencode(relative).decode(errors="replace"), reason))
        else:
            files.append(LandedFile(parts[0], date.fromisoformat(parts[1]), relative.as_posix()))
    return Landing(tuple(sorted(files)), tuple(strays))


def _walk(raw: Path) -> Iterator[tuple[Path, str]]:
    """Every file under `raw`, and what cannot be looked into, with the reason, else ''. Links are followed, but not round in circles."""
    refused: list[OSError] = []
    for folder, folders, names in os.walk(raw, followlinks=True, onerror=refused.append):
        yield from ((Path(folder) / name, "") for name in names)
        if len(Path(folder).relative_to(raw).parts) > 2:
            yield from (
                (Path(folder) / name, "deeper than <feed>/<YYYY-MM-DD>/<name>: not looked into") for name in folders
            )
            folders.clear()
    for error in refused:
        if not (isinstance(error, FileNotFoundError) and Path(error.filename) == raw):
            yield Path(error.filename), f"cannot be read: {error.strerror}"


def _no_place(path: Path, parts: tuple[str, ...], feeds: Container[str]) -> str:
    """Why a path is no snapshot's, or ''."""
    try:
        if not path.is_file():
            return "no file: a link that leads nowhere, or a device"
        "/".join(parts).encode()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if len(parts) != 3:
        return "not at <feed>/<YYYY-MM-DD>/<name>"
    if parts[0] not in feeds:
        return f"no feed is called {parts[0]!r}"
    if (day := _day_of(parts[1])) is None:
        return f"{parts[1]!r} is no day YYYY-MM-DD"
    # one day more, as somewhere it is tomorrow
    if day > datetime.now(UTC).date() + timedelta(days=1):
        return f"the day {parts[1]} has not come yet"
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        return f"its name is longer than {_LONGEST_NAME} bytes, so that nothing can lie beside it"
    return ""


def state(raw: Path, landing: Landing) -> str:
    """A fingerprint of names, sizes and times of what lies there: cheap, to see that nothing has changed since the last look."""
    bodies = [raw / file.path for file in landing.files]
    paths = [*bodies, *(path.with_name(path.name + META_SUFFIX) for path in bodies)]
    stats = ((path, path.stat()) for path in paths if path.exists())
    text = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats) + repr(landing.strays)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_body(name: str) -> bool:
    return not name.startswith(".") and not name.endswith((".part", META_SUFFIX))


def _day_of(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name) else None
    except ValueError:
        return None


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes of a file as it lies there, compressed or not; of one that cannot be read, of nothing."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return digest.hexdigest(), file.tell()
    except OSError:  # `read_body` says why
        return hashlib.sha256().hexdigest(), 0


def meta_fingerprint(path: Path) -> str:
    """A short fingerprint of the `.meta.json` beside a body: one that comes, or is mended, later is noticed. '' for none.

    Of a note, that of the body that it names and of what lies beside that, for the same reason.
    """
    try:
        known = [path.with_name(path.name + META_SUFFIX)]
        if path.name.endswith(NOTE_SUFFIX):
            body = path.parents[2] / str(read_meta(path).get("same_as"))
            known = [body, body.with_name(body.name + META_SUFFIX)]
        return "".join("+" + fingerprint(beside)[0][:8] for beside in known if beside.exists())
    except (SnapshotError, OSError, ValueError):  # no name that a file could have
        return ""


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file could have
        return False


def snapshot_id(path: str, sha256: str) -> str:
    """The id of a snapshot: a changed body under a known path is a new snapshot, the same body elsewhere another."""
    return hashlib.sha256(f"{path}\0{sha256}".encode()).hexdigest()[:16]


def body_path(raw: Path, file: LandedFile, meta: Meta) -> Path:
    """Where the body of a snapshot lies: its own file, or for a note the one that it names.

    Raises SnapshotError where a note names none of its own feed.
    """
    if not file.path.endswith(NOTE_SUFFIX):
        return raw / file.path
    same_as = meta.get("same_as")
    parts = PurePosixPath(same_as).parts if isinstance(same_as, str) else ()
    is_body = len(parts) == 3 and parts[0] == file.feed and _day_of(parts[1]) and _is_body(parts[2])
    if not is_body or parts[2].endswith(NOTE_SUFFIX):
        raise SnapshotError(f"a note whose same_as names no body of {file.feed}: {same_as!r}")
    if not _is_there(raw.joinpath(*parts)):
        raise SnapshotError(f"a note of a body that is not there: {same_as!r}")
    return raw.joinpath(*parts)


@contextmanager
def open_body(path: Path) -> Generator[BinaryIO]:
    """A body as a stream, decompressed by its name's ending, without a limit of its size: for feeds read in batches.

    Raises SnapshotError when the file, opened or read on, is broken.
    """
    try:
        with path.open("rb") as file:
            match path.suffix:
                case ".gz":
                    with gzip.open(file) as body:
                        yield cast("BinaryIO", body)
                case ".zst":
                    yield cast("BinaryIO", _Pieces(_zstd_pieces(file)))
                case _:
                    yield file
    except BROKEN as error:
        raise SnapshotError(f"cannot be decompressed: {error}") from error
    except OSError as error:
        raise SnapshotError(f"cannot be read: {error.strerror or error}") from error


def read_body(path: Path) -> bytes:
    """A snapshot's body, decompressed by its name's ending. Raises SnapshotError when it is empty or cannot be read."""
    try:
        match path.suffix:
            case ".gz":
                with gzip.open(path) as file:
                    body = file.read(BODY_LIMIT + 1)
            case ".zst":
                with path.open("rb") as file:
                    body = _Pieces(_zstd_pieces(file)).read(BODY_LIMIT + 1)
            case _:
                with path.open("rb") as file:
                    body = file.read(BODY_LIMIT + 1)
    except BROKEN as error:
        raise SnapshotError(f"cannot be decompressed: {error}") from error
    except OSError as error:
        raise SnapshotError(f"cannot be read: {error.strerror or error}") from error
    if len(body) > BODY_LIMIT:
        raise SnapshotError(f"larger than {BODY_LIMIT} bytes when decompressed")
    if not body.strip():
        raise SnapshotError("empty: zero bytes" if not body else f"empty: {len(body)} blank bytes")
    return body


def _zstd_pieces(file: BinaryIO) -> Generator[bytes]:
    """What all frames of a zstd file hold. (The library's stream reader ends quietly where a frame is cut short.)

    In small bites: what one bite decompresses to is bounded by nothing but the format's best ratio.
    """
    frame, rest = None, b""
    while bite := rest or file.read(2**12):
        frame = frame or zstandard.ZstdDecompressor().decompressobj()
        yield frame.decompress(bite)
        rest = frame.unused_data
        if frame.eof:
            frame = None
    if frame is not None:
        raise EOFError("the last zstd frame is cut short")


class _Pieces:
    """Pieces of bytes, read as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def read(self, size: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < size and (piece := next(self._pieces, None)) is not None:
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]


def read_meta(path: Path) -> dict:
    """What is known of the request that brought the body at `path`: its `.meta.json`, or {} where there is none; a note's own.

    Raises SnapshotError when the file is there and is no JSON object.
    """
    beside = path if path.name.endswith(NOTE_SUFFIX) else path.with_name(path.name + META_SUFFIX)
    if not beside.exists():
        return {}
    try:
        meta = json.loads(beside.read_bytes())
    except OSError as error:
        raise SnapshotError(f"{beside.name}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"{beside.name}: not JSON: {error}") from error
    if not isinstance(meta, dict):
        raise SnapshotError(f"{beside.name}: no JSON object")
    return meta


def refuse_failed(meta: Meta, told: Container[int] = ()) -> None:
    """Raise SnapshotError where the request failed; `told` are HTTP statuses that tell something of the feed's things."""
    status = meta.get("status")
    if isinstance(status, int) and not 200 <= status < 300 and status not in told:
        raise SnapshotError(f"the request was answered with HTTP status {status}")


def part_of(meta: Meta) -> tuple[int | None, int | None]:
    """Which of how many parts of one fetch a body is, from 1; None where it is not said, or is no count."""
    part, parts = (meta.get(name) for name in ("part", "parts"))
    known = [n if isinstance(n, int) and not isinstance(n, bool) and 0 < n < 2**31 else None for n in (part, parts)]
    return known[0], known[1]


def observed_at(path: Path, meta: Meta) -> datetime | None:
    """When the snapshot was observed, in UTC without zone: its meta, else its name, else unknown; never the file's times.

    Raises SnapshotError when the meta's `fetched_at` is no ISO 8601 time, or of a year in which there was no web.
    """
    if (fetched := meta.get("fetched_at")) is not None:
        try:
            moment = datetime.fromisoformat(fetched)
            moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        except (TypeError, ValueError, OverflowError) as error:  # the last: in UTC it lies outside the calendar
            raise SnapshotError(f"{path.name}{META_SUFFIX}: fetched_at is no ISO 8601 time: {fetched!r}") from error
        if moment.year not in _YEARS:
            raise SnapshotError(
                f"{path.name}{META_SUFFIX}: fetched_at is of no year in which feeds were fetched: {fetched!r}"
            )
        return moment
    if match := _FETCHED.search(path.name):
        try:
            moment = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 (UTC by the format, naive by the contract)
        except ValueError:
            return None
        return moment if moment.year in _YEARS else None
    return None
