"""What a result was measured on, against what, and of which system: `dataset`, `baseline`, `subject`.

Read from the sentence of the result alone, but for the subject: where a sentence speaks of "our method", the name is the
one that the title or the abstract gives the work.
"""

import polars as pl

from paperhouse.extract.phrases import ANY, DOES, STOP, WORD, after_first, after_last

_NAME = r"(?:[A-Z][A-Za-z0-9@+.^_-]*[A-Za-z0-9+^]|[a-z]+[A-Z][A-Za-z0-9-]*|[a-z]+-[A-Z][A-Za-z0-9-]+)"
_TASKISH = (
    r"(?i-u)(?:^|[ -])(?:datasets?|benchmarks?|corpus|corpora|tasks?|test sets?|test|sets?|suites?|splits?|subsets?|problems|questions"
    r"|environments?|domains?|leaderboard|challenge|competition|queries|videos|images|languages|search|scenarios|settings?|evaluations?|bench|cases|reviews|prompts|scenes|competitions?|assessments?|pick-and-place|grounding|corpora|generation|detection|classification|segmentation|retrieval|recognition|reasoning)$"
)
_HARDWARE = r"(?i-u)(?:GPUs?|CPUs?|TPU|(?:^|[ -])[AHVL][0-9]{2,3}S?(?: |$)|RTX|Jetson|NVIDIA|device|hardware|FPGA|phone|edge|machine)"
_NO_OWNER = "^(?:F1|FID|BLEU|ROUGE|CLIP|AUC|IoU|mIoU|Top|Pass|Elo|Macro|Micro|LLM|VLM|MLLM|GPU|KV|CoT|RL|QA|VQA|OCR|ASR|Dice|Overall|Average|Success|Task|Jaccard|DINO|VQAScore|PSNR|SSIM)"
_NO_DATASET = (
    r"(?i-u)^(?:GPT|BERT|RoBERTa|LLaMA|Qwen|Mistral|Mixtral|Gemma|Gemini|Claude|DeepSeek|ResNet|ViT|CLIP|T5|Phi|OPT|Vicuna)[0-9. -]"
    r"|^(?:BERT|GPT|LLaMA)(?:-[a-z]+)?$|^average|^par |^top |^[0-9.]+$|^time|(?:^| )(?:models?|LLMs?|VLMs?|MLLMs?|families|backbones?|architectures?|baselines?)$"
    "|^(?:full |entire |whole |original |synthetic |our )*(?:data|datasets?|tasks?|benchmarks|settings?|scenarios|evaluations?|tests?|images|videos|problems|questions|cases)$"
    "|^(?:these|those|such|this) "
    "|^(?:addition|particular|contrast|total|summary|terms of|fact|practice|comparison|general|conclusion|order to|short|this)(?: |$)"
)
# Where the name of a data set ends: at a small word, a clause, a closing bracket
_SMALL = STOP.replace("|and|", "|").replace("|or|", "|")
_CLAUSE = (
    "(?:show|demonstrat|validat|indicat|reveal|confirm|suggest|highlight|reduc|improv|us|mak|establish|prov|includ|requir"
    "|yield|result|exceed|underscor|narrow|clos|beat|match|rang|involv|follow|illustrat|emphasiz|ensur|allow|enabl)(?:e|es|s|ing)"
    "|show|reveal|confirm|indicate|setting|surpass|outperform|leading|despite"
)
_DATASET_END = (
    rf" (?:{_SMALL}|{_CLAUSE}|{DOES}|[a-z]+ly|and (?:(?:the |a |an )?[a-z]+(?:s|ed|ing)|up|down|only|even|also|over|by"
    r"|on|in|from|[0-9.]+|[a-z]+ (?:the|a|an|up|of|in))|of [0-9]+)(?: (?u:.)*)?$"
    r"|(?u:[;:)(—–]|\. |\.$|, (?:[b-z0-9]|a[^n]|an[^d])|, and [a-z]| -- )(?u:.)*$"
)
_BASELINE_CUE = r"(?:compared (?:to|with|against)|in comparison (?:to|with)|relative to|with respect to|than|over|versus|vs\.?|against)"
_BEHIND_CUE = r"(?:[Cc]ompared (?:to|with|against)|[Ii]n comparison (?:to|with)|[Rr]elative to|[Uu]nlike|[Vv]ersus)"
_CONTEST = r"(?:outperform|surpass|exceed|beat)(?:s|ing|ed|es)?"
_DETERMINER = r"^(?i-u:(?:(?:that|those|the one) of |the |its |their |our |a |an |both |even |all |prior to )*)"
# "compared to 80.1% for the best model": the number is a claim of its own, what follows names the rival
_ITS_NUMBER = r"^[0-9.]+ ?%? *(?:for|of|by|with|in|from|achieved by|obtained by|using) "
_RIVAL_END = rf"(?: (?:{_SMALL}) {ANY}*| and (?:[a-z]+ (?:the |a |an |up )|[a-z]+(?:s|ed|ing) )?[a-z0-9]{ANY}*| (?:{STOP})$|(?u:[;:()—–]|\. |\.$|,$|, (?:[b-z0-9]|a[^n]|an[^d]|and [a-z])){ANY}*)$"
# A capitalised name, with what follows it: "Gemini Pro v1.5", "Neural Speed".
_RUN = rf"{_NAME}(?: (?:[A-Z0-9]|v[0-9])[A-Za-z0-9.+-]*)*"
_ACTORS = r"(?i-u)(?:models?|LLMs|VLMs|humans?|judges?|systems?|agents|methods|baselines?|counterparts?|interventions|experts|participants|annotators|transformers)(?: (?:with|trained|of|using) (?u:.)*)?$"
_DETERMINERS = r"^(?i-u:(?:even|the|a|an|both|all|its|their|that|while|and|but|only|as|whereas|with|most|many|some|several|our|existing|current) )+"
_OWN = r"(?i-u)^(?:our|this|these|we|it|they|which|that|its|proposed|resulting|new)(?: |$)|(?:experiments?|results?|evaluations?|analysis|findings|study|experimental)$|^[a-z]*ly$"
_OUR_METHOD = r"(?i-u)^(?:our|the proposed|this) (?:[a-z-]+ ){0,3}(?:method|framework|approach|model|system|algorithm|pipeline|strategy|training|finetuning|fine-tuning)"
# Capitalised for another reason than that it is a name.
_NO_ACTOR = (
    "^(?:Our|We|The|This|These|It|They|Experiments?|Experimental|Extensive|Results?|Evaluations?|Empirical|Empirically|Notably|Moreover"
    "|Furthermore|Additionally|Specifically|However|Finally|Overall|Compared|Comprehensive|Code|In|On|Across|For|With|While|When|Through"
    "|By|To|As|At|From|Using|Based|Remarkably|Surprisingly|Importantly|Meanwhile|Further|Also|Further|Even|Both|All|Such|Despite"
    "|Thus|Therefore|Hence|Quantitatively|Tests?|Testing|Evaluated|Evaluation|Training|Trained|Human|Key|Analysis|Analyses|Simulations?|Given|Without"
    "|State-of-the-art|SOTA|SoTA|LLMs?|AI|GPUs?|A|An|I|There|That|Here|Our)(?: |$)"
)
_HELPER = r"(?:can|could|also|further|even|only|still|now|significantly|consistently|substantially|markedly|successfully|typically|effectively|just|merely|already|will|to|both|is able to|generally)"
_ACTS = rf"(?:{DOES}|(?:reduc|improv|increas|boost|outperform|surpass|exceed|accelerat|enhanc|lift|cut|sav|decreas|perform|attain|matches|lower|rais|pass|scal|consum|requir|need)(?:e|es|ed|ing|s)?|having|has|is|shows?|offers?|beats)"
_OPENS = r"(?:^|[,;:(]| (?:that|and|while|where|with|but|when|whereas|like|of|finding|enabled|enables|enabling|allows|lets|helps))"


