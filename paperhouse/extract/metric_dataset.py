"""What a result was measured on, as written: a data set, a benchmark, a set of tasks. From the sentence of the result alone."""

import polars as pl

from paperhouse.extract.frames import MEASURE_OF, PASSIVE
from paperhouse.extract.metric_places import HARDWARE, TASKISH, is_none, place
from paperhouse.extract.paper_names import BENCHMARK, NAME, NAMES
from paperhouse.extract.patterns import (
    ANY,
    AT_K,
    BEFORE_RIVALS_NUMBER,
    COUNTS,
    DOES,
    STOP,
    WINS,
    after_first,
    after_last,
    all_said,
    alternation,
    first_of,
    having,
    is_dataset,
    model_names,
)

_NO_OWNER = "^(?:k-NN|POS-|F-|F1|FID|BLEU|ROUGE|CLIP|AUC|IoU|mIoU|Top|Pass|Elo|Macro|Micro|LLM|VLM|MLLM|GPU|KV|CoT|RL|QA|VQA|OCR|ASR|Dice|Overall|Average|Success|Task|Patient|User|Human|Student|LoRA|QLoRA|Jaccard|DINO|VQAScore|PSNR|SSIM|Brier|Rank-|EX |EM |RAG )"
# What is said "on" something and is not on what was measured: "on average", "on par with", "on its own", "on mobile devices"
_NO_IT = "others|latter|former|models?|evaluated|various|average|par|top|a|an|its|their|our|which|that|this|these|it|one|each|any|demand|account|behalf|standard|single|other|contrary|one|hand|board|whole|downside|upside|surface|closer|further|first|second|last|past|same|fly|left|right|time|existing|prior|previous|baselines?|seeds?|runs?|layers?|[a-z]+ side"
_NOTHING_MEASURED_ON = f"^(?u:.)*{HARDWARE}(?u:.)*$|^(?:{_NO_IT})(?: (?u:.)*)?$"
_TRIED = "(?:xperiments?|esults?|valuations?|[Tt]ests) (?:on|across|in|with) ((?u:[^;:])+?) (?:show|demonstrate|indicate|reveal|confirm|suggest|validate|highlight|yield)(?:s|ed)? "


def dataset(
    found: pl.DataFrame, measures: pl.DataFrame, model_families: pl.DataFrame, datasets: pl.Series
) -> pl.Series:
    """The data set of each claim (`near`, `left`, `opening`, `rule`, `quantity` of `metric_context.py`), or NULL."""
    # "Qwen2.5-VL", "BERT-base": a model
    models = f"^(?:{model_names(model_families)})(?:[ .0-9-]|$)"
    found = _with_sides(found)
    rows = all_said(found, _ways())
    # "improves MMLU by 2.3 points": where that is known as one; of others the end of the name tells
    must_be_known = rows["way"].is_in(["moved", "moved_next", "next_named", "over"])
    may_end_so = rows["way"].is_in(["applied", "where"])
    rows = rows.filter(
        ~(must_be_known | may_end_so)
        | may_end_so & rows["said"].str.contains("(?:[Bb]ench|QA|Eval|MME|Cam)(?:[A-Za-z0-9-]*)$")
        | is_dataset(rows["said"].str.replace("(?:,| and ).*$", ""), datasets)
        & ~((rows["way"] == "over") & ~rows["said"].str.contains("[A-Z].*[A-Z0-9]"))
    )
    way, names = rows["way"], rows["said"]
    places = place(names, way == "tried", models)
    names = names.str.strip_chars(" ,.;")
    # "by 0.3 and 0.16 on PickScore and AES"
    first = places.str.replace("(?:,| and ).*$", "")
    places = places.set(_is_measure(first, measures).fill_null(value=False), None)
    places = places.set(
        way.is_in(["task", "task_in", "for_task"]) & ~places.str.contains(TASKISH).fill_null(value=False), None
    )
    # the other ways catch the name and no word more
    written = ~way.is_in(["on", "on_then", "task", "task_in", "for_task", "tried", "behind", "far", "in"])
    # "on the exam metric", "on answer accuracy"
    names = names.set(
        (
            (way == "on_it") & names.str.contains(rf"(?i-u)(?:^| )(?:metrics?|{alternation(measures['phrase'])})$")
        ).fill_null(value=False),
        None,
    )
    # "gains 21.6 in Dynamic Degree": what was measured
    measured = (way == "in_name") & (names == found["quantity"].gather(rows["row"]))
    names = names.set(measured.fill_null(value=False), None)
    # "collision rate": the whole is a measure
    whole = found["quantity"].gather(rows["row"]).str.to_lowercase().is_in(measures["phrase"].implode())
    names = names.set(((way == "inside") & whole).fill_null(value=False), None)
    names = names.set(
        (way == "averaged_names") & _is_measure(names.str.replace(",.*| and .*", ""), measures).fill_null(value=False),
        None,
    )
    kept = (way.is_in(["bracket", "labelled"]) | ~_is_measure(names, measures)) & ~(
        written & is_none(names, models)
    ).fill_null(value=False)
    # "on seen objects and under"
    names = names.set(~kept, None).str.replace(f"(?: (?:{STOP}|such))+$", "")
    return first_of(rows.with_columns(said=names.zip_with(written, places.str.strip_chars(" ,"))), found.height)


