"""Numbers that belong together: the two ends of a range, the two ends of a change, the members of a list.

Takes the candidates of `numbers.py`; a pair becomes one row, a list stays one row a member, and its members share the
words before the first and after the last ("by 87%, 131% and 138% over A, B and C").
"""

import polars as pl

from paperhouse.extract.decimals import DECIMALS
from paperhouse.extract.numbers import SCALES
from paperhouse.extract.patterns import AGAINST, AWAY, HEDGE, LEVEL_OF, NUMBERED

_H = f"{HEDGE}{{0,4}}"
# "4 kHz and 32 kHz" after "between", "5% to 10%", "5%–10%", "from 3 days to just 76 minutes", "from 70% accuracy to 85%"
_TO = rf"^ *(?:\((?u:[^()])+\) *)?(?:[A-Za-z0-9@-]+ +){{0,3}}?(?:(?:up )?to(?: within| an? [a-z-]+)?|–|—|-{{1,2}}|→|->) *(?i-u:{_H})[+-]?$"
# "the rate, which was 28.1%, comes down to 14.5%"
_WHICH_WAS = "(?:which|that) (?:was|had been|used to be|had averaged) (?:only |just )?$"
_THEN_MOVES = "^(?: (?:on|in) [a-z -]{1,20})?, (?:now )?(?:averages|reaches|(?:comes? down|goes up|falls?|drops?|rises?|climbs?|grows?|shrinks?) to) (?:only |just )?$"
# "goes from 78.9% accuracy in the first round to 81.6%"
_TO_FAR = rf"^ *(?:[A-Za-z0-9@-]+ +){{4,6}}?to *(?i-u:{_H})$"
_TIGHT_TO = rf"^ *(?:to|–|-{{1,2}}|→|->) *(?i-u:{_H})[+-]?$|^—$"
_AND = rf"^ *and *(?i-u:{_H})$"
# "7.23, down from 9.64", "85.1% (from 70.9%)"
_BACK_FROM = (
    rf"^ *[,(]? *(?i-u:up|down|improved|improving|reduced|increased|decreased|compared)? *from *(?:the *)?(?i-u:{_H})$"
    # "3 days instead of 4 weeks"
    rf"|^ *(?:instead of|rather than) *(?i-u:{_H})$"
)
# "71% on NQ (previously 52%)"
_WAS = rf"^(?u:[^,;:()]){{0,50}}[(](?i-u:previously|formerly|up from|down from|from|{AGAINST}) *$"
# "61% of tasks, up from 47%"
_UP_FROM = "^ (?u:[^,;]){1,80}, (?:up|down) from (?:only |just )?$"
# "rises to 68%, against 51% before"
_AGAINST = f"^ *,? *[(]?(?:{AGAINST}|instead of|rather than) (?:only |just )?$"
_HAD_BEEN = "^,? (?:where|when) it (?:had been|had stood at|stood at|was|used to be) (?:only |just )?$"
_EARLIER = "^ *(?:before|previously|earlier|originally|initially|at first|beforehand)(?:[,.;)]|$| (?:and|while|but|on|in|with|at|for) )"
_LEFT_FROM = rf"(?i-u)(?:^|[ (])from *(?:{LEVEL_OF} |the )?(?:(?u:[^ ,;()])+'s +)?{_H}$"
_LEFT_BETWEEN = rf"(?i-u)(?:^|[ (])between *{_H}$"
# "ranging from", "improvements from 5% to 10%", "outperforms Wye from 5% to 10%": the ends of a range, no change
_SPANNING = (
    "(?i-u)(?:(?:achiev|obtain|attain|reach)(?:e|es|ed|ing|s)?(?: an? [A-Za-z0-9 -]{0,30}(?:accuracy|error|score|rate|value|AUC|AUROC|F1|IoU|Dice|PSNR|SSIM|precision|recall)| [A-Za-z0-9 -]{0,30}(?:ies|scores|values|rates))?|rang[a-z]+|var(?:y|ies|ying)|span[a-z]*|anywhere|(?:improvement|reduction)s|(?:gain|saving|speedup)s?"
    "|(?:surpass|outperform|exceed|outscor|outpac)(?:e?s|ing)(?: [A-Za-z0-9.-]+){1,4}) +from *[+-]?$"
)
# "achieves an increase in accuracy from": a change
_A_MOVE = "(?i-u)an? (?:[a-z-]+ ){0,2}(?:increase|improvement|boost|gain|rise|jump|reduction|drop|lift)(?: (?:in|of) (?u:[^,;]){1,40})? from *[+-]?$"
_MOVED_IN_BRACKETS = "(?i-u)(?:improv|increas|boost|rais|lift|reduc|decreas|lower|drop|enhanc)(?u:[^()])*[(]$"
_CHANGE_AFTER = r"^ *(?i-u:relative |absolute |performance )?(?i-u:improvement|reduction|gain|increase|decrease|speedup|faster|lower|higher|saving|drop)"
_JOINING = 90  # bytes
# a bracket may stand between: "2.58 (1-NFE) and 2.15"
_LIST = rf"^ *(?:[(](?u:[^()])+[)] *)?(?:,|/|and|or|, *and|&|, *or|and/or) *(?i-u:(?:by|of|a|an) +)?(?i-u:{_H})(?i-u:(?:by|of) +)?$"
_UNIT = ("unit_a", "family_a", "scale_a")
# what one of the unit is in the unit of the next: 60 for hours before minutes
_IN_NEXT = (pl.col("scale_a") / pl.col("scale_a_next")).fill_null(1.0)


