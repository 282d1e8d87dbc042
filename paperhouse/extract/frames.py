"""The ways in which an abstract states a result, one `Frame` each: the grammar of `claims.py`.

A frame is a pattern over the words right after the number (`right`) or right before it (`core`: hedges such as "up to"
taken off; `left`: with them), with the groups `cue` (a phrase of the directions seed) and `what` (what is measured). Its
name is the `rule` of the rows that it made; frames that say the same in other places of a sentence share one.
"""

from dataclasses import dataclass, field

import polars as pl

from paperhouse.extract.decimals import DECIMALS, SETTING, stands_alone
from paperhouse.extract.patterns import (
    AGAINST,
    ANY,
    AT_K,
    AWAY,
    COMPARED,
    DETERMINERS,
    DOES,
    DOES_PLAINLY,
    ENDS,
    LEVEL_OF,
    LLM,
    NOUNS,
    ROUGHLY,
    SCORES,
    STOP,
    WINS,
    WORD,
    alternation,
    model_names,
)
from paperhouse.vocabulary import Vocabulary


@dataclass(frozen=True)
class Frame:
    """One way to say it.

    `says` is `change`, `gap` (a change that goes no way), `contest` (by how much somebody is beaten), `level`, or what kind of level:
    `capacity`, `share`, `count`; `trust` is the confidence of a row made by it;
    `ending` is a pattern that the side must end with for the pattern to be worth trying, `needs` the kind of words (of `cue_words`)
    that must stand there, or `decimals` of the number; `holds` asks more of the row found.
    """

    rule: str
    side: str
    pattern: str
    families: tuple[str, ...]
    says: str
    trust: float
    ending: str = ""
    needs: str = ""
    holds: pl.Expr = field(default_factory=lambda: pl.lit(True))


_MODIFIERS = (
    "(?:(?:relative|absolute|average|avg[.]?|overall|mean|further|additional|consistent|significant|substantial|total|maximum"
    "|approximate|net|potential|theoretical|actual|median|notable|improved) +)*"
)
_EDGE = "(?:[ ,.;:()]|$)"
_BEFORE = rf"^{ANY}*(?:^|[ (,]|--)"
_RUN = rf"(?:{WORD} +|\((?u:[^)])+\) +)"
_SO_MUCH = rf"(?:{ROUGHLY}|as much as|at least|more than)(?: an?)? *"
# "by up to", "scaled to", "of": what may stand between a capacity and its number
_LINK = "(?:of|to|is|was|at|=|:|from|reaches|reaching|beyond|exceeding|up to|as long as|as large as|spanning|ranging from|between)(?: (?:approximately|about|around|over|more than|nearly|roughly))?"

# "solves 26 problems", "proved only 12 lemmas"
_SOLVES = "(?i-u)(?:^| )(?:solv|diagnos|prov)(?:(?:es|ed|ing) (?:only|just|over|more than|up to|nearly|all)?|e (?:only|just)) *$"

_SCALAR = ("ratio", "percent", "points", "magnitude", "physical", "bare")
_WITH_UNIT = ("ratio", "percent", "points", "magnitude", "physical")
_COUNTED = ("count", "scaled", "bare")

_decimals = pl.col("token").str.contains(DECIMALS)
_has_unit = pl.col("family") != "bare"
# "a learning rate of 0.001", "weight decay (WD) of 0.05"
_of_set_up = pl.col("what").str.contains(f"(?i-u)(?:^| )(?:{SETTING})(?:[ (]|$)")
_named = pl.col("what").is_not_null()
# what may be high or low: no doer, no deed
_some_quality = ~pl.col("what").str.contains(
    f"(?i-u)(?:^| )(?:{STOP}|{DOES}|models?|systems?|methods?|baselines?|best|highest|[a-z]+ly|datasets?|benchmarks?|tasks?)(?: |$)"
)
# what may be a measure that no seed has; no spread, no share in something
_a_measure = (
    _some_quality
    & ~_of_set_up
    & ~pl.col("what").str.contains("(?i-u)(?:^| )(?:std|deviation|variance|weight|minimum|maximum|credit|edge)s?$")
)
# no compound runs across a small word: "20% of the data with a reduction"
_one_phrase = ~pl.col("what").str.contains(
    rf"(?:^| )(?i-u:{STOP.replace('|and|', '|')}|of) |(?:^| )(?:[0-9]|--)"
).fill_null(True)
# "an improvement of 400% over its base version (0.066)": the bracket is no part of the improvement
_no_bracket_after = ~pl.col("core").str.contains(r"[0-9] ?(?:%|x |times|points)(?u:[^,;:()])*\($")
_no_clause = ~pl.col("what").str.contains(rf"(?:^| )(?i-u:{STOP}|{DOES}) ").fill_null(True)
# "at a sequence length of 16k", "inputs from 8k to 256k": under what it was measured
_reached = pl.col("baseline_value").is_null() & ~pl.col("left").str.contains(
    "(?i-u)(?:^| )at (?:an? |the )?(?:[a-z-]+ ){0,3}of *$"
)
_scored = pl.col("left").str.contains(rf"(?i-u)(?:{DOES}|results?|scores?|performance|standard)") & (
    pl.col("token").str.contains(DECIMALS)
    | pl.col("left").str.contains("(?i-u)scor|result|achiev|standard with|record")
)
# "achieves 46.6, surpassing": no noun follows
_CLOSES = "^(?:$|[,.;)(]|(?:on|in|for|and|with|while|using) )"
# "supports 109 languages", "can process 2000 frames": what it is able to take
SERVES = (
    "(?i-u)(?:^| )(?:(?:support|simulat|handl|accommodat)(?:e|es|ing|s)?|cop(?:e|es|ing) with|(?:can|to|could) (?:process|serve)|extends? to|scales to)"
    "(?: (?:up to|over|more than|beyond))? *$"
)
_supported = pl.col("left").str.contains(
    "(?i-u)(?:^| )(?:support|handl|process|accommodat|manag|serv|scal)(?:e|es|ed|ing|s)?(?: (?u:[^ ,;]+)){0,4}? (?:up to|over|more than|beyond) *$"
) | pl.col("left").str.contains(SERVES)
_compared = pl.col("left").str.contains(
    rf"(?i-u)(?:^|[ (,])(?:{WINS}|matching|than|{COMPARED}|over|followed by)(?:[ ,]|$)"
)
_unit_family = pl.col("unit_family")
_needed = (
    (_unit_family == "memory")
    & (pl.col("right").str.contains("^(?i-u:(?:of |GPU |peak |video )*(?:memory|VRAM|RAM))") | (
        # "fine-tunes a 13B model within a single 24GB GPU"
        pl.col("right").str.contains("^GPU(?:[ ,.;)]|$)") & pl.col("left").str.contains("(?i-u)(?:on|within|in) (?:a|one) (?:single )?$")
    ))
) | (
    _unit_family.is_in(["time", "compute"]) & ~pl.col("right").str.contains("^of ")
    & pl.col("core").str.contains("(?i-u)(?:^| )(?:in|within|tak(?:es?|ing)|requires?|requiring|under)$")
) | (
    (_unit_family == "money") & pl.col("core").str.contains("(?i-u)(?:^| )(?:costs?|costing|for|at|within|under)$") & ~pl.col("core").str.contains("valued at$")
) | (
    _unit_family.is_in(["rate", "pace"]) & ~pl.col("unit").str.contains("bit|bps") & pl.col("core").str.contains("(?:^| )(?:at|exceed(?:s|ing)?|generat(?:e|es|ing)|process(?:es|ing)?|render(?:s|ing)?)$")
)  # fmt: skip


