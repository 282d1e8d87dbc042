"""Topics of the taxonomy that a reader would expect a paper under.

Every phrase of the seed `topic_phrases` is looked for in one Aho-Corasick pass. A phrase in small letters stands for
any case, one with a capital for itself alone (`RAG`, not "rag"); a blank stands for a hyphen too, the plural goes
without saying, and `*Bench` is any word that ends so. Mentions add up by weight to the topic's score; a score that
reaches `THRESHOLD` is a topic. A phrase counts where no longer one of its topic holds it, so one of weight 0 hides what
is inside: "image editing" is no "editing" of models.

To see whole words only, the pass reads a plain form: each character but ASCII letters and digits as two blanks. Two, so
that neighbours need not share one; per character, so that places in the plain form are places in the text.
"""

import polars as pl

from paperhouse.vocabulary import Vocabulary

TOPIC_SCHEMA = pl.Schema(
    {
        "topic_id": pl.String,
        "score": pl.Float64,
        "evidence": pl.String,
        "evidence_in": pl.String,
        "evidence_start": pl.Int32,
        "evidence_end": pl.Int32,
        "rule": pl.String,
    }
)

THRESHOLD = 3.5
_TITLE = 3.0  # a title says what a paper is about
_BACKGROUND = 0.7  # before "we propose", an abstract tells of the field
_REPEATS = 4.0  # as much as a phrase can count by being said again
_STRONG = 0.9  # hints alone make no topic
# Mentions are added up as whole numbers: sums of floats depend on the order in which they are added.
_EXACT = 100
_BESIDE = 0.15  # of the score of the text's first topic: what is far below it is a passing mention

# Where the abstract turns from the field to the work itself.
_CUES = [
    *(
        "this paper",
        "this work",
        "this study",
        "this report",
        "this survey",
        "this article",
        "we propose",
        "we present",
    ),
    *("we introduce", "we develop", "we study", "we investigate", "we show", "we describe", "we release", "we design"),
    *("our method", "our approach", "our framework", "is proposed", "we explore", "we demonstrate", "we evaluate"),
    *(
        "we find",
        "we analyze",
        "we build",
        "we construct",
        "we address",
        "we create",
        "we conduct",
        "we first",
        "we offer",
    ),
]


