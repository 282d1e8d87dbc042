"""Which numbers state a result, and by which frame: the set-up goes, then the frames are tried in order, each on the
numbers that no earlier one took. What a frame found is put into the fields of a metric by `claim_fields.py`.
"""

from functools import reduce
from operator import or_

import polars as pl

from paperhouse.extract.claim_fields import with_fields
from paperhouse.extract.decimals import DECIMALS
from paperhouse.extract.frames import SERVES, Frame, cue_words, frames
from paperhouse.extract.mentions import kinds_held
from paperhouse.extract.numbers import FRACTIONS
from paperhouse.extract.patterns import HEDGE, MOVING, NUMBERED, STOP, lookup
from paperhouse.vocabulary import Vocabulary

_LISTED = ("ratio", "percent", "points", "magnitude", "count", "setup")

_HEDGES_AT_END = rf"(?i-u)(^|[ (])(?:{HEDGE})+$"
# "256 × 256", "8x A100", "4x super-resolution", "10-fold cross-validation", "three times a day"
_NO_RATIO = (
    "^(?i-u:[0-9]|x|cross|CV |per |a (?:day|week|year|month)|(?:super|up|down)-?(?:resolution|sampl|scal)|magnification"
    "|scal(?:e|ing)(?:[,.]| and |$)|zoom|SR |(?:NVIDIA |RTX |A|H|V)[0-9]{2,4}|GPU(?:s|[,.;)]|$)|NVIDIA|TPU)"
)
_REPEATED = r"(?i-u)(?:(?:up|down|sub)-?sampl(?:ed?|ing)(?: [a-z]+){0,3} by (?:an? (?:factor|rate) of )?|discount factor of |repeated|run|ran|sampled|performed|(?:observed|downloaded|viewed|cited|visited)(?: [a-z]+)?(?: [0-9.,]+[kKMB]?,? and)?|twice|mask(?:s|ed|ing)?|conducted|(?u:×)|[0-9 ]x) *$"
# "95% confidence interval", "top 10%"
_NO_PERCENT_RIGHT = "^(?i-u:confidence|CI[ :,;=]|credib|interval|significance|level of (?:confidence|significance))"
_NO_PERCENT_LEFT = "(?i-u)(?:confidence|[ (]CI|top|p ?<)[ (:=-]*$"
# Spelled-out multiples are results only beside what they multiply: "half the memory", "twice as fast".
_MULTIPLE = rf"^(?i-u:half|twice|thrice|(?:doubl|tripl|quadrupl)|halv|[a-z]+[ -](?:{FRACTIONS}))"
_MULTIPLIED = (
    "^(?i-u:as |the |its |their |that of|of the|of its|faster|slower|more|less|fewer|higher|lower|larger|smaller"
    "|(?:[a-z-]+ ){0,2}(?:throughput|speed|performance|accuracy|scores?|efficiency|perplexity|latency|memory|errors?|costs?|loss|time|usage|size|count|rate|complexity)(?:[ ,.;)]|$))"
)
# "by 30% and halves the FID": a verb beside another change
_MULTIPLIES = "^(?:doubl(?:es|ed|ing)|halv(?:es|ed|ing)|(?:tripl|quadrupl)(?:ed|ing))$"
_BESIDE_A_CHANGE = "[0-9] ?(?:%|x|times|points)?,? (?:and|while|but) (?:[a-z]+ly )?$"
_COMPARES = (
    "^(?i-u:(?:[a-z-]+ ){0,3}?(?:increase|improve|reduc|decreas|speed|accelerat|gain|boost|higher|lower|faster|slower|more|less|fewer"
    "|larger|smaller|greater|better|rise|drop|growth|sav|cut|cheaper|longer|shorter|compression|throughput|the |as ))"
)
# "by three-fold", "improved seven-fold"
_RISES = f"(?i-u)(?:^| )(?:by|to|(?:{MOVING}|grow|grew|rise|rose|drop|fell)[a-z]*)$"
# "reducing acquisition time and dose four-fold"
_MOVES = f"(?i-u)(?:^| )(?:{MOVING})[a-z]*(?: [a-z-]+){{0,4}} [a-z-]{{3,}}$"
_NAKED_FORMS = "^(?i-u:double|triple|quadruple)$"
# "triples of the graph": a noun
_PLURAL_FORMS = "^(?i-u:doubl|tripl|quadrupl)"
# "a 1.2-second response time": no set-up
_RUNNING = "response|inference|reaction|processing|computation|execution|generation|training|planning|end-to-end"
# "2-bit", "30-second": how it is built
_SHAPE = "^[0-9.,]+-[A-Za-z]"
# "Gemini 2.5 Pro", "Llama 3"
_VERSION = r"^[0-9](?:\.[0-9])?$"
_NAMED = "[A-Z][A-Za-z0-9-]* $"
_YEAR = "^(?:19[0-9]{2}|20[0-4][0-9])$"
_TAKEN = {
    "at": pl.UInt32,
    **dict.fromkeys(("cue", "what", "whatb", "rule", "says"), pl.String),
    "confidence": pl.Float64,
}