def _next(column: str) -> pl.Expr:
    """What the next number of the sentence has; "to 20-30 ms": its unit may stand behind its other end."""
    either = pl.coalesce(column, f"{column.removesuffix('_a')}_b") if column in _UNIT else pl.col(column)
    return pl.when(pl.col("_adjoins")).then(either.shift(-1))


def joined(found: pl.DataFrame) -> pl.DataFrame:
    """Ranges and changes as one row each: `value`, `value_high`, `baseline_value`, `unit`, `family`, `span`."""
    found = _without_years(found)
    adjoins = (pl.col("piece_row").shift(-1) == pl.col("piece_row") + 1) & (
        pl.col("sentence_row").shift(-1) == pl.col("sentence_row")
    )
    found = found.with_columns(adjoins.fill_null(False).alias("_adjoins"))
    # "1-2K" is 1000 to 2000: the letter stands for both
    shared = pl.when(pl.col("ka").is_null() & pl.col("unit_a").is_null()).then("kb")
    low = pl.col("value_a") * shared.replace_strict(SCALES, default=1.0, return_dtype=pl.Float64)
    found = found.with_columns(low.alias("value_a"))
    found = found.with_columns(
        *[
            _next(name).alias(f"{name}_next")
            for name in (
                "value_a",
                "value_b",
                "unit_a",
                "family_a",
                "scale_a",
                "token_end",
                "tail",
                "right",
                "ka",
                "token",
            )
        ]
    )
    # "4.7% to 9.6% absolute points": the word stands for both
    both = (pl.col("unit_a") == "%") & (pl.col("unit_a_next") == "points") & pl.col("token_next").str.contains("%")
    both &= pl.col("tail").str.contains("^ *(?:to|–|-{1,2}) *$")
    points = [
        pl.when(both.fill_null(False)).then(f"{name}_next").otherwise(name).alias(name)
        for name in ("unit_a", "family_a")
    ]
    found = found.with_columns(points)
    # words of any length join no numbers, and what is NULL is not searched
    close = pl.col("_adjoins") & (pl.col("tail").str.len_bytes() < _JOINING)
    found = found.with_columns(_between=pl.when(close).then("tail"), _ahead=pl.when(close).then("left"))
    tail, left = pl.col("_between"), pl.col("_ahead")
    # asked once, and only of numbers that may belong together
    found = found.with_columns(
        _from=left.str.contains(_LEFT_FROM), _to=tail.str.contains(_TO), _tight=tail.str.contains(_TIGHT_TO)
    )
    found = found.with_columns(_scaled_as_the_next().alias("value_a"))
    from_left = pl.col("_from")
    fits = (
        (
            pl.col("unit_a").is_null()
            | (pl.col("unit_a") == pl.col("unit_a_next"))
            | (pl.col("family_a") == pl.col("family_a_next"))
        )
        & pl.col("value_b").is_null()
        & pl.col("value_a_next").is_not_null()
    )
    far = left.str.contains(
        f"(?:go|goes|went|rise|rises|rose|improves?|climbs?|moves?|drops?|falls?) from {_H}$"
    ) & tail.str.contains(_TO_FAR)
    to = (from_left & (pl.col("_to") | far)) | pl.col("_tight")
    # "20 minutes to 5 hours" does not fall
    falls = pl.col("value_a_next") < pl.col("value_a") * _IN_NEXT
    spans = (left.str.contains(_SPANNING) & ~left.str.contains(_A_MOVE)) | pl.col("right_next").str.contains(
        _CHANGE_AFTER
    )
    # "1/3 the VRAM"
    # "1/20 of pretraining compute", "with 1/23 parameters"
    fraction = (pl.col("tail") == "/") & (
        pl.col("right_next").str.contains("^ +(?:of )?(?:the|its|that|those|as) ")
        | (pl.col("value_a") == 1)
        & (
            pl.col("right_next").str.contains("^ +of [a-z]")
            | (pl.col("value_a_next") > 5) & left.str.contains("(?:with|using|only|just|than|about|to) $")
        )
    )
    # "improves success (0.6% to 76.3%)"
    moved = left.str.contains(_MOVED_IN_BRACKETS)
    # "from 21.6% (Claude) to 43.2% (Llama)": each is of its own
    named = (
        left.str.contains(_SPANNING)
        & tail.str.contains(r"^ *\([A-Z]")
        & pl.col("tail_next").str.contains(r"^ *\([A-Z]")
    )
    # "3 hours on 4 GPUs, down from 12 hours", "a 12% drop in errors, down from 45%", "up from 1.2x with Wye": another's number, or of another thing
    alike = (pl.col("unit_a") == pl.col("unit_a_next")) | (
        pl.col("unit_a").is_null()
        & pl.col("unit_a_next").is_null()
        & (pl.col("token").str.contains("[.]") == pl.col("token_next").str.contains("[.]"))
    )
    of_one_measure = (
        alike
        & ~pl.col("right_next").str.contains("^ *(?:for|with|by|on|in|under|using|without) ")
        & ~tail.str.contains(_CHANGE_AFTER)
        & ~left.str.contains(
            "(?i-u)(?:reduction|gain|improvement|increase|decrease|drop|speedup|saving) of (?:[a-z]+ )*$"
        )
        & ~pl.col("na").str.contains("^(?:19|20)[0-9]{2}$")
        & ~left.str.contains("[A-Z][A-Za-z0-9-]* $")
    )
    pair = (
        pl.when(~fits.fill_null(False) | named.fill_null(False))
        .then(None)
        .when(fraction & pl.col("unit_a_next").is_null())
        .then(pl.lit("fraction"))
        .when(left.str.contains(_LEFT_BETWEEN) & tail.str.contains(_AND))
        .then(pl.lit("range"))
        .when(left.str.contains(_WHICH_WAS) & tail.str.contains(_THEN_MOVES))
        .then(pl.lit("change"))
        .when(to & left.str.contains("(?i-u) by (?:[a-z]+ ){0,2}$") & ~tail.str.contains("->|→"))
        .then(pl.lit("range"))
        .when(
            to
            & (
                (falls & ~left.str.contains(_SPANNING) & ~tail.str.contains("^ ?(?:-+|–|—|~) ?$"))
                | moved
                | (from_left & ~spans)
                | tail.str.contains("->|→")
            )
        )
        .then(pl.lit("change"))
        .when(to)
        .then(pl.lit("range"))
        # "by 8.43% (from 23.32% to 14.89%)": the two in the bracket belong together
        .when(tail.str.contains(_BACK_FROM) & ~pl.col("tail_next").str.contains(_TIGHT_TO).fill_null(False))
        .then(pl.lit("back"))
        .when(
            tail.str.contains(_WAS) & pl.col("tail_next").str.starts_with(")")
            # what Wye had is a number of its own
            | tail.str.contains(_UP_FROM) & of_one_measure
            | tail.str.contains(_AGAINST) & pl.col("right_next").str.contains(_EARLIER)
            | tail.str.contains(_HAD_BEEN)
        )
        .then(pl.lit("was"))
        .otherwise(None)
    )
    found = found.with_columns(pair.alias("pair"))
    # "from 22.9% to 39.4% on A, and 20.6% to 29.1% on B": the second is a change as the first
    same = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & (
        pl.col("sentence_row") == pl.col("sentence_row").shift(2)
    )
    # a number in a name may stand between: "on AlpacaEval 2"
    farther = same & (pl.col("sentence_row") == pl.col("sentence_row").shift(3)) & (pl.col("pair").shift(3) == "change")
    earlier = (same & (pl.col("pair").shift(2) == "change") | farther) & tail.str.contains(" to ")
    # "ranging from 88% to 97% on A, and from 87% to 97% on B": a range as the first
    ranges = same & (pl.col("pair").shift(2) == "range") & left.shift(2).str.contains(_SPANNING)
    ranges &= pl.col("tail").shift(1).str.contains("(?:,| and) from *$")
    found = found.with_columns(
        pl.when((pl.col("pair") == "range") & earlier)
        .then(pl.lit("change"))
        .when((pl.col("pair") == "change") & ranges)
        .then(pl.lit("range"))
        .otherwise("pair")
        .alias("pair")
    )
    # "9.64 to 7.23 to 5": the middle one is taken by the first pair
    joins = pl.col("pair").is_not_null() & pl.col("_adjoins")
    # of "9.64 to 7.23 to 5 to 4" every other one begins a pair
    found = found.with_columns(_joins=joins.fill_null(value=False)).with_columns(_run=pl.col("_joins").rle_id())
    begins = pl.col("_joins") & (pl.int_range(pl.len()).over("_run") % 2 == 0)
    found = found.with_columns(begins.alias("_begins")).drop("_joins", "_run")
    taken = pl.col("_begins").shift(1, fill_value=False)
    found = found.with_columns(pl.when(~taken).then("pair").alias("pair"), taken.alias("_taken"))
    # after blanking a middle pair, its second number is free again
    second = pl.col("pair").is_not_null().shift(1, fill_value=False)
    values = found.filter(~second).select(*_values())
    low, high = pl.col("value"), pl.col("value_high")
    # "26%-7.1%", "between 96% and 93%": the smaller end first; two equal ends are no range
    is_range = high.is_not_null()
    return values.with_columns(
        pl.when(is_range).then(pl.min_horizontal(low, high)).otherwise(low).alias("value"),
        pl.when(is_range & (low != high)).then(pl.max_horizontal(low, high)).alias("value_high"),
    )