def extract_topics(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and topic that reaches the threshold; evidence is the phrase that counts most, at its first place.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `TOPIC_SCHEMA`.
    """
    phrases = _phrases(vocabulary.topic_phrases)
    fields = _fields(texts)
    hits = _hits(fields, phrases)
    scored = _scored(_mentions(hits, phrases), vocabulary.topic_phrases)
    evident = scored.join(hits.select("at", "in_title", "found"), on="at", maintain_order="left")
    return _with_evidence(evident, fields, texts)


def _plain(text: pl.Expr) -> pl.Expr:
    # in two steps: one regex that replaces each blank as well costs twice as much
    words = text.str.replace_all("[^A-Za-z0-9 ]", " ").str.replace_all(" ", "  ", literal=True)
    return pl.concat_str(pl.lit("  "), words, pl.lit("  "))


def _phrases(seed: pl.DataFrame) -> pl.DataFrame:
    """The seed, singular and plural, with `key`, the phrase as it is looked for, and `exact`, its letters if they count."""
    suffix = pl.col("phrase").str.starts_with("*")
    words = pl.col("phrase").str.strip_prefix("*").str.replace_all("[^A-Za-z0-9]", "  ")
    before = pl.when(suffix).then(pl.lit("")).otherwise(pl.lit(" "))
    seed = seed.with_row_index("phrase_no")
    both = pl.concat(seed.with_columns(form=pl.concat_str(before, words, pl.lit(end))) for end in (" ", "s "))
    return both.with_columns(
        key=pl.col("form").str.to_lowercase(), exact=pl.when(pl.col("form").str.contains("[A-Z]")).then("form")
    ).unique(["topic_id", "key", "exact"], keep="first", maintain_order=True)


def _patterns(phrases: pl.DataFrame) -> pl.Series:
    cues = pl.Series("key", _CUES).str.replace_all(" ", "  ")
    # " bench " is no word that ends in "bench": as a pattern of its own it comes before the ending and counts for nothing
    endings = phrases["key"].filter(~phrases["key"].str.starts_with(" "))
    keys = pl.concat([phrases["key"], " " + endings, " " + cues + " "]).unique()
    # the longest that begins at a place counts, and that is the first of the list
    return keys.to_frame().sort(pl.col("key").str.len_bytes(), "key", descending=[True, False])["key"].implode()


def _fields(texts: pl.DataFrame) -> pl.DataFrame:
    """Titles and abstracts as rows of one column: row (of `texts`), in_title, plain."""
    rows = texts.with_row_index("row")
    return pl.concat(
        rows.select("row", in_title=pl.lit(value=field == "title"), plain=_plain(pl.col(field)))
        for field in ("title", "abstract")
    ).drop_nulls("plain")


def _hits(fields: pl.DataFrame, phrases: pl.DataFrame) -> pl.DataFrame:
    """What the pass finds: row, in_title, found (verbatim from the plain text), factor (how much its place counts)."""
    found = pl.col("plain").str.extract_many(_patterns(phrases), ascii_case_insensitive=True, leftmost=True)
    hits = (
        fields.select("row", "in_title", found=found)
        .explode("found", empty_as_null=False)
        .drop_nulls("found")
        .with_row_index("at")
    )
    keys = hits.select(pl.col("found").unique()).with_columns(key=pl.col("found").str.to_lowercase())
    cues = keys.filter(pl.col("key").str.strip_chars().str.replace_all("  ", " ", literal=True).is_in(_CUES))
    turn = (
        hits.filter(~pl.col("in_title")).join(cues, on="found", how="semi").group_by("row").agg(turn=pl.col("at").min())
    )
    background = (pl.col("at") < pl.col("turn")).fill_null(value=False)
    factor = pl.when("in_title").then(_TITLE).when(background).then(_BACKGROUND).otherwise(1.0)
    return hits.join(turn, on="row", how="left", maintain_order="left").with_columns(
        factor=(factor * _EXACT).round().cast(pl.Int64)
    )


def _credits(found: pl.Series, phrases: pl.DataFrame) -> pl.DataFrame:
    """What each distinct find counts for: found, topic_id, phrase_no, weight.

    A find counts for its own topics, and for those that shorter phrases inside it stand for: "video diffusion model" is
    a "diffusion model" as well.
    """
    finds = pl.DataFrame({"found": found}).with_columns(
        # every phrase inside, the find itself among them
        key=pl.col("found").str.extract_many(_patterns(phrases), ascii_case_insensitive=True, overlapping=True)
    )
    inside = (
        finds.explode("key", empty_as_null=False)
        .with_columns(part="key", key=pl.col("key").str.to_lowercase())
        .join(phrases, on="key", how="inner")
        .filter(pl.col("exact").is_null() | (pl.col("exact") == pl.col("part")))
        .filter(pl.col("part").str.starts_with(" ") | (pl.col("part") == pl.col("found")))
        .unique(["found", "topic_id", "part"], keep="first", maintain_order=True)
        .select("found", "topic_id", "part", "phrase_no", "weight")
    )
    longer = inside.select("found", "topic_id", longer="part")
    hidden = (
        inside.join(longer, on=["found", "topic_id"])
        .filter((pl.col("part") != pl.col("longer")) & pl.col("longer").str.contains(pl.col("part"), literal=True))
        .select("found", "topic_id", "part")
    )
    return inside.join(hidden, on=["found", "topic_id", "part"], how="anti").filter(pl.col("weight") > 0)


def _mentions(hits: pl.DataFrame, phrases: pl.DataFrame) -> pl.DataFrame:
    """Each mention of a phrase of a topic: row, phrase_no, factor, and at (the find)."""
    counts_for = _credits(hits["found"].unique(), phrases).select("found", "phrase_no")
    return hits.select("row", "found", "factor", "at").join(counts_for, on="found").drop("found")


def _scored(mentions: pl.DataFrame, seed: pl.DataFrame) -> pl.DataFrame:
    """The rows and topics that reach the threshold: row, topic_id, score, and at, the find that is the evidence."""
    topic_no = seed["topic_id"].rank("dense").cast(pl.UInt64) - 1
    names = seed["topic_id"].unique().sort()
    # keys of one integer: grouping by two columns costs twice as much
    by_phrase = (
        mentions.group_by(key=pl.col("row").cast(pl.UInt64) * len(seed) + pl.col("phrase_no"))
        .agg(pl.col("at").min(), pl.col("factor").sum())
        .with_columns(row=pl.col("key") // len(seed), phrase_no=pl.col("key") % len(seed))
    )
    weight = (seed["weight"] * _EXACT).round().cast(pl.Int64).gather(by_phrase["phrase_no"])
    by_phrase = by_phrase.select(
        "at",
        weight=weight / _EXACT,
        counts=weight * pl.col("factor").clip(upper_bound=int(_REPEATS * _EXACT)),
        key=pl.col("row") * len(names) + topic_no.gather(by_phrase["phrase_no"]),
    )
    scores = (
        by_phrase.group_by("key")
        .agg(score=pl.col("counts").sum() / _EXACT**2, most=pl.col("counts").max(), strongest=pl.col("weight").max())
        .filter((pl.col("score") >= THRESHOLD) & (pl.col("strongest") >= _STRONG))
    )
    scores = scores.filter(pl.col("score") >= _BESIDE * pl.col("score").max().over(pl.col("key") // len(names)))
    best = (
        by_phrase.join(scores, on="key")
        .filter(pl.col("counts") == pl.col("most"))
        .group_by("key")
        .agg(pl.col("at").min(), pl.col("score").first())
        .sort("key")
    )
    topic = names.gather(best["key"] % len(names))
    return best.select("score", "at", row=(pl.col("key") // len(names)).cast(pl.UInt32), topic_id=topic)


def _with_evidence(scored: pl.DataFrame, fields: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Evidence of each topic: the strongest phrase's first place in its field, as the text writes it."""
    sources = texts.with_row_index("row").select("row", "text_id", "title", "abstract")
    at = pl.col("plain").str.find(pl.col("found"), literal=True).cast(pl.Int64)
    at += pl.col("found").str.starts_with(" ").cast(pl.Int64)
    head = pl.col("plain").str.head(pl.col("_at"))
    inner = pl.col("found").str.strip_chars()
    # in the plain form each blank of the text, and the one put before it, stands twice
    start = pl.col("_at") - head.str.count_matches(" ", literal=True).cast(pl.Int64) // 2 - 1
    width = inner.str.len_bytes() - inner.str.count_matches(" ", literal=True) // 2
    text = pl.when("in_title").then("title").otherwise("abstract")
    return (
        scored.join(fields, on=["row", "in_title"], how="left", maintain_order="left")
        .join(sources, on="row", how="left", maintain_order="left")
        .with_columns(_at=at)
        .with_columns(evidence_start=start.cast(pl.Int32), _width=width.cast(pl.Int32))
        .with_columns(
            evidence=text.str.slice(pl.col("evidence_start"), pl.col("_width")),
            evidence_end=pl.col("evidence_start") + pl.col("_width"),
            evidence_in=pl.when("in_title").then(pl.lit("title")).otherwise(pl.lit("abstract")),
            rule=pl.when("in_title").then(pl.lit("phrase_in_title")).otherwise(pl.lit("phrase_in_abstract")),
        )
        .select("text_id", *TOPIC_SCHEMA)
        .cast(TOPIC_SCHEMA)
    )
