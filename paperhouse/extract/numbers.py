"""The numbers of a text, each with its unit, its range or the change it ends, and the words on both sides.

What is found here is a *candidate*: whether the number states a result is for `claims.py` to say. Works on sentences
that hold a number at all, by marking where each number begins and splitting there; a token is then read by patterns
anchored at its start. No window reaches further than a few numbers or `WINDOW` characters, so that a text made of
digits alone costs no more than any other of its length.
"""

import polars as pl

from paperhouse.extract.phrases import alternation, lookup
from paperhouse.extract.sentences import MARK, sentences, split_marked

WINDOW = 260

# Same number of bytes on both sides: offsets into the washed text are offsets into the text.
WASH = {
    "\\%": " %",
    "\\times": "    ×",
    "\\sim": "    ",
    "\\approx": "       ",
    "\\pm": " ±",
    "\\textbf{": "        ",
    "\\textit{": "        ",
    "\\mathbf{": "        ",
    "\\emph{": "      ",
    "\\text{": "      ",
    "\\,": "  ",
    "\\ ": "  ",
    "x2014": "  —",  # how one feed garbles an em dash: "s/tokenx2014only"
    "$": " ",
    "{": " ",
    "}": " ",
    "~": " ",
    "*": " ",
    "−": "  -",
    "‑": "  -",
    "∼": "   ",
    "≈": "   ",
    "‘": "  '",
    "’": "  '",
    "“": '  "',
    "”": '  "',
    "\u00a0": "  ",
    "\u2009": "   ",
    "\u202f": "   ",
    "\u2002": "   ",
    "\u3000": "   ",
    "\n": " ",
    "\t": " ",
    "\r": " ",
}

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "half": 0.5, "halve": 0.5, "halves": 0.5, "halved": 0.5, "halving": 0.5, "a third": 1 / 3, "one third": 1 / 3,
    "two thirds": 2 / 3, "a quarter": 0.25, "one quarter": 0.25, "three quarters": 0.75, "a fifth": 0.2, "one fifth": 0.2,
    "a tenth": 0.1, "one tenth": 0.1, "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2,
    "triple": 3, "triples": 3, "tripled": 3, "tripling": 3, "thrice": 3, "quadruple": 4, "quadruples": 4,
    "quadrupled": 4, "quadrupling": 4,
}  # fmt: skip
SCALES = {
    "k": 1e3, "K": 1e3, "thousand": 1e3, "M": 1e6, "million": 1e6, "B": 1e9, "billion": 1e9, "T": 1e12,
    "trillion": 1e12, "hundred": 1e2,
}  # fmt: skip

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_COUNTING = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
# A spelled-out number counts only beside a unit that says so: "two orders of magnitude", "threefold", "twice", "half".
_SPELLED = (
    rf"(?i-u:(?:{_COUNTING})(?:[ -]+times|[ -]?fold|[ -]+percent|[ -]+orders?[ -]of[ -]magnitudes?|[ -]+(?:percentage[ -])?points?)"
    # "a point" is one of a cloud
    r"|an?[ -]+(?:orders?[ -]of[ -]magnitudes?|percentage[ -]points?)"
    r"|(?:one|a|an)[ -](?:half|third|quarter|fifth|tenth)|(?:two[ -]thirds|three[ -]quarters)|orders?[ -]of[ -]magnitude"
    r"|twice|thrice|half|halv(?:e[sd]?|ing)|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))"
)
# What may stand right before a number; a letter, or a hyphen after one, makes it part of a name ("GPT-4", "Path-256").
_BEFORE = r"""(^|[ (\[<>=≃≤≥±+"'/:;,–—|]|[ (\[]-)"""
_HAS_NUMBER = r"[0-9]|(?i-u:times|fold|percent|magnitude|point|twice|half|halv|third|quarter|doubl|tripl|quadrupl)"


def _token_pattern(units: pl.DataFrame) -> str:
    """A number with its unit and, where a hyphen joins two, the other end of the range: "3.7-4.3x", "32k tokens"."""
    unit, scale = alternation(units["spelling"]), alternation(list(SCALES))

    def number(tag: str, digits: str) -> str:
        return rf"(?P<n{tag}>{digits})(?:[ -]*(?:(?P<u{tag}>{unit})|(?P<k{tag}>{scale})(?:[ -]*(?P<v{tag}>{unit}))?))?"

    spread = rf"(?: *(?:±|\+/-|\+-) *{_DIGITS} *%?)?"
    first, second = number("a", rf"{_DIGITS}|{_SPELLED_ALONE}"), number("b", _DIGITS)
    # "1.81 ± 0.14 mm": the unit may stand after the spread
    spread_unit = rf"(?: *(?:±|\+/-|\+-) *{_DIGITS}(?: *(?P<wa>{unit}))?)"
    return rf"^(?P<token>{first}{spread_unit}?(?: ?-{{1,2}} ?{second}{spread})?)(?P<after>[^A-Za-z0-9]|$)"


_SPELLED_ALONE = (
    rf"(?i-u:(?:one|a|an)[ -](?:half|third|quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters|{_COUNTING}|an|a|twice|thrice|half"
    r"|halv(?:e[sd]?|ing)|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))|(?:)"
)


