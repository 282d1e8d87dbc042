"""Results that a title and an abstract state with a number: the rows of the mart `metrics`.

Assembly alone: numbers (`numbers.py`), ranges and lists (`number_groups.py`), what is claimed (`claims.py`, `frames.py`),
what it was measured on and against (`metric_context.py`); here the repeats go, and evidence is cut from the text itself.
"""

import polars as pl

from paperhouse.extract.claims import claims
from paperhouse.extract.metric_context import with_context
from paperhouse.extract.number_groups import joined, listed
from paperhouse.extract.numbers import number_candidates
from paperhouse.vocabulary import Vocabulary

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


def _evidence() -> pl.Expr:
    """Cut from the sentence as it stands in the text: from the first number of the claim to the end of the last."""
    length = pl.col("token_end") - pl.col("token_byte")
    return pl.col("raw").cast(pl.Binary).bin.slice(pl.col("token_byte"), length).cast(pl.String).alias("evidence")


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
    found = found.with_columns(_factor(), _evidence(), evidence_start="start_char", evidence_end="end_char")
    return found.select(pl.col(name).cast(dtype) for name, dtype in METRIC_SCHEMA.items()).sort(
        "text_id", "evidence_in", "evidence_start", "value", maintain_order=True
    )
