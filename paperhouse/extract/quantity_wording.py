"""What a quantity is called: a stretch of words cut down to what was measured, without who was measured, where and by how much."""

import polars as pl

from paperhouse.extract.patterns import ANY, DOES_PLAINLY, LLM, MOVING, STOP, scattered

_QUALIFIERS = (
    r"the|their|our|a|an|short|i[.]e[.]?|e[.]g[.]?|such|this|these|absolute|relative|significant|substantial|average|maximum"
    r"|remarkable|new|impressive|additional|further|consistent|peak|notable|overall"
)
_PAST_NUMBER = r"^.*(?:^| )[+-]?[0-9.]+ ?[^ ]* *(?:\([^)]*\) *)?,? *(?:(?:and|while|but) +)?"
_LEAD = (
    r"^[ ,'\"]*(?:\([0-9a-z]+\) *)?(?:(?i-u:(?:results? |experiments? )?(?:reveal(?:s|ed)?|indicat(?:e|es|ed))|and|of|this|these|the|its|their|our|a|an|each|every|both|on average|average|overall|over|upon|highest?|best|lowest|low"
    "|state-of-the-art|SOTA|peak|average) +)*"
)
# What is left of "strong improvements of 6 points": nothing that was measured.
_EMPTY = (
    "(?:avg[.]?|overall|expected|marginal|minimal|slight|minor|high|even|strong|small|similar|comparable|further|non-trivial|modest|solid|steady|sizable|sizeable|meaningful|noticeable|robust|huge|massive|drastic|competitive|superior|substantial|tremendous|dramatic|clear|large|considerable|notable|significant|remarkable|consistent|relative|absolute|impressive"
    "|faster|slower|better|higher|lower|larger|smaller|cheaper|improvements?|gains?|increases?|boosts?|reductions?|drops?|performance gains?|results|these aggregate scores|average|maximum|minimum)"
)
# "the model's performance on AIME2025", "the response length of DeepSeek-R1": the performance, the response length
_OWNER = "^(?u:.)*(?:'s|s') "
_JOINED = "\x1f"
_PLACE = r"(?i-u) (?:on|across|when|under|over) (?u:.)*$"
OF_RIVAL = (
    rf" (?:of|for) (?i-u:the |an? |all )?(?:(?u:[^ ,])+ ){{0,4}}(?:(?i-u:baselines?|models?|methods?|{LLM}s?|counterparts?|generators?|systems?|approaches|frameworks?|agents?)(?: (?:such as|like|including) (?u:.)*| (?-i:[A-Z])(?u:[^ ,])*)?"
    r"|(?:prior|previous|existing) works?|[A-Za-z]*[A-Z][A-Za-z]*[0-9.-]+[A-Za-z0-9.-]*)"
)
# (the stems of adverbs are those that leave "family", "anomaly" and "assembly")
_TRAIL = (
    " +(?i-u:by|of|in|on|for|and|is|was|are|to|from|down|[a-z]+(?:nt|ial|cal|ab|ked|at)ly|further|respectively|can|be|been"
    "|has|have|required|used|needed|accounting|reaching|such|so|a)$"
)


def after_last_stop(text: pl.Expr) -> pl.Expr:
    """The last noun phrase of a stretch: what follows its last small word, verb of achieving or determiner."""
    text = text.str.replace(rf"^{ANY}*;", "")
    # "In low-resource scenarios, performance": the performance
    text = text.str.replace("^(?:In|On|Under|Over|Across|For|At|During|After|Without) (?u:[^,;])+, ", "")
    # "memory needed for training": the memory
    text = text.str.replace(" (?:needed|required|used|spent|consumed) (?:for|by|in|during) [a-z-]+(?: [a-z-]+)? *$", "")
    # "the hit rate": no verb
    text = text.str.replace_all(
        "(?i-u)(^|[ (,])(hit|solve|yield|capture|gain) (rates?|ratios?)", f"${{1}}${{2}}{_JOINED}${{3}}"
    )
    text = text.str.replace(
        rf"(?i-u)^{ANY}*(?:^|[ (,])(?:{STOP}|{DOES_PLAINLY}|{_QUALIFIERS}|(?:{MOVING}|enhanc|boost)(?:e?s|ing))[ (]+",
        "",
    )
    return text.str.replace_all(_JOINED, " ", literal=True)


def tidied(found: pl.DataFrame, names: list[str], whole: str) -> pl.DataFrame:
    """Quantities without a number before, a determiner, an open bracket, or more than nine words; a measure of `whole` is left as it is."""
    # one column of all that is there: each pattern is compiled once, and what is NULL costs nothing
    rows = (
        found.select(names)
        .with_row_index("row")
        .unpivot(index="row", variable_name="name", value_name="text")
        .drop_nulls()
    )
    text = pl.col("text")
    rows = rows.with_columns(
        _whole=text.str.extract(rf"(?i-u)(?:^|[ (])((?:mean )?(?:{whole}))(?: +\((?u:[^()])+\))? *$")
    )
    rows = rows.with_columns(
        text.str.strip_chars(" ")
        .str.replace(" (?:likewise|also|then|thus|thereby|too|similarly)$", "")
        .str.replace(f"{OF_RIVAL}(?: (?:in|on|across|for) (?u:.)*)?$", "")
        .str.replace(_PAST_NUMBER, "")
        .str.replace(_OWNER, "")
        .str.replace(_LEAD, "")
    )
    rows = rows.with_columns(text.str.replace(_PLACE, "").str.replace(r" *\([^)]*$", ""))
    rows = rows.with_columns(text.str.replace(_TRAIL, "").str.replace(_TRAIL, "").str.replace_all(" +", " "))
    rows = rows.with_columns(
        text.str.strip_chars(" ,.;:'\"-")
        .str.replace(r" *\( *\)", "")  # "FID (↓)", whose arrow is washed away
        .str.replace("^down the ", "")  # "slows down the generation speed"
        .str.replace("^(?i-u:(?:[a-z-]+ )?results?)$", "")
        .str.replace(f"^.*(?:models?|agents?|{LLM}s|humans|systems|methods|most) (scores?)$", "$1")
        .str.replace(" &([A-Z])", "&$1")
        .str.replace_all(" _", "_", literal=True)
    )
    nothing = text.str.contains(
        rf"^(?i-u:the|an?|this|these|{STOP}|{_EMPTY}|[a-z]+ly|)$|^(?i-u:in|on|for|across|at|with|to|from|by|compared|relative to) |(?i-u:(?:^| )counterparts?$)|, (?i-u:with|while|and|which)$|, [A-Z](?u:[^ ,])* [a-z]+s "
    )
    # a longer one ends where the next phrase begins
    short = pl.when(text.str.count_matches(" ") >= 9).then(
        text.str.replace(r"(?i-u) (?:from|with|by|for|in|using|via|through) (?u:.)*$", "")
    )
    # the Inception Score is no small word
    rows = rows.filter(~nothing | (text == "IS")).with_columns(
        pl.coalesce(pl.col("_whole").str.replace_all(" +", " "), short, text).alias("text")
    )
    rows = rows.filter(text.str.count_matches(" ") < 9)
    tidy = {}
    for name in names:
        said = rows.filter(pl.col("name") == name)
        tidy[name] = scattered(said["text"], said["row"], found.height)
    return found.with_columns(**tidy)
