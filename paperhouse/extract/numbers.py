"""The numbers of a text, each with its unit, its range or the change it ends, and the words on both sides.

What is found here is a *candidate*: whether the number states a result is for `claims.py` to say. Works on sentences
that hold a number at all, by marking where each number begins and splitting there; a token is then read piece by piece
from its start. No sentence is read further than `LONGEST` characters and no window reaches further than `WINDOW`, so
that a text made of digits alone costs no more than any other of its length.
"""

from functools import lru_cache
from itertools import product

import polars as pl

from paperhouse.extract.patterns import DOES, MOVING, ROUGHLY, WINS, alternation
from paperhouse.extract.sentences import MARK, cut, sentence_bounds, split_at_marks
from paperhouse.extract.washing import DIGITS, DOLLAR, washed

OPENING = 120  # characters of a sentence's beginning that are kept for what stands far behind it
WINDOW = 180  # wider ones change no figure on the labelled abstracts

_FRACTIONS = {
    "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "sixth": 1 / 6, "eighth": 0.125, "tenth": 0.1, "twentieth": 0.05, "fiftieth": 0.02, "hundredth": 0.01,
}  # fmt: skip
FRACTIONS = "|".join(_FRACTIONS)
NUMBER_WORDS = {
    **{f"{one} {part}": value for one in ("one", "a", "an") for part, value in _FRACTIONS.items()},
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "half": 0.5, "halve": 0.5, "halves": 0.5, "halved": 0.5, "halving": 0.5, "two thirds": 2 / 3, "three quarters": 0.75, "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2,
    "triple": 3, "triples": 3, "tripled": 3, "tripling": 3, "thrice": 3, "quadruple": 4, "quadruples": 4,
    "quadrupled": 4, "quadrupling": 4,
}  # fmt: skip
SCALES = {
    "k": 1e3, "K": 1e3, "thousand": 1e3, "M": 1e6, "million": 1e6, "B": 1e9, "billion": 1e9, "T": 1e12,
    "trillion": 1e12, "hundred": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
}  # fmt: skip

