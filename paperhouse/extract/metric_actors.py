"""Who acts nearest before a number, or has it: whose "achieves" ends in it, whose bracket it stands in, whom "by" names behind it."""

from collections.abc import Callable

import polars as pl

from paperhouse.extract.paper_names import NAMES, NO_NAME
from paperhouse.extract.patterns import (
    AGAINST,
    ANY,
    COMPARED,
    DOES,
    LLM,
    SCORES,
    STOP,
    WINS,
    WORD,
    finished,
    first_said,
    having,
)

# How what stands between a name's commas begins
_ASIDE = "(?:a|an|the|our|(?:post-|pre-)?trained|aligned|built|based|fine-?tuned|equipped|powered|when|if)"
_RIVALS = f"followed by|{WINS}|than|over|{COMPARED}|that of|those of|baselines such as|models such as|models like|baselines like|ahead of|models:|methods:|systems:|agents:"
_TRIED = r"^(?u:.)*(?:[Ee]xperiments?|[Ee]valuations?|[Rr]esults?|[Tt]ests|[Ss]tudies|[Aa]nalys[ei]s) (?:on|in|across|with|of) (?u:[^;])*? (?:show|demonstrate|indicate|reveal|confirm|suggest|find)(?:s|ed)?(?: that)? "
# "A, B, and C"
LIST = rf"(?:{NAMES}, )*{NAMES},? and {NAMES}"
# "scores on A, B, and C to reach": on what, not who
_PLACES = rf" (?:on|across|in|over|of) (?:{NAMES}, )+(?:and )?{NAMES} to "
HELPER = r"(?:can|could|not only|not|also|further|even|only|still|now|significantly|consistently|substantially|markedly|successfully|typically|effectively|easily|just|merely|already|will|to|both|is able to|generally)"
ACTS = rf"(?:{DOES}|{WINS}|(?:reduc|improv|increas|boost|accelerat|enhanc|lift|cut|sav|decreas|attain|matches|lower|rais|pass|scal|consum|requir|need|experienc|suffer|complet|resolv|display|receiv|extend|tak|lag|trail|underperform|mitigat|elevat|struggl|strengthen|augment|push|shrink|slash|diminish|curtail|minimi[sz]|halv|doubl)(?:e|es|ed|ing|s)?|trim(?:s|med|ming)?|advanc(?:es|ing)|(?:driv|bring)(?:e|es|s|ing)? (?:up|down)|performs?|performed|(?:prov|manag|predict|answer|detect|identif|classif|forfeit|enjoy|earn|post|succeed|fail)(?:y|ies|ied|e|es|ed|ing|s)?|having|has|have|had|is|sets a|leads with|shows?|offers?|lose|loses|losing|lost|rises|rising|climbs|jumps)"
_OPENS = r"(?:^|[,;:(]|[0-9i][)]| (?:that|and|while|where|with|but|when|whereas|like|finding|enabled|enables|enabling|allows|lets|helps))"
ACTING = rf"(?:{HELPER} )*{ACTS}"
# "with a dice score of": nobody scores
_ACTING_PLAINLY = ACTING.replace(
    SCORES,
    "scor(?:ed|ing)|scores?(?: *$| (?:[0-9$][^ ]*|only|just|up to|about|over|under|below|above|at|an?|the|higher|lower|best))",
)
# What stands between somebody and what he does: what tells that there is some, its pattern, and what stays of it
_ASIDES = (
    # "the correlation between Zed and humans can reach": neither acts
    (
        "(?:correlation|agreement|alignment|consistency) between ",
        f" between (?u:[^,;:])+? and [^ ,;:]+ ({ACTING}) ",
        " $1 ",
    ),
    # "Zed not only surpasses Wye but also achieves": one acts twice
    (" but also ", " not only (?u:[^;:])*? but also ", " "),
    # "the Zed agent instantiated with GPT-4 achieves"
    (
        "ed (?:with|by) ",
        rf" (?:instantiated|equipped|powered|paired|combined|integrated|augmented) (?:with|by) {NAMES}",
        "",
    ),
)


