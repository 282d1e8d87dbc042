"""What the scores of all topics together say of each: a text about robots and games is likely about reinforcement learning too, and one
whose words point to vision and to language is about both at once.

One hidden layer: each of some units weighs the scores of all topics, those of words and those of phrases apart, and what it comes to adds to
the topics where it is above 0. It reads and writes scores alone, so its table is small, however many words there are.

`topic_mix.csv` is made by `benchmarks/fit_topic_words.py`: a column a unit, and a row for what each topic's words (`words`) and
phrases (`phrases`) give to the units, for where the units start from (`start`), and for what they give to each topic
(`adds`, whose own start is the column `start`). A topic that is not there gives and gets nothing.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numba
import numpy as np
import polars as pl

FILE = Path(__file__).with_suffix(".csv")
LIMIT = 6.0  # a score beyond it, or below its negative, says no more
_EXACT = 100  # the parts in which scores are given, and in which the layer adds
# those of the file, of which a start has a hundred times as many
GIVES = 300  # what a score of 1 gives to a unit
ADDS = 100  # what a unit of 1 adds to a topic


@dataclass(frozen=True)
class Mix:
    """A layer: `topics` (sorted), `gives` (scores of words, then of phrases × unit), `unit_start`, `adds` (unit × topic), `start` (a topic);
    numbers as in the file."""

    topics: tuple[str, ...]
    gives: np.ndarray
    unit_start: np.ndarray
    adds: np.ndarray
    start: np.ndarray

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Mix":
        """Of a frame as the file has it: part, topic_id (NULL for the units' start), start, and a column a unit (Int64)."""
        parts = {part: frame.filter(part=part).sort("topic_id") for part in ("words", "phrases", "start", "adds")}
        tables = {part: rows.select(frame.columns[3:]).to_numpy().astype(np.int32) for part, rows in parts.items()}
        if len({len(tables[part]) for part in ("words", "phrases", "adds")}) > 1:
            raise ValueError("topic_mix: words, phrases and adds are not of the same topics")
        # a row a score, as the pass goes from unit to unit
        gives = np.ascontiguousarray(np.vstack([tables["words"], tables["phrases"]]))
        adds = np.ascontiguousarray(tables["adds"].T)
        start = parts["adds"]["start"].to_numpy().astype(np.int32)
        return cls(tuple(parts["adds"]["topic_id"]), gives, tables["start"][0], adds, start)

    @classmethod
    @cache
    def shipped(cls) -> "Mix":
        """The layer of this release."""
        return cls.of(pl.read_csv(FILE, schema_overrides={"topic_id": pl.String}))

    @classmethod
    @cache
    def none(cls) -> "Mix":
        """A layer that knows no topic."""
        nothing = np.zeros((0, 0), np.int32)
        return cls((), nothing, nothing.ravel(), nothing, nothing.ravel())

    def scores(self, by_words: np.ndarray, by_phrases: np.ndarray, topics: pl.Series) -> np.ndarray:
        """What is added to the score of each of `topics`, in hundredths as those given are: a row a text, a column a topic."""
        columns = {topic: column for column, topic in enumerate(topics)}
        places = np.array([columns.get(topic, -1) for topic in self.topics], np.int64)
        added = np.zeros(by_words.shape, np.int64)
        _add(by_words, by_phrases, places, self.gives, self.unit_start, self.adds, self.start, added)
        return added


_LIMIT = round(LIMIT * _EXACT)


@numba.njit(cache=True)
def _add(by_words, by_phrases, places, gives, unit_start, adds, start, added):
    """Fills `added` (text × topic); whole numbers, so that texts get the same alone and together."""
    topics, units, sums = len(places), np.empty(len(unit_start), np.int32), np.empty(len(start), np.int32)
    for row in range(len(added)):
        units[:] = unit_start
        for topic in range(topics):
            if places[topic] < 0:
                continue
            words = np.int32(min(max(by_words[row, places[topic]], -_LIMIT), _LIMIT))
            phrases = np.int32(min(max(by_phrases[row, places[topic]], -_LIMIT), _LIMIT))
            for unit in range(len(units)):
                units[unit] += words * gives[topic, unit]
            if phrases != 0:
                for unit in range(len(units)):
                    units[unit] += phrases * gives[topics + topic, unit]
        sums[:] = start
        for unit in range(len(units)):
            if units[unit] >= GIVES:
                told = np.int32(units[unit] // GIVES)
                for topic in range(topics):
                    sums[topic] += told * adds[unit, topic]
        for topic in range(topics):
            if places[topic] >= 0:
                added[row, places[topic]] = (sums[topic] + ADDS // 2) // ADDS
