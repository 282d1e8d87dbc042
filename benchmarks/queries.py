"""What a query on large marts costs: `python -m benchmarks.queries` makes a published file of millions of rows and asks it.

The rows are made up, in the columns, types and order of the contract (by day, as the marts are), over ten years; abstracts are
cut to 300 characters, which no query here reads. Each query runs on two threads, its time is the median of several once the file
is in memory, and stands beside a scan of the same table without its order (the same query on the same rows in another file,
shuffled): the ratio shows what the order brings, whatever the machine.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from paperhouse.agreement import page_texts
from paperhouse.duckdb_file import STORAGE, open_marts, quoted
from paperhouse.publish import contract

PAPERS = 3_000_000
TABLES = {"papers": 1.0, "metrics": 10 / 3, "paper_topics": 20 / 3}
"""Rows a paper."""

DAYS = 3650
THREADS = 2
REPEATS = 5
GOALS = {"window": 100, "history": 1000}
"""Milliseconds."""

_LAST_WEEKS = "dated_on >= date '2025-12-31' - 28"

QUERIES: dict[str, tuple[str, str]] = {
    "topics of four weeks": (
        "window",
        f"select topic_id, count(*) as papers from paper_topics where {_LAST_WEEKS} group by 1 order by 2 desc",
    ),
    "claims of four weeks, with their papers": (
        "window",
        f"select title, evidence, factor from metrics inner join papers using (paper_id) where metrics.{_LAST_WEEKS}"
        f" and papers.{_LAST_WEEKS} and factor < 0.5 order by factor limit 50",
    ),
    "most voted of four weeks with code, by topic": (
        "window",
        f"select topic_id, max_by(title, upvotes), max(upvotes) from papers inner join paper_topics using (paper_id)"
        f" where papers.{_LAST_WEEKS} and paper_topics.{_LAST_WEEKS} and code_status = 'released' group by 1",
    ),
    "papers by topic and week, ten years": (
        "history",
        "select date_trunc('week', dated_on) as week_on, topic_id, count(*) from paper_topics group by all",
    ),
    "papers and code by month, ten years": (
        "history",
        "select date_trunc('month', dated_on) as month_on, code_status, count(*), avg(upvotes) from papers group by all",
    ),
    "best value by dataset and quantity, ten years": (
        "history",
        "select dataset, quantity, max(value), max_by(paper_id, value) from metrics where kind = 'score' group by all"
        " order by 3 desc limit 100",
    ),
    "changes by quarter and direction, ten years": (
        "history",
        "select date_trunc('quarter', dated_on), kind, direction, count(*), median(factor) from metrics group by all",
    ),
}


def make(target: Path, papers: int, *, shuffled: bool = False) -> None:
    """Write a published file with so many papers, and metrics and topics of papers in proportion."""
    order = "hash(i)" if shuffled else "i"
    page = page_texts().select("title", "abstract")  # noqa: F841 (DuckDB finds it by name)
    tables = {
        "papers": (papers, _row(_PAPERS, "papers"), "from made left join page_rows on page_rows.n = made.i % 81"),
        "metrics": (round(papers * TABLES["metrics"]), _row(_METRICS, "metrics"), "from made"),
        "paper_topics": (round(papers * TABLES["paper_topics"]), _row(_TOPICS, "paper_topics"), "from made"),
    }
    target.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(f"set threads = {THREADS}")
        con.execute("create table page_rows as select row_number() over () - 1 as n, title, abstract from page")
        con.execute(f"attach '{quoted(target)}' as file (storage_version '{STORAGE}')")
        con.execute("create schema file.marts")
        for mart, (rows, columns, source) in tables.items():
            made = f"select i, i * {papers} // {rows} as p, cast(date '2016-01-04' + cast(i * {DAYS} // {rows} as integer) as date) as day from range({rows}) as r(i)"
            con.execute(
                f"create table file.marts.{mart} as with made as ({made}) select {columns} {source} order by {order}"
            )


def _row(known: dict[str, str], mart: str) -> str:
    return ", ".join(f"cast({known.get(name, 'null')} as {kind}) as {name}" for name, kind in contract()[mart])


_PAPER_ID = "'arxiv:' || lpad(cast(p as varchar), 10, '0')"
_PAPERS = {
    "paper_id": _PAPER_ID,
    "title": "page_rows.title || ' ' || i",
    "abstract": "left(page_rows.abstract, 300)",
    "published_on": "day",
    "dated_on": "day",
    "first_seen_on": "day",
    "last_seen_on": "day",
    "upvotes": "hash(i) % 100",
    "code_status": "[null, 'released', 'released', 'promised'][cast(1 + hash(i, 1) % 4 as bigint)]",
}
_METRICS = {
    "metric_id": "md5(cast(i as varchar))",
    "paper_id": _PAPER_ID,
    "dated_on": "day",
    "value": "hash(i) % 1000 / 10",
    "unit": "['%', 'x', 'points', 'score'][cast(1 + hash(i, 2) % 4 as bigint)]",
    "kind": "['percent_change', 'ratio', 'difference', 'score'][cast(1 + hash(i, 2) % 4 as bigint)]",
    "direction": "[null, 'increase', 'decrease'][cast(1 + hash(i, 3) % 3 as bigint)]",
    "factor": "hash(i, 4) % 400 / 100",
    "quantity": "'quantity ' || hash(i, 5) % 300",
    "dataset": "case when hash(i, 6) % 2 = 0 then 'dataset ' || hash(i, 7) % 3000 end",
    "evidence": "cast(hash(i) % 1000 / 10 as varchar) || '%'",
    "evidence_in": "'abstract'",
    "evidence_start": "hash(i, 8) % 1000",
    "evidence_end": "hash(i, 8) % 1000 + 5",
    "confidence": "0.5 + hash(i, 9) % 50 / 100",
    "rule": "'rule ' || hash(i, 10) % 40",
}
_TOPICS = {
    "paper_id": _PAPER_ID,
    "dated_on": "day",
    "topic_id": "'topic ' || cast(sqrt(hash(i) % 4225) as integer)",
    "score": "1 + hash(i, 1) % 30 / 10",
    "evidence": "'phrase ' || hash(i, 2) % 2000",
    "evidence_in": "'abstract'",
    "evidence_start": "hash(i, 3) % 1000",
    "evidence_end": "hash(i, 3) % 1000 + 9",
    "rule": "'phrases'",
}


def milliseconds(marts: Path) -> dict[str, float]:
    """The median time of each query on a file, after a first one that brought it into memory."""
    found = {}
    with open_marts(marts) as con:
        con.execute("use published.marts")
        con.execute(f"set threads = {THREADS}")
        for name, (_, query) in QUERIES.items():
            con.execute(query).fetchall()
            times = []
            for _ in range(REPEATS):
                began = time.perf_counter()
                con.execute(query).fetchall()
                times.append(1000 * (time.perf_counter() - began))
            found[name] = statistics.median(times)
    return found


def main(arguments: list[str] | None = None) -> None:
    args = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__)
    args.add_argument("--papers", type=int, default=PAPERS)
    given = args.parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)
    with tempfile.TemporaryDirectory() as folder:
        sorted_file, shuffled_file = Path(folder) / "marts.duckdb", Path(folder) / "shuffled.duckdb"
        make(sorted_file, given.papers)
        make(shuffled_file, given.papers, shuffled=True)
        size = sorted_file.stat().st_size / 2**30
        console.print(f"{given.papers:,} papers, metrics and topics in proportion, {size:.1f} GiB; {THREADS} threads")
        ours, shuffled = milliseconds(sorted_file), milliseconds(shuffled_file)
    table = Table("query", "ms", "goal", "shuffled × as long", box=None, pad_edge=False)
    for name, (kind, _) in QUERIES.items():
        table.add_row(name, f"{ours[name]:,.0f}", f"{GOALS[kind]:,}", f"{shuffled[name] / ours[name]:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
