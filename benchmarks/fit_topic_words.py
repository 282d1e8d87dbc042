"""Weights of words for topics (`paperhouse/extract/topic_words.csv`), fitted to labelled papers.

    .venv/bin/python -m benchmarks.fit_topic_words --labels FILE … --texts FILE … [--folds 5] [--write]

Labels and texts as `benchmarks.fit_phrases` takes them, but for the page's and those beside the guide, which are left to measure by; the abstracts of arXiv and of the daily feed beside the repository (`../shared`) tell which
words go together.

A few thousand labels are too few for a weight a word and topic. So the words of all abstracts, labelled or not, are first
brought down to `DIMENSIONS` directions along which abstracts differ (latent semantic analysis: a truncated singular
value decomposition of words by their rarity), and a topic is a weight a direction. As both steps are linear, what ships is
their product: a weight a word. What the phrases say stands, up to `topics._MOST`: the words are fitted to what is left to say,
by logistic loss, the squares of the weights costing `HOLD`. `--folds` also reads each paper with words fitted to the others.
"""

import sys

import numpy as np
import polars as pl
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer

from benchmarks.fit_phrases import ALSO, SOFT, Labels, asked, read_labelled
from benchmarks.gold import console, guide_labels
from paperhouse import agreement, gold
from paperhouse.extract import topics
from paperhouse.extract.topic_words import FILE, Words
from paperhouse.settings import SEEDS, settings
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary

WORDS = 6_000  # the most common; 3,000 read held-out papers a little worse, 11,000 no better
LEAST, MOST = 20, 0.25  # a word is in so many abstracts at the least, and in no larger share of them
DIMENSIONS = 300
SPREAD = 3.0  # how much one direction may say
HOLD = 0.3
_HUNDRED, _TEN = 100, 10


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
    places, every = space.places(_joined(texts)), np.arange(len(labels))
    _print("phrases alone", labels, texts, [(every, Words.none())])
    parts = [every % given.folds == part for part in range(given.folds)]
    if parts:
        fits = [(every[part], Words.of(_fit(space, places, names, said, labels, every[~part]))) for part in parts]
        _print("held out", labels, texts, fits)
    model = _fit(space, places, names, said, labels, every)
    _print("fitted", labels, texts, [(every, Words.of(model))])
    if given.write:
        model.write_csv(FILE)
    return 0


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


def _fit(
    space: Space, places: np.ndarray, names: list[str], said: np.ndarray, labels: Labels, papers: np.ndarray
) -> pl.DataFrame:
    """The model fitted to the labels of `papers`."""
    start, weights = np.zeros(len(names)), np.zeros((DIMENSIONS, len(names)))
    for i, name in enumerate(names):
        core, also = (np.array([name in labels[p]["topics"][kind] for p in papers]) for kind in ("core", "also"))
        sign = np.where(core | also, 1.0, -1.0)
        found = _lowest(places[papers], said[papers, i], sign, np.where(also, ALSO, 1.0))
        start[i], weights[:, i] = found[0], found[1:]
    return space.model(names, start, weights)


def _lowest(places: np.ndarray, said: np.ndarray, sign: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Where to start and the weight of each direction, of least loss."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (said + weights[0] + places @ weights[1:]) / SOFT
        slope = -worth * sign * expit(-margin) / SOFT
        cost = worth @ np.logaddexp(0, -margin) + HOLD / 2 * weights[1:] @ weights[1:]
        return float(cost), np.concatenate([[slope.sum()], places.T @ slope + HOLD * weights[1:]])

    return minimize(loss, np.zeros(places.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x


def _print(name: str, labels: Labels, texts: pl.DataFrame, parts: list[tuple[np.ndarray, Words]]) -> None:
    count, vocabulary = gold.Count(), Vocabulary.read(SEEDS)
    for papers, words in parts:
        read = topics.extract_topics(texts, vocabulary, words)
        found = dict(read.group_by("text_id").agg("topic_id").iter_rows())
        for paper in papers:
            core, also = (set(labels[paper]["topics"][kind]) for kind in ("core", "also"))
            got = set(found.get(texts["text_id"][int(paper)], []))
            count.add(len(core), len(core & got), len(got), len(got & (core | also)))
    console.print(name, *(f"{figure} {value:.3f}" for figure, value in count.figures().items()))


if __name__ == "__main__":
    sys.exit(main())