def _ways() -> dict[str, pl.Expr]:
    """Where a data set is told, the surest first: an expression each over what `_with_sides` gives."""
    rule, left, opening, reach, ahead = (pl.col(name) for name in ("rule", "left", "opening", "reach", "ahead"))
    kinds = "(?:tasks?|datasets?|benchmarks?|settings?|scenarios|environments)"
    named = rf"{kinds[:-1]}|corpus|suite|evaluations?|assessments|domains)"
    owner = rf"({NAME}(?: (?:&|and) (?:{NAME}|[0-9]+))?) (?:(?:overall|average|mean|test|validation|zero-shot|few-shot|benchmark|top-1) )?(?:scores?|accurac(?:y|ies)|success rates?) (?:of|is) (?:[a-z]+ )*$"
    item = rf"(?:{NAMES}|[0-9][A-Z](?u:[^ ,;:()])+)(?: [(](?u:[^()])+[)])?"
    members = rf"((?:{item}(?:, and |, | and | & ))*{item})"
    shown = rf"(?:benchmarks?|datasets?|tasks?|suites?|testbeds?)(?: [a-z]+)?(?:,? such as|,? including|,? like|:|,? e[.]g[.],?|,? i[.]e[.],?|,? namely| \() ?{members}"
    goes_on = pl.col("sentence_row") == pl.col("sentence_row").shift(1)
    again = goes_on & (pl.col("kind") == pl.col("kind").shift(1)) & (rule == "plain")
    before = pl.col("near").shift(1)
    in_bracket = pl.col("tail").str.extract(rf"^ ?[(]({NAME}(?: 20[0-9]{{2}})?)[)]").str.replace("^..?$", "")
    # "surpasses Wye (17.6%)": who is beaten is no place; "surpasses all on Wye (17.6%), Why (13.9%)" names places
    of_a_rival = (pl.col("kind") == "score") & left.str.contains(BEFORE_RIVALS_NUMBER)
    of_a_rival &= ~left.str.contains(rf" (?:on|in|across) {NAMES} ?[(](?u:[^;])*$")
    averaged = rf"(?:[Aa]verag(?:ed?|ing)|[Mm]ean|measured|evaluated|tested)(?: [a-z]+)? (?:over|across|on) (?:the |all |an? (?:wide |broad )?(?:range|variety|set|suite) of )?((?:(?:{COUNTS}) )?(?:[A-Za-z-]+ ){{0,4}}(?:benchmarks|datasets|tasks|domains|languages|test sets))"
    return {
        # "task completion length on Calvin by"
        "before": pl.col("core")
        .str.replace_all("(?:trained|tuned|based|built) on ", "made upon ")
        .str.extract(
            rf"(?: (?:on|in) |[(])({NAMES}|(?:[A-Za-z-]+ ){{1,2}}(?:tasks|benchmarks|images|videos|scenes|objects|domains|documents|data|speech|languages|queries|problems|questions)) (?:by|from|to)$"
        ),
        # "on S4, MS3 and AVSS (80.6%, 58.8% and 32.4%)"
        "bracket_list": pl.when((pl.col("list_length") > 1) & ~of_a_rival)
        .then(left)
        .str.extract(rf"(?:^| )(?:[Oo]n|[Aa]cross) (?:the )?((?:{NAMES}, )*{NAMES},? and {NAMES}) [(](?:[a-z]+ )?$"),
        # "8.6% on RoboTwin and, in real-world tasks, even 19.4%"
        "in_between": pl.col("left_gap").str.extract(
            rf" (?:and|but|while|yet),? (?:even )?(?:on|in) (?:the )?({NAMES}|(?:[a-z-]+ ){{1,2}}(?:tasks|benchmarks|settings|scenarios|environments|data|images|videos|domains|languages|questions|problems)),?(?: (?:even|only|it|by|up to|about|around|nearly|over|to|as much as))* *$"
        ),
        # "on ASQA (up 10.7), QAMPARI (+29.2)"
        "bracket": pl.when(
            rule.is_in(["signed", "plain", "bracketed_share", "against"])
            | ((rule == "bracketed") & (pl.col("baseline_value").is_not_null() | pl.col("sign").is_not_null()))
            | (rule.is_in(["score_measure", "at_k"]) & pl.col("sign").is_not_null())
        )
        .then(pl.when(~of_a_rival).then(left))
        .str.extract(rf"({NAMES}(?:[+]+)?) ?[(](?:[+-] ?|up |down |by )*$"),
        # "on datasets: A (mAP: 52.9%, +2.7%), B (R@5: 56.0%"
        "bracketed": having(left, "(?:benchmarks?|datasets?|tasks)(?: [a-z]+)?:? ").str.extract(
            rf"(?:[:,]|on|across|and) ({NAMES}) [(][A-Za-z][A-Za-z0-9@. -]{{0,20}}[:=] ?(?:[0-9.]+ ?%?, ?[+-]? ?)?$"
        ),
        # "(MMStar: +1.1%", "(e.g., BC5CDR-Disease, +2.70"
        "labelled": pl.when(rule == "signed")
        .then(left)
        .str.extract(rf"[(,;] ?(?:e[.]g[.],? )?({NAMES})[:,] ?[+-]? ?$"),
        # "on 15 out of 24 tasks"
        "out_of": pl.when(
            (rule == "out_of")
            & pl.col("what").str.contains(
                "(?:tasks|benchmarks|datasets|settings|scenarios|categories|languages|domains)$"
            )
        ).then(pl.col("whatb") + " " + pl.col("what")),
        # "80.2% AndroidWorld"
        "beside": pl.when(pl.col("family") == "percent").then("right").str.extract(rf"^({BENCHMARK})(?:[,;)]|$)"),
        # "solving at most 23.8% of FormalMath500", but "resolves 43% of GitHub issues"
        "solved": pl.when(
            (rule == "share_of")
            & left.str.contains(
                "(?i-u)(?:^|[ (])(?:(?:solv|resolv|complet|prov|pass|answer)(?:e|es|ed|ing|s)? (?:[a-z]+ ){0,3}|succeed(?:s|ed|ing)? (?:in |on )(?:[a-z]+ ){0,3})$"
            )
        )
        .then("near")
        .str.extract(
            rf"^ *of (?:the )?(?:(?:[a-z-]+ )?[a-z]+ (?:in|on|from) (?:the )?)?({NAME} (?:Verified|Lite|Pro|Hard|Full)|{BENCHMARK}|[A-Z]{{3,}}-[a-z]+|[A-Z]{{3,}}[A-Za-z]*(?: 20[0-9]{{2}})?|[A-Z][A-Za-z-]*[0-9][A-Za-z0-9-]*|(?:[a-z]+-|[a-z]+ )[a-z]+ tasks)(?: (?:problems|tasks|questions|tests?|instances|issues))?(?:[ ,.;)]|$)"
        )
        .str.replace("^GitHub$", ""),
        # "(2) In Information Extraction, the spread is"
        "enumerated": having(left, "[(][0-9]+[)] [IOFiof]")
        .str.extract(rf"^{ANY}*[(][0-9]+[)] (?:[Ii]n|[Oo]n|[Ff]or) (?:the )?({NAMES}(?: and {NAMES})?), ")
        .str.replace("^(?:Stage|Phase|Step|Part|Section|Table|Figure)(?: (?u:.)*)?$", ""),
        # "execution accuracy in Text-to-SQL is 2.6% higher"
        "in_it": having(left, " in ").str.extract(
            r"(?:[Aa]ccuracy|[Pp]erformance|[Ss]cores?|rate|quality) in ([A-Z][a-z]+-to-[A-Z]+) (?:is|are|was|were|becomes?|improves?|rises?|drops?|falls?)(?: by)?(?: [a-z]+){0,2} *$"
        ),
        # "for ImageNet 512x512 the figure is 1.57"
        "for_it": having(left, "(?:figure|number|value|score|result) ").str.extract(
            rf"[;,] (?:and |while |whereas )?for (?:the )?({NAMES}(?: [0-9]+(?:x|times)[0-9]+)?),? (?:the|its) (?:figure|number|value|score|result) (?:is|was|reaches) *$"
        ),
        # "60.1% on MMLU, GSM8K 55.2%, and MATH 50.3%"
        "next_named": having(pl.when(rule.is_in(["plain", "decimal"])).then(left), " (?:on|in) ").str.extract(
            rf" (?:on|in) {NAMES}, (?:(?:and )?{NAMES} [0-9.]+ ?%?,? )*(?:and )?({NAMES}) *$"
        ),
        # "improves MATH by 2.3 points and GSM8K by 4%"
        "moved_next": having(pl.col("left_gap"), " (?:by|from) ").str.extract(
            rf"^,? (?:and|but|while) ({NAMES}) (?:by|from) (?:up to |about |over |nearly |almost )?$"
        ),
        # "81.6 (AIME 2024), 70.2 (AIME 2025)"
        "dated": having(pl.col("right"), " 20[0-9]{2}[)]").str.extract(rf"^[(]({NAME} 20[0-9]{{2}})[)]"),
        # "improves MMLU by 2.3 points", "raises HumanEval from 54.3%"
        "moved": pl.when(rule.is_in(["change_verb_by", "from_to_verb", *PASSIVE]))
        .then("what")
        .str.extract(f"^(?:the )?({NAMES}(?: and {NAMES})?) ?$"),
        # "82.2% ImageNet accuracy"
        "inside": pl.when(
            ~left.str.starts_with(pl.col("quantity").str.head(8))
            | pl.col("quantity").str.contains("^[A-Za-z-]*[A-Z0-9][A-Za-z-]*[A-Z0-9]")
        ).then(_inside()),
        # "gains of 4.3% (BIRD) and 2.1% (Spider)": two in a row, one alone is an abbreviation
        "brackets_behind": pl.when(
            pl.col("family").is_in(["percent", "points", "bare"])
            & (in_bracket != "")
            & (((in_bracket.shift(1) != "") & goes_on) | ((in_bracket.shift(-1) != "") & goes_on.shift(-1)))
        ).then(in_bracket),
        # "across benchmarks such as 2Wiki and HotpotQA"
        "listed": reach.str.extract(f"^[^,;]*{shown}"),
        # "on logical reasoning (Enigmata-Eval)"
        "on_bracket": pl.col("near").str.extract(
            rf"^ *(?:[a-z]+ ){{0,2}}on (?:[a-z-]+ ){{0,3}}(?:reasoning|understanding|answering|tasks?|benchmarks?|math(?:ematics)?|coding|detection|classification|segmentation) [(]({NAMES})[)]"
        ),
        "on": after_first(ahead.str.replace(" on average,? (?:across|over) ", " across "), r"[ (](?:on|across) "),
        # "+6.8 on navhard", "83% mAP on real data"
        "on_it": pl.when((pl.col("kind") == "score") | (rule == "signed"))
        .then("near")
        .str.extract(
            r"^ *(?:[A-Za-z0-9@-]+ ){0,3}?on (?:the |both |all )?((?:[a-z][a-z0-9-]* ){0,3}[a-z][a-z0-9-]*)(?:[,.;)]| *$| (?:and|while|compared|over|with|but|than|without|using|respectively|in|for|due|despite|where|when|as|after|by|at|from|under) )"
        )
        .str.replace(_NOTHING_MEASURED_ON, ""),
        # "a gain of over 50% on real-world data"
        "on_data": pl.when(~pl.col("kind").is_in(["ratio", "measurement"]))
        .then("near")
        .str.extract(
            r"^ *(?:[A-Za-z0-9@-]+ ){0,3}?on (?:the )?((?:[a-z][a-z0-9-]* ){1,3}(?:data|images|videos|scenes|prompts|inputs|samples|sequences|objects|documents|texts|speech))(?:[ ,.;)]|$)"
        ),
        # "2.6% in MATH500"
        "in_name": pl.col("near")
        .str.extract(rf"^ *in (?:the )?({NAMES}(?: metrics?)?)(?:[ ,.;)]|$)")
        .str.replace("^.*(?:[Mm]etrics?|[Rr]ates?|[Ss]cores?|[Aa]ccuracy|[Ee]rrors?)[.]?$", ""),
        # "a 97.6% repair success rate in HumanEvalFix"
        "in_set": pl.col("near").str.extract(
            r"^ *(?:[a-z-]+ ){1,6}in (?:the )?([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*[A-Z0-9-][A-Za-z0-9-]*)(?:[ ,.;)]|$)"
        ),
        # "17% on coding tasks and 18% on math": in a row of numbers each is of its own
        "each": pl.when(again & before.str.contains("^ *(?:on|in|for) "))
        .then("near")
        .str.extract(r"^ *on (?:the )?((?:[a-z][a-z-]* ){0,2}[a-z][a-z-]*)(?:[,.;]|$| and )"),
        # "In ManiSkill, we train … environments, improving"
        "in_named": pl.coalesce(opening, left).str.extract(rf"^(?:[A-Z][a-z]+, )?In (?:the )?({NAMES}), "),
        # "across various architectures on ScreenSpot"
        "on_then": after_first(after_first(ahead, r"[ (](?:on|across) "), r"[ (](?:on|across) "),
        "task": after_first(ahead, r"[ (](?:on|across|in|for|over) "),
        # "over the baseline in one-shot image classification"
        "task_in": after_first(ahead, r"[ (]in ").str.replace(
            "^(?u:.)*(?:cases|scenarios|settings)(?:[ ,.;)](?u:.)*)?$", ""
        ),
        "listed_before": having(left, "such as|includ|like|e[.]g|i[.]e|namely|:|[(]")
        # "benchmarks such as A, Zed achieves": who acts is none
        .str.replace(rf", ((?:our |the )?{NAMES} (?:{DOES}|{WINS}|improves|reduces)) ", "; $1 ")
        .str.extract(f"^{ANY}*{shown}"),
        # "Experiments on synthetically generated mazes show that"
        "tried": pl.coalesce(opening, left).str.extract(_TRIED),
        # "on ImageNet, Zed reaches"
        "behind": after_last(left, r"(?:^|[ (])(?:[Oo]n|[Aa]cross) ")
        .str.replace(rf"(?i-u)( {named}), (?u:.)*$|^which (?u:.)*$", "$1")
        # "Across medical images, Zed raises"
        .str.replace(
            rf"^([A-Za-z]?[a-z -]+), (?:{NAMES}|[Oo]ur [a-z]+|[Ii]t|[Ww]e|[Tt]he [a-z]+) [a-z]+s? (?u:.)*$", "$1"
        ),
        # "benchmark Zed, on which our models achieve"
        "on_which": having(left, " which ").str.extract(
            rf"({NAMES}), (?:an? (?u:[^,;])*, )?(?:on|in) which (?u:[^;])*$"
        ),
        # "for zero-shot retrieval tasks, Zed reaches"
        "within": having(left, "tasks?[ ,]").str.extract(
            rf"^{ANY}*[ (]for (?:the )?((?:[a-z][a-z-]* ){{1,3}}tasks?)(?:[ ,]|$)"
        ),
        # "AIME24 scores of"
        "owner": pl.when(rule.is_in(MEASURE_OF))
        .then(left)
        .str.extract(owner)
        .str.replace(f"(?:{_NO_OWNER})(?u:.)*$|^E[MX]$", ""),
        # "Experiments across six benchmarks show that …"
        "far": after_first(opening, r"(?:^|[ (])(?:[Oo]n|[Aa]cross) "),
        # "For glioma classification (low against high grade), the CNN"
        "for_task": pl.coalesce(opening, left).str.extract(
            "^(?:[A-Z][a-z]+, )?For ((?:[a-z-]+ ){1,4}[a-z-]+)(?: [(][^()]*[)])?, "
        ),
        # "For the Vid4 dataset with rich textures, our method"
        "for_set": pl.coalesce(opening, left).str.extract(
            rf"^(?:[A-Z][a-z]+, )?(?:For|At|In|With) (?:the )?({NAMES}(?: [0-9]+ ?(?:x|times) ?[0-9]+)? (?:dataset|benchmark|corpus|test set|challenge|task))(?: (?:with|of|from|in|on) [^,]*)?, "
        ),
        # "For ImageNet 512x512, we reach"
        "for_named": pl.when(pl.col("kind") == "score")
        .then(pl.coalesce(opening, left))
        .str.extract(rf"^(?:[A-Z][a-z]+, )?For (?:the )?({NAMES}(?: [0-9]+(?:x|times)[0-9]+)?), "),
        # "Using a controlled benchmark, Zed reduces"
        "used": pl.coalesce(opening, left)
        .str.extract(
            r"^(?:[A-Z][a-z]+, )?(?:Using|With|In a study of|In an? analysis of|Analyzing) (?:a |an |the )?((?:[^ ,;:()]+ ){0,6}?(?:datasets?|benchmarks?|corpus|corpora|cohorts?|test set|suite|samples|images|recordings|patients|reports|queries|questions))(?: (?:with|of|from|in|and) [^,;]*)?, "
        )
        # "With fewer queries", "Using a model with only 4 images", "Using 500 labelled images": what it took
        .str.replace(
            "^(?:(?u:.)* )?(?:with|fewer|less|more|only|few|limited|labell?ed|unlabell?ed|training|synthetic|additional)(?: (?u:.)*)?$",
            "",
        ),
        # "On house prices, our model achieves", "Across medical, mathematical, and social reasoning, Zed"
        "opened": pl.coalesce(opening, left)
        .str.extract(
            r"(?:^(?:[A-Z][a-z]+, |[0-9(]+[)] )?|[:;] )(?:[Oo]n|[Aa]cross|[Oo]ver|(?:When )?(?:[Ee]valuat(?:ed|ing|ions?)|[Tt]est(?:ed|ing)|[Vv]alidated|[Aa]pplied) (?:on|across|in)) (?:the |all |both |an? )?((?:(?:[a-z-]+ ){0,3}(?:benchmark|dataset|corpus|cohort|test set|collection) (?:of|with|from|comprising) (?:[^,;:()]|[0-9],[0-9]){1,80}|(?:[^ ,;:()]+ ){0,5}[^ ,;:()]+)(?:(?:, [a-z-]+){1,3},? and (?:[a-z-]+ ){0,2}[a-z-]+)?)(?: [(][^()]*[)])?, (?:[A-Z]|[a-z]+ )"
        )
        .str.replace("^(?:wide |broad |diverse |large )*(?:range|variety|set|array|spectrum|suite|collection) of ", "")
        .str.replace(_NOTHING_MEASURED_ON, ""),
        # "Accuracy averaged over five reasoning benchmarks exceeds", "9.8% better, as measured on six benchmarks"
        "averaged": pl.coalesce(
            having(side, "verag|[Mm]ean |measured|evaluated|tested").str.extract(averaged)
            for side in (left, pl.col("near"))
        ),
        # "Averaged over EMMA, OlympiadBench and MathVista, its accuracy exceeds"
        "averaged_names": having(left, "veraged").str.extract(
            rf"[Aa]veraged (?:over|across|on) ((?:{NAMES}(?:, and |, | and ))+{NAMES})"
        ),
        # "a 19.3% gain in accuracy over AIME25", but "over SQuAD models"
        "over": having(pl.col("near"), " over ").str.extract(
            rf" over (?:the )?((?:{NAMES}(?:, and |, | and ))*{NAMES})(?:[,.;)]|$| (?:on|in|while|with|by|for|compared) )"
        ),
        # "over nine demanding benchmarks the 1B model improves by"
        "over_some": having(left, "benchmarks|datasets|tasks|domains|languages").str.extract(
            rf"(?:^|[ (])[Oo]ver (?:the |all )?((?:{COUNTS}) (?:[A-Za-z-]+ ){{0,4}}(?:benchmarks|datasets|tasks|domains|languages))"
        ),
        # "completes triples in the LM-KBC 2024 challenge with an F1 score of"
        "in_challenge": having(left, "challenge|competition|leaderboard|shared task|track").str.extract(
            rf"(?:in|on|of|at) the ({NAMES}(?: [0-9]{{4}})?(?: [a-z-]+)? (?:challenge|competition|leaderboard|shared task|track))(?: |$)"
        ),
        # "Applied to iWildCam, it adds"
        "applied": pl.coalesce(opening, left).str.extract(
            rf"^(?:Applied to|Applying [a-z]+ to|Run on|Tried on|Tested on|Used on|Evaluated on) (?:the )?({NAMES}), (?:it|this|our|we|the) "
        ),
        # "Zed transfers to Video-MME, where its accuracy is"
        "where": having(left, ", where").str.extract(
            rf"to (?:the )?({NAMES}(?:(?:, |,? and ){NAMES})*), where[ ,](?u:[^;])*$"
        ),
        # "In human side-by-side evaluations, …"
        "in": pl.coalesce(opening, left).str.extract(
            "^(?:(?:[A-Z][a-z]+|For (?:example|instance)), )?[Ii]n ((?u:[^,])+), "
        ),
    }