def _family() -> pl.Expr:
    """What sort of number it is; one without a unit is `bare`, `scaled` (1.5B) or part of a `name`."""
    token, left, after, family = pl.col("token"), pl.col("left"), pl.col("after"), pl.col("family")
    version = token.str.contains(_VERSION) & left.str.contains(_NAMED)
    # "wav2vec 2.0"
    version |= token.str.contains(_VERSION) & left.str.contains("(?:^| )[a-z]+2[a-z]{3,} $")
    # "91.0% on AIME 24"
    version |= token.str.contains("^2[0-9]$") & left.str.contains(f"{NUMBERED} *'?$")
    version |= left.str.contains("(?:RTX|GTX|EPYC|Ryzen|Xeon|Snapdragon|Radeon) $")  # "on RTX 3090"
    version |= left.str.contains("@[0-9.]+[:-]$")  # "0.752 mAP@.50:.95"
    item = token.str.contains("^[0-9]{1,2}$") & (after == ")") & left.str.contains("[(]$| to $")  # "to 1) finetune"
    return (
        pl.when("multiple").then(pl.lit("ratio"))
        .when(family.is_in(_LISTED)).then(family)
        .when(family.is_not_null()).then(pl.lit("physical"))
        .when((after == "-") | version | item).then(pl.lit("name"))
        .when(pl.col("scaled").is_not_null()).then(pl.lit("scaled"))
        .otherwise(pl.lit("bare"))
    )  # fmt: skip


