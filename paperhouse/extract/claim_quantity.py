"""What a claim measures, in the text's own words and as short as is clear: the column `quantity`, NULL where nothing near
the number says it, or carried over from the claim before it in the sentence.
"""

import polars as pl

from paperhouse.extract.frames import BY_VERB, MEASURE_OF, NAMED, NOUN_RULES, PASSIVE, SCORED
from paperhouse.extract.paper_names import BENCHMARK
from paperhouse.extract.patterns import COUNTS, DOES_PLAINLY, LLM, STOP, alternation, last_of, model_names
from paperhouse.extract.quantity_stretches import STRETCHES, with_stretches

# What is beaten rather than measured: "boosts Qwen2.5-VL-7B by 8%", "improves over the baseline by 3 points"
_RIVAL = (
    "^(?:(?i-u:over|upon) |[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*$)"
    rf"|(?i-u:(?:baselines?|models?|methods?|approach(?:es)?|counterparts?|state[ -]of[ -]the[ -]art|SOTA|systems?|frameworks?|{LLM}s|VLAs)(?:$| such as | like | including )|state[ -]of[ -]the[ -]art (?:on|in|for) )"
)
# "ProcessBench", "ChatGPT-o3": letters of both sizes, or a number
_SYSTEM = r"^(?:[a-z-]+ )?(?:[A-Z]+[a-z]+[A-Za-z]*-[0-9]|[A-Z]+[a-z]+[A-Z0-9-]|[A-Z]{2,}[a-z]+[A-Z]?|[A-Z]+-[a-z])[A-Za-z0-9.-]*$"
_VAGUE = "(?i-u)^(?:(?:[a-z-]+ ){0,2}performance|results?|scores?|(?:the )?state(?: |-)of(?: |-)the(?: |-)art|SOTA)$"
# Who or what is compared, and words that say nothing of themselves: the claim before tells what was measured.
_NOTHING = (
    r"^(?i-u:(?:[a-z-]+ )*baselines?|(?:[a-z-]+ )*(?:human|expert|random|previous|prior|best|baseline|competing)(?:-level|s)?(?: [a-z-]+)*?(?: (?:performance|scores?|baselines?|level|methods?|models?|experts?|results?))"
    r"|(?:[a-z-]+ )*(?:human experts|humans|baseline methods|human baseline)"
    r"|factors?|amounts?|ours|theirs|(?:we )?(?:record|observe|see|report|obtain|note)(?:s|ed)?|(?:the )?state[ -]of[ -]the[ -]art(?: (?:on|in) (?u:.)*)?|no [a-z]+|including|corresponding|achieved|obtained|reported|reached|larger|higher|lower|smaller|greater|bigger|better|range|pp|dB|values?|figures?|numbers?|models?|methods?|approach|framework|network|improved|sharply|significantly|representing|averaging|reaching|ranging|accounting|consist(?:s|ing)|compris(?:es|ing)|they|them|it|of|points|often|seldom|rarely|frequently|scored|measured|followed|observed|(?u:×)|(?:[a-z0-9-]+ )*(?:benchmarks?|datasets?|settings?)|tasks?)$"
)
# Where something was measured, not what: a name, a set, who was asked.
_WHERE = (
    f"^[A-Z]|^(?:{COUNTS}) |(?i-u:(?:data|tasks?|benchmarks?|settings?|datasets?|scenarios?|environments?|domains?|evaluations?|regimes?|cases|models?|{LLM}s?|languages"
    "|images|videos|categories|tests?|questions|prompts|games|experiments?|subsets?|splits?)(?: such)?$)"
)
# "the model is 20% smaller": its size
_DOER = rf"(?i-u)^(?:it|they|we|this|these|that|which|he|she|there|one|and)$|(?:^| )(?:models?|methods?|systems?|approach|framework|network|{LLM}s?|agents?|baselines?|algorithm|pipeline|variants?|transformers?|decoder|encoder|version|architecture|implementation|kernel|student|teacher|policy|backbone|data ?set|corpus|robot|classifier|generator|detector|tokenizer|retriever|solver|planner|results?|gains?|improvements?|effects?|difference|answers?|outputs?|responses?|training|inference|decoding|generation|sampling|rendering|prefilling|convergence)$|^(?:[a-z]+ )?performance$"
_CLAUSE = "(?:^| )(?i-u:that|which|while|whereas|but|than|when|where|if|is|are|was|were|has|have|we|it|they|with|by|from|as|using|and|trained|tuned|finds?|produces?|generates?|yields?|learns?) "
_NO_NAME = rf"^(?i-u:{STOP})(?: |$)|^[^A-Za-z]"
_OF_UNIT = {
    "time": "time", "memory": "memory", "money": "cost", "energy": "energy", "power": "power", "compute": "compute", "area": "area",
    "rate": "throughput", "pace": "latency",
}  # fmt: skip
_OF_RATE = {
    "FPS": "speed",
    "tokens/J": "energy efficiency",
    "TOPS/W": "energy efficiency",
}