def _value(number: pl.Expr, scale: pl.Expr) -> pl.Expr:
    spelled = (
        number.str.to_lowercase()
        .str.replace(r"[ -]+", " ")
        .replace_strict(
            list(NUMBER_WORDS), [float(value) for value in NUMBER_WORDS.values()], default=None, return_dtype=pl.Float64
        )
    )
    bare = pl.when(number == "").then(1.0)  # "order of magnitude", "an" left out
    digits = number.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    factor = scale.replace_strict(SCALES, default=1.0, return_dtype=pl.Float64)
    # rounded, as 1.1e3 * 1e3 must be 1100000 and not a hair off
    return (pl.coalesce(digits, spelled, bare) * factor).round_sig_figs(12)


def _unit_columns(units: pl.DataFrame, tag: str) -> list[pl.Expr]:
    spelling = pl.coalesce(f"u{tag}", f"v{tag}", *(["wa"] if tag == "a" else []))
    found = [lookup(spelling, units, "spelling", name).alias(f"{name}_{tag}") for name in ("unit", "family", "scale")]
    return [*found, _value(pl.col(f"n{tag}"), pl.col(f"k{tag}")).alias(f"value_{tag}")]


def number_candidates(texts: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """One row a number that is no part of a name, in reading order.

    `token` (washed) stands in `raw`, its sentence, from byte `token_byte` to `token_end`, and in the text from character
    `start_char` to `end_char`. `left` and `right` are the washed words around it within its sentence, `left_gap` those
    since the number before, `tail` those up to the next. `value_a` and `value_b` are the ends of a range written with a
    hyphen, each with `unit_*`, `family_*`, `scale_*`; `ka`, `kb` are K, M, B as written.
    """
    rows = pl.concat([sentences(texts, column) for column in ("title", "abstract")])
    rows = rows.filter(pl.col("sentence").str.contains(_HAS_NUMBER)).rename({"sentence": "raw"})
    rows = rows.with_row_index("sentence_row").cast({"sentence_row": pl.Int64})
    # a spread is no number of its own: "85.1 ± 0.3"
    number = rf"{_DIGITS}(?:[A-Za-z% ]{{0,6}}(?:±|\+/-|\+-) *{_DIGITS})?"
    washed = pl.col("raw").str.replace_many(list(WASH), list(WASH.values()))
    marked = washed.str.replace_all(rf"{_BEFORE}({number}|{_SPELLED})", f"$1{MARK}$2")
    pieces = split_marked(rows, marked, "piece").with_columns(
        pl.col("piece").str.extract_groups(_token_pattern(units)).struct.unnest()
    )
    # what stands before the first number of a sentence is a piece too, and the empty number is an order of magnitude
    opening = pl.col("sentence_row") != pl.col("sentence_row").shift(1, fill_value=-1)
    real = ~opening & ((pl.col("na") != "") | pl.col("token").str.contains("^(?i-u:order)[^s]"))
    pieces = _placed(_with_context(pieces.with_columns(pl.when(real).then("token").alias("token"))))
    found = pieces.filter(pl.col("token").is_not_null()).with_columns(
        *_unit_columns(units, "a"), *_unit_columns(units, "b")
    )
    return found.filter(pl.col("value_a").is_finite())


def _placed(pieces: pl.DataFrame) -> pl.DataFrame:
    """Adds where each token stands; characters are counted in the text itself, as a washed one has other ones."""
    raw, begin = pl.col("raw").cast(pl.Binary), pl.col("piece_byte")

    def chars(length: pl.Expr) -> pl.Expr:
        return raw.bin.slice(begin, length).cast(pl.String, strict=False).str.len_chars().cast(pl.Int32)

    token = pl.col("token").str.len_bytes()
    pieces = pieces.with_columns(
        chars(pl.col("piece").str.len_bytes()).alias("_chars"), chars(token).alias("_token_chars")
    )
    summed = pl.col("_chars").cum_sum() - pl.col("_chars")
    opening = pl.col("piece_byte") == 0
    within = summed - pl.when(opening).then(summed).forward_fill()
    start = (pl.col("sentence_char") + within).cast(pl.Int32)
    return pieces.with_columns(
        begin.alias("token_byte"),
        (begin + token).alias("token_end"),
        start.alias("start_char"),
        (start + pl.col("_token_chars")).alias("end_char"),
    ).drop("_chars", "_token_chars")


def _with_context(pieces: pl.DataFrame) -> pl.DataFrame:
    tail = pl.col("piece").str.tail(pl.col("piece").str.len_chars() - pl.col("token").str.len_chars().fill_null(0))
    pieces = (
        pieces.with_row_index("piece_row")
        .with_columns(tail.alias("tail"))
        .with_columns(
            # the inner words of a long stretch are of no use to either side
            pl.col("tail").str.tail(WINDOW).alias("_tail_end"),
            pl.col("tail").str.head(WINDOW).alias("_tail_start"),
        )
    )

    def near(column: str, by: int) -> pl.Expr:
        inside = pl.col("sentence_row").shift(by) == pl.col("sentence_row")
        return pl.when(inside).then(pl.col(column).shift(by)).otherwise(pl.lit(""))

    token = pl.coalesce(pl.col("token").str.head(40), pl.lit(""))
    pieces = pieces.with_columns(
        (token + pl.col("_tail_end")).alias("_as_left"), (token + pl.col("_tail_start")).alias("_as_right")
    )
    return pieces.with_columns(
        near("_tail_end", 1).alias("left_gap"),
        (near("_as_left", 4) + near("_as_left", 3) + near("_as_left", 2) + near("_as_left", 1))
        .str.tail(WINDOW)
        .alias("left"),
        (pl.col("_tail_start") + near("_as_right", -1) + near("_as_right", -2) + near("_as_right", -3))
        .str.head(WINDOW)
        .alias("right"),
    ).drop("_as_left", "_as_right", "_tail_end", "_tail_start")
