"""What a result was measured on, against what, and of which system: `dataset`, `baseline`, `subject`.

Each is read from the sentence of the result (`metric_dataset.py`, `metric_baseline.py`, `metric_subject.py`); here lies how
far a claim reaches, what its members take of a list, and what one claim of a sentence leaves to the next.
"""

import polars as pl

from paperhouse.extract.frames import PASSIVE, SHARES
from paperhouse.extract.metric_actors import ACTS
from paperhouse.extract.metric_baseline import baseline
from paperhouse.extract.metric_dataset import dataset
from paperhouse.extract.metric_subject import last_resort, subject
from paperhouse.extract.paper_names import NAMES, paper_names
from paperhouse.extract.patterns import ANY, BEFORE_RIVALS_NUMBER, COUNTS, WINS, is_dataset, last_of
from paperhouse.vocabulary import Vocabulary

_TAKEN = "(?i-u)(?:memory|FLOPs?|costs?|parameters|tokens?|time|overhead|size|compute|speed|storage|bandwidth|latency|usage|footprint|efficiency|length|consumption|cache)$"

# What a sentence names besides the place of its results: what was trained on, taken from, compared with
_ELSEWHERE = (
    "(?i-u:train|tun|distill|initiali[sz]|transferr|inspir|compar|simila|mix|prompt|sourc|drawn|collect|deriv|pretrain|unlike|beyond)[a-z]*"
    rf"(?: [a-z-]+){{0,5}}? (?:{NAMES}(?:, and | and |, )?)+|{NAMES}[ -](?i-u:pre-?train|fine-?tun)"
)


