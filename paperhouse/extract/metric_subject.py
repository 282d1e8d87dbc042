"""Of which system a result is, as written: who acts nearest before the number, else the paper's own work."""

from collections.abc import Callable

import polars as pl

from paperhouse.extract.frames import PASSIVE
from paperhouse.extract.metric_actors import ACTING, ACTS, HELPER, LIST, a_name, with_actors
from paperhouse.extract.paper_names import NAME, NAMES, NO_NAME
from paperhouse.extract.patterns import (
    LANGUAGES,
    LLM,
    MONTHS,
    WINS,
    alternation,
    finished,
    first_said,
    having,
    model_names,
)

_ACTORS = rf"(?i-u)(?:models?|{LLM}s?|architectures?|humans?|judges?|systems?|agents?|methods|(?:leading|existing|prior|previous|current|competing|traditional|conventional) (?:[a-z-]+ )?(?:approaches|techniques|frameworks)|baselines?|counterparts?|interventions|experts|(?:^|most |many |few |some )people|volunteers|raters|reviewers|programmers|doctors|laypeople|novices|participants|respondents|clinicians|annotators|transformers|components?|interfaces?|tools?|classifiers?|networks?|tokenizers?|variants?|chatbots|physicians|radiologists|students|users|developers|testers|families|performers?|runner-up|encoders?|addition of [a-z]+|chains|[a-z0-9-]+ (?:fine-tuning|dropping|augmentation|quantization|pruning|prompting|learning|training))(?: (?:with|trained|fine-?tuned|prompted|augmented|of|using) (?u:.)*)?$"
_DETERMINERS = r"^(?i-u:(?:not one of|none of|one of|each of|all of|on which|in which|even|the|a|an|both|all|its|their|that|while|and|but|only|as|whereas|with|although|though|most|many|some|several|our|existing|current) )+"
_OWN = r"(?i-u)^(?:our|this|these|we|it|they|which|that|its|proposed|resulting|new)(?: |$)|(?:experiments?|results?|evaluations?|analysis|findings|study|experimental)$|^[a-z]*ly$"
_NOBODY = r"(?i-u) (?:and|but|or)$|^(?:average )?(?:performance|accuracy|quality) |^(?:(?u:.)* )?(?:results?|experiments?|evaluations?|analys[ie]s|study|studies|findings?|performance|methods?|approach(?:es)?|frameworks?|models?|systems?|work|paper|improvements?|gains?|speedup|maximum|average|we|it|this|they|which|that|there|and|one|further|scores?|values?|quality|ratings?|rates?|benchmarks?|datasets?|tasks?|features|measurements|was|while)$|^(?:alongside|such|with|without|best|while|using|their) |^\\"
# What no one is called
_NO_ACTOR = (
    # a clause cut somewhere in it: "of small models", "Among 75 participants", "best test results were", "the rest of 12,|000 images"
    "^(?i-u:of|by|over|after|before|among|during|due|has|have|had|can|could|may|might|is|are|was|were|neither|benchmarks?|experiments?|from|to|into|upon|or|not|there|evaluating) ",
    "(?i-u: (?:were|was|is|are|has|have|and|or|but|on|of|to|by|in|with|across|than|as|that|which|tends?|the|an?))$",
    rf"(?i-u: (?:demonstrates?|shows?|reveals?|{WINS}|indicates?) )|^(?i-u:results?|in (?:fact|one case)|using our) ",
    r"^0+[+]? |^[0-9]+(?:[.][0-9]+)?$",
    # the claim before: "a challenge to humans (60%)"
    "[(][<>]? ?[0-9.]+ ?%",
    # a measure: "Pearson Correlation Coefficient", "R-squared 0.80"
    "(?:^| )(?:[Dd]eviations?|Coefficient|Precision|Recall|F1|F1-score|PSNR|RMSE|MAE|AUC|AP50|[Aa]ccuracy|Score|Scale|Index|Kappa|ICC|R-squared|Distance|Error|Rate|Correlation)(?: [0-9.]+| itself)?$",
    # "on A1 the speed-up is", "over Wye its margin is"
    "(?i-u:(?:^| )(?:speed-?ups?|margins?|gains?|advantages?|figures?|outcomes?|principles?)$)",
    # "the accuracy of the agent", "the throughput we measure"
    "(?i-u:^(?:[a-z-]+ ){0,2}(?:accuracy|throughput|latency|speed|scores?|rates?|errors?|costs?|quality) (?:of|we|in|on|for|that) )",
    # a time, a place, a language, nobody, a set, a test
    f"(?:^| )ones$|^(?:{MONTHS}) |^(?:{LANGUAGES})$|^[Nn]one$|^(?:US|UK|EU|USA)$|^Ablations?$|(?: |^)(?:corpora|corpus|ANOVA|Likert(?:-like)?)$",
)
_DOERS = f"(?:models|{LLM}s|agents|humans|participants|systems|methods|approaches|classifiers|variants|solvers)"
_OUR_METHOD = r"(?i-u)^(?:our|the proposed|this) (?:[a-z-]+ ){0,3}(?:method|framework|approach|model|system|algorithm|pipeline|strategy|training|finetuning|fine-tuning)"
# "our diffusion model" tells which, "our proposed method" does not
_QUALIFIED = r"(?i-u)^(?:our|the) ((?:[a-z0-9.-]+ ){1,2}(?:models?|systems?|agents?|policy|variants?|transformer|network|robot))$"
# "the model", "the whole pipeline": what tells no more
_SOME_WORK = "^(?:model|method|system|approach|(?:proposed|resulting|new|final|same|whole|entire|present|simple|novel) (?:[a-z-]+ ){0,2}(?:model|method|approach|framework|system|pipeline|strategy|algorithm|agent|network))$"
_OF_ITS_MAKING = rf"^({NAMES}),? (?:on|with|distilled|trained|aligned|pre-?trained|fine-?tuned|finetuned|initialized|built|based|tuned|instantiated|equipped|enhanced|augmented|applied|combined|paired|powered)(?: (?:from|on|with|atop|by|using|upon|via|to))? (?u:.)*$"
# Of a model that only judges or writes
_TOOL = "(?i-u) as (?:an? |the )?(?:[a-z]+ )?(?:judge|evaluator|annotator|teacher|verifier)|(?:judged|evaluated|annotated|generated) by |(?-i:[0-9A-Z])[A-Za-z0-9.-]*[ -]generated "
_WORK = r"(?:^|that |[,;:] |while |and )(?:[Oo]ur|[Tt]he|[Aa]n?) ((?:[A-Za-z0-9.-]+ ){1,4}(?:models?|systems?|frameworks?|approach|workflow|methods?|pipelines?|agents?|students?|algorithms?|networks?|components?|architectures?)) (?:(?:can|also|still|even|only|[a-z]+ly) )*(?:[a-z]+(?:s|ed)|achieve|reach|score|show|require|need|use|attain|outperform|improve|reduce|maintain|solve|perform|have) "
_NO_WORK = "^(?:proposed|resulting|existing|other|same|final|present|novel|new|whole|entire|overall|combined|current)(?: |$)|^[a-z]+ [a-z]+ly | of "
# What a system's name looks like more often than another's, and what a score's does
_SYSTEMS_NAME = "[0-9]|[a-z][A-Z]|-|[A-Z]{4}|Net|LLM|LM"
_OURS = "(?i-u)(?:^|[ ,])(?:our (?:methods?|models?|systems?|approach|framework)|we achieve|the proposed (?:method|model|system|approach|framework)) "
_SCORE = "F1|[Ss]core|AP|Dice|SSIM|PSNR|R2|MSE|MAE|AUC|BLEU|ROUGE|FID|Bench|Eval|QA|Arena"


