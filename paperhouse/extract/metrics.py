"""Results that a title and an abstract state with a number: the rows of the mart `metrics`.

Assembly alone: numbers (`numbers.py`), ranges and lists (`number_groups.py`), what is claimed (`claims.py`, `frames.py`),
what it was measured on and against (`metric_context.py`); here the repeats go, and evidence is cut from the text itself.
"""

import polars as pl

from ..text import char_offset
from ..vocabulary import Vocabulary
from .claims import claims
from .metric_context import with_context
from .number_groups import joined, listed
from .numbers import number_candidates

METRIC_SCHEMA = {
    "text_id": pl.String,
    "value": pl.Float64,
    "value_high": pl.Float64,
    "baseline_value": pl.Float64,
    "unit": pl.String,
    "kind": pl.String,
    "direction": pl.String,
    "factor": pl.Float64,
    "quantity": pl.String,
    "dataset": pl.String,
    "baseline": pl.String,
    "subject": pl.String,
    "evidence": pl.String,
    "evidence_in": pl.String,
    "evidence_start": pl.Int32,
    "evidence_end": pl.Int32,
    "confidence": pl.Float64,
    "rule": pl.String,
}


def _factor() -> pl.Expr:
    """New ÷ old: "53 times reduction" 1/53, "62% less" 0.38, "1.9x faster" 1.9, from-to value ÷ baseline."""
    value, shrinks = pl.col("value"), pl.col("direction") == "decrease"
    percent = pl.when(shrinks).then(1 - value / 100).otherwise(1 + value / 100)
    times = pl.when(shrinks & (value > 1)).then(1 / value).otherwise(value)
    orders = pl.lit(10.0).pow(pl.when(shrinks).then(-value).otherwise(value))
    factor = (
        pl.when(pl.col("baseline_value").is_not_null()).then(value / pl.col("baseline_value"))
        .when((pl.col("kind") == "percent_change") & pl.col("direction").is_not_null()).then(percent)
        .when(pl.col("unit") == "orders_of_magnitude").then(orders)
        .when((pl.col("unit") == "x") & pl.col("direction").is_not_null()).then(times)
    )  # fmt: skip
    return pl.when(factor.is_finite() & (factor >= 0)).then(factor).alias("factor")


def _evidence(found: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    found = found.join(texts.select("text_id", "title", "abstract"), on="text_id", how="left", maintain_order="left")
    text = pl.when(pl.col("evidence_in") == "title").then("title").otherwise("abstract")
    length = pl.col("token_end") - pl.col("token_byte")
    cut = pl.col("_text").cast(pl.Binary).bin.slice(pl.col("token_byte"), length).cast(pl.String)
    found = found.with_columns(text.alias("_text")).with_columns(cut.alias("evidence"))
    start = char_offset(pl.col("_text"), pl.col("token_byte"))
    return found.with_columns(start.alias("evidence_start")).with_columns(
        (pl.col("evidence_start") + pl.col("evidence").str.len_chars()).cast(pl.Int32).alias("evidence_end")
    )


def _once(found: pl.DataFrame) -> pl.DataFrame:
    """A number stated twice for the same thing is one metric; a title's claim counts where the abstract has no such."""
    key = ["text_id", "value", "value_high", "unit"]
    first = found.group_by(key, maintain_order=True).agg(
        pl.col("sentence_row").filter(pl.col("evidence_in") == "abstract").first().alias("_first_row"),
        pl.col("sentence_row").first().alias("_title_row"),
    )
    found = found.join(first, on=key, how="left", nulls_equal=True, maintain_order="left")
    return found.filter(pl.col("sentence_row") == pl.coalesce("_first_row", "_title_row"))


def extract_metrics(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Metrics of `texts` (`text_id`, `title`, `abstract`, both nullable) as METRIC_SCHEMA, sorted by place."""
    texts = texts.select("text_id", pl.col("title").cast(pl.String), pl.col("abstract").cast(pl.String))
    numbers = listed(joined(number_candidates(texts, vocabulary.units))).with_row_index("row")
    found = claims(numbers, vocabulary.directions, vocabulary.measures)
    found = _once(with_context(found, texts))
    found = _evidence(found, texts).with_columns(_factor())
    return found.select(pl.col(name).cast(dtype) for name, dtype in METRIC_SCHEMA.items()).sort(
        "text_id", "evidence_in", "evidence_start", "value", maintain_order=True
    )
