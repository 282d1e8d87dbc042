"""One landed file made into rows: its line of the ledger, its records, its rejects, and what the parsing checks said."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.quality import PARSING_CHECKS
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError, records_frame, rejects_frame
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
        "parser": pl.String,  # fingerprint of the code that read it
    }
)


@dataclass(frozen=True)
class SnapshotRead:
    """What became of one landed file. A rejected one has no records; its ledger line tells why."""

    file: LandedFile
    ledger: dict
    records: pl.DataFrame  # PAPER_RECORD
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
    ledger: dict = dict.fromkeys(LEDGER) | {
        "snapshot_id": snapshots.snapshot_id(file.path, sha256),
        "feed": file.feed,
        "feed_day": file.day,
        "path": file.path,
        "sha256": sha256,
        "bytes": size,
        "status": "ingested",
        "parser": parser_of(raw / file.path),
    }
    path = raw / file.path
    try:
        meta = snapshots.read_meta(path)
        ledger["observed_at"] = snapshots.observed_at(path, meta)
        parsed = FEEDS[file.feed].parse(snapshots.read_body(path), file.day)
    except SnapshotError as error:
        return _rejected(file, ledger, str(error))
    except Exception as error:  # noqa: BLE001 (a fault of an adapter is one snapshot's, not the run's)
        return _rejected(file, ledger, f"the adapter failed: {type(error).__name__}: {error}")
    findings: dict[str, str] = {}
    for check in PARSING_CHECKS:
        if found := check.violation(parsed):
            findings[check.name] = found
            if check.name == "record_schema":  # the other checks count on the columns
                return _rejected(file, ledger, f"{check.name}: {found}", findings=findings)
    blocking = [f"{c.name}: {findings[c.name]}" for c in PARSING_CHECKS if c.blocking and c.name in findings]
    if blocking:
        return _rejected(file, ledger, "; ".join(blocking), parsed, findings)
    ledger |= _counts(parsed) | {"records": parsed.records.height, "rejects": parsed.rejects.height}
    return SnapshotRead(file, ledger, parsed.records, parsed.rejects, findings)


def _counts(parsed: Parsed) -> dict:
    return {
        "items": parsed.items,
        "repeats": parsed.repeats,
        "furniture": parsed.furniture,
        "unknown_keys": list(parsed.unknown_keys),
    }


def _rejected(
    file: LandedFile, ledger: dict, reason: str, parsed: Parsed | None = None, findings: dict[str, str] | None = None
) -> SnapshotRead:
    """The whole snapshot as one reject (and each piece of it that already was one): nothing of it reaches the marts."""
    whole = rejects_frame([("snapshot", reason, "")])
    if parsed is None:
        ledger = ledger | {"items": 1, "repeats": 0, "furniture": 0, "unknown_keys": []}
    else:
        # What could be read is not used: each record becomes a reject, so that the ledger's line still balances.
        dropped = parsed.records.select(
            position=pl.format("item {}", "position"), reason=pl.lit("in a rejected snapshot"), content="title"
        )
        whole = pl.concat([parsed.rejects, dropped])
        ledger = ledger | _counts(parsed) | {"items": parsed.repeats + parsed.furniture + whole.height}
    ledger = ledger | {"status": "rejected", "reason": reason, "records": 0, "rejects": whole.height}
    return SnapshotRead(file, ledger, records_frame([]), whole, findings or {"readable": reason})


def ledger_frame(reads: list[SnapshotRead]) -> pl.DataFrame:
    """The ledger's lines as a frame of LEDGER."""
    return pl.DataFrame([read.ledger for read in reads], schema=LEDGER)


def records_of(reads: list[SnapshotRead]) -> pl.DataFrame:
    """`snapshot_id` and PAPER_RECORD of every record read."""
    return _with_id(reads, "records") if reads else pl.DataFrame(schema={"snapshot_id": pl.String, **PAPER_RECORD})


def rejects_of(reads: list[SnapshotRead]) -> pl.DataFrame:
    """`snapshot_id` and REJECT of every piece in no record."""
    return _with_id(reads, "rejects")


def _with_id(reads: list[SnapshotRead], what: str) -> pl.DataFrame:
    return pl.concat(
        getattr(read, what).select(pl.lit(read.ledger["snapshot_id"]).alias("snapshot_id"), pl.all()) for read in reads
    )