def subject(found: pl.DataFrame, measures: pl.DataFrame, model_families: pl.DataFrame) -> pl.Series:
    """Who each claim is of (`left`, `list_length`, `paper_name`, `is_benchmark`), or NULL.

    Who acts nearest before the number, else the paper's own work, else who opens the sentence.
    """
    # "Qwen2.5-VL", "Claude 3.5 Sonnet", but not "Philosophy"
    begins = f"(?:{model_names(model_families, 'language')}|o[1-9])"
    known = rf"{begins}(?:[A-Z0-9.+_-](?u:[^ ,;:()'])*)?(?: [A-Z0-9][A-Za-z0-9.-]*)*"
    rows = _with_kind(with_actors(found, measures, known))
    sure = [*_by_the_actor(measures, known), *_named_beside_the_work(measures, known)]
    # the work's own name may be a measure's: "Redemption Score"
    work = pl.when("_ours").then("paper_name")
    whoever = _whoever(measures, known)
    return first_said(
        rows,
        [
            *(finished(way, _but_for_nobody) for way in sure),
            work,
            *(finished(way, _but_for_nobody) for way in whoever),
        ],
    )


def _with_kind(found: pl.DataFrame) -> pl.DataFrame:
    """`_actor` without what leads to it; adds `_bare`: the same without small words before it; `_own`: it is the paper's work, without a name; `_ours`: where nobody
    else is told of, the paper's work is meant."""
    # "Notably, Zed", "Experiments reveal the best models", "Zed trained on Qwen3-8B": Zed
    actor = (
        found["_actor"]
        .str.replace(
            r"^[A-Z][a-z]+, |^(?:[A-Z][a-z]+ )?(?i-u:experiments?|evaluations?|results?) (?:show|demonstrate|reveal|indicate)s? ",
            "",
        )
        .str.replace(_OF_ITS_MAKING, "$1")
    )
    # "these LLMs" are others, "these models" may be the paper's
    actor = actor.str.replace(f"^[Tt]hese ((?:[a-z-]+ )*(?:{LLM}s|agents))$", "$1")
    actor = actor.str.replace(" -+$", "").str.replace(
        "^(?:[Ii]f|[Ss]ince|[Bb]ecause|[Ww]here|[Aa]lthough|[Tt]hough|[Tt]hen|[Ww]hilst) ", ""
    )
    bare = actor.str.replace(_DETERMINERS, "")
    own = actor.str.contains(_OWN).fill_null(value=False) | bare.str.contains(_SOME_WORK).fill_null(value=False)
    ours = (~found["is_benchmark"] | actor.str.contains(_OUR_METHOD)).fill_null(value=False)
    return found.with_columns(_actor=actor, _bare=bare, _own=own, _ours=ours)


