"""What a result is compared with, as written. From the sentence of the result alone."""

from collections.abc import Callable

import polars as pl

from paperhouse.extract.paper_names import NAMES
from paperhouse.extract.phrases import ANY, STOP, after_first, after_last, first_said, noun_phrase

_SMALL = STOP.replace("|and|", "|").replace("|or|", "|")
_BASELINE_CUE = r"(?:compared (?:to|with|against)|in comparison (?:to|with)|relative to|with respect to|comparable (?:to|with)|on par with|than|over|versus|vs\.?|against)"
_BEHIND_CUE = r"(?:[Cc]ompared (?:to|with|against)|[Ii]n comparison (?:to|with)|[Rr]elative to|[Uu]nlike|[Vv]ersus)"
_CONTEST = r"(?:outperform|surpass|exceed|beat)(?:s|ing|ed|es)?"
_DETERMINER = r"^(?i-u:(?:(?:that|those|the one) of |the |its |their |our |a |an |both |even |all |prior to )*)"
# "compared to 80.1% for the best model": the number is a claim of its own, what follows names the rival
_ITS_NUMBER = r"^[0-9.]+ ?%? *(?:for|of|by|with|in|from|achieved by|obtained by|using) "
_RIVAL_END = rf"(?: (?:{_SMALL}) {ANY}*| and (?:[a-z]+ (?:the |a |an |up )|[a-z]+(?:s|ed|ing) )?[a-z0-9]{ANY}*| (?:{STOP})$|(?u:[;:()—–]|\. |\.$|,$|, (?:[b-z0-9]|a[^n]|an[^d]|and [a-z])){ANY}*)$"


def baseline(found: pl.DataFrame) -> pl.Series:
    """The rival of each claim (`near`, `left`, `what`, `says`, `rule`, `changes`, `list_length`), or NULL."""
    near, left, contest = pl.col("near"), pl.col("left"), pl.col("says") == "contest"
    beaten = after_last(left, rf"(?:^|[ (])(?i-u:{_CONTEST}) ")
    what = pl.when(contest).then("what").str.replace(r"^(?i-u:over|upon|on) ", "")
    listed = pl.col("list_length") > 1
    better = (
        "(?:improvements?|gains?|advantages?|performance|superior|superiority|advances?|comparable|better)"
        " (?:over|upon|against|to|with|than) "
    )
    ways = [
        # "frameworks, such as PyTorch JIT, TensorFlow XLA and … by 87%, 131% and …"
        after_first(pl.when(listed).then(what), ",? (?:such as|including|like|e[.]g[.],?|namely) "),
        # "outperforms X by"
        what,
        # "(85x of WSE)"
        pl.when(pl.col("rule") == "times_of_rival").then("whatb"),
        pl.when(contest).then(beaten),
        # "20% faster than X"
        after_first(near, rf"[ (,](?i-u:{_BASELINE_CUE}) "),
        # "Compared with X, Zed is"
        after_last(left, rf"(?:^|[ (]){_BEHIND_CUE} ").str.extract("^((?u:[^,]+)),"),
        pl.when(pl.col("says") == "change").then(beaten),
        # "substantial improvements over existing agents with average +14.5pp"
        pl.when(pl.col("changes")).then(after_last(left, better)),
        # "reduces the response length of DeepSeek-R1 by 53%"
        pl.when(pl.col("rule") == "change_verb_by")
        .then("what")
        .str.extract(rf" of ((?:[a-z-]+ ){{0,2}}{NAMES}|(?:the |an? )?(?:[a-z-]+ ){{1,3}}(?:models?|baselines?))$"),
        # "matches the performance of X using less than 5% of"
        after_last(left, "(?:match|rival)(?:es|s|ing)? (?:the )?(?:performance|accuracy|quality|results) of "),
        # "…, surpassing X"
        after_first(near, rf"(?i-u), (?:significantly |thereby |substantially )?{_CONTEST} "),
    ]
    said = pl.repeat(None, found.height, dtype=pl.String, eager=True)
    # a list has a rival for each number
    for rows, words in ((found["list_length"] > 1, 30), (found["list_length"] == 1, 10)):
        at = rows.arg_true()
        if len(at):
            part = found.select(pl.all().gather(at))
            said = said.scatter(at, first_said(part, [(way, _rival_of(words)) for way in ways]))
    return said


def _rival_of(words: int) -> Callable[[pl.Series], pl.Series]:
    def finish(texts: pl.Series) -> pl.Series:
        texts = texts.str.replace(_ITS_NUMBER, "").str.replace(_DETERMINER, "")
        texts = noun_phrase(texts, _RIVAL_END)
        odd = texts.str.contains(r"^[0-9.]+|^(?i-u:time|a factor|which|it|this)$") | (texts.str.len_bytes() < 3)
        return texts.set((odd | (texts.str.count_matches(" ") >= words)).fill_null(value=False), None)

    return finish
