"""Weights of the seed `topic_phrases`, fitted to labelled papers.

    .venv/bin/python -m benchmarks.fit_phrases --labels FILE … --texts FILE … [--folds 5] [--write]

The labels that ship and those beside the guide always count too, as far as their texts are there; those of the page and beside the guide
weigh `OURS` times as much. The files are JSON Lines as `benchmarks.gold` takes them, texts of labels with a `day` are found among the shared
feeds. `--folds` also reads each paper with weights fitted to the others.

Topic by topic, the fit lowers a logistic loss: a topic's score shall be above the threshold in papers labelled with it
and below it in others. What a weight moves costs its square times `HOLD`: weights that no label speaks about stay, as do
those of 0. To try a new phrase, add it with the weight of one step: if the labels do not raise it, it is dropped.
"""

import argparse
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from benchmarks.gold import console, guide_labels
from paperhouse import agreement, gold
from paperhouse.extract import TEXT, topics
from paperhouse.extract.topic_words import Words
from paperhouse.settings import SEEDS, settings
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary

STEP, LEAST, MOST = 0.05, 0.1, 4.0
HOLD = 8.0  # what a weight's moving by 1 costs; 2 to 8 read held-out papers alike, more moves less
MIDDLE = topics.THRESHOLD + 0.5  # the score as likely of a paper with the topic as of one without; 0 to 0.5 read alike
SOFT = 0.7  # how much more score it takes to be surer
ALSO = 0.2  # how much a label counts that a paper may have
OURS = 5.0  # how much more a label of the page counts, or one beside the guide

Counts = dict[int, int]  # paper → how often a phrase counts there
Labels = list[gold.Record]


def main(arguments: list[str] | None = None) -> int:
    given = asked("fit_phrases", __doc__, arguments)
    labels, texts = read_labelled(given.labels, given.texts)
    every, seed = set(range(len(labels))), Vocabulary.read(SEEDS).topic_phrases
    _print("present weights", labels, texts, [(every, seed)])
    if parts := [{paper for paper in every if paper % given.folds == part} for part in range(given.folds)]:
        _print("held out", labels, texts, [(part, _fit(seed, labels, texts, every - part)) for part in parts])
    fitted = _fit(seed, labels, texts, every)
    _print("fitted", labels, texts, [(every, fitted)])
    console.print(f"{len(seed)} phrases, {len(fitted)} after; {len(fitted.join(seed, on=seed.columns))} as they were")
    if given.write:
        text = pl.col("weight").cast(pl.String).str.strip_suffix(".0")
        fitted.with_columns(text).write_csv(SEEDS / "topic_phrases.csv")
    return 0


def asked(name: str, about: str | None, arguments: list[str] | None) -> argparse.Namespace:
    """What the command line of a fit says: labels, texts, folds, write."""
    args = argparse.ArgumentParser(prog=name, description=about)
    args.add_argument("--labels", type=Path, nargs="*", default=[])
    args.add_argument("--texts", type=Path, nargs="*", default=[])
    args.add_argument("--folds", type=int, default=0, help="into how many parts the papers are cut")
    args.add_argument("--write", action="store_true", help="write what was fitted where it ships")
    return args.parse_args(arguments)


def read_labelled(labels: list[Path], texts: list[Path]) -> tuple[Labels, pl.DataFrame]:
    """Every label that weights are fitted to and that has a text, once, and its text in the same place."""
    # The later labels measure words that did not see them; fitted to those of arXiv too, words read the page and the feed a little worse.
    daily, arxiv = (gold.read_records(paths[0]) for paths in (agreement.DAILY_LABELS, agreement.ARXIV_LABELS))
    shipped = [*agreement.page_labels(), *daily, *arxiv, *guide_labels()]
    read = [*shipped, *(label for path in labels for label in gold.read_records(path))]
    frames = [pl.read_ndjson(path).select(pl.col("title").alias("text_id"), "title", "abstract") for path in texts]
    beside = settings().shared
    shared = agreement.shared_texts(beside, [label for label in read if label.get("day")])
    rows = pl.concat([*frames, shared, agreement.corpus_texts(beside, arxiv)]).cast(dict(TEXT)).iter_rows(named=True)
    known = {gold._title_key(row["title"]): row for row in rows}
    by_title = {gold._title_key(label["title"]): label for label in read}
    found = [key for key in by_title if key in known]
    return [by_title[key] for key in found], pl.DataFrame([known[key] for key in found], schema=TEXT)


