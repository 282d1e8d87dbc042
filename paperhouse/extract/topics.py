"""Topics of the taxonomy that a reader would expect a paper under.

Every phrase of the seed `topic_phrases` is looked for in one pass (`mentions.py`). A phrase in small letters stands for
any case, one with a capital only counts where the text has it in these letters (`RAG`, not "rag"); a blank stands for a
hyphen too, and the plural goes without saying. Mentions add up by weight to the topic's score; a score that reaches
`THRESHOLD` is a topic. A phrase counts where no longer one of its topic holds it, so one of weight 0 hides what is
inside: "image editing" is no "editing" of models. What all other words say is added (`topic_words.py`): it tells a passing mention from a
paper's matter, and finds a matter that no phrase names; then what all topics say together (`topic_mix.py`).
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from paperhouse.extract.mentions import Phrases, find_in, find_phrases
from paperhouse.extract.topic_mix import Mix
from paperhouse.extract.topic_words import Words
from paperhouse.text import Utf8, char_offset, utf8
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
_MOST = 7.0  # for the threshold: more phrases than that do not outweigh the words
_TITLE = 2  # a title says what a paper is about
_BESIDE = 0.1  # of the score of the text's first topic: what is far below it is a passing mention
# Mentions are added up as whole numbers: sums of floats depend on the order in which they are added.
_EXACT = 100
_PLACES = 1 << 28  # more than a text has bytes
_AT_ONCE = (
    10_000  # texts: a table of text × topic then stays small enough that its memory is used again, not asked for anew
)


class Model(NamedTuple):
    """What is added to the phrases: what the words say, and what all topics say together, fitted with these words."""

    words: Words
    mix: Mix = Mix.none()


def extract_topics(texts: pl.DataFrame, vocabulary: Vocabulary, model: Model | None = None) -> pl.DataFrame:
    """One row per text and topic that reaches the threshold; evidence is its weightiest mention, else the word that says most.

    `texts`: text_id, title, abstract (String, NULL allowed); `model`: the one that ships, where none is given. Returns text_id and the
    columns of `TOPIC_SCHEMA`.
    """
    phrases, model = _phrases(vocabulary.topic_phrases), model or Model(Words.shipped(), Mix.shipped())
    parts = [_topics(part, phrases, model) for part in texts.iter_slices(_AT_ONCE)]
    return pl.concat(parts) if parts else _topics(texts, phrases, model)


def _topics(texts: pl.DataFrame, phrases: pl.DataFrame, model: Model) -> pl.DataFrame:
    fields = pl.concat([texts["title"], texts["abstract"]]).alias("text")
    read = utf8(fields)
    scored = _scored(read, _mentions(fields, read, phrases), phrases, model)
    return _with_evidence(scored, fields, read, texts["text_id"])


def _phrases(seed: pl.DataFrame) -> pl.DataFrame:
    """The phrases as they are looked for: topic_id, phrase (of the seed), key, letters, adds.

    `letters`: the word that the text must have in these letters, or NULL. `adds`: what one mention adds to the topic's
    score; together with the shorter phrases inside, which are found as well, it adds the phrase's weight.
    """
    key = pl.col("phrase").str.replace_all("[^A-Za-z0-9…]", " ").str.to_lowercase()
    phrases = pl.concat(
        _spread(seed).select(
            "topic_id",
            phrase="written",
            key=pl.concat_str(key, pl.lit(plural)),
            letters=pl.col("phrase").str.extract("([A-Za-z0-9]*[A-Z][A-Za-z0-9]*)"),
            weight=(pl.col("weight") * _EXACT).round().cast(pl.Int64),
        )
        for plural in ("", "s")
    ).unique(["topic_id", "key", "letters"], keep="first", maintain_order=True)
    return phrases.with_columns(adds=_adds(phrases)).drop("weight")


def _spread(seed: pl.DataFrame) -> pl.DataFrame:
    """The seed with a row for each way that "introduce|present … dataset|corpus" can be read; `written` is the phrase as it stands there."""
    spread = pl.col("phrase").str.contains("…", literal=True)
    seed = seed.with_columns(written="phrase")
    parts = seed.filter(spread).with_columns(
        pl.col("phrase").str.split("…").list.to_struct(fields=["open", "close"]).struct.unnest()
    )
    for side in ("open", "close"):
        parts = parts.with_columns(pl.col(side).str.strip_chars().str.split("|")).explode(side)
    read = parts.with_columns(phrase=pl.format("{} … {}", "open", "close")).select(seed.columns)
    return pl.concat([seed.filter(~spread), read])


def _adds(phrases: pl.DataFrame) -> pl.Series:
    """The weight of each phrase less what those of its topic add that are found whenever it is."""
    adds = phrases["weight"].to_list()
    for no, parts in _inside(phrases):
        adds[no] -= sum(adds[part] for part in parts)
    return pl.Series(adds, dtype=pl.Int64)


def _inside(phrases: pl.DataFrame) -> list[tuple[int, list[int]]]:
    """Each phrase that holds others of its topic, and these, by number; a phrase comes after those inside it."""
    keys = phrases["key"].unique(maintain_order=True)
    numbered = phrases.with_row_index("no").with_columns(length=pl.col("key").str.len_bytes())
    parts = find_phrases(numbered["key"], Phrases.of(tuple(keys)))
    inside = (
        parts.select(no="field", part=keys.gather(parts["phrase"]))
        .join(numbered, on="no")
        .join(numbered.select("topic_id", part="key", part_no="no", part_letters="letters"), on=["topic_id", "part"])
        .filter(pl.col("no") != pl.col("part_no"))
        .filter(pl.col("part_letters").is_null() | pl.col("part_letters").eq_missing(pl.col("letters")))
        # those inside it are shorter, or the same but in any letters
        .sort("length", pl.col("letters").is_not_null(), "no")
    )
    return inside.group_by("no", maintain_order=True).agg("part_no").rows()


def _mentions(fields: pl.Series, read: Utf8, phrases: pl.DataFrame) -> pl.DataFrame:
    """What the pass finds in `fields` (`read`: their bytes), once for each phrase that it may stand for: field, start (byte), and no,
    topic, adds of the phrase."""
    keys = phrases["key"].unique(maintain_order=True)
    found = find_in(read, Phrases.of(tuple(keys))).rename({"phrase": "key"})
    code = pl.col("key").replace_strict(keys, pl.int_range(len(keys), dtype=pl.UInt32, eager=True))
    topic = pl.col("topic_id").rank("dense").cast(pl.UInt32) - 1
    stands_for = phrases.with_row_index("no").select(code, "no", "adds", "letters", topic=topic)
    mentions = found.join(stands_for, on="key").drop("key")
    spelled = mentions.filter(pl.col("letters").is_not_null())
    text = fields.gather(spelled["field"])
    spelled = (
        spelled.with_columns(text).filter(pl.col("text").str.contains(pl.col("letters"), literal=True)).drop("text")
    )
    return pl.concat([mentions.filter(pl.col("letters").is_null()), spelled]).drop("letters")


def phrase_scores(mentions: pl.DataFrame, topics: pl.Series, height: int) -> np.ndarray:
    """What the phrases add up to, in hundredths: a row a text, a column a topic (sorted)."""
    field, topic, adds = (mentions[name].to_numpy().astype(np.int64) for name in ("field", "topic", "adds"))
    scores = np.zeros((height, len(topics)), np.int64)
    np.add.at(scores, (field % height, topic), adds * np.where(field < height, _TITLE, 1))
    return scores


def _scored(read: Utf8, mentions: pl.DataFrame, phrases: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The rows and topics that reach the threshold: row, topic_id, score, and of the evidence field, start and length (bytes), by_word.

    The evidence is of the mention that adds most; of equals the title's, and of one phrase the first.
    """
    height, names = (len(read[1]) - 1) // 2, phrases["topic_id"].unique().sort()
    field, topic, no, start, adds = (
        mentions[name].to_numpy().astype(np.int64) for name in ("field", "topic", "no", "start", "adds")
    )
    in_title = field < height
    adds = adds * np.where(in_title, _TITLE, 1)
    # one cell a row and topic
    cell = field % height * len(names) + topic
    best = np.zeros(height * len(names), np.int64)
    np.maximum.at(best, cell, ((adds.clip(0) * 2 + in_title) * len(phrases) + no + 1) * _PLACES - 1 - start)
    by_phrases, by_words = phrase_scores(mentions, names, height), model.words.scores(read, names)
    added = by_words + model.mix.scores(by_words, by_phrases, names)
    scores = (by_phrases + added).ravel()
    reached = np.flatnonzero(np.minimum(by_phrases, _MOST * _EXACT) + added >= THRESHOLD * _EXACT)
    first = np.zeros(height, np.int64)
    np.maximum.at(first, reached // len(names), scores[reached])
    reached = reached[scores[reached] >= _BESIDE * first[reached // len(names)]]
    row, (phrase, before) = reached // len(names), np.divmod(best[reached], _PLACES)
    in_abstract = phrase // len(phrases) % 2 == 0
    # of "introduce … dataset" the last word
    lengths = phrases["key"].str.replace("^.*… ", "").str.len_bytes().to_numpy()
    found = pl.DataFrame(
        {
            "row": row,
            "topic_id": names.gather(reached % len(names)),
            "score": (scores[reached] / _EXACT).round(2),
            "field": row + height * in_abstract,
            "start": _PLACES - 1 - before,
            "length": lengths[phrase % len(phrases)].astype(np.int64),
            "by_word": best[reached] == 0,
        }
    )
    silent = found["by_word"].arg_true()
    if len(silent):
        told = model.words.telling(read, row[silent], found["topic_id"].gather(silent))
        found = found.with_columns(found[name].scatter(silent, told[name]) for name in told.columns)
    # what only other topics speak for has no evidence, and is none
    return found.filter(pl.col("length") > 0)


def _with_evidence(scored: pl.DataFrame, fields: pl.Series, read: Utf8, ids: pl.Series) -> pl.DataFrame:
    """Evidence of each topic: the phrase or the word as the text writes it."""
    in_title = pl.when(pl.col("field") < len(ids))
    kind = pl.when("by_word").then(pl.lit("word")).otherwise(pl.lit("phrase"))
    return (
        scored.with_columns(fields.gather(scored["field"]), text_id=ids.gather(scored["row"]))
        .with_columns(
            evidence=pl.col("text").cast(pl.Binary).bin.slice("start", pl.col("length")).cast(pl.String),
            evidence_start=char_offset(read, scored["field"], scored["start"]),
            evidence_in=in_title.then(pl.lit("title")).otherwise(pl.lit("abstract")),
            rule=pl.format("{}_in_{}", kind, in_title.then(pl.lit("title")).otherwise(pl.lit("abstract"))),
        )
        .with_columns(evidence_end=pl.col("evidence_start") + pl.col("evidence").str.len_chars())
        .select("text_id", *TOPIC_SCHEMA)
        .cast(TOPIC_SCHEMA)
    )
