"""`make run`, `make daily`, `make rebuild`: a job, once, in this process, with its progress and what came of it on the terminal.

Exit status 0: sound marts were published, or nothing was new (a rejected snapshot warns and does not change that);
1: publishing was withheld, or what is made of the marts (the report) was not made, with the reason last.
"""

import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from paperhouse import snapshots
from paperhouse.duckdb_file import open_marts
from paperhouse.feeds import FEEDS
from paperhouse.load import unread_files
from paperhouse.publish import contents, published_version, wanted_version
from paperhouse.readers.report import report_version
from paperhouse.search import search_version
from paperhouse.settings import Settings, SettingsError, settings
from paperhouse.text import printable
from paperhouse.warehouse import WarehouseBusyError, write_lock

LOGS_KEPT = 20

# Piped into a file or another program, a path must not be cut at the width of a terminal that is not there.
console = Console(file=sys.stdout, highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 240)


def main(command: str = "run") -> int:
    """`run` reads what has landed, `daily` fetches before, `rebuild` makes the warehouse anew; returns the exit status."""
    began = time.monotonic()
    try:
        return _main(command, began)
    except SettingsError as error:
        _tell(str(error), "a setting is wrong", "bold red")
    except (WarehouseBusyError, OSError, duckdb.IOException) as error:
        _tell(str(error), "the run could not go on", "bold red")
    except KeyboardInterrupt:
        _tell("what was published before is untouched; the next run goes on from here", "stopped", "bold red")
    return 1


def _main(command: str, began: float) -> int:
    here = settings()
    _tell(f"landing folder {here.raw}  →  {here.data}", "Paperhouse", "bold")
    if command != "daily" and not here.raw.is_dir():  # a disk that is not mounted is no quiet day
        _tell(f"the landing folder {here.raw} is not there (PAPERHOUSE_RAW)", "nothing was done", "bold red")
        return 1
    landed = snapshots.scan(here.raw, FEEDS)
    for path, reason in landed.strays:
        _warn(f"{path}: not read: {reason}")
    if command == "daily":
        return _finish(_run_job("daily", began), began)
    if command == "rebuild":
        return _rebuild(here, began)
    return _run(here, landed, began)


def _tell(text: str, label: str = "", style: str = "") -> None:
    """A line on the terminal. What it tells may come from files: no markup, and nothing that a terminal obeys."""
    console.print(Text.assemble((label, style), "  " if label else "", printable(text)))


def _warn(text: str) -> None:
    _tell(text, "warning", "yellow")


def _run(here: Settings, landed: snapshots.Landing, began: float) -> int:
    if not landed.files and not here.warehouse.exists():
        _tell(f"nothing to do: no snapshot lies in {here.raw} (see raw/README.md for where they belong)")
        return 0
    # held until the end, so that another run that waits finds its work done
    with write_lock(here.warehouse, waiting=_waiting):
        todo = unread_files(here.raw, here.warehouse)
        if not todo and _is_published(here):
            console.print("nothing new: every snapshot is in, and the marts are published")
            _summary(here, began)
            return 0
        if todo:
            console.print(f"{len(todo)} snapshots to read, of {len(landed.files)} in the landing folder")
        else:
            console.print(
                "no new snapshot, but rules, vocabularies or models have changed, or a run did not end: building"
            )
        return _finish(_run_job("refresh", began), began)


def _waiting() -> None:
    console.print("another run is writing; waiting for it …")


def _finish(failed: list[str], began: float) -> int:
    if failed:
        _fail(failed, published=_marts_are_published(settings()))
        return 1
    if settings().marts.exists():
        _summary(settings(), began)
    return 0


def _fail(failed: list[str], *, published: bool) -> None:
    if published:
        _tell("but not all that is made of them", "the marts are published,", "bold red")
    else:
        _tell("what was published before is untouched", "publishing was withheld;", "bold red")
    for line in failed:
        _tell(f"  {line}")


