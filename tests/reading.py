"""Sentences read as abstracts of their own papers.

A reading costs much the same for one text as for hundreds. So the first test that asks has every sentence read that some collected test
has as its parameter `text` (`tests/unit/extract/conftest.py` notes them).
"""

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from paperhouse.extract import TEXT
from paperhouse.extract.metrics import extract_metrics
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(Path(__file__).parent.parent / "dbt_project" / "seeds")
TITLE = "Zed: A Method"
COLLECTED: set[str] = set()


def metrics(abstract: str, title: str | None = TITLE) -> list[dict[str, Any]]:
    """The rows of `METRIC_SCHEMA` that such a paper has, in reading order."""
    if title == TITLE and abstract in COLLECTED:
        return _of_collected().get(abstract, [])
    return extract(abstract, title=title).to_dicts()


def extract(*abstracts: str | None, title: str | None = TITLE) -> pl.DataFrame:
    texts = {
        "text_id": [str(i) for i in range(len(abstracts))],
        "title": [title] * len(abstracts),
        "abstract": list(abstracts),
    }
    return extract_metrics(pl.DataFrame(texts, schema=dict(TEXT)), VOCABULARY)


@cache
def _of_collected() -> dict[str, list[dict[str, Any]]]:
    abstracts = sorted(COLLECTED)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in extract(*abstracts).iter_rows(named=True):
        rows.setdefault(abstracts[int(row["text_id"])], []).append(row)
    return rows
