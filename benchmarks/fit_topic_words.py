"""Weights of words for topics (`paperhouse/extract/topic_words.csv`) and of topics for each other (`topic_mix.csv`), fitted to labelled papers.

    .venv/bin/python -m benchmarks.fit_topic_words --labels FILE … --texts FILE … [--folds 5] [--write]

Labels and texts as `benchmarks.fit_phrases` takes them, but for the page's and those beside the guide, which are left to measure by; the abstracts of arXiv and of the daily feed beside the repository (`../shared`) tell which
words go together.

A few thousand labels are too few for a weight a word and topic. So the words of all abstracts, labelled or not, are first
brought down to `DIMENSIONS` directions along which abstracts differ (latent semantic analysis: a truncated singular
value decomposition of words by their rarity), and a topic is a weight a direction. As both steps are linear, what ships is
their product: a weight a word. What the phrases say stands, up to `topics._MOST`: the words are fitted to what is left to say,
by logistic loss, the squares of the weights costing `HOLD`.

Then a layer of `UNITS` units is fitted to what the scores of all topics together leave to say, by the same loss. It reads of each paper
what words say that were fitted to others (in `PARTS` parts), as words know the papers that they were fitted to too well. Its
fit is ended early, which reads other papers better.

`--folds` also reads each paper with a model fitted to the others.
"""

import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer

from benchmarks.fit_phrases import ALSO, SOFT, Labels, asked, read_labelled
from benchmarks.gold import console, guide_labels
from paperhouse import agreement, gold
from paperhouse.extract import topic_mix, topic_words, topics
from paperhouse.extract.topic_mix import Mix
from paperhouse.extract.topic_words import Words
from paperhouse.extract.topics import Model
from paperhouse.settings import SEEDS, settings
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary

WORDS = 6_000  # the most common; 3,000 read held-out papers a little worse, 11,000 no better
LEAST, MOST = 20, 0.25  # a word is in so many abstracts at the least, and in no larger share of them
DIMENSIONS = 300
SPREAD = 3.0  # how much one direction may say
HOLD = 0.3
UNITS, PARTS = 64, 5
USUAL = 3.0  # what a score comes to: scores are read as multiples of it
STEPS, HOLD_MIX = 100, 6.0  # 32 and 128 units, 150 steps and 3 to 10 read held-out papers alike or a little worse
_HUNDRED, _TEN = 100, 10

Numbers = npt.NDArray[np.float64]


