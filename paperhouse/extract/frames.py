"""The ways in which an abstract states a result, one `Frame` each: the grammar of `claims.py`.

A frame is a pattern over the words right after the number (`right`) or right before it (`core`: hedges such as "up to"
taken off; `left`: with them), with the groups `cue` (a phrase of the directions seed) and `what` (what is measured). Its
name is the `rule` of the rows that it made.

Patterns are ASCII with the few places that take any character marked so: a Unicode class makes the automaton of a
pattern, and the time it takes, many times larger. Texts are washed before, so that a blank is a blank.
"""

from dataclasses import dataclass

import polars as pl

from .numbers import alternation


@dataclass(frozen=True)
class Frame:
    """One way to say it.

    `says` is `change`, `level`, `contest`, `capacity`, `share` or `count`; `trust` is the confidence of a row made by it;
    `ending` is what the side must end with for the pattern to be worth trying.
    """

    rule: str
    side: str
    pattern: str
    families: tuple[str, ...]
    says: str
    trust: float
    ending: str = ""


ANY = "(?u:.)"
WORD = r"(?u:[^ ,;:()\[\]]*[^ ,;:()\[\].])"
STOP = (
    r"in|on|for|with|while|whilst|and|when|than|compared|over|versus|vs|from|using|without|as|that|which|by|to|at|across|against|relative"
    r"|under|during|via|after|before|through|but|or|is|are|was|were|be|been|can|may|could|would|respectively|thereby|thus|where|if|among|within|per|between"
    r"|outperforming|surpassing|achieving|reaching|exceeding|reducing|improving|requiring|given|due|despite|even|also|yet|compare|depending|we|it|only|just|up|one|out|not|has|have|had|then|so|its|upon"
)
ENDS = rf"(?: +(?:{STOP})(?:[ ,.;:)]|$)| *(?:[,;:.()|]|(?u:[—–]))| *$)"
DETERMINERS = r"(?:(?:the|its|their|our|a|an|both|all|terms of|overall|total|average|mean|average of) +)*"
NOUNS = rf"{DETERMINERS}(?P<what>{WORD}(?: +{WORD}| +\((?u:[^)]){{1,40}}\)){{0,6}}?){ENDS}"
DOES = (
    r"achiev(?:e|es|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|obtain(?:s|ed|ing)?|scor(?:e|es|ed|ing)|yield(?:s|ed|ing)?"
    r"|deliver(?:s|ed|ing)?|hit(?:s|ting)?|gets?|maintain(?:s|ed|ing)?|retain(?:s|ed|ing)?|preserv(?:e|es|ed|ing)|secur(?:e|es|ed|ing)"
    r"|record(?:s|ed|ing)?|gain(?:s|ed|ing)?|show(?:s|ed|ing)?|demonstrat(?:e|es|ed|ing)|exhibit(?:s|ed|ing)?|recover(?:s|ed|ing)?"
    r"|report(?:s|ed|ing)?|produc(?:e|es|ed|ing)|bring(?:s|ing)?|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|giv(?:e|es|ing)|enabl(?:e|es|ed|ing)"
    r"|stand(?:s|ing)? at|captur(?:e|es|ed|ing)|run(?:s|ning)? at|operat(?:es|ing) at|resulting in|results? in|leads? to|leading to|sits? at|solv(?:e|es|ed|ing)"
)
_MODIFIERS = (
    r"(?:(?:relative|absolute|average|overall|mean|further|additional|consistent|significant|substantial|total|maximum|end-to-end|approximate|net"
    r"|potential|theoretical|actual|median|notable|improved|zero-shot|wall-clock) +)*"
)
_EDGE = r"(?:[ ,.;:()]|$)"
_ANY = ("ratio", "percent", "points", "magnitude", "physical", "bare")
_COUNTED = ("count", "scaled", "bare")
# "by up to", "scaled to", "of": what may stand between a capacity and its number
_LINK = r"(?:of|to|is|was|at|=|:|from|reaches|reaching|beyond|exceeding|up to|as long as|as large as|spanning|ranging from|between)"