# the first that matches counts: "sixty" before "six"
_COUNTING = (
    "sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    "|forty|fifty|hundred"
)
# A spelled-out number counts only beside a unit that says so: "two orders of magnitude", "threefold", "twice", "half".
_SPELLED = (
    rf"(?i-u:(?:{_COUNTING})(?:[ -]+times|[ -]?fold|[ -]+percent|[ -]+orders?[ -]of[ -]magnitudes?|[ -]+(?:percentage[ -])?points?|[ ]+(?:seconds?|minutes?|hours?|days?))"
    # "a point" is one of a cloud
    r"|an?[ -]+(?:orders?[ -]of[ -]magnitudes?|percentage[ -]points?)"
    rf"|(?:one|a|an)[ -](?:half|{FRACTIONS})|(?:two[ -]thirds|three[ -]quarters)|orders?[ -]of[ -]magnitude"
    r"|twice|thrice|half|halv(?:e[sd]?|ing)|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))"
)
_FEW = "two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred"
# "by a factor of over three", "of two to three"
_SO_MUCH = f"{ROUGHLY}|at least|more than"
_FACTOR = rf"( (?:an? |the |by )factors? of (?:(?:{_SO_MUCH}) )?)((?i-u:{_FEW})(?:[ ,.;)]|$))"
_FACTOR_TOO = rf"( factors? of [a-z ]*{MARK}(?:{_FEW}),? (?:to|or|and) )((?i-u:{_FEW})(?:[ ,.;)]|$))"
# What may stand right before a number; a letter, or a hyphen after one, makes it part of a name ("GPT-4", "Path-256").
_BEFORE = r"""(^| sub-| near-|[ \x1d(\[<>=≃≤≥±+"'/:;,–—→|]|[ (\[]-)"""
_SPELLED_ALONE = (
    rf"(?i-u:(?:one|a|an)[ -](?:half|{FRACTIONS})|two[ -]thirds|three[ -]quarters|{_COUNTING}|an|a|twice|thrice|half"
    r"|halv(?:e[sd]?|ing)|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))|(?:)"
)
_SPELLED_HINT = f"actors? of|wice|alf|alv|fold|magnitude|oubl|ripl|rupl| times|percent|{'|'.join(part[1:] for part in _FRACTIONS)}|point| (?:{_COUNTING}) (?:second|minute|hour|day)"
# A cheap first look at a sentence: whole numbers without a unit that no such word leads up to are no results.
_LEADS_UP = (
    rf"{FRACTIONS}|actors? (?:of |[0-9])|"
    r"[^A-Za-z]\.[0-9]|%|[0-9][ $\\{}]*(?:[xX×]|times)| x[0-9]|times|fold|percent|point|magnitude|wice|alf|halv| seconds?| minutes?| hours?| days?|oubl"
    r"|ripl|uadrupl|(?:of|to|by|at|is|only|just|over|than|exceeding|beyond|around|approximately|about|nearly|few as|little as|above|below|under|between|scores?|[=:($\\~]) *[0-9]"
    rf"|(?:{DOES}) [0-9]"
    r"|(?:olv|iagnos|prov|rocess|upport|imulat|andl|ccommodat|ope with|opes with|oping with)(?:es?|ed|ing|s)? [0-9]|1/[0-9]|[0-9][KM] (?:context|sequence|effective)|[0-9] (?:out of|of the|of its|of all|of these) "
    r"|onverg[a-z]* (?:within|in|after) [0-9]|(?:SOTA|the-art)[A-Za-z() ]* (?:on|in|across) [0-9]|"
    rf"(?:{WINS}) [^,;.0-9]+ on [0-9]"
)
# What describes how the work was done more often than what came out.
_SET_UP_UNITS = ("setup", "count")
_SPREAD = r"^ *(?:±|\+/-|\+-) *"
# The other end of a range: "-4.3x", " -- 10%"
_SECOND = "^ ?-{1,2} ?([0-9.].*)$"
_TOKEN_IN = pl.col("piece").str.head(80)  # characters that may hold a number, its spread, unit and range
LONGEST = 2_000  # characters of a sentence that are read; the longest with a number in 50,000 abstracts has 1,920


