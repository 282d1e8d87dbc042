"""Which numbers state a result, and by which frame: the set-up goes, then the frames are tried in order, each on the
numbers that no earlier one took. What a frame found is put into the fields of a metric by `claim_fields.py`.
"""

import polars as pl

from paperhouse.extract.claim_fields import with_fields
from paperhouse.extract.frames import Frame, frames
from paperhouse.extract.phrases import HEDGE, STOP, lookup

_LISTED = ("ratio", "percent", "points", "magnitude", "count", "setup")

_HEDGES_AT_END = rf"(?i-u)(^|[ (])(?:{HEDGE})+$"
# "256 × 256", "8x A100", "4x super-resolution", "10-fold cross-validation", "three times a day"
_NO_RATIO = (
    "^(?i-u:[0-9]|x|cross|CV |per |a (?:day|week|year|month)|(?:super|up|down)-?(?:resolution|sampl|scal)|magnification"
    "|zoom|SR |(?:NVIDIA |RTX |A|H|V)[0-9]{2,4}|GPU|NVIDIA|TPU)"
)
_REPEATED = r"(?i-u)(?:repeated|run|ran|sampled|performed|twice|conducted|(?u:×)|[0-9 ]x) *$"
# "95% confidence interval", "top 10%"
_NO_PERCENT_RIGHT = "^(?i-u:confidence|CI |CI:|credib|interval|significance|level of (?:confidence|significance))"
_NO_PERCENT_LEFT = "(?i-u)(?:confidence|[ (]CI|top|p ?<)[ (:=-]*$"
# Spelled-out multiples are results only beside what they multiply: "half the memory", "twice as fast".
_MULTIPLE = "^(?i-u:half|twice|thrice|(?:doubl|tripl|quadrupl)|halv|[a-z]+[ -](?:third|quarter|fifth|tenth))"
_MULTIPLIED = (
    "^(?i-u:as |the |its |their |that of|of the|of its|faster|slower|more|less|fewer|higher|lower|larger|smaller"
    "|throughput|speed)"
)
_NAKED_FORMS = "^(?i-u:double|triple|quadruple)$"
# "triples of the graph": a noun
_PLURAL_FORMS = "^(?i-u:doubl|tripl|quadrupl)"
# "2-bit", "30-second": how it is built
_SHAPE = "^[0-9.,]+-[A-Za-z]"
# "Gemini 2.5 Pro", "Llama 3"
_VERSION = r"^[0-9](?:\.[0-9])?$"
_NAMED = "[A-Z][A-Za-z0-9-]* $"
_YEAR = "^(?:19[0-9]{2}|20[0-4][0-9])$"


def _family() -> pl.Expr:
    """What sort of number it is; one without a unit is `bare`, `scaled` (1.5B) or part of a `name`."""
    token, left, after, family = pl.col("token"), pl.col("left"), pl.col("after"), pl.col("family")
    version = token.str.contains(_VERSION) & left.str.contains(_NAMED)
    item = token.str.contains("^[0-9]{1,2}$") & left.str.ends_with("(") & (after == ")")
    return (
        pl.when(_multiple()).then(pl.lit("ratio"))
        .when(family.is_in(_LISTED)).then(family)
        .when(family.is_not_null()).then(pl.lit("physical"))
        .when((after == "-") | version | item).then(pl.lit("name"))
        .when(pl.col("scaled").is_not_null()).then(pl.lit("scaled"))
        .otherwise(pl.lit("bare"))
    )  # fmt: skip


def _multiple() -> pl.Expr:
    return pl.col("unit").is_null() & pl.col("token").str.contains(_MULTIPLE)


def _set_up() -> pl.Expr:
    """True where the number describes how the work was done, not what came out."""
    right, left, token, family = pl.col("right"), pl.col("left"), pl.col("token"), pl.col("family")
    noun = token.str.contains(_NAKED_FORMS) | (token.str.contains(_PLURAL_FORMS) & right.str.contains("^(?:of|as) "))
    multiplies = right.str.contains(_MULTIPLIED) & ~noun
    out_of = left.str.contains("[0-9]/$") & token.str.contains("^(?:5|10|100)$")  # "95.2/100"
    return (
        ((family == "ratio") & (right.str.contains(_NO_RATIO) | left.str.contains(_REPEATED)))
        | ((family == "percent") & (right.str.contains(_NO_PERCENT_RIGHT) | left.str.contains(_NO_PERCENT_LEFT)))
        | (token.str.contains(_MULTIPLE) & ~multiplies & ~pl.col("core").str.contains("(?i-u)(?:^| )by$"))
        | ((family == "bare") & (token.str.contains(_YEAR) | out_of))
        | (family.is_in(["physical", "count"]) & token.str.contains(_SHAPE))
        | family.is_in(["setup", "name"])
    )


def prepared(numbers: pl.DataFrame) -> pl.DataFrame:
    """The candidates with `core` (left without hedges), a trimmed `right`, and a `family` for each."""
    return numbers.with_columns(
        _family().alias("family"),
        pl.col("family").alias("unit_family"),
        pl.when(_multiple()).then(pl.lit("x")).otherwise("unit").alias("unit"),
        pl.col("right").str.strip_chars_start(" )'\"").alias("right"),
        pl.col("left").str.replace(_HEDGES_AT_END, "$1").str.strip_chars_end(" '\"+-").alias("core"),
        pl.col("left").str.extract("(?:^|[ (:,~])([+-])$").alias("sign"),
    ).drop("left_gap", "pair", "na", "piece_row")


def claims(numbers: pl.DataFrame, directions: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The numbers that state a result, with `unit`, `kind`, `direction`, `quantity`, `rule`, `confidence`."""
    rest = prepared(numbers).filter(~_set_up().fill_null(False))
    taken = []
    for frame in frames(directions, measures):
        hits = _taken(rest, frame, directions)
        rest = rest.filter(~pl.col("row").is_in(hits["row"].implode()))
        taken.append(hits)
    return with_fields(pl.concat(taken, how="diagonal").sort("row"), measures)


def _taken(rest: pl.DataFrame, frame: Frame, directions: pl.DataFrame) -> pl.DataFrame:
    """The rows that the frame takes, with its groups and what the cue means."""
    pattern, side = f"(?i-u){frame.pattern}", pl.col(frame.side)
    # the cheap question first, and the costly one only of the rows that are left
    apt = rest.filter(pl.col("family").is_in(frame.families) & side.str.ends_with(frame.ending))
    rows = apt.filter(side.str.contains(pattern))
    if "(?P<" in pattern:
        rows = rows.with_columns(side.str.extract_groups(pattern).struct.unnest())
    absent = [name for name in ("cue", "what", "whatb") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    if frame.side == "right":  # "40% over the baseline": the small word opens no quantity
        opens = pl.col("what").str.contains(rf"^(?i-u:{STOP}|of)(?: |$)")
        rows = rows.with_columns(pl.when(~opens).then("what").alias("what"))
    cue = pl.col("cue").str.to_lowercase()
    return rows.filter(frame.holds).with_columns(
        lookup(cue, directions, "phrase", "direction").alias("sense"),
        lookup(cue, directions, "phrase", "quantity").alias("implied"),
        pl.lit(frame.rule).alias("rule"),
        pl.lit(frame.says).alias("says"),
        pl.lit(frame.trust).alias("confidence"),
    )
