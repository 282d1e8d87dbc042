"""Sentences without type-setting, byte for byte: what LaTeX and some feeds write around a number or a name goes, and every place stays.

A factor behind its sign ("x17.7") and the decimals of a broken share ("82. 42%") change places within their own bytes.
"""

import re
from string import ascii_letters

import polars as pl

from paperhouse.extract.patterns import FONTS

DIGITS = r"(?:[0-9]{1,3}(?:(?:,|\x1a{3})[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
THOUSANDS = "\x1a\x1a\x1a"  # LaTeX's 1{,}250
DOLLAR = "\x1d"  # a sign of money, as a bare one is mostly LaTeX's

# "in comparison with Wye", "as opposed to Wye": what is compared, said at length
_COMPARED = (
    (" in comparison", " compared"), ("(in comparison", "(compared"), ("In comparison", "Compared"), (" as compared", " compared"), (" when compared", " compared"),
    ("When compared", "Compared"), ("As compared", "Compared"), (" as opposed", " compared"), ("As opposed", "Compared"),
)  # fmt: skip
# Same number of bytes on both sides: offsets into the washed text are offsets into the text. (A factor behind its sign, "x17.7", changes
# places with it, within its own bytes.)
WASH = {
    "\\simeq": "      ",
    "\\%$p ": "  %p ",
    " plus-minus ": " ±         ",
    "\\%": " %",
    "\\$": f" {DOLLAR}",
    "\\&": " &",
    "\\times": "    ×",
    "\\sim": "    ",
    "\\approx": "       ",
    "\\pm": " ±",
    **{f"\\{font}{{": " " * (len(font) + 2) for font in FONTS},
    **{f"\\{font} ": " " * (len(font) + 2) for font in ("bf", "it", "em", "sc", "tt", "rm")},
    # "$\\uparrow$ 3.2%" is +3.2%; behind a number or a measure an arrow says nothing new
    **{
        f"\\{arrow}{gap}{digit}": f"{sign:>{len(arrow + gap) + 1}}{digit}"
        for arrow, sign in (("uparrow", "+"), ("downarrow", "-"))
        for gap in ("$ ", "$", " ", "")
        for digit in range(10)
    },
    **{f"\\{arrow}": " " * (len(arrow) + 1) for arrow in ("uparrow", "downarrow")},
    **{
        subscript: f"{'_':>{len(subscript)}}" for subscript in ("\\textsubscript{", "$_{", "_{")
    },  # part of a name: "mAP$_{50}$"
    "^\\circ": "°    ",
    "^{\\circ}": "°      ",
    "\\deg": "°  ",
    "\\,": "  ",
    "\\ ": "  ",
    "{,}": THOUSANDS,
    **{f"\\{letter}": f" {letter}" for letter in ("kappa", "rho", "tau")},  # measures
    **{
        f"{before}\\mu{after}s": f"{' ' * len(before + after)} μs"
        for before, after in (("", " "), ("{", "}"), ("$", "$"))
    },
    "R$^2": "R^2 ",
    "50:95": "50-95",  # "mAP@50:95", "mAP$_{50:95}$": part of a name
    "@0.5:0.95": "@0.5-0.95",
    "@0.50:0.95": "@0.50-0.95",
    "\\to$": "→ ",
    "\\to ": "→ ",
    "\\rightarrow": " " * 8 + "→",
    "rightarrow": " " * 7 + "→",  # r"\rightarrow", which another feed leaves without its backslash
    "timessim": "times - ",  # r"15\times\sim50\times" without its backslashes
    "\\unicode{x2013}": " " * 12 + "–",
    "\\unicode{x0025}": " " * 14 + "%",
    "\\unicode{x": " " * 9 + "X",
    **{f" x{name}": f" X{name}" for name in ("86", "64", "26", "0", "1 ", "1-")},  # no factors: "x264", "x1-prediction"
    "x2014": "  —",  # how one feed garbles an em dash: "s/tokenx2014only"
    "$~$": " - ",
    "$": " ",
    "{sim}": "     ",
    **{f" sim{digit}": f"    {digit}" for digit in range(10)},  # r"\sim" without its backslash
    **{f"{end}-to-": f"{end} to " for end in ("%", *range(10))},  # "66%-to-75%"
    "{": " ",
    "}": " ",
    # "38.4~mm": a tie
    **{f"{digit}~{letter}": f"{digit} {letter}" for digit in range(10) for letter in ascii_letters},
    # "75%~89%", "1.3x ~ 1.7x": a range; else a tie or "about"
    **{f"{end}{gap}~": f"{end}{gap}-" for end in (*"0123456789%", *(f"{d}x" for d in range(10))) for gap in ("", " ")},
    "~": " ",
    **{f"plus{digit}": f"   +{digit}" for digit in range(10)},  # "plus6.43 percent", a sign that a feed spells out
    # "1/20th of", "1/20th the cost"
    **{f"/{a}{b}th {word} ": f"/{a}{b}   {word} " for a in range(1, 10) for b in range(10) for word in ("of", "the")},
    **{f"{digit}* ": f"{digit}x " for digit in range(10)},  # "1.6* GPU utilization"
    "*": " ",
    "−": "  -",
    "‑": "  -",
    "∼": "   ",
    "≈": "   ",
    "‘": "  '",
    "’": "  '",
    "“": '  "',
    "”": '  "',
    "\t": " ",
    # one wording for what is compared
    **{
        f"{longer} {to} ": f"{f'{plain} {to}':<{len(f'{longer} {to}')}} "
        for longer, plain in _COMPARED
        for to in ("to", "with")
    },
}
# Each key of WASH holds one of these, and so does what `_TIMES_FIRST` looks for: two patterns, as a class alone and literals alone are found many times as fast as both.
SIGNS = r"[\\{}$~*\t]"
SPELLED_SIGNS = "−|‑|∼|≈|‘|’|“|”|-to-|timessim|rightarrow|x2014| sim|plus|th of |th the |n comparison|s compared|hen compared|s opposed| x0| x1| x2| x3| x4| x5| x6| x7| x8| x9| ×|50:95|@0.5:0.95|@0.50:0.95"
# "a speedup of x17.7", "by ×2": what follows is put first, as everyone else writes it; not "32 judges × 3 tasks", and not
# "×5k", where what follows would not end with the sign
_TIMES_FIRST = (
    r"((?:\b(?:of|by|to|an?|is|was|and|than|least|over|about|around|nearly|roughly|approximately|uses|average"
    rf"|(?:achiev|provid|deliver|reach|obtain|yield|gain)[a-z]*)|(?:[a-zA-Z0-9]|×) ?,) +?)(?:( {{4}})?(×)( {{0,2}})|(x))({DIGITS})"
    r"([^A-Za-z0-9%.,×]|[.,](?:[^0-9]|$)|$)"
)
# "1.6\\% \\sim 3.9\\%": a range; but "ResNet-50 \\sim 30 ms" is about 30
_SIM_BETWEEN = r"((?:^|[ (\[{$])[0-9][0-9.]*(?: ?\\?%)?\}? ?)\\sim((?:\\text[a-z]+\{)? ?[0-9])"
_SIM_IN_DOLLARS = r"((?:^|[ ($\[])[0-9][0-9.]*(?: ?\\?%|\\times\$)? ?)\$\\sim\$(\$? ?[0-9])"
# "$F_1$-score", "\\mathrm{F}_1": F1, and what follows is put behind it
_F1 = {
    rf"(^|[ (${{-]){re.escape(written)}((?:-[a-z]+)?)([^0-9A-Za-z-]|$)": f"${{1}}F1${{2}}{' ' * (len(written) - 2)}${{3}}"
    for written in ("F$_{1}$", "F$_1$", "F_{1}$", "F_1$", "F_{1}", "F_1", "F}_{1}$", "F}_1$", "F}_{1}", "F}_1")
}
# "82. 42%": a share broken by a blank, which changes places with the decimals
_BROKEN = r"((?:^|[ (])[0-9]{1,2}[.]) ([0-9]+)( ?%)"


