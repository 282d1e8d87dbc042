"""Sentences of a text column, verbatim, with the place where each begins, in bytes and in characters.

The pieces of a text laid end to end give the text again, byte for byte: a sentence keeps the blanks that follow it.
What a sentence means is not decided here.
"""

import polars as pl

MARK = "\x1e"
# The mark as it may occur in the text itself: a byte of the same length takes its place, so that offsets stay.
_STAND_IN = "\x1f"

# "… speed. We", "… (Table 1). In", "… models! \"Why": an end, closing brackets or quotes, blanks, and what opens a sentence.
_END = r"""([.!?][)\]"'”’}]*)(\s+)([\p{Lu}0-9("'“‘$\[\\])"""
# "e.g. A", "Smith et al. 2020", "J. Doe", "Fig. 3": no end of a sentence.
_NO_END = (
    r"((?:^|[\s(\[~,;\x1e])(?:\p{Lu}|e\. ?g|i\. ?e|w\. ?r\. ?t|et al|[Vv]s|[Cc]f|[Ff]igs?|[Ee]qs?|[Ss]ecs?|[Tt]ab|[Rr]efs?"
    r"|[Aa]pprox|resp|No|[Vv]ol|[Dd]r|Prof|Mr|Mrs|Ms|St|Ch|[Aa]vg|[Rr]el|[Dd]im)\.\s+)" + MARK
)

SENTENCE_SCHEMA = {
    "text_id": pl.String,
    "evidence_in": pl.String,
    "sentence_id": pl.Int32,
    "sentence": pl.String,
    "sentence_byte": pl.Int64,
    "sentence_char": pl.Int32,
}


def unmarked(text: pl.Expr) -> pl.Expr:
    """The text with any mark of its own replaced by another control character of the same length."""
    return text.str.replace_all(MARK, _STAND_IN, literal=True)


def split_marked(frame: pl.DataFrame, marked: pl.Expr, piece: str) -> pl.DataFrame:
    """One row a piece of `marked`, beside the other columns; `<piece>_byte` and `<piece>_char` are where it begins.

    Offsets are within its own row. Empty texts give no row. Linear: lengths are summed over the whole column, no window
    per text.
    """
    frame = frame.with_columns(marked.alias(piece))
    whole = frame[piece].str.replace_all(MARK, "", literal=True)
    bytes_, chars = whole.str.len_bytes().cast(pl.Int64), whole.str.len_chars().cast(pl.Int64)
    rows = frame.with_columns(
        pl.col(piece).str.split(MARK),
        (bytes_.cum_sum() - bytes_).alias("_bytes_before"),
        (chars.cum_sum() - chars).alias("_chars_before"),
    ).explode(piece)
    in_bytes, in_chars = pl.col(piece).str.len_bytes().cast(pl.Int64), pl.col(piece).str.len_chars().cast(pl.Int64)
    return rows.with_columns(
        (in_bytes.cum_sum() - in_bytes - pl.col("_bytes_before")).alias(f"{piece}_byte"),
        (in_chars.cum_sum() - in_chars - pl.col("_chars_before")).cast(pl.Int32).alias(f"{piece}_char"),
    ).drop("_bytes_before", "_chars_before")


def sentences(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """The sentences of `texts[column]` (with `text_id`), one row each, as SENTENCE_SCHEMA; NULL and '' give none.

    `sentence_id` counts from 0 within a text, `sentence_byte` and `sentence_char` are 0-based offsets into the text.
    """
    rows = texts.select("text_id", pl.col(column).cast(pl.String).alias("text")).filter(
        pl.col("text").str.len_bytes() > 0
    )
    marked = unmarked(pl.col("text")).str.replace_all(_END, f"$1$2{MARK}$3")
    # twice, as of "J. R. Doe" each match takes the blank that the next begins with
    marked = marked.str.replace_all(_NO_END, "$1").str.replace_all(_NO_END, "$1")
    rows = split_marked(rows, marked, "sentence")
    if rows.is_empty():
        return pl.DataFrame(schema=SENTENCE_SCHEMA)
    position = pl.int_range(pl.len(), dtype=pl.Int64)
    first = pl.when(pl.col("sentence_byte") == 0).then(position).forward_fill()
    numbered = rows.with_columns(
        (position - first).cast(pl.Int32).alias("sentence_id"), pl.lit(column).alias("evidence_in")
    )
    return numbered.select(*SENTENCE_SCHEMA)