def frames(directions: pl.DataFrame, measures: pl.DataFrame) -> list[Frame]:
    """All frames in the order in which they are tried, the surest first."""

    def cues(*forms: str) -> str:
        return alternation(directions.filter(pl.col("form").is_in(forms))["phrase"])

    verb, noun, adjective, contest = cues("verb", "both"), cues("noun", "both"), cues("adjective"), cues("contest")
    measure = alternation(measures.filter(pl.col("unit") == "score")["phrase"])
    any_measure = alternation(measures["phrase"])
    capacity = alternation(measures.filter(pl.col("unit") != "score")["phrase"])
    before = rf"^{ANY}*(?:^|[ (,])"
    run = rf"(?:{WORD} +|\((?u:[^)]){{1,30}}\) +)"
    return [
        # "3.4 times lower latency than", "20% faster"
        Frame("comparative", "right", rf"^(?:times |on average,? )?(?:as )?(?P<cue>{adjective})(?:[ -]+{NOUNS}|{_EDGE})", (*_ANY, "count"), "change", 0.95),
        # "62% reduction in memory", "an increase of 3 points"
        Frame("change_noun", "right", rf"^{_MODIFIERS}(?P<cue>{noun})(?: +(?:in|of|to) +{NOUNS}|{_EDGE})", _ANY, "change", 0.95),
        # "reduces up to 88% of the FLOPs", "saves 40% memory"
        Frame("change_verb", "core", rf"(?:^|[ (,])(?P<cue>{verb})$", ("percent", "ratio", "points", "physical", "magnitude"), "change", 0.8),
        # "2.72x decoding speedup", "0.3 perplexity (PPL) degradation"
        Frame("change_compound", "right", rf"^{_MODIFIERS}(?P<what>{run}{{1,5}}?)(?P<cue>{noun}){_EDGE}", _ANY, "change", 0.93),
        # "outperforms X by 20%"
        Frame("contest_by", "core", rf"{before}(?P<cue>{contest})(?: +(?P<what>(?u:[^;]){{1,220}}?))?,? +by$", _ANY, "contest", 0.95, " by"),
        # "latency is reduced by 62%", "accuracy drops by 3 points"
        Frame("change_passive_by", "core", rf"(?P<what>{run}{{1,5}})(?P<cue>{verb}) +by$", _ANY, "change", 0.92, " by"),
        # "reduces KV cache memory by 62%"
        Frame("change_verb_by", "core", rf"{before}(?P<cue>{verb}) +(?P<what>(?u:[^;]){{1,160}}?),? +by$", _ANY, "change", 0.95, " by"),
        # "perplexity decreased from 9.64 to 7.23"
        Frame("from_to_passive", "core", rf"(?P<what>{run}{{1,5}})(?P<cue>{verb}) +(?:from|to|to below)$", (*_ANY, "count", "scaled"), "level", 0.92),
        # "improves encoding quality from 37.36 to 37.70", "reduces the error below 10%"
        Frame("from_to_verb", "core", rf"{before}(?P<cue>{verb}) +(?P<what>(?u:[^;:]){{1,90}}?) *(?:from|to|below|above|beyond)$", (*_ANY, "count", "scaled"), "level", 0.92),
        # "an average pass@1 scores increase of", "reduction in latency of"
        Frame("change_noun_of", "core", rf"^(?P<what>{ANY}*(?:^|[ (,]))(?P<cue>{noun})(?: +(?:(?:in|of|to) +(?P<whatb>(?u:[^,;:]){{1,70}}?)|(?:on|over|across|for) (?u:[^,;:]){{1,70}}?))?? *(?:of|by|:|from|is|was|ranging from|reaching|between|averaging|\()$|^(?P<whatc>{ANY}*(?:^|[ (,]))(?P<cuec>{noun}),?$", _ANY, "change", 0.93),
        # "an MFU of 52.30%"
        Frame("measure_of_percent", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,3}}(?:{measure})(?: +\((?u:[^)]){{1,20}}\))?(?: +(?:scores?|values?))?) *(?:of|=|:|is|was|reaches|reaching)$", ("percent",), "level", 0.93),
        # "reducing computational expenses up to 2.5x"
        Frame("change_verb_up_to", "left", rf"{before}(?P<cue>{verb}) +(?P<what>(?u:[^;:]){{1,80}}?),? +(?:up to|as much as|at least|more than|over|about|around|approximately|roughly|nearly)(?: an?)? *$", ("percent", "ratio", "points", "magnitude", "physical"), "change", 0.8),
        # "a 38.6% success rate", "2.09 FID"
        Frame("score_measure", "right", rf"^(?:in |of )?{DETERMINERS}(?P<what>(?:{WORD} +){{0,3}}?(?:{measure})){_EDGE}", ("percent", "bare"), "level", 0.92),
        # "an MFU of 52.30%", "FID = 2.09", "accuracy (85%)"
        Frame("measure_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{0,3}}(?:{measure})(?: +\((?u:[^)]){{1,20}}\))?(?: +(?:scores?|values?))?) *(?:of|is|was|are|were|at|=|:|reaches|reaching|to|as|by|,|\(|with an? [a-z]+ of)?$", ("percent", "bare"), "level", 0.91),
        # "context windows of up to 32,768 tokens", "batch sizes of 32868", "sequence length is scaled to 1,024K"
        Frame("capacity_of", "left", rf"(?:^|[ (])(?P<what>(?:{capacity}))(?: +[a-z]+){{0,4}} {_LINK} *$", _COUNTED, "capacity", 0.85),
        # "1 million sequence length"
        Frame("capacity", "right", rf"^(?:token )?(?P<what>(?:{capacity})){_EDGE}", _COUNTED, "capacity", 0.7),
        # "generation quality to as long as 32k tokens", "up to 1M tokens"
        Frame("up_to", "left", r"(?:up to|as long as|as many as|as large as|exceeding|beyond) *$", ("count",), "capacity", 0.7),
        # "best performance on 15 out of 24 tasks"
        Frame("out_of", "right", r"^(?:out )?of (?:the |all |its )?(?P<whatb>[0-9]+) (?P<what>(?:[a-z-]+ ){0,3}[a-z-]*s)(?:[ ,.;:)]|$)", ("bare",), "share", 0.75),
        # "with 20.2 tool calling turns on average"
        Frame("mean_count", "right", r"^(?P<what>(?:[a-z-]+ ){0,3}[a-z-]*s)(?: on average| per | and | in |[,.;]|$)", ("bare",), "count", 0.6),
        # "in only 4 steps", "requires just 5 minutes"
        Frame("scarce", "left", r"(?:in|within|takes?|taking|requires?|requiring|needs?|needing|under) +(?:only|just|as few as|as little as|fewer than|less than|under|merely|a mere)(?: (?:a|an|the))? *$", ("count", "physical"), "level", 0.7),
        # "20 ms latency", "162 FPS inference speed"
        Frame("physical_measure", "right", rf"^(?:of )?(?P<what>(?:{WORD} +){{0,2}}(?:{any_measure})){_EDGE}", ("physical",), "level", 0.85),
        # "needs 16GB GPU memory", "generates a token in 0.188 seconds", "at 25 FPS"
        Frame("needs", "left", r"(?:requires?|requiring|needs?|needing|consum(?:es|ing)|uses|takes?|taking|in|within|at|under)(?: (?:only|just|about|around|over|approximately|less than|up to|as little as|roughly|nearly|under|a|an))* *$", ("physical",), "need", 0.6),
        # "a latency of 20 ms", "memory usage of 5 GB"
        Frame("quantity_of", "core", rf"(?:^|[ (])(?P<what>(?:{WORD} +){{1,5}})(?:of|is|was|are|=|:)$", ("percent", "physical"), "level", 0.75),
        # "less than 1% of the parameters"
        Frame("share_of", "right", rf"^of +{NOUNS}", ("percent",), "level", 0.7),
        # "achieves 93.4 on AIME"
        Frame("achieves", "core", rf"(?:^|[ (])(?:{DOES})$", ("percent", "physical", "bare"), "level", 0.75),
        # "93.4 on AIME-2025"
        Frame("score_on", "right", r"^(?:on|for|in|with|from) (?:the )?(?-i:[A-Z]|[a-z]+-?[A-Z])", ("bare",), "level", 0.7),
        # "JS divergence … is relatively low (approximately 0.25)"
        Frame("bracketed", "core", rf"{before}(?P<what>(?:{WORD} )?(?:{measure}))(?: (?u:[^;])*)? *\($", ("bare",), "level", 0.6, "("),
        # "(MM-VET: +0.2, OCR: -21.3)"
        Frame("signed", "left", r"[ (:,][+-]$", ("percent", "points", "bare"), "change", 0.7),
        # "12X encoding speed"
        Frame("times_of", "right", rf"^(?:of )?{NOUNS}", ("ratio", "magnitude"), "change", 0.75),
        Frame("share", "right", rf"^{NOUNS}", ("percent",), "level", 0.55),
        Frame("plain", "right", r"^", ("ratio", "magnitude", "percent", "points", "bare"), "change", 0.5),
    ]  # fmt: skip
