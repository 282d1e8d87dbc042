"""How far the extractors agree with the labelled abstracts: on the 81 that ship with the repository, and on more elsewhere.

The labels of the shipped page are of two readings: `page.jsonl` (40 papers) and `page_second.jsonl` (the other 41, labelled
by a reader who did not know the extractors). `daily.jsonl` and `daily_later.jsonl` have labels of abstracts drawn from the daily
feed, by readers who did not know them either; their texts are not in the repository, but beside it where `shared` is. So are those
of `arxiv.jsonl` and `arxiv_later.jsonl`, abstracts of arXiv with one to nine decimals or numbers with a unit. `daily_unread.jsonl` is of
the feed too and is there to measure with: who writes rules or fits weights does not look at what is missed in it.

`reworded.jsonl` holds abstracts that make claims as those of the feed do, in other words and of invented systems, written for the purpose
by writers who did not know the rules, each with its text; `reworded_unread.jsonl` are such to measure with. Of both only the metrics
are labelled.

The figures that were last accepted lie beside the labels. The check on every run holds those of the page against them, and
`make gold` and the tests those of the daily feed and of the reworded abstracts too, so that a change of rules or vocabularies cannot make the reading worse unseen.
"""

import gzip
import json
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from paperhouse import gold
from paperhouse.extract import EXTRACTS, TEXT, read_texts, rules_fingerprint
from paperhouse.feeds import FEEDS
from paperhouse.settings import ROOT, SEEDS
from paperhouse.vocabulary import Vocabulary

LABELS = ROOT / "tests" / "fixtures" / "gold"
PAGE_LABELS = (LABELS / "page.jsonl", LABELS / "page_second.jsonl")
# to the later ones no topic words are fitted
DAILY_LABELS = (LABELS / "daily.jsonl", LABELS / "daily_later.jsonl")
ARXIV_LABELS = (LABELS / "arxiv.jsonl", LABELS / "arxiv_later.jsonl")
UNREAD_LABELS = LABELS / "daily_unread.jsonl"
REWORDED_LABELS = LABELS / "reworded.jsonl"
REWORDED_UNREAD_LABELS = LABELS / "reworded_unread.jsonl"
SECOND_READING = LABELS / "arxiv_second.jsonl"  # 110 of these, by readers who had not seen the first labels
ACCEPTED = LABELS / "accepted.json"
PAGE = ROOT / "raw" / "hf_papers_page" / "2025-09-04" / "page.txt"

GUARDED = ("links.f", "links.kind.accuracy", "metrics.f", "metrics.full.f", "topics.f")
"""The figures that a change must not lower; of reworded abstracts those of metrics."""

_ROUNDING = 0.0005  # accepted figures are kept with three digits


def page_labels() -> list[gold.Record]:
    """The labels that ship with the repository: every paper of its page."""
    return [label for path in PAGE_LABELS for label in gold.read_records(path)]


def daily_labels() -> list[gold.Record]:
    """The labels of abstracts of the daily feed that ship; their texts are not here (see `shared_texts`)."""
    return [label for path in DAILY_LABELS for label in gold.read_records(path)]


def unread_labels() -> list[gold.Record]:
    """Those of the daily feed whose misses nobody has looked at; `make gold` prints their figures and no more."""
    return gold.read_records(UNREAD_LABELS)


def arxiv_labels() -> list[gold.Record]:
    """The labels of abstracts of arXiv that ship; their texts are not here (see `corpus_texts`)."""
    return [label for path in ARXIV_LABELS for label in gold.read_records(path)]


def reworded_labels() -> list[gold.Record]:
    """Abstracts that say in other words what those of the feed say, with their texts (`reworded_texts`)."""
    return gold.read_records(REWORDED_LABELS)


def reworded_unread_labels() -> list[gold.Record]:
    """Such whose misses nobody who writes rules has looked at."""
    return gold.read_records(REWORDED_UNREAD_LABELS)


def readers() -> gold.Score:
    """How far two careful readers agree: what the second one holds for required, scored against the labels of the first."""
    second = gold.read_records(SECOND_READING)
    first = {label["paper"]: label for label in arxiv_labels()}
    required = [{**label, "metrics": [m for m in label["metrics"] if not m["optional"]]} for label in second]
    return gold.score([first[label["paper"]] for label in second], required)


def page_texts() -> pl.DataFrame:
    """Titles and abstracts of the page that ships with the repository: a frame of TEXT."""
    return _texts(FEEDS["hf_papers_page"].parse(PAGE.read_bytes(), date(2025, 9, 4)).records)


