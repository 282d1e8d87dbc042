"""What the words of a text say of its topics, beside the phrases: a linear model that is small enough to ship.

Each of some thousand words has a weight a topic. A word counts once, however often a text has it; the sum is divided by
the length of the text (the root of the sum of its words' squared rarities), so that a long abstract says no more than a short one. A word is
what `mentions.py` takes for one: a run of ASCII letters and digits, in any case.

`topic_words.csv` is made by `benchmarks/fit_topic_words.py`: word, rarity (log of one in how many abstracts has it, in hundredths) and a
column a topic (in tenths); the row without a word holds what each topic starts from. A topic that is not there has phrases alone.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numba
import numpy as np
import polars as pl

from paperhouse.extract.mentions import WORD_BYTES, Phrases, mixed, slot, words_of
from paperhouse.text import Utf8

FILE = Path(__file__).with_suffix(".csv")
_RARITY, _WEIGHT = 100, 10  # in what parts they are written
_EXACT = 100  # and what is made of them


@dataclass(frozen=True)
class Words:
    """A model: `topics` (sorted), `start` (a topic), `weights` (word × topic), `rarity` (a word), the words' `table`; numbers as in the file."""

    topics: tuple[str, ...]
    start: np.ndarray
    weights: np.ndarray
    rarity: np.ndarray
    table: Phrases

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Words":
        """Of a frame as the file has it: word (String, NULL in the first row), rarity, and a column a topic (Int64)."""
        topics = tuple(sorted(set(frame.columns) - {"word", "rarity"}))
        numbers = frame.select(topics).to_numpy().astype(np.int16)
        table = Phrases.of(tuple(frame["word"][1:]))
        return cls(topics, numbers[0], np.ascontiguousarray(numbers[1:]), frame["rarity"][1:].to_numpy(), table)

    @classmethod
    @cache
    def shipped(cls) -> "Words":
        """The model of this release."""
        return cls.of(pl.read_csv(FILE, schema_overrides={"word": pl.String}))

    @classmethod
    @cache
    def none(cls) -> "Words":
        """A model that knows no topic."""
        nothing = np.zeros((0, 0), np.int16)
        return cls((), nothing[:, 0:0].ravel(), nothing, np.zeros(0, np.int64), Phrases.of(()))

    def scores(self, texts: Utf8, topics: pl.Series) -> np.ndarray:
        """What the words add to the score of each of `topics`, in hundredths, a row a text; `texts`: all titles, then all abstracts."""
        data, offsets = texts
        height = (len(offsets) - 1) // 2
        added = np.zeros((height, len(self.topics)), np.int32)
        squares = np.zeros(height, np.int64)
        if height and len(self.topics):
            table, seen = self.table, np.full(len(self.weights), -1, np.int64)
            words = (WORD_BYTES, table.roles, table.hashes, table.numbers, self.rarity, self.weights)
            _add(data, offsets, *words, seen, added, squares)
        scale = _EXACT / _WEIGHT
        each = (scale * _RARITY / np.sqrt(np.maximum(squares, 1))).astype(np.float32)
        said = np.rint(added * each[:, None] + (self.start * scale).astype(np.float32)).astype(np.int64)
        if tuple(topics) == self.topics:
            return said
        known = {topic: place for place, topic in enumerate(self.topics)}
        scores = np.zeros((height, len(topics)), np.int64)
        for column, topic in enumerate(topics):
            if topic in known:
                scores[:, column] = said[:, known[topic]]
        return scores

    def telling(self, texts: Utf8, rows: np.ndarray, topics: pl.Series) -> pl.DataFrame:
        """For each of `rows` and its topic the word that adds most, at its first place: field, start, length (bytes; 0 where no word adds
        anything)."""
        places = {topic: place for place, topic in enumerate(self.topics)}
        columns = np.array([places[topic] for topic in topics], np.int64)
        found = np.zeros((3, len(rows)), np.int64)
        words = (WORD_BYTES, self.table.hashes, self.table.numbers, self.weights)
        _tell(*texts, *words, rows.astype(np.int64), columns, found)
        return pl.DataFrame(dict(zip(("field", "start", "length"), found, strict=True)))


@numba.njit(cache=True)
def _longest(offsets):
    return np.max(offsets[1:] - offsets[:-1]) // 2 + 2


@numba.njit(cache=True)
def _add(data, offsets, word_bytes, roles, table, numbers, rarity, weights, seen, added, squares):
    """Fills `added` (text × topic) and `squares` (a text); `seen` holds in which text a word was met last."""
    longest, height = _longest(offsets), len(added)
    hashes, begins, ends = np.empty(longest, np.uint64), np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    for row in range(height):
        sums = added[row]
        for field in (row, row + height):
            count = np.int64(words_of(data[offsets[field] : offsets[field + 1]], word_bytes, hashes, begins, ends))
            for word in range(count):
                hash_ = mixed(hashes[word])
                if roles[hash_ >> np.uint64(48)] == 0:  # what most words are not in is soon asked
                    continue
                number = numbers[slot(hash_, table)]
                if number < 0:
                    continue
                if seen[number] == row:
                    continue
                seen[number] = row
                squares[row] += rarity[number] * rarity[number]
                sums += weights[number]


@numba.njit(cache=True)
def _tell(data, offsets, word_bytes, table, numbers, weights, rows, topics, found):
    """Fills `found` (field, start, length) for each of `rows` and `topics`."""
    longest, height = _longest(offsets), (len(offsets) - 1) // 2
    hashes, begins, ends = np.empty(longest, np.uint64), np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    for pair in range(len(rows)):
        most = np.int64(0)
        for field in (rows[pair], rows[pair] + height):
            count = np.int64(words_of(data[offsets[field] : offsets[field + 1]], word_bytes, hashes, begins, ends))
            for word in range(count):
                number = numbers[slot(mixed(hashes[word]), table)]
                if number < 0:
                    continue
                weight = np.int64(weights[number, topics[pair]])
                if weight > most:
                    most = weight
                    found[0, pair], found[1, pair], found[2, pair] = field, begins[word], ends[word] - begins[word]