def _set_up() -> pl.Expr:
    """True where the number describes how the work was done, not what came out."""
    right, left, token, family = pl.col("right"), pl.col("left"), pl.col("token"), pl.col("family")
    noun = (token.str.contains(_NAKED_FORMS) & ~right.str.contains("^(?:the|its|their) ")) | (
        token.str.contains(_PLURAL_FORMS) & right.str.contains("^(?:of|as) ")
    )
    # "a third time": no part of it
    ordinal = token.str.contains(f"(?i-u)^(?:a|one)[ -](?:{FRACTIONS})$") & ~right.str.contains(
        "^(?:of|the|as|its|their|that) "
    )
    does = token.str.contains(_MULTIPLIES) & left.str.contains(_BESIDE_A_CHANGE) & right.str.contains("^[A-Za-z]")
    does &= ~right.str.contains(rf"^(?:{STOP}|of|every|those|down) ")
    multiplies = (right.str.contains(_MULTIPLIED) | does) & ~noun & ~ordinal
    # "the contribution is threefold", "a two-fold approach"
    manifold = (
        token.str.contains("^[a-zA-Z]+[ -]?folds?$")
        & ~right.str.contains(_COMPARES)
        & ~pl.col("core").str.contains(_RISES)
        & ~(
            pl.col("core").str.contains(_MOVES)
            & ~pl.col("core").str.contains(f" (?:{STOP}|the)$")
            & right.str.contains("^(?:$|[,.;)]|(?:compared|relative|while|and) )")
        )
    )
    # "4.5 papers a year", but "Llama 3.1 models"
    mean = token.str.contains(DECIMALS) & pl.col("scaled").is_null() & ~left.str.contains(_NAMED)
    out_of = left.str.contains("[0-9]/$|[0-9] out of $") & token.str.contains(r"^[0-9]{1,3}(?:\.0)?$")  # "95.2/100"
    return (
        manifold
        # "10-fold stratified cross-validation"
        | (token.str.ends_with("fold") & right.str.contains("^(?:[a-z-]+ ){0,2}cross[- ]?valid"))
        | (
            (family == "ratio")
            & (
                right.str.contains(_NO_RATIO)
                | left.str.contains(_REPEATED) & ~right.str.contains("^(?:more|fewer|less|faster) ")
            )
        )
        | ((family == "percent") & (right.str.contains(_NO_PERCENT_RIGHT) | left.str.contains(_NO_PERCENT_LEFT)))
        | (
            token.str.contains(_MULTIPLE)
            & ~multiplies
            # "cuts memory in half"
            & ~pl.col("core").str.contains(
                "(?i-u)(?:^| )by$|(?:cut|reduc|decreas|shr[iau]nk|slash|lower|trim|bring|brought)[a-z]* (?:(?u:[^,;])* )?in$"
            )
        )
        # "with 40% label noise"
        | (
            (family == "percent")
            & left.str.contains("(?i-u)(?:^| )(?:with|at|under) $")
            & right.str.contains("^(?:label |feature |input )?(?:noise|sparsity|dropout|masking|missing)(?:[ ,.;)]|$)")
        )
        # "95% Hausdorff distance"
        | (token.str.contains("^95") & right.str.contains("^(?:[Hh]ausdorff|HD)(?: |$)"))
        # "95% CI 0.95-0.99": how sure it is
        | ((family == "bare") & left.str.contains("(?:CI|confidence interval)[ :,(=\\[]*$"))
        # "512*512 resolution"
        | ((family == "bare") & right.str.contains("^(?:[x×] ?)?[0-9]+ ?(?:resolution|pixels|px)"))
        # "scales pre-training to 4K resolution"
        | ((family == "scaled") & right.str.contains("^(?:resolution|video|image|UHD)"))
        # "from 2000 to 20" is a change of no year
        | ((family == "bare") & (token.str.contains(_YEAR) & (pl.col("value") >= 1900) | out_of))
        | ((pl.col("unit") == "tokens") & (pl.col("value") >= 1e9))  # "scaling to 7.7T tokens"
        | token.str.contains("^(?:1[5-9]|20)[0-9]0s$")  # "in the 1950s"
        | (
            family.is_in(["physical", "count"])
            & token.str.contains(_SHAPE)
            & ~left.str.ends_with("up to ")
            & ~right.str.contains(f"^(?:(?:{_RUNNING}) times?|(?:(?:{_RUNNING}) )?(?:latency|runtime))(?:[ ,.;)]|$)")
        )
        # "8,354 point cloud instances"
        | (
            (family == "points")
            & right.str.contains("^(?:clouds?|(?:Likert )?scales?)(?:[ ,.;)]|$)")
            & token.str.ends_with("point")
        )
        | (family == "name")
        # "2.54 h-mIoU", "half-space obstacles"
        | ((pl.col("after") == "-") & (token.str.contains(" [hsmgK]$") | token.str.contains("^(?i-u:half)$")))
        # "a data set that consists of over 500 hours"
        | (
            family.is_in(["physical", "count", "scaled"])
            & pl.col("core").str.contains(
                "(?i-u)(?:consist(?:s|ed|ing)|compos(?:ed|ing)|made up|compris(?:ed|ing))(?: of)?$"
            )
        )
        # "cross-validation (10 folds)"
        | (token.str.contains("^[0-9]+ folds?$") & left.str.contains("(?i-u)validation[ (]*$"))
        | ((family == "setup") & ~left.str.contains(f"{SERVES}|as (?:few|little) as *$") & ~mean)
    )