def _by_the_actor(measures: pl.DataFrame, known: str) -> list[pl.Expr]:
    """Who acts, where that tells who."""
    # "the top open model DeepSeek-V3" is DeepSeek-V3, "proprietary models like GPT-4o" GPT-4o
    named = rf"(?:^|[ (])((?:{NAMES}, )*(?:and )?{NAMES})(?: (?:model|encoder|framework|method|agent|variant|system|persuader|component|classifier|network|backbone|architecture|detector|baseline|algorithm|policy|technique|strategy|module|approach))?$"
    return [
        pl.col("_next_one").str.replace("^(?:the|our) ", ""),
        # "users give Zed a win rate of", "judges preferred Zed"
        pl.col("left").str.extract(
            rf"(?:[Uu]sers|[Jj]udges|[Rr]aters|[Aa]nnotators|[Pp]articipants|[Ee]xperts|[Hh]umans|[Ee]valuators) (?:give|gave|prefer|preferred|choose|chose|rate|rated|favou?r|favou?red) ({NAMES}) (?:[a-z]+ ){{0,6}}$"
        ),
        # "for Llama-3.3-70B the corresponding gains are"
        having(pl.col("left"), "or ").str.extract(
            rf"(?:^|[;:] )[Ff]or ({known}),? (?:the|its) (?:[a-z]+ ){{1,3}}(?:is|are|was|were) (?:[a-z]+ )*$"
        ),
        finished(pl.col("_several"), a_name(measures)),
        pl.when(pl.col("list_length") > 1).then("_actor").str.extract(rf"^({LIST})$"),
        finished(pl.col("_bare").str.extract(named), a_name(measures)),
        pl.when(
            ~pl.col("_own")
            & pl.col("_bare").str.contains(_ACTORS)
            # "with no model exceeding", "unlike systems with": nobody
            & ~pl.col("_bare").str.contains(r"^(?:\\|[Nn]o |[Uu]nlike |[Bb]esides |[Dd]espite )")
        ).then("_bare"),
        # "our 3B model", where the work has no name
        pl.when(~pl.col("_bare").str.contains(_SOME_WORK)).then("_actor").str.extract(_QUALIFIED),
    ]