# What a number with such a unit is of when it is no result: the data ("42 hours of recordings"), the machine ("a 40 GB GPU"), the plan
_OF_DATA = "(?i-u)(?:dataset|corpus|corpora|record(?:ed|ing)?s? |compris|contain|span|cover|collect|annotat|train(?:ed|ing) (?:on|data)|footage|totall)(?u:[^.;])*$"
_OF_A_PLAN = "(?i-u)(?:than|valued at|worth|(?:^| )(?:from|between|to|of|an?|each|every|per|first|last|next)) *$"
_OF_A_THING = (
    "(?i-u)^(?:[a-z]+ )?(?:videos?|clips?|footage|audio|speech|recordings?|history|windows?|GPUs?|device)(?:[ ,.;)]|$)"
    "|^(?:VRAM )?(?:each|device)|^of [a-z]"
)
_of_use = (
    _unit_family.is_in(["rate", "pace", "time", "money", "energy", "power", "memory", "level", "area"])
    & ~pl.col("unit").is_in(["years", "months", "weeks", "PB", "TB"])
    & (
        ~pl.col("left").str.contains(f"{_OF_DATA}|{_OF_A_PLAN}")
        | pl.col("left").str.contains("(?:consum(?:es|ing)|us(?:es|ing)|requir(?:es|ing)|needs|draws|costs) between *$")
    )
    & (
        ~pl.col("right").str.contains(_OF_A_THING)
        | pl.col("right").str.contains("^of (?:processing|inference|computation|compute)(?:[ ,.;)]|$)")
    )
)


# "92% above all baselines", "surpasses Wye with 91.2%": levels, as few gaps are so wide
_gap = pl.col("value") < 25
_far = (
    ~pl.col("core").str.contains("(?: of| at| with)$")
    & (_gap | ~pl.col("core").str.contains(rf"(?i-u)(?:^| )(?:{DOES}|is|are|was|were)$"))
    & (_decimals | (pl.col("family") != "bare") | pl.col("what").is_not_null())
    & (
        (pl.col("family") != "physical")
        | pl.col("right").str.contains(
            f"^(?:{AWAY}) (?:(?:the|its|our|previous|prior|best|strongest) )*(?:[A-Z]|baseline|state)"
        )
    )
)

# "climbs 0.5 m above the ground"
_travelled = (_unit_family == "length") & pl.col("cue").str.contains(
    "^(?i-u:climb|jump|ris|rose|fall|fell|drop|dip|plung|soar|go|went|com|came)"
).fill_null(False)
_FORMS = {"verb": ("verb", "both"), "noun": ("noun", "both"), "adjective": ("adjective",), "contest": ("contest",)}


def cue_words(directions: pl.DataFrame, measures: pl.DataFrame) -> dict[str, pl.Series]:
    """The words that frames `need`, by kind: forms of directions, `measure` for scores and `measure_or_rate`."""
    words = {kind: directions.filter(pl.col("form").is_in(forms))["phrase"] for kind, forms in _FORMS.items()}
    return words | {
        "measure": measures.filter(pl.col("unit") == "score")["phrase"],
        # "the replication ratio"
        "measure_or_rate": pl.concat([measures["phrase"], pl.Series(["rate", "ratio"])]),
    }


