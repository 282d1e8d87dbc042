"""One landed file made into rows: its line of the ledger, its records, its rejects, and what the parsing checks said."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.feeds.base import Streamed
from paperhouse.quality import PARSING_CHECKS, odd_lengths, too_many_odd_lengths, too_many_rejects
from paperhouse.records import CONTENT_LIMIT, Parsed, SnapshotError, records_frame, rejects_frame
from paperhouse.snapshots import LandedFile

LEDGER = pl.Schema(
    {
        "snapshot_id": pl.String,
        "feed": pl.String,
        "feed_day": pl.Date,
        "path": pl.String,
        "sha256": pl.String,
        "bytes": pl.Int64,
        "items": pl.Int64,
        "records": pl.Int64,
        "repeats": pl.Int64,
        "furniture": pl.Int64,
        "rejects": pl.Int64,
        "status": pl.String,  # ingested, rejected
        "reason": pl.String,  # why it was rejected
        "unknown_keys": pl.List(pl.String),
        "observed_at": pl.Datetime("us"),
        "part": pl.Int32,  # of one fetch, from 1
        "parts": pl.Int32,
        "same_as": pl.String,  # a note's: the path of the body that came once more
        "parser": pl.String,  # fingerprint of the code that read it
    }
)


@dataclass(frozen=True)
class SnapshotRead:
    """What became of one landed file. A rejected one has no records; its ledger line tells why."""

    file: LandedFile
    ledger: dict
    records: pl.DataFrame  # PAPER_RECORD, or REPO_RECORD
    rejects: pl.DataFrame  # REJECT
    findings: dict[str, str] = field(default_factory=dict)  # parsing check → what it found wrong

    @property
    def is_rejected(self) -> bool:
        return self.ledger["status"] == "rejected"


@cache
def parser_fingerprint() -> str:
    """A fingerprint of the code that makes rows of bytes: when it changes, every snapshot is read again."""
    here = Path(__file__).parent
    names = ("ingest", "quality", "records", "snapshots", "text")
    sources = [*sorted(here.glob("feeds/*.py")), *(here / f"{name}.py" for name in names)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def parser_of(path: Path) -> str:
    """What a body is read by and with: the code's fingerprint, and that of what is known of its request."""
    return parser_fingerprint() + snapshots.meta_fingerprint(path)


def read_snapshot(raw: Path, file: LandedFile, sha256: str, size: int) -> SnapshotRead:
    """Read one body and hold the parsing checks against it. Never raises for what the file holds."""
    ledger = _new_ledger(raw, file, sha256, size)
    try:
        body, meta, unread = _locate(raw, file, ledger)
        parsed = FEEDS[file.feed].parse(snapshots.read_body(body), file.day, meta)
    except SnapshotError as error:
        return _rejected(raw, file, ledger, str(error))
    except Exception as error:  # noqa: BLE001 (a fault of an adapter is one snapshot's, not the run's)
        return _rejected(raw, file, ledger, f"the adapter failed: {type(error).__name__}: {error}")
    findings: dict[str, str] = unread
    for check in PARSING_CHECKS:
        if found := check.violation(parsed):
            findings[check.name] = found
            if check.name == "record_schema":  # the other checks count on the columns
                return _rejected(raw, file, ledger, f"{check.name}: {found}", findings=findings)
    blocking = [f"{c.name}: {findings[c.name]}" for c in PARSING_CHECKS if c.blocking and c.name in findings]
    if blocking:
        return _rejected(raw, file, ledger, "; ".join(blocking), parsed, findings)
    ledger |= _counts(parsed) | {"records": parsed.records.height, "rejects": parsed.rejects.height}
    return SnapshotRead(file, ledger, parsed.records, parsed.rejects, findings)


def read_streamed(raw: Path, file: LandedFile, sha256: str, size: int, write: Callable[[Parsed], None]) -> SnapshotRead:
    """Read one body of a feed that is read in batches, and hand each batch that passes the checks to `write`.

    The result has no rows, only the ledger's line; where it is rejected, what was handed over is not to be kept.
    """
    ledger = _new_ledger(raw, file, sha256, size)
    counts = dict.fromkeys(("items", "records", "repeats", "furniture", "rejects"), 0)
    findings: dict[str, str] = {}
    keys: set[str] = set()
    first, odd = "", []
    try:
        path, _, findings = _locate(raw, file, ledger)
        feed = FEEDS[file.feed]
        assert isinstance(feed, Streamed)
        with snapshots.open_body(path) as body:
            for parsed in _guarded(feed.parse_batches(body, file.day)):
                odd += odd_lengths(parsed)["position"].to_list()
                for check in PARSING_CHECKS:
                    if check.name not in _OF_THE_WHOLE and (found := check.violation(parsed)):
                        findings.setdefault(check.name, found)
                        if check.blocking:
                            raise SnapshotError(f"{check.name}: {found}")
                write(parsed)
                height = {"records": parsed.records.height, "rejects": parsed.rejects.height}
                counts = {name: n + (_counts(parsed) | height)[name] for name, n in counts.items()}
                keys.update(parsed.unknown_keys)
                first = first or (parsed.rejects["reason"][0] if parsed.rejects.height else "")
        if found := too_many_rejects(counts["rejects"], counts["items"], first):
            raise SnapshotError(f"reject_rate: {found}")
        if found := too_many_odd_lengths(len(odd), counts["records"], odd[:5]):
            raise SnapshotError(f"lengths_plausible: {found}")
    except SnapshotError as error:
        return _rejected(raw, file, ledger, str(error))
    ledger |= counts | {"unknown_keys": sorted(keys)}
    return SnapshotRead(file, ledger, no_records(file.feed), rejects_frame([]), findings)