def with_context(found: pl.DataFrame, texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Adds `dataset`, `baseline`, `subject`; in a list of numbers each takes its own member of a list of the same length."""
    measures, datasets = vocabulary.measures, vocabulary.dataset_aliases["spelling"]
    found = _with_names(found, texts, vocabulary)
    # of a measure's own name nothing is compared "over"
    sides = pl.col("left", "right", "opening").str.replace_all(
        "[Ii]ntersection [Oo]ver (?:the )?[Uu]nion", "intersection-over-union"
    )
    found = found.with_columns(sides).with_columns(_near().alias("near"))
    found = found.with_columns(
        dataset(found, measures, vocabulary.model_families, datasets).alias("dataset"),
        baseline(found, measures, datasets).alias("baseline"),
        subject(found, measures, vocabulary.model_families).alias("subject"),
    )
    found = _without_names(_no_place_is_a_rival(found, datasets), datasets)
    found = found.with_columns(*map(_member, ("dataset", "baseline", "subject", "quantity")))
    found = found.with_columns(**_of_its_level())
    found = _with_baselines(_with_datasets(_with_subjects(found)))
    found = found.with_columns(**_apart())
    # "80% over manual reviews": who is beaten is no place
    beaten = (pl.col("dataset") == pl.col("baseline")).fill_null(value=False)
    found = found.with_columns(pl.when(~beaten).then(_at_home()).alias("dataset"))
    found = found.with_columns(_only_known(found, datasets, measures).alias("dataset"))
    found = _nobody_measures_himself(found, measures)
    found = found.with_columns(last_resort(found, measures).alias("subject"))
    found = _nobody_is_his_own_rival(found)
    return found.with_columns(_but_for_the_place().alias("quantity")).with_columns(_as_one().alias("quantity"))


def _no_place_is_a_rival(found: pl.DataFrame, datasets: pl.Series) -> pl.DataFrame:
    """ "accuracy over GSM8K": a place that is known as one is no rival."""
    same = (found["dataset"] == found["baseline"]).fill_null(value=False) & found["near"].str.contains(" over ")
    known = is_dataset(found["baseline"].str.replace("(?:,| and ).*$", ""), datasets)
    return found.with_columns(found["baseline"].set(same & known, None))


def _without_names(found: pl.DataFrame, datasets: pl.Series) -> pl.DataFrame:
    """`quantity` without what a name is: "Zed improved by 7.3%" is of its performance, and so is "improves MMLU by 2.3 points"."""
    work = pl.when(_is_the_work()).then(pl.lit("performance")).otherwise("quantity")
    # "improves MMLU and GPQA performance": the performance, on two
    several = rf"^(?:{NAMES}(?:, and | and |, ))+{NAMES} (performance|accuracy|scores?|results)$"
    found = found.with_columns(work.str.replace(several, "$1").alias("quantity"))
    moved = found["rule"].is_in(["change_verb_by", "from_to_verb", "share_of"])
    place = is_dataset(found["quantity"], datasets) & found["quantity"].str.contains("[A-Z]").fill_null(value=False)
    return found.with_columns(quantity=found["quantity"].set(moved & place, "performance"))


def _nobody_is_his_own_rival(found: pl.DataFrame) -> pl.DataFrame:
    """ "GPT-4 reaches 60.1%, and Zed reaches 71.2% and outperforms GPT-4": the first number has no rival. But of "individual models are
    exceeded by 7%" they are the rival."""
    himself = (pl.col("baseline") == pl.col("subject")).fill_null(value=False)
    beaten = himself & (pl.col("rule") == "contest_by")
    return found.with_columns(
        pl.when(~himself | beaten).then("baseline").alias("baseline"),
        pl.when(~beaten).then("subject").when(~pl.col("is_benchmark")).then("paper_name").alias("subject"),
    )


def _as_one() -> pl.Expr:
    """`quantity` of one number: of "accuracies of 91% and 88%" each is one accuracy; and not what was done to it: "further improves
    training FLOPs savings to 4.2x"."""
    done = "^(?:[a-z]+ly |further )*(?:improv|reduc|increas|boost|enhanc)(?:e|es|ed|s) ([a-z])"
    singular = pl.col("quantity").str.replace("(accurac|latenc|frequenc|efficienc|probabilit)ies$", "${1}y")
    return singular.str.replace(done, "${1}")


def _with_names(found: pl.DataFrame, texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """Adds `paper_name`, `is_benchmark`, `suite` of the papers that have a claim."""
    named = found["text_row"].unique().sort()
    names = paper_names(texts.select(pl.all().gather(named)), vocabulary).with_columns(named)
    return found.join(names, on="text_row", how="left", maintain_order="left")


def _near() -> pl.Expr:
    """The words behind a number up to the next result, so that what belongs to that one is not taken."""
    # "On COCO, Zed reaches 54.1 AP, and on LVIS": where another number is of
    right = pl.col("right").str.replace(
        rf"(?:,|;)? (?:and|while|but|whereas) (?:on|in) (?:the )?{NAMES}(?:,| with| [0-9]) ?{ANY}*$", " "
    )
    right = pl.when(pl.col("left").str.contains("(?:^| )[Oo]n (?:the )?[A-Z]")).then(right).otherwise("right")
    # "60.1% on MMLU, GSM8K 55.2%": the next number's
    right = right.str.replace(rf"^((?:on|in) (?:the )?{NAMES}), (?:and )?{NAMES} [0-9.]+ ?(?:%|[,.;)])(?u:.)*$", "$1 ")
    near = (
        pl.when(pl.col("list_length") == 1)
        .then(right)
        .str.replace(f";{ANY}*$", " ")
        .str.replace(
            rf"([^/ ]) ?(?:[ (][+-]?[0-9.,]+ ?(?:%|x [^0-9]|x$|times|points)|(?:,| and) (?:an? )?[+-]?[0-9]+[.][0-9]){ANY}*$",
            "$1 ",
        )
    )
    near = pl.lit(" ") + pl.coalesce(near, "right")
    # no word is cut in two
    return pl.when(near.str.len_chars() > 220).then(near.str.head(220).str.replace(" [^ ]*$", " ")).otherwise(near)


def _nobody_measures_himself(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Where quantity and subject are the same words, one of them is wrong. "SAM2 drops from 76.4% to 50.9%": its performance;
    "mean blood glucose decreased by 1.2 mmol/L": nobody acts."""
    same, named = pl.col("quantity") == pl.col("subject"), pl.col("subject").str.contains("[A-Za-z][A-Z]|[0-9]")
    system = same & pl.col("quantity").str.contains("[A-Z].*[A-Z0-9]")
    system &= ~pl.col("quantity").str.contains("@")
    # "CTR, IPV and NER increased by"
    system &= ~(pl.col("rule").is_in(PASSIVE) & (pl.col("list_length") > 1))
    # "the QED is 0.871"
    measured = pl.col("core").str.contains("(?:^| )(?:the|its|their|an?) [^ ]+ (?:is|was|of)$")
    # "AMOTA is raised by 58%"
    measured |= pl.col("core").str.contains(
        "(?:^| )(?:is|are|was|were) (?:[a-z]+ly )?(?:raised|increased|lowered|reduced|decreased) (?:by|to)$"
    ) & ~pl.col("quantity").str.contains("[a-z0-9]")
    system &= ~measured
    system &= last_of(pl.col("quantity"), measures["phrase"]).is_null()
    return found.with_columns(
        pl.when(system.fill_null(False)).then(pl.lit("performance")).otherwise("quantity").alias("quantity"),
        pl.when((system | named & ~measured | ~same).fill_null(True))
        .then("subject")
        .when(measured & ~pl.col("is_benchmark"))
        .then("paper_name")
        .alias("subject"),
    )


def _is_the_work() -> pl.Expr:
    """ "Zed improved by 7.3%": its performance."""
    quantity, name = pl.col("quantity"), pl.col("paper_name")
    itself = quantity.str.starts_with(name.str.slice(0, 8))
    # of "PS" the PSNR is no performance
    longer = quantity.str.strip_prefix(name).str.contains("^[A-Za-z0-9]") & (name.str.len_chars() <= 8)
    return (quantity.str.contains("^[A-Z]") & itself & ~longer).fill_null(False)


def _of_its_level() -> dict[str, pl.Expr]:
    """ "74.1% on GPQA and 88.3% on MATH, exceeding Wye by 3.2% and 2.5%": of two gains behind two levels each is its level's."""
    row, level = pl.col("sentence_row"), pl.col("kind") == "score"
    gains = (pl.col("list_length") == 2) & ((pl.col("says") == "contest") | (pl.col("rule") == "comparative"))
    first, last = pl.col("list_index") == 0, pl.col("list_index") == 1
    two = (first & level.shift(1) & level.shift(2)) | (last & level.shift(2) & level.shift(3) & (row == row.shift(3)))
    its = (gains & two & (row == row.shift(2))).fill_null(False)
    # what stands nearest is the last level's
    near = pl.col("dataset").is_null() | (first & (pl.col("dataset") == pl.col("dataset").shift(1))).fill_null(False)
    return {
        "dataset": pl.when(its & near).then(pl.col("dataset").shift(2)).otherwise("dataset"),
        "quantity": pl.when(its & pl.col("follows")).then(pl.col("quantity").shift(2)).otherwise("quantity"),
    }


def _with_subjects(found: pl.DataFrame) -> pl.DataFrame:
    """Who acts goes on: "Zed reduces cost by 46% and increases the rate to 73%"."""
    # "A loses 14%, while our method loses only 3%"
    ours = pl.col("left_gap").str.contains("(?:while|whereas|but) (?:our|the proposed|this) ").fill_null(False)
    found = _within_sentence(found, "subject", ~ours, ("before",))
    goes_on = pl.col("left_gap").str.contains(
        rf"^,? (?:and|while|but|thus|thereby) (?:(?:also|further|simultaneously) )?{ACTS} "
    )
    # "achieves 86.7%, surpassing the best by 20 points"
    goes_on |= pl.col("left_gap").str.contains(
        rf"^(?u:[^;])*, (?:[a-z]+ly |thus |thereby )?(?:{WINS}|improving|achieving|reducing) (?u:[^;,])*$"
    )
    goes_on &= (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & (pl.col("subject") == pl.col("paper_name"))
    earlier = pl.when(goes_on).then(pl.col("subject").shift(1))
    return found.with_columns(pl.coalesce(earlier, "subject").alias("subject"))


def _with_datasets(found: pl.DataFrame) -> pl.DataFrame:
    """How much of it was used, how fast it was and what it took are seldom of the data that the scores are of."""
    scores = pl.col("kind").is_in(["score", "difference", "percent_change"]) & ~pl.col("rule").is_in(SHARES)
    # what it took: "reduces FLOPs by 40.5%"
    scores &= ~pl.col("quantity").str.contains(_TAKEN)
    named = (
        (pl.col("kind") != "measurement")
        | (pl.col("rule") == "out_of")
        | pl.col("quantity").str.contains("(?i-u)error|distance|deviation")
        | pl.col("dataset").str.contains(
            f"[A-Z][A-Za-z-]*[A-Z0-9]|[A-Z].* (?:dataset|benchmark)$|^(?:{COUNTS}) .*(?:benchmarks|datasets)$"
        )
    )
    return _within_sentence(found.with_columns(pl.when(named).then("dataset").alias("dataset")), "dataset", scores)


def _with_baselines(found: pl.DataFrame) -> pl.DataFrame:
    """What a change was compared with holds for the next; a rival behind levels is that of them all: "26% on A, 54% on B, and 63% on
    C, outperforming X"."""
    level = pl.col("kind") == "score"
    moved = pl.col("kind").is_in(["ratio", "percent_change", "difference"]) | (
        (pl.col("family") == "physical") & pl.col("baseline_value").is_not_null()
    )
    found = _within_sentence(found, "baseline", moved)
    levels = found.with_columns(pl.when(level).then("baseline").alias("baseline"))
    behind = _within_sentence(levels, "baseline", level, ("after",))["baseline"]
    found = found.with_columns(pl.coalesce("baseline", pl.when(level).then(behind)).alias("baseline"))
    # "an ASR of 74%, which is 20% higher than X", "60.17% on five benchmarks, an improvement of 2.66% over X"
    told = level & pl.col("left_gap").shift(-1).str.contains(
        "^(?u:[^;,])*, (?:which is|an? (?:[a-z]+ )?(?:improvement|gain|increase|boost|rise) of) "
    )
    # "63.2% on 12 benchmarks, 1.9% more than X"
    told |= (
        level
        & (pl.col("rule").shift(-1) == "comparative")
        & pl.col("left_gap").shift(-1).str.contains("^(?u:[^;,])*,(?: [a-z]+ | )$")
    )
    told &= pl.col("sentence_row") == pl.col("sentence_row").shift(-1)
    found = found.with_columns(
        pl.coalesce("baseline", pl.when(told).then(pl.col("baseline").shift(-1))).alias("baseline")
    )
    # the number of who is beaten is compared with nobody: "surpasses Wye (17.6%) and Why (13.9%)"
    beaten = level & pl.col("core").str.ends_with("(") & (pl.col("subject") != pl.col("paper_name"))
    beaten &= pl.col("left").str.contains(BEFORE_RIVALS_NUMBER)
    # "comparable to Wye (0.66 vs. 0.65)": the second number is the rival's own
    second = (pl.col("rule") == "versus") & pl.col("baseline").is_not_null()
    found = found.with_columns(pl.when(second).then("baseline").otherwise("subject").alias("subject"))
    none = (beaten | second).fill_null(False)
    return found.with_columns(pl.when(~none).then("baseline").alias("baseline"))


def _apart() -> dict[str, pl.Expr]:
    """Who a number is of is not on what it was measured: "surpassing LoRA (89.1%)" is of LoRA, "best on MathVerse (42.6%)" is on it."""
    same = pl.col("dataset") == pl.col("subject")
    rival = pl.col("left").str.contains(BEFORE_RIVALS_NUMBER)
    return {
        "dataset": pl.when(~(same & rival).fill_null(False)).then("dataset"),
        "subject": pl.when((same & ~rival).fill_null(False))
        .then(pl.when(~pl.col("is_benchmark")).then("paper_name"))
        .otherwise("subject"),
    }


def _at_home() -> pl.Expr:
    """`dataset`, else the benchmark that the paper brings: "On our benchmark, even the best models reach"."""
    other = pl.col("subject").is_null() | (pl.col("subject") != pl.col("paper_name"))
    own = pl.coalesce("opening", "left").str.contains("(?i-u)(?:this|our)(?: [a-z-]+){0,2} (?:benchmark|test set)")
    home = pl.coalesce(pl.when(pl.col("is_benchmark") & other).then("paper_name"), pl.when(own).then("suite"))
    # how far judges agree is not measured on it
    agreed = pl.col("quantity").str.contains("(?i-u)agreement|kappa|(?u:κ)")
    agreed |= pl.col("quantity").str.contains("(?i-u)correlation|spearman|pearson") & (
        pl.col("left") + pl.col("right")
    ).str.contains("(?i-u)human|annotat|expert|judge|rater")
    home = pl.when((pl.col("kind") != "measurement") & (pl.col("rule") != "comparative") & ~agreed).then(home)
    suite = pl.when((pl.col("kind") == "score") & ~pl.col("rule").is_in(SHARES) & ~agreed).then("suite")
    return pl.coalesce("dataset", home, suite)


def _only_known(found: pl.DataFrame, datasets: pl.Series, measures: pl.DataFrame) -> pl.Series:
    """`dataset`, else the only one that is known as such in the words before: "GSM8K shows it best: accuracy falls by 9%"."""
    scored = found["kind"].is_in(["score", "difference", "percent_change"]) & ~found["rule"].is_in(SHARES)
    # how far judges agree is not measured on it
    apart = found["quantity"].str.contains(f"{_TAKEN}|agreement|correlation").fill_null(value=False)
    asked = found["dataset"].is_null() & scored & ~apart
    at = asked.arg_true()
    words = found["left"].gather(at).str.replace_all(_ELSEWHERE, " ")
    names = pl.DataFrame({"row": at, "name": words.str.extract_all(NAMES)}).explode("name").drop_nulls()
    # "Frames are skipped": a word that opens a sentence
    names = names.filter(names["name"].str.contains("[A-Z].*[A-Z0-9]"))
    # "GenEval" is a measure, too
    known = is_dataset(names["name"], datasets) & ~names["name"].str.to_lowercase().is_in(measures["phrase"].implode())
    named = names["name"] == found["quantity"].gather(names["row"])
    names = names.filter(known & ~named.fill_null(value=False)).unique(maintain_order=True)
    only = names.group_by("row", maintain_order=True).agg(pl.len(), pl.col("name").first()).filter(pl.col("len") == 1)
    return found["dataset"].scatter(only["row"], only["name"]) if only.height else found["dataset"]


def _but_for_the_place() -> pl.Expr:
    """`quantity`, but the score where it is the name of the data set ("0.76 on GenEval") or of another ("+8% on GenEval, and +0.91 on
    Imagine-Bench")."""
    level = pl.col("kind") == "score"
    itself = pl.col("quantity").str.to_lowercase() == pl.col("dataset").str.to_lowercase()
    a_place = pl.col("quantity").str.contains("^[A-Z][A-Za-z]*(?:Eval|Bench|Arena)$")
    elsewhere = pl.col("dataset").is_not_null() & a_place
    moved = elsewhere & ~itself & pl.col("rule").is_in(["bracketed", "signed"])
    # "AlpacaEval-2 and Arena-Hard rise by"
    moved |= itself & pl.col("rule").is_in(PASSIVE) & (pl.col("list_length") > 1)
    said = pl.when((itself | elsewhere) & level).then(pl.lit("score")).when(moved).then(pl.lit("performance"))
    return pl.coalesce(said, "quantity")


def _within_sentence(
    found: pl.DataFrame, name: str, takes: pl.Expr, sides: tuple[str, ...] = ("before", "after")
) -> pl.DataFrame:
    """What one number of a sentence names holds for the others that name nothing, from the first of the sides that names something."""
    row = pl.col("sentence_row")
    opening, closing = (row != row.shift(1)).fill_null(True), (row != row.shift(-1)).fill_null(True)
    before = pl.when(opening).then(pl.col(name).fill_null("")).otherwise(name).forward_fill()
    after = pl.when(closing).then(pl.col(name).fill_null("")).otherwise(name).backward_fill()
    named = [{"before": before, "after": after}[side].replace("", None) for side in sides]
    filled = pl.coalesce(name, pl.when(takes).then(pl.coalesce(named)))
    return found.with_columns(filled.alias(name))


def _member(name: str) -> pl.Expr:
    parts = (
        pl.when(pl.col("list_length") > 1)
        .then(name)
        .str.replace_all(r",? and |, | & |/", "\x1e")
        .str.replace(r"(?: (?:datasets|benchmarks|tasks|test sets|corpora|splits|subsets))?,?(?: respectively)?$", "")
        .str.split("\x1e")
    )
    fits = parts.list.len() == pl.col("list_length")
    return (
        pl.when(fits).then(parts.list.get(pl.col("list_index"), null_on_oob=True)).otherwise(pl.col(name)).alias(name)
    )
