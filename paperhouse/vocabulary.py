"""The vocabularies that people review as CSV seeds of the dbt project, read as frames by the extractors.

One list, one place: dbt loads the same files into the schema `vocab` and tests them there.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Vocabulary:
    """One frame a seed, named as the seed; every column is text but those named in `_NUMBERS`; an empty cell is NULL."""

    topic_taxonomy: pl.DataFrame
    topic_phrases: pl.DataFrame
    units: pl.DataFrame
    measures: pl.DataFrame
    directions: pl.DataFrame
    common_terms: pl.DataFrame
    model_families: pl.DataFrame
    dataset_aliases: pl.DataFrame
    hosts: pl.DataFrame

    @classmethod
    def names(cls) -> list[str]:
        """The seeds' names."""
        return [f.name for f in fields(cls)]

    @classmethod
    def read(cls, seeds: Path) -> "Vocabulary":
        """Read the seeds of a dbt project's seed folder."""
        return cls(**{name: _read_seed(seeds / f"{name}.csv") for name in cls.names()})


_NUMBERS = {"weight": pl.Float64, "scale": pl.Float64}


def _read_seed(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False)
    return frame.with_columns(pl.col(name).cast(dtype) for name, dtype in _NUMBERS.items() if name in frame.columns)
