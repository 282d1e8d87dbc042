"""Sentences of a text column, verbatim, with the place where each begins.

The sentences of a text laid end to end give the text again, byte for byte: a sentence keeps the blank that follows it.
What a sentence means is not decided here.
"""

import polars as pl

MARK = "\x1e"
# The mark as it may occur in the text itself: a byte of the same length takes its place, so that offsets stay.
_STAND_IN = "\x1f"

# "… speed. We", "… (Table 1). In", "… models! \"Why": what ends a sentence, a blank, and what opens the next.
_CLOSERS = ("", ")", "]", '"', "'", "”")
_OPENERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *"(\"'$[\\ “‘"]
_LETTERS = "ÀÁÄÅÇÈÉÍÑÓÖØÚÜŠŽΑΒΓΔΘΛΠΣΦΨΩ"
_BOUNDARIES = {
    f"{end}{closer} {opener}": f"{end}{closer} {MARK}{opener}"
    for end in ".!?"
    for closer in _CLOSERS
    for opener in [*_OPENERS, *(() if closer else _LETTERS)]
}
# "e.g. A", "Smith et al. 2020", "J. Doe", "Fig. 3": no end of a sentence.
_NO_END = (
    r"(?:^|[ (\[~,;])(?:[A-Z]|e\. ?g|i\. ?e|w\. ?r\. ?t|et al|[Vv]s|[Cc]f|[Ff]igs?|[Ee]qs?|[Ss]ecs?|[Tt]ab|[Rr]efs?"
    r"|[Aa]pprox|resp|No|[Vv]ol|[Dd]r|Prof|Mr|Mrs|Ms|St|Ch|[Aa]vg|[Rr]el|[Dd]im)\. $"
)

SENTENCE_SCHEMA = pl.Schema(
    {
        "text_id": pl.String,
        "evidence_in": pl.String,
        "sentence_id": pl.Int32,
        "sentence": pl.String,
        "sentence_byte": pl.Int64,
        "sentence_char": pl.Int32,
    }
)


def split_at_marks(marked: pl.Series) -> pl.DataFrame:
    """One row a piece of `marked`: row (of the series), piece, byte (where it begins in its row, marks not counted).

    Linear: one running sum, no window per text.
    """
    rows = marked.str.split(MARK).alias("piece").to_frame().with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    rows = rows.explode("piece", empty_as_null=False, keep_nulls=False)
    length = pl.col("piece").str.len_bytes().cast(pl.Int64)
    before = length.cum_sum() - length
    opening = pl.col("row") != pl.col("row").shift(1)
    return rows.with_columns(byte=before - pl.when(opening.fill_null(value=True)).then(before).forward_fill())


def split_sentences(texts: pl.Series) -> pl.DataFrame:
    """One row a sentence: row (of the series), sentence, byte (where it begins in its text)."""
    texts = texts.str.replace_all(MARK, _STAND_IN, literal=True)
    pieces = split_at_marks(texts.str.replace_many(_BOUNDARIES))
    # a piece that ends as no sentence does goes on in the next
    goes_on = pl.col("piece").str.contains(_NO_END) & (pl.col("row") == pl.col("row").shift(-1))
    pieces = pieces.with_columns(goes_on.fill_null(value=False).alias("goes_on"))
    rows = pieces.filter(~pl.col("goes_on").shift(1, fill_value=False)).rename({"piece": "sentence"})
    # the few that do are cut from their text anew
    end = pl.when(pl.col("row") == pl.col("row").shift(-1)).then(pl.col("byte").shift(-1))
    longer = rows.with_row_index("at").with_columns(width=end - pl.col("byte")).filter("goes_on")
    whole = longer.with_columns(text=texts.gather(longer["row"])).select(
        pl.col("text").cast(pl.Binary).bin.slice("byte", "width").cast(pl.String)
    )
    sentence = rows["sentence"].scatter(longer["at"], whole["text"]) if longer.height else rows["sentence"]
    return rows.select("row", sentence, "byte")


def sentences(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """The sentences of `texts[column]` (with `text_id`), one row each, as SENTENCE_SCHEMA; NULL and '' give none.

    `sentence_id` counts from 0 within a text, `sentence_byte` and `sentence_char` are 0-based offsets into the text.
    """
    rows = texts.select("text_id", pl.col(column).cast(pl.String).alias("text")).filter(
        pl.col("text").str.len_bytes() > 0
    )
    split = split_sentences(rows["text"])
    chars = pl.col("sentence").str.len_chars().cast(pl.Int32)
    number, place = pl.int_range(pl.len(), dtype=pl.Int32), chars.cum_sum() - chars
    first = pl.col("byte") == 0
    return (
        split.with_columns(rows["text_id"].gather(split["row"]))
        .select(
            "text_id",
            pl.lit(column).alias("evidence_in"),
            (number - pl.when(first).then(number).forward_fill()).alias("sentence_id"),
            "sentence",
            pl.col("byte").alias("sentence_byte"),
            (place - pl.when(first).then(place).forward_fill()).alias("sentence_char"),
        )
        .cast(SENTENCE_SCHEMA)
    )
