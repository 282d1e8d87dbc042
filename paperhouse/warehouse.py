"""The raw schema of the warehouse: who may open it, what is in it, and how a snapshot gets in.

Every write is one transaction that replaces all rows of the snapshots (or texts) it is about, so that a step that was
killed, or runs twice, leaves nothing double and nothing half.
"""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from paperhouse.extract import EXTRACTS, TEXT
from paperhouse.extract.urls import URL_SCHEMA
from paperhouse.feeds import FEEDS, PAPER_FEEDS
from paperhouse.ingest import LEDGER, SnapshotRead, ledger_frame, records_of, rejects_of
from paperhouse.records import PAPER_RECORD, REJECT, Parsed

_log = logging.getLogger(__name__)

LOCK_PATIENCE = 600
"""Seconds that a writer waits for another one: a build of a million papers takes less."""

# A text is known by its content, so that the same abstract in ten snapshots is read once.
# (What parts the two may stand in a text as JSON brings it: there it is written as two other characters.)
_PARTED = "coalesce(replace(replace({0}, chr(30), chr(30) || chr(30)), chr(31), chr(30) || '1'), '')"
TEXT_ID = f"md5({_PARTED.format('title')} || chr(31) || {_PARTED.format('abstract')})"


class WarehouseBusyError(RuntimeError):
    """Another process has held the warehouse for longer than a writer waits."""


def entries_table(feed: str) -> str:
    return f"{feed}__entries"


@contextmanager
def write_lock(
    warehouse: Path, patience: float = LOCK_PATIENCE, waiting: Callable[[], None] = lambda: None
) -> Generator[None]:
    """Hold the right to write: one at a time over all processes. Taken again within one process at no cost.

    `waiting` is called once when another process holds it. Raises WarehouseBusyError after `patience` seconds.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{warehouse}.lock", is_singleton=True, thread_local=False)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=patience)
    except Timeout as error:
        raise WarehouseBusyError(f"{warehouse} is being written by another run; waited {patience:.0f} s") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def open_warehouse(warehouse: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that may write, with every raw table there."""
    with write_lock(warehouse):
        con = _connect(warehouse)
        try:
            _ensure_tables(con)
            yield con
        finally:
            con.close()


def _connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Connect for writing; somebody who only looks (a sensor, a person with a CLI) is waited for.

    A file that a killed write has left damaged is moved out of the way: all that was in it is read anew.
    """
    last = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            return duckdb.connect(str(warehouse))
        except duckdb.Error as error:
            if is_damaged(error):
                _set_aside(warehouse)
                continue
            if not isinstance(error, duckdb.IOException) or "lock" not in str(error).lower() or time.monotonic() > last:
                raise
            time.sleep(0.2)


def is_damaged(error: duckdb.Error) -> bool:
    """True where DuckDB says that the file itself, or its write-ahead log, is broken, not that somebody else has it."""
    told = str(error).lower()
    return any(sign in told for sign in _DAMAGED)


_DAMAGED = (
    "corrupt database file",
    "could not read enough bytes",
    "not a valid duckdb database file",
    "failure while replaying wal",
)


def _set_aside(warehouse: Path) -> None:
    damaged = warehouse.with_name(f"{warehouse.name}.damaged")
    warehouse.replace(damaged)
    warehouse.with_name(f"{warehouse.name}.wal").unlink(missing_ok=True)
    _log.warning(
        "%s was damaged, as a killed write may leave it; it lies at %s, and all is read anew", warehouse, damaged
    )


def _entries_schema(record: pl.Schema) -> pl.Schema:
    text = {"text_id": pl.String} if record is PAPER_RECORD else {}
    return pl.Schema({"snapshot_id": pl.String, **record, **text})


_TABLES = {
    "snapshots": pl.Schema({**LEDGER, "parsed_at": pl.Datetime("us")}),
    "rejects": pl.Schema({"snapshot_id": pl.String, **REJECT}),
    "texts": pl.Schema({**TEXT, "rules": pl.String}),
    "built": pl.Schema({"version": pl.String}),
    "urls": pl.Schema({"raw_url": pl.String, **URL_SCHEMA, "rules": pl.String}),
    **{f"text_{name}": schema for name, schema in EXTRACTS.items()},
    **{entries_table(name): _entries_schema(feed.record) for name, feed in FEEDS.items()},
}
_READ_OF_TEXTS = {"texts", "urls", *(f"text_{name}" for name in EXTRACTS)}


def _ensure_tables(con: duckdb.DuckDBPyConnection) -> None:
    wanted, found = _wanted_columns(), _columns(con)
    changed = {name for name in wanted.keys() & found.keys() if wanted[name] != found[name]}
    missing = wanted.keys() - found.keys()
    if not changed and not missing:
        return
    with transaction(con):
        con.sql("create schema if not exists raw")
        for name in sorted(changed | missing):
            _create(con, name)
        # A warehouse of another release: what its tables held is read again, from the landing folder or from the texts.
        for group in (_READ_OF_TEXTS, wanted.keys() - _READ_OF_TEXTS):
            for name in sorted(group) if changed & group else ():
                con.sql(f"delete from raw.{name}")


def _create(con: duckdb.DuckDBPyConnection, name: str) -> None:
    with _frames(con, wanted=pl.DataFrame(schema=_TABLES[name])):
        con.sql(f"create or replace table raw.{name} as select * from wanted")


@cache
def _wanted_columns() -> dict[str, list[str]]:
    """`_columns` as they are to be."""
    with duckdb.connect() as con:
        con.sql("create schema raw")
        for name in _TABLES:
            _create(con, name)
        return _columns(con)


def _columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every raw table that is there → its columns with their types, in order."""
    query = """
        select table_name, list(column_name || ' ' || data_type order by column_index) from duckdb_columns()
        where database_name = current_database() and schema_name = 'raw' group by table_name
    """
    return dict(con.execute(query).fetchall())


