"""The name that a paper gives its work, and what names look like at all."""

import polars as pl

from paperhouse.extract.patterns import FONTS, is_dataset, model_names, scattered
from paperhouse.vocabulary import Vocabulary

NAME = r"(?:[A-Z][A-Za-z0-9@+.^_-]*[A-Za-z0-9+^](?:/[0-9]+)?|[a-z]+[A-Z][A-Za-z0-9-]*|[a-z]+[0-9]*-[A-Z][A-Za-z0-9-]+(?:/[0-9]+[+]?)?|[0-9]D[A-Z][A-Za-z0-9-]*|o[1-9](?:-[a-z]+)?|(?:gpt|claude|gemini|qwen|llama|deepseek)-?[a-z0-9.-]*[0-9][a-z0-9-]*)"
# A capitalised name, with what follows it: "Gemini Pro v1.5", "Neural Speed".
NAMES = rf"{NAME}(?: (?:[A-Z0-9]|v[0-9]|o[1-9])[A-Za-z0-9.+-]*)*"
# A data set as most are written, one word with letters of both sizes: "AndroidWorld", "OSWorld", "ScreenShot-Pro".
BENCHMARK = "(?:[A-Z]+[a-z]+[A-Z][A-Za-z-]*|[A-Z]{2,}[a-z]{2}[A-Za-z-]*)"
# Capitalised for another reason than that it is a name.
NO_NAME = (
    "^(?:[AHVL][0-9]{2,4}(?:S|-[0-9]+GB.*)?|[GMk]?Hz|RTX[0-9]*|NVIDIA|V[0-9]|Total|Findings|Models|Our|Ours|We|The|This|These|It|Its|They|Their|Each|One|No|None|Not|Most|Some|Many|Several|Few|Neither|Even|Individual|Experiments?|Experimental|Extensive|Results?|Evaluations?|Empirical|Empirically|Notably|Moreover"
    "|Furthermore|Additionally|Specifically|However|Finally|Overall|Compared|Comprehensive|Code|In|On|Across|For|With|While|When|Through"
    "|By|To|As|At|From|Using|Based|Remarkably|Surprisingly|Importantly|Meanwhile|Further|Also|Both|All|Such|Despite"
    "|Thus|Therefore|Hence|Together|Collectively|Jointly|Taken|Preclinical|Median|Quantitatively|Tests?|Testing|Evaluated|Evaluation|Training|Trained|Human|Key|Analysis|Analyses|Simulations?|Given|Without"
    "|First|Second|Third|Fourth|Lastly|State-of-the-art|SOTA|SoTA|LLMs?|AI|GPUs?|Large Language Models?|Vision-Language Models?|A|An|I|There|That|Here|Proprietary|Benchmarking|Current|Existing|Recent|Leading|Manual|Dataset|Benchmark|Introducing|Applying|Adding|Combining|Incorporating|Tier|Level|Stage|Phase|Cohen|Fleiss|Spearman|Kendall|Krippendorff|Validation|Comparative|Fine-tuned|Table|Figure|Section|Algorithm|Modern|Popular|Standard|Traditional|Conventional|Smaller|Larger)(?:[ ,]|$)|^[A-Z][a-z]{3,}ed$|-(?:based|driven|guided|aware)$"
)