def _scaled_as_the_next() -> pl.Expr:
    """ "from 0.3 to 2 billion", "8 to 64K tokens": what stands for the size is of both, but not "from 32,768 to 1 million", "512 to 8K"."""
    scale = pl.col("ka_next").replace_strict(SCALES, default=None, return_dtype=pl.Float64)
    bare = pl.col("ka").is_null() & pl.col("unit_a").is_null() & pl.col("value_b").is_null()
    between = pl.col("_ahead").str.contains(_LEFT_BETWEEN) & pl.col("_between").str.contains(_AND)
    # a word may stand behind the smaller end: "from 175 to 7 billion"; a letter is written behind each where both are of one size
    reach = pl.when(pl.col("ka_next").str.len_bytes() > 1).then(100.0).otherwise(1.0)
    alike = pl.col("value_a") < reach * pl.col("value_a_next") / scale
    shared = bare & (pl.col("_tight") | between) & alike
    return pl.when(shared).then((pl.col("value_a") * scale).round_sig_figs(12)).otherwise("value_a")


def _without_years(found: pl.DataFrame) -> pl.DataFrame:
    """ "from 26.3% in 2022 to 0.97% in 2025", "52.4% on AIME 2025, up from 37.9%": the year is a word between the two ends."""
    before, behind = pl.col("tail").shift(1), pl.col("tail")
    year = (
        pl.col("na").str.contains("^(?:19|20)[0-9]{2}$")
        & (
            (behind == " to ") & (before == " in ")
            | behind.str.contains("^, (?:up|down) from (?:only |just )?$")
            & before.str.contains("^[^,;]* [A-Z][A-Za-z-]* $")
        )
        & (pl.col("sentence_row") == pl.col("sentence_row").shift(1))
    ).fill_null(False)
    found = found.with_columns(_year=year)
    if not found["_year"].any():
        return found.drop("_year")
    between = pl.col("tail") + pl.col("token").shift(-1) + pl.col("tail").shift(-1)
    found = found.with_columns(
        pl.when(pl.col("_year").shift(-1, fill_value=False)).then(between).otherwise("tail").alias("tail"),
        pl.col("piece_row") - pl.col("_year").cum_sum(),
    )
    return found.filter(~pl.col("_year")).drop("_year")