def seen_snapshots(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Path → SHA-256 of each body read under it → by which parser; nothing in a warehouse without a ledger."""
    seen: dict[str, dict[str, str]] = {}
    if "snapshots" in _columns(con):
        for path, digest, parser in con.execute("select path, sha256, parser from raw.snapshots").fetchall():
            seen.setdefault(path, {})[digest] = parser
    return seen


def read_ledger(con: duckdb.DuckDBPyConnection, feed: str) -> pl.DataFrame:
    """The ledger's lines of one feed, by path: LEDGER and `parsed_at`."""
    return con.sql(
        "select * from raw.snapshots where feed = $feed order by path, snapshot_id", params={"feed": feed}
    ).pl()


def write_snapshots(con: duckdb.DuckDBPyConnection, feed: str, reads: list[SnapshotRead]) -> None:
    """Put all that was read of these snapshots into the raw tables, in place of what was there of them before."""
    if not reads:
        return
    with transaction(con):
        before = _unread_before(con, [read.file.path for read in reads])
        _delete_snapshots(con, feed, [*before, *(read.ledger["snapshot_id"] for read in reads)])
        _insert(con, feed, records_of(reads), rejects_of(reads))
        _insert_ledger(con, reads)


class _NotKeptError(Exception):
    """A snapshot that is rejected after some of it was written."""


def write_streamed(
    con: duckdb.DuckDBPyConnection,
    feed: str,
    snapshot_id: str,
    read: Callable[[Callable[[Parsed], None]], SnapshotRead],
) -> SnapshotRead:
    """Put one snapshot into the raw tables that is read in batches: `read` is given what writes one, and returns the whole.

    A paper that comes again in a later batch is a repeat. All of it is one transaction.
    """

    def write(parsed: Parsed) -> None:
        snapshot = pl.lit(snapshot_id).alias("snapshot_id")
        _insert(con, feed, parsed.records.select(snapshot, pl.all()), parsed.rejects.select(snapshot, pl.all()))

    try:
        with transaction(con):
            _delete_snapshots(con, feed, [snapshot_id])
            done = read(write)
            _delete_snapshots(con, feed, _unread_before(con, [done.file.path]))
            if done.is_rejected:
                raise _NotKeptError
            again = con.execute(
                f"""
                delete from raw.{entries_table(feed)} where snapshot_id = $id and (arxiv_id, position) not in (
                    select (arxiv_id, min(position)) from raw.{entries_table(feed)} where snapshot_id = $id group by arxiv_id
                )
                """,
                {"id": snapshot_id},
            ).fetchall()[0][0]
            done.ledger["records"] -= again
            done.ledger["repeats"] += again
            _insert_ledger(con, [done])
    except _NotKeptError:
        write_snapshots(con, feed, [done])
    return done


def _unread_before(con: duckdb.DuckDBPyConnection, paths: list[str]) -> list[str]:
    """The snapshots under these paths that stand for a body that could not be read then: nothing of it was seen."""
    query = "select snapshot_id from raw.snapshots where path in (select unnest(?)) and reason like 'cannot be read:%'"
    return [row[0] for row in con.execute(query, [paths]).fetchall()]


def _delete_snapshots(con: duckdb.DuckDBPyConnection, feed: str, ids: list[str]) -> None:
    for table in ("snapshots", "rejects", entries_table(feed)):
        con.execute(f"delete from raw.{table} where snapshot_id in (select unnest(?))", [ids])


def _insert(con: duckdb.DuckDBPyConnection, feed: str, records: pl.DataFrame, rejects: pl.DataFrame) -> None:
    """`snapshot_id` and the columns of a record, `snapshot_id` and those of a reject."""
    text = f", {TEXT_ID}" if feed in PAPER_FEEDS else ""
    with _frames(con, records=records, rejects=rejects):
        con.sql("insert into raw.rejects select * from rejects")
        con.sql(f"insert into raw.{entries_table(feed)} select *{text} from records")


def _insert_ledger(con: duckdb.DuckDBPyConnection, reads: list[SnapshotRead]) -> None:
    with _frames(con, ledger=ledger_frame(reads)):
        now = datetime.now(UTC).replace(tzinfo=None)
        con.execute("insert into raw.snapshots select *, ?::timestamp from ledger", [now])


@contextmanager
def _frames(con: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Generator[None]:
    """Frames as tables of the connection, by the names given."""
    for name, frame in frames.items():
        con.register(name, frame)
    try:
        yield
    finally:
        for name in frames:
            con.unregister(name)


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Generator[None]:
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


_TEXTS = " union all ".join(
    f"select text_id, title, abstract from raw.{entries_table(feed)} where title is not null" for feed in PAPER_FEEDS
)
_UNREAD = f"""
    select distinct text_id from ({_TEXTS})
    where text_id not in (select text_id from raw.texts where rules = $rules)
"""


def count_unread_texts(con: duckdb.DuckDBPyConnection, rules: str) -> int:
    """How many distinct texts these rules have not read yet."""
    return con.execute(f"select count(*) from ({_UNREAD})", {"rules": rules}).fetchall()[0][0]


def unread_texts(con: duckdb.DuckDBPyConnection, rules: str, most: int) -> pl.DataFrame:
    """Up to `most` distinct texts that these rules have not read yet: a frame of TEXT, sorted by id."""
    query = f"""
        with unread as ({_UNREAD} order by text_id limit {most:d})
        select text_id, any_value(title) as title, any_value(abstract) as abstract
        from ({_TEXTS}) where text_id in (from unread)
        group by text_id order by text_id
    """
    return con.sql(query, params={"rules": rules}).pl()


def write_built(con: duckdb.DuckDBPyConnection, version: str | None) -> None:
    """Remember of which input the schema `marts` was built; None while it is being built."""
    with transaction(con):
        con.sql("delete from raw.built")
        if version is not None:
            con.execute("insert into raw.built values (?)", [version])


def write_extracts(
    con: duckdb.DuckDBPyConnection, texts: pl.DataFrame, extracts: dict[str, pl.DataFrame], rules: str
) -> dict[str, int]:
    """Put what the rules read in these texts into the raw tables, in place of what was read in them before.

    Returns, of the texts that other rules had read: how many they are (`texts`), and by extract how many of their rows
    are not as they were (gone or new; a row that has changed is both, and counts once).
    """
    with _frames(con, texts=texts, **{f"found_{name}": rows for name, rows in extracts.items()}), transaction(con):
        known = "select text_id from raw.texts where text_id in (select text_id from texts)"
        changed = {"texts": con.execute(f"select count(*) from ({known})").fetchall()[0][0]}
        for name in extracts if changed["texts"] else ():
            columns = ", ".join(f'"{column}"' for column in extracts[name].columns)
            old = f"select {columns} from raw.text_{name} where text_id in ({known})"
            new = f"select {columns} from found_{name} where text_id in ({known})"
            count = "select greatest((select count(*) from (({}) except all ({}))), (select count(*) from (({}) except all ({}))))"
            changed[name] = con.execute(count.format(old, new, new, old)).fetchall()[0][0]
        con.sql("delete from raw.texts where text_id in (select text_id from texts)")
        con.execute("insert into raw.texts select *, ? from texts", [rules])
        for name in extracts:
            con.sql(f"delete from raw.text_{name} where text_id in (select text_id from texts)")
            con.sql(f"insert into raw.text_{name} by name select * from found_{name}")
    return changed


def unread_urls(con: duckdb.DuckDBPyConnection, rules: str) -> pl.DataFrame:
    """Every distinct address that a feed gives in a field and these rules have not read yet: `raw_url`."""
    union = " union all ".join(
        f"select unnest([code_url, project_url]) as raw_url from raw.{entries_table(feed)}" for feed in PAPER_FEEDS
    )
    query = f"""
        select distinct raw_url from ({union})
        where raw_url is not null and raw_url not in (select raw_url from raw.urls where rules = $rules)
        order by raw_url
    """
    return con.sql(query, params={"rules": rules}).pl()


def write_urls(con: duckdb.DuckDBPyConnection, urls: pl.DataFrame, rules: str) -> None:
    """Put the canonical form of these addresses into the raw tables."""
    with _frames(con, urls=urls), transaction(con):
        con.sql("delete from raw.urls where raw_url in (select raw_url from urls)")
        con.execute("insert into raw.urls select *, ? from urls", [rules])
