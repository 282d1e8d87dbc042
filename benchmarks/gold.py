"""`make gold`: how well the extractors read the labelled abstracts.

Those of the shipped page; where `../shared` lies beside the repository also all labelled ones there, by feed, and the third of them
that was held back while the first rules were written; those drawn since from the daily feed (`drawn`) and from arXiv (`arxiv`); and those of the
feed that nobody who writes rules has read (`unread`), of which figures are printed and nothing else; and abstracts that say such things in
other words (`reworded`, and `unread` beside it). Beside these, how far two readers
agree on some abstracts of arXiv. By field, by kind of claim and by confidence.

`--errors` lists every disagreement in the last column, `--accept` makes the present figures those that the rules are held to (the
page's on every run, the drawn and the reworded ones here), and `--labels FILE --texts FILE` scores labels of your own.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from paperhouse import agreement, gold
from paperhouse.extract import TEXT
from paperhouse.gold_metrics import TEXT_FIELDS
from paperhouse.settings import settings

WANTED = {"links.f": 0.99, "metrics.f": 0.95, "metrics.full.f": 0.88, "topics.f": 0.92}
"""The goals; they are of abstracts that the rules were not built on, and those of the last column are seen by now."""

WORST = 12
BANDS = (0.95, 0.9, 0.8, 0.7, 0.0)
HELD_BACK = (3, 6, 9)
"""Last digits of the places, in the file of labels, of those that are held back."""

DRAWN = "drawn"
"""The column of the abstracts drawn from the daily feed."""

Scored = tuple[list[gold.Record], gold.Score]

console = Console(highlight=False, soft_wrap=True)


def main(arguments: list[str] | None = None) -> int:
    args = argparse.ArgumentParser(prog="make gold", description=__doc__)
    args.add_argument("--errors", action="store_true", help="list every disagreement in the last column")
    args.add_argument("--accept", action="store_true", help="accept the present figures")
    args.add_argument("--labels", type=Path, help="labels of your own (JSON Lines, as the labelling guide has them)")
    args.add_argument("--texts", type=Path, help="their texts (JSON Lines with title and abstract)")
    given = args.parse_args(arguments)
    if (given.labels is None) != (given.texts is None):
        args.error("--labels and --texts belong together")
    scored = _own(given.labels, given.texts) if given.labels else _shipped_and_shared()
    _print_figures({name: score.figures for name, (_, score) in scored.items()})
    if not given.labels:
        reworded = _reworded()
        _print_figures(reworded)
        _print_readers()
    labels, last = list(scored.values())[-1]
    _print_kinds(labels, last)
    _print_bands(last)
    misses = [m for m in last.misses if given.errors or m.kind.endswith(("missed", "false"))]
    for miss in misses if given.errors else misses[:WORST]:
        console.print(str(miss), markup=False)
    if not given.errors and len(misses) > WORST:
        console.print(f"… {len(misses) - WORST} more; all with: .venv/bin/python -m benchmarks.gold --errors")
    if given.accept:
        console.print(f"accepted: {agreement.accept(settings().shared)}")
    dropped = []
    if not given.labels:
        dropped.append(agreement.drop("reworded", next(iter(reworded.values()))))
    if DRAWN in scored:
        dropped.append(agreement.drop("daily", scored[DRAWN][1].figures))
    for worse in filter(None, dropped):
        console.print(f"worse than accepted: {worse}")
    short = [n for n, least in WANTED.items() if last.figures[n] < least]
    if short:
        console.print(f"below the goal: {', '.join(short)}")
    return 1 if short or any(dropped) else 0


def _own(labels: Path, texts: Path) -> dict[str, Scored]:
    read = gold.read_records(labels)
    frame = pl.read_ndjson(texts).select(text_id="title", title="title", abstract="abstract").cast(dict(TEXT))
    return _with_sure(labels.stem, read, frame)


def guide_labels() -> list[gold.Record]:
    """The labels that lie beside the guide; none where the shared data are not there."""
    dev = settings().shared / "gold" / "dev.jsonl"
    return gold.read_records(dev) if dev.exists() else []


def _shipped_and_shared() -> dict[str, Scored]:
    """Label → labels and score; the last one's misses are printed, so it is never the unread ones."""
    page, texts = agreement.page_labels(), agreement.page_texts()
    shared = guide_labels()
    if not shared:
        console.print(f"no labels in {settings().shared / 'gold'}: the figures are those of the page alone")
        return _with_sure("page", page, texts)
    held_back = [label for place, label in enumerate(shared) if place % 10 in HELD_BACK]
    titles = {label["title"] for label in page}
    every = page + [label for label in shared if label["title"] not in titles]
    texts = agreement.shared_texts(settings().shared, every)
    parts = {"page": page, "daily": [label for label in every if label["title"] not in titles], "held back": held_back}
    scored = {f"{name} ({len(part)})": (part, agreement.measure(part, texts)) for name, part in parts.items()}
    for name, drawn in ((DRAWN, agreement.daily_labels()), ("unread", agreement.unread_labels())):
        scored[name] = drawn, agreement.measure(drawn, agreement.shared_texts(settings().shared, drawn))
    dense = agreement.arxiv_labels()
    scored["arxiv"] = dense, agreement.measure(dense, agreement.corpus_texts(settings().shared, dense))
    return scored | _with_sure("all", every, texts)


