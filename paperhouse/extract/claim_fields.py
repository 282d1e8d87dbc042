"""The fields of a claim that its frame and its unit decide: `kind`, `direction`, `unit`, `confidence`; and which numbers
without a unit stand at all.
"""

import polars as pl

from paperhouse.extract.claim_quantity import with_fallback, with_quantity
from paperhouse.extract.decimals import DECIMALS
from paperhouse.extract.frames import FROM_TO, MEASURE_OF, MOVED, SELF_STANDING
from paperhouse.extract.patterns import DOES, WINS, last_of, lookup

_UNITLESS = ("score", "points", "%", "x", "orders_of_magnitude")
# "reduces the number of generation steps from 256 to 20": the noun is the unit
_STEPS = (
    "languages",
    "steps",
    "tokens",
    "samples",
    "parameters",
    "frames",
    "queries",
    "units",
    "nodes",
    "images",
    "operations",
    "rounds",
    "iterations",
    "epochs",
    "calls",
    "examples",
)
# "reaches 3 points ahead of", "achieves 12 points in accuracy gains": no score
_NO_SCORE = (
    "(?i-u)^(?:over|above|below|under|behind|ahead|more|less|fewer|higher|lower|better|worse|compared|relative)(?: |$)"
    "|^(?:of |in )?(?:[a-z0-9@-]+ ){0,2}(?:gain|improvement|increase|boost|lift)s?(?:[ ,.;)]|$)"
)
_MOVES = "(?i-u)(?:(?u:[Δ∆])|delta|change|diff|difference|gain|drop)(?u:[^ ,;=]){0,12} *= *[+-] ?$"


def with_fields(found: pl.DataFrame, measures: pl.DataFrame, model_families: pl.DataFrame) -> pl.DataFrame:
    """The claims that stand, with every field of a metric but dataset, baseline and subject."""
    found = _with_head(with_quantity(found, measures, model_families), measures).filter(_stands())
    # "2.5 speedup", "2.1 higher throughput": times, though not written
    times = (
        (pl.col("family") == "bare")
        & pl.col("says").is_in(["change", "contest"])
        & pl.col("baseline_value").is_null()
        & (
            pl.col("quantity").str.contains("(?i-u)speed|throughput|accelerat")
            | pl.col("cue").str.contains("^(?i-u:multipl)").fill_null(value=False)
        )
    )
    found = found.with_columns(
        pl.when(times).then(pl.lit(ratio)).otherwise(name).alias(name)
        for name, ratio in (("family", "ratio"), ("unit", "x"))
    )
    rule, family = pl.col("rule"), pl.col("family")
    from_to = pl.col("baseline_value").is_not_null()
    # "+3.4%", "(-49.5%)": a sign says that it is a change, and which way
    # but "a correlation of -0.88" is a level below nothing
    level = rule.is_in(["measure_of", "score_measure"]) & pl.col("head").str.contains(
        "correlation|coefficient|kappa|rho|spearman|pearson|tau"
    )
    # "(mean r = -0.12": a level, but "(Δ = -0.12"
    below = (family == "bare") & pl.col("left").str.contains("= *[+-] ?$") & ~pl.col("left").str.contains(_MOVES)
    level |= below
    signed = pl.col("sign").is_not_null() & ~from_to & ~level.fill_null(False)
    # "differs by 20%" is a change though no word says which way; "73.5% on A" alone is a level
    moved = pl.col("core").str.contains("(?:^| )by$")
    silent = (rule == "plain") & (family == "percent") & pl.col("sense").is_null() & ~moved
    changes = (pl.col("says").is_in(["change", "contest", "gap"]) & ~from_to & ~silent & ~below) | signed
    # "achieves 50 points on AIME": a level
    reached = pl.col("core").str.contains(
        "(?i-u)(?:^| )(?:(?:achiev|reach|scor|attain|obtain|exceed)[a-z]*|(?:score|accuracy) of)$"
    )
    reached &= ~pl.col("right").str.contains(_NO_SCORE)
    scored = (rule == "plain") & (family == "points") & reached & pl.col("token").str.contains("points?$")
    found = found.with_columns((changes & ~scored).alias("changes"), signed.alias("signed"))
    found = found.with_columns(
        pl.when(scored).then(None).otherwise("unit").alias("unit"),
        pl.when(scored).then(pl.lit("bare")).otherwise("family").alias("family"),
    )
    found = found.with_columns(
        _unit(measures).alias("unit"), _confidence().alias("confidence"), _lower(measures).alias("lower")
    )
    return with_fallback(
        found.with_columns(_kind().alias("kind"), _direction().alias("direction")),
        measures,
    )


