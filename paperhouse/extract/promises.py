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

# One of these stands in every promise. Literals in small letters: a search for any case costs ten times as much.
_HINTS = (
    r"will |wil |will}|'ll |shall |soon|upon |ble after |to be released|to be made|to be open|to be shared|to be pub|plan to|planned to"
    r"|intend to|going to|pledge to|commit to|committed to|forthcoming"
)
# And one of these, in few words of it; texts without are not cut into sentences.
_NEAR = (
    r"(?:wil|will}?|'ll|shall|to be|plan to|planned to|(?:intend|going|pledge|commit|committed) to) (?:[^ ]+ ){0,12}?[Oo]?(?:releas|avail|publi|open|sourc|shar|access"
    r"|provid|suppl|upload|host|announc|mak|made|distribut)|(?:avail|releas|publi)[^ ]* (?:[^ ]+ ){0,3}?(?:soon|upon|after)|soon|forthcoming"
)

_ADVERBS = (
    r"(?:also|soon|all|both|then|publicly|fully|openly|freely|further|eventually|actively|shortly|later|gradually)"
)
_OUT = (
    r"(?:(?:be\s+|become\s+)?(?:made\s+|fully\s+|soon\s+|publicly\s+|freely\s+|openly\s+|completely\s+|open(?:ly)?-?\s?)*"
    r"(?:available|released?|public|published|open-?\s?sourced?|shared|accessible|provided|uploaded|hosted|announced))"
)
# name → a promise with one group: the words that say what is promised. The first that matches counts.
_RULES = {
    # "we will release our code and models to …", "we plan to open-source the weights", "we commit to releasing"
    "we_will_release": (
        rf"(?i)\b(?:we|authors)(?:'ll|\b(?:.{{0,160}}?\b(?:and|but|then))?(?:\s+\w+){{0,2}}?\s+(?:will|wil|shall|are going to"
        rf"|(?:plan|planned|intend|pledge|commit|committed) to))\s+(?:be\s+)?(?:{_ADVERBS}\s+)*"
        r"(?:releas(?:e|ing)|open-?\s?sourc(?:e|ing)|publish(?:ing)?|shar(?:e|ing)|mak(?:e|ing)|provid(?:e|ing)|supply|distribute|upload)\s+"
        r"(.*?)(?:\s(?:to|upon|via|under|so that|in order|for (?:further|future|reproduc|research))\b.*)?$"
    ),
    # "Code and models will be made publicly available", "the dataset will soon be released"
    "subject_will_be": rf"(?i)^(.*?)\b(?:wil|will}}?|shall|are going to|is going to)\s+(?:{_ADVERBS}\s+)*{_OUT}\b",
    # "with all code, data and models to be released publicly", "planned to be released"
    "to_be_released": rf"(?i)^(.*?)\bto\s+be\s+(?:\w+ly\s+)?{_OUT}\b",
    # "Code available upon acceptance", "Code coming soon"
    "upon_acceptance": (
        rf"(?i)^(.*?)(?:\b{_OUT}\s+(?:soon|(?:upon|after)\s+(?:\w+\s+)?(?:acceptance|publication|review))\b|\b(?:coming\s+soon\b|forthcoming\W*$))"
    ),
}
# The subject is what stands last before the verb: earlier clauses tell of other things.
_LAST_CLAUSE = r"(?i)^.*\b(?:is|are|was|were|has|have|we)\b.*(?:[;:]|,\s+(?:and|but|while)\b)"
# "… methods.Our code": sentences that no blank parts.
_UNPARTED = r"^.*[a-z)][.!?]([A-Z])"

