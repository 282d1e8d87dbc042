"""Topics of the taxonomy that a reader would expect a paper under.

Every phrase of the seed `topic_phrases` is looked for in one Aho-Corasick pass. A phrase in small letters stands for
any case, one with a capital only counts where the text has it in these letters (`RAG`, not "rag"); a blank stands for a
hyphen too, the plural goes without saying, and `*Bench` is any word that ends so. Mentions add up by weight to the
topic's score; a score that reaches `THRESHOLD` is a topic. A phrase counts where no longer one of its topic holds it, so
one of weight 0 hides what is inside: "image editing" is no "editing" of models.

To see whole words only, the pass reads a plain form: small letters and digits, and a blank for each byte that is neither.
Byte for byte, so that places in the plain form are places in the text.
"""

import string

import polars as pl
import pyarrow as pa

from paperhouse.text import char_offset
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

THRESHOLD = 2.0
_TITLE = 2  # a title says what a paper is about
_BESIDE = 0.1  # of the score of the text's first topic: what is far below it is a passing mention
# Mentions are added up as whole numbers: sums of floats depend on the order in which they are added.
_EXACT = 100

_WORDS = (string.ascii_letters + string.digits).encode()
_PLAIN = bytes(b if b in _WORDS else ord(" ") for b in range(256)).lower()
_AT_A_TIME = 2_000  # texts made plain together: few enough for the copies to stay in the processor's cache