def prepared(numbers: pl.DataFrame) -> pl.DataFrame:
    """The candidates with `core` (left without hedges), a trimmed `right`, and a `family` for each."""
    numbers = numbers.with_columns(multiple=pl.col("unit").is_null() & pl.col("token").str.contains(_MULTIPLE))
    return numbers.with_columns(
        _family().alias("family"),
        pl.col("family").alias("unit_family"),
        pl.when("multiple").then(pl.lit("x")).otherwise("unit").alias("unit"),
        pl.col("right").str.strip_chars_start(" )'\"+").str.replace(r"^\(pp\) ", "").alias("right"),
        pl.col("left").str.replace(_HEDGES_AT_END, "$1").str.strip_chars_end(" '\"+-").alias("core"),
        # "+3.2%", "(down 3.2%)"
        pl.coalesce(
            pl.col("left").str.extract("(?:^|[ (:,~])([+-]) ?$"),
            pl.col("left").str.extract("[(](up|down)(?: by)? $").replace({"up": "+", "down": "-"}),
        ).alias("sign"),
    ).drop("pair", "na", "piece_row")


def claims(numbers: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """The numbers that state a result, with `unit`, `kind`, `direction`, `quantity`, `rule`, `confidence`."""
    apt = prepared(numbers).filter(~_set_up().fill_null(False)).with_row_index("at")
    free = pl.repeat(True, apt.height, eager=True)
    families = {f: apt["family"] == f for f in apt["family"].unique()}
    words = cue_words(vocabulary.directions, vocabulary.measures)
    decimals = apt["token"].str.contains(DECIMALS).alias("decimals")
    held = {side: kinds_held(apt[side], words).with_columns(decimals) for side in ("left", "right")}
    apt = apt.with_columns(kinds["measure_or_rate"].alias(f"measure_{side}") for side, kinds in held.items())
    taken = [pl.DataFrame(schema=_TAKEN)]
    for frame in frames(vocabulary):
        fits = reduce(or_, (families[f] for f in frame.families if f in families), ~free)
        if frame.needs:
            fits &= held["right" if frame.side == "right" else "left"][frame.needs]
        asked = (free & fits).arg_true()
        if len(asked):  # making its patterns costs more than reading some hundred numbers with them
            hits = _taken(apt, asked, frame)
            free = free.scatter(hits["at"], False)
            taken.append(hits)
    found = apt.join(pl.concat(taken), on="at", maintain_order="left")
    return with_fields(_meaning(found, vocabulary.directions), vocabulary.measures, vocabulary.model_families)


def _taken(apt: pl.DataFrame, at: pl.Series, frame: Frame) -> pl.DataFrame:
    """What the frame takes of the rows of these numbers, as _TAKEN."""
    side = apt[frame.side].gather(at)
    if frame.ending:  # the cheap question first
        ends = side.str.contains(f"(?i-u)(?:{frame.ending})$").fill_null(value=False)
        at, side = at.filter(ends), side.filter(ends)
    # the whole is a group too: where it is NULL the frame does not fit
    groups = side.str.extract_groups(f"(?i-u)(?P<_whole>{frame.pattern})").struct.unnest()
    fits = groups["_whole"].is_not_null()
    groups, at = groups.filter(fits), at.filter(fits)
    absent = [pl.lit(None, pl.String).alias(name) for name in ("cue", "what", "whatb") if name not in groups.columns]
    asks = {"at", *frame.holds.meta.root_names()} & set(apt.columns)
    rows = apt.select(pl.col(asks).gather(at)).hstack(groups.drop("_whole")).with_columns(absent)
    if frame.side == "right":  # "40% over the baseline": the small word opens no quantity
        opens = pl.col("what").str.contains(rf"^(?i-u:{STOP}|of)(?: |$)")
        rows = rows.with_columns(pl.when(~opens).then("what").alias("what"))
    given = {"rule": frame.rule, "says": frame.says, "confidence": frame.trust}
    return rows.filter(frame.holds).select(
        "at", "cue", "what", "whatb", **{name: pl.lit(v) for name, v in given.items()}
    )


def _meaning(found: pl.DataFrame, directions: pl.DataFrame) -> pl.DataFrame:
    """Adds what the cue means: `sense`, and the quantity that it implies."""
    cue = pl.col("cue").str.to_lowercase()
    return found.with_columns(
        lookup(cue, directions, "phrase", "direction").alias("sense"),
        lookup(cue, directions, "phrase", "quantity").alias("implied"),
    )