def with_quantity(found: pl.DataFrame, measures: pl.DataFrame, model_families: pl.DataFrame) -> pl.DataFrame:
    """Adds `quantity`, and `follows` where the claim continues the one before it; `says` may become `contest`."""
    found = with_stretches(_with_contests(found, measures), measures)
    # each step in its own columns: an expression that stands twice in another is worked out twice
    found = found.with_columns(*_flags(measures))
    found = found.with_columns(
        _in=pl.when(
            pl.col("_in_is_measure")
            | _in_words()
            | pl.col("_in").str.ends_with(" metric")
            | ~pl.col("_in").str.contains(_WHERE)
        ).then("_in")
    )
    found = found.with_columns(_chosen(alternation(measures["phrase"])).alias("quantity"))
    found = found.with_columns(_short(measures).alias("quantity"))
    found = found.with_columns(pl.when(~_seen_in().fill_null(False)).then("quantity").alias("quantity"))
    found = found.with_columns(
        pl.when(~_says_nothing(measures, model_families).fill_null(False)).then("quantity").alias("quantity")
    )
    found = found.with_columns(_told_by_cue_or_unit().alias("quantity"))
    return _carried(found.drop(*STRETCHES, *_FLAGS))


def _in_words() -> pl.Expr:
    """ "+25.28 in Dynamic Degree" is of what two words name, "+3 in WebArena" is where it was seen."""
    points = pl.col("family").is_in(["bare", "points"]) & (pl.col("says") == "change")
    return points & pl.col("_in").str.contains("^[A-Z][a-z]+ [A-Z][a-z]+$")


