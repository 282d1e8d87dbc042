"""The stretches of a sentence that may tell what a claim measures: where each lies. How they are cut down to the words that say so
is told in `quantity_wording.py`; which of them counts is for `claim_quantity.py` to say.
"""

import polars as pl

from paperhouse.extract.frames import BEFORE_NUMBER, MEASURED_BEHIND, NOUN_RULES, PASSIVE
from paperhouse.extract.paper_names import NAME
from paperhouse.extract.patterns import (
    ANY,
    AT_K,
    AWAY,
    DOES,
    HEDGE,
    NOUNS,
    STOP,
    WINS,
    WORD,
    alternation,
    having,
    scattered,
)
from paperhouse.extract.quantity_wording import OF_RIVAL, after_last_stop, tidied

STRETCHES = (
    "_what", "_noun_of", "_inner", "_before_bracket", "_signed", "_within", "_record", "_gap", "_done", "_illustrated", "_graded", "_in", "_on", "_sped", "_lower_in",
    "_terms", "_direct", "_measure", "_adjacent", "_bracketed", "_happened", "_fared", "_treated", "_next", "_at", "_from", "_extent", "_rated", "_running", "_memory", "_lasting", "_each", "_predicate", "_made", "_beside", "_so",
)  # fmt: skip
# "reductions can be", before a verb
_AUXILIARY = (
    "(?: (?:to|can|could|may|will|is|was|are|were|has|have|been|be|being|further|significantly|substantially))+ *$"
)
_WHERE_NOUNS = (
    "[Bb]ench|data|questions|problems|tasks?|benchmarks?|settings?|datasets?|scenarios?|environments?|domains?"
)
_SET = f"^(?:absolute|relative|real) terms$|^(?:first|second|third|last|latter|former)(?: (?:round|case|setting))?$|^.*(?:{_WHERE_NOUNS})$|^.*experiments?(?: [a-z]+)?$"
_MAKING = {
    **dict.fromkeys(["generat", "produc", "creat", "synthesiz"], "generation"),
    **dict.fromkeys(["train", "fine-tun", "finetun"], "training"),
    "render": "rendering",
    "reconstruct": "reconstruction",
    "process": "processing",
}
_MAKES = "|".join(_MAKING)
# What runs, and may run faster.
_RUNS = (
    "training|inference|decoding|generation|prefill(?:ing)?|rendering|sampling|processing|computation|convergence|pre-?training"
    "|fine-?tuning|simulation|reasoning|rollouts?|synthesis"
)
# What is done to a share of something: "prunes 90% of the tokens".
_TREATS = "recover|retain|exempt|prun|discard|dropp|remov|skipp|answer|solv|complet|filter|restrict|convert|detect|identifi|cover"


