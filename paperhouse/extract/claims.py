"""Which numbers state a result, of what kind, in which direction, and what they measure.

Tries the frames in order, each on the numbers that no earlier one took; what describes the set-up is left out before.
"""

import polars as pl

from .frames import ANY, DOES, NOUNS, STOP, WORD, Frame, frames
from .numbers import HEDGE, alternation, lookup

_LISTED = ("ratio", "percent", "points", "magnitude", "count", "setup")

# Hedges carry no meaning for the frames: "by up to", "to just", "an average of".
_HEDGES_AT_END = rf"(?i-u)(^|[ (])(?:{HEDGE})+$"
# "256 × 256", "8x A100", "4x super-resolution", "10-fold cross-validation", "three times a day"
_NO_RATIO = r"^(?i-u:[0-9]|x|cross|CV |per |a (?:day|week|year|month)|(?:super|up|down)-?(?:resolution|sampl|scal)|magnification|zoom|SR |(?:NVIDIA |RTX |A|H|V)[0-9]{2,4}|GPU|NVIDIA|TPU)"
_REPEATED = r"(?i-u)(?:repeated|run|ran|sampled|performed|twice|conducted|(?u:×)|[0-9 ]x) *$"
# "95% confidence interval", "at 50% sparsity", "top 10%"
_NO_PERCENT_RIGHT = r"^(?i-u:confidence|CI |CI:|credib|interval|significance|level of (?:confidence|significance))"
_NO_PERCENT_LEFT = r"(?i-u)(?:confidence|[ (]CI|top|p ?<)[ (:=-]*$"
# Spelled-out multiples are results only beside what they multiply: "half the memory", "twice as fast", "doubling the speed".
_MULTIPLE = r"^(?i-u:half|twice|thrice|(?:doubl|tripl|quadrupl)|halv|[a-z]+[ -](?:third|quarter|fifth|tenth))"
_MULTIPLE_RIGHT = r"^(?i-u:as |the |its |their |that of|of the|of its|faster|slower|more|less|fewer|higher|lower|larger|smaller|throughput|speed)"
_NAKED_FORMS = r"^(?i-u:double|triple|quadruple)$"
# "Gemini 2.5 Pro", "Llama 3"
_VERSION = r"^[0-9](?:\.[0-9])?$"
_NAMED = r"[A-Z][A-Za-z0-9-]* $"
_YEAR = r"^(?:19[0-9]{2}|20[0-4][0-9])$"
# What is beaten rather than measured: "boosts Qwen2.5-VL-7B by 8%", "improves over the baseline by 3 points"
_AUXILIARY = (
    r"(?: (?:can|could|may|will|is|was|are|were|has|have|been|be|being|further|significantly|substantially))+ *$"
)
_RIVAL = r"^(?:(?i-u:over|upon|on) |[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*$)|(?i-u:(?:baselines?|models?|methods?|approach(?:es)?|counterparts?|state-of-the-art|SOTA|systems?|LLMs)$)"
_UNIT_MEASURES = {
    "time": "time",
    "memory": "memory",
    "money": "cost",
    "energy": "energy",
    "power": "power",
    "compute": "compute",
}


def _set_up() -> pl.Expr:
    """True where the number describes how the work was done, not what came out."""
    right, left, token, family = pl.col("right"), pl.col("left"), pl.col("token"), pl.col("family")
    multiple = token.str.contains(_MULTIPLE)
    shape = token.str.contains("^[0-9.,]+-[A-Za-z]")  # "2-bit", "30-second": how it is built
    return (
        ((family == "ratio") & (right.str.contains(_NO_RATIO) | left.str.contains(_REPEATED)))
        | ((family == "percent") & (right.str.contains(_NO_PERCENT_RIGHT) | left.str.contains(_NO_PERCENT_LEFT)))
        | (multiple & (~right.str.contains(_MULTIPLE_RIGHT) | token.str.contains(_NAKED_FORMS)) & ~pl.col("core").str.contains(r"(?i-u)(?:^| )by$"))
        | ((family == "bare") & (token.str.contains(_YEAR) | (left.str.contains("[0-9]/$") & token.str.contains("^(?:5|10|100)$"))))
        | (family.is_in(["physical", "count"]) & shape)
        | (family == "setup")
    )  # fmt: skip


