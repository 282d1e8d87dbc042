"""From the landing folder into the raw tables, in batches: snapshots first, then what the rules read in their texts.

What was loaded before, by the same code and rules, is not loaded again, so each function can be run at any time.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from paperhouse import snapshots, warehouse
from paperhouse.extract import read_texts, rules_fingerprint
from paperhouse.extract.links import canonical_links
from paperhouse.feeds import FEEDS
from paperhouse.feeds.base import Streamed
from paperhouse.ingest import SnapshotRead, parser_of, read_snapshot, read_streamed
from paperhouse.records import Parsed
from paperhouse.snapshots import LandedFile
from paperhouse.vocabulary import Vocabulary

SNAPSHOTS_A_BATCH = 200
TEXTS_A_BATCH = 50_000  # what compiling the patterns costs is paid once a batch

Say = Callable[[str], None]


def _silent(line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Loaded:
    """What was read of a feed in this run (without its rows: they are in the warehouse), and the feed's whole ledger."""

    reads: list[SnapshotRead]
    ledger: pl.DataFrame  # LEDGER and parsed_at


def load_feed(raw: Path, path: Path, feed: str, days: Container[date] | None = None, say: Say = _silent) -> Loaded:
    """Read every snapshot of `feed` in the landing folder `raw` that the warehouse at `path` has not seen.

    `days` limits it to those feed days.
    """
    done: list[SnapshotRead] = []
    with warehouse.open_warehouse(path) as con:
        todo = [
            one
            for one in _unread(raw, warehouse.seen_snapshots(con), [feed], say)
            if days is None or one[0].day in days
        ]
        for start in range(0, len(todo), SNAPSHOTS_A_BATCH):
            batch = todo[start : start + SNAPSHOTS_A_BATCH]
            if isinstance(FEEDS[feed], Streamed):
                reads = [_load_streamed(con, raw, *one, say) for one in batch]
            else:
                reads = [read_snapshot(raw, *one) for one in batch]
                warehouse.write_snapshots(con, feed, reads)
            done += [SnapshotRead(r.file, r.ledger, r.records.clear(), r.rejects.clear(), r.findings) for r in reads]
            if len(todo) > SNAPSHOTS_A_BATCH:
                say(f"{feed}: {len(done)} of {len(todo)} snapshots read, up to {reads[-1].file.day}")
        return Loaded(done, warehouse.read_ledger(con, feed))


def _load_streamed(
    con: duckdb.DuckDBPyConnection, raw: Path, file: LandedFile, sha256: str, size: int, say: Say
) -> SnapshotRead:
    done = 0

    def read(write: Callable[[Parsed], None]) -> SnapshotRead:
        def write_and_say(parsed: Parsed) -> None:
            nonlocal done
            write(parsed)
            done += parsed.items
            say(f"{file.path}: {done} lines read")

        return read_streamed(raw, file, sha256, size, write_and_say)

    return warehouse.write_streamed(con, file.feed, snapshots.snapshot_id(file.path, sha256), read)


def _unread(
    raw: Path, seen: dict[str, dict[str, str]], feeds: Container[str] = FEEDS, say: Say = _silent
) -> list[tuple[LandedFile, str, int]]:
    """The files of these feeds that the present code has not read: each with its SHA-256 and its size."""
    todo = []
    for file in snapshots.scan(raw, feeds).files:
        digest, size = snapshots.fingerprint(raw / file.path)
        known = seen.get(file.path, {})
        if known.get(digest) != parser_of(raw / file.path):
            todo.append((file, digest, size))
            if known and digest not in known:
                say(f"{file.path}: the body under this path has changed; it is read as a new snapshot")
    return todo


def unread_files(raw: Path, path: Path) -> list[tuple[LandedFile, str, int]]:
    """What `load_feed` would read, by a look into the warehouse at `path` that needs no right to write; all files where there is none yet.
    Nor is there one where a killed write has left it damaged: the next that writes sets it aside.

    Raises duckdb.IOException while another process is writing.
    """
    seen: dict[str, dict[str, str]] = {}
    if path.exists():
        try:
            # not open any more while files are hashed: writers wait for it
            with duckdb.connect(str(path), read_only=True) as con:
                seen = warehouse.seen_snapshots(con)
        except duckdb.Error as error:
            if not warehouse.is_damaged(error):
                raise
    return _unread(raw, seen)


@dataclass(frozen=True)
class Extracted:
    """Rows read in this run by name (`texts`, `urls` and the names of `EXTRACTS`), and what new rules have changed."""

    read: dict[str, int]
    read_again: int
    """Texts that other rules had read before."""

    changed: dict[str, int]
    """Rows of those texts that are not as they were, by the names of `EXTRACTS`."""

    def news(self) -> str | None:
        """What new rules or vocabularies have changed, in words; None where no text was read again."""
        if not self.read_again:
            return None
        told = ", ".join(f"{rows} {name}" for name, rows in self.changed.items() if rows)
        return f"rules or vocabularies have changed: {self.read_again} texts read again, rows changed: {told or 'none'}"


def load_extracts(path: Path, seeds: Path, say: Say = _silent) -> Extracted:
    """Read every text and every address in the raw tables that the present rules have not read."""
    rules, vocabulary = rules_fingerprint(seeds), Vocabulary.read(seeds)
    read: dict[str, int] = {}
    changed: dict[str, int] = {}
    with warehouse.open_warehouse(path) as con:
        todo = warehouse.count_unread_texts(con, rules)
        while read.get("texts", 0) < todo:
            batch = warehouse.unread_texts(con, rules, TEXTS_A_BATCH)
            extracts = read_texts(batch, vocabulary)
            for name, rows in warehouse.write_extracts(con, batch, extracts, rules).items():
                changed[name] = changed.get(name, 0) + rows
            for name, rows in ({"texts": batch} | extracts).items():
                read[name] = read.get(name, 0) + rows.height
            if todo > TEXTS_A_BATCH:
                say(f"{read['texts']} of {todo} texts read")
        urls = warehouse.unread_urls(con, rules)
        if urls.height:
            warehouse.write_urls(con, canonical_links(urls, vocabulary), rules)
            read["urls"] = urls.height
    return Extracted(read, changed.pop("texts", 0), changed)