def _told() -> pl.Expr:
    """ "we find that image crawling achieves"; no measure: "that accuracy drops"."""
    return (
        pl.col("left")
        .str.extract(rf"(?i-u) that ((?:[a-z][a-z@-]* ){{1,4}}[a-z][a-z-]*) {ACTING}(?: |$)")
        .str.replace(_DETERMINERS, "")
        .str.replace(f" {HELPER}$", "")
    )


def _named_beside_the_work(measures: pl.DataFrame, known: str) -> list[pl.Expr]:
    """One part of the work, or a known model of which the sentence tells; else it is the work's."""
    left = pl.col("left")
    return [
        # "Its decoder, WyeDec, processes segments in parallel", "WyeCal, a reward system, labels them with"
        finished(
            left.str.extract(
                rf"(?:(?:^|[;] )(?:[Ii]ts|[Oo]ur|[Tt]he) (?:[a-z-]+ ){{0,2}}(?:decoder|encoder|autoencoder|engine|builder|model|module|agent|system|tokenizer|reader|component|variant|method|algorithm)), ({NAME}), [a-z]+s (?u:[^;,])*$"
            ),
            a_name(measures),
        ),
        finished(left.str.extract(rf"^({NAME}), an? (?u:[^,;])+, [a-z]+s (?u:[^;,])*$"), a_name(measures)),
        # "DeepSeek R1 fails 100% of the time", "even the proprietary GPT-4 model cannot meet"
        left.str.extract(
            rf"(?:^|[,;:] |(?: that| whereas| while| and| but|[Ee]ven)(?: even)?(?: the)?(?: [a-z-]+){{0,2}} )({known}) (?:models? )?(?:can|[a-z]+(?:s|ed)) (?u:[^,;])*$"
        ),
        # "We fine-tune the Phi-3 Mini model on it, achieving", "we trained a Qwen3-based agent that outperforms"
        left.str.extract(
            r"[Ww]e (?:then |further |also )?(?:fine-?tuned?|post-train(?:ed)?|trained?|train) (?:the |an? )?((?:[A-Za-z0-9.-]+ ){0,3}?[A-Za-z0-9.-]*[A-Z0-9][A-Za-z0-9.-]*(?: [a-z]+)?) (?:on|with|that|using) (?u:[^,;])*, (?u:[^,;])*$"
        ),
        # "We further propose a multimodal attention sink mechanism to enable"
        finished(
            having(left, "further|also|dditionally|oreover").str.extract(
                r"(?:[Ww]e (?:further|also)|(?:[Aa]dditionally|[Mm]oreover|[Ff]urthermore), we) (?:propose|introduce|design|develop|present) (?:an? |the )?((?:[a-z0-9-]+ ){1,5}(?:mechanism|strategy|algorithm|technique|module|scheme|approach|method|decoding|training|inference)) (?:with [a-z-]+ )?(?:that|which|to) "
            ),
            _thing(measures),
        ),
        # "Our early-stopping algorithm reduces"
        finished(
            left.str.extract(
                rf"(?:^(?:[A-Z][a-z]+, )?|, )[Oo]ur ((?:[a-z]+-[a-z-]+|[a-z]+ing|[a-z]+ive) (?:algorithm|implementation|approach|strategy|technique|mechanism|training|decoding|sampling)) {ACTING} "
            ),
            _thing(measures),
        ),
    ]


