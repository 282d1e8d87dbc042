"""Releases that a text promises without a link: "We will release code and data on GitHub".

What is claimed to be out already, and what the sentence gives a link to, is no promise. Read sentence by sentence: a
rule finds the promise and the words it is about (the object of "we will release …", the subject of "… will be
released"), and the things are looked for in those words alone.
"""

import polars as pl

from paperhouse.extract.sentences import sentences
from paperhouse.vocabulary import Vocabulary

PROMISE_SCHEMA = pl.Schema(
    {
        "what": pl.String,
        "evidence": pl.String,
        "evidence_in": pl.String,
        "evidence_start": pl.Int32,
        "evidence_end": pl.Int32,
        "rule": pl.String,
    }
)

# One of these stands in every promise: texts without are not cut into sentences.
_HINTS = ["will ", "soon", "to be released", "to be made", "to be open", "upon ", "plan to", "intend to", "going to"]

_ADVERBS = (
    r"(?:also|soon|all|both|then|publicly|fully|openly|freely|further|eventually|actively|shortly|later|gradually)"
)
_OUT = (
    r"(?:(?:be\s+|become\s+)?(?:made\s+|fully\s+|soon\s+|publicly\s+|freely\s+|openly\s+|completely\s+|open(?:ly)?-?\s?)*"
    r"(?:available|released?|public|published|open-?\s?sourced?|shared|accessible|provided|uploaded|hosted|announced))"
)
# name → a promise with one group: the words that say what is promised. The first that matches counts.
_RULES = {
    # "we will release our code and models to …", "we plan to open-source the weights"
    "we_will_release": (
        rf"(?i)\b(?:we\b.{{0,160}}?\s(?:will|shall|are going to)|(?:plan|intend|aim) to)\s+(?:{_ADVERBS}\s+)*"
        r"(?:release|releasing|open-?\s?sourc(?:e|ing)|publish|share|make|making|provide|opensource)\s+"
        r"(.*?)(?:\s(?:to|upon|via|under|so that|in order|for (?:further|future|reproduc|research))\b.*)?$"
    ),
    # "Code and models will be made publicly available", "the dataset will soon be released"
    "subject_will_be": rf"(?i)^(.*?)\b(?:will|shall|are going to|is going to)\s+(?:{_ADVERBS}\s+)*{_OUT}\b",
    # "with all code, data and models to be released publicly", "planned to be released"
    "to_be_released": rf"(?i)^(.*?)\bto\s+be\s+(?:\w+ly\s+)?{_OUT}\b",
    # "Code available upon acceptance", "Code coming soon"
    "upon_acceptance": (
        rf"(?i)^(.*?)(?:\b{_OUT}\s+(?:soon|(?:upon|after)\s+(?:\w+\s+)?(?:acceptance|publication|review))\b|\bcoming\s+soon\b)"
    ),
}
# The subject is what stands last before the verb: earlier clauses tell of other things.
_LAST_CLAUSE = r"(?i)^.*\b(?:is|are|was|were|has|have|we)\b.*(?:[;:]|,\s+(?:and|but|while|which)\b)"

_THINGS = {
    "code": (
        r"(?i)\b(?:codes?|codebases?|source|implementations?|scripts?|toolkits?|library|repository|software|simulator"
        r"|methods?|framework|pipelines?|systems?|tools?|environments?|resources)\b"
    ),
    "data": (
        r"(?i)\b(?:data|datasets?|benchmarks?|corpus|corpora|annotations?|test\s?sets?|testbed|resources|questions)\b"
    ),
    "model": r"(?i)\b(?:models?|checkpoints?|weights)\b",
}
# "model code", "evaluation benchmark code": the last noun is the thing.
_COMPOUND = (
    r"(?i)\b(?:models?|data(?:sets?)?|benchmark|annotation|pipeline)(?:\s\w+ing)?"
    r"\s+(codes?|codebases?|scripts?|pipelines?)\b"
)
_LINK = r"(?i)https?\s?:|www\.|\b(?:github|huggingface|gitlab)\.(?:com|co)/|\.github\.io"


def extract_promises(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and thing promised, at its first promise.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `PROMISE_SCHEMA`.
    Evidence is the sentence.
    """
    _ = vocabulary  # the language of promises is in the rules; the signature is that of every extractor
    candidates = texts.select("text_id", "abstract").filter(
        pl.col("abstract").str.contains_any(_HINTS, ascii_case_insensitive=True)
    )
    found = (
        sentences(candidates, "abstract")
        .filter(pl.col("sentence").str.contains_any(_HINTS, ascii_case_insensitive=True))
        .filter(~pl.col("sentence").str.contains(_LINK))
        .with_columns(sentence=pl.col("sentence").str.strip_chars_end())
        .with_columns(_matched())
        .drop_nulls("rule")
    )
    things = found.with_columns(_things()).explode("what").drop_nulls("what")
    return (
        things.unique(["text_id", "what"], keep="first", maintain_order=True)
        .with_columns(evidence_start="sentence_char", _width=pl.col("sentence").str.len_chars().cast(pl.Int32))
        # the sentence splitter replaces its own mark: evidence comes from the text itself
        .join(candidates, on="text_id", how="left", maintain_order="left")
        .with_columns(
            evidence=pl.col("abstract").str.slice("evidence_start", "_width"),
            evidence_end=pl.col("evidence_start") + pl.col("_width"),
        )
        .select("text_id", *PROMISE_SCHEMA)
        .cast(PROMISE_SCHEMA)
    )


def _matched() -> list[pl.Expr]:
    """rule: the first that matches; words: what it is about."""
    sentence = pl.col("sentence")
    words = {name: sentence.str.extract(pattern) for name, pattern in _RULES.items()}
    rule = pl.coalesce(pl.when(w.is_not_null()).then(pl.lit(name)) for name, w in words.items())
    subject = [w if name == "we_will_release" else w.str.replace(_LAST_CLAUSE, "") for name, w in words.items()]
    return [rule.alias("rule"), pl.coalesce(subject).alias("words")]


def _things() -> pl.Expr:
    words = pl.col("words").str.replace_all(_COMPOUND, "${1}")
    named = [pl.when(words.str.contains(pattern)).then(pl.lit(what)) for what, pattern in _THINGS.items()]
    return pl.concat_list(named).list.drop_nulls().alias("what")
