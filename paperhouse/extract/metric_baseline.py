"""What a result is compared with, as written. From the sentence of the result alone."""

import polars as pl

from paperhouse.extract.paper_names import NAMES
from paperhouse.extract.patterns import (
    AGAINST,
    ANY,
    AWAY,
    COMPARED,
    COUNTS,
    DOES_PLAINLY,
    LLM,
    SMALL,
    STOP,
    WINS,
    WINS_HINT,
    after_first,
    after_last,
    all_said,
    first_of,
    having,
    is_dataset,
    noun_phrase,
)

_BASELINE_CUE = rf"(?:{AGAINST}|with respect to|comparable (?:to|with)|short of|(?:lag(?:s|ging)?|fall(?:s|ing)?) (?:far |well |significantly )?behind|trail(?:s|ing)?|than|over)"
_BEHIND_CUE = r"(?:[Mm]easured against|[Ss]et (?:beside|against)|[Cc]ompare[ds] (?:to|with|against)|[Rr]elative to|[Uu]nlike|[Vv]ersus|[Cc]ompare (?:our|the) [a-z]+ (?:to|with|against))"
_BEHIND_HINT = "against|beside|ompare|elative|nlike|ersus"
# Words for who is compared, where no name stands
_SYSTEMS = "models?|methods?|baselines?|systems?|approaches|agents?|competitors?|state of the art"
_RIVALS = f"(?i-u)(?:{_SYSTEMS})(?: |$)"
_DETERMINER = r"^(?i-u:(?:(?:that|those|the one|the ones) (?:of|(?:provided|generated|produced|obtained|achieved|reported|trained|required) (?:by|with|on)) |(?:the )?(?:performance|accuracy|results?) of |by |using |the |its |their |our |a |an |both |even |all |prior to |(?:or|and) (?:match(?:es|ing)?|rival(?:s|ing)?) )*)"
# "Llama3-70B", "Qwen2.5-VL 7B"
_NUMBERED = "[A-Z][A-Za-z]*[A-Za-z.-]*[0-9][A-Za-z0-9.-]*(?: [0-9.]+[BM])?"
_KIND_ALONE = "^(?:models?|baselines?|methods?|variants?|training|inference|approaches|versions?|(?:models?|baselines?|networks?|classifiers?|methods?|variants?|those|ones?|agents?|polic(?:y|ies)) (?:trained|seen|obtained|fine-?tuned|pre-?trained|optimized|built|used|found))$"
_KIND_AND_MORE = r"^((?:[a-z]+ (?:that|with|without|using|from|(?:trained|seen|obtained|fine-?tuned|pre-?trained|optimized|built|used|found) (?:solely |only |exclusively |directly )?(?:on|with|from|using|by|during|in|for))|training (?:solely |only |directly )?(?:on|with|from)) (?:(?:up|the|[a-z-]{4,}|[A-Z0-9][^ ,;:()]*) (?:[^ ,;:()]+ ){0,7}?)?[^ ,;:().]+)(?:[,;:.()]| (?:by|on|in|while|for|across|at|when|and|but) |$)"
# "compared to 80.1% for the best model": the number is a claim of its own, what follows names the rival
_ITS_NUMBER = r"^(?:the )?(?:(?:approximately|about|around|roughly|nearly|only|just|less than|more than) )?[0-9.]+ ?[%KMBT]? *(?:for|of|by|with|in|from|achieved by|obtained by|consumed by|needed by|used by|using) "
_RIVAL_END = rf"(?: (?:{SMALL}) {ANY}*| and (?:[a-z]+ (?:the |a |an |up )|[a-z]+(?:s|ed|ing) )?[a-z0-9]{ANY}*| (?:{STOP})$|(?u:[;:()—–]|\. |\.$|[.][A-Z][a-z]+ [a-z]|,$|, (?:[b-z0-9+]|a[^n]|an[^d]|and [a-z])){ANY}*)$"