def _whoever(measures: pl.DataFrame, known: str) -> list[pl.Expr]:
    """Whoever the sentence tells of, where the work has no name."""
    left = pl.col("left")
    # "Open models such as Wye struggle": no name opens it
    opener = left.str.replace(f"^[A-Z][a-z-]+ (?:[a-z-]+ )?(?:{_DOERS}|baselines|classes) ", "they ").str.extract(
        rf"^(?:[A-Z][a-z]+(?: [a-z]+){{0,3}}, )?(?:[Oo]ur |[Tt]he )?(?:proposed )?({NAMES})(?: (?:model|framework|method|agent|variant|system|algorithm))? (?:{ACTING}|[a-z]+s) "
    )
    return [
        finished(_told(), _thing(measures)),
        # "Electricity prices rose by 12%": no work
        finished(
            pl.when(~(pl.col("rule").is_in(PASSIVE) & opener.str.contains("^[A-Z][a-z]+$"))).then(opener),
            a_name(measures),
        ),
        # nobody that a pattern above knows: "larger objects show"
        finished(
            pl.when(~pl.col("_own") & ~pl.col("_bare").str.contains(_NOBODY))
            .then("_bare")
            .str.extract("^((?:[A-Za-z0-9.@/-]+ ){1,3}[A-Za-z0-9.@/-]+)$"),
            _thing(measures),
        ),
        # "gains of 12% on Qwen2.5-7B", but "with GPT-4 as a judge"
        pl.when(~pl.col("left").str.contains(_TOOL))
        .then("left")
        .str.extract(
            rf"(?:^|[ (])(?:on|of|in|to|for|by|like|as|with|and|e[.]g[.],?|[A-Za-z]+ing|that|while|even|the|models?:?,?|{LLM}s) ({known})(?:[ '](?u:[^,;:])*)?$"
        ),
        # "With Zed-v2, we achieve", "Experiments on the compact Zed demonstrate"
        finished(
            pl.when(~pl.col("left").str.contains(_TOOL))
            .then("left")
            .str.extract(
                rf"^(?:[A-Z][a-z]+, )?(?:With|Using|By using|Applying|Leveraging|Experiments on|Applied to) (?:the |our |an? )?(?:[a-z-]+ )*({NAMES})[ ,]"
            ),
            a_name(measures),
        ),
        # "fine-tuning required only", "that quantization reduces"
        finished(
            pl.when(~pl.col("_own"))
            .then("_bare")
            .str.extract(
                "^((?:[A-Za-z-]+ )?[a-z-]+(?:tuning|training|i[sz]ation|pruning|prompting|distillation|augmentation|decoding|filtering|sampling)|self-[a-z]+)$"
            ),
            a_name(measures),
        ),
        # "Evaluating 14 state-of-the-art VLMs reveals", "Across all evaluated approaches,"
        finished(
            left.str.extract(
                rf"(?:^|[, ])(?:[Ee]valuat(?:ing|ions? of|e|ed)|[Bb]enchmarking|[Tt]est(?:ing|ed)|[Aa]cross|[Aa]ssess(?:ing|ed)?)(?: on)? (?:[0-9]+ |[a-z]+teen |ten |the |all |both |several |various |recent )*((?:[A-Za-z0-9.-]+ ){{0,4}}{_DOERS})(?:[ ,]|$)"
            ),
            _theirs,
        ),
        # "even state-of-the-art agents succeed on"
        finished(
            left.str.extract(
                rf"(?:^| that |, (?:while|whereas|where|and|but) |: )(?:even |the |most |current |all |[a-z]+ly )*((?:[A-Za-z0-9.-]+ ){{0,4}}{_DOERS}(?: (?:like|such as|trained|using|with) (?u:[^,;:])+?| [(](?u:[^()])+[)])?) (?:can |could |often |still |only |rarely |also |significantly |even )*[a-z]+ "
            ),
            _theirs,
        ),
    ]


