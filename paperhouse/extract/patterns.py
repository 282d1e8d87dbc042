"""Pieces of patterns that the metric extractor's rules share, how a seed's words become a pattern, and how patterns are asked one after the
other.

Patterns are ASCII (`(?i-u)`), with the few places that take any character marked `(?u:…)`: a Unicode class makes a
pattern's automaton, and the time it takes, many times larger. Texts are washed before, so that a blank is a blank.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import polars as pl

ANY = "(?u:.)"
WORD = r"(?u:[^ ,;:()\[\]]*[^ ,;:()\[\].])"
# Verbs of one who does better than another, as they stand before that one: "Zed outstrips Wye", "outstripping Wye". `directions.csv` has them
# too, and some that are other words as often ("tops", "trump").
_WINS_NOW = (
    "outperform(?:s|ing)|surpass(?:es|ing)|exceed(?:s|ing)|beat(?:s|ing)|besting|better(?:s|ing)|outdo(?:es|ing)|outstrip(?:s|ping)|outclass(?:es|ing)"
    "|out(?:pac|scor|shin)(?:es|ing)|outrank(?:s|ing)|eclips(?:es|ing)|overtakes|edg(?:es|ing) out"
)
WINS = (
    f"{_WINS_NOW}|outperform(?:ed)?|surpass(?:ed)?|exceed(?:ed)?|beat(?:en)?|bested|bettered|outdo(?:ne)?|outdid|outstrip(?:ped)?|outclass(?:ed)?"
    "|out(?:pac|scor|shin)ed?|outshone|outrank(?:ed)?|eclipsed?|overt(?:ak(?:e|en|ing)|ook)|edged? out"
)
WINS_HINT = "ut(?:perform|do|did|strip|class|pac|scor|sh[io]n|rank)|urpass|xceed|eat|est(?:ed|ing)|etter(?:s|ed|ing)|clips|vert(?:ak|ook)|dg(?:e|es|ed|ing) out|OUTPERFORM|SURPASS|EXCEED|BEAT"
# Small words at which a noun phrase ends.
STOP = (
    "in|on|for|with|while|whilst|whereas|and|when|than|compared|over|versus|vs|from|using|without|as|that|which|by|to|at|across"
    "|against|relative|under|during|via|after|before|through|but|or|is|are|was|were|be|been|can|may|could|would"
    f"|respectively|thereby|thus|where|if|among|within|per|between|{_WINS_NOW}|representing|marking|achieving|reaching"
    "|reducing|improving|requiring|given|due|despite|even|also|yet|compare|depending|we|it|they|only|just|up|one|out|not|has"
    "|have|had|then|so|its|upon"
)
# Those that also end a list of names.
SMALL = STOP.replace("|and|", "|").replace("|or|", "|")
ENDS = rf"(?: +(?:{STOP})(?:[ ,.;:)]|$)| *(?:[,;:.()|]|(?u:[—–]))| *$)"
DETERMINERS = "(?:(?:the|its|their|our|a|an|both|all|terms of|overall|total|average|mean|average of) +)*"
# "the number of generative steps" before "by"
NOUNS = rf"{DETERMINERS}(?P<what>{WORD}(?: +{WORD}| +\((?u:[^)])+\)){{0,6}}?){ENDS}"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
LANGUAGES = "English|Arabic|Chinese|French|German|Hindi|Italian|Japanese|Korean|Portuguese|Russian|Spanish|Turkish"
# How a number of things begins: "six benchmarks", "various tasks".
COUNTS = (
    "[0-9]+|(?:a )?dozen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple|various|diverse"
)
# LaTeX's commands that set words in another font: "\\textsc{Zed}"
FONTS = (
    "textbf", "textit", "texttt", "textsc", "textsf", "textrm", "textsl", "text", "emph", "underline", "uline", "mathbf", "mathrm",
    "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "operatorname", "mbox",
)  # fmt: skip
# Of their names a number is part: "AIME 24", "Game of 24".
NUMBERED = "(?:AIME|HMMT|AMC|BRUMO|USAMO|IMO|Game of)"
MOVING = "improv|increas|reduc|decreas|accelerat|cut|rais|lower"  # the stems of what something is made to do
ROUGHLY = "about|almost|approximately|around|nearly|over|roughly|up to"
# "3.4 points above Wye"; which way each goes `directions.csv` says
AWAY = "above|below|ahead of|short of|behind"
LLM = "(?-i:[A-Z]*L[LMR]?M)"  # "LLM", "MLLM", "VLM", "LRM"
SCORES = "scor(?:e|es|ed|ing)"  # one of DOES, and a noun: "pass@1 scores"
# Words between two that are compared; `washing.py` makes the longer ones these: "in comparison with".
COMPARED = r"compared (?:to|with|against)|relative to|versus|v[.]?s[.]?"
AGAINST = f"{COMPARED}|against"
# The words before a rival's own number: "surpasses Wye (17.6%) and Why (", "compared to Wye ("
BEFORE_RIVALS_NUMBER = (
    f"(?:^|[ ,(])(?:(?i-u:{WINS})|[Cc]ompared (?:to|with)|(?:than|versus|vs[.]?|relative to)(?: the)? (?-i:[A-Z])(?u:[^ ,;])*)"
    " ?(?u:[^;])*[(]$"
)
# "from a zero-shot baseline of 70%", "from an F1 score of 36.1"
LEVEL_OF = "(?:an?|the|its) (?:[A-Za-z0-9@-]+ ){0,2}(?:baseline|score|value|accuracy|rate|average|level)s? of"
# Verbs after which a level is stated: "achieves 85%".
DOES = (
    "achiev(?:e|es|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|obtain(?:s|ed|ing)?"
    f"|{SCORES}"
    "|yield(?:s|ed|ing)?|deliver(?:s|ed|ing)?|hit(?:s|ting)?|gets?|maintain(?:s|ed|ing)?|retain(?:s|ed|ing)?"
    "|preserv(?:e|es|ed|ing)|secur(?:e|es|ed|ing)|record(?:s|ed|ing)?|gain(?:s|ed|ing)?|show(?:s|ed|ing)?"
    "|demonstrat(?:e|es|ed|ing)|exhibit(?:s|ed|ing)?|recover(?:s|ed|ing)?|report(?:s|ed|ing)?|produc(?:e|es|ed|ing)"
    "|averag(?:es|ing)|bring(?:s|ing)?|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|giv(?:e|es|ing)|enabl(?:e|es|ed|ing)"
    "|(?:stand|stay|land|peak|settl|arriv)(?:e?s|ing)? at|gets? to|comes? (?:in|out) at|captur(?:e|es|ed|ing)|run(?:s|ning)? at|operat(?:es|ing) at|resulting in|results? in"
    "|leads? to|leading to|sits? at|solv(?:e|es|ed|ing)|keep(?:s|ing)?"
)
# Without the noun: "pass@1 scores" is no verb.
DOES_PLAINLY = DOES.replace(f"|{SCORES}", "")
# A measure at some number, which no seed can list: "pass@256", "pass^8"
AT_K = r"(?-i:[A-Za-z][A-Za-z0-9-]*[@^](?:[0-9.-]*[0-9]|[kK]))"
# What qualifies a number and says nothing of what it is: "by up to", "to just", "an average of".
HEDGE = (
    "(?:(?:up ?to|at least|at most|as (?:much|high|low|many|few|little|large|small|long|short) as"
    "|(?:no )?(?:more|less|fewer|greater|lower|higher|better) than|upwards of|in excess of|over|about|around|approximately|approx[.]?|roughly|notably"
    "|nearly|almost|virtually|only|just|merely|even|exactly|some|well|close to|near|slightly|consistently|typically|marginally|comfortably|barely|fully"
    "|an? (?:average|mean|total|further|maximum|factor|additional|remarkable|significant|substantial|impressive|notable|absolute|relative|whopping|striking"
    "|peak|median|solid|modest|massive|staggering|strong|considerable|sizea?ble|respectable|full|overall|combined|typical|record|large|huge|drastic|dramatic) (?:of )?"
    "|on average|average|between|factors?(?: of)?|above|below|under|beyond|an estimated|a mere|a|an|the|further|additional|another|mean|maximum"
    "|still|now|both|either|respectively|[<>=+]|(?u:[≤≥])) *)"
)


_CUT = "\x1e"
_BEHIND_CUT = f"^{_CUT}((?s:.*))$"


def having(text: pl.Expr, hint: str) -> pl.Expr:
    """The text where `hint` is found, else NULL, which no pattern is tried on. Plain literals, and an end, are found many times as fast
    as a pattern that begins with any name, or in any case; a hint must know every word that the pattern knows there."""
    return pl.when(text.str.contains(hint)).then(text)


def after_last(text: pl.Expr, cue: str, hint: str | None = None) -> pl.Expr:
    """What follows the last place where `cue` matches; NULL without one.

    Cutting costs a fraction of capturing, but not where it is rare: then `hint`, literals one of which the cue holds.
    """
    if hint:
        return having(text, hint).str.extract(rf"^{ANY}*{cue}({ANY}*)$")
    return text.str.replace(rf"^{ANY}*{cue}", _CUT).str.extract(_BEHIND_CUT)


def after_first(text: pl.Expr, cue: str) -> pl.Expr:
    """What follows the first place where `cue` matches; NULL without one."""
    return text.str.replace(rf"^{ANY}*?{cue}", _CUT).str.extract(_BEHIND_CUT)


def noun_phrase(text: pl.Series, end: str) -> pl.Series:
    """The texts, each up to where `end` matches, without the marks and small words that are left there."""
    text = text.str.replace(end, "").str.strip_chars(" ,.'\"")
    return text.str.replace(" (?:and|or|vs|show|shows|demonstrate|demonstrates|reveal|reveals|indicate)$", "")


def finished(way: pl.Expr, finish: Callable[[pl.Series], pl.Series]) -> pl.Expr:
    """The way, with what `finish` makes of all its answers at once: an expression would ask the way once for each time it names it."""
    return way.map_batches(finish, return_dtype=pl.String)


def first_said(rows: pl.DataFrame, ways: list[pl.Expr]) -> pl.Series:
    """What the first of the ways gives that says anything.

    Each is asked only of the rows for which none before it has said anything, as patterns are dear.
    """
    said = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    for way in ways:
        asked = said.is_null().arg_true()
        if not len(asked):
            break
        read = pl.col(way.meta.root_names())
        answers = rows.select(read.gather(asked)).select(way.alias("said")).to_series()
        said = said.scatter(asked, answers)
    return said


def all_said(rows: pl.DataFrame, ways: dict[str, pl.Expr]) -> pl.DataFrame:
    """What every way says, one below the other, the first way's answers first: row (of `rows`), way, said.

    So what is made of the answers is made once, however many ways there are.
    """
    said = rows.select(**ways).with_row_index("row")
    # what a pattern took all of away says nothing, and a filter drops NULL too
    return said.unpivot(index="row", variable_name="way", value_name="said").filter(pl.col("said") != "")


def first_of(said: pl.DataFrame, height: int) -> pl.Series:
    """The first answer for each of `height` rows, of a frame as `all_said` gives it; NULL where there is none."""
    first = said.drop_nulls("said").unique("row", keep="first", maintain_order=True)
    return scattered(first["said"], first["row"], height)


def scattered(said: pl.Series, rows: pl.Series, height: int) -> pl.Series:
    """Strings at their rows, NULL elsewhere."""
    nothing = pl.repeat(None, height, dtype=pl.String, eager=True)
    return nothing.scatter(rows, said) if len(rows) else nothing


_BLANKS = "[ -]+"


def alternation(words: pl.Series | list[str]) -> str:
    """A pattern of any of the words, of those that begin alike the longest; a blank or hyphen in one matches any run of them."""
    return _alternation(tuple(words))


@lru_cache(maxsize=64)
def _alternation(words: tuple[str, ...]) -> str:
    """Written as a tree of letters, `acc(?:uracy)?`, which is read about twice as fast as a list of hundreds of words."""
    tree: dict[str, dict] = {}
    for word in words:
        node = tree
        for letter in re.sub(_BLANKS, " ", word):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, dict]) -> str:
    ways = [
        (_BLANKS if letter == " " else re.escape(letter)) + _branches(below)
        for letter, below in sorted(node.items())
        if letter
    ]
    pattern = f"(?:{'|'.join(ways)})" if len(ways) > 1 or "" in node else "".join(ways)
    return f"{pattern}?" if ways and "" in node else pattern if ways else ""


def model_names(seed: pl.DataFrame, *kinds: str) -> str:
    """A pattern of how the names of models of these kinds begin, of all without one; letters behind the first in any case: "LLaMA", "Llama"."""
    names = (seed.filter(pl.col("kind").is_in(kinds)) if kinds else seed)["family"]
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(f"{name[0]}(?i-u:{re.escape(name[1:])})" for name in longest_first)


def is_dataset(names: pl.Series, datasets: pl.Series) -> pl.Series:
    """Whether the spellings of `dataset_aliases.csv` know it, by the same key as dbt's `name_key`; False for NULL."""
    spelled = names.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}+]+", " ").str.strip_chars(" ")
    return spelled.is_in(datasets.implode()).fill_null(value=False)