def with_actors(found: pl.DataFrame, measures: pl.DataFrame, known: str) -> pl.DataFrame:
    """Adds `_actor`, the words that tell who acts, or NULL, `_several`, all of them where each number has its own, and `_next_one`; `left`
    becomes the words that may tell.

    `found` has `left`, `left_gap`, `near`, `tail`, `core`, `what`, `rule`, `kind`, `quantity`, `baseline_value` and `list_length`; `known`
    is a pattern of the names of known models.
    """
    found = found.with_columns(left=_own_words(found), _next_one=_next_of_a_row())
    found = found.with_columns(_several=_all_of_a_list())
    return found.with_columns(
        first_said(found, _ways(measures, known)).str.strip_chars(" ").str.strip_suffix(".").alias("_actor")
    )


def _next_of_a_row() -> pl.Expr:
    """ "voting reaches 78.2%, self-consistency 80.1%, and Zed 84.5%": who stands alone between two levels."""
    plain = pl.col("rule").is_in(["plain", "decimal"]) & (pl.col("kind") == "score")
    row = pl.col("sentence_row")
    said = pl.col("left_gap").str.extract(
        rf"^, (?:and |while |whereas )?((?:the )?{NAMES}|[a-z]+(?:-[a-z]+)+|(?:the |our )?(?:[a-z-]+ )?(?:model|baseline|method|version|variant|voting|prompting|humans)) *$"
    )
    first = (
        (pl.col("rule").shift(1) == "achieves") & pl.col("right").shift(1).str.contains("^,") & (row == row.shift(1))
    )
    later = (
        (pl.col("rule").shift(2) == "achieves")
        & pl.col("right").shift(2).str.contains("^,")
        & (row == row.shift(2))
        & pl.col("right").shift(1).str.contains("^,")
    )
    return pl.when(plain & (first | later)).then(said)


def _all_of_a_list() -> pl.Expr:
    """ "A, B, and C achieve 32.5%, 42.2%, and 45.8%": the list, where it has as many members as there are numbers."""
    said = (
        pl.when(pl.col("list_length") > 1)
        .then("left")
        .str.extract(rf"({LIST}) (?:{ACTING}|collapse|drop|fall|decline|degrade) ")
    )
    return pl.when(said.str.count_matches(",? and |, ") + 1 == pl.col("list_length")).then(said)