def last_resort(found: pl.DataFrame, measures: pl.DataFrame) -> pl.Series:
    """`subject`, else the only name of a system in the words before the number, if these name no other thing than what it was
    measured on or compared with: "Zed-7B also does without, with gains of 5%"."""
    at = found["subject"].is_null().arg_true()
    # "an ImageNet accuracy of 88.0% and an ADE20K mIoU of": a place of its neighbours is nobody either
    places = found.group_by("sentence_row").agg(places=pl.col("dataset").drop_nulls())
    rows = found.select(pl.col("sentence_row", "left", "dataset", "baseline", "quantity").gather(at))
    rows = rows.join(places, on="sentence_row", how="left", maintain_order="left")
    left = " " + pl.col("left")
    for other in ("dataset", "baseline", "quantity"):  # where a word begins: the "AP" of "MAPNet" stays
        left = left.str.split(" " + pl.coalesce(other, pl.lit("\x1e"))).list.join(" ")
    left = left.str.strip_chars_start(" ")
    # "dB", "COVID-19", "LiDAR" look like a system's name and are none
    none = f"^(?:[a-z]{{1,2}}[A-Z][a-z]?|[A-Z][a-z]+-[a-z]+|{LANGUAGES}|COVID(?u:.)*|LiDAR|RGB-D|X-[Rr]ay(?u:.)*)$"
    told = pl.element().str.contains(f"{NO_NAME}|{_SCORE}|{none}") | pl.element().str.to_lowercase().is_in(
        measures["phrase"].implode()
    )
    # "ours" is another, that has no name
    left = pl.when(~pl.col("left").str.contains(_OURS)).then(left)
    names = (
        left.str.replace_all(
            rf"(?:[Oo]n|[Ii]n|[Aa]cross|[Oo]ver|than|to|against|per|from|e[.]g[.],?) (?:the )?{NAMES}", ""
        )
        .str.replace("^[A-Z][a-z]+ ", "")
        .str.extract_all(rf"(?:^|[ (]){NAMES}")
        .list.eval(pl.element().str.strip_chars(" (.,"))
        .list.eval(pl.element().filter(~told))
        .list.set_difference("places")
    )
    only = pl.when(names.list.len() == 1).then(names.list.first())
    only = pl.when(only.str.contains(_SYSTEMS_NAME)).then(only)
    # "the fine-tuned student model outperforms the others, achieving"
    work = pl.col("left").str.extract(_WORK)
    work = pl.when(~work.str.contains(f"{_SOME_WORK}|{_NO_WORK}")).then(work)
    return found["subject"].scatter(at, rows.select(pl.coalesce(only, work).alias("said")).to_series())


def _thing(measures: pl.DataFrame) -> Callable[[pl.Series], pl.Series]:
    """Leaves out the paper's own work, measures and single words: "that our method", "that performance"."""
    last = (
        rf"(?i-u)(?:^| )(?:{alternation(measures['phrase'])}|[a-z]+ly|results?|method|approach|framework|model|system)$"
    )

    def finish(words: pl.Series) -> pl.Series:
        other = words.str.contains(_OWN) | words.str.contains(last) | ~words.str.contains(" ")
        return words.set(other.fill_null(value=False), None)

    return finish


def _theirs(words: pl.Series) -> pl.Series:
    """Leaves out the paper's own work ("that our methods have") and what is more than somebody ("it outperforms larger models")."""
    other = words.str.contains(
        rf"(?i-u)(?:^| )(?:our|their|this|these|it|they|we|that|reveals?|on|out|using|access|across|compared|without|{ACTS}) "
    )
    return words.str.replace(_DETERMINERS, "").set(other.fill_null(value=False), None)


def _but_for_nobody(words: pl.Series) -> pl.Series:
    """Leaves out what no one is called: a clause cut in the middle, a measure, a month."""
    return words.set(words.str.contains("|".join(_NO_ACTOR)).fill_null(value=False), None)
