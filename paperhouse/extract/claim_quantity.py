"""What a claim measures, in the text's own words and as short as is clear: the column `quantity`, NULL where nothing near
the number says it, or carried over from the claim before it in the sentence.
"""

import polars as pl

from paperhouse.extract.paper_names import BENCHMARK
from paperhouse.extract.phrases import ANY, DOES, NOUNS, SCORES, STOP, WORD, alternation, having

# "reductions can be", before a verb
_AUXILIARY = (
    "(?: (?:to|can|could|may|will|is|was|are|were|has|have|been|be|being|further|significantly|substantially))+ *$"
)
# What is beaten rather than measured: "boosts Qwen2.5-VL-7B by 8%", "improves over the baseline by 3 points"
_RIVAL = (
    "^(?:(?i-u:over|upon|on) |[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*$)"
    "|(?i-u:(?:baselines?|models?|methods?|approach(?:es)?|counterparts?|state-of-the-art|SOTA|systems?|frameworks?|LLMs|VLMs|LRMs|LMMs|MLLMs|LVLMs|VLAs)(?:$| such as | like | including ))"
)
_MODEL = r"^o[1-9](?:-[a-z]+)?$|^(?:GPT|OpenAI|Qwen|L[Ll]a[Mm][Aa]|LLaVA|Gemini|Gemma|Claude|DeepSeek|Mistral|Mixtral|Phi|Vicuna|InternVL)[-A-Z0-9. ]|^[^ ]*-[0-9.]+[BM](?:-|$)"
# "ProcessBench", "ChatGPT-o3": letters of both sizes, or a number
_SYSTEM = r"^(?:[a-z-]+ )?(?:[A-Z]+[a-z]+[A-Za-z]*-[0-9]|[A-Z]+[a-z]+[A-Z0-9-]|[A-Z]{2,}[a-z]+[A-Z]?|[A-Z]+-[a-z])[A-Za-z0-9.-]*$"
_WHERE_NOUNS = (
    "[Bb]ench|data|questions|problems|tasks?|benchmarks?|settings?|datasets?|scenarios?|environments?|domains?"
)
_SET = f"^.*(?:{_WHERE_NOUNS})$|^.*experiments?(?: [a-z]+)?$"
_VAGUE = "(?i-u)^(?:performance|results?|scores?|(?:the )?state(?: |-)of(?: |-)the(?: |-)art|SOTA)$"
# Who or what is compared, and words that say nothing of themselves: the claim before tells what was measured.
_NOTHING = (
    r"^(?i-u:(?:[a-z-]+ )*baselines?|(?:[a-z-]+ )*(?:human|expert|random|previous|prior|best|baseline|competing)(?:-level|s)?(?: [a-z-]+)*?(?: (?:performance|scores?|baselines?|level|methods?|models?|experts?|results?))"
    r"|(?:[a-z-]+ )*(?:human experts|humans|baseline methods|human baseline)"
    r"|including|achieved|obtained|reported|reached|larger|higher|lower|smaller|greater|bigger|better|range|models?|improved|sharply|significantly|(?:[a-z0-9-]+ )*(?:benchmarks?|datasets?|settings?)|tasks?)$"
)
# Where something was measured, not what: a name, a set, who was asked.
_WHERE = (
    "^[A-Z]|(?i-u:(?:data|tasks?|benchmarks?|settings?|datasets?|scenarios?|environments?|domains?|evaluations?|regimes?|cases|models?|LLMs?|languages"
    "|images|videos|categories|tests?|questions|prompts|games|experiments?|subsets?|splits?)(?: such)?$)"
)
_QUALIFIERS = (
    r"the|their|our|a|an|i[.]e[.]?|e[.]g[.]?|such|this|these|absolute|relative|significant|substantial|average|maximum"
    r"|remarkable|new|impressive|additional|further|consistent|peak|notable|overall"
)
_PAST_NUMBER = r"^.*(?:^| )[+-]?[0-9.]+ ?[^ ]* *(?:\([^)]*\) *)?,? *(?:(?:and|while|but) +)?"
_LEAD = (
    r"^[ ,'\"]*(?:\([0-9a-z]+\) *)?(?:(?i-u:and|this|these|the|its|their|our|a|an|both|on average|average|overall|over|upon|highest?|best|lowest|low"
    "|state-of-the-art|SOTA|peak|average) +)*"
)
# What is left of "strong improvements of 6 points": nothing that was measured.
_EMPTY = (
    "(?:avg[.]?|high|even|strong|non-trivial|modest|solid|steady|sizable|sizeable|meaningful|noticeable|robust|huge|massive|drastic|competitive|superior|substantial|tremendous|dramatic|clear|large|considerable|notable|significant|remarkable|consistent|relative|absolute|impressive"
    "|improvements?|gains?|increases?|boosts?|reductions?|drops?|performance gains?|results|these aggregate scores|average|maximum|minimum)"
)
# "the model's performance on AIME2025", "the response length of DeepSeek-R1": the performance, the response length
_OWNER = "^(?u:.)*(?:'s|s') "
_PLACE = r"(?i-u) (?:on|across|when|under|over) (?u:.)*$"
_OF_RIVAL = (
    r" (?:of|for) (?i-u:the |an? |all )?(?:(?u:[^ ,])+ ){0,3}(?:(?i-u:baselines?|models?|methods?|LLMs?|VLMs?|counterparts?)(?: (?:such as|like|including) (?u:.)*)?"
    r"|[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*)$"
)
_TRAIL = (
    " +(?i-u:by|of|in|on|for|and|is|was|are|to|from|down|significantly|substantially|further|respectively|can|be|been"
    "|has|have|required|used|needed)$"
)
_MAKING = {
    **dict.fromkeys(["generat", "produc", "creat", "synthesiz"], "generation"),
    **dict.fromkeys(["train", "fine-tun", "finetun"], "training"),
    "render": "rendering",
    "reconstruct": "reconstruction",
    "process": "processing",
}
_MAKES = "|".join(_MAKING)
# What is done to a share of something: "prunes 90% of the tokens".
_TREATS = (
    "retain|exempt|prun|discard|dropp|remov|skipp|answer|solv|complet|filter|restrict|convert|detect|identifi|cover"
)
_NO_NAME = rf"^(?i-u:{STOP})(?: |$)|^[^A-Za-z]"
_OF_UNIT = {
    "time": "time", "memory": "memory", "money": "cost", "energy": "energy", "power": "power", "compute": "compute",
    "rate": "throughput",
}  # fmt: skip
_OF_RATE = {
    "FPS": "speed",
    "s/token": "latency",
    "ms/token": "latency",
    "tokens/J": "energy efficiency",
    "TOPS/W": "energy efficiency",
}
_BEFORE_NUMBER = (
    "change_noun_of", "change_noun_up_to", "change_noun_of_up_to", "change_passive_by", "from_to_passive", "measure_of", "measure_of_percent",
    "quantity_of", "change_verb", "ratio_of", "physical_of",
)  # fmt: skip
_SCORED = ("measure_of", "measure_of_percent", "score_measure", "named_of", "score_on")
_NOUN_RULES = ("change_noun_of", "change_noun_up_to", "change_noun_of_up_to")