def _rebuild(here: Settings, began: float) -> int:
    """Read the whole landing folder anew, and say what in the marts is not as it was."""
    try:
        before = contents(here.marts) if here.marts.exists() else None
    except duckdb.Error:  # cut short, or not ours: there is nothing to compare with
        before = None
    aside = here.warehouse.with_name(f"{here.warehouse.name}.before_rebuild")
    with write_lock(here.warehouse, waiting=_waiting):
        if here.warehouse.exists():
            here.warehouse.replace(aside)
        wal = here.warehouse.with_name(f"{here.warehouse.name}.wal")
        wal.unlink(missing_ok=True)
        failed, stamp = ["it did not come to its end"], _stamp(here.marts)
        try:
            failed = _run_job("refresh", began)
            published = _stamp(here.marts) != stamp
        finally:
            if failed and aside.exists():
                wal.unlink(missing_ok=True)
                aside.replace(here.warehouse)
            aside.unlink(missing_ok=True)
    if failed:
        _fail(failed, published=published)
        return 1
    if before is not None:
        after = contents(here.marts)
        changed = sorted(mart for mart in before.keys() | after.keys() if before.get(mart) != after.get(mart))
        for mart in changed:
            rows = [made[mart][0] if mart in made else 0 for made in (before, after)]
            _tell(f"{mart}: {rows[0]:,} rows before, {rows[1]:,} now, and not the same ones", "changed", "yellow")
        if not changed:
            console.print(f"all {len(after)} marts are what they were")
    return _finish(failed, began)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Which file lies there: another one, when it was swapped."""
    return (path.stat().st_ino, path.stat().st_mtime_ns) if path.exists() else None


def _is_published(here: Settings) -> bool:
    """Whether all that there is to publish is: the marts, the page made of them, and the index where one could be made."""
    if not _marts_are_published(here):
        return False
    version = published_version(here.marts, here.parquet)
    return report_version(here.report) == version and search_version(here.search) in (version, None)


def _marts_are_published(here: Settings) -> bool:
    published = published_version(here.marts, here.parquet)
    if published is None or not here.warehouse.exists():
        return False
    try:
        with duckdb.connect(str(here.warehouse), read_only=True) as con:
            return wanted_version(con) == published
    except duckdb.Error:  # written at this moment, or never ingested into: then it is not
        return False


def _run_job(name: str, began: float) -> list[str]:
    """Run a job; returns why it did not publish, or nothing."""

    def say(line: str) -> None:
        _tell(f"{time.monotonic() - began:6.1f} s  {line}")

    say("starting Dagster")
    log = _log_file(settings().data / "logs")
    # What Dagster and dbt say of every step goes there; the terminal gets what a person wants to read.
    with log.open("w") as file, redirect_stdout(file), redirect_stderr(file):
        # Imported late: Dagster and dbt take seconds to start, and a run with nothing new needs neither.
        from orchestration.job import run_job

        failed = run_job(name, say)
    return [*failed, f"the whole log: {log}"] if failed else []


def _log_file(folder: Path) -> Path:
    """A new file for this run's log; those of the last runs are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("run-*.log"))[:-LOGS_KEPT]:
        old.unlink(missing_ok=True)
    return folder / f"run-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.log"


def _summary(here: Settings, began: float) -> None:
    """What is in the published marts, and where."""
    with open_marts(here.marts) as con:
        counts = con.execute(
            """
            select
                (select count(*) from marts.papers), (select count(*) from marts.paper_links where in_text),
                (select count(*) from marts.metrics), (select count(*) from marts.paper_topics),
                (select count(*) from marts.rejects), (select count(*) from marts.snapshots where status = 'rejected'),
                (select version from marts.publish_info)
            """
        ).fetchall()[0]
        rejected = con.execute(
            "select path, reason from marts.snapshots where status = 'rejected' order by path"
        ).fetchall()
    names = ("papers", "links in texts", "metrics", "topics of papers", "rejects", "rejected snapshots", "version")
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in zip(names, counts, strict=True):
        table.add_row(name, f"{value:,}" if isinstance(value, int) else value)
    for name, path in (("marts", here.marts), ("parquet", here.parquet), ("report", here.report)):
        table.add_row(name, Text(str(path)))
    console.print(table)
    for path, reason in rejected[:10]:
        _warn(f"{path}: rejected: {reason}")
    if len(rejected) > 10:
        _warn(f"… and {len(rejected) - 10} more, in the mart snapshots")
    console.print(f"done in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
