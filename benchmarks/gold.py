"""`make gold`: how well the extractors read the labelled abstracts.

The 40 of the shipped page; where `../shared` lies beside the repository also all labelled ones there, by feed. `--errors`
lists every disagreement, `--accept` makes the present figures those that the check on every run holds the rules to.
"""

import argparse
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from paperhouse import agreement, gold
from paperhouse.settings import settings

WANTED = {"links.f": 0.95, "metrics.f": 0.75, "topics.f": 0.75}
"""The first version's goals."""

WORST = 12

console = Console(highlight=False, soft_wrap=True)


def main(arguments: list[str] | None = None) -> int:
    args = argparse.ArgumentParser(prog="make gold", description=__doc__)
    args.add_argument("--errors", action="store_true", help="list every disagreement")
    args.add_argument("--accept", action="store_true", help="accept the present figures")
    given = args.parse_args(arguments)
    scores = dict(_scores())
    _print_figures(scores)
    last = list(scores.values())[-1]
    misses = [m for m in last.misses if given.errors or m.kind.endswith(("missed", "false"))]
    for miss in misses if given.errors else misses[:WORST]:
        console.print(str(miss), markup=False)
    if not given.errors and len(misses) > WORST:
        console.print(f"… {len(misses) - WORST} more; all with: .venv/bin/python -m benchmarks.gold --errors")
    if given.accept:
        console.print(f"accepted: {agreement.accept()}")
    short = [n for n, least in WANTED.items() if last.figures[n] < least]
    if short:
        console.print(f"below the goal: {', '.join(short)}")
    return 1 if short else 0


def _scores() -> Iterable[tuple[str, gold.Score]]:
    """Label → score, the most labels last."""
    page = gold.read_records(agreement.PAGE_LABELS)
    yield f"page ({len(page)})", agreement.measure(page, agreement.page_texts())
    dev = settings().shared / "gold" / "dev.jsonl"
    if not dev.exists():
        console.print(f"{dev} is not there: the figures are those of the page alone")
        return
    labels = gold.read_records(dev)
    texts = agreement.shared_texts(settings().shared, labels)
    titles = {label["title"] for label in page}
    daily = [label for label in labels if label["title"] not in titles]
    yield f"daily ({len(daily)})", agreement.measure(daily, texts)
    yield f"sure ≥ 0.9 ({len(labels)})", agreement.measure(labels, texts, min_confidence=0.9)
    yield f"all ({len(labels)})", agreement.measure(labels, texts)


def _print_figures(scores: dict[str, gold.Score]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("figure")
    for name in scores:
        table.add_column(name, justify="right")
    for figure in list(scores.values())[-1].figures:
        row = [score.figures.get(figure) for score in scores.values()]
        table.add_row(
            figure, *("" if v is None else f"{v:.0f}" if figure.endswith("gold") else f"{v:.3f}" for v in row)
        )
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