def _values() -> list[str | pl.Expr]:
    pair, own = pl.col("pair"), pl.col("value_b").is_not_null()
    change = pair == "change"
    unit = pl.coalesce(
        pl.when(change).then("unit_a_next"),
        "unit_a",
        "unit_b",
        pl.when(pair.is_not_null()).then("unit_a_next"),
    )
    family = pl.coalesce(
        pl.when(pair.is_in(["change", "range"])).then("family_a_next"),
        "family_a",
        "family_b",
        pl.when(pair.is_not_null()).then("family_a_next"),
    )
    return [
        "field", "sentence_row", "piece_row", "token", "left", "left_gap", "token_byte", "sentence_byte", "before_byte", "opening", "pair", "after", "na",
        pl.coalesce("ka", pl.when(pair.is_not_null()).then("ka_next"), "kb").alias("scaled"),
        pl.coalesce(pl.when(pair != "was").then("right_next"), "right").alias("right"),
        pl.coalesce(pl.when(pair.is_not_null()).then("tail_next"), "tail").alias("tail"),
        pl.coalesce(pl.when(pair.is_not_null()).then("token_end_next"), "token_end").alias("token_end"),
        pl.when(change).then("value_a_next").when(pair == "fraction").then(pl.col("value_a") / pl.col("value_a_next")).otherwise("value_a").alias("value"),
        pl.when(own).then("value_b").when(pair == "range").then((pl.col("value_a_next") / _IN_NEXT).round_sig_figs(9)).when(change).then("value_b_next").alias("value_high"),
        pl.when(change).then((pl.col("value_a") * _IN_NEXT).round_sig_figs(9)).when(pair.is_in(["back", "was"])).then((pl.col("value_a_next") / _IN_NEXT).round_sig_figs(9)).alias("baseline_value"),
        pl.when(pair == "fraction").then(pl.lit("x")).otherwise(unit).alias("unit"),
        pl.when(pair == "fraction").then(pl.lit("ratio")).otherwise(family).alias("family"),
    ]  # fmt: skip