_MAKE = "(?:propos|introduc|present|develop|releas|design|build|creat|describ)(?:e|es|s|ing)?"
# How an abstract names its work, the surest first.
_WE = "(?:[Ww]e|and|[Pp]aper|[Ww]ork|[Rr]eport|[Rr]esearch|[Ss]tudy)"
_BY_US = rf"{_WE}(?: [a-z]+){{0,2}} {_MAKE}"
# "Diffusion Preview", "Agent K v1.0"
_WORDS = "[A-Z][a-z]+(?: (?:[A-Z]|v?[0-9])(?:[A-Za-z0-9.]*[A-Za-z0-9])?){1,3}"
_KINDS = "(?:framework|method|approach|model|system|algorithm|strategy|technique|attack|architecture|network|module|paradigm|pipeline|scheme|mechanism|agent|loss|solution)"
_CALLED = "(?:called|named|termed|dubbed|coined)(?: as)?"
_INTRODUCTIONS = (
    # "we develop Meta Reinforcement Fine-Tuning, or MRT"
    rf"{_BY_US} [^.()]*[A-Z][A-Za-z-]+, (?:or|coined|dubbed|named|called|termed|abbreviated as) ({NAME})(?:[,.;:]| [a-z(])",
    # "we propose Zero Effort Decoding (ZED)", "we propose DUal-STream diffusion (DUST)"
    rf"{_BY_US} [^.(),]*[A-Z][^.(),]* \(([A-Z]+[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)\)",
    # "we introduce Zed, a", "and propose Zed"
    rf"{_WE}(?: [a-z]+)? {_MAKE} (?:the )?({_WORDS}|{NAME})(?:[ ,.:;(!])",
    # "our Zero Effort Decoder (ZED)"
    r"[Oo]ur (?:[a-z]+,? )?(?:[A-Z][A-Za-z-]+ ){2,6}\(([A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)\)",
    # "we propose a mixture of heads (MoH)"
    rf"{_BY_US} [^.()]* \(((?:[A-Z][a-z]+|[a-z]+)[A-Z][A-Za-z0-9]*)\)",
    # "we propose a collaboration-constrained routing (C2R) strategy"
    rf"{_BY_US} [^.()]* \(([A-Z][A-Za-z0-9-]*[A-Z0-9])\) {_KINDS}",
    # "we turn this into Zed, a"
    rf" into ({NAME}), an? ",
    # "our proposed Zed", "our final model, Zed"
    "(?:[Oo]ur|[Tt]he) (?:(?:proposed|resulting|new|novel|approach,|method,|framework,|model,)(?: [a-z-]{4,}){0,3}"
    rf"|[a-z-]+ (?:model|method|system),) ({NAME})",
    # "that Zed consistently outperforms"
    rf"(?:[a-z] that|[.] (?:[A-Z][a-z]+, )?)(?: the)? ?({NAME}) (?:can |also |significantly |consistently |typically )*"
    "(?:achieves|outperforms|surpasses|improves?|reduces?|enhances|delivers|exceeds)",
    # "we propose a novel single-stage 3D diffusion model, Zed, for"
    rf"{_MAKE} (?:a|an|the) (?:(?u:[^ ,.()])+ ){{1,9}}?[a-z]+, ({NAME})(?:[,.]| \()",
    # "an attack called Zero Effort Decoding (ZED)"
    rf"{_KINDS},? {_CALLED} (?:the )?(?:[A-Z][A-Za-z-]+ ){{2,6}}\(([A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*)\)",
    # "a framework called Zed", "dubbed as Zed", "a method, namely Zed"; of "called Next Block Prediction" the first word is no name
    rf"(?:{_CALLED}|, i\.e\.,|{_KINDS}, namely,?)(?: the)? ({NAME})(?: [^A-Z]|[^A-Za-z0-9 -]|$)",
    # "We bridge this gap with Zed, a", "and use it to train Zed, a"
    rf"(?:(?:bridge|fill|close|address|tackle|overcome|solve|meet)[^.,]* with|to (?:build|train|obtain|create|develop)) ({NAME}), (?:an?|the|which) ",
)
# "we propose Recall, a"
_MADE = rf"{_MAKE} (?:the )?({_WORDS}|{NAMES}), an? "
# How a title begins that says what was done, and gives no name: "Beyond Fine-Tuning: …"
_NO_OPENING = "Beyond|Towards?|Teaching|Training|Rethinking|Learning|Improving|Understanding|Exploring|Scaling|From|On|When|How|Why|What|Do|Does|Is|Are|Can|Large|Unlocking|Revisiting"
# "we propose Zed, a suite"
_SUITE_KINDS = (
    "benchmark|evaluation suite|testbed|test bed|corpus|leaderboard|evaluation framework|evaluation dataset|test suite"
)
_ITEMS = "cases|contexts|dialogues|questions|tasks|problems|instances|queries|examples|samples|items|scenarios|prompts"
_IS_A_SUITE = (
    rf"(?:[,:]? (?:which )?(?:is )?(?:a|an|the) (?:(?u:[^ ,.])+ ){{0,7}}?(?:(?:{_SUITE_KINDS})[ ,.]|suite of [0-9])"
    # "Zed contains 230 questions"
    rf"|,? (?:which )?(?:contains|comprises|consists of|includes|covers) (?:over |about |more than )?[0-9][0-9,.]*[kK]? (?:[A-Za-z-]+ ){{0,3}}(?:{_ITEMS})[ ,.])"
)
_SUITE = rf"({NAME})(?: [(][^()]*[)])?{_IS_A_SUITE}"
# "the Zero Effort Decoding Set (ZEDS), a benchmark"
_SUITE_SHORT = rf"[(]([A-Z][A-Za-z0-9-]*)[)]{_IS_A_SUITE}"
_COINED_NAME = "[A-Z]+[a-z]+[A-Z][A-Za-z0-9-]*"
# Where the work is called ours.
_CALLED_OURS = (
    # "Our Zed models", "our remedy, Zed, ends"
    rf"[Oo]ur (?:(?:[a-z-]+ ){{0,3}}[a-z]+, )?({NAME})[ ,.]",
    # "which we call Zed", "call the result Head Routing (Zed)"
    rf"we call (?:the result(?:ing [a-z]+)? |it |this [a-z]+ )?(?:(?:[A-Z][a-z-]+ ){{1,4}}[(])?({NAME})[ ,.:;)]",
    # "we derive Zed, whose", "our remedy is Zed, a loop"
    rf"(?:is|deriv(?:e|ing)|train|obtain|arrive at|offer|contribute) ({NAME}), (?:an? |the |which |whose |in which |where )",
    # "on which we train MedScroll."
    rf"we (?:train|obtain|derive|arrive at) ({_COINED_NAME})(?:[.,;]| (?:with|by|from|for|on) )",
)
# Where something is spoken of as known by now: the work, if it comes back or nothing else is ours.
_SPOKEN_OF = (
    # "Zed keeps the two apart", "Zed therefore rewrites each query"
    rf"(?:^|[.!?:] )({NAME}) (?:(?:[a-z]+ly|first|therefore|then|instead|also|thus|further) )?[a-z]+s "
    "(?:the|an?|its|their|this|these|that|each|every|all|both|many|several|one|two|three|to|up|only|out|from|by|on|at|as|into|between|with|no|more|any|such) ",
    # "SkillMix composes questions"
    rf"(?:^|[.!?:] )({_COINED_NAME}) (?:[a-z]+ly )?[a-z]+s [a-z]+",
    # "PlayDiff, a model trained on recordings, lets", "The modification, ConfUp, makes"
    rf"(?:^|[.!?] )(?:The [a-z]+, )?({_COINED_NAME}), (?:an? |the |[a-z]+s )",
    # "In PageSmith, a writer is", "With PageSmith, we"
    rf"(?:^|[.;] )(?:In|With|Through) ({_COINED_NAME}),? ",
)
# "FlashAttention reduces memory. Our kernel is 1.7x faster.": something else is
_OURS_IS_ANOTHER = (
    "[Oo]ur (?:[a-z-]+ ){0,2}(?:models?|methods?|approach|frameworks?|kernels?|planner|systems?|networks?|algorithms?|pipeline|policy|agents?|loss|detector|attack|allocator)[ ,.]"
    "|[Ii]n this (?:paper|work)|[Ww]e (?:propose|present|introduce|develop|describe|show that) "
)
# A word that somebody has made, as "ThinkGate"; of few letters ("ZED") only one that comes back.
_COINED, _LETTERS = "[a-z][A-Z]", "^[A-Z]{3,}[a-z0-9-]*$"
# A benchmark is another thing, and so is where something lies.
_NOT_COINED = "(?:Bench(?:mark)?|Images|Kinetics|MNIST)$|^(?:GitHub|HuggingFace|YouTube|LinkedIn|TikTok|WhatsApp|PyTorch|TensorFlow|LangChain|OpenAI|DeepMind|GeForce|WikiText|SemEval)|-(?:[a-z]+ed|MultiModal)$"