class Space:
    """The words that count, how rare each is, and the directions of the abstracts."""

    def __init__(self, texts: list[str]) -> None:
        counter = CountVectorizer(binary=True, token_pattern="[a-z0-9]+", min_df=LEAST, max_df=MOST, max_features=WORDS)
        counts = counter.fit_transform(texts)
        self.counter, self.words = counter, counter.get_feature_names_out()
        rarity = np.log(len(texts) / np.asarray(counts.sum(axis=0)).ravel())
        self.rarity = np.rint(rarity * _HUNDRED) / _HUNDRED
        self.directions = TruncatedSVD(DIMENSIONS, random_state=0).fit(self._weighed(counts)).components_.T

    def _weighed(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        """Texts as vectors of length 1, each word as rare as it is."""
        weighed = (counts @ sp.diags(self.rarity)).tocsr()
        length = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
        return sp.diags(1 / np.maximum(length, 1e-9)) @ weighed

    def places(self, texts: list[str]) -> np.ndarray:
        """Where texts lie along the directions."""
        return SPREAD * self._weighed(self.counter.transform(texts)) @ self.directions

    def model(self, names: list[str], start: np.ndarray, weights: np.ndarray) -> pl.DataFrame:
        """The frame that ships, of a weight a direction and topic."""
        each = np.rint(SPREAD * self.rarity[:, None] * (self.directions @ weights) * _TEN).astype(np.int64)
        columns = {name: [round(start[i] * _TEN), *each[:, i].tolist()] for i, name in enumerate(names)}
        rarity = np.rint(self.rarity * _HUNDRED).astype(np.int64)
        return pl.DataFrame({"word": [None, *self.words], "rarity": [0, *rarity.tolist()], **columns})


def main(arguments: list[str] | None = None) -> int:
    given = asked("fit_topic_words", __doc__, arguments)
    labels, texts = _without_ours(*read_labelled(given.labels, given.texts))
    space = Space(_joined(_unlabelled()))
    names, said = _phrases_say(texts)
    fit = Fit(names, space, space.places(_joined(texts)), said, labels)
    every = np.arange(len(labels))
    _print("phrases alone", labels, texts, [(every, Model(Words.none()))])
    parts = [every % given.folds == part for part in range(given.folds)]
    if parts:
        fits = [(every[part], _ready(fit.words(every[~part]), fit.mix(every[~part]))) for part in parts]
        _print("held out, words alone", labels, texts, [(papers, Model(model.words)) for papers, model in fits])
        _print("held out", labels, texts, fits)
    words, mix = fit.words(every), fit.mix(every)
    _print("fitted", labels, texts, [(every, _ready(words, mix))])
    if given.write:
        words.write_csv(topic_words.FILE)
        mix.write_csv(topic_mix.FILE)
    return 0


def _ready(words: pl.DataFrame, mix: pl.DataFrame) -> Model:
    return Model(Words.of(words), Mix.of(mix))


def _without_ours(labels: Labels, texts: pl.DataFrame) -> tuple[Labels, pl.DataFrame]:
    """The page and the papers beside the guide are left out: `make gold` shows on them what the words are worth."""
    ours = {label["title"] for label in (*agreement.page_labels(), *guide_labels())}
    kept = [number for number, label in enumerate(labels) if label["title"] not in ours]
    return [labels[number] for number in kept], texts[kept]


def _unlabelled() -> pl.DataFrame:
    """Every abstract beside the repository, once."""
    shared = settings().shared
    days = [
        {"day": path.name.removesuffix(".json.gz")} for path in (shared / "feeds/hf_daily_papers").glob("*.json.gz")
    ]
    corpus = pl.scan_ndjson(shared / "corpus" / "arxiv_abstracts.jsonl.gz").select("title", "abstract").collect()
    daily = agreement.shared_texts(shared, days).select("title", "abstract")
    return pl.concat([corpus, daily]).unique("title", keep="first", maintain_order=True)


def _joined(texts: pl.DataFrame) -> list[str]:
    return texts.select(pl.concat_str("title", "abstract", separator=" ", ignore_nulls=True)).to_series().to_list()


def _phrases_say(texts: pl.DataFrame) -> tuple[list[str], np.ndarray]:
    """The topics, and what the phrases of the seed say of each in each text, less the threshold."""
    phrases = topics._phrases(Vocabulary.read(SEEDS).topic_phrases)
    names = phrases["topic_id"].unique().sort()
    fields = pl.concat([texts["title"], texts["abstract"]]).alias("text")
    scores = topics.phrase_scores(topics._mentions(fields, utf8(fields), phrases), names, texts.height) / _HUNDRED
    return names.to_list(), np.minimum(scores, topics._MOST) - topics.THRESHOLD


@dataclass(frozen=True)
class Fit:
    """What is fitted to: the topics, and of each labelled paper where it lies in `space`, what the phrases say and its labels."""

    names: list[str]
    space: Space
    places: Numbers
    said: Numbers
    labels: Labels

    def words(self, papers: np.ndarray) -> pl.DataFrame:
        """The words that ship, fitted to the labels of `papers`."""
        start, weights = self._directions(papers)
        return self.space.model(self.names, start, weights)

    def mix(self, papers: np.ndarray) -> pl.DataFrame:
        """The layer that ships, fitted to the labels of `papers`."""
        by_words = np.zeros((len(papers), len(self.names)))
        for part in range(PARTS):
            there = np.arange(len(papers)) % PARTS == part
            start, weights = self._directions(papers[~there])
            by_words[there] = start + self.places[papers[there]] @ weights
        read = np.hstack([by_words, self.said[papers] + topics.THRESHOLD]).clip(-topic_mix.LIMIT, topic_mix.LIMIT)
        sign, worth = self._wanted(papers)
        return _layer_of(self.names, _layer(read / USUAL, by_words + self.said[papers], sign, worth))

    def _directions(self, papers: np.ndarray) -> tuple[Numbers, Numbers]:
        """Where each topic starts, and a weight a direction and topic."""
        sign, worth = self._wanted(papers)
        each = [
            _lowest(self.places[papers], self.said[papers, i], sign[:, i], worth[:, i]) for i in range(len(self.names))
        ]
        found = np.array(each).T
        return found[0], found[1:]

    def _wanted(self, papers: np.ndarray) -> tuple[Numbers, Numbers]:
        """1 where a paper has a topic and -1 where not, and how much that counts: a row a paper, a column a topic."""
        core, also = (
            np.array([[name in self.labels[p]["topics"][kind] for name in self.names] for p in papers])
            for kind in ("core", "also")
        )
        return np.where(core | also, 1.0, -1.0), np.where(also, ALSO, 1.0)


def _lowest(places: np.ndarray, said: np.ndarray, sign: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Where to start and the weight of each direction, of least loss."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (said + weights[0] + places @ weights[1:]) / SOFT
        slope = -worth * sign * expit(-margin) / SOFT
        cost = worth @ np.logaddexp(0, -margin) + HOLD / 2 * weights[1:] @ weights[1:]
        return float(cost), np.concatenate([[slope.sum()], places.T @ slope + HOLD * weights[1:]])

    return minimize(loss, np.zeros(places.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x


def _layer(read: Numbers, said: Numbers, sign: Numbers, worth: Numbers) -> list[Numbers]:
    """What gives to the units, where these start, what they add to the topics, and the start of that, of low loss."""
    shapes = [(read.shape[1], UNITS), (UNITS,), (UNITS, sign.shape[1]), (sign.shape[1],)]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    random = np.random.default_rng(0)

    def parts(weights: Numbers) -> list[Numbers]:
        return [part.reshape(shape) for part, shape in zip(np.split(weights, ends[:-1]), shapes, strict=True)]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        gives, unit_start, adds, start = parts(weights)
        units = np.maximum(read @ gives + unit_start, 0)
        margin = sign * (said + units @ adds + start) / SOFT
        slope = -worth * sign * expit(-margin) / SOFT
        back = (slope @ adds.T) * (units > 0)
        cost = (worth * np.logaddexp(0, -margin)).sum() + HOLD_MIX * ((gives**2).sum() + (adds**2).sum())
        slopes = (
            read.T @ back + 2 * HOLD_MIX * gives,
            back.sum(0),
            units.T @ slope + 2 * HOLD_MIX * adds,
            slope.sum(0),
        )
        return float(cost), np.concatenate([part.ravel() for part in slopes])

    first = [
        random.normal(0, shapes[0][0] ** -0.5, shapes[0]),
        np.zeros(UNITS),
        random.normal(0, 0.01, shapes[2]),
        np.zeros(shapes[3]),
    ]
    begin = np.concatenate([part.ravel() for part in first])
    return parts(minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 20}).x)


def _layer_of(names: list[str], layer: list[Numbers]) -> pl.DataFrame:
    """The frame that ships, of a layer as `_layer` gives it."""
    gives, unit_start, adds, start = layer
    by_words, by_phrases = np.vsplit(gives / USUAL * topic_mix.GIVES, 2)
    scale = topic_mix.ADDS * _HUNDRED
    rows = [
        ("words", names, [0] * len(names), by_words),
        ("phrases", names, [0] * len(names), by_phrases),
        ("start", [None], [0], unit_start[None] * topic_mix.GIVES * _HUNDRED),
        ("adds", names, np.rint(start * scale).astype(np.int64).tolist(), adds.T * topic_mix.ADDS),
    ]
    return pl.concat(
        pl.DataFrame(
            {"part": [part] * len(topic), "topic_id": topic, "start": starts}, schema_overrides={"topic_id": pl.String}
        ).hstack(pl.DataFrame(np.rint(table).astype(np.int64), schema=[f"u{unit}" for unit in range(table.shape[1])]))
        for part, topic, starts, table in rows
    )


def _print(name: str, labels: Labels, texts: pl.DataFrame, parts: list[tuple[np.ndarray, Model]]) -> None:
    count, vocabulary = gold.Count(), Vocabulary.read(SEEDS)
    for papers, model in parts:
        read = topics.extract_topics(texts, vocabulary, model)
        found = dict(read.group_by("text_id").agg("topic_id").iter_rows())
        for paper in papers:
            core, also = (set(labels[paper]["topics"][kind]) for kind in ("core", "also"))
            got = set(found.get(texts["text_id"][int(paper)], []))
            count.add(len(core), len(core & got), len(got), len(got & (core | also)))
    console.print(name, *(f"{figure} {value:.3f}" for figure, value in count.figures().items()))


if __name__ == "__main__":
    sys.exit(main())