def lookup(word: pl.Expr, seed: pl.DataFrame, key: str, column: str) -> pl.Expr:
    """The seed's `column` for a word as `alternation` finds it; NULL where the seed has no such word."""
    seed = seed.with_columns(pl.col(key).str.replace_all(_BLANKS, " ")).unique(key, keep="first", maintain_order=True)
    spelled = word.str.replace_all(_BLANKS, " ")
    return spelled.replace_strict(seed[key], seed[column], default=None, return_dtype=seed[column].dtype)


def last_of(text: pl.Expr, words: pl.Series) -> pl.Expr:
    """The last of the words, in small letters, that stands in `text` as a whole word or as its plural; NULL without one."""
    forms = {form: word for word in words.str.to_lowercase() for form in (word, f"{word}s")}
    forms |= {word: word for word in words.str.to_lowercase()}
    # blanks are doubled, so that neighbours need not share one
    keys = {f" {re.sub(_BLANKS, '  ', form)} ": word for form, word in forms.items()}
    longest_first = sorted(keys, key=lambda key: (-len(key), key))
    spaced = pl.format("  {}  ", text.str.to_lowercase().str.replace_all("[ ()-]+", "  "))
    found = spaced.str.extract_many(longest_first, leftmost=True).list.last()
    return found.replace_strict(keys, default=None, return_dtype=pl.String)
