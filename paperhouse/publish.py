"""Publishing: the marts as files of their own, built aside, verified, swapped in by rename.

`marts.duckdb` holds the schema `marts` alone, in the storage format v1.0.0 and without keys, so that every DuckDB from
1.1 on reads it. It is never open for writing where readers look: they see the old file or the new one, whole.
"""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import yaml

from paperhouse.duckdb_file import STORAGE, PublishError, open_marts, quoted, swapped_in
from paperhouse.extract import rules_fingerprint
from paperhouse.settings import DBT_PROJECT, SEEDS, dbt_files, release
from paperhouse.warehouse import count_unread_texts

_INFO = "publish_info"
_INFO_COLUMNS = {
    "version": "Fingerprint of everything that the marts were made of: snapshots, rules, vocabularies, models.",
    "built_at": "When this file was built (UTC).",
    "code_version": "Version of Paperhouse that built it.",
    "vocabulary_version": "Fingerprint of rules and vocabularies.",
    "newest_feed_day": "The newest feed day of which a snapshot could be read.",
    "papers": "Papers in the mart `papers`.",
}


@dataclass(frozen=True)
class Published:
    """What a publish made: rows by mart, and the version."""

    version: str
    rows: dict[str, int]


def wanted_version(con: duckdb.DuckDBPyConnection) -> str:
    """The version that the marts of this warehouse have when all that is in it is read and built by the present code.

    A fingerprint of the ledger, of rules and vocabularies, of the dbt project, and of the code that publishes.
    """
    rows = con.execute("select snapshot_id || status || parser from raw.snapshots order by all").fetchall()
    snapshots = [row[0] for row in rows]
    parts = [*snapshots, rules_fingerprint(SEEDS), *(hashlib.sha256(p.read_bytes()).hexdigest() for p in dbt_files())]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in _published_by()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _published_by() -> list[Path]:
    """The code that makes what is published: when it changes, all of it is made anew."""
    here = Path(__file__).parent
    names = ("publish.py", "duckdb_file.py", "search.py", "related.py")
    readers = [here / "readers" / name for name in ("facts.py", "charts.py", "report.py", "digest.py")]
    return sorted([*(here / name for name in names), *readers, *(here / "readers" / "templates").iterdir()])


def version_to_build(con: duckdb.DuckDBPyConnection) -> str:
    """The version of marts that are built now: the wanted one, unless texts are still unread, so that the next run goes on.

    To be taken before the build, within the same lock: what is ingested after it is not in the marts.
    """
    unread = count_unread_texts(con, rules_fingerprint(SEEDS))
    return wanted_version(con) + (f"-{unread}-unread" if unread else "")


def published_version(marts: Path, parquet: Path) -> str | None:
    """The version of the published file, or None when there is none that can be read, or the Parquet files beside it are of another."""
    if not marts.exists() or not (parquet / f"{_INFO}.parquet").exists():
        return None
    try:
        with open_marts(marts) as con:
            rows = con.execute(f"select version from marts.{_INFO}").fetchall()
            beside = con.execute("select version from read_parquet(?)", [str(parquet / f"{_INFO}.parquet")]).fetchall()
    except duckdb.Error:  # cut short, or not ours: the next publish takes its place
        return None
    return rows[0][0] if rows == beside else None


def publish(warehouse: Path, marts: Path, parquet: Path) -> Published:
    """Publish the schema `marts` of the warehouse as `marts` (a DuckDB file) and `parquet` (a folder, one file a mart).

    Raises PublishError, with the reason and nothing changed, when a file of write-ahead log lies beside the published
    file (DuckDB would replay it into the new one), or when what was built is not what the warehouse holds.
    """
    parquet_aside = parquet.with_name(f".{parquet.name}.new")
    shutil.rmtree(parquet_aside, ignore_errors=True)
    try:
        with swapped_in(marts) as aside:
            published = _build(warehouse, aside)
            _verify(aside, published)
            _write_parquet(aside, parquet_aside, published)
    except BaseException:
        shutil.rmtree(parquet_aside, ignore_errors=True)
        raise
    _swap_parquet(parquet_aside, parquet)
    return published


@cache
def contract() -> dict[str, list[tuple[str, str]]]:
    """Each mart's columns and types in their order, as its contract in the dbt project has them."""
    files = sorted((DBT_PROJECT / "models" / "marts").rglob("_*.yml"))
    models = [model for file in files for model in yaml.safe_load(file.read_text()).get("models", [])]
    return {model["name"]: [(c["name"], c["data_type"].lower()) for c in model["columns"]] for model in models}