def _with_head(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Adds `head`, the last measure in the quantity: of "WER score" the first word, which tells what is better."""
    bare = pl.col("quantity").str.replace_all(r" *\([^)]*\)", "")
    short = bare.str.replace("(?i-u) (?:scores?|values?|rates?|reduction)$", "")
    heads = [last_of(text, measures["phrase"]) for text in (short, pl.col("quantity"))]
    return found.with_columns(pl.coalesce(heads).alias("head"))


def _lower(measures: pl.DataFrame) -> pl.Expr:
    """True for what is better when it is lower."""
    # "hallucination resistance": what ends in another word is another thing
    whole = (
        pl.col("quantity")
        .str.to_lowercase()
        .str.replace_all(r" *\([^)]*\)", "")
        .str.replace("(?:-of-.*| (?:of|on|in|for|at|per|scores?|values?|rates?) .*| (?:scores?|values?|rates?))$", "")
    )
    is_head = whole.str.strip_suffix("s").str.ends_with(pl.col("head").str.strip_suffix("s"))
    return ((lookup(pl.col("head"), measures, "phrase", "better") == "lower") & is_head).fill_null(False)


def _stands() -> pl.Expr:
    """A number without a unit is a result only beside a measure: "256 to 20", "Gemini 2.5 Pro" are not."""
    rule, from_to = pl.col("rule"), pl.col("baseline_value").is_not_null()
    has_head = pl.col("head").is_not_null()
    decimals = pl.col("token").str.contains(DECIMALS)
    whole = from_to | ((pl.col("value") > 3) & (rule != "score_measure"))
    named = pl.col("quantity").str.contains("(?i-u)FID|BLEU|Elo|PSNR|perplexity")
    moved = rule.is_in(MOVED) & decimals
    alone = moved | rule.is_in(SELF_STANDING) & ~(rule.is_in(FROM_TO) & ~from_to & ~has_head & ~decimals)
    # "(ImgEdit 3.29→3.81"
    alone |= (rule == "plain") & from_to & decimals & pl.col("left").str.contains("[(,;] ?[A-Z][A-Za-z0-9-]+ $")
    continues = pl.col("follows") & (((rule == "plain") & from_to) | rule.is_in(["versus", "again"]))
    # "a 5 acceleration", "achieved a 100 attack success rate"
    faster = (
        rule.is_in(["change_noun", "comparative"])
        & pl.col("implied").is_in(["speed", "acceleration"])
        & (pl.col("value") > 1)
    )
    scored = (
        (rule == "score_measure")
        & (pl.col("value") > 3)
        & pl.col("core").str.contains(f"(?i-u)(?:^| )(?:{DOES}|{WINS})$")
    )
    # "4.44 average length"
    told = (rule == "score_measure") & decimals | has_head & (decimals | whole | named | scored)
    # "contains four points", "two-point mutual information"
    spelled = (
        (rule == "plain") & (pl.col("family") == "points") & pl.col("token").str.contains("^[A-Za-z]+[ -]points?$")
    )
    # "models from 7B to 32B": how large they are
    sizes = (pl.col("scaled") == "B") & ~has_head
    alone &= ~sizes.fill_null(False)
    # "higher accuracy on average over 9 existing methods": how many there were
    counts = (pl.col("family") == "bare") & ~decimals & ~from_to
    counts &= pl.col("right").str.contains(
        "^(?:[a-z-]+ ){0,4}(?:methods|models|baselines|datasets|benchmarks|tasks|settings|domains|languages|seeds|runs|trials|categories|classes)(?:[ ,.;)]|$)"
    )
    counts &= ~pl.col("right").str.contains("^(?:on|across|over|in|for|under|with|and|at|to|by|from|of|using) ")
    told &= ~(counts & rule.is_in(MEASURE_OF))
    # "With a dropout of 20%, Zed reaches 91.4%": under what it was measured; but "With 72% of questions answered, Zed leads"
    under = pl.col("left").str.contains(
        "^(?:[A-Z][a-z]+, )?(?:With|Under|At|After|Using|When|Given) (?:[a-z0-9-]+ ){0,4}$"
    )
    under &= ~pl.col("left").str.contains(f" (?:{DOES}|fails?|cuts?|average of|mean of|median of) ")
    under &= (
        pl.col("says").is_in(["level", "share", "count"]) & ~has_head & ~pl.col("family").is_in(["ratio", "magnitude"])
    )
    under &= pl.col("right").str.contains("^(?u:[^,;.])*, ") & (
        pl.col("sentence_row") == pl.col("sentence_row").shift(-1)
    )
    under &= ~pl.col("right").str.contains(
        "^(?u:[^,;])* (?:is|are|was|were|has|have|answered|solved|correct|correctly)[ ,]"
    )
    # "With 81.6 (AIME 2024), 70.2 (AIME 2025)"
    under &= ~pl.col("right").str.contains("^[(]?[A-Z]")
    with_unit = ~pl.col("family").is_in(["bare", "scaled"]) & ~spelled & ((rule != "again") | pl.col("follows"))
    return (with_unit | alone | continues | faster.fill_null(False) | told) & ~under.fill_null(False)


def _unit(measures: pl.DataFrame) -> pl.Expr:
    rule, phrase = pl.col("rule"), pl.col("quantity").str.to_lowercase()
    by_measure = [lookup(word, measures, "phrase", "unit") for word in (phrase, pl.col("head"))]
    counted = "((?:[a-z]+ )?pairs|[A-Za-z]+s)(?: of (?u:.)*)? *$"
    noun = pl.coalesce(
        pl.when(rule != "plain").then("what").str.extract(counted), pl.col("quantity").str.extract(counted)
    )
    continues = pl.col("follows") & pl.col("baseline_value").is_not_null()
    percents = pl.when(pl.col("unit") == "%").then("sentence_row").forward_fill()
    # "the number of theorems in Wye from 110k to 6M"
    number_of = pl.coalesce("what", "quantity").str.extract("number of (?:[a-z-]+ )??([a-z]+s)(?: |$)")
    counts = (rule.is_in(FROM_TO) | continues) & number_of.is_not_null()
    steps = (rule.is_in(FROM_TO) | continues) & noun.is_in(_STEPS)
    return (
        pl.when(rule.is_in(["out_of", "mean_count", "supports", "solves", "few"])).then(pl.coalesce(noun, "unit"))
        .when(pl.col("unit").is_not_null()).then("unit")
        # "1.45 vs. 13.50 hours"
        .when((rule == "against") & (pl.col("family").shift(-1) == "physical") & (pl.col("sentence_row") == pl.col("sentence_row").shift(-1))).then(pl.col("unit").shift(-1))
        .when((pl.col("family") == "bare") & pl.col("changes")).then(pl.lit("points"))
        # "context from 4K to 128K", "reduces its size from 12B to 2B"
        .when((rule.is_in(FROM_TO) | continues) & pl.col("scaled").is_not_null() & phrase.str.contains("token|context|window|sequence|vocabulary|prompt")).then(pl.lit("tokens"))
        .when((rule.is_in(FROM_TO) | continues) & pl.col("scaled").is_not_null() & phrase.str.contains("param|model size|^size$")).then(pl.lit("parameters"))
        .when(steps).then(noun)
        .when(counts).then(number_of)
        # "reaches 45.0% accuracy, followed by DeepSeek (43.1)"
        .when((rule == "rival_bracketed") & (percents == pl.col("sentence_row"))).then(pl.lit("%"))
        .otherwise(pl.coalesce(*by_measure, pl.lit("score")))
    )  # fmt: skip


def _kind() -> pl.Expr:
    family, changes = pl.col("family"), pl.col("changes")
    return (
        pl.when(family.is_in(["ratio", "magnitude"])).then(pl.lit("ratio"))
        .when(changes & (family == "percent")).then(pl.lit("percent_change"))
        .when(changes | (family == "points")).then(pl.lit("difference"))
        .when(pl.col("unit").is_in(_UNITLESS)).then(pl.lit("score"))
        .otherwise(pl.lit("measurement"))
    )  # fmt: skip


def _direction() -> pl.Expr:
    """Of the quantity as worded: "better perplexity" is a decrease, "half the time" too; NULL for a plain level."""
    up, down = pl.lit("increase"), pl.lit("decrease")
    sense, value, base = pl.col("sense"), pl.col("value"), pl.col("baseline_value")
    lower = pl.col("lower")
    worded = (
        pl.when(sense == "better").then(pl.when(lower).then(down).otherwise(up))
        .when(sense == "worse").then(pl.when(lower).then(up).otherwise(down))
        .when((sense == "increase") & (pl.col("family") == "ratio") & (value < 1)).then(down)  # "half as many"
        # "outperforms X by 0.2 perplexity", but "its perplexity is lower than that of X by 0.2"
        .when((pl.col("says") == "contest") & lower & ~pl.col("core").str.contains("(?:is|are|was|were|being|out|up|lies) (?:[a-z]+ly )?[a-z ]+ than (?u:[^,;])+ by$")).then(sense.replace({"increase": "decrease", "decrease": "increase"}))
        .otherwise(sense)
    )  # fmt: skip
    # "+73.8% in FID" is an improvement
    sign = pl.when((pl.col("sign") == "-") | (lower & (pl.col("family") == "percent"))).then(down).otherwise(up)
    by_sign = pl.col("signed") & (sense.is_null() | pl.col("follows"))
    moves = pl.col("family").is_in(["ratio", "magnitude", "points"])
    # "at a cost of 0.7 points in accuracy"
    costs = pl.col("core").str.contains("(?i-u)at (?:the|a) (?:[a-z]+ )?cost of$")
    default = pl.when(((pl.col("family") == "ratio") & (value < 1)) | costs).then(down).otherwise(up)
    return (
        pl.when(base.is_not_null()).then(pl.when(value < base).then(down).otherwise(up))
        .when(by_sign).then(sign)
        .when((pl.col("rule") == "gap") | pl.col("core").str.contains("(?:differ[a-z]*|var(?:y|ies|ied|ying)) by$")).then(None)
        # "raises PSNR to 29.79": which way a score went is told, what was reached otherwise is a level
        .when(pl.col("rule").is_in(FROM_TO) & pl.col("family").is_in(["percent", "bare"])).then(worded)
        .when(pl.col("changes") | moves).then(pl.coalesce(worded, default))
    )  # fmt: skip


def _confidence() -> pl.Expr:
    """The frame's own trust; less where nothing says what was measured, and for a number without a unit, most in a change."""
    bare, silent = pl.col("family") == "bare", pl.col("quantity").is_null()
    # "L/2 reduces ImageNet FID", "14.9/8.8 mAP": of the bare numbers before a measure, one in ten is no score
    before = pl.col("rule").is_in(["score_measure", "score_on"])
    without_unit = (
        pl.when(bare & pl.col("changes")).then(0.08).when(bare & before).then(0.06).when(bare).then(0.04).otherwise(0.0)
    )
    trust = pl.col("confidence") - pl.when(silent).then(0.02).otherwise(0.0) - without_unit
    return trust.clip(0.0, 1.0).round(2)
