"""When a metric that was found is the one that a label wants: the same claim, the same in full, the same wording.

The labelling guide's rules of comparison; `gold.py` counts with them.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Record = dict[str, Any]

TEXT_FIELDS = ("quantity", "dataset", "baseline", "subject")
_EMPTY_WORDS = frozenset(
    ("the", "a", "an", "of", "in", "on", "for", "to", "and", "or", "with", "by", "its", "our", "existing", "we", "all")
)
_UNITLESS = frozenset({"x", "%", "points", "score", "orders_of_magnitude"})
_ENOUGH_OVERLAP = 0.5  # word F1 from which two wordings are the same thing


def pairs(
    wanted: list[Record], found: list[Record], test: Callable[[Record, Record], bool]
) -> Iterator[tuple[int, int]]:
    """Labels and finds one to one, the likest first; of equals the last."""
    likeness = {(i, j): _likeness(w, f) for i, w in enumerate(wanted) for j, f in enumerate(found) if test(w, f)}
    left_i, left_j = set(range(len(wanted))), set(range(len(found)))
    for i, j in sorted(likeness, key=lambda pair: (likeness[pair], *pair), reverse=True):
        if i in left_i and j in left_j:
            left_i.remove(i)
            left_j.remove(j)
            yield i, j


def same_claim(wanted: Record, found: Record) -> bool:
    """Value, range and unit agree."""
    return (
        same_number(wanted["value"], found["value"])
        and same_number(wanted["value_high"], found.get("value_high"))
        and _same_unit(wanted, found)
    )


def same_in_full(wanted: Record, found: Record) -> bool:
    """The same claim, and baseline value, kind, direction and quantity agree."""
    return (
        same_claim(wanted, found)
        and same_number(wanted["baseline_value"], found.get("baseline_value"))
        and all(wanted[name] == found.get(name) for name in ("kind", "direction"))
        and same_wording(wanted["quantity"], found.get("quantity"))
    )


def shares_number(optional: Record, found: Record) -> bool:
    """The find's number is one of an optional label, so that it is neither right nor wrong."""
    numbers = (optional[name] for name in ("value", "value_high", "baseline_value"))
    return any(n is not None and same_number(n, found["value"]) for n in numbers)


def same_number(wanted: float | None, found: float | None) -> bool:
    """The same size: changes are written without a sign, and small numbers rounded (one third is 0.333)."""
    if wanted is None or found is None:
        return wanted is found
    wanted, found = abs(float(wanted)), abs(float(found))
    return math.isclose(wanted, found, rel_tol=1e-3 if wanted < 1 else 1e-6, abs_tol=1e-9)


def _unit(metric: Record) -> str:
    unit = (metric.get("unit") or "").strip().lower()
    return unit if unit in _UNITLESS or "/" in unit else unit.removesuffix("s")


def _same_unit(wanted: Record, found: Record) -> bool:
    """The same unit, or two counted things where the label's noun does not stand beside its number."""
    a, b = _unit(wanted), _unit(found)
    return a == b or not (a in _UNITLESS or b in _UNITLESS or a in wanted["evidence"].lower())


def _words(text: str | None) -> list[str]:
    plain = (text or "").lower().replace("speed-up", "speed").replace("speedup", "speed")
    return [word.removesuffix("s") for word in re.findall("[a-z0-9]+", plain) if word not in _EMPTY_WORDS]


def _readings(text: str) -> list[list[str]]:
    """The words of a text as a whole, without its brackets, of each bracket, and its initials as one word."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    initials = "".join(re.findall("([A-Za-z])[A-Za-z]*", bare))
    every = [text, bare, *re.findall(r"\(([^)]*)\)", text), initials]
    return [_words(reading) for reading in every if len(reading.strip()) > 1]


def _overlap(a: list[str], b: list[str]) -> float:
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b)) if a and b else 0.0


def same_wording(wanted: str | None, found: str | None) -> bool:
    """Both are missing, or their words overlap enough in one of their readings."""
    if not wanted or not found:
        return not (wanted or found)
    if wanted.strip().lower() == found.strip().lower():
        return True
    theirs = _readings(found)
    return any(_overlap(a, b) >= _ENOUGH_OVERLAP for a in _readings(wanted) for b in theirs)


def _likeness(wanted: Record, found: Record) -> float:
    """How many wordings two metrics share, and how much of their evidence."""
    a, b = set(_words(wanted["evidence"])), set(_words(found.get("evidence")))
    shared = len(a & b) / len(a | b) if a | b else 0.0
    return sum(same_wording(wanted[name], found.get(name)) for name in TEXT_FIELDS) + shared