_THINGS = {
    "code": (
        r"(?i)\b(?:codes?|codebases?|source|implementations?|scripts?|toolkits?|library|repository|software|simulator"
        r"|methods?|framework|pipelines?|systems?|tools?|environments?|resources|packages?|platform|plug-?in|interface)\b"
    ),
    "data": (
        r"(?i)\b(?:[\w-]*(?:data|datasets?|bench|benchmarks?)|corpus|corpora|annotations?|test\s?sets?|testbed|resources"
        r"|questions|knowledge graphs?|lexicons?|databases?|trajectories|recordings)\b"
    ),
    "model": r"(?i)\b(?:models?|checkpoints?|weights)\b",
}
# "model code", "evaluation benchmark code": the last noun is the thing.
_COMPOUND = (
    r"(?i)\b(?:models?|data(?:sets?)?|benchmark|annotation|pipeline)(?:\s\w+ing)?"
    r"\s+(codes?|codebases?|scripts?|pipelines?)\b"
)
# "implementation of our model", "code for training models": what the code is of is not promised.
_CODE_OF = (
    r"(?i)\b(codes?|codebases?|implementations?|scripts?)\s+(?:of|for)\s+[^,;]*?"
    r"(,|;|\band\s+(?:the|our|all|its|both|pre-?trained|trained|new)\b|\band\s+[\w-]+\s*$|$)"
)
# A front page is no link: "will be available on https://github.com."
_FRONT_PAGE = r"(?i)(?:https?://)?(?:www\.)?(?:github\.com|huggingface\.co)/?((?:[\s.,;)][^\s/]*)(?:\s|$)|$)"
# "… of documents.~Working in progress. https://…": the link is not the promise's.
_NEXT_SENTENCE = r"([a-z]{3})[.!?]~[A-Z].*$"
_LINK = r"(?i:https?\s?:|www\.|\.github\.io|[a-z0-9-]\.[a-z]{2,6}/\S)"
# "The code is at URL, and the weights will be released": behind a link a clause of its own may promise something else, but not the text
# that is shown for it.
_UP_TO_LINK = rf"^.*{_LINK}[^\s{{}}]*(?:\}}?\{{[^{{}}]*\}})?\S*"
# "we do not plan to release", "neither code nor data will be released", "Data will be available upon request."
_NO_PROMISE = (
    r"(?i)\b(?:not|n't|never)\s+(?:plan|intend|going)\b|\b(?:not|n't|cannot|never)\s+be\s+(?:made\s+|publicly\s+)*(?:releas|shar|publi|open|available)"
    r"|\b(?:cannot|unable to)\s+(?:release|share|publish)\b"
    r"|\b(?:neither|no|none of)(?:\s+(?:the|our|code|data|datasets?|models?|weights|nor|or|and))+\s+(?:will|shall)\b"
    r"|^[^,;]*\b(?:up)?on (?:\w+ )?request\b[^,;]*$"
)


def extract_promises(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and thing promised, at its first promise.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `PROMISE_SCHEMA`.
    Evidence is the sentence.
    """
    _ = vocabulary  # the language of promises is in the rules; the signature is that of every extractor
    abstract, sentence = pl.col("abstract"), pl.col("sentence")
    told = sentence.str.replace(_NEXT_SENTENCE, "${1}").str.replace_all(_FRONT_PAGE, " ${1} ")
    candidates = (
        texts.select("text_id", "abstract").filter(abstract.str.contains(_HINTS)).filter(abstract.str.contains(_NEAR))
    )
    found = (
        sentences(candidates, "abstract")
        .filter(sentence.str.contains(_HINTS))
        .filter(sentence.str.contains(_NEAR) & ~sentence.str.contains(_NO_PROMISE))
        .with_columns(sentence=sentence.str.strip_chars_end(), told=told.str.replace(_UP_TO_LINK, ""))
    )
    things = _with_rule(found).with_columns(what=_things()).explode("what").drop_nulls("what")
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


def _with_rule(found: pl.DataFrame) -> pl.DataFrame:
    """The sentences that a rule matches, with rule (the first that does) and words: what it is about."""
    read = found.with_columns(pl.col("told").str.extract(pattern).alias(name) for name, pattern in _RULES.items())
    rule = pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in _RULES)
    ruled = read.with_columns(rule=rule, words=pl.coalesce(*_RULES)).drop_nulls("rule")
    subject = pl.col("words").str.replace(_LAST_CLAUSE, "")
    return ruled.with_columns(words=pl.when(pl.col("rule") == "we_will_release").then("words").otherwise(subject))


def _things() -> pl.Expr:
    words = (
        pl.col("words")
        .str.replace(_UNPARTED, "${1}")
        .str.replace_all(_COMPOUND, "${1}")
        .str.replace_all(_CODE_OF, "${1} ${2}")
    )
    named = [pl.when(words.str.contains(pattern)).then(pl.lit(what)) for what, pattern in _THINGS.items()]
    return pl.concat_list(named).list.drop_nulls()