def extract_topics(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and topic that reaches the threshold; evidence is its weightiest mention.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `TOPIC_SCHEMA`.
    """
    phrases = _phrases(vocabulary.topic_phrases)
    fields = _fields(texts)
    scored = _scored(_mentions(fields, phrases), phrases, texts.height)
    return _with_evidence(scored, fields, phrases, texts["text_id"])


def _fields(texts: pl.DataFrame) -> pl.DataFrame:
    """All titles, then all abstracts: text, plain."""
    text = pl.concat([texts["title"], texts["abstract"]]).alias("text")
    return pl.DataFrame([text, _plain(text)])


def _plain(text: pl.Series) -> pl.Series:
    """`text` in plain form, with a blank before and after."""
    parts = [
        _translate(part.select(pl.concat_str(pl.lit(" "), "text", pl.lit(" "))).to_series())
        for part in text.to_frame("text").iter_slices(_AT_A_TIME)
    ]
    return pl.concat([pl.Series("plain", [], pl.String), *parts])


def _translate(text: pl.Series) -> pl.Series:
    # all bytes at once by one table: Polars' own replacements cost three times as much
    arrow = text.to_arrow(compat_level=pl.CompatLevel.oldest())
    valid, offsets, letters = arrow.buffers()
    letters = pa.py_buffer((letters or pa.py_buffer(b"")).to_pybytes().translate(_PLAIN))
    plain = pa.LargeStringArray.from_buffers(len(arrow), offsets, letters, valid, arrow.null_count, arrow.offset)
    return pl.Series("plain", plain)


def _phrases(seed: pl.DataFrame) -> pl.DataFrame:
    """The phrases as they are looked for: topic_id, phrase (of the seed), key, letters, adds.

    `letters`: the word that the text must have in these letters, or NULL. `adds`: what one mention adds to the topic's
    score; together with the shorter phrases inside, which are found as well, it adds the phrase's weight.
    """
    bare = pl.col("phrase").str.strip_prefix("*")
    ending = pl.col("phrase") != bare
    # a word of its own is no ending
    words = seed.filter(ending).with_columns(phrase=bare, weight=pl.lit(0.0))
    seed = pl.concat([seed, words]).unique(["topic_id", "phrase"], keep="first", maintain_order=True)
    before = pl.when(ending).then(pl.lit("")).otherwise(pl.lit(" "))
    key = pl.concat_str(before, bare.str.replace_all("[^A-Za-z0-9]", " ").str.to_lowercase())
    phrases = pl.concat(
        seed.select(
            "topic_id",
            "phrase",
            key=pl.concat_str(key, pl.lit(end)),
            letters=bare.str.extract("([A-Za-z0-9]*[A-Z][A-Za-z0-9]*)"),
            weight=(pl.col("weight") * _EXACT).round().cast(pl.Int64),
        )
        for end in (" ", "s ")
    ).unique(["topic_id", "key", "letters"], keep="first", maintain_order=True)
    return phrases.with_columns(adds=_adds(phrases)).drop("weight")


def _adds(phrases: pl.DataFrame) -> pl.Series:
    """The weight of each phrase less what those of its topic add that are found whenever it is."""
    adds = phrases["weight"].to_list()
    for no, parts in _inside(phrases):
        adds[no] -= sum(adds[part] for part in parts)
    return pl.Series(adds, dtype=pl.Int64)


def _inside(phrases: pl.DataFrame) -> list[tuple[int, list[int]]]:
    """Each phrase that holds others of its topic, and these, by number; a phrase comes after those inside it."""
    numbered = phrases.with_row_index("no").with_columns(length=pl.col("key").str.len_bytes())
    inside = (
        numbered.with_columns(part=pl.col("key").str.extract_many(phrases["key"].unique().implode(), overlapping=True))
        .explode("part")
        .join(numbered.select("topic_id", part="key", part_no="no", part_letters="letters"), on=["topic_id", "part"])
        .filter(pl.col("no") != pl.col("part_no"))
        .filter(pl.col("part_letters").is_null() | pl.col("part_letters").eq_missing(pl.col("letters")))
        # those inside it are shorter, or the same but in any letters
        .sort("length", pl.col("letters").is_not_null(), "no")
    )
    return inside.group_by("no", maintain_order=True).agg("part_no").rows()


def _mentions(fields: pl.DataFrame, phrases: pl.DataFrame) -> pl.DataFrame:
    """What the pass finds, once for each phrase that it may stand for: field, and no, topic, adds of the phrase."""
    keys = phrases["key"].unique().sort()
    code = pl.col("key").cast(pl.Enum(keys)).to_physical()  # joins on numbers are cheaper than on text
    finds = (
        fields.select(key=pl.col("plain").str.extract_many(keys.implode(), overlapping=True))
        .with_row_index("field")
        .explode("key")
        .drop_nulls()
        .with_columns(code)
    )
    topic = pl.col("topic_id").rank("dense").cast(pl.UInt32) - 1
    stands_for = phrases.with_row_index("no").select(code, "no", "adds", "letters", topic=topic)
    mentions = finds.join(stands_for, on="key").drop("key")
    spelled = mentions.filter(pl.col("letters").is_not_null())
    text = fields["text"].gather(spelled["field"])
    spelled = (
        spelled.with_columns(text).filter(pl.col("text").str.contains(pl.col("letters"), literal=True)).drop("text")
    )
    return pl.concat([mentions.filter(pl.col("letters").is_null()), spelled]).drop("letters")


def _scored(mentions: pl.DataFrame, phrases: pl.DataFrame, height: int) -> pl.DataFrame:
    """The rows and topics that reach the threshold: row, topic_id, score, and of the evidence no (its phrase) and field.

    The evidence is of the mention that adds most; of equals the title's.
    """
    names = phrases["topic_id"].unique().sort()
    in_title = pl.col("field") < height
    row = (pl.col("field") % height).cast(pl.UInt64)
    adds = pl.col("adds") * pl.when(in_title).then(_TITLE).otherwise(1)
    # keys of one integer: grouping by two columns costs twice as much; so does a maximum of two
    by_topic = (
        mentions.select(
            key=row * len(names) + pl.col("topic"),
            adds=adds,
            best=(adds.clip(0) * 2 + in_title) * len(phrases) + pl.col("no"),
        )
        .group_by("key")
        .agg(pl.col("adds").sum(), pl.col("best").max())
        .filter(pl.col("adds") >= THRESHOLD * _EXACT)
        .with_columns(row=pl.col("key") // len(names))
    )
    scored = by_topic.filter(pl.col("adds") >= _BESIDE * pl.col("adds").max().over("row")).sort("key")
    in_abstract = (pl.col("best") // len(phrases)) % 2 == 0
    return scored.select(
        "row",
        topic_id=names.gather(scored["key"] % len(names)),
        score=(pl.col("adds") / _EXACT).round(2),
        no=pl.col("best") % len(phrases),
        field=pl.col("row") + pl.when(in_abstract).then(height).otherwise(0),
    )


def _with_evidence(scored: pl.DataFrame, fields: pl.DataFrame, phrases: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Evidence of each topic: the phrase's first place in its field, as the text writes it."""
    in_title = scored["field"] < len(ids)
    # a phrase begins after its own blank, an ending where it is found; the blank before the text is not of the text
    start = (
        pl.col("plain").str.find(pl.col("key"), literal=True) + pl.col("key").str.starts_with(" ").cast(pl.UInt32) - 1
    )
    found = fields[scored["field"]].with_columns(
        text_id=ids.gather(scored["row"]), key=phrases["key"].gather(scored["no"]), in_title=in_title
    )
    places = pl.concat([scored.select("topic_id", "score"), found], how="horizontal").with_columns(start=start)
    length = pl.col("key").str.strip_chars().str.len_bytes()
    return (
        places.with_columns(
            evidence=pl.col("text").cast(pl.Binary).bin.slice("start", length).cast(pl.String),
            evidence_start=char_offset(pl.col("text"), pl.col("start")),
            evidence_in=pl.when("in_title").then(pl.lit("title")).otherwise(pl.lit("abstract")),
            rule=pl.when("in_title").then(pl.lit("phrase_in_title")).otherwise(pl.lit("phrase_in_abstract")),
        )
        .with_columns(evidence_end=pl.col("evidence_start") + pl.col("evidence").str.len_chars())
        .select("text_id", *TOPIC_SCHEMA)
        .cast(TOPIC_SCHEMA)
    )
