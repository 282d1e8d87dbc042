"""Files that others read while we write: built aside, swapped in by rename; DuckDB's opened without being touched."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

STORAGE = "v1.0.0"
"""The storage format that every DuckDB from 1.1 on reads, as long as there are no keys."""


class PublishError(RuntimeError):
    """A file was not published; what was published before is untouched."""


@contextmanager
def swapped_in(target: Path) -> Generator[Path]:
    """A path to build a file at, which takes the place of `target` when the block ends, and is discarded when it fails.

    Raises PublishError when a write-ahead log lies beside `target` (DuckDB would replay it into the new file), or is left
    beside the built one.
    """
    wal = _wal(target)
    if wal.exists():
        raise PublishError(
            f"{wal} lies beside the published file: somebody has opened it for writing."
            " Close that program, check that it is not needed, delete it and run again."
        )
    aside = target.with_name(f".{target.name}.new")
    _discard(aside)
    try:
        yield aside
        if _wal(aside).exists():
            raise PublishError(f"{aside} was not written to its end: a write-ahead log is left")
    except BaseException:
        _discard(aside)
        raise
    aside.replace(target)


@contextmanager
def open_marts(marts: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """A published file, read-only, under another name than its own.

    Opened directly, a file `marts.duckdb` is a catalog `marts` with a schema `marts`, and DuckDB refuses `marts.papers` as
    ambiguous; attached as `published` it is not.
    """
    with duckdb.connect() as con:
        con.sql(f"attach '{quoted(marts)}' as published (read_only)")
        con.sql("use published")
        yield con


def quoted(value: Path | str) -> str:
    """As the inside of an SQL string."""
    return str(value).replace("'", "''")


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _discard(aside: Path) -> None:
    aside.unlink(missing_ok=True)
    _wal(aside).unlink(missing_ok=True)