def frames(vocabulary: Vocabulary) -> list[Frame]:
    """All frames in the order in which they are tried."""
    directions, measures = vocabulary.directions, vocabulary.measures
    alone, model = stands_alone(vocabulary.model_families), f"^(?:{model_names(vocabulary.model_families, 'language')})"

    words = cue_words(directions, measures)
    verb, noun, adjective, contest = (alternation(words[kind]) for kind in _FORMS)
    measure, any_measure = alternation(words["measure"]), alternation(measures["phrase"])
    scored = pl.col("unit") == "score"
    capacity = alternation(measures.filter(~scored)["phrase"])
    capable = alternation(measures.filter(pl.col("unit").is_null())["phrase"])
    measured = rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,3}}(?:{measure})s?(?: +\((?u:[^)])+\))?(?: +(?:scores?|values?))?)"
    # "savings in overhead of 20%": what moved is named first; an overhead is a change only behind its number, "a 23.7% overhead"
    moved = alternation([word for word in words["noun"] if word != "overhead"])
    noun_before = rf"(?P<what>{ANY}*(?:^|[ (,]))(?P<cue>{moved})"
    noun_of = r"(?: +(?:(?:in|of|to) +(?P<whatb>(?u:[^,;:])+?)|(?:on|over|across|for) (?u:[^,;:])+?))??"
    return [
        # "improvements of AP+6.9 on COCO, AR+11.1 on UVO"
        Frame("gained", "left", r"(?:^|[ (])(?P<what>(?-i:[A-Z])[A-Za-z0-9@]*)[+]$", ("bare", "percent", "points"), "change", 0.9, r"[A-Za-z0-9][+]", needs="decimals"),
        # "(80.3 vs. 79.8)", "82.2 vs 80.6 AUROC": the first of the two
        Frame("against", "right", r"^(?:vs\.?|versus) [0-9]+(?:\.[0-9]| ?%)", ("percent", "bare"), "level", 0.85, holds=_has_unit | _decimals),
        # "0.6605 vs. 0.6558", "83.1 compared to 76.3"
        Frame("versus", "core", rf"[0-9](?: ?(?:%|[A-Za-z]+))?,? *(?:{AGAINST})$", ("percent", "bare", "physical", "count"), "level", 0.85, holds=_has_unit | _decimals),
        # "only 5% as many tokens"
        Frame("share_as", "right", rf"^as (?:many|much) {NOUNS}", ("percent",), "level", 0.85, holds=_named),
        # "3.4 points above Wye", "2.1 AP ahead of the baseline", but "an mAP of 54.1 above all", "placed 5 m below the surface"
        Frame("comparative", "right", rf"^(?:(?P<what>{measure}|(?-i:[A-Z])[A-Za-z0-9@-]*) )?(?P<cue>{AWAY}) ",
              ("percent", "points", "physical", "bare"), "change", 0.95, holds=_far),
        # "3.4 times lower latency than", "20% faster"
        Frame("comparative", "right",
              rf"^(?:times |on average,? )?(?:as )?(?P<cue>{adjective})(?:[ -]+{NOUNS}|{_EDGE})",
              (*_SCALAR, "count"), "change", 0.98, needs="adjective"),
        # "with fewer gradient updates (up to 9x)"
        Frame("comparative_bracketed", "core", rf"(?:^|[ ,(])(?P<cue>{adjective}) (?P<what>(?:[A-Za-z-]+ ){{0,2}}[A-Za-z-]+) \($", ("ratio",), "change", 0.85, r"\(", needs="adjective"),
        # "on MATH500, ours is better by 3.8%", "it gets worse by 9 points"
        Frame("comparative", "core", rf"(?:^| )(?:is|are|was|were|gets?|got|fares?|performs?|does|becomes?) (?:[a-z]+ly )?(?P<cue>{adjective}) by$",
              _WITH_UNIT, "change", 0.95, " by", needs="adjective", holds=~pl.col("cue").str.contains("^(?i-u:improved)$")),
        # "makes counts more accurate throughout (by up to 12.9%"
        Frame("comparative", "core", rf"(?:^| )(?P<cue>{adjective})(?: [a-z]+)? [(]by$", _WITH_UNIT, "change", 0.85, "[(]by", needs="adjective"),
        # "at the cost of 3.2% accuracy"
        Frame("traded", "core", r"(?:^|[ (,])(?P<cue>(?:at (?:the|an?) (?:cost|expense|price) of|sacrificing|giving up|forfeiting))$", ("percent", "points"), "change", 0.9, "of|ing|up",
              holds=pl.col("right").str.contains(rf"(?i-u)^(?:in |of )?(?:the |its )?(?:{WORD} )?(?:{measure}|performance|quality)(?:[ ,.;)]|$)")),
        # "62% reduction in memory", "3 points increase"
        Frame("change_noun", "right", rf"^{_MODIFIERS}(?P<cue>{noun})(?: +(?:in|of|to) +{NOUNS}|{_EDGE})",
              _SCALAR, "change", 0.98, needs="noun",
              # "at a 75% compression rate": how much it was, not how much it changed
              holds=~pl.col("right").str.contains("^[a-z]+ (?:rate|ratio)s?(?:[ ,.;)]|$)")),
        # "reduces up to 88% of the FLOPs", "saves 40% memory"
        Frame("change_verb", "core", rf"(?:^|[ (,])(?P<what>{_RUN}{{0,4}})(?P<cue>{verb})$", _WITH_UNIT, "change", 0.9, needs="verb",
              # "fall below 30%", "incurs only a 2.2% performance drop"
              holds=~pl.col("left").str.contains("(?i-u)(?:^| )(?:below|above|under|beyond) *$")
              & ~_travelled
              & ~pl.col("right").str.contains(rf"(?i-u)^(?:{WORD} ){{1,2}}(?:drop|loss|degradation|decline|decrease|reduction)(?:[ ,.;)]|$)")),
        # "adds another 1.2 to the average score"
        Frame("change_verb", "core", "(?:^| )(?P<cue>add(?:s|ed|ing)?)$", ("bare",), "change", 0.85, "add(?:s|ed|ing)?", needs="decimals",
              holds=pl.col("right").str.contains(rf"(?i-u)^to (?:the |its |our )?(?:[a-z-]+ ){{0,2}}(?:{measure})(?:[ ,.;)]|$)")),
        # "up to 65% of the data could be discarded"
        Frame("change_verb", "right", rf"^of (?:the |all |its )?(?P<what>(?:{WORD} ){{1,5}}?)(?:is|are|was|were|gets?|got|(?:can|could|may) be) (?:[a-z]+ly )?(?P<cue>removed|discarded|pruned|dropped|skipped|eliminated|saved|spared|omitted)(?:[ ,.;)]|$)",
              ("percent",), "change", 0.9, holds=~pl.col("what").str.contains(" and $| (?:which|that) $")),
        # "0.7 points of accuracy loss"
        Frame("change_compound", "right", rf"^(?:of|in) (?P<what>{_RUN}{{0,2}}?{measure} )(?P<cue>{noun}){_EDGE}", ("points",), "change", 0.97, needs="noun"),
        # "2.72x decoding speedup", "0.3 perplexity (PPL) degradation"
        Frame("change_compound", "right", rf"^{_MODIFIERS}(?P<what>{_RUN}{{1,5}}?)(?P<cue>{noun}){_EDGE}",
              _SCALAR, "change", 0.97, holds=_one_phrase, needs="noun"),
        # "individual models are exceeded by 7%", "Wye is outperformed by Zed by 3.2%"
        Frame("contest_by", "core", rf"(?:^|[,;:] |(?: and| while| that) )(?:the )?(?P<what>{_RUN}{{1,6}})(?:is|are|was|were) (?:(?:[a-z]+ly|nevertheless|thus|also|still|even|thereby|hence) )?(?P<cue>{contest}) by(?: (?:{WORD} ){{1,5}}by)?$",
              _SCALAR, "contest", 0.95, " by", needs="contest"),
        # "outperforms X by 20%"
        Frame("contest_by", "core", rf"{_BEFORE}(?P<cue>{contest})(?: +(?P<what>(?u:[^;])+?))?,? +by$",
              _SCALAR, "contest", 0.97, " by", holds=~pl.col("what").str.contains(rf"(?i-u)(?:while|whilst|and|but|,|can|could|may|might) (?:also |further |thereby )?(?:[a-z]+ly )?(?:{verb}) |(?:be|is|are|was|were) (?:[a-z]+ly )?(?:{verb})$|^(?:on|in|to) |:").fill_null(False) & ~(pl.col("cue").str.contains("^(?i-u:lead)") & pl.col("what").str.contains(" to [a-z]")).fill_null(False), needs="contest"),
        # "its score is higher than that of Wye by 14.8%"
        Frame("contest_by", "core", rf"(?:^| )(?:is|are|was|were|being|comes? out|ends? up|turns? out|lies) (?:[a-z]+ly )?(?P<cue>{adjective}) than (?P<what>(?u:[^,;])+?) by$",
              _SCALAR, "contest", 0.95, " by", needs="adjective"),
        # "is ahead of Wye by 3.2%"
        Frame("contest_by", "core", rf"(?:^| )(?:is|are|was|were|being|comes? out|lies|stands?) (?:[a-z]+ly |far |well )?(?P<cue>{AWAY}) (?P<what>(?u:[^,;])+?) by$",
              _SCALAR, "contest", 0.95, " by", holds=_unit_family != "length"),
        # "brings latency down by 32%"
        Frame("change_verb_by", "core", rf"(?:^|[ (,])(?:(?:bring|push|pull|forc|scal|driv)(?:e|es|s|ed|ing)?|cut(?:s|ting)?|brought|drove) (?P<what>(?:{WORD} +){{1,6}}?)(?P<cue>down|up) by$",
              _SCALAR, "change", 0.93, " by"),
        # "outperforms X with around 10% on average"; with 91.2%: a level
        Frame("contest_with", "core", rf"{_BEFORE}(?P<cue>{contest})(?: +(?P<what>(?u:[^,;])+?)) with$",
              ("percent", "points"), "contest", 0.85, " with", holds=_gap & pl.col("right").str.contains("^(?:on|in|across|[,.;])"), needs="contest"),
        # "while reducing costs 37x compared to", "extending the coverage 4-fold"
        Frame("change_verb_times", "core", rf"(?:^|[ (,])(?P<cue>{verb}) +(?P<what>(?:{WORD} +){{0,5}}?{WORD})$",
              ("ratio",), "change", 0.9, holds=pl.col("right").str.contains("^(?:$|[,.;)]|(?:compared|relative|over|versus|while|and|on|in|with|without) )") & ~pl.col("what").str.replace(" and ", " ").str.contains(rf"^of(?: |$)|(?i-u)(?:^| )(?:{STOP}|{DOES})(?: |$)"), needs="verb"),
        # "latency is reduced by 62%", "accuracy drops by 3 points"
        Frame("change_passive_by", "core", rf"(?P<what>{_RUN}{{1,8}})(?P<cue>{verb}) +(?:[a-z]+ly +)?by$",
              _SCALAR, "change", 0.93, " by", needs="verb"),
        # "the number of parameters is cut roughly in half", "cuts memory in half"
        Frame("change_passive_by", "core", rf"(?P<what>{_RUN}{{1,8}})(?:is|are|was|were|be|being|been) (?P<cue>{verb})(?: (?:[a-z]+ly|almost|about))? in$", ("ratio",), "change", 0.9, " in", needs="verb"),
        Frame("change_verb_by", "core", rf"{_BEFORE}(?P<cue>{verb}) +(?P<what>(?:{WORD} ){{0,5}}?{WORD})(?: (?:[a-z]+ly|almost|about))? in$", ("ratio",), "change", 0.9, " in", needs="verb"),
        # "reduces KV cache memory by 62%"
        Frame("change_verb_by", "core", rf"{_BEFORE}(?P<cue>{verb}) +(?P<what>(?u:[^;])+?),? +by$",
              _SCALAR, "change", 0.98, " by", needs="verb",
              # "enhances accuracy but also achieves a reduction in cost by"
              holds=~pl.col("what").str.contains(rf"(?i-u) (?:and|but)(?: also)? (?:{DOES}) an? | (?:changes|affects?|alters?) ").fill_null(False)),
        # "perplexity decreased from 9.64 to 7.23"
        Frame("from_to_passive", "core", rf"(?P<what>{_RUN}{{1,8}})(?P<cue>{verb}) +(?:[a-z]+ly +)?(?:from|to|to below)$",
              (*_SCALAR, "count", "scaled"), "level", 0.89, " (?:from|to|to below)", needs="verb",
              # "was extended to 96K long contexts": a capacity
              holds=~(pl.col("core").str.ends_with(" to") & pl.col("family").is_in(["count", "scaled"]) & pl.col("cue").str.contains("(?i-u)exten|scal|increas|expan|gr[eo]w"))),
        # "improves encoding quality from 37.36 to 37.70", "narrows the gap to within 10%"
        Frame("from_to_verb", "core",
              rf"{_BEFORE}(?P<cue>{verb}) +(?P<what>(?u:[^;:])+?) *(?:from(?: {LEVEL_OF})?|to(?: within)?)$",
              (*_SCALAR, "count", "scaled"), "level", 0.89, "(?:from|to|to within| of)", needs="verb",
              holds=~pl.col("what").str.contains(rf"(?i-u)(?:^| )(?:(?:{DOES.replace(SCORES, 'scoring')}) |(?:contrast|compared|ranging|varying|spanning)(?: |$))")),
        # "reduces the error below 10%"; "reduces the error for all users under 18%" is of some
        Frame("from_to_verb", "left", rf"{_BEFORE}(?P<cue>{verb}) +(?:the |its |their )?(?P<what>(?:{WORD} ){{0,3}}{WORD}) (?:below|above|beyond|under) *$",
              ("percent", "bare"), "level", 0.89, "(?:below|above|beyond|under) *", needs="verb",
              holds=(_has_unit | _decimals) & ~pl.col("what").str.contains(rf"(?i-u)(?:^| )(?:{STOP}|of|{DOES.replace(SCORES, 'scoring')})(?: |$)")),
        # "(rising from 9.3 to 17.2", "marginal gains (from 0.92 to 0.94"
        Frame("from_to_verb", "core", rf"(?:[(,] *(?:[a-z]+ly )?(?P<cue>{verb}) |(?:gain|improvement|increase)s? [(])from$", ("percent", "bare"), "level", 0.85, "[ (]from",
              holds=pl.col("baseline_value").is_not_null()),
        # "an average pass@1 scores increase of", "reduction in latency of"
        Frame("change_noun_of", "core",
              rf"^{noun_before}{noun_of} *(?:of|by|:|from|is|are|was|were|ranging from|reaching|exceeding|being|, i[.]e[.],?|averaging|\()$",
              _SCALAR, "change", 0.96, r"of|by|:|from|is|are|was|were|reaching|exceeding|being|i[.]e[.],?|averaging|\(", holds=_no_bracket_after & ~pl.col("whatb").str.contains(rf" and (?:{DOES}) ").fill_null(False) & ~((pl.col("family") == "bare") & pl.col("core").str.contains(" (?:over|such as|like|and|including) (?:[a-z-]+ )*(?-i:[A-Z])(?u:[^ ])* [(]$")), needs="noun"),
        # "accuracy gains amount to 21.9%", "the loss in utility stays below 0.3 points"; "the proposed loss reaches 78%" is a level
        Frame("change_noun_of", "core", rf"^(?P<what>{ANY}*(?:^|[ (,]))(?P<cue>(?:gain|improvement|increase|reduction|speed-?up|saving|drop|decrease)s?|loss(?:es)?){noun_of} *(?:(?:amount|total)(?:s|ed|ing)?(?: to)?|(?:stay|remain|reach)(?:e?s|ed|ing)?)$",
              _SCALAR, "change", 0.93, "(?:amount|total|stay|remain|reach)[a-z]*(?: to)?", needs="noun", holds=~pl.col("cue").str.contains("^(?i-u:loss)") | pl.col("whatb").is_not_null() | pl.col("what").str.contains("(?:performance|accuracy|quality|utility) $")),
        # "an absolute reduction of bias up to 26%"
        Frame("change_noun_of_up_to", "left", rf"^{noun_before} +(?:in|of) +(?P<whatb>(?u:[^,;:()])+?) +{_SO_MUCH}$",
              _WITH_UNIT, "change", 0.92, _SO_MUCH,
              holds=~pl.col("whatb").str.contains(rf"(?i-u)(?:^| )(?:{STOP}|{DOES}) "), needs="noun"),
        # "consistent relative gains up to 11%"
        Frame("change_noun_up_to", "core", rf"^{noun_before},?$", _WITH_UNIT, "change", 0.92,
              holds=~pl.col("left").str.contains("under (?:the )?$") & ~_travelled, needs="noun"),
        # "consistent accuracy gains over Wye, between 3% and 9%"
        Frame("change_noun_up_to", "left", rf"^{noun_before} (?:over|on|in|for|across|of) (?u:[^,;:()]){{1,60}}, (?:up to|between|from|by|ranging from) *$", _WITH_UNIT, "change", 0.88, "(?:up to|between|from|by) *", needs="noun"),
        # "a performance lift about 8.74"
        Frame("change_noun_up_to", "left", rf"^{noun_before} +(?:about|around|approximately|nearly) *$", ("bare",), "change", 0.85, "(?:about|around|approximately|nearly) *",
              holds=_decimals, needs="noun"),
        # "surpasses X by an average accuracy of 0.8%"
        Frame("contest_by_measure", "core", rf"{_BEFORE}(?P<cue>{contest}) (?u:[^;])+? by an? (?:[a-z]+ )?(?P<what>{measure}) of$", ("percent", "points"), "contest", 0.9, " of", needs="contest"),
        # "above the previous best of 0.720", "outperforming the baseline of 0.6941"
        Frame("previous_best", "core", r"(?:^| )(?:(?:previous|prior|current) (?:best|state-of-the-art|SOTA|record)|baselines?)(?: (?:score|result)s?)? of$", ("bare",), "level", 0.85, " of", needs="decimals", holds=pl.col("baseline_value").is_null()),
        # "an MFU of 52.30%"
        Frame("measure_of_percent", "core", rf"{measured} *(?:of|=|:|is|was|reaches|reaching)$",
              ("percent",), "level", 0.96, needs="measure"),
        # "reducing computational expenses up to 2.5x"
        Frame("change_verb_up_to", "left",
              rf"{_BEFORE}(?P<cue>{verb}) +(?P<what>(?u:[^;:])+?),? +{_SO_MUCH}$",
              _WITH_UNIT, "change", 0.92, _SO_MUCH, needs="verb",
              # "…, ensuring stability, and roughly halves the count"
              holds=_no_clause & ~_travelled & ~(pl.col("what").str.contains(", (?:achiev|reach|attain|obtain)ing$") & pl.col("right").str.contains(rf"(?i-u)^(?:[a-z-]+ ){{0,2}}(?:{measure})(?:[ ,.;]|$)")) & ~pl.col("token").str.contains("^(?i-u:halv|doubl|tripl|quadrupl)")),
        # "an 89.26pp gap between"
        Frame("gap", "right", rf"^(?P<what>(?:{WORD} +){{0,2}}?(?:gap|difference|disparity|discrepancy)(?: +(?:between|in) {WORD}(?: {WORD}){{0,4}}?)?){ENDS}", ("points", "percent"), "gap", 0.85),
        # "a 38.6% success rate", "2.09 FID"
        Frame("score_measure", "right", rf"^(?:\([+-] ?[0-9.]+ ?%?\) *)?(?:in |of )?{DETERMINERS}(?P<what>(?:{WORD} +){{0,3}}?(?:[a-z]+-)?(?:{measure})){_EDGE}",
              ("percent", "bare"), "level", 0.95, holds=_no_clause & (pl.col("after") != ")") & ~(
                  # "12.1% on 2 reward benchmarks"
                  (pl.col("family") == "bare") & ~_decimals & pl.col("right").str.contains("^(?:[A-Za-z-]+ ){1,3}(?:benchmarks?|datasets?|tasks?|models?|metrics)(?:[ ,.;)]|$)")),
              needs="measure"),
        # "59.8% at pass@256", "25.2 Robustness@10"
        Frame("at_k", "right", rf"^(?:at |in |on )?(?P<what>{AT_K})(?:[ ,.;:()]|$)", ("percent", "bare"), "level", 0.9, holds=_has_unit | _decimals),
        # "(mArho up to 0.459", "(pass^8 < 25%", "our ASR@0.5 on InternVL reaches over"
        Frame("at_k", "core", rf"(?:^|[ (])(?P<what>{AT_K})(?: scores?)?(?: on {WORD})?(?: (?:of|is|was|reaches)| ?[=:])?$", ("percent", "bare"), "level", 0.9, holds=_has_unit | _decimals),
        Frame("named_up_to", "left", r"\((?P<what>(?-i:[A-Za-z][A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)|rho|r) ?(?:up to|of|>=?|<=?) *$", ("percent", "bare"), "level", 0.75, holds=_decimals),
        # "(6.15/10)"
        Frame("graded", "right", "^/(?:5|100|[0-9]{2})(?:[ ,.;:)]|$)", ("bare",), "level", 0.85, holds=~pl.col("left").str.contains("% [(]$")),
        # "rated highly (average 4.6 out of 5)"
        Frame("graded", "right", r"^out of (?:5|7|10|100)(?:\.0)?(?:[,;)]|[.](?:[ )]|$)|$| (?:on|for|in|from|by|was|were|is|and|with|across|given|among|to|over) )", ("bare",), "level", 0.8,
              needs="decimals", holds=pl.col("left").str.contains("(?i-u)rat(?:ed|ings?)|scor|averag|mean|grad")),
        # "an FID-VID of 6.98"
        Frame("named_of", "core", r"(?:^|[ (])(?:an?|the|with|and|[0-9.]+ ?%?,)(?: [a-z-]+){0,2} (?P<what>(?-i:[A-Za-z][A-Za-z0-9@-]*[A-Z0-9@][A-Za-z0-9@-]*))(?: values?)? of$", ("bare",), "level", 0.94, " of", needs="decimals"),
        # "FID = 2.09", "accuracy (85%)", "a Dice with a mean of"
        Frame("measure_of", "core",
              rf"{measured} *(?:[(]? *(?:of +)?(?:[kr]|kappa|rho|tau)|of|is|=|:|was|are|were|at|reaches|reaching|exceed(?:s|ed)|(?:down )?to|as|by|,|\(|with an? [a-z]+ of|rang(?:ing|ed|es)(?: from)?|exceeding|approaching|close to|near)?$",
              ("percent", "bare"), "level", 0.95, needs="measure",
              # "60.8% preference, 62.2% visual appeal": the measure is of the number before it
              holds=~pl.col("core").str.contains(r"(?i-u)(?:^| )scores$|[0-9] ?%? (?:[a-z-]+ ){0,3}[a-z-]+,$")
              # "95% of its performance at 5% of the cost"
              & ~(pl.col("core").str.ends_with(" at") & pl.col("right").str.starts_with("of "))
              # "sparse attention maps" are no mAP
              & ~pl.col("what").str.contains("(?:^| )maps?$")),
        # "a validation submission rate of 0.85"
        Frame("named_of", "core", rf"(?:^|[ (])(?:(?:{WORD} ){{0,4}}?(?:{DOES}) )?(?P<what>(?:{WORD} +){{0,3}}(?:(?:rate|score|coefficient)s?|index|similarity)) of$", ("bare",), "level", 0.94, " of", needs="decimals", holds=~_of_set_up),
        # "a structural similarity index (SSIM) of 0.99"
        Frame("named_of", "core", rf"(?:^|[ (])(?:an?|the|its|with|and) (?P<what>(?:{WORD} +){{1,5}}\((?-i:[A-Z][A-Za-z0-9-]*[A-Z0-9])s?\)) of$", ("bare",), "level", 0.94, r"\) of", needs="decimals", holds=~_of_set_up),
        # "context windows of up to 32,768 tokens", "batch sizes of 32868", "sequence length is scaled to 1,024K"
        Frame("capacity_of", "left", rf"(?:^|[ (])(?P<what>(?:{capacity}))(?: +(?:of|is|are|was|can|be|even|up|as|scaled|extended|expanded|increased|grown?|grows)){{0,4}} {_LINK} *$",
              _COUNTED, "capacity", 0.88, holds=_reached),
        # "1 million sequence length"
        Frame("capacity", "right", rf"^(?:of |token |effective |long )*(?P<what>(?:{capacity})s?){_EDGE}", _COUNTED, "capacity", 0.75,
              holds=~pl.col("left").str.contains(r"(?i-u)(?:(?:^| )at(?: an?)?|\() *$")),
        # "supports up to 1M edits"
        Frame("supports", "right", rf"^(?P<what>(?:[a-z-]+ ){{0,2}}?[a-z-]*[a-rt-z]s){_EDGE}",
              ("scaled", "bare"), "capacity", 0.75, holds=_supported),
        # "can process 2000 frames"
        Frame("supports", "left", SERVES, ("count", "setup"), "capacity", 0.75),
        # "inputs of 128K tokens can be processed"
        Frame("supports", "right", "^(?:can|could) (?:also |now )?be (?:processed|handled|served|supported|accommodated)(?:[ ,.;)]|$)", ("count", "setup"), "capacity", 0.75),
        # "an exceptional length of 50,176 tokens"
        Frame("extent_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,2}}(?:lengths?|horizons?|contexts?|windows?)) of$", ("count",), "capacity", 0.75, " of"),
        # "as few as 50 images", "only 576 visual tokens"
        Frame("few", "right", rf"^(?P<what>(?:[a-z-]+ )?[a-z-]*[a-rt-z]s){_EDGE}", ("bare", "scaled"), "level", 0.75,
              holds=pl.col("left").str.contains("(?:as few as|as little as)(?: (?:about|around))? *$")
              | pl.col("what").str.contains("(?:^| )(?:tokens|steps)$") & pl.col("left").str.contains("(?:only|just|merely)(?: (?:about|around))? *$")),
        Frame("few", "left", "(?:as few as|as little as) *$", ("count", "setup"), "level", 0.75),
        # "converges within 100 iterations"
        Frame("scarce", "left", "(?i-u)converg[a-z]* (?:within|in|after) (?:only |just |about |around )?$", ("count",), "level", 0.75),
        # "achieves open-source SOTA on 32 benchmarks"
        Frame("solves", "left", "(?:SOTA|[Ss]tate-of-the-art(?: [(][A-Za-z]+[)])?)(?: performance| results?| accuracy)? (?:on|in|across) *$", ("count",), "capacity", 0.65),
        # "outperforming existing models on 16 benchmarks"
        Frame("solves", "left", f"(?:^|[ ,])(?:{WINS}) (?u:[^,;.0-9])+ on *$", ("count",), "capacity", 0.65),
        # "with an average of 320 ms"
        Frame("stated", "left", "(?:with|at|in|is|was) an (?:average|mean|median) of *$", ("physical",), "level", 0.7, holds=~_unit_family.is_in(["length"])),
        # "solves 26 problems", "diagnosing 9604 diseases"
        Frame("solves", "right", rf"^(?:of (?:these|those|the) )?(?P<what>(?:[a-z-]+ ){{0,2}}?[a-z-]*[a-rt-z]s){_EDGE}",
              ("scaled", "bare"), "capacity", 0.75, holds=pl.col("left").str.contains(_SOLVES)),
        Frame("solves", "left", _SOLVES, ("count",), "capacity", 0.75),
        # "generation quality to as long as 32k tokens", "up to 1M tokens", "to over 10,000 words"
        Frame("up_to", "left", "(?:up to|to (?:over|more than|beyond)|process(?:es|ing)? (?:over|more than)|extrapolat(?:es?|ing) to|scal(?:es?|ing) to|as long as|as many as|as large as|exceeding|beyond) *$",
              ("count",), "capacity", 0.8, holds=~pl.col("left").str.contains("(?:train|tun)(?:ed|ing) (?:on|with|over) (?:[a-z-]+ ){0,3}(?:up to|over|more than|beyond) *$")
              # what others can do
              & (pl.col("value") < 1e9)
              & ~pl.col("left").str.contains(f"(?i-u)(?:existing|previous|prior|current|conventional|traditional) (?:[a-z-]+ ){{0,5}}(?:methods|models|approaches|works?|benchmarks|datasets|{LLM}s)")),
        # "supports up to 240-second videos"
        Frame("up_to", "left", "(?:(?:support|generat|produc)(?:e|es|s|ing)? (?:[a-z-]+ ){0,3}|(?:^| )last(?:s|ing)? )up to *$", ("physical",), "capacity", 0.75),
        # "best performance on 15 out of 24 tasks"
        Frame("out_of", "right",
              "^(?:out )?of (?:the |all |its |these )?(?P<whatb>[0-9]+) (?P<what>(?:[a-z-]+ ){0,3}?[a-z-]*s)(?:[ ,.;:)]|$)",
              ("bare",), "share", 0.92, holds=_named),
        # "with 20.2 tool calling turns on average"
        Frame("mean_count", "right", "^(?P<what>(?:[a-z-]+ ){0,3}[a-z-]*s)(?: on average| per )",
              ("bare",), "count", 0.7, needs="decimals", holds=_named),
        # "On average, LLMs require 16.2 execution turns and"
        Frame("mean_count", "right", rf"^(?P<what>(?:[a-z-]+ ){{0,2}}[a-z-]*s){ENDS}",
              ("bare",), "count", 0.7, needs="decimals", holds=_named & pl.col("left").str.contains("^(?:[A-Z][a-z]+, )?(?:On average|on average)")),
        # "in only 4 steps", "requires just 5 minutes", "in no more than 4 steps"
        Frame("scarce", "left",
              "(?:in|within|takes?|taking|requires?|requiring|needs?|needing|generat(?:es|ing)|spend(?:s|ing)?|under) +(?:only|just|as few as|as little as"
              "|fewer than|less than|no more than|at most|under|merely|a mere)(?: (?:a|an|the))? *$",
              ("count", "physical"), "level", 0.75),
        Frame("scarce", "left", "(?:with|using) (?:only|just|as few as|merely) *$", ("count",), "level", 0.7, holds=pl.col("unit").is_in(["steps", "NFE"])),
        # "with up to 29 FPS streaming generation"
        Frame("running", "right", rf"^(?:of )?(?P<what>(?:[A-Za-z0-9-]+ ){{0,2}}(?:inference|rendering|generation|decoding|processing|streaming|simulation|synthesis)){_EDGE}",
              ("physical",), "level", 0.8, holds=_unit_family == "rate"),
        # "20 ms latency", "162 FPS inference speed"
        Frame("physical_measure", "right", rf"^(?:of )?(?P<what>(?:{WORD} +){{0,2}}(?:{any_measure})){_EDGE}",
              ("physical",), "level", 0.85, holds=_one_phrase, needs="measure_or_rate"),
        # "needs 16GB GPU memory", "generates a token in 0.188 seconds", "at 25 FPS"
        Frame("needs", "left",
              "(?:requires?|requiring|needs?|needing|consum(?:es|ing)|uses|takes?|taking|costs?|costing|for|on|in|within|at|under|exceed(?:s|ing)?"
              "|generat(?:e|es|ing)|process(?:es|ing)?|render(?:s|ing)?)"
              rf"(?: (?:only|just|between|{ROUGHLY}|less than|as little as|under|an? (?:average|mean) of|a single|a|an|one))* *$",
              ("physical",), "level", 0.78, holds=_needed),
        # "a latency as low as 226 ms"
        Frame("physical_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,2}}(?:{capable})s?)(?: +(?:of|is|was|are|=|:|at|to|below|under|rang(?:ing|ed|es)(?: from)?)| ?\()?$",
              ("physical",), "level", 0.85),
        # "per-point error had a median of 3.9 mm", "RMSEs ranging from 1.5 m to 8.9 m"
        Frame("physical_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,2}}(?:{measure})s?)(?: by [a-z]+)?(?: +(?:had|has|have|was|were|is|are|of|rang(?:ing|ed|es)(?: from)?))$",
              ("physical",), "level", 0.8, needs="measure"),
        # "a calibration error from 0.88 to 1.80 mm"
        Frame("physical_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,2}}(?:{measure}|{capable})s?) from$",
              ("physical",), "level", 0.75, holds=pl.col("value_high").is_not_null()),
        # "MAE 17.34 deg"
        Frame("measure_of", "core", rf"{measured}$", ("physical",), "level", 0.85, needs="measure"),
        # "a latency of 20 ms", "memory usage of 5 GB"
        Frame("quantity_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{1,5}}(?:\((?u:[^)])+\) +)?)(?:of|is|was|are|=|:|values? (?:of|exceeding|above|below)|exceeding)$",
              ("percent", "physical", "points"), "level", 0.7, holds=(pl.col("family") != "points") | pl.col("token").str.contains("pp|percent")),
        # "keeps accuracy within 2% of the full model"
        Frame("within", "core", rf"(?:^|[ (,])(?P<what>(?:{WORD} +){{0,4}}?{WORD}) +(?:(?:that |which )?(?:is|are|was|were|stays?|remains?|comes?|falls?|lies) +)?(?P<cue>within)$",
              ("percent", "points"), "change", 0.9, " within", holds=pl.col("right").str.contains("^of ")),
        # "synergy remains below 2%", "load stays near 60%", "keeping memory pressure below 6%"
        Frame("kept", "left", rf"(?:^|[ (])(?P<what>(?:{WORD} ){{0,3}}{WORD}) (?:remain|stay)(?:s|ed|ing)? (?:below|under|above|within|near|around|close to|at) *$", ("percent", "physical"), "level", 0.8),
        Frame("kept", "left", rf"(?:keep|maintain|hold|limit)(?:s|ing|ed)? (?P<what>(?:{WORD} ){{0,3}}{WORD}) (?:below|under|above|within) *$", ("percent", "physical"), "level", 0.8),
        # "a compression ratio of 20x"
        Frame("ratio_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,3}}(?:ratios?|rates?|factor|compression)) +of$",
              ("ratio",), "change", 0.85),
        # "less than 1% of the parameters"
        Frame("share_of", "right", rf"^(?:\((?u:[^)])+\) *)?of +{NOUNS}", ("percent",), "level", 0.92),
        # "gains 21.6 in Dynamic Degree"
        Frame("change_verb", "core", "(?:^| )(?P<cue>gain(?:s|ed|ing)?)$", ("bare",), "change", 0.8, "gain(?:s|ed|ing)?", needs="decimals",
              holds=pl.col("right").str.contains(f"^in (?:[A-Z][a-z]+ [A-Z][a-z]+|(?i-u:{measure}))(?:[ ,.;]|$)")),
        # "achieves 93.4%", "scoring 4.49 and 7.83"
        Frame("achieves", "core", rf"(?:^|[ (])(?:{DOES})$", ("percent", "physical", "bare"), "level", 0.92,
              holds=_has_unit | (_decimals & pl.col("right").str.contains(_CLOSES)) | (pl.col("core").str.contains("(?i-u)scor(?:e|es|ed|ing)$") & pl.col("token").str.contains("^[0-9.]+$"))),
        # "achieves a helpfulness of 0.871": a measure that no seed has
        Frame("named_of", "core", rf"(?:^|[ (])(?:{DOES_PLAINLY}) (?:an?|the|its) (?P<what>(?:[A-Za-z@-]+ ){{0,3}}[A-Za-z@-]+) of$", ("bare",), "level", 0.85, " of",
              needs="decimals", holds=_a_measure),
        # "attains the best purity (0.871)"
        Frame("bracketed", "core", r"(?:^|[ (])(?:the|an?|its) (?:best|highest|lowest|top|overall|average|mean|strongest) (?P<what>(?:[A-Za-z@-]+ ){0,2}[A-Za-z@-]+) *\($", ("bare",), "level", 0.8, r"\(",
              needs="decimals", holds=_a_measure),
        # "reaches 0.871 helpfulness on"
        Frame("score_measure", "right", r"^(?P<what>(?:[A-Za-z@-]+ ){0,2}[A-Za-z@-]+) (?:on|in|for|across) ", ("bare",), "level", 0.75,
              needs="decimals", holds=pl.col("core").str.contains(f"(?i-u)(?:^| )(?:{DOES})$") & _a_measure),
        # "0.2641 compared to 0.2597"
        Frame("against", "right", rf"^(?:{AGAINST}) [0-9]+\.[0-9]", ("percent", "bare"), "level", 0.8, holds=_has_unit | _decimals),
        # "93.4 on AIME-2025"
        Frame("score_on", "right", "^(?:on|for|in|with|from) (?:the )?(?-i:[A-Z]|[a-z]+-?[A-Z])",
              ("bare",), "level", 0.95, holds=_scored),
        # "JS divergence … is relatively low (approximately 0.25)"
        Frame("bracketed", "core", rf"{_BEFORE}(?P<what>(?:{WORD} )?(?:{measure}))(?: (?u:[^;])*)? *\($",
              ("bare",), "level", 0.75, r"\(", holds=_decimals, needs="measure"),
        # "a root mean square error of the predicted distribution of 0.12"
        Frame("measure_far", "core", rf"{measured} (?:of|for|in|on|between|with|across) (?u:[^,;()0-9]){{1,60}} (?:of|is|are|was|were|at|reached|ranged from)$",
              ("bare",), "level", 0.8, " (?:of|is|are|was|were|at|reached|from)", holds=_decimals, needs="measure"),
        # "build and run commands (62.3%)"
        Frame("bracketed_share", "core", r"(?:^|,| (?:as|like|in|at|for|of|with|on|the|and|than|is|are) )(?P<what>(?-i:[a-z][a-z-]*(?: (?:and )?[a-z][a-z-]*){0,4})|(?:[A-Za-z-]+ ){1,3}(?:rates?|ratios?)) *\($|(?:^| )(?P<whatb>(?:[A-Za-z-]+ ){1,2}(?:rates?|ratios?)) *\($",
              ("percent",), "level", 0.8, r"\(", holds=pl.col("after").is_in([")", ","]) & pl.col("sign").is_null() & (~_compared | pl.col("what").str.contains("(?:rate|ratio)s?$"))),
        # "(MM-VET: +0.2, OCR: -21.3)"
        Frame("signed", "left", "[ (:,][+-] ?$|[(](?:up|down)(?: by)? $", ("percent", "points", "bare"), "change", 0.92, holds=_has_unit | _decimals),
        # "(5,555x of GPU)"
        Frame("times_of_rival", "right", r"^of (?P<whatb>[A-Z](?u:[^ ,;()])*)(?:[,;)]|$)", ("ratio",), "change", 0.85),
        # "12X encoding speed"
        Frame("times_of", "right", rf"^(?:of )?{NOUNS}", ("ratio", "magnitude"), "change", 0.85, holds=_named),
        # "twice the size of the previous largest"
        Frame("times_of", "right", rf"^(?:the |its )(?P<what>(?:{WORD} )?(?:size|length|number|amount|volume|speed|cost|throughput|rate)) of ", ("ratio", "magnitude"), "change", 0.85),
        # "0.01% training data"
        Frame("share", "right", rf"^{NOUNS}", ("percent",), "level", 0.87, holds=_named & ~pl.col("right").str.contains("^(?:--?|(?u:[–—])) ")),
        # "surpassing both ArenaHard's 0.91"
        Frame("possessive", "left", r"(?:^|[ (])(?-i:[A-Z])(?u:[^ ,;:()])*'s +$", ("bare",), "level", 0.8, needs="decimals", holds=_compared),
        # "outperforms LLaVA-CoT (63.2), Mulberry (63.9)"
        Frame("rival_bracketed", "left", r"(?:^|[ (])[A-Z](?u:[^ ,;:()])*(?: [A-Z0-9](?u:[^ ,;:()])*){0,2} *\($", ("bare",), "level", 0.75, r"\(",
              needs="decimals", holds=_compared & pl.col("after").is_in([")"])),
        # "FID of 1.46 for unconditional generation and 1.38 for conditional generation"
        Frame("again", "left", r"[0-9]\.[0-9][0-9]* *(?:[A-Za-z0-9-]+ ){0,3}(?:on|across|for|in|with|at|under|using) (?u:[^,;.()]|[0-9][.][0-9])+(?:,|,? and|,? but)(?: only)? *$", ("bare",), "level", 0.8,
              needs="decimals", holds=pl.col("right").str.contains("^(?:on|across|for|in|with|at|under|after|before|using) ")),
        # "FID of 1.62 (256x256) and 2.22 (512x512)"
        Frame("again", "left", r"[0-9]\.[0-9][0-9]* *(?:(?:on|for|in|with|at|under) (?u:[^,;()]){1,40})?[(](?u:[^()])+[)],? and *$", ("bare",), "level", 0.8,
              needs="decimals", holds=pl.col("right").str.contains("^(?:[(]|(?:on|for|in|with|at|under|after|before) )")),
        # "600 ms in theory and 800 ms in practice"
        Frame("again", "left", r"[0-9] ?[A-Za-z/]+ (?:[A-Za-z-]+ ){0,3}(?:on|for|in|with|at|under) (?u:[^,;()]){1,60}(?:,|,? and) *$", ("physical",), "level", 0.75,
              holds=pl.col("right").str.contains("^(?:on|for|in|with|at|under|after|before) ")),
        # "(CLIP-I: 0.6605", "(r = 0.82", "with r = 0.82"
        Frame("labelled", "left", r"[(;,] *(?P<what>[a-z]{4,}) ?= ?$", ("percent",), "level", 0.75),
        Frame("labelled", "left", r"(?:\(|(?:^| )with|[;,]) *(?P<what>kappa|rho|tau|r|(?u:[κρ])) *[:=] *$", ("bare",), "level", 0.75, needs="decimals"),
        Frame("labelled", "left", r"(?:\(|[;,] |= ?[0-9.]+,? and )(?P<what>(?-i:[a-z-]{0,8}[A-Z])(?u:[^ ,;:()]){1,20}) ?[:=] ?$", ("bare", "physical"), "level", 0.75, holds=_decimals & ~pl.col("what").str.contains("^(?i-u:arxiv|fig|tab|sec|version|v|SD|SE|std|CI|IQR)[.]?$")),
        # "moderate expertise (M = 3.01)", "higher misalignment (70.71)"
        Frame("decimal", "core", r"(?:^|[ ,(])(?P<what>(?-i:[a-z-]+(?: (?:of|with) (?:[a-z-]+ ){0,3}[a-z-]+)?)) \((?:(?:m|mean|median|average|avg[.]?) ?[=:]? *)?$",
              ("bare",), "level", 0.65, r"\((?:[A-Za-z.]+ ?[=:]? *)?", needs="decimals", holds=alone & _some_quality & ~_compared),
        # "(BERT-F1 0.903", "(Q-Score 6.24"
        Frame("decimal", "core", r"(?:\(|e[.]g[.],? |, )(?P<what>(?-i:[A-Za-z0-9]+-[A-Z])(?u:[^ ,;:()])*)$", ("bare",), "level", 0.65, needs="decimals", holds=alone & ~pl.col("what").str.contains(model)),
        # "an aspect ratio close to 5.3", "the mean was 0.8656"
        Frame("decimal", "core", r"(?:^|[ ,(])(?P<what>(?:[A-Za-z@'-]+ ){0,2}[A-Za-z@-]+) (?:of|is|was|were|are|at|reached|remains?)(?: (?:close to|near|about|around|approximately))?$",
              ("bare",), "level", 0.65, "(?:of|is|was|were|are|at|reached|remains?|to|near|about|around|approximately)", needs="decimals", holds=alone & _some_quality),
        # "3.4 versus 2.55 for Wye": what has decimals is seldom anything but a result
        Frame("decimal", "right", "^", ("bare",), "level", 0.65, needs="decimals", holds=alone),
        # "17.4 tool calls per task", "3.4 rounds": a mean
        Frame("decimal", "right", "^", ("count", "setup"), "count", 0.65,
              needs="decimals", holds=pl.col("scaled").is_null() & (pl.col("value") < 1e3) & ~pl.col("left").str.contains("(?:^| )[A-Z][A-Za-z0-9-]* $")),
        # "sustains 20.7 FPS", "low-cost (4.12 USD on average)": with such a unit it is mostly a result
        Frame("stated", "right", "^", ("physical",), "level", 0.7, holds=_of_use),
        # "less memory (e.g., from 21.55 GB to 10.64 GB)"
        Frame("plain", "right", "^", ("physical",), "change", 0.85, holds=pl.col("baseline_value").is_not_null() & pl.col("left").str.contains("(?:[(](?:e[.]g[.],? |i[.]e[.],? )?|(?:%|x|times|fold),? )from *$")),
        # nothing of its own: "… from 256 to 20 steps and 1024 to 48", "… 73.5% on A, 91.3% on B"
        Frame("plain", "right", "^", (*_WITH_UNIT[:-1], "bare"), "change", 0.91,
              holds=_has_unit | pl.col("baseline_value").is_not_null()),
    ]  # fmt: skip


