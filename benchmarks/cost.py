"""What the extractors cost beside a bare load, measured in one process: CPU seconds of all threads, and peak memory.

`python -m benchmarks.cost 50000` prints one JSON object; `in_a_process` runs that. The abstracts are drawn from the file
with a fixed seed, again and again where it holds fewer, and handed to the extractors in batches; the load reads the same
file as often as its rows were needed.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

import duckdb
import polars as pl

from paperhouse.agreement import page_texts
from paperhouse.extract import EXTRACTORS, TEXT, read_texts
from paperhouse.load import TEXTS_A_BATCH
from paperhouse.settings import SEEDS, settings
from paperhouse.text import flatten_lines
from paperhouse.vocabulary import Vocabulary

SEED = 7


@dataclass(frozen=True)
class Cost:
    """CPU seconds by name (`load`, `the first text`, each extractor, `all of it`) for so many abstracts, and the process's peak
    memory. `all of it` is `read_texts`: the four extractors, whatever blanks the texts have, evidence and offsets."""

    abstracts: int
    seconds: dict[str, float]
    peak_gib: float

    @property
    def ratio(self) -> float:
        """All extractors together, as a multiple of the load."""
        return self.seconds["all of it"] / self.seconds["load"]


def source() -> Path | None:
    """The file of abstracts, or None where there is none."""
    corpus = Path(os.environ.get("PAPERHOUSE_CORPUS", settings().shared / "corpus" / "arxiv_abstracts.jsonl.gz"))
    return corpus if corpus.exists() else None


def texts() -> pl.DataFrame:
    """The abstracts of `source()`, else of the sample page, on one line each as the marts have them: a frame of TEXT."""
    if path := source():
        query = f"select row_number() over () as text_id, title, abstract from read_json('{path}', format = 'newline_delimited')"
        read = duckdb.sql(query).pl().cast(dict(TEXT))
        return read.with_columns(flatten_lines(pl.col(name)).alias(name) for name in ("title", "abstract"))
    return page_texts()


def in_a_process(abstracts: int) -> Cost:
    """Measure in a process of its own, so that nothing else's memory counts."""
    command = [sys.executable, "-m", "benchmarks.cost", str(abstracts)]
    return Cost(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure(abstracts: int) -> Cost:
    """Load the file and read so many of its abstracts."""
    drawn_from, vocabulary = texts(), Vocabulary.read(SEEDS)
    # what a process pays once, before its first text: compiled passes are loaded
    started = cpu(lambda: [extract(drawn_from.head(1), vocabulary) for extract in EXTRACTORS.values()])
    seconds = {"load": _load(drawn_from, abstracts), "the first text": started}
    seconds |= dict.fromkeys((*EXTRACTORS, "all of it"), 0.0)
    for number, begin in enumerate(range(0, abstracts, TEXTS_A_BATCH)):
        wanted = min(TEXTS_A_BATCH, abstracts - begin)
        many = wanted > drawn_from.height or abstracts > drawn_from.height
        batch = drawn_from.sample(wanted, with_replacement=many, seed=SEED + number)
        batch = batch.with_columns(text_id=pl.int_range(begin, begin + wanted).cast(pl.String))
        for name, extract in EXTRACTORS.items():
            seconds[name] += cpu(lambda extract=extract, batch=batch: extract(batch, vocabulary))
        seconds["all of it"] += cpu(lambda batch=batch: read_texts(batch, vocabulary))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Cost(abstracts, seconds, peak)


def _load(drawn_from: pl.DataFrame, abstracts: int) -> float:
    """The bare load of as many rows, into a database file, in a process of its own, as its memory is not ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = source()
        if path is None:
            path = Path(folder) / "page.jsonl"
            drawn_from.select("title", "abstract").write_ndjson(path)
        times = ceil(abstracts / drawn_from.height)
        with duckdb.connect() as con:
            columns = con.sql(f"describe select * from read_json('{path}', format = 'newline_delimited')").fetchall()
        typed = ", ".join(f"{name}: '{type_}'" for name, type_, *_ in columns)
        query = f"create table texts as select * from read_json({[str(path)] * times}, columns = {{{typed}}}, format = 'newline_delimited')"
        code = f"import duckdb, time\ncon = duckdb.connect({str(Path(folder) / 'bare.duckdb')!r})\ncon.sql('set enable_progress_bar = false')\nbegan = time.process_time()\ncon.sql({query!r})\ncon.close()\nprint(time.process_time() - began)"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout) * abstracts / (times * drawn_from.height)


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    print(json.dumps(asdict(measure(int(sys.argv[1])))))