def number_candidates(fields: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """One row a number that is no part of a name, in reading order; `fields`: the texts as `text`, title and abstract a row each.

    `token` (washed) stands in its sentence from byte `token_byte` to `token_end`; the sentence begins at `sentence_byte`
    of the row `field`, the one before it at `before_byte` (NULL for the first). `left` and `right` are the washed words around it within its
    sentence, `left_gap` those since the number before, `tail` those up to the next; `opening` is how its sentence begins, where that
    is far off. `value_a` and `value_b` are the ends
    of a range written with a hyphen, each with `unit_*`, `family_*`, `scale_*`; `ka`, `kb` are K, M, B as written.
    """
    rows = _sentences_with_numbers(fields, units)
    # a spread is no number of its own: "85.1 ± 0.3"
    number = rf"{DIGITS}(?:[A-Za-z% ]{{0,6}}(?:±|\+/-|\+-) *{DIGITS})?"
    # nor are the "orders of magnitude" behind one
    number = rf"{number}(?:-{{1,2}}{DIGITS})?(?i-u:[ -]+orders?[ -]of[ -]magnitude)?"
    sentences = rows["sentence"].str.replace_all(rf"{_BEFORE}({number}|{_SPELLED})", f"$1{MARK}$2")
    factors = sentences.str.contains(" factors? of [a-z]").arg_true()
    marked = sentences.gather(factors).str.replace_all(_FACTOR, f"$1{MARK}$2")
    marked = marked.str.replace_all(_FACTOR_TOO, f"$1{MARK}$2")
    sentences = sentences.scatter(factors, marked)
    # "three to six times faster"
    sentences = sentences.str.replace_all(
        rf"( )((?i-u:{_FEW}) to {MARK}(?i-u:{_FEW})[ -](?:times|fold|orders|percent))", f"$1{MARK}$2"
    )
    pieces = split_at_marks(sentences)
    # what stands before the first number of a sentence is a piece too
    pieces = pieces.with_row_index("piece_row").filter(pl.col("row") == pl.col("row").shift(1))
    sentence = rows.select(pl.all().gather(pieces["row"]))
    return _priced(_with_context(_read(pieces.rename({"row": "sentence_row"}).hstack(sentence), units)))


def _promising(units: pl.DataFrame) -> str:
    """The pattern that a sentence must match to be read; it keeps little more than half of those with a number."""
    measured = units.filter(~pl.col("family").is_in(_SET_UP_UNITS) | (pl.col("unit") == "tokens"))["spelling"]
    return rf"{_LEADS_UP}|[0-9][kKMBT]?(?: [mb]illion)?[\\, -]*(?:{alternation(measured)})(?:[^A-Za-z0-9]|$)"


def _sentences_with_numbers(fields: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """field, sentence (washed), sentence_byte, before_byte."""
    texts = fields["text"]
    bounds = sentence_bounds(texts)
    first = pl.col("row") != pl.col("row").shift(1)
    bounds = bounds.with_columns(cut(texts, bounds), before=pl.when(~first).then(pl.col("begin").shift(1)))
    spelled = bounds.filter(~pl.col("numbered")).filter(pl.col("sentence").str.contains(_SPELLED_HINT))
    rows = pl.concat([bounds.filter("numbered"), spelled]).filter(pl.col("sentence").str.contains(_promising(units)))
    rows = rows.sort("row", "begin")
    return rows.select(
        field="row",
        sentence=washed(rows["sentence"]).str.head(LONGEST),
        sentence_byte=pl.col("begin").cast(pl.Int64),
        before_byte=pl.col("before").cast(pl.Int64),
    )


def _read(pieces: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The pieces that begin with a number, read up to `rest`: token, values, units."""
    found = _quantity(pieces.with_columns(rest=_TOKEN_IN), "a", f"{DIGITS}|{_SPELLED_ALONE}", units)
    found = _spread(found, units)
    # an empty number is an order of magnitude
    found = found.filter((pl.col("na") != "") | pl.col("ua").str.contains("^(?i-u:order)[^s]"))
    ranges = _quantity(
        found.select("piece_row", rest=pl.col("rest").str.extract(_SECOND)).drop_nulls("rest"), "b", DIGITS, units
    )
    ranges = ranges.with_columns(pl.col("rest").str.replace(rf"{_SPREAD}{DIGITS} *%?", "")).filter(_ends("rest", "ub"))
    found = found.join(ranges, on="piece_row", how="left", maintain_order="left", suffix="_b")
    rest = pl.coalesce("rest_b", "rest")
    found = found.with_columns(rest=rest).filter(_ends("rest", "ua"))
    width = _TOKEN_IN.str.len_bytes() - pl.col("rest").str.len_bytes()
    piece = pl.col("piece").cast(pl.Binary).bin
    found = found.with_columns(
        token=piece.slice(0, width).cast(pl.String),
        tail=piece.slice(width).cast(pl.String),
        token_byte=pl.col("byte"),
        token_end=pl.col("byte") + width,
        after=pl.col("rest").str.head(1),
    )
    return found.with_columns(*_unit_columns(units, "a"), *_unit_columns(units, "b")).filter(
        pl.col("value_a").is_finite()
    )


def _ends(rest: str, unit: str) -> pl.Expr:
    """No letter or digit follows, but behind a sign: "a 20.15%reduction"; nor what makes it a name: "+1.3 J&F" is no energy, "40 m^2" no length."""
    return ~pl.col(rest).str.contains("^(?:[A-Za-z0-9]| ?&[A-Z]| *\\^)") | (pl.col(unit) == "%").fill_null(False)


def _quantity(frame: pl.DataFrame, tag: str, number: str, units: pl.DataFrame) -> pl.DataFrame:
    """Reads the number that `rest` begins with, and its unit: n, k (K, M, B) and u (the unit as spelled), and the new `rest`."""
    n, k, u = f"n{tag}", f"k{tag}", f"u{tag}"
    frame = frame.with_columns(pl.col("rest").str.extract(f"^({number})").alias(n))
    frame = frame.with_columns(rest=pl.col("rest").str.strip_prefix(pl.col(n)))
    scaled = rf"^[ -]*({alternation(list(SCALES))})(?:[^A-Za-z0-9]|$)"
    frame = _unit(frame, u, units).with_columns(pl.when(pl.col(u).is_null()).then("rest").str.extract(scaled).alias(k))
    thousands = frame.filter(pl.col(k).is_not_null()).with_columns(
        rest=pl.col("rest").str.strip_chars_start(" -").str.strip_prefix(pl.col(k))
    )
    return frame.update(_unit(thousands.drop(u), u, units).select("piece_row", "rest", u), on="piece_row")


def _unit(frame: pl.DataFrame, name: str, units: pl.DataFrame) -> pl.DataFrame:
    """The unit that `rest` begins with, and what follows it; the longest spelling that ends at the end of a word."""
    longest_first = _spellings(tuple(units["spelling"]))
    # one step after the other: Polars would do what two of them share twice
    read = frame.select(stripped=pl.col("rest").str.strip_chars_start(" +-"))  # "100,000+ tokens"
    # the mark ties a spelling to the beginning
    found = (MARK + pl.col("stripped")).str.extract_many(longest_first, leftmost=True).list.first()
    read = read.with_columns(found=found.str.strip_prefix(MARK))
    # "95.7% point-wise AU-ROC": percent, no points
    other = pl.col("found").str.starts_with("% ") & pl.col("stripped").str.contains("^% point(?:s?-[a-z]|[a-rt-z])")
    other &= ~pl.col("stripped").str.contains(
        "^% points?-(?:increas|gain|improv|drop|reduc|decreas|declin|differ|high|low|better)"
    )
    read = read.with_columns(found=pl.when(other).then(pl.lit("%")).otherwise("found"))
    read = read.with_columns(after=pl.col("stripped").str.strip_prefix(pl.col("found")))
    read = read.with_columns(whole=_ends("after", "found"))
    read = frame.hstack(read)
    return read.with_columns(
        pl.when("whole").then("found").alias(name), rest=pl.when("whole").then("after").otherwise("rest")
    ).drop("stripped", "found", "after", "whole")


@lru_cache(maxsize=1)
def _spellings(units: tuple[str, ...]) -> list[str]:
    """The units as they may be spelled, each tied to a mark before it; the longest first."""
    spelled = {form for unit in units for form in _hyphenated(unit)}
    return [MARK + form for form in sorted(spelled, key=lambda form: (-len(form), form))]


def _hyphenated(spelling: str) -> list[str]:
    """ "GPU hours" and "GPU-hours": a blank in a seed stands for a hyphen too."""
    first, *others = spelling.split(" ")
    return ["".join((first, *rest)) for rest in product(*[(f" {word}", f"-{word}") for word in others])]


def _spread(found: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """ "85.1 ± 0.3%": the spread goes, and the unit may stand after it."""
    spread = found.filter(pl.col("rest").str.contains(_SPREAD)).with_columns(
        rest=pl.col("rest").str.replace(rf"{_SPREAD}{DIGITS}", "")
    )
    spread = _unit(spread.rename({"ua": "own"}), "ua", units).with_columns(ua=pl.coalesce("own", "ua"))
    return found.update(spread.select("piece_row", "rest", "ua"), on="piece_row")


def _value(number: pl.Expr, scale: pl.Expr) -> pl.Expr:
    spelled = (
        number.str.to_lowercase()
        .str.replace(r"[ -]+", " ")
        .replace_strict(
            list(NUMBER_WORDS), [float(value) for value in NUMBER_WORDS.values()], default=None, return_dtype=pl.Float64
        )
    )
    bare = pl.when(number == "").then(1.0)  # "order of magnitude", "an" left out
    digits = number.str.replace_all("[,\\x1a]", "").cast(pl.Float64, strict=False)
    factor = scale.replace_strict(SCALES, default=1.0, return_dtype=pl.Float64)
    # rounded, as 1.1e3 * 1e3 must be 1100000 and not a hair off
    return (pl.coalesce(digits, spelled, bare) * factor).round_sig_figs(12)


def _unit_columns(units: pl.DataFrame, tag: str) -> list[pl.Expr]:
    forms = {form: unit for unit in units["spelling"] for form in _hyphenated(unit)}
    places = dict(zip(units["spelling"], range(units.height), strict=True))
    at = pl.col(f"u{tag}").replace_strict(
        {form: places[unit] for form, unit in forms.items()}, default=None, return_dtype=pl.UInt32
    )
    found = [pl.lit(units[name]).gather(at).alias(f"{name}_{tag}") for name in ("unit", "family", "scale")]
    return [*found, _value(pl.col(f"n{tag}"), pl.col(f"k{tag}")).alias(f"value_{tag}")]


def _with_context(found: pl.DataFrame) -> pl.DataFrame:
    sentence = pl.col("sentence").cast(pl.Binary)
    follows = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & (
        pl.col("piece_row") == pl.col("piece_row").shift(1) + 1
    )
    found = found.with_columns(
        left=sentence.bin.slice(0, pl.col("token_byte")).cast(pl.String).str.tail(WINDOW),
        far=pl.col("token_byte") > WINDOW,
        right=sentence.bin.slice(pl.col("token_end")).cast(pl.String).str.head(WINDOW),
        left_gap=pl.when(follows).then(pl.col("tail").shift(1)),
        opening=pl.when(pl.col("token_byte") > OPENING).then("sentence").str.head(OPENING).str.replace("[^ ]*$", ""),
    )
    # no word is cut in two
    whole = pl.when("far").then(pl.col("left").str.replace("^[^ ]+", "")).otherwise("left")
    return found.with_columns(whole.alias("left")).drop("far")


def _priced(found: pl.DataFrame) -> pl.DataFrame:
    bare = pl.col("unit_a").is_null()
    dollars = bare & pl.col("left").str.ends_with(DOLLAR)
    # "by a factor of 3"
    times = bare & pl.col("left").str.contains(
        rf"(?i-u) (?:factors? of (?:(?:{_SO_MUCH}) )?(?:(?:[0-9.]+|{_FEW}) ?(?:,|,? and|,? or|to|-) *){{0,4}}|(?:acceleration|speedup|speed-up) (?:factors?|ratios?) of |(?:faster|slower|(?:{MOVING}|speed|shrink)[a-z]*)(?: [a-z-]+){{0,6}},? by (?:(?:about|over|up to|nearly|more than|at least) )?(?:an? )?(?-i:f)actors? )$"
    )
    # "8.4 EM points", "3.0 C-index points"
    of_measure = pl.when(bare).then("right").str.extract(r"^( [A-Za-z0-9@-]*[A-Z][A-Za-z0-9@-]* points?)(?:[ ,.;:)]|$)")
    points = of_measure.is_not_null()
    given = {"unit_a": ("USD", "x", "points"), "family_a": ("money", "ratio", "points")}
    return found.with_columns(
        *[
            pl.when(dollars)
            .then(pl.lit(money))
            .when(times)
            .then(pl.lit(ratio))
            .when(points)
            .then(pl.lit(many))
            .otherwise(name)
            .alias(name)
            for name, (money, ratio, many) in given.items()
        ],
        pl.col("token_end") + of_measure.str.len_bytes().fill_null(0),
        # washing leaves blanks where a sign stood: one is enough for what is searched from here on, and no offset is taken from it
        *[
            pl.col(side).str.replace_all(DOLLAR, " ", literal=True).str.replace_all("  +", " ")
            for side in ("left", "left_gap", "right", "tail", "opening")
        ],
    )
