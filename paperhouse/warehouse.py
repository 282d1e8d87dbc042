"""The raw schema of the warehouse: who may open it, what is in it, and how a snapshot gets in.

Every write is one transaction that replaces all rows of the snapshots (or texts) it is about, so that a step that was
killed, or runs twice, leaves nothing double and nothing half.
"""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from paperhouse.extract import EXTRACTS, TEXT
from paperhouse.extract.urls import URL_SCHEMA
from paperhouse.ingest import LEDGER, SnapshotRead, ledger_frame, records_of, rejects_of
from paperhouse.records import PAPER_RECORD, REJECT

_log = logging.getLogger(__name__)

LOCK_PATIENCE = 600
"""Seconds that a writer waits for another one: a build of a million papers takes less."""

# A text is known by its content, so that the same abstract in ten snapshots is read once.
TEXT_ID = "md5(coalesce(title, '') || chr(31) || coalesce(abstract, ''))"


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
def open_warehouse(warehouse: Path, feeds: list[str] | None = None) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that may write, with every raw table there; `feeds` are those whose tables are wanted."""
    with write_lock(warehouse):
        con = _connect(warehouse)
        try:
            _ensure_tables(con, feeds or [])
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
        except duckdb.IOException as error:
            if is_damaged(error):
                _set_aside(warehouse)
                continue
            if "lock" not in str(error).lower() or time.monotonic() > last:
                raise
            time.sleep(0.2)


def is_damaged(error: duckdb.Error) -> bool:
    """True where DuckDB says that the file itself is broken, not that somebody else has it."""
    return "corrupt database file" in str(error).lower()


def _set_aside(warehouse: Path) -> None:
    damaged = warehouse.with_name(f"{warehouse.name}.damaged")
    warehouse.replace(damaged)
    warehouse.with_name(f"{warehouse.name}.wal").unlink(missing_ok=True)
    _log.warning(
        "%s was damaged, as a killed write may leave it; it lies at %s, and all is read anew", warehouse, damaged
    )


def _ensure_tables(con: duckdb.DuckDBPyConnection, feeds: list[str]) -> None:
    tables = {
        "snapshots": pl.Schema({**LEDGER, "parsed_at": pl.Datetime("us")}),
        "rejects": pl.Schema({"snapshot_id": pl.String, **REJECT}),
        "texts": pl.Schema({**TEXT, "rules": pl.String}),
        "built": pl.Schema({"version": pl.String}),
        "urls": pl.Schema({"raw_url": pl.String, **URL_SCHEMA, "rules": pl.String}),
        **{f"text_{name}": schema for name, schema in EXTRACTS.items()},
        **{
            entries_table(f): pl.Schema({"snapshot_id": pl.String, **PAPER_RECORD, "text_id": pl.String}) for f in feeds
        },
    }
    with transaction(con):
        con.sql("create schema if not exists raw")
        changed = set()
        for name, schema in tables.items():
            with _frames(con, wanted=pl.DataFrame(schema=schema)):
                columns = _columns(con, "select * from wanted")
                found = _columns(con, f"select * from raw.{name}") if _exists(con, name) else None
                if found != columns:
                    con.sql(f"create or replace table raw.{name} as select * from wanted")
                if found not in (None, columns):
                    changed.add(name)
        # A warehouse of another release: what its tables held is read again, from the landing folder or from the texts.
        read_of_texts = {"texts", "urls", *(f"text_{name}" for name in EXTRACTS)}
        for group in (read_of_texts, set(tables) - read_of_texts):
            for name in group if changed & group else ():
                con.sql(f"delete from raw.{name}")


def _exists(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    return (
        con.execute("select 1 from duckdb_tables() where schema_name = 'raw' and table_name = ?", [name]).fetchall()
        != []
    )


def _columns(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in con.execute(f"describe {query}").fetchall()]


def seen_snapshots(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Path → SHA-256 of each body read under it → by which parser; nothing in a warehouse without a ledger."""
    seen: dict[str, dict[str, str]] = {}
    if _exists(con, "snapshots"):
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
    entries, now = entries_table(feed), datetime.now(UTC).replace(tzinfo=None)
    with (
        _frames(con, ledger=ledger_frame(reads), records=records_of(reads), rejects=rejects_of(reads)),
        transaction(con),
    ):
        for table in ("snapshots", "rejects", entries):
            con.sql(f"delete from raw.{table} where snapshot_id in (select snapshot_id from ledger)")
        con.execute("insert into raw.snapshots select *, ?::timestamp from ledger", [now])
        con.sql("insert into raw.rejects select * from rejects")
        con.sql(f"insert into raw.{entries} select *, {TEXT_ID} from records")


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


def unread_texts(con: duckdb.DuckDBPyConnection, feeds: list[str], rules: str) -> pl.DataFrame:
    """Every distinct text of the feeds that these rules have not read yet: a frame of TEXT, sorted by id."""
    union = " union all ".join(f"select text_id, title, abstract from raw.{entries_table(feed)}" for feed in feeds)
    query = f"""
        select text_id, any_value(title) as title, any_value(abstract) as abstract from ({union})
        where text_id not in (select text_id from raw.texts where rules = $rules)
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
) -> None:
    """Put what the rules read in these texts into the raw tables, in place of what was read in them before."""
    with _frames(con, texts=texts, **{f"found_{name}": rows for name, rows in extracts.items()}), transaction(con):
        con.sql("delete from raw.texts where text_id in (select text_id from texts)")
        con.execute("insert into raw.texts select *, ? from texts", [rules])
        for name in extracts:
            con.sql(f"delete from raw.text_{name} where text_id in (select text_id from texts)")
            con.sql(f"insert into raw.text_{name} by name select * from found_{name}")


def unread_urls(con: duckdb.DuckDBPyConnection, feeds: list[str], rules: str) -> pl.DataFrame:
    """Every distinct address that a feed gives in a field and these rules have not read yet: `raw_url`."""
    union = " union all ".join(
        f"select unnest([code_url, project_url]) as raw_url from raw.{entries_table(feed)}" for feed in feeds
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