META_READABLE = "meta_readable"
"""The check that what lies beside a body could be read; where it could not, the body is read without."""

# Shares: a last batch of one bad line is not a body of bad lines.
_OF_THE_WHOLE = ("reject_rate", "lengths_plausible")


def _guarded(batches: Iterable[Parsed]) -> Iterator[Parsed]:
    """The batches; any fault of the adapter is this snapshot's. (What goes wrong in writing them is not caught here.)"""
    left = iter(batches)
    while True:
        try:
            parsed = next(left, None)
        except (SnapshotError, OSError, *snapshots.BROKEN):
            raise  # `open_body` says what is wrong with the file
        except Exception as error:
            raise SnapshotError(f"the adapter failed: {type(error).__name__}: {error}") from error
        if parsed is None:
            return
        yield parsed


def no_records(feed: str) -> pl.DataFrame:
    """No row of the feed's shape."""
    return records_frame([], FEEDS[feed].record)


def _new_ledger(raw: Path, file: LandedFile, sha256: str, size: int) -> dict:
    return dict.fromkeys(LEDGER) | {
        "snapshot_id": snapshots.snapshot_id(file.path, sha256),
        "feed": file.feed,
        "feed_day": file.day,
        "path": file.path,
        "sha256": sha256,
        "bytes": size,
        "status": "ingested",
        "parser": parser_of(raw / file.path),
    }


def _locate(raw: Path, file: LandedFile, ledger: dict) -> tuple[Path, dict, dict[str, str]]:
    """Where the body lies and what is known of its request, noted in the ledger; and what of that could not be read, as a finding.

    Raises SnapshotError.
    """
    path = raw / file.path
    is_note = file.path.endswith(snapshots.NOTE_SUFFIX)
    meta, unread = (snapshots.read_meta(path), {}) if is_note else _known_of(path)
    # "Not modified" (304) is what a note is about.
    told = {304} if file.path.endswith(snapshots.NOTE_SUFFIX) else set()
    snapshots.refuse_failed(meta, told | getattr(FEEDS[file.feed], "gone_statuses", set()))
    ledger["observed_at"] = snapshots.observed_at(path, meta)
    ledger["part"], ledger["parts"] = snapshots.part_of(meta)
    body = snapshots.body_path(raw, file, meta)
    if body != path:
        ledger["same_as"] = body.relative_to(raw).as_posix()
        # The status of the answer that had the body tells what the body is.
        told, unread = _known_of(body)
        meta = meta | {"status": told.get("status")}
    return body, meta, unread


def _known_of(body: Path) -> tuple[dict, dict[str, str]]:
    """What lies beside a body tells; where it cannot be read, nothing and a finding: it may be missing too, and the body is what it is."""
    try:
        return snapshots.read_meta(body), {}
    except SnapshotError as error:
        return {}, {META_READABLE: str(error)}


def _counts(parsed: Parsed) -> dict:
    return {
        "items": parsed.items,
        "repeats": parsed.repeats,
        "furniture": parsed.furniture,
        "unknown_keys": list(parsed.unknown_keys),
    }


def _rejected(
    raw: Path,
    file: LandedFile,
    ledger: dict,
    reason: str,
    parsed: Parsed | None = None,
    findings: dict[str, str] | None = None,
) -> SnapshotRead:
    """The whole snapshot as one reject (and each piece of it that already was one): nothing of it reaches the marts."""
    if parsed is None:
        whole = rejects_frame([("snapshot", reason, _beginning(raw / (ledger["same_as"] or file.path)))])
        ledger = ledger | {"items": 1, "repeats": 0, "furniture": 0, "unknown_keys": []}
    else:
        # What could be read is not used: each record becomes a reject, so that the ledger's line still balances.
        what = "title" if "title" in parsed.records.columns else "url"
        dropped = parsed.records.select(
            position=pl.format("item {}", "position"), reason=pl.lit("in a rejected snapshot"), content=what
        )
        whole = pl.concat([parsed.rejects, dropped])
        ledger = ledger | _counts(parsed) | {"items": parsed.repeats + parsed.furniture + whole.height}
    ledger = ledger | {"status": "rejected", "reason": reason, "records": 0, "rejects": whole.height}
    return SnapshotRead(file, ledger, no_records(file.feed), whole, findings or {"readable": reason})


def _beginning(path: Path) -> str | None:
    """How a body begins, so that a person sees what came instead of a feed; None of one that is empty or cannot be opened."""
    try:
        with snapshots.open_body(path) as body:
            start = body.read(4 * CONTENT_LIMIT)  # no character has more bytes
    except SnapshotError:
        return None
    return start.decode("utf-8", errors="replace") or None


def ledger_frame(reads: list[SnapshotRead]) -> pl.DataFrame:
    """The ledger's lines as a frame of LEDGER."""
    return pl.DataFrame([read.ledger for read in reads], schema=LEDGER)


def records_of(reads: list[SnapshotRead]) -> pl.DataFrame:
    """`snapshot_id` and the columns of every record read of one feed."""
    return _with_id(reads, "records")


def rejects_of(reads: list[SnapshotRead]) -> pl.DataFrame:
    """`snapshot_id` and REJECT of every piece in no record."""
    return _with_id(reads, "rejects")


def _with_id(reads: list[SnapshotRead], what: str) -> pl.DataFrame:
    return pl.concat(
        getattr(read, what).select(pl.lit(read.ledger["snapshot_id"]).alias("snapshot_id"), pl.all()) for read in reads
    )
