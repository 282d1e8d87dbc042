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

from paperhouse import snapshots
from paperhouse.duckdb_file import open_marts
from paperhouse.feeds import FEEDS
from paperhouse.load import unread_files
from paperhouse.publish import contents, published_version, wanted_version
from paperhouse.readers.report import report_version
from paperhouse.search import search_version
from paperhouse.settings import Settings, settings
from paperhouse.warehouse import WarehouseBusyError, write_lock

LOGS_KEPT = 20

# Piped into a file or another program, a path must not be cut at the width of a terminal that is not there.
console = Console(file=sys.stdout, highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 240)


def main(command: str = "run") -> int:
    """`run` reads what has landed, `daily` fetches before, `rebuild` makes the warehouse anew; returns the exit status."""
    began = time.monotonic()
    here = settings()
    console.print(f"[bold]Paperhouse[/bold]  landing folder {here.raw}  →  {here.data}")
    landed = snapshots.scan(here.raw, FEEDS)
    for path, reason in landed.strays:
        console.print(f"[yellow]warning[/yellow]  {path}: not read: {reason}")
    try:
        if command == "daily":
            return _finish(_run_job("daily", began), began)
        if command == "rebuild":
            return _rebuild(here, began)
        return _run(here, landed, began)
    except WarehouseBusyError as error:
        console.print(f"[bold red]nothing was done[/bold red]: {error}")
        return 1


def _run(here: Settings, landed: snapshots.Landing, began: float) -> int:
    if not landed.files and not here.warehouse.exists():
        console.print(f"nothing to do: no snapshot lies in {here.raw} (see raw/README.md for where they belong)")
        return 0
    with write_lock(here.warehouse, waiting=_waiting):
        todo = unread_files(here.raw, here.warehouse)
        is_published = not todo and _is_published(here)
    if is_published:
        console.print("nothing new: every snapshot is in, and the marts are published")
        _summary(here, began)
        return 0
    if todo:
        console.print(f"{len(todo)} snapshots to read, of {len(landed.files)} in the landing folder")
    else:
        console.print("no new snapshot, but rules, vocabularies or models have changed, or a run did not end: building")
    return _finish(_run_job("refresh", began), began)


def _waiting() -> None:
    console.print("another run is writing; waiting for it …")


def _finish(failed: list[str], began: float) -> int:
    if failed:
        if _marts_are_published(settings()):
            console.print("[bold red]the marts are published[/bold red], but not all that is made of them")
        else:
            console.print("[bold red]publishing was withheld[/bold red]; what was published before is untouched")
        for line in failed:
            console.print(f"  {line}")
        return 1
    if settings().marts.exists():
        _summary(settings(), began)
    return 0


def _rebuild(here: Settings, began: float) -> int:
    """Read the whole landing folder anew, and say what in the marts is not as it was."""
    before = contents(here.marts) if here.marts.exists() else None
    aside = here.warehouse.with_name(f"{here.warehouse.name}.before_rebuild")
    with write_lock(here.warehouse, waiting=_waiting):
        if here.warehouse.exists():
            here.warehouse.replace(aside)
        here.warehouse.with_name(f"{here.warehouse.name}.wal").unlink(missing_ok=True)
        failed = _run_job("refresh", began)
        if failed and aside.exists():
            aside.replace(here.warehouse)
        aside.unlink(missing_ok=True)
    if not failed and before is not None:
        after = contents(here.marts)
        changed = sorted(mart for mart in before.keys() | after.keys() if before.get(mart) != after.get(mart))
        for mart in changed:
            rows = [made[mart][0] if mart in made else 0 for made in (before, after)]
            console.print(
                f"[yellow]changed[/yellow]  {mart}: {rows[0]:,} rows before, {rows[1]:,} now, and not the same ones"
            )
        if not changed:
            console.print(f"all {len(after)} marts are what they were")
    return _finish(failed, began)


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
        console.print(f"{time.monotonic() - began:6.1f} s  {line}")

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
    table.add_row("marts", str(here.marts))
    table.add_row("parquet", str(here.parquet))
    table.add_row("report", str(here.report))
    console.print(table)
    for path, reason in rejected[:10]:
        console.print(f"[yellow]warning[/yellow]  {path}: rejected: {reason}")
    if len(rejected) > 10:
        console.print(f"[yellow]warning[/yellow]  … and {len(rejected) - 10} more, in the mart snapshots")
    console.print(f"done in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