def _with_contests(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """ "improves the baseline by 8%": to improve a rival is to beat it."""
    # "shrinks the model by 8x": it is not beaten
    smaller = found["cue"].str.contains("^(?i-u:shrink|compress|reduc|prun|cut)").fill_null(value=False)
    # "accelerates Wye-3 by 2.6x": nor is what is made faster
    faster = found["cue"].str.contains("^(?i-u:accelerat|speed)") & found["what"].str.contains("^(?:the )?[A-Z]")
    smaller |= faster.fill_null(value=False)
    at = ((found["rule"] == "change_verb_by") & ~smaller).arg_true()
    what = found["what"].gather(at)
    measured = what.str.contains(rf"(?i-u)(?:^| )(?:{alternation(measures['phrase'])})(?: of | over | for |$)")
    rivals = at.filter((what.str.replace("^the ", "").str.contains(_RIVAL) & ~measured).fill_null(value=False))
    return found.with_columns(says=found["says"].scatter(rivals, "contest") if len(rivals) else found["says"])


_FLAGS = ("_ends_in_measure", "_in_is_measure", "_in_measure")


def _flags(measures: pl.DataFrame) -> list[pl.Expr]:
    measure, any_measure = (
        alternation(measures.filter(pl.col("unit") == "score")["phrase"]),
        alternation(measures["phrase"]),
    )
    return [
        pl.col("_what").str.contains(rf"(?i-u)(?:^| )(?:{measure})$").alias("_ends_in_measure"),
        # "a performance gain of 4% in generation": in what it was seen, not what it was
        pl.col("_in")
        .str.contains(rf"(?i-u)(?:^| )(?:{any_measure})s?(?: |$)")
        .fill_null(False)
        .alias("_in_is_measure"),
        pl.col("_what").str.contains(rf"(?i-u)(?:^| )(?:{any_measure})$").alias("_in_measure"),
        # "while maintaining accuracy"
        pl.when(~pl.col("_measure").str.contains(rf"(?i-u)(?:^| )(?:{STOP}) ")).then("_measure").alias("_measure"),
    ]


def _chosen(any_measure: str) -> pl.Expr:
    """The first stretch that says anything, of those that the frame looks at."""
    rule, contest = pl.col("rule"), pl.col("says") == "contest"
    ends_in_measure, in_is_measure, in_measure = (pl.col(name) for name in _FLAGS)
    return (
        pl.when((pl.col("_each").str.count_matches(",? and |, ") + 1 == pl.col("list_length")).fill_null(False)).then("_each")
        .when(pl.col("_terms").is_not_null()).then("_terms")
        .when(pl.col("_bracketed").is_not_null()).then("_bracketed")
        # "by 7 F1 points"
        .when((pl.col("family") == "points") & pl.col("token").str.contains("[0-9] [A-Za-z0-9@-]*[A-Z][A-Za-z0-9@-]* points?$")).then(pl.col("token").str.extract("[0-9] ([A-Za-z0-9@-]+) points?$"))
        .when(pl.col("_from").is_not_null()).then("_from")
        # "its captions score 3.8 higher"
        .when((rule == "comparative") & (pl.col("family") == "bare") & pl.col("core").str.contains("(?:^| )scor(?:e|es|ed|ing)$")).then(pl.lit("score"))
        .when(_is_so("_predicate", contest, any_measure)).then(_in_size("_predicate"))
        .when(_is_so("_made", contest, any_measure)).then(_in_size("_made"))
        .when(~contest & _is_so("_beside", contest, any_measure)).then(_in_size("_beside"))
        .when(contest).then(pl.coalesce("_measure", "_adjacent", "_in", "_within", "_on", "_at", "_record"))
        # "improves this to 63.1% top-1 accuracy"
        .when(rule.is_in(["from_to_passive", "from_to_verb"]) & pl.col("_what").str.contains("^(?:this|it|that|these|which|they)$").fill_null(True)).then("_measure")
        .when(rule.is_in(["change_verb", "traded", "achieves"])).then(pl.coalesce("_measure", pl.when(~pl.col("_direct").str.contains(_NO_NAME)).then("_direct"), pl.when(in_measure).then("_what")))
        .when(rule.is_in(NOUN_RULES)).then(pl.coalesce("_next", "_measure", "_adjacent", pl.when(in_is_measure | ~ends_in_measure.fill_null(False)).then("_in"), "_on", pl.when(ends_in_measure).then("_what"), "_noun_of", "_what"))
        .when(rule.is_in(["plain", "signed"]) | ((rule == "score_on") & pl.col("_in").is_not_null())).then(pl.coalesce("_gap", "_measure", "_adjacent", "_on", "_in", "_signed", "_illustrated", "_so"))
        .when(rule == "change_passive_by").then(pl.coalesce("_measure", "_what"))
        .when(rule == "change_verb_by").then(pl.coalesce("_measure", "_what", "_in"))
        .when(rule.is_in(["decimal", "share"]) & pl.col("_adjacent").is_not_null()).then("_adjacent")
        .when(rule == "out_of").then(pl.coalesce("_done", "_what"))
        .when(rule == "times_of_rival").then(pl.lit(None, dtype=pl.String))
        .when(rule == "up_to").then("_extent")
        .when(rule == "against").then("_rated")
        .when(rule == "versus").then("_measure")
        .when(rule == "share_of").then(pl.coalesce("_happened", "_fared", "_treated", "_what"))
        # "with only 2-8 sampling steps"
        .when(rule.is_in(["scarce", "few"]) & (pl.col("unit") == "steps")).then(pl.col("token").str.extract("([a-z]+(?: [a-z]+)?)$"))
        .when(rule.is_in(["needs", "scarce"])).then(pl.coalesce("_running", "_memory", "_lasting", "_what"))
        .when(rule == "graded").then("_graded")
        .when(rule == "quantity_of").then(pl.coalesce("_inner", "_what"))
        .otherwise(pl.coalesce(pl.when(pl.col("_what").str.contains(_VAGUE)).then("_measure"), "_what", "_lower_in", "_on", "_sped", "_before_bracket", pl.when(pl.col("family") == "points").then("_measure")))
    )  # fmt: skip


def _is_so(stretch: str, contest: pl.Expr, any_measure: str) -> pl.Expr:
    """ "the number of parameters is 88% smaller": what is said to be so, if it is a quantity."""
    words = pl.col(stretch)
    said = words.is_not_null() & ~words.str.contains(f"{_DOER}|{_CLAUSE}")
    # "Zed is 20% better", but "Throughput is 20% better"
    said &= words.str.contains(rf"^[a-z]|^[A-Z]{{2,}} [a-z]|(?i-u)(?:^| )(?:{any_measure})(?: |$)")
    plain = pl.col("implied").is_null() | pl.col("implied").is_in(["size", "length"])
    return (said & (contest | pl.col("what").is_null() & plain)).fill_null(False)


def _in_size(stretch: str) -> pl.Expr:
    """ "the cache is 4x smaller": the cache size, but "the number of parameters is"."""
    words, implied = pl.col(stretch), pl.col("implied").is_in(["size", "length"]).fill_null(False)
    counted = "(?i-u)(?:^| )(?:number|count|amount|parameters|compute|computation|costs?|memory|footprint|usage|latency|time|budget|length|size|errors?|gap|drop|loss|FLOPs|rates?|effort|overhead|average|context|depth|bill|share|advantage)(?: |$)"
    return pl.when(implied & ~words.str.contains(counted)).then(words + " " + pl.col("implied")).otherwise(words)


def _short(measures: pl.DataFrame) -> pl.Expr:
    """ "one-step generation FID": FID."""
    acronym = pl.col("quantity").str.extract("^(?:[a-z0-9-]+ ){2,}([A-Z][A-Za-z0-9@-]*[A-Z0-9])$")
    known = acronym.str.to_lowercase().is_in(measures["phrase"].implode()) & ~pl.col("quantity").str.contains(" and ")
    return pl.coalesce(pl.when(known).then(acronym), "quantity")


def _seen_in() -> pl.Expr:
    """ "gains of 30% in code generation, 18% in dialogue": in what it was seen, as in the one before."""
    before = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & pl.col("right").shift(1).str.contains("^in ")
    before &= pl.col("quantity").shift(1).ne_missing(pl.col("_in").shift(1))
    return (pl.col("rule") == "plain") & (pl.col("quantity") == pl.col("_in")) & ~pl.col("_in_is_measure") & before


def _says_nothing(measures: pl.DataFrame, model_families: pl.DataFrame) -> pl.Expr:
    """ "80.2% AndroidWorld", "boosts Qwen2.5-VL-7B from", "3.9 times the strongest baseline": neither a data set nor a rival is
    what was measured."""
    rule, quantity = pl.col("rule"), pl.col("quantity")
    benchmark = (rule == "share") & pl.col("_what").str.contains(f"^{BENCHMARK}$")
    # "training FLOPs": a measure is no system
    # "(ViTScore = 0.8)"
    equals = (rule == "labelled") & pl.col("left").str.contains("= *$")
    named = (
        rule.is_in(NAMED) & ~equals & quantity.str.contains(_SYSTEM) & last_of(quantity, measures["phrase"]).is_null()
    )
    model = rf"^o[1-9](?:-[a-z]+)?$|^[a-z]+_[0-9{{]|^(?:{model_names(model_families, 'language')})[-A-Z0-9. ]|^[^ ]*-[0-9.]+[BM](?:-|$)"
    a_name = (benchmark | named | quantity.str.contains(model)) & ~pl.col("_ends_in_measure")
    # "the math tasks degrade by 60 points": where it was seen
    counted = pl.col("what").str.contains("(?:number|share|count|fraction|proportion) of ")
    counted |= pl.col("sense") == "decrease"
    a_name |= (rule.is_in(PASSIVE) & ~counted).fill_null(False) & quantity.str.contains(
        "(?:tasks|benchmarks|categories|datasets|settings|scenarios|questions|domains|models)$"
    )
    beaten = (rule == "times_of") & quantity.str.contains("(?i-u)(?:baselines?|competitors?|methods?)$")
    # "86% accuracy (+7 points) in abusiveness detection": what the level before is of
    gain = (rule == "signed") & pl.col("left_gap").str.contains("^ ?[A-Za-z0-9@ -]{0,25}[(][+-] ?$")
    gain &= pl.col("sentence_row") == pl.col("sentence_row").shift(1)
    a_name |= gain.fill_null(False)
    # "a human evaluation score of 4.0": who judged
    judged = quantity.str.contains("(?i-u)human (?:evaluation|preference|rating|judg|study|assess)")
    # "gives in to 94.8% of them"
    nothing = quantity.str.contains("^(?:them|those|these|theirs)(?: |$)")
    return a_name | beaten | nothing | quantity.str.contains(_NOTHING) & ~judged & ~rule.is_in(["share_of", "out_of"])


def _told_by_cue_or_unit() -> pl.Expr:
    """With what the cue implies ("a 2.7x decoding speedup": decoding speed), or the unit where nothing else says anything."""
    rule, quantity, implied = pl.col("rule"), pl.col("quantity"), pl.col("implied")
    # "68 FPS real-time inference"
    brisk = quantity.str.contains("(?:inference|rendering|generation|decoding|processing)$")
    faster = implied.is_in(["speed", "acceleration"]) & rule.is_in(
        ["change_noun", "change_compound", "change_verb_by", *NOUN_RULES]
    )
    speed = (pl.col("unit_family") == "rate") & brisk | faster
    by_unit = pl.coalesce(
        pl.col("unit").replace_strict(_OF_RATE, default=None, return_dtype=pl.String),
        pl.col("unit_family").replace_strict(_OF_UNIT, default=None, return_dtype=pl.String),
    )
    by_unit = pl.when(
        ~_in_its_bracket() & (pl.col("family") == "physical") & (pl.col("says") == "level") & (rule != "again")
    ).then(by_unit)
    # "an FID of 6.98, surpassing the second best by 65%": what was scored is what was surpassed
    scored = pl.when(rule.is_in(SCORED)).then("sentence_row").forward_fill() == pl.col("sentence_row")
    implied = pl.when(~((pl.col("says") == "contest") & scored.fill_null(False)) & (implied != "performance")).then(
        implied
    )
    # "the average time for it was 44.6% shorter"
    lasts = (implied == "length") & pl.col("left").str.contains(
        "(?i-u)(?:^|[ (])(?:time|latency|duration|runtime)(?: (?:of|for|to) (?u:[^,;]){1,40})? (?:is|was|were|are) (?:[a-z]+ )?$"
    )
    implied = pl.when(lasts).then(pl.lit("time")).otherwise(implied)
    # "21x context compression": compression goes up, context does not
    packed = (implied == "compression") & (rule == "change_compound") & (pl.col("family") == "ratio")
    packed &= pl.col("right").str.contains("^(?:[A-Za-z-]+ ){1,3}compression(?:[,.;)]|$| [^r])")
    # "accelerating the completion speed", "a speedup in inference latency"
    speed &= ~quantity.str.contains("(?:speed|latency|time)$")
    named = pl.when(speed).then(quantity + " speed").when(packed).then(quantity + " compression")
    # "and costs 40% less"
    cost = pl.when((rule == "comparative") & pl.col("core").str.contains("(?:^| )cost(?:s|ing)?$")).then(pl.lit("cost"))
    return pl.coalesce(named, quantity, cost, implied, by_unit)


def _in_its_bracket() -> pl.Expr:
    """ "reduces training time by 1.5x (from 83h to 57h)", "by 1.5x, from 83h": what the number before is of."""
    return (
        pl.col("left_gap")
        .str.contains("^(?u:[^.;()]){0,60}(?:[(](?:(?:i[.]e|e[.]g)[.],? )?|, )from *$")
        .fill_null(False)
    )


def _carried(found: pl.DataFrame) -> pl.DataFrame:
    """A number that says nothing of itself continues the one before: "… of 90.0% in toxicity on A and 49.2% on B"."""
    # "a score of 0.785, which is 10.1% higher than", "249,960 tokens/s (85x of WSE)"
    alike = pl.col("unit").eq_missing(pl.col("unit").shift(1)) | pl.col("rule").is_in(
        ["comparative", "times_of_rival", "versus", "contest_by"]
    )
    alike |= _in_its_bracket()
    # "an error of 1.57 bpm for A, 10.18 ms for B"
    alike |= (pl.col("rule") == "again") & (pl.col("family") == "physical") & (pl.col("family").shift(1) == "physical")
    # "reduces FVD to 360.57, a 21.2% improvement over"
    alike |= pl.col("left_gap").str.contains(
        "^ *[,(] *(?:i[.]e[.],? )?an? |^(?u:[^;.])*[,(] ?(?:representing|marking|corresponding to|which (?:is|represents|marks|corresponds to)) "
    )
    # "a score of 57.18%, surpassing the second by a margin of 23.79 points"
    alike |= pl.col("cue").str.to_lowercase() == "margin"
    # "outperforms A by 5% and B by 7% in correctness": said once, behind the last
    rival, coming = pl.col("says") == "contest", pl.col("sentence_row") == pl.col("sentence_row").shift(-1)
    shared = rival & coming & rival.shift(-1) & pl.col("unit").eq_missing(pl.col("unit").shift(-1))
    found = found.with_columns(
        pl.coalesce("quantity", pl.when(shared).then(pl.col("quantity").shift(-1))).alias("quantity")
    )
    # "cuts usage by 71% and gains 2.3% on A": not of usage
    alike &= ~pl.col("left_gap").str.contains(
        "(?:^|,) ?(?:and|while|but) (?:[a-z]+ly |also |still )?gains *$"
    ).fill_null(False)
    # "best on 35 of 40 tasks, and scores 59.4 on A": tasks are no score
    alike &= (pl.col("rule").shift(1) != "out_of").fill_null(True)
    # "at 50% pruning, Zed surpasses both by 20%", "runs at 35 ms and surpasses both by 20%": a share or time is not what is surpassed
    took = (pl.col("family").shift(1) == "physical") & (pl.col("family") != "physical")
    took &= ~pl.col("rule").shift(1).is_in([*MEASURE_OF, "physical_of", "physical_measure"])
    alike &= ~(rival & ((pl.col("rule").shift(1) == "share") | took)).fill_null(False)
    # "fine-tuned with 5% of the data, with improvements of 5.7%", "in just 200 steps": nor what gets better
    shared_out = pl.col("rule").shift(1).is_in(["share", "share_of", "few", "scarce"]) & pl.col("rule").is_in(
        [*NOUN_RULES, "change_noun", "against"]
    )
    alike &= ~shared_out.fill_null(False)
    same = ((pl.col("sentence_row") == pl.col("sentence_row").shift(1)) & alike).fill_null(False)
    found = found.with_columns((pl.col("quantity").is_null() & same).alias("follows"))
    # "by 14.3% on LIBERO and 30% in real-world task success", "by 1.4% and 5.5% in-domain and 2.3% out-of-domain accuracy"
    by_verb = pl.col("rule").shift(1).is_in(BY_VERB)
    joins = pl.col("right").str.contains("^(?:in|on) ") | (
        by_verb & pl.col("left_gap").str.contains("^(?u:[^;.])* and *$")
    )
    # "by 14% in F1 score and 11% in SODA score"
    goes_on = (
        pl.col("rule").is_in(["score_measure", "share"])
        & joins
        & ~pl.col("left_gap").str.contains(f" (?:{DOES_PLAINLY}) ")
    )
    # "an increase of 0.319 in ASR and 0.426 in HarmScore"
    first = pl.when(pl.col("rule") != "again").then("says").forward_fill()
    also = (pl.col("rule") == "again") & (pl.col("family") == "bare") & first.is_in(["change", "contest"])
    # "by 22.98 DS and 17.49 SR", "by 1.17 dB PSNR and 0.02 SSIM", "1.3 dB in PSNR and 0.05 in SSIM"
    bare_score = (pl.col("rule") == "score_measure") & (pl.col("family") == "bare")
    gained = pl.when(~bare_score).then("says").forward_fill().is_in(["change", "contest"])
    also |= ((pl.col("rule") == "decimal") | (bare_score & gained)) & pl.col("left_gap").str.contains(
        r"^ ?(?:in )?(?:[A-Za-z0-9@*-]+ ?){0,2}(?:,|,? and) *[+]?$|^ (?:[A-Za-z0-9@-]+ )?(?:in|on|for|under) (?:[^,;.0-9]|-[0-9]){1,40}(?:,|,? and) (?:by |up to |about )*[+]?$"
    )
    same_sentence = (pl.col("sentence_row") == pl.col("sentence_row").shift(1)).fill_null(False)
    continues = same & (pl.col("rule").is_in(["plain", "score_on"]) | goes_on) | same_sentence & also
    own, says_itself = ~pl.col("follows"), ~continues

    def filled(name: str, keeps: pl.Expr) -> pl.Expr:
        return pl.when(keeps).then(pl.col(name).fill_null("")).forward_fill().replace("", None).alias(name)

    return found.with_columns(
        filled("quantity", own),
        filled("says", says_itself),
        filled("sense", says_itself),
    )


def with_fallback(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """`found` with what is likely meant where the sentence does not say what was measured: by the unit, by the score named nearest,
    else "performance"."""
    silent = found["quantity"].is_null().arg_true()
    if not len(silent):
        return found
    rows = found.select(pl.all().gather(silent))
    rule, family = pl.col("rule"), pl.col("family")
    scores = measures.filter((pl.col("unit") == "score") & (pl.col("better") == "higher"))["phrase"]
    named_measure = rf"{alternation(measures['phrase'])}|[a-z-]+ +(?:rate|ratio)s?"
    level = ~pl.col("changes") & family.is_in(["percent", "bare"])
    rows = rows.with_columns(
        # the last, and its whole: "memory usage"
        before=pl.when("measure_left")
        .then("left")
        # two blanks, so that neighbours need not share one
        .str.replace_all(" ", "  ", literal=True)
        .str.extract_all(rf"(?i-u)(?:^|[ (])(?:{named_measure})s?(?: +(?:{named_measure})s?)*[ ,.;:)]")
        .list.last()
        .str.strip_chars(" (,.;:)")
        .str.replace_all("  ", " ", literal=True),
        # "achieves 84% on A, and 84% on B, marking the highest accuracy"
        behind=pl.when(level & pl.col("measure_right"))
        .then("right")
        .str.extract(rf"(?i-u)[ (]({alternation(scores)})(?:[ ,.;:)]|$)"),
    )
    # "Direct Preference Optimization" is a name
    named = pl.col("before").str.contains("^[A-Z][a-z]+$") & ~pl.col("left").str.starts_with(pl.col("before"))
    rows = rows.with_columns(pl.when(~named).then("before").alias("before"))
    before, vague = pl.col("before"), "(?i-u)^(?:results?|reward|validity)"
    # what got better by 5 %, or beats a rival, is a score, not the speed at which it came; "results" are none
    gained = pl.col("sense").is_in(["increase", "better"]) & pl.col("changes") & (family != "ratio")
    gained |= pl.col("says") == "contest"
    a_score = before.str.to_lowercase().is_in(scores.implode()) | before.str.contains("(?:rate|ratio)s?$")
    told = "(?i-u)(?:experimental|empirical|our|extensive) results|results (?:show|reveal|demonstrate|indicate|suggest)"
    told = pl.when(before.str.contains(vague)).then("left").str.contains(told)
    # "on GenEval and MMBench": where it was seen
    a_score &= ~before.str.contains("(?i-u)(?:eval|bench|arena|capabilities)$")
    fits = (~gained | a_score) & ~(before.str.contains(vague) & (gained | told))
    clear = ~pl.col("behind").str.contains(f"{vague}|^performance")
    rows = rows.with_columns(pl.coalesce(pl.when(fits).then(before), pl.when(clear).then("behind")).alias("nearest"))
    speedy = pl.concat_str("left", "right").str.contains("(?i-u)speed|accelerat|faster|slower")
    likely = (
        # "1.46x better and orders of magnitude faster"
        pl.when((rule == "comparative") & (pl.col("cue") == "better")).then(pl.lit("performance"))
        .when((family == "ratio") & speedy).then(pl.lit("speedup"))
        .when(family == "physical").then(pl.coalesce("nearest", "unit"))
        .when(rule.is_in(["up_to", "supports"]) & pl.col("unit").is_in(["tokens", "words", "frames", "characters"])).then(pl.lit("sequence length"))
        .when(rule.is_in(["up_to", "solves", "supports"]) | ((rule == "decimal") & (family != "bare"))).then("unit")
        # "scores 51.1", "(80.3 vs. 79.8)"
        .when(_scores()).then(pl.coalesce(pl.when(pl.col("nearest") != "performance").then("nearest"), pl.lit("score")))
        .otherwise(pl.coalesce("nearest", pl.lit("performance")))
    )  # fmt: skip
    return found.with_columns(found["quantity"].scatter(silent, rows.select(likely.alias("said")).to_series()))


def _scores() -> pl.Expr:
    scoring = (pl.col("rule") == "achieves") & (
        pl.col("core").str.contains("(?i-u)scor(?:e|es|ed|ing)$") | (pl.col("family") == "bare")
    )
    # "scoring 70.1% on A, 91.0% on B"
    scoring |= (
        (pl.col("rule") == "plain")
        & ~pl.col("changes")
        & pl.col("left").str.contains("(?:^| )scor(?:es|ed|ing) (?u:[^;])*$")
    )
    return scoring | pl.col("rule").is_in(["against", "versus", "possessive", "decimal"]) & (pl.col("family") == "bare")
