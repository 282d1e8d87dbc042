"""`make bench`: what reading abstracts costs, as ratios to a bare typed load of the same file in the same run.

Machines are noisy and differ: absolute times are not promised, ratios side by side are. The file is `PAPERHOUSE_CORPUS`
(JSON Lines with `title` and `abstract`), by default the corpus in `../shared`; without either, the page's abstracts are
repeated, and the result says so.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

from paperhouse.agreement import page_texts
from paperhouse.extract import TEXT
from paperhouse.extract.links import extract_links
from paperhouse.extract.metrics import extract_metrics
from paperhouse.extract.promises import extract_promises
from paperhouse.extract.topics import extract_topics
from paperhouse.settings import SEEDS, settings
from paperhouse.vocabulary import Vocabulary

ABSTRACTS = 20_000
ROUNDS = 3
EXTRACTORS = {
    "links": extract_links,
    "promises": extract_promises,
    "metrics": extract_metrics,
    "topics": extract_topics,
}

console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    texts, source = _texts()
    vocabulary = Vocabulary.read(SEEDS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        texts.write_ndjson(path)
        costs: dict[str, list[float]] = {"load": []} | {name: [] for name in EXTRACTORS}
        for number in range(ROUNDS):
            console.print(f"round {number + 1} of {ROUNDS}: {texts.height:,} abstracts of {source}")
            costs["load"].append(_cpu(lambda: _load(path)))
            for name, extract in EXTRACTORS.items():
                costs[name].append(_cpu(lambda extract=extract: extract(texts, vocabulary)))
    table = Table(box=None, pad_edge=False)
    for title in ("what", "× the bare load (min … max)", "abstracts per CPU second (median)"):
        table.add_column(title, justify="left" if title == "what" else "right")
    rounds = {name: [c / load for c, load in zip(costs[name], costs["load"], strict=True)] for name in EXTRACTORS}
    rounds["all of it"] = [sum(r) for r in zip(*rounds.values(), strict=True)]
    costs["all of it"] = [sum(costs[name][i] for name in EXTRACTORS) for i in range(ROUNDS)]
    for name, ratios in rounds.items():
        median = sorted(costs[name])[ROUNDS // 2]
        table.add_row(name, f"{min(ratios):.2f} … {max(ratios):.2f}", f"{texts.height / median:,.0f}")
    console.print(table)
    console.print("the bare load: create table … as select * from read_json(…, columns = {…}) of the same file")


def _texts() -> tuple[pl.DataFrame, str]:
    corpus = Path(os.environ.get("PAPERHOUSE_CORPUS", settings().shared / "corpus" / "arxiv_abstracts.jsonl.gz"))
    if corpus.exists():
        query = f"select id as text_id, title, abstract from read_json('{corpus}', format = 'newline_delimited') limit {ABSTRACTS}"
        return duckdb.sql(query).pl().cast(dict(TEXT)), corpus.name
    page = page_texts()
    repeated = pl.concat([page] * (ABSTRACTS // page.height + 1)).head(ABSTRACTS)
    numbered = repeated.with_columns(text_id=pl.int_range(pl.len()).cast(pl.String))
    return numbered, f"the sample page, repeated ({corpus} is not there)"


def _load(path: Path) -> None:
    with duckdb.connect() as con:
        columns = "{text_id: 'varchar', title: 'varchar', abstract: 'varchar'}"
        con.sql(
            f"create table texts as select * from read_json('{path}', columns = {columns}, format = 'newline_delimited')"
        )


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