def contents(marts: Path) -> dict[str, tuple[int, int]]:
    """Rows and a hash of them, whatever their order, of each mart of a published file; equal where their content is.

    `publish_info` is left out, and the columns that tell when we did something.
    """
    found = {}
    with open_marts(marts) as con:
        for (mart,) in con.execute(_TABLES).fetchall():
            if mart == _INFO:
                continue
            columns = [row[0] for row in con.execute(f'describe marts."{mart}"').fetchall()]
            kept = ", ".join(f'"{column}"' for column in columns if column not in ("built_at", "parsed_at"))
            rows = f'select hash(t) as h from (select {kept} from marts."{mart}") as t'
            found[mart] = con.execute(f"select count(*), coalesce(sum(h::hugeint), 0) from ({rows})").fetchall()[0]
    return found


def _build(warehouse: Path, aside: Path) -> Published:
    with duckdb.connect() as con:
        con.sql(f"attach '{quoted(warehouse)}' as warehouse (read_only)")
        con.sql(f"attach '{quoted(aside)}' as aside (storage_version '{STORAGE}')")
        con.sql("use warehouse")
        con.sql("create schema aside.marts")
        built = con.execute("select version from raw.built").fetchall()
        if not built:
            raise PublishError("the marts of this warehouse were not built to their end; run again")
        version = built[0][0]
        names = sorted(contract())
        if missing := set(names) - {r[0] for r in con.execute(_TABLES).fetchall()}:
            raise PublishError(f"the warehouse lacks the marts {', '.join(sorted(missing))}")
        for name in names:
            con.sql(f'create table aside.marts."{name}" as from marts."{name}"')
        con.execute(
            f"""
            create table aside.marts.{_INFO} as select
                ? as version, ?::timestamp as built_at, ? as code_version, ? as vocabulary_version,
                (select max(feed_day) from marts.snapshots where status = 'ingested') as newest_feed_day,
                (select count(*) from marts.papers) as papers
            """,
            [version, datetime.now(UTC).replace(tzinfo=None), release(), rules_fingerprint(SEEDS)],
        )
        for table, column, comment in con.execute(_COMMENTS).fetchall():
            what = f'table aside.marts."{table}"' if column is None else f'column aside.marts."{table}"."{column}"'
            con.sql(f"comment on {what} is '{quoted(comment)}'")
        con.sql(f"comment on table aside.marts.{_INFO} is 'One row per publish: what this file is made of.'")
        for column, comment in _INFO_COLUMNS.items():
            con.sql(f"comment on column aside.marts.{_INFO}.{column} is '{quoted(comment)}'")
        rows = {name: con.execute(f'select count(*) from marts."{name}"').fetchall()[0][0] for name in names}
    return Published(version, rows | {_INFO: 1})


_TABLES = "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'marts' order by 1"
_COMMENTS = """
    select table_name, null as column_name, comment from duckdb_tables()
    where database_name = current_database() and schema_name = 'marts' and comment is not null
    union all
    select table_name, column_name, comment from duckdb_columns()
    where database_name = current_database() and schema_name = 'marts' and comment is not null
    order by all
"""


def _verify(aside: Path, published: Published) -> None:
    """Open what was built as a reader would, and hold it against what was meant."""
    with open_marts(aside) as con:
        tables = [r[0] for r in con.execute(_TABLES).fetchall()]
        if set(tables) != set(published.rows):
            raise PublishError(f"built {sorted(tables)}, expected {sorted(published.rows)}")
        for table, columns in contract().items():
            described = [(row[0], row[1].lower()) for row in con.execute(f'describe marts."{table}"').fetchall()]
            if described != columns:
                wrong = sorted(set(described) ^ set(columns)) or "their order"
                raise PublishError(f"mart {table}: other columns or types than its contract: {wrong}")
        for table, expected in published.rows.items():
            found = con.execute(f'select count(*) from marts."{table}"').fetchall()[0][0]
            if found != expected:
                raise PublishError(f"mart {table}: {found} rows built, {expected} in the warehouse")
        if not published.rows.get("papers"):
            raise PublishError("the mart papers is empty: an empty file is no publish")
        if keys := con.execute("select table_name from duckdb_constraints()").fetchall():
            raise PublishError(f"keys or constraints in the built file: {keys}")
        storage = con.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'published'"
        ).fetchall()[0][0]
        if not storage or not storage.startswith(STORAGE):
            raise PublishError(f"storage version {storage} instead of {STORAGE}")


def _write_parquet(aside: Path, folder: Path, published: Published) -> None:
    folder.mkdir(parents=True)
    with open_marts(aside) as con:
        for table in published.rows:
            target = quoted(folder / f"{table}.parquet")
            con.sql(f"copy marts.\"{table}\" to '{target}' (format parquet, compression zstd)")


def _swap_parquet(aside: Path, folder: Path) -> None:
    """File by file, so that a reader of one mart never misses it; `publish_info` last, so that its version vouches for all."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = sorted(aside.glob("*.parquet"), key=lambda path: (path.stem == _INFO, path.name))
    for path in fresh:
        path.replace(folder / path.name)
    for path in folder.glob("*.parquet"):
        if path.name not in {p.name for p in fresh}:
            path.unlink()
    shutil.rmtree(aside)
