"""`make bench`: what reading abstracts costs, as ratios to a bare typed load of the same file in the same run.

Machines are noisy and differ: absolute times are not promised, ratios side by side are. The file is `PAPERHOUSE_CORPUS`
(JSON Lines, gzipped or not, with `title` and `abstract`), by default the corpus in `../shared`; without either, the page's
abstracts are repeated, and the result says so.

Two parts: the four extractors against the load, and both at a size twenty times larger, each in a process of its own for
its peak of memory (`cost.py`); and the extractors against other ways to do the same (`rivals.py`).
"""

import argparse

from rich.console import Console
from rich.table import Table

from benchmarks import rivals
from benchmarks.cost import Cost, in_a_process, source

ROUNDS = 3
GOAL = 1.5

console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    args = argparse.ArgumentParser(prog="make bench", description=__doc__)
    args.add_argument("--abstracts", type=int, default=50_000, help="how many abstracts in each of the rounds")
    args.add_argument("--many", type=int, default=1_000_000, help="how many in the large run; 0 leaves it out")
    args.add_argument("--no-rivals", action="store_true", help="leave out the comparison with other ways")
    given = args.parse_args()
    console.print(f"{given.abstracts:,} abstracts of {source() or 'the sample page, repeated'}, {ROUNDS} rounds")
    rounds = [in_a_process(given.abstracts) for _ in range(ROUNDS)]
    _print_rounds(rounds)
    if given.many:
        console.print(f"\n{given.many:,} abstracts, resampled, in batches")
        _print_growth(rounds, in_a_process(given.many))
    if not given.no_rivals:
        console.print("\nother ways to do the same, a sample of the same abstracts")
        _print_rivals()


def _print_rounds(rounds: list[Cost]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("what")
    for title in ("× the bare load (min … max)", "abstracts per CPU second (median)"):
        table.add_column(title, justify="right")
    for name in rounds[0].seconds:
        ratios = sorted(cost.seconds[name] / cost.seconds["load"] for cost in rounds)
        speed = sorted(cost.abstracts / cost.seconds[name] for cost in rounds)[len(rounds) // 2]
        table.add_row(name, f"{ratios[0]:.2f} … {ratios[-1]:.2f}", f"{speed:,.0f}")
    console.print(table)
    console.print(
        "the bare load: create table … as select * from read_json(…, columns = {…}) of the same file, into a file"
    )
    console.print(f"the goal for all of it: {GOAL}")


def _print_growth(rounds: list[Cost], many: Cost) -> None:
    few = sorted(rounds, key=lambda cost: cost.ratio)[len(rounds) // 2]
    per = [cost.seconds["all of it"] / cost.abstracts for cost in (few, many)]
    console.print(f"× the bare load: {many.ratio:.2f}")
    console.print(f"cost per abstract, × that of {few.abstracts:,}: {per[1] / per[0]:.2f}")
    console.print(f"peak memory of the whole process: {many.peak_gib:.2f} GiB")


def _print_rivals() -> None:
    table = Table("ours", "instead of", "× cheaper", "note", box=None, pad_edge=False)
    for ours, other, ratio, note in rivals.compare():
        table.add_row(ours, other, f"{ratio:,.1f}", note)
    console.print(table)


if __name__ == "__main__":
    main()