def washed(sentences: pl.Series) -> pl.Series:
    """Without type-setting, byte for byte; most sentences have none, which is soon seen."""
    typeset = (sentences.str.contains(SIGNS) | sentences.str.contains(SPELLED_SIGNS)).arg_true()
    rows = sentences.gather(typeset).alias("sentence").to_frame()
    measured = rows["sentence"].str.contains(r"F[}$]?_[{1]").arg_true()
    plain = rows["sentence"].gather(measured)
    for written, read in _F1.items():
        plain = plain.str.replace_all(written, read)
    rows = rows.with_columns(rows["sentence"].scatter(measured, plain))
    ranges = pl.col("sentence").str.replace_all(_SIM_BETWEEN, "$1   -$2").str.replace_all(_SIM_IN_DOLLARS, "$1     -$2")
    washed = rows.select(_with_money(ranges).str.replace_many(WASH, leftmost=True))
    for _ in range(2):  # neighbours in a list share a comma
        washed = washed.select(pl.col("sentence").str.replace_all(_TIMES_FIRST, "$1$6$4$2$3$5$7"))
    sentences = sentences.scatter(typeset, washed.to_series())
    broken = sentences.str.contains(_BROKEN).arg_true()
    return sentences.scatter(broken, sentences.gather(broken).str.replace_all(_BROKEN, "$1$2 $3"))


def _with_money(sentence: pl.Expr) -> pl.Expr:
    """ "for $600" and "$0.08 a case, $4.2 before" are money, "$2.5\\times$" is LaTeX: no number stands between two signs."""
    alone = sentence.str.contains(r"^(?:[^$\\]|\\[^$])*\$[0-9][^$]*$")
    alone |= sentence.str.contains(r"^(?:[^$\\]*\$[0-9][0-9.,]*(?:[KMB]|k)?(?:[] .),;:/?'+–—-][^$\\]*)?)+$")
    return pl.when(alone).then(sentence.str.replace_all("$", DOLLAR, literal=True)).otherwise(sentence)
