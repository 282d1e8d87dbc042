"""What a text names that something may be measured on: the words cut to a data set, a benchmark or a set of tasks."""

import polars as pl

from paperhouse.extract.paper_names import NAME, NAMES
from paperhouse.extract.patterns import COUNTS, DOES, LLM, MONTHS, SMALL, WINS, noun_phrase

# How the words for a set of tasks end, and the names of benchmarks
TASKISH = (
    r"(?i-u:(?:^|[ -])(?:datasets?|benchmarks?|corpus|corpora|tasks?|test ?sets?|test|sets?|suites?|splits?|subsets?|problems|questions"
    r"|environments?|leaderboard|challenge|competition|queries|videos|languages|experiments|scenarios|settings?|evaluations?|bench|cases|reviews|prompts|tracks?|domains?|data|images|scenes|objects|documents|cohorts?|patients|specimens|captures|topics|competitions?|assessments?|user stud(?:y|ies)(?: (?:with|of|involving) [0-9]+ [a-z]+)?|pick-and-place|grounding|rendering|addition|detection|classification|segmentation|retrieval|recognition|reasoning|answering|editing|planning|summarization|captioning|extraction))$|[A-Za-z](?:Bench|QA|Eval|Arena)$"
)
_MODELS = f"(?:models|{LLM}s|families|backbones|architectures)"
# What a result was measured with
HARDWARE = r"(?i-u:GPUs?|CPUs?|TPU|(?:^|[ -])[AHVL][0-9]{2,3}S?(?:[ ,-]|$)|RTX|Jetson|NVIDIA|Raspberry Pi|M[1-4][ -](?:Ultra|Pro|Max)|Orin(?:[ ,-]|$)|FPGA|phones?(?:[ ,-]|$)|Snapdragon|(?:^|[ -])(?:devices?|hardware|edge|processors?|chips?)(?:[ ,-]|$)|machines?$| platforms?$)"
# What is written where a data set might be and is none; whatever the case of its letters from the line that says so
_NO_DATASET = (
    "^(?:Avg|Average|Overall|Mean|Total)[.]?$|^(?:If|As|Since|Python|Java)$",
    # a measure: "F1", "Success Rate", "mAP@0.5"
    "^m?AP_|(?:Index|[Mm]etrics?|[Ss]cale|Distance|Divergence|Similarity|Score|Rate|F1|AUC|mAP|IoU|BLEU|ROUGE)$|@[0-9]",
    # a model or method: "Qwen2.5-7B", "MLRMs", "Best-of-N"
    "-[0-9.]+[BM](?:$|[ ,-])|[A-Z]L[LMR]?Ms?$|^Best-of-|^(?:SOTA|SoTA|CoT|RAG|STEM)$",
    "^[A-Z][a-z]+ly$",
    "^(?:it|them|themselves|itself)(?:,| |$)|'s [0-9]",
    f"^{NAME} an? ",  # "In Zed a hierarchy of agents shares"
    rf"(?i-u)(?:^| )(?:models?|{LLM}s?|agents|systems|families|family|backbones?|architectures?|baselines?|frameworks?|pipelines?|methods?|networks?|transformers?|autoencoders?|concepts|regions|characteristics|ones)$",
    f"(?:^| )(?:models|{LLM}s) (?:and|of|from) ",
    # what tells none: "our full dataset", "most tasks", "the same benchmark", "some cases"
    "^(?:full |entire |whole |original |synthetic |our )*(?:data|datasets?|tasks?|benchmarks|settings?|scenarios|evaluations?|tests?|images|videos|problems|questions|cases|experiments)$",
    "^(?:various|some|multiple|different) (?:[a-z]+ )*(?:tasks|settings|scales|configurations|conditions|cases)$",
    "budgets?$",  # what it may spend
    "^(?:these|those|such|this|each|every|only|just) |^(?:nearly all|most|almost all|all|the|evaluated|absolute)?(?: evaluated)?(?: ?(?:tasks?|settings?|cases|datasets?|benchmarks?|scenarios|languages|domains))?$",
    "^(?:some|most|many|certain|rare|several|worst|simple) cases$|^(?:above|same|respective|aforementioned|corresponding) (?:datasets?|tasks?|benchmarks?|test sets?)$",
    "^(?:newly |recently )?(?:proposed|introduced|curated|collected) (?:datasets?|benchmarks?)$|^[0-9]+ languages$|^[0-9.]+$",
    # "training a model", "on average", "par with", "the other hand"
    "^[a-z]+ing (?:an?|the) |^average|^par |^top |^time|^other hand",
    f"^(?:{MONTHS}|Spring|Summer|Fall|Autumn|Winter)(?: of)?(?: [0-9]{{4}})?$",
    "^(?:addition|particular|contrast|total|summary|terms of|fact|practice|comparison|general|conclusion|order to|short|this)(?: |$)",
)
# Where the name of a data set ends: at a small word, a clause, a closing bracket
_CLAUSE = (
    "(?:show|demonstrat|validat|indicat|reveal|confirm|suggest|highlight|improv|us|mak|establish|prov|includ|requir"
    "|yield|result|com|amount|total|exceed|underscor|narrow|clos|beat|match|rang|involv|follow|illustrat|emphasiz|ensur|allow|enabl)(?:e|es|s|ing)|reduc(?:e|es|ed|ing)"
    f"|show|reveal|confirm|indicate|whereas|setting|{WINS}|leading|despite"
)
# "accuracy on MMLU rises from"
_MOVES = "(?:increas|decreas|improv|degrad|declin|ris|clos)(?:es?|ed)|(?:drop|fall|grow|climb|jump|shrink|surg|soar|plummet|plung|remain|stay)(?:s|ped|ed|es)?|rose|fell|grew|goes|went"
_DATASET_END = (
    # "on ImageNet, Zed reaches": who acts is no member of a list
    rf", (?:our |the )?{NAMES}'s (?u:.)*$"
    rf"|, (?:and |while )?(?:our |the )?{NAMES} (?:[(](?u:[^()])+[)] |models? |agents? |framework |method )?(?:(?:can|also|further|still|only|significantly|consistently) )*(?:{DOES}|{_CLAUSE}|{_MOVES}|was|were|is|has|sets)(?: (?u:.)*)?$"
    rf"| (?:{SMALL}|{_CLAUSE}|{DOES}|{_MOVES}|[a-z]+ly|and (?:[A-Za-z0-9@-]+ (?:=|of [0-9])|(?:the |a |an )?[a-z]+(?:s|ed|ing)|find|show|observe|up|down|only|even|also|over|by"
    r"|on|in|from|[0-9.,]+%?|[a-z]+ (?:the|a|an|up|of|in)|an? (?u:[^ ])+ of)|of [0-9]+)(?: (?u:.)*)?$"
    r"|(?u:[;:)(—–]|\. |\.$|, (?:[b-z0-9+]|a[^n]|an[^d])|, and [a-z+]| -- |\\footnote)(?u:.)*$"
)
# What a name may stand before, and is no verb
_THINGS = (
    "^(?:task|dataset|benchmark|question|problem|setting|scenario|environment|domain|split|subset|querie|video|image|prompt|scene|object"
    "|document|evaluation|experiment|test|set|track|variant|language|level|game|competition|challenge|suite|protocol|pair|sample|metric"
    "|instance|issue|collection|clip|patient|robot|categorie|dialogue|text|review|paper|sequence|signal|score|result|leaderboard|subtask|series|genomics|dynamics|physics|mathematics|robotics)s?$"
)


