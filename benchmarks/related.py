"""How the cost of `related_papers` grows: `python -m benchmarks.related` reads more and more papers of one file.

CPU seconds of the whole process for each size, in processes of their own; the last column is the cost of a paper as a multiple of that
at the first size: where it stays near one, the whole grows with the number of papers alone.
"""

import json
import resource
import subprocess
import sys

import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.cost import texts
from paperhouse.related import related_papers
from paperhouse.settings import ROOT

SHARES = (8, 4, 2, 1)


def cost(share: int) -> tuple[int, float, float]:
    """Papers (every `share`-th of the file), CPU seconds of relating them, and the process's peak in GiB."""
    papers = texts().gather_every(share).rename({"text_id": "paper_id"})
    before = _cpu()
    related_papers(papers.with_columns(pl.col("title").fill_null("")))
    return papers.height, _cpu() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    table = Table("papers", "CPU s", "peak GiB", "× a paper's cost at first", box=None, pad_edge=False)
    first = None
    for share in SHARES:
        command = [sys.executable, "-m", "benchmarks.related", str(share)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        papers, seconds, peak = json.loads(done.stdout)
        first = first or seconds / papers
        table.add_row(f"{papers:,}", f"{seconds:.1f}", f"{peak:.2f}", f"{seconds / papers / first:.2f}")
    Console().print(table)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(cost(int(sys.argv[1]))))
    else:
        main()