# ---- Frames that are asked for by name elsewhere: what they have in common beside their words

NOUN_RULES = ("change_noun_of", "change_noun_up_to", "change_noun_of_up_to")
FROM_TO = ("from_to_verb", "from_to_passive")
PASSIVE = ("change_passive_by", "from_to_passive")
MEASURE_OF = ("measure_of", "measure_of_percent")
SHARES = ("share", "share_of", "share_as")
# A verb says by how much something changed.
BY_VERB = (
    "contest_by", "change_passive_by", "change_verb", "change_verb_by", "change_verb_times", "change_verb_up_to",
)  # fmt: skip
# A change of some decimals needs no measure: "improvements of 6.0 on MMLU"
MOVED = ("change_passive_by", "change_verb", "change_verb_by", "change_noun_of", "change_noun", "change_compound", "change_noun_up_to", "contest_by")  # fmt: skip
# A number without a unit needs no measure beside these; beside the others it is dropped.
SELF_STANDING = (
    *FROM_TO, "capacity_of", "capacity", "extent_of", "supports", "few", "solves", "out_of", "mean_count", "score_on", "bracketed",
    "achieves", "signed", "gained", "labelled", "graded", "named_of", "against", "possessive", "previous_best", "rival_bracketed",
    "at_k", "named_up_to", "decimal",
)  # fmt: skip
# What a name of two sizes of letters stands for beside these is no measure.
NAMED = (
    "labelled", "bracketed_share", "bracketed", "change_verb_by", "change_passive_by", "signed", "share_of", "plain", "from_to_verb",
)  # fmt: skip
SCORED = (*MEASURE_OF, "score_measure", "named_of", "score_on")
# What was measured ends before the verb or the number.
BEFORE_NUMBER = (*NOUN_RULES, "within", *PASSIVE, *MEASURE_OF, "quantity_of", "change_verb", "ratio_of", "physical_of")
# What was measured may stand right behind the number.
MEASURED_BEHIND = (
    *MEASURE_OF, *PASSIVE, "plain", "signed", "achieves", "change_noun_of", "change_noun_up_to", "change_verb_by", "from_to_verb", "versus",
)  # fmt: skip