def _fit(seed: pl.DataFrame, labels: Labels, texts: pl.DataFrame, papers: set[int]) -> pl.DataFrame:
    """The seed with weights fitted to the labels of `papers`, without what fell to nothing."""
    by_topic, counts = defaultdict(list), _counts(texts, seed)
    ours = {label["paper"] for label in (*agreement.page_labels(), *guide_labels())}
    for topic, phrase, weight in seed.iter_rows():
        here = {paper: often for paper, often in sorted(counts[topic, phrase].items()) if often and paper in papers}
        by_topic[topic].append((phrase, weight, here))
    fitted, wanted = [], {}
    for topic, phrases in by_topic.items():
        for paper in papers:
            core, also = (topic in labels[paper]["topics"][kind] for kind in ("core", "also"))
            worth = OURS if labels[paper]["paper"] in ours else 1.0
            wanted[paper] = (1, worth) if core else (1, ALSO * worth) if also else (-1, worth)
        now = _lowest([weight for _, weight, _ in phrases], [here for _, _, here in phrases], wanted)
        fitted += [(topic, p, new) for (p, old, _), new in zip(phrases, now, strict=True) if old == 0 or new > LEAST]
    return pl.DataFrame(fitted, schema=seed.schema, orient="row")


def _counts(texts: pl.DataFrame, seed: pl.DataFrame) -> dict[tuple[str, str], Counts]:
    """How often each phrase counts in each text; not where a longer one of its topic holds it."""
    phrases = topics._phrases(seed)
    found: dict[int, Counts] = defaultdict(lambda: defaultdict(int))
    fields = pl.concat([texts["title"], texts["abstract"]]).alias("text")
    for field, no in topics._mentions(fields, utf8(fields), phrases).select("field", "no").rows():
        found[no][field % len(texts)] += topics._TITLE if field < len(texts) else 1
    for no, parts in reversed(topics._inside(phrases)):
        for part in parts:
            for paper, often in found[no].items():
                found[part][paper] -= often
    counts: dict[tuple[str, str], Counts] = defaultdict(lambda: defaultdict(int))
    for no, (topic, phrase) in enumerate(phrases.select("topic_id", "phrase").iter_rows()):
        for paper in found[no]:
            counts[topic, phrase][paper] += found[no][paper]
    return counts


def _lowest(before: list[float], counts: list[Counts], wanted: dict[int, tuple[int, float]]) -> list[float]:
    """The weights of least loss; none that was not becomes enough by itself, and one of 0 stays."""
    papers = {paper: row for row, paper in enumerate(wanted)}
    places = [(papers[paper], no, often) for no, here in enumerate(counts) for paper, often in here.items()]
    rows, columns, values = zip(*places, strict=True) if places else ((), (), ())
    often = csr_matrix((values, (rows, columns)), shape=(len(papers), len(counts)), dtype=float)
    sign, worth = (np.array(column, dtype=float) for column in zip(*wanted.values(), strict=True))
    start = np.array(before)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin, moved = sign * (often @ weights - MIDDLE) / SOFT, weights - start
        slope = -worth * sign * expit(-margin) / SOFT
        return float(worth @ np.logaddexp(0, -margin) + HOLD * moved @ moved), often.T @ slope + 2 * HOLD * moved

    most = [MOST if weight else 0.0 for weight in before]
    bounds = [(0.0, highest) for highest in most]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return [round(round(weight / STEP) * STEP, 2) for weight in found]


def _print(name: str, labels: Labels, texts: pl.DataFrame, parts: list[tuple[set[int], pl.DataFrame]]) -> None:
    count = gold.Count()
    for papers, seed in parts:
        read = topics.extract_topics(
            texts, replace(Vocabulary.read(SEEDS), topic_phrases=seed), topics.Model(Words.none())
        )
        found = dict(read.group_by("text_id").agg("topic_id").iter_rows())
        for paper in papers:
            core, also = (set(labels[paper]["topics"][kind]) for kind in ("core", "also"))
            got = set(found.get(texts["text_id"][paper], []))
            count.add(len(core), len(core & got), len(got), len(got & (core | also)))
    console.print(name, *(f"{figure} {value:.3f}" for figure, value in count.figures().items()))


if __name__ == "__main__":
    sys.exit(main())