def _ways(measures: pl.DataFrame, known: str) -> list[pl.Expr]:
    """Who does what ends in the number, or has it."""
    left = pl.col("left")
    word = "(?u:[^ ,;:()%])+"
    actor_before = rf"^{ANY}*{_OPENS} *((?:{word} ){{0,6}}?{word}) {_ACTING_PLAINLY}(?: |$)"
    return [
        # "integrating Zed into models such as Wye improves": what is put in
        having(left, "ing ").str.extract(
            rf"(?:[Ii]ntegrat|[Ii]mplement|[Aa]pply|[Ii]ncorporat|[Pp]lugg|[Ii]nject)ing ({NAMES}) (?:into|to|with) [^,;]* {ACTING}(?: |$)"
        ),
        # "increasing Wye-3's accuracy from 19% to 51%", "a Wye-3 model's performance increased from"
        having(pl.when(pl.col("rule").is_in(["from_to_verb", "from_to_passive"])).then("what"), "'s ").str.extract(
            rf"(?:^|[ (])({NAMES})(?: model)?'s "
        ),
        # "lower than the human performance of 97%"
        having(pl.col("core"), "uman").str.extract(
            r"(?i-u)(?:^|[ (])(humans?(?: experts?)?)(?:-level)? (?:performance|accuracy|baselines?|level|scores?|agreement)(?:,| of| at| is| was| [(]| reaches| averages)*$"
        ),
        # "outperforming a conventional CNN (58.3%)", "than vision-only models (0.653"
        having(pl.when(pl.col("rule") != "against").then(left), "[(]").str.extract(
            rf"(?i-u)(?:(?:^|[ (,])(?:{_RIVALS})|, including) (?:the |an? )?((?:{WORD} ){{0,4}}{WORD}) [(](?:[0-9.]+[A-Z]?, )?(?:[A-Za-z-]+[:= ] ?)?(?:up to )?$"
        ),
        # "exceeds the 8-step performance of Wye (FVD 184.79)", "of the older method, Wye (FVD"
        having(left, " of .*[(](?:[A-Za-z0-9@-]+[:= ] ?)?$").str.extract(
            rf"(?:^|[ (,])(?i-u:{_RIVALS}|(?:approach|match|rival)(?:e?s|ing)) (?:the |an? )?(?:[a-z0-9-]+ ){{0,2}}(?:performance|results?|quality|scores?|accuracy) of (?:the |an? )?(?:(?:[a-z-]+ )+(?:method|model|approach|framework), |[a-z-]+ )?({NAMES}) [(](?:[A-Z][A-Za-z0-9@-]*[:= ] ?)?$"
        ),
        # "outperforms A (63.2), B (63.9), and C (63.4)"
        having(
            pl.when(pl.col("baseline_value").is_null() & left.str.contains(_RIVALS)).then(left), "[)],? .*[(]$"
        ).str.extract(rf"[0-9] ?(?:%|[A-Za-z0-9@-]+)?[)],? (?:and )?({NAMES}) [(]$"),
        # "surpassing the baseline score of 2.66", "surpassing the previous best of 87.4"
        having(left, "baseline|best|art").str.extract(
            rf"(?:^|[ (,])(?:{_RIVALS}) (?:the |all )?((?:previous|prior) (?:best|state-of-the-art)|baselines?|state-of-the-art)(?: [a-z-]+){{0,2}} of *$"
        ),
        # "surpassing the GPT-4 baseline of 22.95%"
        having(left, "baseline").str.extract(
            rf"(?:^|[ (,])(?:{_RIVALS}) (?:the )?({NAMES})(?:'s)? baselines?(?: scores?| performance)?(?: of| at| [(])? *$"
        ),
        # "larger models, o3-mini (74.5) and DeepSeek-R1 (74.9)"
        having(
            pl.when((pl.col("kind") == "score") & pl.col("baseline_value").is_null()).then(left), "[(]$"
        ).str.extract(rf"(?:[,;:] |(?:^| )and )({known}) [(]$"),
        # "Wye is decoded by Zed at 38 tokens/s"
        having(left, "ed by ").str.extract(
            rf"(?:is|are|was|were) [a-z]+ed by ({NAMES}) (?:at|in|with|to)(?: [a-z]+)* *$"
        ),
        # "45% of the tasks are completed by GPT-4o"
        having(pl.col("near"), "(?:ed|en|ade) by ").str.extract(
            rf"^ *of (?u:[^,;.]){{1,60}} (?:(?:is|are|was|were|be) [a-z]+ed|generated|produced|written|made) by ({NAMES})"
        ),
        # "at most 40.0% by Browser-Use-o3", "from 8% to 20% for OpenAI o3"
        pl.when(~pl.col("quantity").str.contains("(?i-u)win|prefer").fill_null(value=False))
        .then("near")
        .str.extract(
            rf"^ *,? ?(?:of (?:the )?(?:[a-z-]+ ){{0,2}}[a-z-]*[^d ] )?(?:(?:(?:is|are|was|were) )?(?:achieved|obtained|attained|reached|set|held) )?(?:by ({NAMES}))"
        ),
        pl.col("near")
        .str.extract(rf"^ *(?:(?:absolute |relative |average )?(?:improvement|gain|increase|boost)s? )?for ({NAMES})")
        .str.extract(f"^({known}|(?:V|M|ML|LV)?LL?Ms)$"),
        # "(7.78 from vanilla LightFusion; 1.94 from Wye)"
        having(
            pl.when((pl.col("kind") == "score") & left.str.contains("[(][^()]*$")).then("near"), "^ *from "
        ).str.extract(rf"^ *from ((?:the |vanilla )?{NAMES}) *(?:[;,).]|$)"),
        # "30 seconds for human respondents"
        pl.when(pl.col("kind").is_in(["score", "measurement"]))
        .then("near")
        .str.extract(
            rf"^ *(?:average,? |accuracy,? )?for ((?:[a-z-]+ ){{0,2}}(?:models|{LLM}s|agents|respondents|participants|humans|experts|physicians|clinicians|annotators|systems|baselines))(?:[,.;)]| and | in | on | *$)"
        ),
        # "from 53.1% (GPT-4 CoT) to 75.5% (Llama)"
        having(
            # of a list, what is near is near the last
            pl.when((pl.col("kind") == "score") & (pl.col("list_length") > 1))
            .then("tail")
            .when(pl.col("kind") == "score")
            .then("near"),
            r"^ *\(",
        )
        # "(GPT-4-annotated)": who judged
        .str.replace("-(?:annotated|generated|judged|based|rated|evaluated|scored|written|label+ed)[)]", "")
        .str.extract(rf"^ *[(]({known})(?: (?:zero-shot|few-shot|fine-tuned|base|model))*[)]"),
        # "scores of 0.148 and 0.143 for A and B": one each
        pl.when(pl.col("list_length") > 1).then("near").str.extract(rf"^ *for ({LIST})(?:[,.;]| respectively|$)"),
        # "88.1 compared to 84.6 for the sequential method", "0.575 vs. 0.513 for Wye, 0.416 for Why"
        pl.when(
            pl.col("rule").is_in(["versus", "score_on"]) & left.str.contains(AGAINST)
            | pl.col("rule").is_in(["plain", "decimal", "measure_of", "measure_of_percent"])
            & left.str.contains(f"(?:{AGAINST}) (?:(?:only |just |an? |the )*$|[0-9](?u:[^;])* and (?:only |just )?$)")
        )
        .then("near")
        .str.extract(
            rf"^ *(?:[A-Z][A-Za-z0-9@-]* )?for (?:the )?((?:[a-z-]+ ){{0,3}}(?:{NAMES}|methods?|models?|baselines?|approaches|systems?|reviewers?|others))(?:[ ,.;)]|$)"
        ),
        # "9.8% for the best general-purpose model"
        having(pl.col("near"), "^ *for the ").str.extract(
            rf"^ *for the ((?:best|strongest|top|leading|weakest|smallest|largest)[a-z -]*? (?:models?|agents?|{LLM}s?|systems?|methods?))(?:[ ,.;)]|$)"
        ),
        # "(LlamaGen: from 0.306 to 0.339)"
        having(pl.when(pl.col("baseline_value").is_not_null()).then(left), ": (?:from )?$").str.extract(
            rf"[(;,] *({NAMES}): (?:from )?$"
        ),
        # "(e.g., GPT-4 at 27%, GPT-5 at 58%)"
        having(left, " at *$").str.extract(rf"(?:^|[(,;] ?|and |for |followed by )(?:e[.]g[.],? )?({known}) at *$"),
        # "(ChatGPT-o3: 83.58", "(GPT-4: 80%"
        finished(
            having(left, ": ?$").str.extract(
                r"[(;,] *([A-Z][A-Za-z]+[- ][A-Za-z0-9.-]*[0-9][A-Za-z0-9.-]*(?: [A-Z0-9][A-Za-z0-9.-]*)*): ?$"
            ),
            a_name(measures),
        ),
        # "the best model, GPT-4o, scoring only"
        having(left, ",.*, |(?:such as|like) .+, ")
        # "outperforms the best method, Wye, achieving": not Wye
        .str.replace(rf"(?:(?i-u:{WINS})|(?:ival|atch|pproach)(?:e?s|ed|ing)?) (?u:[^,;])*, {NAMES},", "")
        .str.extract(rf"(?:,|such as|like) ({NAMES}), {ACTING}(?: |$)"),
        # "Zed, a lightweight 2B model, achieves", "Zed, trained on A, sets"
        having(left, f", {_ASIDE} ").str.extract(
            rf"({NAMES})(?: model| framework| method| agent)?, {_ASIDE} (?u:[^,;:])+, {ACTING}(?: |$)"
        ),
        # "Zed, a video decoder that achieves", "a SegFormer architecture that achieved"
        having(left, " that | which ").str.extract(
            rf"({NAMES})(?:(?: [(][^()]*[)])?, an? (?u:[^,;:])+| (?:architecture|model|framework|agent|system|network|variant)) (?:that|which) {ACTING}(?: (?u:[^,;])*)?$"
        ),
        # "surpassing ArenaHard's 0.91"
        having(left, "'s *$").str.extract(
            rf"(?:than|to|over|above|below|both|{AGAINST}|{WINS}) (?:the )?(?:[a-z-]+ )?({NAMES})'s *$"
        ),
        # "Zed (943M) sets"
        having(left, "[)] ").str.extract(rf"({NAMES}) [(](?u:[^()])+[)] {ACTING}(?: (?u:[^,;])*)?$"),
        # "The best off-the-shelf model (Zed-5B) achieves"
        having(left, "[)] ").str.extract(rf"[(](?:e[.]g[.],? |i[.]e[.],? )?({NAMES})[)] {ACTING}(?: |$)"),
        # "GPT-4o, which achieves", but not "on Wye, which is"
        having(left, " which ")
        .str.replace(rf" (?:on|in|across|for|over) (?:the )?{NAMES}, which ", "; which ")
        .str.extract_all(rf"{NAMES}[)]?,? which {ACTING}(?: |$)")
        .list.last()
        .str.extract(f"^({NAMES})"),
        # "SDXL-VAE has an rFID of 0.68 and CLIP an accuracy of 75.3%"
        finished(
            having(pl.col("left_gap"), " an? ").str.extract(
                rf"^,? (?:and|while|whereas) ({NAMES}) an? (?:[A-Za-z0-9@-]+ ){{1,3}}of *$"
            ),
            a_name(measures),
        ),
        # "95.8%, followed by InceptionV3 with 93.61%", "with an accuracy of 93.61%"
        having(left, "followed by ").str.extract(
            rf"[0-9](?u:[^;])*, followed by (?:the )?({NAMES}),? (?:with|at)(?: an?)?(?: [A-Za-z0-9@-]+ of)? *$"
        ),
        # "raters scored Zed 25% higher"
        having(left, "aters|sers|udges|nnotators|articipants|eople|valuators|xperts").str.extract(
            rf"(?:^| )(?i-u:raters|users|judges|annotators|participants|people|evaluators|experts) (?:scored|rated?|ranked?|judged?|prefer(?:red)?|chose|choose) ({NAMES}) [^,;]*$"
        ),
        # "GPT-4o, whose accuracy does not exceed"
        having(left, ", whose ").str.extract(rf"({NAMES})(?: with [a-z-]+)?, whose (?:[A-Za-z0-9@-]+ ){{1,5}}$"),
        # "far behind human experts, who reach"
        having(left, ", who ").str.extract(
            rf"(?:^| )((?i-u:human )?(?i-u:experts|humans|people|participants|annotators|clinicians|physicians)), who {ACTING}(?: |$)"
        ),
        # "GPT-4o, which is aligned most, achieves"
        having(left, ", which ").str.extract(rf"({NAMES}), which (?u:[^,;])+, {ACTING}(?: |$)"),
        # "Zed with per-tensor static quantization achieves"
        having(left, " with ").str.extract(rf"(?:^|[,;:)] )({NAMES}) with (?:[a-z0-9-]+ ){{1,5}}{ACTING}(?: |$)"),
        finished(left.str.extract(actor_before), _acting),
        # "that Zed boosts accuracy, with gains of": nobody acts behind the comma
        finished(left.str.replace("[,;:(][^,;:(]*$", "").str.extract(actor_before), _acting),
    ]