_AHEAD = 102  # characters behind a number that may name its data set


def _with_sides(found: pl.DataFrame) -> pl.DataFrame:
    """The words before (`left`, `opening`), without what was not measured on; those behind up to the next thing that it does
    (`reach`), and the nearest of these (`ahead`)."""
    # a score of what was "trained on A" or is "based on B" is not of these
    made = "((?:train|tun|bas|buil|depend|rel|focus|learn)(?:ed|ing|t|s|ies)?(?: [a-z]+ly)?) on "
    sides = {name: found[name] for name in ("left", "opening", "near")}
    # "+8.1 on mAP@0.5 for the ScanNet dataset"
    sides["near"] = sides["near"].str.replace(f"^( *)on {AT_K} (for|on|in) ", "$1$2 ")
    for name, side in sides.items():
        at = (
            side.str.contains("ed on |ing on |ilt on |ds on |es on |ly on |in on |ne on |se on |nd on |us on |rn on ")
            & (found["kind"] != "ratio")
        ).arg_true()
        sides[name] = side.scatter(at, side.gather(at).str.replace_all(made, "$1 upon "))
    # "…, and demonstrates consistent improvements on"
    next_clause = rf"(?: (?:while|without)|, driven by|,? (?:and|while|but) (?:that|those) (?:on|for|in)|,? (?:and|while|but) (?:on|in|for) (?:the )?(?:[A-Za-z0-9-]+ ){{1,5}}(?:the|its|it|they|we)|,? (?:and|but)(?: also| it| they)?(?: [a-z]+ly)? (?:{DOES}|{WINS}|improves?|reduces?|rises?|falls?|drops?|increases?|decreases?|climbs?|generali[sz]es|transfers?|extends?|carries over|remains|(?:[a-z]+ )?(?:gains|improvements) on)|, (?:highlight|underscor|indicat|demonstrat|suggest|reveal)ing) (?u:.)*$"
    reach = sides["near"].str.replace(next_clause, " ")
    ahead = reach.str.head(_AHEAD)
    cut = (reach.str.len_chars() > _AHEAD).arg_true()
    ahead = ahead.scatter(cut, ahead.gather(cut).str.replace(" [^ ]*$", " "))  # no word is cut in two
    return found.with_columns(**sides, reach=reach, ahead=ahead)


def _inside() -> pl.Expr:
    named = rf"^(?:mean |average |overall )?({NAME}) (?:[a-z-]+ )?(?:accuracy|scores?|rates?|retrieval|performance|benchmark|perplexity|PPL|FID|BLEU|F1|m?AP|mIoU|PSNR|WER|EM)$"
    return pl.when(~pl.col("quantity").str.contains(_NO_OWNER)).then("quantity").str.extract(named)


def _is_measure(names: pl.Series, measures: pl.DataFrame) -> pl.Series:
    """True for a measure; "GenEval" is one and what it was measured on."""
    known = names.str.to_lowercase().is_in(measures["phrase"].implode())
    return known & ~names.str.contains("(?i-u)(?:eval|bench|reward|arena)")