def paper_names(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """The name that a paper gives its work (before the colon of the title, where the abstract introduces it or speaks of it as known;
    there no term of the seed is one), and whether that work is a benchmark, so that its numbers are of other systems."""
    common_terms = vocabulary.common_terms["term"]
    title, abstract = texts["title"], texts["abstract"]
    # "we propose {bf Zed}", "\\textsc{Zed}: …"
    title, abstract = (
        field.str.replace_all(
            rf"\{{\\?(?:bf|it|em|sc|tt|sf) ([^{{}}]*)\}}|\\?(?:{'|'.join(FONTS)})\{{([^{{}}]*)\}}", "$1$2"
        ).str.replace_all(r"\$([A-Za-z][A-Za-z0-9-]*)\$", "$1")
        for field in (title, abstract)
    )
    of_kind = abstract.str.contains(
        rf"{_SUITE_KINDS}|suite of|(?:contains|comprises|consists of|includes|covers) [a-z ]*[0-9]"
    )
    short, long = (_extracted(abstract, pattern, of_kind) for pattern in (_SUITE_SHORT, _SUITE))
    suite = short.zip_with(short.is_not_null(), long)
    suite = suite.set(suite.str.contains(NO_NAME).fill_null(value=False), None)
    titled = title.str.extract(
        "^([^ :]+(?: [^ :]+){0,2})(?::| --? | (?:Tech(?:nical)? Report|System Card|Model Card))"
    ).str.replace(rf"^The |^(?:Position|Survey)$|^(?:{_NO_OPENING}) .*$", "")
    titled = titled.set((titled == "").fill_null(value=False), None)
    several = titled.str.contains(" ")
    stated = pl.DataFrame({"abstract": abstract, "titled": titled}).select(
        pl.col("abstract").str.contains(pl.col("titled"), literal=True)
    )
    name = titled.set(several & ~stated.to_series(), None)
    # "Diffusion Curriculum (DisCL)": the text goes on with the short name
    after = pl.DataFrame({"abstract": abstract, "titled": titled}).select(
        pl.col("abstract")
        .str.splitn(pl.col("titled"), 2)
        .struct[1]
        .str.extract("^ [(](?:(?:dubbed|called|named|termed) (?:as )?)?([A-Z][A-Za-z0-9-]*)[)]")
    )
    short = after.to_series().set(~(several | titled.str.contains("-.*-")), None)
    name = short.zip_with(short.is_not_null(), name)
    # each is asked only where none before has said it
    for pattern in _INTRODUCTIONS:
        said = _extracted(abstract, pattern, name.is_null())
        # a data set beside the work is not the work
        beside = (said == suite) | said.str.contains(NO_NAME) | _is_common(said, common_terms, abstract)
        name = name.zip_with(name.is_not_null(), said.set(beside.fill_null(value=False), None))
    # "Model Surgery" is a name, "No Tokens Wasted" is none
    pair = titled.set(~titled.str.contains("^[A-Z0-9][A-Za-z0-9.-]* (?:[A-Z0-9]|v[0-9])[A-Za-z0-9.-]*$"), None)
    # "Self-Improving Robust Preference Optimization (SRPO)": a title and its short form
    spelled = abstract.set(name.is_not_null(), None).str.extract_groups(
        r"((?:[A-Z][A-Za-z-]+ (?:of |for |and |in |the )?){1,6})\(([A-Z][A-Za-z0-9-]{1,8}[A-Z0-9])\)"
    )
    long, short = spelled.struct[0].str.strip_chars().str.to_lowercase().str.replace("^the ", ""), spelled.struct[1]
    stands = pl.DataFrame({"title": title.str.to_lowercase(), "long": long}).select(
        pl.col("title").str.contains(pl.col("long"), literal=True)
    )
    initials = short.set(~stands.to_series().fill_null(value=False), None)
    # "KV Prediction for …", where the abstract has it in these letters
    opening = title.str.extract("^([A-Z][A-Za-z0-9-]*(?: [A-Z][A-Za-z0-9-]*){1,2}) (?:for|via|with|in|of) ")
    said = pl.DataFrame({"abstract": abstract, "opening": opening}).select(
        pl.col("abstract").str.contains(pl.col("opening"), literal=True)
    )
    opening = opening.set(~said.to_series().fill_null(value=False), None)
    silent = abstract.set(name.is_not_null(), None)
    for last in (_acronym(silent), initials, _spoken_of(silent, vocabulary), pair, suite, opening):
        name = name.zip_with(name.is_not_null(), last.set(_is_common(last, common_terms, abstract), None))
    # "… with a Unified Benchmark" brings one beside its method
    itself = title.str.replace("(?i-u) (?:with|via|using|through) (?u:.)*$", "")
    benchmark = itself.str.contains(
        "(?i-u)bench|dataset|arena|^[a-z0-9 -]*corpus|evaluating|assessing|(?:^|[ -])eval(?:[ :-]|$)|(?-i:[a-z]Eval)(?:[ :-]|$)|: an? (?:[a-z-]+ ){0,4}corpus|: (?:do|can|are|is|how (?:well|far|much|good)|what|which) (?:[a-z-]+ ){0,4}(?:models|agents|llms|vlms|mllms|lmms) (?u:[^:])*[?]"
    )
    is_benchmark = benchmark.fill_null(value=False) | (suite == name).fill_null(value=False)
    return pl.DataFrame({"paper_name": name, "is_benchmark": is_benchmark, "suite": suite})


def _spoken_of(abstract: pl.Series, vocabulary: Vocabulary) -> pl.Series:
    """The coined name that an abstract speaks of as its own, the one it names most often; NULL for NULL."""
    found = pl.DataFrame({"abstract": abstract}).with_row_index("row").drop_nulls()
    found = pl.concat(
        found.with_columns(name=pl.col("abstract").str.extract_all(pattern), ours=pl.lit(pattern in _CALLED_OURS)).explode("name").drop_nulls().with_columns(
            pl.col("name").str.extract(pattern)
        )
        for pattern in (*_CALLED_OURS, *_SPOKEN_OF)
    ).drop_nulls()  # fmt: skip
    name = pl.col("name")
    families = model_names(vocabulary.model_families)
    found = found.filter(
        name.str.contains(f"{_COINED}|{_LETTERS}") & ~name.str.contains(f"{NO_NAME}|{_NOT_COINED}|^(?:{families})")
    )
    known = is_dataset(found["name"], vocabulary.dataset_aliases["spelling"])
    found = found.filter(~known & ~name.str.to_lowercase().is_in(vocabulary.measures["phrase"].implode()))
    times = pl.col("abstract").str.count_matches(name, literal=True)
    found = found.with_columns(times=times, place=pl.col("abstract").str.find(name, literal=True))
    again, other = pl.col("times") > 1, pl.col("abstract").str.contains(_OURS_IS_ANOTHER)
    found = found.filter(name.str.contains(f"{_COINED}|[A-Z]{{4}}") | again).filter(pl.col("ours") | again | ~other)
    found = found.sort("times", "place", descending=[True, False]).group_by("row", maintain_order=True).first()
    return scattered(found["name"], found["row"], len(abstract))


def _acronym(abstract: pl.Series) -> pl.Series:
    """ "we propose stochastic error ascent (SEA)": where the letters are those that the words begin with."""
    made = abstract.str.extract_groups(rf" {_MAKE} ((?:[A-Za-z-]+ ){{2,8}})\(([A-Z]{{3,6}})\)")
    words, short = made.struct[0].str.strip_chars().str.replace_all("-", " ").str.split(" "), made.struct[1]
    rows = pl.DataFrame({"words": words, "short": short})
    first = pl.col("words").list.tail(pl.col("short").str.len_bytes()).list.eval(pl.element().str.head(1)).list.join("")
    spells = rows.select(first.str.to_uppercase() == pl.col("short")).to_series()
    return short.set(~spells.fill_null(value=False), None)


def _is_common(names: pl.Series, common_terms: pl.Series, abstract: pl.Series) -> pl.Series:
    """True for a term of the seed, or its plural, unless the abstract says what it is: "Recall, a framework"."""
    terms = common_terms.implode()
    common = names.is_in(terms) | names.str.strip_suffix("s").is_in(terms)
    at = common.arg_true()
    if not len(at):
        return common.fill_null(value=False)
    told = pl.DataFrame({"name": names.gather(at), "made": abstract.gather(at).str.extract_all(_MADE)}).select(
        pl.col("made").list.eval(pl.element().str.extract(_MADE)).list.contains(pl.col("name"))
    )
    return common.fill_null(value=False).scatter(at, ~told.to_series())


def _extracted(texts: pl.Series, pattern: str, asked: pl.Series) -> pl.Series:
    """What the pattern's group holds in the texts asked for; NULL in the others."""
    return texts.set(~asked.fill_null(value=False), None).str.extract(pattern)