def place(texts: pl.Series, tried: pl.Series, models: str) -> pl.Series:
    """The texts, each cut to the data set, benchmark or set of tasks that opens it; NULL where nothing looks like one, but for what is
    said to have been tried."""
    # "MLVU (test), LVBench, and": a bracket ends no list
    texts = texts.str.replace_all(r" \((?u:[^()+-]){1,12}\)(,| and)", "$1")
    # "AP+6.9 on COCO, AR+11.1 on UVO": the next gain
    texts = texts.str.replace("(?:,| and|, and) [A-Z][A-Za-z0-9@]*[+][0-9](?u:.)*$", "")
    counted = "^(?:[0-9]+|[a-z]+) (?:datasets|tasks|benchmarks|subsets) (?:of|in) (?:the )?"
    # "the challenging reasoning benchmark SAT" is SAT
    modified = rf"^(?:[a-z][a-z-]* )+({NAME}(?: (?u:[^ ])+){{0,3}})$"
    texts = (
        texts.str.replace_all(" +", " ")
        .str.replace(r"^(?i-u:(?:the |a |an |all |its |both |our )*)", "")
        .str.replace("^(?:wide |broad |diverse |large )+(?:range|variety|set|array|spectrum|suite|collection) of ", "")
        .str.replace("^(?:(?:sub|held-out )?set|total) of (?:the )?", "")
        .str.replace(counted, "")
        .str.replace(f"^({NAME})'s [a-z-]+ settings?(?u:.)*$", "$1")
    )
    # "inter-class benchmark A and non-isometric benchmarks B and C"
    texts = texts.str.replace_all(
        r"(^|, |and )(?:[a-z][A-Za-z-]* |[A-Z]{2} )+(?:benchmarks?|datasets?) ([A-Z])", "$1$2"
    )
    # "29 tasks and multiple robot embodiments"
    texts = texts.str.replace(
        f"^(?:(?:{COUNTS}) )?(?:[A-Za-z-]+ ){{0,3}}{_MODELS} and ((?:[a-z0-9-]+ )+(?:benchmarks|datasets|tasks))", "$1"
    )
    texts = texts.str.replace(
        rf" (tasks|datasets|benchmarks|languages|domains|settings|problems|scenarios|environments) and (?:[a-z]|{LLM}s[ ,])(?u:.)*$",
        " $1",
    )
    # "26 visual reasoning and understanding benchmarks" are of both kinds
    texts = texts.str.replace(
        rf"^((?:{COUNTS}) (?:[a-z-]+ )+)and ([a-z-]+ (?:benchmarks?|datasets?|tasks?|problems|settings|scenarios))",
        "$1\x1f $2",
    )
    texts = (
        noun_phrase(texts, _DATASET_END)
        .str.replace(r" and (?:[+-]|an?|(?:more|less)(?: than)?|up(?: to)?|over|about|nearly|almost|around|only)$", "")
        .str.replace("\x1f", "and", literal=True)
        # "the WyeQA benchmark Zed improves"
        .str.replace(rf"^({NAMES} (?:benchmark|dataset|corpus)) {NAMES}$", "$1")
        .str.replace(modified, "$1")
        # "on the two quiz sets the margin widens"
        .str.replace(
            "((?:datasets|benchmarks|sets|tasks|problems|questions|splits)) (?:the|its|their|our) (?u:.)*$", "$1"
        )
        # "CiFAKE dataset augmented", "ten benchmarks, Zed"
        .str.replace(r"((?:datasets?|benchmarks?|corpus|corpora|test sets?)) [a-z]+ed$", "$1")
        .str.replace(
            rf"^((?:{COUNTS}) (?:[a-z-]+ )*(?:benchmarks|datasets|tasks)), [A-Z](?u:[^ ,])*(?: (?:[b-z]|a[^n])(?u:[^,])*)?$",
            "$1",
        )
        .str.replace(rf"^(?u:[^,])+ (?:benchmark|dataset|framework|suite|environment) ({NAME})$", "$1")
    )
    # "on HumanEvalFix the rate of repairs is"
    texts = texts.str.replace(rf"^({NAMES}) (?:the|its|our|their) (?u:.)*$", "$1")
    texts = _before_a_verb(texts)
    shown = (tried & texts.str.contains(" ")) | texts.str.contains(rf"(?:^|[ -]){NAME}|{TASKISH}")
    barred = texts.str.contains(HARDWARE) | is_none(texts, models) | (texts.str.count_matches(" ") > 10)
    return texts.set((~shown | barred).fill_null(value=False), None)


def _before_a_verb(texts: pl.Series) -> pl.Series:
    """ "AIME24, TIER consumes 58%", "AlbumBench handles spatial questions": of names that a verb follows, those before who acts."""
    said = texts.str.extract_groups(
        rf"^({NAMES}(?:(?:, and |, | and ){NAMES})*) ([a-z]+[^su]s|come|amount)(?: [A-Za-z0-9]|$)"
    )
    names, verb = said.struct[0], said.struct[1]
    acts = (names.is_not_null() & ~verb.str.contains(_THINGS)).fill_null(value=False)
    return texts.zip_with(~acts, names.str.replace(rf", (?:and )?{NAMES}$", ""))


def is_none(names: pl.Series, models: str) -> pl.Series:
    """True for what is no data set: a model ("Qwen2.5-VL", "BERT-base", but "CLIP-Bench" is one), a measure, what tells none."""
    model = names.str.contains(models) & ~names.str.contains(
        "(?:[Bb]ench|Eval|QA|Arena|Tasks)(?:[A-Za-z0-9-]*| .*)$|(?:dataset|benchmark|corpus|Gym|-CC)$"
    )
    return model | names.str.contains("|".join(_NO_DATASET))
