"""Sentences of a text column, verbatim, with the place where each begins.

The sentences of a text laid end to end give the text again, byte for byte: a sentence keeps the blank that follows it.
What a sentence means is not decided here.
"""

import numba
import numpy as np
import polars as pl

from paperhouse.text import utf8

MARK = "\x1e"
# The mark as it may occur in the text itself: a byte of the same length takes its place, so that offsets stay.
_STAND_IN = "\x1f"

# "… speed. We", "… (Table 1). In", "… models! \"Why": what ends a sentence, a blank, and what opens the next.
_ENDERS, _CLOSERS, _OPENERS = b".!?", b")]\"'", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789(\"'$[\\ "
_LONG_CLOSERS, _LONG_OPENERS, _LETTERS = ("”",), ("“", "‘"), tuple("ÀÁÄÅÇÈÉÍÑÓÖØÚÜŠŽΑΒΓΔΘΛΠΣΦΨΩ")
# "e.g. A", "Smith et al. 2020", "J. Doe", "Fig. 3": no end of a sentence.
_ABBREVIATIONS = (
    "e.g,e. g,i.e,i. e,w.r.t,w. r. t,w.r. t,w. r.t,et al,vs,Vs,cf,Cf,fig,Fig,figs,Figs,eq,Eq,eqs,Eqs,sec,Sec,secs,Secs"
    ",tab,Tab,ref,Ref,refs,Refs,approx,Approx,resp,No,vol,Vol,Dr,Prof,Mr,Mrs,Ms,St,Ch,avg,Avg,rel,Rel,dim,Dim"
)
_BEFORE_ABBREVIATIONS = b" ([~,;"

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


def sentence_bounds(texts: pl.Series) -> pl.DataFrame:
    """One row a sentence of `texts` (String; NULL and '' give none): row, begin, end (bytes), numbered (it holds a digit)."""
    data, offsets = utf8(texts)
    # a sentence has two bytes at the least: its end and a blank, or four where the next runs on
    found = np.empty((4, len(data) // 2 + len(texts)), np.uint32)
    count = _bounds(data, offsets, _KINDS, _LONG, _KNOWN, found)
    columns = dict(zip(("row", "begin", "end", "numbered"), found[:, :count], strict=True))
    return pl.DataFrame(columns).with_columns(pl.col("numbered").cast(pl.Boolean))


def cut(texts: pl.Series, bounds: pl.DataFrame) -> pl.Series:
    """The stretches of `texts` at row, begin, end of `bounds`."""
    rows = bounds.select("begin", "end", text=texts.rechunk().gather(bounds["row"]))
    stretch = pl.col("text").cast(pl.Binary).bin.slice("begin", pl.col("end") - pl.col("begin")).cast(pl.String)
    sentence = rows.select(stretch.alias("sentence")).to_series()
    marked = sentence.str.contains(MARK, literal=True).any()
    return sentence.str.replace_all(MARK, _STAND_IN, literal=True) if marked else sentence


def split_sentences(texts: pl.Series) -> pl.DataFrame:
    """One row a sentence: row (of the series), sentence, byte (where it begins in its text)."""
    bounds = sentence_bounds(texts)
    return pl.DataFrame([bounds["row"], cut(texts, bounds), bounds["begin"].cast(pl.Int64).alias("byte")])


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


_ENDER, _CLOSER, _OPENER, _DIGIT, _EDGE = 1, 2, 4, 8, 16
_LONG_CLOSER, _LONG_OPENER, _LETTER = 1, 2, 3


def _kinds() -> np.ndarray:
    """What each byte may be, as a sum of the kinds above."""
    kinds = np.zeros(256, np.uint8)
    for kind, letters in (
        (_ENDER, _ENDERS),
        (_CLOSER, _CLOSERS),
        (_OPENER, _OPENERS),
        (_DIGIT, b"0123456789"),
        (_EDGE, _BEFORE_ABBREVIATIONS),
    ):
        kinds[list(letters)] |= kind
    return kinds


def _long() -> np.ndarray:
    """Characters of more than one byte: kind, length and bytes, a row each."""
    kinds = {_LONG_CLOSER: _LONG_CLOSERS, _LONG_OPENER: _LONG_OPENERS, _LETTER: _LETTERS}
    rows = [(kind, letter.encode()) for kind, letters in kinds.items() for letter in letters]
    return np.array([(kind, len(letter), *letter.ljust(3, b"\0")) for kind, letter in rows], np.uint8)


def _known() -> np.ndarray:
    """The abbreviations: length and bytes, a row each."""
    words = [word.encode() for word in _ABBREVIATIONS.split(",")]
    return np.array([(len(word), *word.ljust(max(map(len, words)), b"\0")) for word in words], np.uint8)


_KINDS, _LONG, _KNOWN = _kinds(), _long(), _known()


@numba.njit(cache=True)
def _long_kind(text, place, long):
    """The kind and the length of the character of several bytes at `place`, or 0 and 0."""
    for row in range(len(long)):
        size = long[row, 1]
        if text[place] == long[row, 2] and place + size <= len(text):
            same = True
            for at in range(1, size):
                same = same and text[place + at] == long[row, 2 + at]
            if same:
                return long[row, 0], size
    return 0, 0


@numba.njit(cache=True)
def _abbreviated(text, begin, dot, kinds, known):
    """Whether what stands before the dot, not before `begin`, is an abbreviation or an initial."""
    if dot > begin and ord("A") <= text[dot - 1] <= ord("Z") and (dot - 1 == begin or kinds[text[dot - 2]] & _EDGE):
        return True
    for row in range(len(known)):
        size = np.int64(known[row, 0])
        first = dot - size
        if first < begin or text[dot - 1] != known[row, size] or text[first] != known[row, 1]:
            continue
        if first > begin and not kinds[text[first - 1]] & _EDGE:
            continue
        same = True
        for at in range(size):
            same = same and text[first + at] == known[row, 1 + at]
        if same:
            return True
    return False


@numba.njit(cache=True)
def _within_number(text, dot, opener, kinds):
    """Whether the dot is that of a share broken by a blank: "82. 42%", but not "in 2023. 42%" or "Llama 2. 30%"."""
    first = dot
    while first > 0 and kinds[text[first - 1]] & _DIGIT:
        first -= 1
    if not 0 < dot - first <= 2 or first == 0 or (text[first - 1] != ord(" ") and text[first - 1] != ord("(")):
        return False
    word = first - 1
    while word > 0 and text[word - 1] != ord(" "):
        word -= 1
    if ord("A") <= text[word] <= ord("Z"):
        return False
    place = opener
    while place < len(text) and kinds[text[place]] & _DIGIT:
        place += 1
    while place < len(text) and (text[place] == ord(" ") or text[place] == ord("\\")):
        place += 1
    return place > opener and place < len(text) and text[place] == ord("%")


@numba.njit(cache=True)
def _runs_on(text, dot):
    """Whether the next sentence begins right behind the dot, as in "on 16 datasets.Remarkably, it"."""
    if text[dot] != ord(".") or dot < 3 or dot + 3 >= len(text) or not ord("A") <= text[dot + 1] <= ord("Z"):
        return False
    letters = True
    for place in (dot - 3, dot - 2, dot - 1, dot + 2, dot + 3):
        letters = letters and ord("a") <= text[place] <= ord("z")
    return letters


@numba.njit(cache=True)
def _next_begins(text, ender, kinds, long):
    """Where the sentence behind the one that ends at `ender` begins, or 0 if none ends there."""
    after = ender + 1
    if _runs_on(text, ender):
        return after
    if after < len(text) and kinds[text[after]] & _CLOSER:
        after += 1
    elif after < len(text) and text[after] >= 128:
        what, width = _long_kind(text, after, long)
        if what == _LONG_CLOSER:
            after += width
    opener = after + 1
    if opener >= len(text) or text[after] != ord(" "):
        return 0
    opens = kinds[text[opener]] & _OPENER != 0
    if not opens and text[opener] >= 128:
        what, _ = _long_kind(text, opener, long)
        opens = what == _LONG_OPENER or (what == _LETTER and after == ender + 1)
    return opener if opens else 0


@numba.njit(cache=True)
def _bounds(data, offsets, kinds, long, known, found):
    """Fills the rows of `found` (row, begin, end, numbered); returns how many columns."""
    count = 0
    for row in range(len(offsets) - 1):
        text = data[offsets[row] : offsets[row + 1]]
        size = len(text)
        begin, piece, numbered = 0, 0, np.uint8(0)
        for place in range(size):
            kind = kinds[text[place]]
            numbered |= kind & np.uint8(_DIGIT)
            if not kind & _ENDER:
                continue
            opener = _next_begins(text, place, kinds, long)
            if not opener:
                continue
            bare = text[place] == ord(".") and opener - place <= 2  # no bracket or quote between
            goes_on = bare and (
                _abbreviated(text, piece, place, kinds, known) or _within_number(text, place, opener, kinds)
            )
            piece = opener
            if not goes_on:
                found[0, count], found[1, count], found[2, count], found[3, count] = row, begin, opener, numbered != 0
                count += 1
                begin, numbered = opener, np.uint8(0)
        if size:
            found[0, count], found[1, count], found[2, count], found[3, count] = row, begin, size, numbered != 0
            count += 1
    return count
