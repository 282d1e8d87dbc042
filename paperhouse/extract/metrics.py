"""Results that a title and an abstract state with a number: the rows of the mart `metrics`.

Assembly alone: numbers (`numbers.py`), ranges and lists (`number_groups.py`), what is claimed (`claims.py`, `frames.py`),
what it was measured on and against (`metric_context.py`); here the repeats go, and evidence is cut from the text itself.
"""

import polars as pl

from paperhouse.extract.claims import claims
from paperhouse.extract.metric_context import with_context
from paperhouse.extract.number_groups import joined, listed
from paperhouse.extract.numbers import LONGEST, number_candidates
from paperhouse.text import char_offset, utf8
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


def _with_evidence(found: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """Cut from the text itself, as what was read is washed: from the first number of the claim to the end of the last."""
    start, width = pl.col("sentence_byte") + pl.col("token_byte"), pl.col("token_end") - pl.col("token_byte")
    found = found.hstack(fields.select(pl.all().gather(found["field"]))).with_columns(start=start)
    evidence = pl.col("text").cast(pl.Binary).bin.slice("start", width).cast(pl.String)
    first = char_offset(utf8(fields["text"]), found["field"], found["start"])
    return found.with_columns(evidence=evidence, evidence_start=first).with_columns(
        evidence_end=pl.col("evidence_start") + pl.col("evidence").str.len_chars()
    )


def _called_before(found: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """A level or difference that its own sentence calls nothing is the accuracy, where the sentence before speaks of that."""
    nothing = (pl.col("quantity") == "performance") & pl.col("kind").is_in(["score", "difference"])
    nothing &= pl.col("unit").is_in(["%", "points", "score"])
    nothing &= ~(pl.col("left") + pl.col("right")).str.contains("erformance")
    at = found.select(nothing.fill_null(False)).to_series().arg_true()
    rows = found.select(pl.col("field", "before_byte", "sentence_byte").gather(at))
    rows = rows.with_columns(fields.select(pl.col("text").gather(rows["field"])))
    width = pl.col("sentence_byte") - pl.col("before_byte")
    before = pl.when(width < LONGEST).then(
        pl.col("text").cast(pl.Binary).bin.slice("before_byte", width).cast(pl.String)
    )
    accuracy = rows.select(before.str.contains("(?i-u)(?:^|[ (-])accurac").fill_null(False)).to_series()
    return found.with_columns(found["quantity"].scatter(at.filter(accuracy), "accuracy"))


def _once(found: pl.DataFrame) -> pl.DataFrame:
    """A number stated twice is one metric, but a level and a change of one size are two, and so are changes of two things; a title's claim
    counts where the abstract has no such."""
    key = ["text_row", "value", "value_high", "unit", "kind"]
    # the fields of all titles come before those of all abstracts
    place = (
        pl.when("in_title").then(pl.col("sentence_row").max() + 1 + pl.col("sentence_row")).otherwise("sentence_row")
    )
    found = found.with_columns(place.alias("_place"))
    first = found.group_by(key).agg(
        pl.col("_place").min().alias("_first"), pl.col("quantity").sort_by("_place").first().alias("_named")
    )
    found = found.join(first, on=key, how="left", nulls_equal=True, maintain_order="left")
    # "reduces latency by 50%. It also reduces memory by 50%."
    # without "also" the second is most often the first in other words: "This 50% drop in runtime"
    last, also = "([^ ]+)$", "(?i-u)(?:^| )(?:also|additionally|moreover|furthermore|similarly|likewise) "
    other = pl.col("kind").is_in(["percent_change", "difference"]) & ~pl.col("in_title")
    other &= (pl.col("quantity").str.extract(last) != pl.col("_named").str.extract(last)) & ~(
        pl.concat_list("quantity", "_named").list.contains("performance")
    )
    other &= pl.col("left").str.contains(also)
    return found.filter((pl.col("_place") == pl.col("_first")) | other.fill_null(False))


def extract_metrics(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Metrics of `texts` (`text_id`, `title`, `abstract`, both nullable) as METRIC_SCHEMA, sorted by place."""
    texts = texts.select("text_id", pl.col("title").cast(pl.String), pl.col("abstract").cast(pl.String))
    fields = pl.concat(
        texts.select("text_id", evidence_in=pl.lit(name), text=pl.col(name)) for name in ("title", "abstract")
    )
    numbers = listed(joined(number_candidates(fields, vocabulary.units))).with_row_index("row")
    found = claims(numbers, vocabulary).with_columns(
        text_row=pl.col("field") % max(texts.height, 1), in_title=pl.col("field") < texts.height
    )
    found = _once(_called_before(with_context(found, texts, vocabulary), fields))
    found = _with_evidence(found, fields).with_columns(_factor())
    return found.select(pl.col(name).cast(dtype) for name, dtype in METRIC_SCHEMA.items()).sort(
        "text_id", "evidence_in", "evidence_start", "value", maintain_order=True
    )