def shared_texts(shared: Path, labels: list[gold.Record]) -> pl.DataFrame:
    """Titles and abstracts of labelled papers, from the feed bodies under `shared` that their `day` names: a frame of TEXT."""
    frames = [page_texts()]
    for day in sorted({label["day"] for label in labels}):
        body = shared / "feeds" / "hf_daily_papers" / f"{day}.json.gz"
        if body.exists():
            records = (
                FEEDS["hf_daily_papers"].parse(gzip.decompress(body.read_bytes()), date.fromisoformat(day)).records
            )
            frames.append(_texts(records))
    return pl.concat(frames).unique("text_id", keep="first", maintain_order=True)


def corpus_texts(shared: Path, labels: list[gold.Record]) -> pl.DataFrame:
    """Titles and abstracts of labelled papers, from the corpus under `shared`, where `paper` is their arXiv id: a frame of TEXT, empty
    without that file."""
    corpus = shared / "corpus" / "arxiv_abstracts.jsonl.gz"
    if not corpus.exists():
        return pl.DataFrame(schema=TEXT)
    wanted = [label["paper"] for label in labels]
    found = pl.scan_ndjson(corpus).select("id", "title", "abstract").filter(pl.col("id").is_in(wanted)).collect()
    return _texts(found.with_columns(pl.col("title").str.replace_all(r"\s+", " ")))


def reworded_texts(labels: list[gold.Record]) -> pl.DataFrame:
    """Titles and abstracts that stand in the labels themselves: a frame of TEXT."""
    return _texts(pl.DataFrame([{name: label[name] for name in ("title", "abstract")} for label in labels]))


def _texts(records: pl.DataFrame) -> pl.DataFrame:
    return records.select(text_id="title", title="title", abstract="abstract").cast(dict(TEXT))


def measure(labels: list[gold.Record], texts: pl.DataFrame, min_confidence: float = 0.0) -> gold.Score:
    """Read the texts with the present rules and score what was found against the labels."""
    found = read_texts(texts, Vocabulary.read(SEEDS))
    papers = texts.select(paper_id="text_id", title="title")
    by_paper = [found[name].rename({"text_id": "paper_id"}) for name in EXTRACTS if name != "promises"]
    return gold.score(labels, gold.records(papers, *by_paper), min_confidence)


def daily_figures(shared: Path) -> dict[str, float] | None:
    """The figures on the abstracts drawn from the daily feed, or None where their texts are not under `shared`."""
    labels = daily_labels()
    figures = measure(labels, shared_texts(shared, labels)).figures
    return figures if figures["papers.r"] == 1 else None


def reworded_figures(labels: list[gold.Record]) -> dict[str, float]:
    """The figures of metrics on reworded abstracts, as `reworded_labels` or `reworded_unread_labels` give them."""
    figures = measure(labels, reworded_texts(labels)).figures
    return {name: figure for name, figure in figures.items() if name.startswith(("papers", "metrics"))}


def page_figures() -> dict[str, float]:
    """The figures on the labels that ship with the repository."""
    return _page_figures(rules_fingerprint(SEEDS))


@cache
def _page_figures(rules: str) -> dict[str, float]:  # noqa: ARG001 (what the cached figures hold for)
    return measure(page_labels(), page_texts()).figures


def drop_of_agreement() -> str | None:
    """What has become worse on the page than accepted, in words, or None."""
    return drop("page", page_figures())


def drop(labels: str, now: dict[str, float]) -> str | None:
    """What has become worse than accepted on `labels` (`page`, `daily` or `reworded`), in words, or None."""
    accepted = json.loads(ACCEPTED.read_text())[labels]
    worse = [
        f"{name} {now[name]:.3f}, accepted {was:.3f}" for name, was in accepted.items() if now[name] < was - _ROUNDING
    ]
    return "; ".join(worse) or None


def accept(shared: Path) -> dict[str, dict[str, float]]:
    """Make the present figures the accepted ones, those of the daily abstracts where their texts are; returns them."""
    accepted = json.loads(ACCEPTED.read_text())
    measured = {"page": page_figures(), "daily": daily_figures(shared), "reworded": reworded_figures(reworded_labels())}
    for labels, figures in measured.items():
        if figures:
            accepted[labels] = {name: round(figures[name], 3) for name in GUARDED if name in figures}
    ACCEPTED.write_text(json.dumps(accepted, indent=2) + "\n")
    return accepted