def _after_last_stop(text: pl.Expr) -> pl.Expr:
    """The last noun phrase of a stretch: what follows its last small word, verb of achieving or determiner."""
    does = DOES.replace(f"|{SCORES}", "")  # "pass@1 scores" is no verb
    text = text.str.replace(rf"^{ANY}*;", "")
    return text.str.replace(rf"(?i-u)^{ANY}*(?:^|[ (,])(?:{STOP}|{does}|{_QUALIFIERS})[ (]+", "")


def _tidied(found: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Quantities without a number before, a determiner, an open bracket, or more than nine words."""
    # one column of all that is there: each pattern is compiled once, and what is NULL costs nothing
    rows = (
        found.select(names)
        .with_row_index("row")
        .unpivot(index="row", variable_name="name", value_name="text")
        .drop_nulls()
    )
    text = pl.col("text")
    rows = rows.with_columns(
        text.str.strip_chars(" ")
        .str.replace(_OF_RIVAL, "")
        .str.replace(_PAST_NUMBER, "")
        .str.replace(_OWNER, "")
        .str.replace(_LEAD, "")
    )
    rows = rows.with_columns(text.str.replace(_PLACE, "").str.replace(r" *\([^)]*$", ""))
    rows = rows.with_columns(text.str.replace(_TRAIL, "").str.replace(_TRAIL, "").str.replace_all(" +", " "))
    rows = rows.with_columns(
        text.str.strip_chars(" ,.;:'\"-")
        .str.replace("accuracies$", "accuracy")
        .str.replace("^Area$", "Area Under the Curve")  # whose "under" ends it
        .str.replace("^(?i-u:(?:[a-z-]+ )?results?)$", "")
        .str.replace("^.*(?:models?|agents?|LLMs|humans|systems|methods) (scores?)$", "$1")
        .str.replace(" &([A-Z])", "&$1")
    )
    nothing = text.str.contains(
        rf"^(?i-u:{STOP}|{_EMPTY}|)$|^(?i-u:in|on|for|across|at|with|to|from|by) |(?i-u:(?:^| )counterparts?$)|, (?i-u:with|while|and|which)$"
    )
    rows = rows.filter(~nothing & (text.str.count_matches(" ") < 9))
    tidy = {}
    for name in names:
        said = rows.filter(pl.col("name") == name)
        nulls = pl.repeat(None, found.height, dtype=pl.String, eager=True)
        tidy[name] = nulls.scatter(said["row"], said["text"]) if said.height else nulls
    return found.with_columns(**tidy)


def with_quantity(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Adds `quantity`, and `follows` where the claim continues the one before it; `says` may become `contest`."""
    rule, right, what = pl.col("rule"), pl.col("right"), pl.col("what")
    measure = alternation(measures.filter(pl.col("unit") == "score")["phrase"])
    any_measure = alternation(measures["phrase"])
    moved = pl.when(rule == "change_verb_by").then(what)
    rival = moved.str.replace("^the ", "").str.contains(_RIVAL) & ~moved.str.contains(
        rf"(?i-u)(?:^| )(?:{any_measure})(?: of | over | for |$)"
    )
    found = found.with_columns(pl.when(rival).then(pl.lit("contest")).otherwise("says").alias("says"))
    contest = pl.col("says") == "contest"
    # "a 9.0% gain in spatial tasks"
    what = pl.when((rule != "change_noun") | ~what.str.contains(_SET)).then(what)
    shared = pl.when(rule == "share_of").then("right")
    fares = (
        rf"(?i-u)^of (?:the |all |its |these |those )*((?:{WORD} ){{0,4}}?{WORD}) (?:(?:in|from|of|during) (?:the )?(?:{WORD} ){{1,3}}?)?"
        r"(?:(?:is|are|was|were) (?:[a-z]+ly )?([a-z]+ed(?: and [a-z]+ed)?)|((?:contain|require|lack|fail|exhibit) [a-z]+))(?:[ ,.;]|$)"
    )
    stretches = {
        "_what": pl.coalesce(
            _after_last_stop(pl.when(rule.is_in(_BEFORE_NUMBER)).then(what).str.replace(_AUXILIARY, "")), what
        ),
        "_noun_of": pl.when(rule != "times_of_rival").then("whatb").str.replace(rf"(?i-u) (?:{STOP}) {ANY}*$", ""),
        # "reductions of 90% in toxicity"
        "_in": pl.when(rule.is_in(["contest_by", "change_verb_by", "plain", "signed", *_NOUN_RULES]))
        .then(right)
        .str.extract(
            rf"(?i-u)^(?:, *respectively,? *|respectively,? *)?(?:on average,? )?(?:in|of) +(?:terms of )?{NOUNS}"
        )
        .str.replace(_SET, ""),
        # "a 38% improvement on AbsRel", "by 0.3 and 0.16 on PickScore and AES"
        "_on": pl.when(rule.str.starts_with("change_noun") | rule.is_in(["signed", "contest_by"]))
        .then(right)
        .str.extract(
            rf"(?i-u)^(?:[a-z-]+ )?on (?:the )?((?:[a-z-]+ )?(?:{any_measure})(?:(?:, | and |, and )(?:{any_measure}))*(?: (?:{_WHERE_NOUNS}))?)(?:[ ,.;:()]|$)"
        )
        .str.replace(_SET, ""),
        # "in content quality (0.26 improvement) and": the measure before the bracket
        "_before_bracket": having(pl.when(rule == "change_noun").then("core"), "[(]$").str.extract(
            rf"(?i-u)(?:^|[ ,(])((?:{WORD} )?(?:{any_measure})) \($"
        ),
        # "and diversity (+17.6%)"
        "_signed": pl.when(rule == "signed")
        .then("left")
        .str.replace(r"(?i-u)[0-9] ?(?:%|[A-Z][A-Za-z0-9@-]*)? (?:on|in|for|over|than) (?u:[^0-9])+$", "")
        .str.extract(r"(?:^|[ ,(])([a-z][a-z-]*(?: [a-z][a-z-]*)?) [(+-]+ ?$")
        .str.replace(rf"(?i-u)^(?:{STOP}|of|both|the) ", ""),
        # "23.25 lower in FID"
        "_lower_in": pl.when((rule == "comparative") & what.is_null())
        .then(right)
        .str.extract(rf"(?i-u)^[a-z]+ in (?:terms of )?{NOUNS}"),
        # "from 37.36 to 37.70 (in terms of PSNR)"
        "_terms": right.str.extract(rf"(?i-u)^\(?in terms of {NOUNS}"),
        # "achieves state-of-the-art truthfulness by outperforming"
        "_record": _after_last_stop(
            having(pl.when(contest).then("left"), "state-of-the-art|SOTA").str.extract(
                rf"(?i-u)(?:{DOES}) (?:a |new )*(?:state-of-the-art|SOTA) ((?:{WORD} ){{0,3}}?{WORD}),? (?:by |and |while |thereby |significantly )*(?:outperform|surpass|exceed|beat)"
            )
        ).str.replace("^(?:results?|performance)$", ""),
        # "surpasses GPT-4 in accuracy by"
        "_within": pl.when(contest)
        .then(what)
        .str.extract(rf"(?i-u) in (?:terms of )?({WORD}(?: {WORD}){{0,3}})$")
        .str.replace(_SET, ""),
        # "reduces 88% of the FLOPs"
        "_direct": pl.when((rule == "change_verb") | (rule == "achieves") & ~right.str.starts_with("in "))
        .then(right)
        .str.extract(rf"(?i-u)^(?:of |in )?{NOUNS}"),
        # "by 1.2 BLEU"
        "_measure": pl.when(
            pl.col("family").is_in(["bare", "points"])
            | contest
            | rule.is_in(
                [
                    "plain",
                    "signed",
                    "achieves",
                    "change_noun_of",
                    "change_noun_up_to",
                    "change_verb_by",
                    "change_passive_by",
                    "from_to_verb",
                    "from_to_passive",
                ]
            )
        )
        .then(right)
        .str.extract(
            rf"(?i-u)^(?:\((?u:[^)])+\) *)?(?:absolute |relative |in |points? (?:in |on )?)?(?:terms of )?(?:the |our |its )?((?:{WORD} +){{0,2}}?(?:{measure}))(?:[ ,.;:()]|$)"
        ),
        # "+3.7% CTR, +2.2% TV"
        "_adjacent": pl.when(rule.is_in(["plain", "signed", "change_noun_of"]))
        .then(right)
        .str.extract(rf"^((?i-u:{any_measure})(?:[ ,.;:()]|$)|[A-Z]{{2,3}}(?:[,.;)]|$))")
        .str.strip_chars(" ,.;:()"),
        # "21% (FID)"
        "_bracketed": pl.col("tail").str.extract(rf"(?i-u)^ *\(((?:{WORD} +)?(?:{measure}))\)"),
        # "with mental deterioration in more than 34% of the simulations", "was sound for 85% of the cases"
        "_happened": _after_last_stop(
            pl.coalesce(
                having(pl.when(rule == "share_of").then("core"), "(?:in|for)$").str.extract(
                    rf"(?i-u)^({ANY}*) (?:in|for)$"
                ),
                # "models generate biased responses 77% of the time"
                pl.when((rule == "share_of") & (what == "time"))
                .then("core")
                .str.replace(f"^{ANY}*, ", "")
                .str.replace(rf"(?i-u)^{ANY}* (?:only |just )?(?:us|consum|tak|requir|need|spend)ing$", ""),
            )
        ),
        # "83.8% of these PRs are eventually accepted and merged", "57% of the questions contain errors"
        "_fared": shared.str.extract(fares, 1)
        + " "
        + pl.coalesce(shared.str.extract(fares, 2), shared.str.extract(fares, 3)),
        # "retaining 72% of statements": statements retained
        "_treated": pl.when(rule == "share_of").then(
            what.str.extract(rf"^((?:{WORD} )?{WORD})")
            + " "
            + having(pl.when(rule == "share_of").then("core"), f"(?:{_TREATS})(?:e|es|s|ed|ing)?$")
            .str.extract(rf"(?i-u)({_TREATS})(?:e|es|s|ed|ing)?$")
            .str.to_lowercase()
            + "ed"
        ),
        # "… from 0.62 to 0.73 and the ImageReward score from 0.87 to 0.96"
        "_gap": having(
            pl.when((rule == "plain") & pl.col("baseline_value").is_not_null()).then("left_gap"), "from *$"
        ).str.extract(rf"(?i-u)(?:and|,) (?:the )?((?:{WORD} ){{0,4}}?(?:{measure}))(?: on {WORD})? from *$"),
        # "high-quality streaming video generation at 23 FPS"
        "_running": _after_last_stop(
            pl.when((rule == "needs") & (pl.col("unit_family") == "rate"))
            .then("core")
            .str.extract(rf"(?i-u)^({ANY}*) at$")
            .str.replace(rf"(?i-u)^{ANY}* (?:allow|enabl|support|perform|provid)(?:e|es|s|ing|ed) ", "")
        )
        + " speed",
        # "requiring 8 GB VRAM"
        "_memory": pl.when(pl.col("unit_family") == "memory")
        .then(right)
        .str.extract(r"(?i-u)^(?:of )?((?:GPU |peak |video )*(?:memory|VRAM|RAM))(?:[ ,.;)]|$)"),
        # "produces 3D meshes in 1.2 seconds", "takes two hours to train"
        "_lasting": pl.when(rule.is_in(["needs", "scarce"]) & (pl.col("unit_family") == "time")).then(
            pl.coalesce(
                having(pl.col("core"), "(?:in|within|under)$").str.extract(
                    rf"(?i-u)(?:^| )({_MAKES})(?:e|es|s|ed|ing)? (?:{WORD} ){{0,6}}(?:in|within|under)$"
                ),
                pl.when(pl.col("unit_family") == "time")
                .then("right")
                .str.extract(rf"(?i-u)^to ({_MAKES})(?:e|es|s|ed|ing)? "),
            )
            .str.to_lowercase()
            .replace_strict(_MAKING, default=None, return_dtype=pl.String)
            + " time"
        ),
        # "the best performance on 15 out of 24 tasks"
        "_done": _after_last_stop(
            pl.when(rule == "out_of").then("left").str.replace("(?i-u) (?:on|in|for|with)(?: [a-z]+)? *$", "")
        ),
    }
    found = found.with_columns(stretch.alias(name) for name, stretch in stretches.items())
    found = _tidied(found, list(stretches))
    found = found.with_columns(
        _ends_in_measure=pl.col("_what").str.contains(rf"(?i-u)(?:^| )(?:{measure})$"),
        # "a performance gain of 4% in generation": in what it was seen, not what it was
        _in_is_measure=pl.col("_in").str.contains(rf"(?i-u)(?:^| )(?:{any_measure})s?(?: |$)").fill_null(False),
        _in_measure=pl.col("_what").str.contains(rf"(?i-u)(?:^| )(?:{any_measure})$"),
    )
    flags = ("_ends_in_measure", "_in_is_measure", "_in_measure")
    ends_in_measure, in_is_measure, in_measure = (pl.col(name) for name in flags)
    # "while maintaining accuracy"
    no_clause = ~pl.col("_measure").str.contains(rf"(?i-u)(?:^| )(?:{STOP}) ")
    found = found.with_columns(pl.when(no_clause).then("_measure").alias("_measure"))
    # "2.6% in MATH500", "gains of 4% in our in-house evaluations"
    found = found.with_columns(pl.when(in_is_measure | ~pl.col("_in").str.contains(_WHERE)).then("_in").alias("_in"))
    # "an FID of 6.98, surpassing the second best by 65%": what was scored is what was surpassed
    scored = pl.when(rule.is_in(_SCORED)).then("sentence_row").forward_fill()
    scored_before = contest & (scored == pl.col("sentence_row")).fill_null(False)
    graded = pl.when(rule == "graded")
    quantity = (
        pl.when(pl.col("_terms").is_not_null()).then("_terms")
        .when(pl.col("_bracketed").is_not_null()).then("_bracketed")
        .when(contest).then(pl.coalesce("_measure", "_in", "_within", "_on", "_record"))
        .when(rule.is_in(["change_verb", "achieves"])).then(pl.coalesce("_measure", pl.when(~pl.col("_direct").str.contains(_NO_NAME)).then("_direct"), pl.when(in_measure).then("_what")))
        .when(rule.is_in(_NOUN_RULES)).then(pl.coalesce("_measure", "_adjacent", pl.when(in_is_measure | ~ends_in_measure.fill_null(False)).then("_in"), "_on", pl.when(ends_in_measure).then("_what"), "_noun_of", "_what"))
        .when(rule.is_in(["plain", "signed"])).then(pl.coalesce("_gap", "_measure", "_adjacent", "_on", "_in", "_signed"))
        .when(rule == "change_passive_by").then(pl.coalesce("_measure", "_what"))
        .when(rule == "change_verb_by").then(pl.coalesce("_measure", "_what", "_in"))
        .when(rule == "out_of").then(pl.coalesce(pl.when(pl.when(rule == "out_of").then("left").str.contains("(?i-u)best|first|top|state-of")).then("_done"), "_what"))
        .when(rule.is_in(["up_to", "times_of_rival"])).then(pl.lit(None, dtype=pl.String))
        .when(rule == "share_of").then(pl.coalesce("_happened", "_fared", "_treated", "_what"))
        .when(rule.is_in(["needs", "scarce"])).then(pl.coalesce("_running", "_memory", "_lasting", "_what"))
        .when(rule == "graded").then(pl.coalesce(graded.then("right").str.extract(rf"(?i-u)^/[0-9]+ (?:in|for) {NOUNS}"), graded.then("left").str.extract(r"((?:[A-Za-z-]+ )?[A-Za-z-]+) *[(]$").str.replace("^(?:and|or|in|for|on) ", "")))
        .otherwise(pl.coalesce(pl.when(pl.col("_what").str.contains(_VAGUE)).then("_measure"), "_what", "_lower_in", "_on", "_before_bracket", pl.when(pl.col("family") == "points").then("_measure")))
    )  # fmt: skip
    # one step after the other: an expression that stands twice in another is worked out twice
    found = found.with_columns(quantity.alias("quantity"))
    # "one-step generation FID": FID
    acronym = pl.col("quantity").str.extract("^(?:[a-z0-9-]+ ){2,}([A-Z][A-Za-z0-9@-]*[A-Z0-9])$")
    a_measure = acronym.str.to_lowercase().is_in(measures["phrase"].implode())
    a_measure &= ~pl.col("quantity").str.contains(" and ")
    found = found.with_columns(pl.coalesce(pl.when(a_measure).then(acronym), "quantity").alias("quantity"))
    # "gains of 30% in code generation, 18% in dialogue": in what it was seen, as in the one before
    before = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & right.shift(1).str.contains("^in ")
    before &= pl.col("quantity").shift(1).ne_missing(pl.col("_in").shift(1))
    seen_in = (rule == "plain") & (pl.col("quantity") == pl.col("_in")) & ~in_is_measure & before
    found = found.with_columns(pl.when(~seen_in.fill_null(False)).then("quantity").alias("quantity"))
    # "80.2% AndroidWorld", "boosts Qwen2.5-VL-7B from": a data set and a model are not what was measured
    benchmark = (rule == "share") & pl.col("_what").str.contains(f"^{BENCHMARK}$")
    named = (
        rule.is_in(
            [
                "labelled",
                "bracketed_share",
                "bracketed",
                "change_verb_by",
                "change_passive_by",
                "signed",
                "share_of",
                "plain",
            ]
        )
        & pl.col("quantity").str.contains(_SYSTEM)
        & ~pl.col("quantity").str.to_lowercase().is_in(measures["phrase"].implode())
    )
    a_name = (benchmark | named | pl.col("quantity").str.contains(_MODEL)) & ~ends_in_measure
    # "3.9 times the strongest baseline"
    beaten = (rule == "times_of") & pl.col("quantity").str.contains("(?i-u)(?:baselines?|competitors?|methods?)$")
    nothing = beaten | pl.col("quantity").str.contains(_NOTHING) & ~rule.is_in(["share_of", "out_of"])
    quantity = pl.when(~(a_name | nothing).fill_null(False)).then("quantity")
    faster = pl.col("implied").is_in(["speed", "acceleration"]) & rule.is_in(
        ["change_noun", "change_compound", *_NOUN_RULES]
    )
    found = found.with_columns(quantity.alias("quantity"))
    # "68 FPS real-time inference"
    brisk = (pl.col("unit_family") == "rate") & pl.col("quantity").str.contains(
        "(?:inference|rendering|generation|decoding|processing)$"
    )
    found = found.with_columns(
        pl.when(brisk).then(pl.col("quantity") + " speed").otherwise("quantity").alias("quantity")
    )
    by_unit = pl.coalesce(
        pl.col("unit").replace_strict(_OF_RATE, default=None, return_dtype=pl.String),
        pl.col("unit_family").replace_strict(_OF_UNIT, default=None, return_dtype=pl.String),
    )
    by_unit = pl.when((pl.col("family") == "physical") & (pl.col("says") == "level") & (rule != "again")).then(by_unit)
    named = pl.when(faster & pl.col("quantity").is_not_null()).then(pl.col("quantity") + " speed")
    implied = pl.when(~scored_before).then("implied")
    found = found.with_columns(
        pl.coalesce(named, "quantity", pl.when(implied != "performance").then(implied), by_unit).alias("quantity")
    )
    return _carried(found.drop(*stretches, *flags))


def _carried(found: pl.DataFrame) -> pl.DataFrame:
    """A number that says nothing of itself continues the one before: "… of 90.0% in toxicity on A and 49.2% on B"."""
    # "a score of 0.785, which is 10.1% higher than", "249,960 tokens/s (85x of WSE)"
    alike = pl.col("unit").eq_missing(pl.col("unit").shift(1)) | pl.col("rule").is_in(
        ["comparative", "times_of_rival", "versus", "contest_by"]
    )
    # "reduces FVD to 360.57, a 21.2% improvement over"
    alike |= pl.col("left_gap").str.contains("^ *[,(] *(?:representing |marking |which is |i[.]e[.],? )?an? ")
    same = ((pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & alike).fill_null(False)
    found = found.with_columns((pl.col("quantity").is_null() & same).alias("follows"))
    # "by 14.3% on LIBERO and 30% in real-world task success", "by 1.4% and 5.5% in-domain and 2.3% out-of-domain accuracy"
    by_verb = pl.col("rule").shift(1).str.contains("_by$|^change_verb")
    joins = pl.col("right").str.contains("^(?:in|on) ") | (
        by_verb & pl.col("left_gap").str.contains("^(?u:[^;.])* and *$")
    )
    goes_on = (
        pl.col("rule").is_in(["score_measure", "share"]) & joins & ~pl.col("left_gap").str.contains(f" (?:{DOES}) ")
    )
    own, says_itself = ~pl.col("follows"), ~(same & (pl.col("rule").is_in(["plain", "score_on"]) | goes_on))

    def filled(name: str, keeps: pl.Expr) -> pl.Expr:
        return pl.when(keeps).then(pl.col(name).fill_null("")).forward_fill().replace("", None).alias(name)

    return found.with_columns(
        filled("quantity", own),
        filled("says", says_itself),
        filled("sense", says_itself),
    )