def _with_sure(name: str, labels: list[gold.Record], texts: pl.DataFrame) -> dict[str, Scored]:
    return {
        "sure ≥ 0.9": (labels, agreement.measure(labels, texts, min_confidence=0.9)),
        f"{name} ({len(labels)})": (labels, agreement.measure(labels, texts)),
    }


def _reworded() -> dict[str, dict[str, float]]:
    """How the claims of the feed are read in other words; of the second nothing is printed but figures."""
    parts = {"reworded": agreement.reworded_labels(), "reworded, unread": agreement.reworded_unread_labels()}
    return {f"{name} ({len(labels)})": agreement.reworded_figures(labels) for name, labels in parts.items()}


def _print_figures(columns: dict[str, dict[str, float]]) -> None:
    table = Table(box=None, pad_edge=False)
    last = list(columns.values())[-1]
    table.add_column("figure", no_wrap=True, min_width=max(map(len, last)))
    for name in columns:
        table.add_column(name, justify="right", min_width=len("unread"))
    for figure in last:
        row = [figures.get(figure) for figures in columns.values()]
        table.add_row(
            figure, *("" if v is None else f"{v:.0f}" if figure.endswith("gold") else f"{v:.3f}" for v in row)
        )
    # a narrow terminal may break a line, but no figure is cut
    console.print(table, width=max(console.width, 100), crop=False)


def _print_readers() -> None:
    """How far two readers agree on the same abstracts, which is as far as any extractor can be measured."""
    figures = agreement.readers().figures
    names = [*WANTED, *(f"metrics.{name}.accuracy" for name in TEXT_FIELDS)]
    said = ", ".join(f"{name} {figures[name]:.3f}" for name in names)
    console.print(f"two readers of {figures['papers.gold']:.0f} abstracts of arXiv agree: {said}")


def _print_kinds(labels: list[gold.Record], score: gold.Score) -> None:
    """How many of the required metrics of each kind were found, and how many finds of it are wrong."""
    required = Counter(m["kind"] for label in labels for m in label["metrics"] if not m["optional"])
    missed = Counter(miss.what["kind"] for miss in score.misses if miss.kind == "metric missed")
    wrong = Counter(metric["kind"] for metric, verdict in score.verdicts if verdict == "wrong")
    table = Table("kind of metric", "required", "found", "wrong", box=None, pad_edge=False)
    for kind in sorted(required | wrong):
        table.add_row(kind, str(required[kind]), str(required[kind] - missed[kind]), str(wrong[kind]))
    console.print(table)


def _print_bands(score: gold.Score) -> None:
    """How often a metric of a given confidence is right; disputed ones (optional labels) apart."""
    table = Table("confidence", "right", "wrong", "disputed", "share right", box=None, pad_edge=False)
    upper = 1.01
    for lower in BANDS:
        seen = Counter(v for metric, v in score.verdicts if lower <= metric["confidence"] < upper)
        judged = seen["right"] + seen["wrong"]
        share = f"{seen['right'] / judged:.3f}" if judged else ""
        name = f"{lower:.2f}–{min(upper, 1):.2f}"
        table.add_row(name, str(seen["right"]), str(seen["wrong"]), str(seen["disputed"]), share)
        upper = lower
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