def with_stretches(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Adds the columns STRETCHES to the claims (`rule`, `says`, `core`, `left`, `right`, `left_gap`, `tail`, `what`, `whatb`,
    `family`, `unit_family`, `baseline_value`): a noun phrase each, or NULL."""
    scores, every = measures.filter(pl.col("unit") == "score")["phrase"], measures["phrase"]
    measure, any_measure = alternation(scores), alternation(every)
    found = found.with_columns(_caught(any_measure).alias("_said"))
    # "area under the curve", "mean absolute error", "Kendall's tau": of these no word is the end
    whole = alternation(every.filter(every.str.contains(f" (?:{STOP}) |(?:absolute|relative|average|peak|'s) ")))
    found = found.with_columns(**_ahead(whole), **_behind(measure, any_measure, whole))
    for asked, stretches in _of_some(measure, any_measure):
        at = found.select(asked.fill_null(False).arg_true()).to_series()
        if not len(at):  # then its patterns need not be made
            found = found.with_columns(pl.lit(None, pl.String).alias(name) for name in stretches)
            continue
        said = found.select(pl.all().gather(at)).select(**stretches)
        found = found.with_columns(**{name: scattered(said[name], at, found.height) for name in stretches})
    return tidied(found.drop("_said"), list(STRETCHES), whole)


def _caught(any_measure: str) -> pl.Expr:
    """`what`, where it may be what was measured."""
    rule, what = pl.col("rule"), pl.col("what")
    # "CTR increased by 3.2% and revenue by": the revenue; "HIT@1 increases by 54%, MAP@100 by 50%, and NDCG@10 by"
    what = what.str.replace(
        rf"^by [+-]?[0-9.]+ ?(?:%|x|points?|[a-z]+)?(?:,? (?:and|while|but) |, (?:(?u:.)*, )?(?:and )?)(?:the )?([a-z][a-z-]*(?: [a-z-]+){{0,2}}|{AT_K}|[a-z]*[A-Z]{{2,}}[A-Za-z0-9@-]*)$",
        "$1",
    )
    # "improves ASQ by 38% over X and by": the ASQ
    what = what.str.replace(
        r"^((?u:.)+?) by [+-]?[0-9.]+ ?(?:%|x|points?)? (?:over|on|in|for) (?u:[^,;])+,? and$", "$1"
    )
    # "lifts Pass@1 on A by 9.6% in absolute terms, and Cons@5 by"
    what = what.str.replace(
        rf"^(?u:.)* by [+-]?[0-9.]+ ?(?:%|x|points?)?(?u:[^,;])*, and ({AT_K}|[A-Z]{{2,}}[A-Za-z0-9@-]*)$", "$1"
    )
    # "a 9.0% gain in spatial tasks": a place
    place = pl.when(rule == "change_noun").then(what).str.contains(_SET).fill_null(False)
    # "dropping from 103.3 to 55.3 on A and from 25.5": the ends of another
    # "solvers like POMO and AM degrade by": who
    other = what.str.contains("^(?:from|to|by) [+-]?[0-9]") | (
        rule.is_in(PASSIVE) & what.str.contains("(?:like|such as) [A-Z](?u:[^,])*$")
    )
    # "the share of tokens wasted through truncation shrinks", "the gain in accuracy that training brings is enlarged"
    passive = rule.is_in(PASSIVE)
    what = (
        pl.when(passive)
        .then(
            what.str.replace(
                "^(?:(?u:.)* )?((?:share|fraction|proportion|percentage|portion|number|rate|risk) of (?:[a-z-]+ ){0,3}[a-z-]+) (?:through|by|from|in|that|which|with) (?u:.)*$",
                "$1",
            )
            .str.replace(" that (?:[A-Za-z-]+ ){1,6}[a-z]+s (?:is|are|was|were) *$", "")
            # "accuracy on symbolic math and JSON generation improves", "the gap to the best models shrinks"
            .str.replace(
                rf"(?i-u)^((?u:.)*(?:^| )(?:{any_measure}|performance)) (?:on|in|for|across|over|against|with) (?u:[^,;])+$",
                "$1",
            )
            .str.replace("^(?:(?u:.)* )?((?:[a-z]+ )?gap)(?: in [A-Za-z-]+)? (?:between|to|with|from) (?u:.)*$", "$1")
        )
        .otherwise(what)
    )
    # "accuracy on QA tasks gains 1.2%": what gains
    gains = (rule == "change_noun_up_to") & pl.col("cue").str.contains("^gains?$")
    who = "^(?:(?u:.)* )?(?i-u:models?|agents?|systems?|methods?|students?|[VM]?LL?Ms?)(?: (?u:.)*)?$"
    gainer = what.str.replace(" (?:on|in|across|over|for) [A-Za-z0-9 -]+ *$", "").str.replace(who, "")
    what = pl.when(gains).then(gainer).otherwise(what)
    # "the time from thousands of days to": the time
    clear = pl.when(rule == "from_to_verb").then(what.str.replace(" from [a-z](?u:.)*$", "")).otherwise(what)
    return pl.when(~place & ~other.fill_null(False)).then(clear)


def _ahead(whole: str) -> dict[str, pl.Expr]:
    """What the frame caught."""
    rule, said = pl.col("rule"), pl.col("_said")
    return {
        "_what": pl.coalesce(
            # "a 1.1% improvement in mean intersection over union"
            pl.when((rule == "change_noun") & pl.col("right").str.contains(" (?i-u:over|under) "))
            .then("right")
            .str.extract(rf"(?i-u)^(?:[a-z-]+ ){{1,3}}(?:in|of) (?:the )?((?:mean )?(?:{whole}))(?:[ ,.;:()]|$)"),
            having(said, " ").str.extract(rf"(?i-u)(?:^|[ (])((?:mean )?(?:{whole}))(?: +\((?u:[^()])+\))? *$"),
            after_last_stop(
                # "the performance of a large 32B model decreases": no model is measured
                pl.when(rule.is_in(BEFORE_NUMBER))
                .then(said)
                .str.replace(_AUXILIARY, "")
                .str.replace(f"{OF_RIVAL} *$", "")
                # "performance on Korean drops"
                .str.replace(f" (?:on|across) {NAME} *$", "")
            ),
            said,
        ),
        "_noun_of": pl.when(rule != "times_of_rival")
        .then("whatb")
        # "decreases in perception tasks": a place is not what was measured
        .str.replace(
            f"^{ANY}*(?:[a-z] )(?:tasks?|benchmarks?|settings?|scenarios?|environments?|domains?)(?: [a-z]+ing {ANY}*)?$",
            "",
        )
        # "reductions in X error (86.9%) and Y error (": its own
        .str.replace(r"^(?u:.)*[(][0-9.]+%?[)],? and ", "")
        .str.replace(rf"(?i-u) (?:{STOP}) {ANY}*$", ""),
    }


def _behind(measure: str, any_measure: str, whole: str) -> dict[str, pl.Expr]:
    """What stands behind the number."""
    rule = pl.col("rule")
    contest = pl.col("says") == "contest"

    def right(asked: pl.Expr) -> pl.Expr:
        """What is NULL is not searched."""
        return pl.when(asked).then("right")

    each = rf"(?:(?:{WORD} )?(?:{any_measure})(?:, and |, | and )){{1,6}}(?:{WORD} )?(?:{any_measure})"
    measured = pl.col("family").is_in(["bare", "points"]) | contest | rule.is_in(MEASURED_BEHIND)
    told_in = rule.is_in(["contest_by", "change_verb_by", "plain", "signed", "score_on", *NOUN_RULES])
    opens_in = "^(?:, *respectively,? *|respectively,? *)?(?:on average,? )?(?:in|of) +(?:terms of )?"
    return {
        # "reductions of 90% in toxicity"; "up to 11% in Intersection over Union" is of all three words
        "_in": pl.coalesce(
            right(told_in).str.extract(rf"(?i-u){opens_in}(?:the )?((?:mean )?(?:{whole}))(?:[ ,.;:()]|$)"),
            right(told_in).str.extract(rf"(?i-u){opens_in}{NOUNS}"),
        ).str.replace(_SET, ""),
        # "a 38% improvement on AbsRel", "by 0.3 and 0.16 on PickScore and AES"
        "_on": right(rule.is_in(["change_noun", *NOUN_RULES, "signed", "contest_by"]))
        .str.extract(
            rf"(?i-u)^(?:[a-z-]+ )?on (?:the |an? )?((?:[a-z-]+ )?(?:{any_measure})(?:(?:, | and |, and )(?:{any_measure}))*(?: (?:{_WHERE_NOUNS}))?|[a-z-]+@[0-9k]+)(?:[ ,.;:()]|$)"
        )
        .str.replace(_SET, ""),
        # "23.25 lower in FID"
        "_lower_in": pl.coalesce(
            right((rule == "comparative") & pl.col("_said").is_null())
            .str.extract(rf"(?i-u)^[a-z]+ in (?:terms of )?{NOUNS}")
            .str.replace(_SET, ""),
            # "3.2% better than Wye in accuracy", "3.2% ahead of Wye in accuracy"
            having(right(rule == "comparative"), " in ").str.extract(
                rf"(?i-u)^(?:better than|worse than|{AWAY}) (?u:[^,;.()0-9]){{1,50}}? in (?:terms of )?((?:{WORD} +){{0,2}}?(?:{measure}))(?:[ ,.;:()]|$)"
            ),
        ),
        # "from 37.36 to 37.70 (in terms of PSNR)"
        "_terms": having(pl.col("right"), "n terms of ").str.extract(
            rf"(?i-u)^(?:(?:[a-z-]+ ){{0,3}}(?:over|than) (?u:[^,;.()0-9]){{1,60}} )?\(?in terms of {NOUNS}"
        ),
        # "reduces 88% of the FLOPs"; but "achieving 66.6% in synthetic samples" says where
        "_direct": right(
            rule.is_in(["change_verb", "traded"]) | (rule == "achieves") & ~pl.col("right").str.starts_with("in ")
        ).str.extract(rf"(?i-u)^(?:of |in |to (?:the |its |our )?)?{NOUNS}"),
        # "by 1.2 BLEU"
        "_measure": right(measured & ~pl.col("right").str.starts_with("and ")).str.extract(
            rf"(?i-u)^(?:\((?u:[^)])+\) *)?(?:absolute |relative |in |points? (?:in |on )?)?(?:terms of )?(?:the |our |its )?((?:{WORD} +){{0,2}}?(?:{measure}))(?:[ ,.;:()]|$)"
        ),
        # "+3.7% CTR, +2.2% TV", "22.98 DS and 17.49 SR", "3.1 RayPQ", but no "WyeQA"
        "_adjacent": right(
            rule.is_in(["plain", "signed", "change_noun_of", "decimal", "contest_by", "share"])
            & ~pl.col("right").str.contains("^[A-Za-z-]*QA(?:[ ,.;)]|$)")
        )
        .str.extract(
            rf"^((?i-u:{any_measure})(?:[ ,.;:()]|$)|(?:[A-Z]{{1,3}}|[A-Za-z-]*[A-Z]{{2,}}[0-9]?[A-Z]?)(?:[,.;)]|$| and )|{AT_K}(?:[ ,.;:)]|$))"
        )
        .str.strip_chars(" ,.;:()")
        .str.strip_suffix(" and"),
        # "96.8%, 96.7% and 95.1% in accuracy, precision and recall"
        "_each": pl.coalesce(
            right(pl.col("list_length") > 1).str.extract(
                rf"(?i-u)^(?:in|for|on) (?:terms of )?(?:the )?({each})(?:[ ,.;:()]|$)"
            ),
            # "CTR, IPV and NER increased by 2.41%, 3.15% and 9.92%"
            pl.when((pl.col("list_length") > 1) & rule.is_in(PASSIVE))
            .then("left")
            .str.extract(
                r"((?:[A-Z][A-Za-z0-9@-]*, ){0,6}[A-Z][A-Za-z0-9@-]*,? and [A-Z][A-Za-z0-9@-]*) (?:(?:is|are|was|were) )?(?:[a-z]+ly )?[a-z]+ (?:by|to) (?:[a-z]+ ){0,2}$"
            ),
            # "accuracy, precision and recall reach 92.1%, 90.3% and 89.9%"
            pl.when(pl.col("list_length") > 1)
            .then("left")
            .str.extract(
                rf"(?i-u)(?:^|[ (])((?:{any_measure})(?:, and |, | and )(?:{each}|{any_measure})) (?:scores? |values? )?(?:of|is|are|was|were|reach|(?:come|amount|rise) to|stand at|at|to|being)(?: up to)? *$"
            ),
        ),
        # "21% (FID)", "3.2% (pass@128)"
        "_bracketed": pl.coalesce(
            having(pl.col("tail"), r"^ *\(").str.extract(rf"(?i-u)^ *\(((?:{WORD} +)?(?:{measure}))\)"),
            pl.when(pl.col("_said").str.contains("(?:^| )performance$")).then("tail").str.extract(rf"^ *\(({AT_K})\)"),
        ),
    }


def _of_some(measure: str, any_measure: str) -> list[tuple[pl.Expr, dict[str, pl.Expr]]]:
    """Stretches that only some claims have: which claims, and the stretches by name. Only these claims are searched."""
    rule, said, core, left, right = (pl.col(name) for name in ("rule", "_said", "core", "left", "right"))
    return [
        (
            pl.col("says") == "contest",
            {
                # "by 5-10% on Hit@3"
                "_at": pl.coalesce(
                    right.str.extract("^on ([A-Za-z-]+@[0-9kK]+)"),
                    # "outperforms it by 7.5% at overall accuracy"
                    right.str.extract(rf"(?i-u)^at (?:the )?((?:{WORD} )?(?:{measure}))(?:[ ,.;]|$)"),
                ),
                # "surpasses GPT-4 in accuracy by"
                "_within": said.str.extract(rf"(?i-u) in (?:terms of )?({WORD}(?: {WORD}){{0,3}})$").str.replace(
                    f"{_SET}|^(?:the )?same (?u:.)*$", ""
                ),
                # "achieves state-of-the-art truthfulness by outperforming"
                "_record": after_last_stop(
                    having(left, "state-of-the-art|SOTA").str.extract(
                        rf"(?i-u)(?:{DOES}) (?:a |new )*(?:state-of-the-art|SOTA) ((?:{WORD} ){{0,3}}?{WORD}),? (?:by |and |while |thereby |significantly )*(?:{WINS})"
                    )
                ).str.replace("^(?:results?|performance)$", ""),
            },
        ),
        (
            rule == "change_noun",
            {
                # "in content quality (0.26 improvement) and": the measure before the bracket
                "_before_bracket": having(
                    pl.when(pl.col("implied").ne_missing("speed")).then("core"), "[(]$"
                ).str.extract(rf"(?i-u)(?:^|[ ,(])((?:{WORD} )?(?:{any_measure})) \($"),
                # "2.1x speedup on long video RL training"
                "_sped": right.str.extract(
                    rf"(?i-u)^(?:speed-?ups?|acceleration) (?:on|for|in|of|during) (?:the )?((?:(?-i:[a-z][a-z-]*|[A-Z]{{2,4}}) ){{0,4}}?(?:{_RUNS}))(?:[ ,.;)]|$)"
                ),
            },
        ),
        (
            rule == "signed",
            {
                # "and diversity (+17.6%)"
                # "accuracy across all viewing configurations (+0.65%": a place
                "_signed": left.str.replace("(?:across|on|over) (?:[a-z-]+ ){0,3}[a-z-]+ [(+-]+ ?$", "")
                .str.replace(r"(?i-u)[0-9] ?(?:%|[A-Z][A-Za-z0-9@-]*)? (?:on|in|for|over|than) (?u:[^0-9])+$", "")
                .str.extract(r"(?:^|[ ,(])([a-z][a-z-]*(?: [a-z][a-z-]*)?) [(+-]+ ?$")
                .str.replace(rf"(?i-u)^(?:{STOP}|of|both|the) ", ""),
            },
        ),
        (
            (rule == "plain") & pl.col("baseline_value").is_not_null(),
            {
                # "… from 0.62 to 0.73 and the ImageReward score from 0.87 to 0.96"
                "_gap": pl.col("left_gap").str.extract(
                    rf"(?i-u)(?:and|,) (?:the )?((?:{WORD} ){{0,4}}?(?:{measure}))(?: on {WORD})? from *$"
                ),
            },
        ),
        (
            rule.is_in(["plain", "signed"]) & core.str.contains(r"[(](?:e[.]g[.],?|i[.]e[.],?)?$"),
            {
                # "improves the reasoning of Zed (e.g., 66.3 to 72.9 on A"
                "_illustrated": core.str.extract(
                    rf"(?i-u)(?:improv|enhanc|boost|increas|reduc)(?:es|ing|ed|e|s) (?:the |its )?((?:{WORD} ){{0,3}}?{WORD})(?: (?:of|on|in|across) (?:the )?(?:{WORD} ){{0,3}}{WORD})? [(](?:e[.]g[.],?|i[.]e[.],?)?$"
                ),
            },
        ),
        (
            rule == "out_of",
            {
                # "the best performance on 15 out of 24 tasks"
                "_done": after_last_stop(
                    having(left, "(?i-u)(?:best|first|top|superior|better)(?:[ ,-]|$)|state-of").str.replace(
                        "(?i-u) (?:on|in|for|with)(?: [a-z]+)? *$", ""
                    )
                ),
            },
        ),
        (
            rule == "graded",
            {
                # "particularly in Reasoning (6.15/10)"
                "_graded": pl.coalesce(
                    right.str.extract(rf"(?i-u)^(?:/|out of )[0-9.]+ (?:in|for) {NOUNS}"),
                    # "an average usefulness rating of 4.6 out of 5"
                    after_last_stop(
                        left.str.extract(
                            rf"(?i-u)(?:^| )((?:{WORD} ){{0,3}}?(?:ratings?|scores?|grades?)) (?:of|is|was|at) (?:[a-z]+ ){{0,2}}$"
                        ).str.replace("(?:^| )(?:receiv|rat|judg)(?:e|es|ed) ", " ")
                    ),
                    left.str.extract(
                        r"(?:^|[ ,(])((?:[A-Za-z-]+ )?[A-Za-z-]+)(?: (?:is|was|were|are|remains) (?:[a-z]+ )?[a-z]+)? *[(]$"
                    ).str.replace("^(?:and|or|in|for|on) ", ""),
                ),
            },
        ),
        (
            (rule == "plain") & (pl.col("family") == "percent"),
            {
                # "of the files, 91.3% can be parsed and 84.7% are right"
                "_so": right.str.extract(
                    "^(?:can be|could be|are|were|is|was) ((?:[a-z]+ly )?(?:[a-z]+ed|right|correct|wrong|valid)(?: [a-z]+ly)?)(?:[ ,.;)]|$)"
                ),
            },
        ),
        (
            rule == "quantity_of",
            {
                # "the best accuracy among base models is only 4%"
                "_inner": said.str.extract(
                    rf"(?i-u)(?:^| )((?:{WORD} )?(?:{any_measure})) (?:among|of|for|on|in|across|between) "
                ),
            },
        ),
        (
            core.str.ends_with("(from") | core.str.ends_with(" from") & left.str.contains("[(]e[.]g[.],? from *$"),
            {
                # "reduces both refusals (from 39% to 4%) and errors (from 45% to 9%)"
                "_from": left.str.extract(
                    "(?:and|,|both) (?:the )?([a-z-]+(?: [a-z-]+){0,2}) [(](?:e[.]g[.],? )?from *$"
                ),
            },
        ),
        (
            rule.is_in(NOUN_RULES),
            {
                # "reductions in costs by 5.2x and GPU memory by 2x"
                "_next": pl.col("left_gap").str.extract(
                    rf"^ *,? and (?:the |its )?((?:{WORD} ){{0,5}}?{WORD}) by (?:up to |about |over )*$"
                ),
            },
        ),
        (
            rule == "against",
            {
                # "in thoroughness (77.5% vs. 70.1%), accuracy (83.0% vs. 78.8%)", "an accuracy of 0.66 vs. 0.65"
                "_rated": pl.coalesce(
                    left.str.extract(
                        rf"(?i-u)(?:^|[ (])((?:{WORD} )?(?:{any_measure}))s?(?: (?:of|is|was|at)|:)? *[(]?$"
                    ),
                    left.str.extract(
                        "(?:^|[,;] |(?: in| and| on| for) )(?:the )?([a-z][a-z-]*(?: [a-z][a-z-]*){0,2}) [(]$"
                    ),
                ),
            },
        ),
        (
            rule == "up_to",
            {
                # "draft acceptance lengths of up to 32 tokens"
                "_extent": having(left, " of ").str.extract(
                    rf"(?i-u)(?:^| )((?:{WORD} ){{0,2}}(?:lengths?|windows?|sizes?|budgets?)) of (?:up to|more than|over|beyond) *$"
                ),
            },
        ),
        (
            rule.is_in(["comparative", "contest_by"]),
            {
                # "the number of parameters is 88% smaller", "its training compute was >80x smaller", "its score is higher than that of Wye by"
                "_predicate": having(left, " (?:is|are|was|were|being|becomes?|remains?|stays?) ")
                .str.extract(
                    rf"(?i-u)(?:^|[,;:] |[ ](?:and|while|but|that|though|although|since|as|so|whereas|where|yet|for which) )(?:(?:and|but|yet|still|even|though|although|while|that|then|thus|also) )*((?:(?-i:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur) )?(?-i:[A-Za-z][a-z^@0-9-]*|[A-Z]{{2,5}})(?: (?-i:[A-Za-z][A-Za-z^@0-9-]*)){{0,6}}?)(?: (?:at|with|under|for|on|in) [A-Za-z0-9@. -]{{1,30}}?)?,? (?:is|are|was|were|being|becomes?|remains?|stays?) (?:[a-z]+ly )?(?:{HEDGE})*(?:[<>~]? ?|(?:faster|higher|lower|better|worse|smaller|larger|greater|longer|shorter)(?: than (?u:[^,;])+)? by (?:{HEDGE})*)$"
                )
                .str.replace(" (?:for|of|on|in) (?:the )?[A-Z](?u:.)*$| (?:they|it|we) [a-z]+$", ""),
                # "needs a KV cache up to 8x smaller", "at a cost 20x lower"
                "_beside": left.str.extract(
                    rf"(?i-u)(?:^| )(?:an?|the|its|their) ((?:(?-i:[A-Za-z][A-Za-z-]*) ){{0,2}}(?-i:[a-z]+|F1|[mg]?[A-Z]{{2,4}}(?:@[0-9]+)?)) (?:that (?:is|are) )?(?:{HEDGE})*$"
                ),
                # "makes the drop in performance 23.5% smaller"
                "_made": having(left, "ma[dk]").str.extract(
                    rf"(?i-u)(?:^|[ ,])ma(?:kes?|king|de) (?:the |its |their )((?:[A-Za-z-]+ ){{0,4}}?[A-Za-z-]+)(?: of (?:an? |the )?[A-Za-z0-9-]+)? (?:{HEDGE})*$"
                ),
            },
        ),
        (rule == "share_of", _of_a_share()),
        (pl.col("unit_family").is_in(["memory", "time", "rate"]), _of_a_unit()),
    ]


def _of_a_share() -> dict[str, pl.Expr]:
    """What happened in a share of the cases, or was done to it."""
    said, core, right = pl.col("_said"), pl.col("core"), pl.col("right")
    fares = (
        rf"(?i-u)^of (?:the |all |its |these |those )*((?:{WORD} ){{0,4}}?{WORD}) (?:(?:in|from|of|during) (?:the )?(?:{WORD} ){{1,3}}?)?"
        r"(?:(?:is|are|was|were) (?:[a-z]+ly )?([a-z]+ed(?: and [a-z]+ed)?)|((?:contain|require|lack|fail|exhibit) [a-z]+))(?:[ ,.;]|$)"
    )
    treats = f"(?:{_TREATS})(?:e|es|s|ed|ing)?$"
    return {
        # "with mental deterioration in more than 34% of the simulations", "was sound for 85% of the cases"
        "_happened": after_last_stop(
            pl.coalesce(
                # "evaluators prefer its outputs in 66.4% of comparisons"
                pl.when(core.str.contains("(?:^| )prefer(?:s|red|ring)? [^,;]*$")).then(pl.lit("preference")),
                pl.when(core.str.contains("(?:^| )win(?:s|ning)?(?: (?:over|against) (?u:[^,;])+)? in$")).then(
                    pl.lit("win rate")
                ),
                # "12% of the time that the best rival takes"
                pl.when(right.str.contains("^of the time (?:that|of|needed|required|taken) ")).then(pl.lit("time")),
                # "the models succeed in 34% of the tasks", "the reviewer is right in 82.7% of the cases"
                pl.when(core.str.contains("(?:^| )succe(?:ed|eds|eded|eding)(?: (?:in|on))?$")).then(
                    pl.lit("success rate")
                ),
                pl.when(core.str.contains("(?:^| )(?:is|are|was|were) (?:right|correct)(?: (?:in|for))?$")).then(
                    pl.lit("accuracy")
                ),
                pl.when(
                    core.str.contains(
                        "(?:^| )agree(?:s|d|ing)?(?: with (?u:[^,;])+)?$|(?:^| )agree(?:s|d|ing)? (?:with (?u:[^,;])+ )?(?:in|on)$"
                    )
                ).then(pl.lit("agreement")),
                # "maintaining accuracy within 5% of the original"
                having(core, "within$").str.extract(
                    rf"(?:maintain|keep|retain|preserv|stay)(?:e|es|s|ed|ing)? (?:the |its )?((?:{WORD} ){{0,3}}?{WORD}) within$"
                ),
                # "LLMs like GPT-4, leak information in": not who
                having(core, "(?:in|for)$")
                .str.extract(rf"(?i-u)^({ANY}*) (?:in|for)$")
                .str.replace(rf"^{ANY}*{NAME}, |^[A-Z][a-z]+(?: [a-z]+ly)?, ", ""),
                # "models generate biased responses 77% of the time"
                pl.when(said == "time")
                .then(core)
                .str.replace(f"^{ANY}*, ", "")
                .str.replace(rf"^(?:While |Whereas )?{NAME} ", "")
                .str.replace(
                    rf"(?i-u)^(?:{ANY}* )?(?:only |just )?(?:us|consum|tak|requir|need|spend)(?:ing|e?s|e|ed)?$", ""
                ),
            )
        ),
        # "83.8% of these PRs are eventually accepted and merged", "57% of the questions contain errors"
        "_fared": right.str.extract(fares, 1)
        + " "
        + pl.coalesce(right.str.extract(fares, 2), right.str.extract(fares, 3)),
        # "retaining 72% of statements": statements retained
        "_treated": pl.when(~said.str.contains("(?:quality|performance|accuracy|fidelity|capability|capabilities)$"))
        .then(said)
        .str.extract(rf"^((?:{WORD} )?{WORD})")
        + " "
        + having(core, treats).str.extract(rf"(?i-u)(?:^| )({_TREATS})[a-z]*$").str.to_lowercase()
        + "ed",
    }


def _of_a_unit() -> dict[str, pl.Expr]:
    """What a rate, a memory or a time is of."""
    rule, unit_family = pl.col("rule"), pl.col("unit_family")
    lasts = pl.when(rule.is_in(["needs", "scarce"]) & (unit_family == "time"))
    making = pl.coalesce(
        having(lasts.then("core"), "(?:in|within|under)$").str.extract(
            rf"(?i-u)(?:^| )({_MAKES})(?:e|es|s|ed|ing)? (?:{WORD} ){{0,6}}(?:in|within|under)$"
        ),
        lasts.then("right").str.extract(rf"(?i-u)^to ({_MAKES})(?:e|es|s|ed|ing)? "),
    )
    return {
        # "high-quality streaming video generation at 23 FPS"
        "_running": after_last_stop(
            pl.when((rule == "needs") & (unit_family == "rate"))
            .then("core")
            .str.extract(rf"(?i-u)^({ANY}*) at$")
            .str.replace(rf"(?i-u)^{ANY}* (?:allow|enabl|support|perform|provid)(?:e|es|s|ing|ed) ", "")
            # "FlashVSR runs at 17 FPS": nothing but the speed is told
            .str.replace(rf"(?i-u)^{ANY}*(?:^| )(?:runs?|running|operat(?:es?|ing)|works?|working)(?: [a-z]+ly)?$", "")
        )
        # "consumes 1-2 W at 30 FPS": what the number before is of
        .str.replace("^(?u:.)*[0-9] ?[A-Za-z%/]{1,6}$", "")
        + " speed",
        # "requiring 8 GB VRAM"
        "_memory": pl.when(unit_family == "memory")
        .then("right")
        .str.extract(r"(?i-u)^(?:of )?((?:GPU |peak |video )*(?:memory|VRAM|RAM))(?:[ ,.;)]|$)"),
        # "produces 3D meshes in 1.2 seconds", "takes two hours to train"
        "_lasting": making.str.to_lowercase().replace_strict(_MAKING, default=None, return_dtype=pl.String) + " time",
    }