def prepared(numbers: pl.DataFrame) -> pl.DataFrame:
    """The candidates with `core` (left without hedges), a trimmed `right`, and a `family` for each."""
    multiple = pl.col("unit").is_null() & pl.col("token").str.contains(_MULTIPLE)
    family = (
        pl.when(multiple).then(pl.lit("ratio"))
        .when(pl.col("family").is_in(_LISTED)).then("family")
        .when(pl.col("family").is_not_null()).then(pl.lit("physical"))
        .when((pl.col("after") == "-") | (pl.col("token").str.contains(_VERSION) & pl.col("left").str.contains(_NAMED))).then(pl.lit("name"))
        .when(pl.col("token").str.contains("^[0-9]{1,2}$") & pl.col("left").str.ends_with("(") & (pl.col("after") == ")")).then(pl.lit("name"))
        .when(pl.col("scaled").is_not_null()).then(pl.lit("scaled"))
        .otherwise(pl.lit("bare"))
    )  # fmt: skip
    return numbers.with_columns(
        family.alias("family"),
        pl.col("family").alias("unit_family"),
        pl.when(multiple).then(pl.lit("x")).otherwise("unit").alias("unit"),
        pl.col("right").str.strip_chars_start(" )'\"").alias("right"),
        pl.col("left").str.replace(_HEDGES_AT_END, "$1").str.strip_chars_end(" '\"+-").alias("core"),
        pl.col("left").str.extract(r"(?:^|[ (:,~])([+-])$").alias("sign"),
    )


