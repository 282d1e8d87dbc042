"""The extractors beside other ways to do the same, per abstract and in one run: each ratio is their CPU over ours.

- `re`: the metric frames' own patterns, compiled once, run row by row by Python. Only the part up to the frame that takes a
  number; what was measured, on what and against what is left out, so the true ratio is larger.
- `quantulum3`: finds quantities and units; no results, data sets or baselines, so that what it covers differs.
- `pyahocorasick`: the topic phrases with the same rule for the edges of words, the look-up alone.

The last two are installed apart (`make bench` does it); without them their lines say so.
"""

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import polars as pl

from benchmarks.cost import cpu, texts
from paperhouse.extract import EXTRACTORS
from paperhouse.extract.frames import Frame, frames
from paperhouse.settings import ROOT, SEEDS
from paperhouse.vocabulary import Vocabulary

APART = ROOT / ".compat" / "rivals"
OURS, BY_ROW, BY_QUANTULUM = 20_000, 1_000, 60
"""How many abstracts each reads: the slow ones few, ours enough that what a call costs anyhow does not count."""

Line = tuple[str, str, float, str]


def compare() -> Iterator[Line]:
    """Ours, instead of what, how many times cheaper, and a note."""
    drawn, vocabulary = texts(), Vocabulary.read(SEEDS)
    drawn = drawn.sample(OURS, with_replacement=drawn.height < OURS, seed=3)
    drawn = drawn.with_columns(text_id=pl.int_range(pl.len()).cast(pl.String))
    for name in ("metrics", "topics"):  # what the first texts of a process cost is told apart in `cost`
        EXTRACTORS[name](drawn.head(BY_ROW), vocabulary)
    ours = {name: cpu(lambda name=name: EXTRACTORS[name](drawn, vocabulary)) / OURS for name in ("metrics", "topics")}
    by_row = cpu(lambda: _frames_by_row(drawn.head(BY_ROW), vocabulary)) / BY_ROW
    yield "metrics", "re, row by row", by_row / ours["metrics"], "the frames alone, without what the numbers are of"
    sys.path.insert(0, str(APART))
    for name, other, rows, work in (
        ("metrics", "quantulum3", BY_QUANTULUM, _quantulum),
        ("topics", "pyahocorasick", BY_ROW, _ahocorasick),
    ):
        try:
            run = work(vocabulary)
        except ImportError:
            yield name, other, float("nan"), "not installed: make bench does it"
            continue
        part = drawn.head(rows)["abstract"].fill_null("").to_list()
        run(part)  # its first pass is dearer too
        theirs = cpu(lambda run=run, part=part: run(part)) / rows
        yield name, other, theirs / ours[name], "the look-up alone" if name == "topics" else "its coverage differs"


_FAMILIES = {
    "percent": re.compile(" ?%"),
    "ratio": re.compile(r" ?(?:[xX×]|times|-?fold)(?![a-z])"),
    "points": re.compile(r" (?:percentage )?points?|pp(?![a-z])"),
    "physical": re.compile(r" ?(?:m?s|[GM]B|dB|FPS|hours|minutes|seconds|days)(?![a-z])"),
}


def _python_pattern(pattern: str) -> re.Pattern[str]:
    """The same pattern for Python's `re`: it knows no `-u`, and Unicode is its default."""
    for theirs, ours in (("(?i-u:", "(?i:"), ("(?i-u)", ""), ("(?-u:", "(?:"), ("(?-i:", "(?-i:"), ("(?u:", "(?:")):
        pattern = pattern.replace(theirs, ours)
    return re.compile(pattern, re.IGNORECASE)


def _frames_by_row(drawn: pl.DataFrame, vocabulary: Vocabulary) -> int:
    """How many numbers the frames take, tried one number at a time in Python on the words left and right of it."""
    # frames without words take whatever is left
    every = [frame for frame in frames(vocabulary) if frame.pattern != "^"]
    rules = [(frame, _python_pattern(frame.pattern)) for frame in every]
    begins = re.compile(r"(?:^|[ (\[<>=+/:;,|$~-])([0-9][0-9,]*(?:\.[0-9]+)?)")
    ends = re.compile(r"(?<=[.!?]) +(?=[A-Z0-9(\"'])")
    found = 0
    for abstract in drawn["abstract"].fill_null(""):
        for sentence in ends.split(abstract.replace("\\%", " %").replace("$", " ")):
            for number in begins.finditer(sentence):
                left, right = sentence[: number.start(1)][-180:], sentence[number.end(1) :][:180].lstrip(" %x×")
                family = next((name for name, unit in _FAMILIES.items() if unit.match(sentence, number.end(1))), "bare")
                found += any(family in f.families and _takes(f, pattern, left, right) for f, pattern in rules)
    return found


def _takes(frame: Frame, pattern: re.Pattern[str], left: str, right: str) -> bool:
    side = right if frame.side == "right" else left if frame.side == "left" else left.rstrip(" '\"+-")
    return pattern.search(side) is not None


def _quantulum(_: Vocabulary) -> Callable[[list[str]], object]:
    # Its stored classifier of units is a pickle that today's scikit-learn cannot open; without one it picks a unit by simpler rules.
    classifier: Any = import_module("quantulum3.classifier")
    classifier.USE_CLF = False
    parser = import_module("quantulum3.parser")
    return lambda part: [parser.parse(text) for text in part]


def _ahocorasick(vocabulary: Vocabulary) -> Callable[[list[str]], object]:
    ahocorasick = import_module("ahocorasick")

    phrases = ahocorasick.Automaton()
    for phrase in vocabulary.topic_phrases["phrase"]:
        words = re.sub("[^a-z0-9]", " ", phrase.lower())
        for form in (f" {words} ", f" {words}s "):
            phrases.add_word(form, form)
    phrases.make_automaton()
    plain = re.compile("[^a-z0-9]")
    return lambda part: [list(phrases.iter(f" {plain.sub(' ', text.lower())} ")) for text in part]