def listed(found: pl.DataFrame) -> pl.DataFrame:
    """Adds `list_index`, `list_length`, and makes `left`, `right` and a missing unit those of the whole list."""
    continues = (
        (pl.col("sentence_row") == pl.col("sentence_row").shift(1))
        & pl.col("tail").shift(1).str.contains(_LIST)
        & pl.col("left_gap").str.contains(_LIST)
        & (pl.col("unit").is_null() | pl.col("unit").shift(1).is_null() | (pl.col("unit") == pl.col("unit").shift(1)))
    ).fill_null(False)
    # "16.2/25": out of 25
    graded = (
        (pl.col("tail").shift(1) == "/")
        & (pl.col("tail") != "/")
        & pl.col("unit").is_null()
        & pl.col("token").str.contains(r"^[0-9]{1,3}(?:\.0)?$")
    )
    # "FVD to 360.57, a 21.2% improvement": what follows in apposition lends no unit
    apart = pl.col("unit").shift(1).is_null() & pl.col("tail").shift(1).str.contains("^ *, *an? ")
    # "FID 2.42 and 2-step FID", "11% on Game of 24, 20% on": part of a name
    in_name = (pl.col("after") == "-") | pl.col("left").shift(1).str.contains(f"{NUMBERED} $")
    # "52.9%, +2.7%": a level and its change
    changed = pl.col("left_gap").str.contains("^ *, *[+-] ?$") & ~pl.col("left").shift(1).str.contains("[+-] ?$")
    # "by 2026, up to 90 percent"
    year = pl.col("token").shift(1).str.contains("^(?:19|20)[0-9]{2}$")
    # "a PSNR of 28.29 and less than 1%"
    apart |= pl.col("unit").shift(1).is_null() & pl.col("tail").shift(1).str.contains(
        "(?:^| )(?:(?:less|more|fewer) than|under|below) *$"
    )
    # "reduces the loss by 0.020 or about 4 percent"
    apart |= pl.col("unit").shift(1).is_null() & pl.col("tail").shift(1).str.contains(
        "^ *,? or (?:about|approximately|around|roughly|nearly) *$"
    )
    # "an AUC of 0.97, 95% CI 0.95-0.99": how sure it is
    apart |= pl.col("right").str.contains("^ *(?i-u:CI|confidence|credible|Hausdorff|HD)(?:[ :,]|$)")
    # "on 12 benchmarks and 0.952 on"
    counted = pl.col("family").shift(1).is_in(["count", "setup"])
    apart |= counted & pl.col("unit").is_null() & pl.col("token").str.contains(DECIMALS)
    # "at least 216K, 7 times larger", "11% for 2B and 17% for 7B"
    apart |= pl.col("scaled").shift(1).is_not_null() & pl.col("family").is_in(["ratio", "percent"])
    # "an accuracy of 92.1%, 3.2% higher than": a level and how far it is from another
    apart |= pl.col("tail").shift(1).str.contains("^ *, *(?:an? |about |over |nearly )?$") & pl.col(
        "right"
    ).str.contains(
        f"^ *(?:[A-Za-z0-9@-]+ )?(?:{AWAY}|higher|lower|better|worse|greater|faster|slower|larger|smaller|shorter|longer|more|less|fewer) "
    )
    # "is cut in half and 21% fewer tokens", but "by half and 62%, respectively"
    apart |= pl.col("token").shift(1).str.contains("^(?i-u:half|twice|thrice)$") & pl.col("right").str.contains(
        "^ *(?:fewer|less|more|lower|higher|faster|smaller|shorter) "
    )
    # "by up to 30% and doubles the score"
    apart |= pl.col("token").str.contains("^(?i-u:doubl|tripl|quadrupl|halv)")
    continues &= ~(graded | apart | in_name | changed | year).fill_null(False)
    found = found.with_columns(continues.alias("_continues"), pl.int_range(pl.len()).alias("_at"))
    # "AlpacaEval 2, and 20.6%": the 2 is part of a name and takes no unit from the list
    named = pl.col("left").str.contains("[A-Z][A-Za-z0-9]* $")
    # "a DSC of 0.56, 5 mm": what is no length is not made one
    coming = pl.col("family").shift(-1)
    odd = coming.is_not_null() & ~coming.is_in(["ratio", "percent", "points", "magnitude", "time"])
    odd &= pl.col("tail") != "/"  # but "4.32/2.29 token/s"
    odd &= ~pl.col("left").str.contains(" by *$")  # and "by 3.84 and 1.91 dB"
    first, last = ~pl.col("_continues"), ~pl.col("_continues").shift(-1, fill_value=False)
    found = found.with_columns(
        pl.when(first).then("_at").forward_fill().alias("_first"),
        pl.when(last).then("_at").backward_fill().alias("_last"),
        pl.when(first).then("left").forward_fill().alias("left"),
        pl.when(first).then(pl.col("left_gap").fill_null("")).forward_fill().alias("left_gap"),
        pl.when(last).then("right").backward_fill().alias("right"),
        *[
            pl.when(last | named | odd | pl.col(name).is_not_null())
            .then(pl.col(name).fill_null(""))
            .backward_fill()
            .replace("", None)
            .alias(name)
            for name in ("unit", "family")
        ],
    )
    return found.with_columns(
        (pl.col("_at") - pl.col("_first")).alias("list_index"),
        (pl.col("_last") - pl.col("_first") + 1).alias("list_length"),
    ).drop("_continues", "_at", "_first", "_last")