def _own_words(found: pl.DataFrame) -> pl.Series:
    """The words that may tell who a number is of: those since the number before, where somebody acts there; without what was tried
    on what does not act ("Experiments on CIRR and FashionIQ show that") and what only stands between somebody and what he does."""
    own = pl.when(
        pl.col("left_gap").str.contains(
            rf"^(?:,|;| and| but|(?: [A-Za-z0-9@-]+){{0,3}},?(?: while| whereas)).* {_ACTING_PLAINLY} "
        )
        # "Zed saves 5% of it, while achieving": who, stands farther left
        & ~pl.col("left_gap").str.contains("^[^,;]*,? while (?:[a-z]+ly )?[a-z]+ing (?u:[^,;])*$")
    ).then("left_gap")
    own = pl.coalesce(own, "left").str.replace(_TRIED, "").str.replace(_PLACES, " to ")
    words = found.select(own.alias("own")).to_series()
    for hint, aside, rest in _ASIDES:
        # the patterns are dear, and few words have what they look for
        at = words.str.contains(hint).fill_null(value=False).arg_true()
        words = words.scatter(at, words.gather(at).str.replace_all(aside, rest))
    return words


def _acting(words: pl.Series) -> pl.Series:
    """Leaves out small words: "with gains of", "and scores"."""
    # "but yields minimal gains of": the noun
    small = words.str.contains(rf"^(?i-u:{STOP}|an?|the|FID)$|^(?i-u:{DOES}) |^[a-z]+ly | (?:is|are|was|were)$")
    return words.set(small.fill_null(value=False), None)


def a_name(measures: pl.DataFrame) -> Callable[[pl.Series], pl.Series]:
    """Leaves out what is capitalised for another reason, and measures: "FID scores of" has no actor."""
    phrases = measures["phrase"]

    def finish(names: pl.Series) -> pl.Series:
        other = (
            names.str.contains(NO_NAME)
            | names.is_in(["RL", "SFT", "RAG", "CoT"])
            | names.str.to_lowercase().is_in(phrases.implode())
        )
        return names.set(other.fill_null(value=False), None)

    return finish