# What is written where a rival might be and is none
_NO_RIVAL = (
    # a number, or what begins with one: "accuracy of 80%", "2.5x", "10-fold", "5,000 steps", "2.4ms"
    r"^(?:scores?|accurac(?:y|ies)|rates?) of [0-9]|^[0-9.]+(?:-[0-9.]+)? ?(?:%|x|times|points|[, ]|$)|^[0-9.]+(?:[KMB] parameters|-fold)|^[0-9]+[.][0-9]+ ?[a-z]{1,3}$|^[+]",
    "^[0-9.,]+[kKMB]? (?:steps|samples|tokens|epochs|iterations|hours|examples|annually)$|^(?:an? |[a-z]+ )?orders? of magnitude",
    # where, how often or on what: "six benchmarks", "other languages", "A100 GPUs"
    f"^(?:{COUNTS}) .*(?:benchmarks|datasets|tasks|scenarios|domains|dimensions|criteria|categories|seasons?|years|months|trials|seeds|folds|runs|attacks|perturbations|corruptions)$",
    "^(?:five|many|several|other|most) (?:[a-z]+ )?languages$|^(?:[A-Z0-9]+ )+[GC]PUs?$|^[GMT]?FLOPs",
    # what tells nobody
    "^(?i-u:time|a factor|which|it|this(?: result)?|average|mean|(?:the )?world|approximately|less|more|strong|them|these|over|or equal|as few|those|using|only|just(?: a)?|half|one[ -][a-z]+ (?:of )?the [a-z]+|existing|previous|prior|other|recent|performance|last [0-9]+ years|(?:[a-z-]+ )*(?:improvements?|gains?))$",
    "^(?:that|to|drop|previously|about|achieving) [a-z]| of$",
    # a clause: "over all classes improves"
    "(?:^| )(?:improves|increases|drops|rises)$|^mere(?: |$)",
    # "as fast as before"
    "^(?:it|we|they|he|she|before|possible|necessary|needed|required|usual|not|they|on|in)(?: |$)",
    # what goes on, or is turned: "over and above", "carried over or out"
    "^(?:and|or|out)(?: |$)",
    # a measure, a contest, a picture, a command of LaTeX
    r"^WER$|(?i-u:leader-?boards?|competition|shared task|challenge)$|ntersection-over-|^Figure |^\\",
)


def baseline(found: pl.DataFrame, measures: pl.DataFrame, datasets: pl.Series) -> pl.Series:
    """The rival of each claim (`near`, `right`, `left`, `core`, `what`, `says`, `kind`, `rule`, `changes`, `left_gap`, `list_length`), or NULL."""
    rows = all_said(found, _ways())
    # "the best 2023 method (GenFlow)", "baselines (e.g. GRPO)", "method, i.e., PhysTwin": the name
    said = rows["said"].str.replace(
        rf"^(?i-u:the |its )?(?:[a-z0-9-]+ |SOTA |[A-Z]{{2,3}} )*(?:[a-z0-9-]+|SOTA)(?: \((?:e[.]g[.],? |i[.]e[.],? )?|, i[.]e[.],? )({NAMES})[)]?(?:[ ,.]|$)",
        "$1 ",
    )
    # "improves FID by 2.07", "improves MMLU by 2.3 points": what was measured, or on what, is no rival
    improved = rows["way"].is_in(["moved_by", "owner"]) | (rows["way"] == "beaten") & (
        found["rule"].gather(rows["row"]) == "change_verb_by"
    )
    said = said.set(improved & is_dataset(said, datasets), None)
    said = said.set(
        (
            (rows["way"] == "moved_by")
            & (
                said.str.replace("^the ", "").str.to_lowercase().is_in(measures["phrase"].implode())
                | said.str.contains("(?:Score|Rate|Accuracy|Index|Error|Distance|Similarity|F1|Precision|Recall)$")
            )
        ).fill_null(value=False),
        None,
    )
    # "X (Google), Y (Microsoft), and Z"; "the dense model's 5.12 PPL"
    said = said.str.replace_all(r" \((?u:[^()0-9]){1,20}\)(,| and)", "$1").str.replace("'s [0-9].*$", "")
    # "than in the alternatives"
    said = said.str.replace(
        "^(?:in|for|with) ((?:the |any )?(?:[a-z-]+ )*(?:frameworks|models?|methods?|alternatives|baselines?|approaches|systems?|agents?))(?:[ ,.;)]|$)",
        "$1 ",
    )
    said = said.str.replace(_ITS_NUMBER, "").str.replace("^with (?:the )?", "").str.replace(_DETERMINER, "")
    whole = said
    # "both autoregressive and diffusion baselines" are one rival
    said = said.str.replace(
        r"^([a-z-]+(?: [a-z-]+)?) and ([A-Za-z-]*(?:[A-Za-fh-rt-z-]|[ou]us) (?:[A-Za-z-]+ ){0,2}(?:baselines|methods|models|approaches)(?:[ ,.;)]|$))",
        "$1\x1f$2",
    )
    # of two, each is its own number's
    said = said.zip_with(
        rows["way"].is_in(["all", "both", "list"]),
        # "A and other methods", "leading models such as X and Y": whole
        noun_phrase(
            said.str.replace(" and other ", "\x1fother ", literal=True)
            .str.replace(" such as ", "\x1e", literal=True)
            # "surpasses 4-step A, 8-step B, and 8-step C": a list of names
            .str.replace_all(
                "(, (?:and )?)((?:[0-9]+-(?:step|shot|bit)|fine-?tuned|vanilla|original|standard|base|larger) [A-Z])",
                "$1\x1d$2",
            ),
            _RIVAL_END,
        )
        .str.replace_all("\x1d", "", literal=True)
        .str.replace("\x1e", " such as ", literal=True),
    ).str.replace("\x1f", " and ", literal=True)
    # "the best baseline averaged", "the baseline --"
    said = said.str.replace(
        " (?:achieved|averaged|built(?: primarily)?|relying|compressed|deployed|proposed|reported|augmented|specialized|evaluated|tested|considered|applied|-+)$|'s$",
        "",
    )
    # "baselines that iterate twice", "the model with full attention": a kind alone tells nothing
    more = whole.str.extract(_KIND_AND_MORE)
    said = said.zip_with(~(said.str.contains(_KIND_ALONE) & more.is_not_null()).fill_null(value=False), more)
    # "the state-of-the-art logic synthesis tool, Zed": Zed
    said = said.str.replace(
        rf"^(?:[a-z-]+ )+(?:methods?|models?|tools?|frameworks?|baselines?|approach(?:es)?|systems?|agents?|state-of-the-art|SOTA),? ({NAMES})$",
        "$1",
    )
    # "the previous state-of-the-art KMVE method"
    said = said.str.replace(
        r"^(?:[A-Za-z-]+ )*(?:state-of-the-art|SOTA|previous|leading|existing|competitor|competitive|best|strongest|top) ([A-Z][A-Za-z0-9@+.-]{2,}) (?:method|model|approach|framework|algorithm|metric|system)$",
        "$1",
    )
    # "Against adversarial patches, the detection rate improves"
    threat = (rows["way"] == "set_against") & said.str.contains(
        "(?i-u)attack|adversar|jailbreak|patch|noise|perturb|corrupt|expectation|backdoor|PGD|background"
    )
    said = said.set(threat.fill_null(value=False), None)
    some = said.str.contains("^[0-9]+ (?:[a-z-]+ )*(?:methods|models|baselines|approaches|systems|agents|competitors)$")
    odd = ~some & said.str.contains("|".join(_NO_RIVAL)) | (
        (said.str.len_bytes() < 3) & ~said.str.contains("^(?:[A-EG-Za-z][0-9]|[0-9]B)$")
    )
    # a list has a rival for each number
    several = found["list_length"].gather(rows["row"]) > 1
    long = said.str.count_matches(" ") >= several.cast(pl.UInt32) * 20 + 10
    return first_of(
        rows.with_columns(said=said.set(odd | long, None).str.replace_all(" +", " ").str.strip_chars(" ,;")),
        found.height,
    )