def claims(numbers: pl.DataFrame, directions: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The numbers that state a result, with `kind`, `direction`, `quantity`, `rule`, `confidence`."""
    rest = prepared(numbers).filter(~_set_up().fill_null(False))
    taken = []
    for frame in frames(directions, measures):
        hits, rest = _tried(rest, frame, directions)
        taken.append(hits)
    return _resolved(pl.concat(taken, how="diagonal").sort("row"), measures)


def _tried(rest: pl.DataFrame, frame: Frame, directions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that the frame takes, with its groups, and the rows that it leaves."""
    pattern, side = f"(?i-u){frame.pattern}", pl.col(frame.side)
    # the cheap question first, and the costly one only of the rows that are left
    apt = rest.filter(pl.col("family").is_in(frame.families) & side.str.ends_with(frame.ending))
    rows = apt.filter(side.str.contains(pattern))
    if "(?P<" in pattern:
        rows = rows.with_columns(side.str.extract_groups(pattern).struct.unnest())
    missing = [
        pl.lit(None, dtype=pl.String).alias(name) for name in ("cue", "what", "whatb") if name not in rows.columns
    ]
    rows = rows.with_columns(missing)
    stop_first = pl.col("what").str.contains(rf"^(?i-u:{STOP}|of)(?: |$)")
    what = pl.when(~stop_first).then("what") if frame.side == "right" else pl.col("what")
    cue = pl.col("cue").str.to_lowercase()
    rows = rows.with_columns(
        what.alias("what"),
        lookup(cue, directions, "phrase", "direction").alias("sense"),
        lookup(cue, directions, "phrase", "quantity").alias("implied"),
        pl.lit(frame.rule).alias("rule"),
        pl.lit(frame.says).alias("says"),
        pl.lit(frame.trust).alias("confidence"),
    )
    keep = pl.lit(True)
    if frame.rule == "change_compound":  # "20% of the data with a reduction": no compound across a small word
        keep = ~pl.col("what").str.contains(rf"(?:^| )(?i-u:{STOP}|of) ").fill_null(True)
    elif frame.rule == "score_measure":
        keep = ~pl.col("what").str.contains(rf"(?:^| )(?i-u:{STOP}|{DOES}) ").fill_null(True)
    elif frame.rule == "signed":
        keep = (pl.col("family") != "bare") | pl.col("token").str.contains(r"^[0-9]+\.[0-9]")
    elif frame.rule == "needs":
        memory = (pl.col("unit_family") == "memory") & pl.col("right").str.contains(
            "^(?i-u:of )?(?i-u:GPU |peak |video |of )*(?i-u:memory|VRAM|RAM)"
        )
        time = (
            (pl.col("unit_family") == "time")
            & ~pl.col("right").str.contains("^of ")
            & pl.col("core").str.contains("(?i-u)(?:^| )(?:in|within|tak(?:es?|ing)|requires?|requiring|under)$")
        )
        rate = (
            (pl.col("unit_family") == "rate")
            & ~pl.col("unit").str.contains("bit|bps")
            & pl.col("core").str.ends_with("at")
        )
        keep = memory | time | rate
    elif frame.rule == "bracketed":
        keep = pl.col("token").str.contains(r"^[0-9]+\.[0-9]")
    elif frame.rule == "achieves":
        keep = (pl.col("family") != "bare") | (
            pl.col("core").str.contains("(?i-u)scor(?:e|es|ed|ing)$")
            & pl.col("token").str.contains(r"^[0-9]+(?:\.[0-9]+)?$")
        )
    elif frame.rule == "plain":  # "… from 256 to 20 steps and 1024 to 48"
        keep = (pl.col("family") != "bare") | pl.col("baseline_value").is_not_null()
    elif frame.rule in ("times_of", "share"):
        keep = pl.col("what").is_not_null()
    elif frame.rule == "mean_count":
        keep = pl.col("token").str.contains(r"^[0-9]+\.[0-9]") & pl.col("right").str.contains("on average| per ")
    elif frame.rule == "score_on":  # a bare number on a data set is a score only where something was scored
        scored = pl.col("left").str.contains(rf"(?i-u)(?:{DOES}|results?|scores?|performance)")
        keep = scored & (
            pl.col("token").str.contains(r"[0-9]\.[0-9]") | pl.col("left").str.contains("(?i-u)scor|result|achiev")
        )
    rows = rows.filter(keep)
    return rows, rest.filter(~pl.col("row").is_in(rows["row"].implode()))


def _after_last_stop(text: pl.Expr) -> pl.Expr:
    """The last noun phrase of a stretch: what follows its last small word, verb of achieving or determiner."""
    does = DOES.replace("|scor(?:e|es|ed|ing)", "")  # "pass@1 scores" is no verb
    cut = rf"(?i-u)^{ANY}*(?:^|[ (,])(?:{STOP}|{does}|the|their|our|a|an|i\.e\.?|e\.g\.?|such|this|these|absolute|relative|significant|substantial|average|maximum|remarkable|new|impressive|additional|further|consistent)[ (]+"
    return text.str.replace(cut, "")


def _tidied(found: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Quantities as short as is clear: no number before, no determiner, no bracket left open, at most nine words."""
    past_number = r"^.*(?:^| )[0-9.]+ ?[^ ]* *(?:\([^)]*\) *)?,? *(?:(?:and|while|but) +)?"
    lead = r"^[ ,'\"]*(?:(?i-u:and|the|its|their|our|a|an|both|on average|average|overall|over|upon) +)*"
    end = r" +(?i-u:by|of|in|on|for|and|is|was|are|to|from|down|significantly|substantially|further|respectively|can|be|been|has|have)$"

    def short(text: pl.Expr) -> pl.Expr:
        text = (
            text.str.strip_chars(" ").str.replace(past_number, "").str.replace(lead, "").str.replace(r" *\([^)]*$", "")
        )
        text = text.str.replace(end, "").str.replace(end, "")
        return text.str.replace_all(" +", " ").str.strip_chars(" ,.;:'\"-")

    found = found.with_columns(short(pl.col(name)) for name in names)
    few = [(pl.col(name) != "") & (pl.col(name).str.count_matches(" ") < 9) for name in names]
    return found.with_columns(pl.when(keep).then(name).alias(name) for keep, name in zip(few, names, strict=True))


def _resolved(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    rule, family, right = pl.col("rule"), pl.col("family"), pl.col("right")
    measure = alternation(measures.filter(pl.col("unit") == "score")["phrase"])
    nearby = rf"(?i-u)^(?:absolute |relative |in |points? (?:in |on )?)?(?:the )?((?:{WORD} +){{0,2}}?(?:{measure}))(?:[ ,.;:()]|$)"
    rival = (rule == "change_verb_by") & pl.col("what").str.contains(_RIVAL)
    before_number = rule.is_in(
        ["change_noun_of", "change_passive_by", "from_to_passive", "measure_of", "measure_of_percent", "quantity_of"]
    )
    by_side = rule.is_in(["contest_by", "change_noun_of", "change_verb_by"])
    where = pl.when(rule == "out_of").then("left").str.replace("(?i-u) (?:on|in|for|with)(?: [a-z]+)? *$", "")
    found = found.with_columns(
        pl.when(rival).then(pl.lit("contest")).otherwise("says").alias("says"),
        pl.coalesce(_after_last_stop(pl.when(before_number).then("what").str.replace(_AUXILIARY, "")), "what").alias(
            "_what"
        ),
        pl.col("whatb").str.replace(rf"(?i-u) (?:{STOP}) {ANY}*$", "").alias("_whatb"),
        pl.when(by_side)
        .then(right)
        .str.extract(rf"(?i-u)^(?:on average )?(?:in|of) +(?:terms of )?{NOUNS}")
        .alias("_in"),
        right.str.extract(rf"(?i-u)^\(?in terms of {NOUNS}").alias("_terms"),
        pl.when((pl.col("says") == "contest") | rival)
        .then("what")
        .str.extract(rf"(?i-u) in (?:terms of )?({WORD}(?: {WORD}){{0,3}})$")
        .alias("_within"),
        pl.when(rule.is_in(["change_verb", "achieves"]))
        .then(right)
        .str.extract(rf"(?i-u)^(?:of )?{NOUNS}")
        .alias("_direct"),
        pl.when(family.is_in(["bare", "points"])).then(right).str.extract(nearby).alias("_measure"),
        _after_last_stop(where).alias("_where"),
    )
    found = _tidied(found, ["_what", "_whatb", "_in", "_measure", "_where", "_terms", "_within", "_direct"])
    says = pl.col("says")
    quantity = (
        pl.when(pl.col("_terms").is_not_null()).then("_terms")
        .when(says == "contest").then(pl.coalesce("_measure", "_in", "_within", pl.lit("performance")))
        .when(rule.is_in(["change_verb", "achieves"])).then(pl.when(~pl.col("_direct").str.contains(rf"^(?i-u:{STOP})(?: |$)|^[^A-Za-z]")).then("_direct"))
        .when(rule == "change_noun_of").then(pl.coalesce("_measure", "_in", pl.when(pl.col("_what").str.contains(rf"(?i-u)(?:^| )(?:{measure})$")).then("_what"), "_whatb", "_what"))
        .when(rule == "change_verb_by").then(pl.coalesce("_measure", "_what", "_in"))
        .when(rule == "out_of").then("_where")
        .when(rule == "up_to").then(pl.lit(None, dtype=pl.String))
        .otherwise(pl.coalesce("_what", pl.when(family == "points").then("_measure")))
    )  # fmt: skip
    speed = (
        (pl.col("implied") == "speed")
        & quantity.is_not_null()
        & rule.is_in(["change_noun", "change_compound", "change_noun_of"])
    )
    found = found.with_columns(
        pl.when(speed).then(quantity + " speed").otherwise(pl.coalesce(quantity, "implied")).alias("quantity")
    )
    return _directed(_carried(found), measures)


def _carried(found: pl.DataFrame) -> pl.DataFrame:
    """A number that says nothing of itself continues the one before: "… of 90.0% in toxicity on A and 49.2% on B"."""
    silent = pl.col("quantity").is_null()
    follows = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & (
        pl.col("unit").eq_missing(pl.col("unit").shift(1))
    )
    plain = pl.col("rule").is_in(["plain", "score_on"])
    found = found.with_columns((silent & follows).fill_null(False).alias("_follows"), plain.alias("_plain"))
    found = found.with_columns((~pl.col("_follows")).cum_sum().alias("_run"))
    takes = pl.col("_follows")
    first = ~takes
    return found.with_columns(
        pl.when(first).then(pl.col("quantity").fill_null("")).forward_fill().replace("", None).alias("quantity"),
        *[
            pl.when(first | ~pl.col("_plain"))
            .then(pl.col(name).fill_null(""))
            .forward_fill()
            .replace("", None)
            .alias(name)
            for name in ("says", "sense")
        ],
        pl.when(takes).then((pl.col("confidence") + 0.2).clip(0, 0.8)).otherwise("confidence").alias("confidence"),
    )


def _directed(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    family, says, rule = pl.col("family"), pl.col("says"), pl.col("rule")
    any_measure = alternation(measures["phrase"])
    phrase = pl.col("quantity").str.to_lowercase()
    last = rf"^{ANY}*(?:^|[ (-])({any_measure})(?:[ )]|s?$)"
    # of "WER score" the first word tells which way is better
    head = pl.coalesce(
        phrase.str.replace(" (?:scores?|values?|rates?|reduction)$", "").str.extract(last), phrase.str.extract(last)
    )
    found = found.with_columns(head.alias("_head"))
    lower = (lookup(pl.col("_head"), measures, "phrase", "better") == "lower").fill_null(False)
    sense = pl.col("sense")
    worded = (
        pl.when(sense == "better").then(pl.when(lower).then(pl.lit("decrease")).otherwise(pl.lit("increase")))
        .when(sense == "worse").then(pl.when(lower).then(pl.lit("increase")).otherwise(pl.lit("decrease")))
        .otherwise(sense)
    )  # fmt: skip
    from_to = pl.col("baseline_value").is_not_null()
    moved = pl.when(pl.col("value") < pl.col("baseline_value")).then(pl.lit("decrease")).otherwise(pl.lit("increase"))
    bare_change = (rule == "plain") & (family == "percent") & sense.is_null()
    # "+3.4%", "(-49.5%)": a sign says that it is a change, and which way
    signed = pl.col("sign").is_not_null() & ~from_to
    changes = (says.is_in(["change", "contest"]) & ~from_to & ~bare_change) | signed
    sign = pl.col("sign").replace_strict({"+": "increase", "-": "decrease"}, default=None, return_dtype=pl.String)
    worded = pl.when(signed & (sense.is_null() | pl.col("_follows"))).then(sign).otherwise(worded)
    kind = (
        pl.when(family.is_in(["ratio", "magnitude"])).then(pl.lit("ratio"))
        .when(changes & (family == "percent")).then(pl.lit("percent_change"))
        .when(changes | (family == "points")).then(pl.lit("difference"))
        .when((family == "percent") | ((family == "bare") & (says == "level"))).then(pl.lit("score"))
        .otherwise(pl.lit("measurement"))
    )  # fmt: skip
    default = pl.when(family.is_in(["ratio", "magnitude", "points"]) | changes).then(
        pl.when(family.is_in(["ratio"]) & (pl.col("value") < 1)).then(pl.lit("decrease")).otherwise(pl.lit("increase"))
    )
    counted = pl.coalesce(
        lookup(phrase, measures, "phrase", "unit"), lookup(pl.col("_head"), measures, "phrase", "unit"), pl.lit("score")
    )
    noun = pl.coalesce(pl.when(rule != "plain").then("what"), "quantity").str.extract("([a-z]+s)$")
    steps = (rule.is_in(["from_to_verb", "from_to_passive"]) | (pl.col("_follows") & from_to)) & noun.is_in(
        ["steps", "tokens", "samples", "parameters", "frames", "queries", "iterations", "epochs", "calls", "examples"]
    )
    unit = (
        pl.when(rule.is_in(["out_of", "mean_count"])).then(noun)
        .when(pl.col("unit").is_not_null()).then("unit")
        .when((family == "bare") & changes).then(pl.lit("points"))
        .when(steps).then(noun)
        .otherwise(counted)
    )  # fmt: skip
    kind = (
        pl.when(~unit.is_in(["score", "points", "%", "x", "orders_of_magnitude"]))
        .then(pl.when(changes).then(pl.lit("difference")).otherwise(pl.lit("measurement")))
        .otherwise(kind)
    )
    speedy = (pl.col("left") + pl.col("right")).str.contains("(?i-u)speed|accelerat|faster|slower")
    nearest = (
        pl.when(pl.col("quantity").is_null())
        .then("left")
        .str.extract(rf"(?i-u)^{ANY}*(?:^|[ (])({any_measure})[ ,.;:)]")
    )
    fallback = (
        pl.when((family == "ratio") & speedy).then(pl.lit("speedup"))
        .when(pl.col("unit") == "s/token").then(pl.lit("latency"))
        .when(family == "physical").then(pl.coalesce(pl.col("unit_family").replace_strict(_UNIT_MEASURES, default=None, return_dtype=pl.String), pl.when(pl.col("unit_family") == "rate").then(pl.lit("throughput")), nearest))
        .when(rule == "up_to").then(pl.lit("sequence length"))
        .when(changes).then(pl.lit("performance"))
        .otherwise(pl.coalesce(nearest, pl.lit("performance")))
    )  # fmt: skip
    level = (
        ~changes & ~family.is_in(["ratio", "magnitude", "points"]) & ~rule.is_in(["from_to_verb", "from_to_passive"])
    )
    direction = pl.when(from_to).then(moved).when(level).then(None).otherwise(pl.coalesce(worded, default))
    return found.filter(_stands()).with_columns(
        kind.alias("kind"),
        direction.alias("direction"),
        unit.alias("unit"),
        _confidence().alias("confidence"),
        pl.coalesce("quantity", fallback).alias("quantity"),
    )


def _confidence() -> pl.Expr:
    """The frame's own trust; less for a number without a unit, and where nothing says what was measured."""
    bare, silent = pl.col("family") == "bare", pl.col("quantity").is_null()
    trust = pl.col("confidence") - pl.when(silent).then(0.1).otherwise(0.0) - pl.when(bare).then(0.05).otherwise(0.0)
    return trust.clip(0.0, 1.0).round(2)


def _stands() -> pl.Expr:
    """A number without a unit is a result only beside a measure: "256 to 20", "Gemini 2.5 Pro" are not."""
    bare, rule = pl.col("family").is_in(["bare", "scaled"]), pl.col("rule")
    decimals = pl.col("token").str.contains(r"[0-9]\.[0-9]")
    exempt = rule.is_in(
        [
            "capacity_of",
            "capacity",
            "out_of",
            "mean_count",
            "score_on",
            "from_to_verb",
            "from_to_passive",
            "bracketed",
            "achieves",
            "signed",
        ]
    )
    whole = pl.col("baseline_value").is_not_null() | ((pl.col("value") > 3) & (rule != "score_measure"))
    named = pl.col("quantity").str.contains("(?i-u)FID|BLEU|Elo|PSNR|perplexity")
    from_to = rule.is_in(["from_to_verb", "from_to_passive"])
    loose = from_to & pl.col("baseline_value").is_null() & pl.col("_head").is_null()
    exempt = exempt | ((rule == "plain") & pl.col("_follows") & pl.col("baseline_value").is_not_null())
    return ~bare | (exempt & ~loose) | (pl.col("_head").is_not_null() & (decimals | whole | named))