def _cut(text: pl.Expr, end: str) -> pl.Expr:
    return (
        text.str.replace(end, "")
        .str.strip_chars(" ,.'\"")
        .str.replace(" (?:and|or|show|shows|demonstrate|demonstrates|reveal|reveals|indicate)$", "")
    )


def _placed(found: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The texts, each cut to the data set, benchmark or set of tasks that opens it; NULL where nothing looks like one."""
    opening = r"^(?i-u:(?:the |a |an |all |its |both |our )*)"
    counted = "^(?:[0-9]+|[a-z]+) (?:datasets|tasks|benchmarks|subsets) (?:from|of|in) (?:the )?"
    # "the challenging reasoning benchmark SAT" is SAT
    modified = rf"^(?:[a-z][a-z-]* )+({_NAME}(?: (?u:[^ ])+){{0,3}})$"
    found = found.with_columns(
        _cut(pl.col(name).str.replace(opening, "").str.replace(counted, ""), _DATASET_END).str.replace(modified, "$1")
        for name in names
    )

    def fits(name: pl.Expr) -> pl.Expr:
        shown = name.str.contains(rf"(?:^|[ -]){_NAME}") | name.str.contains(_TASKISH)
        barred = name.str.contains(_HARDWARE) | name.str.contains(_NO_DATASET)
        return shown & ~barred & (name.str.count_matches(" ") < 11)

    return found.with_columns(pl.when(fits(pl.col(name))).then(name).alias(name) for name in names)


def _with_dataset(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    def ahead(prepositions: str) -> pl.Expr:
        return after_first(
            pl.col("near").str.replace(" (?:while|without) (?u:.)*$", " ").str.head(90), rf"[ (](?:{prepositions}) "
        )

    behind = after_last(pl.col("left"), r"(?:^|[ (])(?:[Oo]n|[Aa]cross) ")
    behind = behind.str.replace(
        r"(?i-u)( (?:datasets?|benchmarks?|tasks?|corpus|suite|scenarios|settings|evaluations?|assessments|environments|domains)), (?u:.)*$",
        "$1",
    )
    kinds = "(?:tasks?|datasets?|benchmarks?|settings?|scenarios|environments)"
    shown = pl.col("left").str.contains(rf"(?-u) {kinds}(?:[ ,]|$)")
    within = (
        pl.when(shown).then("left").str.extract(rf"^{ANY}*[ (](?:in|for|over|of) ((?:{WORD} ){{0,4}}{kinds})(?:[ ,]|$)")
    )
    # "Experiments across six benchmarks show that …", "In human side-by-side evaluations, …"
    far = pl.coalesce(pl.col("opening"), pl.col("left"))
    opened = pl.coalesce(
        after_first(pl.col("opening"), r"(?:^|[ (])(?:[Oo]n|[Aa]cross) "),
        far.str.extract("^(?:[A-Z][a-z]+, )?In ((?u:[^,])+), "),
    )
    found = found.with_columns(
        opened.alias("_opened"),
        ahead("on|across").alias("_on"),
        ahead("on|across|in|for|over").alias("_in"),
        behind.alias("_behind"),
        within.alias("_within"),
    )
    found = _placed(found, ["_on", "_in", "_behind", "_within", "_opened"])
    tasks = pl.when(pl.col("_in").str.contains(_TASKISH)).then("_in")
    # "AIME24 scores of"
    owner = rf"({_NAME}(?: (?:&|and) (?:{_NAME}|[0-9]+))?) (?:[a-z-]+ )?(?:scores?|accurac(?:y|ies)|success rates?) (?:of|is) (?:[a-z]+ )*$"
    scored = pl.when(pl.col("rule").str.starts_with("measure_of")).then("left").str.extract(owner)
    # "82.2% ImageNet accuracy"
    inside = (
        pl.when(~pl.col("quantity").str.contains(_NO_OWNER))
        .then("quantity")
        .str.extract(rf"^({_NAME}) (?:[a-z-]+ )?(?:accuracy|scores?|rates?|retrieval|performance|benchmark)$")
    )
    # "on ASQA (up 10.7), QAMPARI (+29.2)"
    bracket = pl.when(pl.col("rule") == "signed").then("left").str.extract(rf"({_RUN}) [(](?:[+-] ?|up |down |by )*$")

    def sound(name: pl.Expr) -> pl.Expr:
        # "GenEval" is a measure and what it was measured on
        both = name.str.contains("(?i-u)(?:eval|bench|reward|arena)")
        return pl.when(both | ~name.str.to_lowercase().is_in(measures["phrase"].implode())).then(name)

    inside, scored = sound(inside), sound(scored)
    return found.with_columns(
        pl.coalesce(bracket, inside, "_on", tasks, "_behind", "_within", scored, "_opened").alias("dataset")
    )


def _with_baseline(found: pl.DataFrame) -> pl.DataFrame:
    near, left, contest = pl.col("near"), pl.col("left"), pl.col("says") == "contest"
    beaten = after_last(left, rf"(?:^|[ (])(?i-u:{_CONTEST}) ")
    what = pl.when(contest).then("what").str.replace(r"^(?i-u:over|upon|on) ", "")
    # "frameworks, such as PyTorch JIT, TensorFlow XLA and … by 87%, 131% and …"
    one_each = pl.when(pl.col("list_length") > 1).then(what)
    # "substantial improvements over existing agents with average +14.5pp"
    over = after_last(
        left,
        r"(?:improvements?|gains?|advantages?|performance|superior|superiority|advances?|comparable|better) (?:over|upon|against|to|with|than) ",
    )
    rivals = {
        "_each": after_first(one_each, ",? (?:such as|including|like|e[.]g[.],?|namely) "),
        "_named": what,
        "_of": pl.when(pl.col("rule") == "times_of_rival").then("whatb"),
        "_beaten": pl.when(contest).then(beaten),
        "_ahead": after_first(near, rf"[ (,](?i-u:{_BASELINE_CUE}) "),
        "_behind": after_last(left, rf"(?:^|[ (]){_BEHIND_CUE} ").str.extract("^((?u:[^,]+)),"),
        "_exceeded": pl.when(pl.col("says") == "change").then(beaten),
        "_over": pl.when(pl.col("changes")).then(over),
        # "reduces the response length of DeepSeek-R1 by 53%"
        "_of_rival": pl.when(pl.col("rule") == "change_verb_by")
        .then("what")
        .str.extract(rf" of ((?:[a-z-]+ ){{0,2}}{_RUN}|(?:the |an? )?(?:[a-z-]+ ){{1,3}}(?:models?|baselines?))$"),
        "_after": after_first(near, rf"(?i-u), (?:significantly |thereby |substantially )?{_CONTEST} "),
    }
    found = found.with_columns(text.alias(name) for name, text in rivals.items())
    found = found.with_columns(
        _cut(pl.col(name).str.replace(_ITS_NUMBER, "").str.replace(_DETERMINER, ""), _RIVAL_END) for name in rivals
    )

    def fits(name: pl.Expr) -> pl.Expr:
        odd = name.str.contains(r"^[0-9.]+|^(?i-u:time|a factor|which|it|this)$")
        short = name.str.count_matches(" ") < pl.when(pl.col("list_length") > 1).then(30).otherwise(10)
        return ~odd & (name.str.len_bytes() > 2) & short

    return found.with_columns(pl.coalesce(pl.when(fits(pl.col(name))).then(name) for name in rivals).alias("baseline"))


_MAKE = "(?:propos|introduc|present|develop|releas|design|build|creat|describ)(?:e|es|ing)?"
# How an abstract names its work, the surest first.
_INTRODUCTIONS = (
    # "we propose Zero Effort Decoding (ZED)"
    rf" {_MAKE} [^.()]{{0,140}}[A-Z][A-Za-z-]+ \(([A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)\)",
    # "we introduce Zed, a", "and propose Zed"
    rf"(?:[Ww]e|and|[Pp]aper|[Ww]ork|[Rr]eport|[Rr]esearch|[Ss]tudy)(?: [a-z]+)? {_MAKE} (?:the )?({_NAME})(?:[ ,.:;(])",
    # "our proposed Zed", "our final model, Zed"
    "(?:[Oo]ur|[Tt]he) (?:(?:proposed|new|novel|approach,|method,|framework,|model,)(?: [a-z-]+){0,3}"
    rf"|[a-z-]+ (?:model|method|system),) ({_NAME})",
    # "that Zed consistently outperforms"
    rf"(?:[a-z] that|[.] (?:[A-Z][a-z]+, )?)(?: the)? ?({_NAME}) (?:can |also |significantly |consistently |typically )*"
    "(?:achieves|outperforms|surpasses|improves?|reduces?|enhances|delivers|exceeds)",
    # "a framework called Zed", "dubbed as Zed", "namely Zed"
    rf"(?:called|named|termed|dubbed|namely|, i\.e\.,)(?: as)? ({_NAME})",
)
# "we propose Zed, a suite"
_SUITE_KINDS = "benchmark|dataset|evaluation suite|testbed|corpus|leaderboard|evaluation framework"
_SUITE = rf"({_NAME}),? (?:which is )?(?:a|an|the) (?:(?u:[^ ,.])+ ){{0,7}}?(?:{_SUITE_KINDS})[ ,.]"


def paper_names(texts: pl.DataFrame) -> pl.DataFrame:
    """The name that a paper gives its work (before the colon of the title, or where the abstract introduces it), and
    whether that work is a benchmark, so that its numbers are of other systems."""
    title, abstract = texts["title"], texts["abstract"]
    suite = _extracted(abstract, _SUITE, abstract.str.contains(_SUITE_KINDS))
    titled = title.str.extract("^([^ :]+(?: [^ :]+){0,2}): ").str.replace("^The ", "")
    several = titled.str.contains(" ")
    stated = pl.DataFrame({"abstract": abstract, "titled": titled}).select(
        pl.col("abstract").str.contains(pl.col("titled"), literal=True)
    )
    name = titled.set(several & ~stated.to_series(), None)
    # each is asked only where none before has said it
    for pattern in _INTRODUCTIONS:
        said = _extracted(abstract, pattern, name.is_null())
        # a data set beside the work is not the work
        beside = (said == suite).fill_null(value=False) | said.str.contains(_NO_ACTOR).fill_null(value=False)
        name = name.zip_with(name.is_not_null(), said.set(beside, None))
    phrase = titled.set(~titled.str.contains("^(?:[A-Z0-9][A-Za-z0-9.-]* ?){2,3}$"), None)
    for last in (phrase, suite):
        name = name.zip_with(name.is_not_null(), last)
    # "… with a Unified Benchmark" brings one beside its method
    itself = title.str.replace("(?i-u) (?:with|via|using|through) (?u:.)*$", "")
    benchmark = itself.str.contains("(?i-u)bench|dataset|arena|corpus|challenge|evaluating|assessing|eval(?:[ :-]|$)")
    is_benchmark = benchmark.fill_null(value=False) | (suite == name).fill_null(value=False)
    return pl.DataFrame({"paper_name": name, "is_benchmark": is_benchmark})


def _extracted(texts: pl.Series, pattern: str, asked: pl.Series) -> pl.Series:
    """What the pattern's group holds in the texts asked for; NULL in the others."""
    return texts.set(~asked.fill_null(value=False), None).str.extract(pattern)


def _with_subject(found: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Who acts nearest before the number, else the paper's own work, else who opens the sentence."""
    left = pl.col("left")
    actor = left.str.extract(rf"^{ANY}*{_OPENS} *((?:{WORD} ){{0,6}}?{WORD}),? (?:{_HELPER} )*{_ACTS}(?: |$)")
    # "DAAMAudioCNNLSTM with an F1 score of"
    # "GPT-4o, which achieves"
    told = left.str.extract(rf"({_RUN})[)]?,? which (?:{_HELPER} )*{_ACTS}(?: |$)")
    holder = left.str.extract(rf"(?:^|[:;,] | and )({_RUN}) with (?:an? )?(?:(?u:[^ ,])+ ){{0,4}}(?:of|at) *$")
    opener = left.str.extract(rf"^(?:[A-Z][a-z]+, )?(?:[Oo]ur |[Tt]he )?(?:proposed )?({_RUN}) (?:{_HELPER} )*{_ACTS} ")
    found = found.with_columns(
        pl.coalesce(holder, told, actor).str.strip_chars(" ").alias("_actor"), opener.alias("_opener")
    )
    actor = pl.col("_actor")
    own = actor.str.contains(_OWN)
    bare = actor.str.replace(_DETERMINERS, "")
    # "the top open model DeepSeek-V3" is DeepSeek-V3, "proprietary models like GPT-4o" GPT-4o
    named = bare.str.extract(
        rf"(?:^|[ (])({_RUN})(?: (?:model|encoder|framework|method|agent|variant|system|persuader))?$"
    )
    measured = named.str.to_lowercase().is_in(measures["phrase"].implode())
    named = pl.when(~named.str.contains(_NO_ACTOR) & ~measured).then(named)
    others = pl.when(~own & bare.str.contains(_ACTORS)).then(bare)
    ours = pl.when(~pl.col("is_benchmark") | actor.str.contains(_OUR_METHOD)).then("paper_name")
    opener = pl.when(~pl.col("_opener").str.contains(_NO_ACTOR)).then("_opener")
    return found.with_columns(pl.coalesce(named, others, ours, opener).alias("subject"))


def with_context(found: pl.DataFrame, texts: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Adds `dataset`, `baseline`, `subject`; in a list of numbers each takes its own member of a list of the same length."""
    named = found["text_row"].unique().sort()
    names = paper_names(texts.select(pl.all().gather(named))).with_columns(named)
    alone = pl.col("list_length") == 1
    # up to the next result, so that what belongs to that one is not taken
    near = pl.when(alone).then("right").str.replace(rf"(?:[ (][0-9.,]+ ?(?:%|x |times|points)){ANY}*$", " ")
    near = pl.lit(" ") + pl.coalesce(near, "right").str.head(220)
    found = found.join(names, on="text_row", how="left", maintain_order="left").with_columns(near.alias("near"))
    found = _with_subject(_with_baseline(_with_dataset(found, measures)), measures)
    other = pl.col("subject").is_null() | (pl.col("subject") != pl.col("paper_name"))
    home = pl.when(pl.col("is_benchmark") & other).then("paper_name")
    # "Zed improved by 7.3%"
    itself = pl.col("quantity").str.contains("^[A-Z]") & pl.col("quantity").str.starts_with(
        pl.col("paper_name").str.slice(0, 8)
    )
    found = found.with_columns(
        pl.when(itself.fill_null(False)).then(pl.lit("performance")).otherwise("quantity").alias("quantity")
    )
    found = found.with_columns(_member("dataset"), _member("baseline"), _member("quantity"))
    found = _within_sentence(
        _within_sentence(found, "dataset", pl.lit(True)), "baseline", pl.col("kind").is_in(["ratio", "percent_change"])
    )
    return found.with_columns(pl.coalesce("dataset", home).alias("dataset"))


def _within_sentence(found: pl.DataFrame, name: str, takes: pl.Expr) -> pl.DataFrame:
    """What one number of a sentence names holds for the others that name nothing: first from before, then from after."""
    row = pl.col("sentence_row")
    opening, closing = (row != row.shift(1)).fill_null(True), (row != row.shift(-1)).fill_null(True)
    before = pl.when(opening).then(pl.col(name).fill_null("")).otherwise(name).forward_fill()
    after = pl.when(closing).then(pl.col(name).fill_null("")).otherwise(name).backward_fill()
    filled = pl.coalesce(name, pl.when(takes).then(pl.coalesce(before.replace("", None), after.replace("", None))))
    return found.with_columns(filled.alias(name))


def _member(name: str) -> pl.Expr:
    parts = (
        pl.col(name)
        .str.replace_all(r",? and |, | & |/", "\x1e")
        .str.replace(r" (?:datasets|benchmarks|tasks)$", "")
        .str.split("\x1e")
    )
    fits = (pl.col("list_length") > 1) & (parts.list.len() == pl.col("list_length"))
    return (
        pl.when(fits).then(parts.list.get(pl.col("list_index"), null_on_oob=True)).otherwise(pl.col(name)).alias(name)
    )