def _ways() -> dict[str, pl.Expr]:
    """Where a rival is told, the surest first."""
    contest = (pl.col("says") == "contest") & ~pl.col("rule").is_in(["score_measure", "share"])
    change, listed = pl.col("says") == "change", pl.col("list_length") > 1

    def where(asked: pl.Expr, text: str) -> pl.Expr:
        """What is NULL is not searched."""
        return pl.when(asked).then(text)

    beats = rf"(?:^|[ (])(?i-u:{WINS}) "
    better = (
        "(?:performance (?:over|against|than) |improv(?:e|es|ed|ing) (?:[a-z-]+ ){0,4}over "
        "|(?:^|[ (])(?:an?|the|of|with|average|substantial|significant|large|performance|accuracy|consistent|clear|further|relative|absolute) (?:boosts?|increases?|uplifts?|lifts?|jumps?|leaps?|margins?)(?: in (?u:[^,;:]){1,60}?)? (?:over|upon) "
        "|(?:(?:improvements?|gains?)(?: in (?u:[^,;:]){1,60}?)?|advantages?|superior|superiority|advances?|comparable|(?:better|higher|lower)(?: [a-z-]+)?)"
        " (?:over|upon|against|to|with|than) )"
    )
    of_rival = rf" (?:of|over|upon) ((?:[a-z-]+ ){{0,2}}{NAMES}|(?:the |an? )?(?:[A-Za-z0-9-]+ ){{1,4}}(?:models?|baselines?|methods?|approaches|systems?)(?: for [A-Za-z]+| (?:such as|like|including) (?u:.)*)?)(?: (?:on|in|across) (?u:.)*)?$"
    # "GPT-4o, o3, and fine-tuned VideoChat2"
    varied = f"(?:(?:fine-?tuned|vanilla|original|standard|base|larger) )?{NAMES}"
    # "outperforms existing models such as X and Y"
    such_as = rf"(?:models?|{LLM}s?|methods?|baselines?|approaches|systems|counterparts|techniques|frameworks),? (?:such as|including|like|e[.]g[.],?) ((?:{NAMES}(?:, and |, | and ))*{NAMES})"
    # who something is of: "the dense models", "Wye"
    whose = rf"((?:[a-z-]+ ){{0,2}}(?:{NAMES}|models?|methods?|backbones?|baselines?|works?|teachers?|counterparts?))(?:[ ,.;)]|$)"
    # who takes so much, or gets so far
    the_one = "((?:the |a )?(?:[A-Za-z0-9.-]+ ){0,4}[A-Za-z0-9.-]+)"
    takes = "takes?|needs?|requires?|achieves?|attains?|reaches|uses?|spends?|costs?"
    # who is matched: "the quality of Wye", "existing methods"
    an_equal = rf"(?:the (?:quality|accuracy|performance|results|scores?) of )?((?:the )?(?:(?:existing|prior|previous|other|larger|stronger|strong|leading|dense|full|standard|vanilla|original|supervised|best|state-of-the-art|open-source) )*(?:{NAMES}|methods?|models?|baselines?|approaches|systems?|fine-tuning|attention))"
    moved = rf"{NAMES}|(?:the )[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*"
    return {
        # "higher than that of Wye by 14.8%, of Why by 11.2% and of"
        "of_next": having(where(pl.col("changes") | (pl.col("says") == "contest"), "left_gap"), " of ").str.extract(
            rf"^,? (?:and )?of ({NAMES}) by *$"
        ),
        # "frameworks, such as PyTorch JIT, TensorFlow XLA and … by 87%, 131% and …"
        "each": after_first(where(contest & listed, "what"), ",? (?:such as|including|like|e[.]g[.],?|namely) "),
        # "surpassing vanilla and fine-tuned Zed by 17.10 and 4.11"
        "both": where(contest & (pl.col("list_length") == 2), "what").str.extract(
            r"^((?:(?u:[^ ,;:%])+ ){1,5}and (?:the )?(?:(?u:[^ ,;:])+ ?){1,6})$"
        ),
        # "exceeds A, B, and C by 9%, 24%, and 13%"
        "list": where(contest & listed, "what").str.extract(rf"^((?:{varied}(?:, and |, | and ))+{varied})$"),
        # "outperforms A, B, and other methods by"
        "all": where(contest & ~listed, "what").str.extract("^((?:(?u:[^,;:()]){2,50}, )+and (?u:[^,;:()]){2,50})$"),
        # "outperforms baselines like X and Y by"
        "beaten_named": having(where(contest, "what"), "such as|including|like|e[.]g").str.extract(rf"{such_as}$"),
        # "outperforms X by"
        "beaten": where(contest, "what")
        .str.replace(r"^(?i-u:over|upon|on) ", "")
        # "outperforms A by 5% and B by"
        .str.replace(r"^(?u:.)* by (?:[a-z]+ )*[+-]?[0-9.%/]+ ?(?:%|x|points)?,? and ", ""),
        # "3.9 times the strongest baseline (Zed)"
        "times": where((pl.col("rule") == "times_of") & pl.col("what").str.contains(_RIVALS), "near").str.extract(
            r"^ *(?:of )?(?:the |its |all )?(?:[a-z -]+ of (?:the |all )?)?((?u:[^,;.])+?)(?:[,;.]| and | in | on |$)"
        ),
        # "(85x of WSE)"
        "of": where(pl.col("rule") == "times_of_rival", "whatb"),
        # "2.4 times as fast as Wye"
        "as_much": having(pl.col("near"), "^ *as ").str.extract(
            r"^ *as (?:[a-z]+ ){1,3}?as (?:the |an? )?((?:(?u:[^ ,.;()])+ ){0,4}(?u:[^ ,;()])+)"
        ),
        # "41.3% of the time that Wye takes", "adding 12.9% to what Wye achieves"
        "what_it_takes": having(pl.col("near"), "that |what ").str.extract(
            rf"^ *(?:of (?:the |their |its )?(?:[a-z-]+ )*?(?:time|compute|computation|tokens|data|parameters|memory|budget|cost|steps|energy|samples|FLOPs)|(?:[A-Za-z0-9-]+ ){{0,3}}to|(?:higher|lower|more|less|better|worse|fewer) than)? ?(?:that|what) {the_one} (?:{takes}|generates?|consumes?|offers?|gets?|sees?|saw|was given|does|do)(?:[ ,.;)]|$)"
        ),
        # "within 2% of the full model"
        "within": where(pl.col("rule") == "within", "near").str.extract(
            "^ *of (?:the |its |their )?((?:(?u:[^ ,;()])+ ){0,5}(?u:[^ ,;()])+)"
        ),
        # "91% of what full attention attains", but not "62% of what the brain does"
        "what_it_attains": having(pl.col("near"), "^ *of what ").str.extract(
            rf"^ *of what {the_one} (?:{takes})(?:[ ,.;)]|$)"
        ),
        # "20% faster than X"
        "ahead": after_first(
            pl.col("near").str.replace("(?:rather|other) than ", "not "), rf"[ (,](?i-u:{_BASELINE_CUE}) "
        ),
        # "Compared with X, Zed is"
        "behind": after_last(pl.col("left"), rf"(?:^|[ (]){_BEHIND_CUE} ", _BEHIND_HINT).str.extract(
            "^((?u:[^,]+)(?:, i[.]e[.],? (?u:[^,]+))?),"
        ),
        "beaten_too": after_last(
            where(change | pl.col("rule").is_in(["out_of", "share", "share_of"]), "left"), beats, WINS_HINT
        ),
        # "substantial improvements over existing agents with average +14.5pp"
        "better": after_last(
            where(pl.col("changes"), "left"),
            better,
            "improv|gain|boost|increase|lift|jump|leap|margin|advantage|erform|uperior|advance|compara|better|higher|lower",
        ),
        # "reduces the response length of DeepSeek-R1 by 53%"
        "of_rival": where(
            pl.col("rule").is_in(["change_verb_by", "change_verb_times"])
            | (
                pl.col("rule").is_in(["from_to_verb", "times_of"])
                & pl.col("what").str.contains(f" of (?:the )?{NAMES}(?: (?:on|in|across) |$)")
            ),
            "what",
        ).str.extract(of_rival),
        # "matches the performance of X using less than 5% of"
        "matched": after_last(
            pl.col("left"),
            "(?:(?:match|rival)(?:es|s|ing)? (?:the )?(?:[a-z-]+ ){0,2}(?:performance|accuracy|quality|results) of |achieving the (?:performance|accuracy|quality) of |on (?:a )?par with |(?:is|are) the equals? of )",
            "match|rival|par with|achieving the |equals? of ",
        ),
        # "matches existing methods while using 62% less memory"
        "matched_by": having(where(pl.col("changes"), "left"), "atch|ival|qual").str.extract(
            rf"(?:^|[ ,])(?:[Mm]atch(?:es)?|[Rr]ivals|[Ee]quals) {an_equal},? (?:while|with|yet|but|and|at|using) (?u:[^,;])*$"
        ),
        # "62% less memory while matching the quality of Wye"
        "matching": having(where(pl.col("changes"), "near"), "atch|ival|qual").str.extract(
            rf"^ *(?:[a-z-]+ ){{0,4}}(?:while|and|,) (?:matching|rivall?ing|equall?ing) {an_equal}(?:[,.;)]|$| (?:on|in|and|with|at) )"
        ),
        # "improves GPT-4o's correctness by 12%"
        "moved_by": where(
            # "reduces FADE by": what is reduced is no rival
            (pl.col("rule") == "change_verb_by")
            & ~pl.col("cue").str.contains("^(?i-u:reduc|decreas|lower|cut|drop|minimi|shrink)").fill_null(False),
            "what",
        ).str.extract(f"^({moved})(?:'s |$)"),
        # "reduces Wye-7B's latency by 32%"; what looks like a name of a model alone: "Spearman's correlation"
        "owner": having(where(pl.col("rule") == "change_verb_by", "what"), "'s ").str.extract(
            "^((?:the )?[A-Z][A-Za-z.-]*[A-Z0-9][A-Za-z0-9.-]*)'s "
        ),
        # "surpasses Wye (gFID 2.74 vs. 3.04)"
        "against": where(pl.col("rule").is_in(["against", "versus"]), "left").str.extract(
            rf"(?:^|[ (,])(?i-u:{WINS}) (?:the |all )?(?:[a-z-]+ )*({NAMES}) [(](?u:[^()])*$"
        ),
        # "beats both the baseline (+9.18% mAP) and the state-of-the-art (+"
        "beaten_bracket": where(pl.col("sign").is_not_null(), "left").str.extract(
            rf"(?:^|[ (,])(?i-u:{WINS}|(?:improv|gain)(?:es?|ing|ements?|s) (?:[a-z-]+ )?over) (?:(?u:[^;])*[)],? (?:and|but) )?(?:both )?((?:the |existing |previous )?(?:[a-z-]+ ){{0,3}}(?:baselines?|state-of-the-art|methods|models|approaches|{NAMES})) [(][+]?$"
        ),
        # "lags 34.8% behind humans", "3.4 points above Wye-2", "2.1 AP ahead of the baseline"
        "away": where(pl.col("changes"), "near").str.extract(
            rf"^ *(?:[A-Za-z0-9@-]+ )?(?:{AWAY}) ((?:(?u:[^ ,;()])+ ){{0,4}}(?u:[^ ,;()])+)"
        ),
        # "98.4% of the original model's capabilities", "2.5 times that of X"
        "of_its": pl.col("near").str.extract(r"^ *of (?:the |its )?((?:[A-Za-z0-9-]+ ){0,3}[A-Za-z0-9-]+)'s "),
        "that_of": pl.col("near").str.extract(
            r"^ *(?:(?:of )?that (?:of|in|by|for)|those in|(?:of )?those (?:of|by|for)) (?:the |its |an? )?((?:(?u:[^ ,.;()])+ ){0,4}(?u:[^ ,.;()])+)"
        ),
        # "only 9% of a dense model", "8.7% inference time of Zed-7B"
        "share_of_rival": where(pl.col("rule").is_in(["share", "times_of", "quantity_of"]), "near").str.extract(
            rf"^ *(?:[a-z-]+ ){{0,3}}of ({_NUMBERED}|(?:[a-z-]+ ){{1,3}}(?:works?|methods|approaches|models|baselines|generators|systems|frameworks)|(?:earlier|previous|prior|existing|standard|conventional) [a-z-]+s|(?:an? |the )(?:[a-z-]+ ){{0,2}}(?:models?|baselines?|methods?))(?:[ ,.;)]|$)"
        ),
        # "0.004% of the data used by Wye", "half the data required by Wye"
        "used_by": having(pl.col("near"), "(?:used|required|needed|consumed) by ").str.extract(
            rf"^[^,;]*?(?:used|required|needed|consumed) by (?:the )?((?:[a-z-]+ ){{0,3}}{NAMES}|(?:[a-z-]+ ){{1,3}}(?:methods|models|approaches))(?:[ ,.;)]|$)"
        ),
        # "compared to 57.5% by Wye", "(vs. 0% for pure Wye)"
        "level_of": having(pl.col("right"), "ompared|elative|vs|versus|v.s.|against").str.extract(
            rf"^[^;]*?(?:(?:{COMPARED}) (?:an? |the )?[0-9.]+ ?%?(?: [a-z]+)? (?:for|by|of|from|achieved by)|against (?:only |just )?[0-9.]+ ?%?(?: [a-z]+)? (?:for|by)) (?:the |an? )?((?:[a-z-]+ ){{0,3}}[A-Za-z0-9-]+(?: [A-Z][A-Za-z0-9.-]*)*)"
        ),
        # "an accuracy that rivals Wye", "-- matching Wye"
        "rivals": where(pl.col("kind") == "score", "near").str.extract(
            rf"(?:,? and|,? that|--|—|,) ?(?:[a-z]+ly )?(?:rival(?:s|ing)|match(?:es|ing)|approach(?:es|ing)) ((?:[a-z-]+ ){{0,3}}(?:{NAMES}|models|methods)[^,;.]*)"
        ),
        # "58.2%, ahead of indoor models", "74.3, on a par with Wye"
        "ahead_of": having(where(pl.col("kind") == "score", "near"), "ahead|above|par|level|unmatched").str.extract(
            rf"^[^;]*?(?:,|--|—) (?:well |far |clearly |just )?(?:ahead of|above|on (?:a )?par with|on a level with|level with|unmatched by) ((?:those of )?(?:the |any |all )?(?:[A-Za-z0-9.-]+ ){{0,3}}(?:{NAMES}|models?|methods?|systems?|agents?|approaches|baselines?|rivals?|competitors?)[^;.]*)"
        ),
        # "while maintaining comparable accuracy to unconstrained models"
        "par_with": having(where(pl.col("changes"), "near"), "omparabl|imilar|quivalent").str.extract(
            r"(?:comparable|similar|equivalent)(?: [a-z-]+){0,3} (?:to|with) ((?:the |an? )?[^,;.]+)"
        ),
        # "retains 97% of the performance of Wye"
        "out_of_its": where(pl.col("kind") == "score", "near").str.extract(
            rf"^ *of (?:the |its )?(?:[a-z-]+ ){{1,4}}of (?:the |an? )?{whose}"
        ),
        # "raters preferred Zed to recent models in 89%"
        "preferred_to": having(where(pl.col("kind") == "score", "left"), "refer").str.extract(
            rf"[Pp]refer(?:s|red)? {NAMES} (?:to|over) ((?:[a-z-]+ ){{0,3}}(?:{NAMES}|models?|methods?|baselines?)) (?:in|for|on|with|at) (?:[a-z]+ )*$"
        ),
        # "preferred over Wye in 72%", "wins against Wye in"
        "preferred": having(where(pl.col("kind") == "score", "left"), "refer|avou?r|win|won").str.extract(
            rf"(?:preferred|favou?red|wins|won|winning) (?:over|against|to) ((?:[a-z-]+ ){{0,3}}(?:{NAMES}|models?|methods?|baselines?))(?: by (?:[a-z]+ ){{1,3}})? (?:in|for|on|with|at) (?:[a-z]+ )*$"
        ),
        # "wins 72% of comparisons with Wye"
        "compared_with": having(pl.col("near"), "^ *of ").str.extract(
            rf"^ *of (?:all |the |its )?(?:[a-z-]+ )?(?:comparisons|matchups|matches|battles|games|duels) (?:with|against) (?:the )?((?:[a-z-]+ ){{0,3}}(?:{NAMES}|models?|methods?|baselines?))"
        ),
        # "Against Wye, Zed achieves a win rate of"
        "faced": where(pl.col("quantity").str.contains("(?i-u)win|prefer"), "left").str.extract(
            "^[Aa]gainst ((?:[a-z-]+ ){0,3}(?:[A-Z](?u:[^,;])*|baselines?|models?|methods?|humans?|experts?|players?|opponents?)), "
        ),
        # "matches Wye with 10x less data", "the same accuracy as Wye in 40% fewer steps"
        "matched_with": having(where(pl.col("changes"), "left"), "atch|same").str.extract(
            rf"(?:[Mm]atch(?:es|ed|ing)? (?:the )?({NAMES}|the (?:[a-z-]+ ){{0,2}}(?:baselines?|models?|methods?))|the same (?:[a-z-]+ ){{1,3}}as (?:the )?(?:[a-z-]+ ){{0,2}}{NAMES}) (?:with|using|while|at|in) (?:[a-z]+ )*$"
        ),
        # "Against text-based communication, the gain is"
        "set_against": having(where(pl.col("changes"), "left"), "gainst ").str.extract(
            r"(?:^|[;,] )[Aa]gainst ((?:the |a )?(?:[A-Za-z0-9.-]+ ){0,4}?[A-Za-z0-9.-]+)(?:,| it| we) (?u:[^;])*$"
        ),
        # "With 12% of the data, Zed matches Wye"
        "still_matches": where(pl.col("rule").is_in(["share_of", "share"]), "near").str.extract(
            rf"^[^;]*?, (?:it|they|we|{NAMES}|(?:the|our) [a-z]+) (?:even |still |already |consistently )?(?:equals?|match(?:es)?|rivals?|{WINS}) ((?:the |all )?(?:[a-z-]+ ){{0,3}}(?:{NAMES}|models?|methods?|baselines?))"
        ),
        # "Over existing tests, it gains"
        "over_it": where(pl.col("changes"), "left").str.extract(
            "(?:^|[:;] )[Oo]ver ((?:[a-z-]+ ){0,3}(?:models?|methods?|baselines?|approaches|results?|runner-up|tests?|systems|counterparts|versions?|variants?|state of the art)), "
        ),
        # "Starting from Wye-8B-Base, Zed brings gains of"
        "started_from": having(where(pl.col("changes"), "left"), "tarting from").str.extract(
            rf"[Ss]tarting from (?:the )?((?:base model |pre-?trained )?{NAMES})(?: base model)?, "
        ),
        # "to 11.3 from the 15 of leading agents"
        "from_of": where(pl.col("baseline_value").is_not_null(), "near").str.extract(
            rf"^ *of ((?:[a-z-]+ ){{1,2}}(?:models|agents|methods|baselines|systems|approaches)|{NAMES})(?:[ ,.;)]|$)"
        ),
        # "more accurate than parallel thinking and has a 24% lower latency"
        "than_before": having(where(pl.col("changes"), "left"), "than ").str.extract(
            r"(?:more [a-z]+|faster|cheaper|smaller|stronger) than ((?:the |a )?(?:[A-Za-z0-9.-]+ ){0,3}[A-Za-z0-9.-]+),? (?:and|while|but|yet) (?u:[^,;])*$"
        ),
        # "85% of Wye MFU", "98% of Wye's accuracy"
        "of_name": where(pl.col("kind") == "score", "near").str.extract(
            rf"^ *of ({NAMES})(?:'s)? (?:accuracy|performance|quality|MFU|capabilit)"
        ),
        # "improves the baseline results by"
        "baseline_by": having(where(pl.col("rule") == "change_verb_by", "what"), "aseline|base model").str.extract(
            r"^(?:the )?((?:[a-z-]+ )*(?:baselines?|base models?))(?:'s)? (?:results?|performance|accuracy|scores?)$"
        ),
        # "far below human performance"
        "humans": having(pl.col("near"), "below").str.extract(
            r"below (?:that of |the |our estimate of )?(human[a-z-]*(?: (?:experts?|performance|level|baseline))?)"
        ),
        # "outperforms existing methods, achieving Dice scores of"
        "outdone": where(pl.col("kind") == "score", "left").str.extract(
            rf"(?:^|[ (,])(?i-u:{WINS}) ((?u:[^,;()])+?)(?:, (?:{DOES_PLAINLY}|scoring|with)|,? with an?)(?: (?u:[^,;])*)?$"
        ),
        # "Surpassing earlier networks, it obtains"
        "outdone_first": where(pl.col("kind") == "score", "left").str.extract(
            rf"^(?i-u:{WINS}) ((?u:[^,;])+), (?u:[^;])*$"
        ),
        # "…, surpassing X"
        "after": after_first(
            pl.col("near"),
            rf"(?i-u), (?:(?:significant|substantial|considerab|marked|notab|dramatic|drastic|great|clear|remarkab|vast)[a-z]*ly |thereby |thus |also |further |still )?(?:{WINS}) ",
        ),
        # "comparable to X while using 12% of"
        "par": after_last(
            pl.col("left"),
            r"(?:comparabl[ey]|equivalent|similar|on par|competitive|parity|identical|favorably) (?:[a-z]+ ){0,2}?(?:to|with|over|as) ",
            "omparabl|quivalent|imilar|par |ompetitive|parity|dentical|avorably",
        ),
        # "a 58.5% success rate and consistently outperforms existing methods", "56.1 on Wye, even outperforming Why"
        "outdoes": having(where((pl.col("kind") == "score") & pl.col("baseline_value").is_null(), "near"), WINS_HINT)
        .str.extract(
            rf"^[^;]*?(?:,|--|—| and) (?:[a-z]+ly |even |also |thus |thereby )*(?i-u:{WINS}) ((?u:[^;(0-9])(?u:[^;(])*?(?:{NAMES}|methods|models|baselines|systems|approaches|works?|counterparts|agents|humans|{LLM}s|state-of-the-art)(?u:[^;(])*)"
        )
        # what is beaten by so much has a number of its own, and what on another set is another's
        .str.replace(" by an? [a-z]+ margins? [(](?u:.)*$", "")
        .str.replace("^(?u:.)* by (?:[a-z]+ )*$|^(?u:.)* (?:on|across) (?u:.)*$", ""),
        # "the best accuracy among open-source models", "best of all training-free methods with"
        "among": having(
            where((pl.col("kind") == "score") & ~pl.col("rule").is_in(["share", "share_of"]), "left"), " among "
        ).str.extract(
            rf"(?i-u)(?:state-of-the-art|SOTA|best|highest|top|lowest)(?: [A-Za-z0-9@-]+){{0,4}}? among (?:all |the |other )*((?:[a-z0-9-]+ ){{0,4}}(?:models?|methods?|approaches|systems?|{LLM}s|agents?|baselines?|competitors?|techniques|frameworks))(?:[ ,.;(]|$)"
        ),
        # "70.3 on Wye, Zed ranks ahead of Why", "(80.6%) is superior to the previous state of the art"
        "ranked": having(
            where((pl.col("kind") == "score") & pl.col("baseline_value").is_null(), "right"),
            "ahead of|above|superior|better|higher",
        ).str.extract(
            rf"^(?:(?u:[^.;,])*(?:, (?:and |(?:both of )?which |it |{NAMES} )?| ))?(?:(?:ranks?|ranking|stands?) (?:well |clearly |far )?(?:ahead of|above)|(?:is|are|was|were) (?:well |clearly |far |still |much |significantly )?(?:superior to|better than|higher than)) ((?:(?u:[^ ,;()])+ ){{0,6}}(?u:[^ ,;()])+)"
        ),
        # "is far ahead of all others at 53.4%", "with an accuracy of 53.4%"
        "ahead_at": having(where(pl.col("kind") == "score", "left"), "ahead of|superior|better|higher").str.extract(
            rf"(?:ahead of|superior to|better than|higher than) ((?:all |any |every |the )?(?:other |previous |existing )?(?:[a-z-]+ ){{0,2}}(?:others|{NAMES}|{_SYSTEMS})),? (?:at|with)(?: an?)?(?: [A-Za-z0-9@-]+ of)? *$"
        ),
        # "more accurate than any other open model on MMLU (79.4%"
        "more_than": having(where((pl.col("kind") == "score") | pl.col("changes"), "left"), " than ").str.extract(
            rf"(?:more|less|better|higher|lower|stronger|fewer) (?:[a-z-]+ )?(?:[a-z-]+ )?than ((?:any |all |every |the )?(?:other |previous |prior |existing )?(?:[a-z0-9-]+ ){{0,3}}(?:{NAMES}|{LLM}s?|{_SYSTEMS}))(?: (?:on|in|for|across|at|with) (?u:[^()])*)? [(](?u:[^()])*$"
        ),
        # "adding Zed to a sliding window raises"
        "added_to": having(where(pl.col("changes"), "left"), "dding ").str.extract(
            rf"(?:^|[ ,])[Aa]dding (?:{NAMES}|it|our [a-z]+|this) to (?:the |an? )?((?:[a-z-]+ ){{0,4}}(?:{NAMES}|{_SYSTEMS}|detectors?|attention|windows?|polic(?:y|ies)|networks?|transformers?)(?: with [a-z]+)?) (?:(?:rais|improv|increas|boost|reduc|lower|lift|yield)(?:es|ed|s)|cuts?|brings|brought|gives) "
        ),
        # "augmenting the Qwen3-4B with Zed reduces"
        "augmented": having(pl.col("left"), "ugment|quipp|etrofit").str.extract(
            rf"(?:[Aa]ugment|[Ee]quipp|[Rr]etrofitt)ing (?:the |an? )?(?:[a-z-]+ )?({_NUMBERED}[A-Za-z0-9/-]*) (?:with|model|using) "
        ),
    }
