"""How well found links, metrics and topics agree with labelled abstracts, and where they do not.

Labels and finds are records as the labelling guide gives them, one a paper, paired by title. Figures are precision
(`p`), recall (`r`), F1 (`f`) and the number of labels (`gold`) of papers, links, metrics, metrics.full and topics, and
the accuracy of single fields on what was found. The data are hundreds of papers: plain Python, free of the extractors.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

Record = dict[str, Any]

PARTS = ("papers", "links", "metrics", "metrics.full", "topics")
_TEXT_FIELDS = ("quantity", "dataset", "baseline", "subject")
_EMPTY_WORDS = frozenset(
    ("the", "a", "an", "of", "in", "on", "for", "to", "and", "or", "with", "by", "its", "our", "existing", "we", "all")
)
_UNITLESS = frozenset({"x", "%", "points", "score", "orders_of_magnitude"})
_ENOUGH_OVERLAP = 0.5  # word F1 from which two wordings are the same thing


@dataclass
class Count:
    """Labels, labels found, finds that count and finds that are right (a right find need not be a required label)."""

    labels: int = 0
    labels_found: int = 0
    finds: int = 0
    finds_right: int = 0

    def add(self, labels: int, labels_found: int, finds: int, finds_right: int) -> None:
        """Add one paper's numbers."""
        self.labels += labels
        self.labels_found += labels_found
        self.finds += finds
        self.finds_right += finds_right

    def figures(self) -> dict[str, float]:
        """p, r, f and gold; nothing to find and nothing found is a full score."""
        p = self.finds_right / self.finds if self.finds else float(not self.labels)
        r = self.labels_found / self.labels if self.labels else 1.0
        return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0, "gold": self.labels}


@dataclass(frozen=True)
class Miss:
    """One disagreement: `kind` as in "link missed", the paper's label, and what was missed or wrongly found."""

    kind: str
    paper: str
    what: Any

    def __str__(self) -> str:
        """One line, for a terminal."""
        return f"{self.kind:<14} {self.paper} {json.dumps(self.what, ensure_ascii=False, default=str)}"


@dataclass
class Score:
    """What a comparison gave: `figures` by name, and each miss."""

    counts: dict[str, Count] = field(default_factory=lambda: {part: Count() for part in PARTS})
    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """`links.f`, `metrics.full.p`, `topics.gold`, `links.kind.accuracy`, …"""
        parts = {f"{part}.{name}": v for part, count in self.counts.items() for name, v in count.figures().items()}
        return parts | {f"{name}.accuracy": self.right[name] / n for name, n in sorted(self.seen.items())}

    def check(self, name: str, *, right: bool) -> None:
        """Count one field of one find."""
        self.seen[name] += 1
        self.right[name] += right

    def miss(self, kind: str, paper: str, what: Any) -> None:
        """Note one disagreement."""
        self.misses.append(Miss(kind, paper, what))


def read_records(path: Path) -> list[Record]:
    """The records of a JSON Lines file in the guide's format."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def records(papers: pl.DataFrame, links: pl.DataFrame, metrics: pl.DataFrame, topics: pl.DataFrame) -> list[Record]:
    """Marts as records to score: `papers` with paper_id and title, the others with the contract's columns."""

    def by_paper(frame: pl.DataFrame) -> dict[str, list[Record]]:
        rows: dict[str, list[Record]] = {}
        for row in frame.iter_rows(named=True):
            rows.setdefault(row["paper_id"], []).append(row)
        return rows

    found = [by_paper(frame) for frame in (links, metrics, topics)]
    return [
        {
            "title": title,
            "links": found[0].get(paper, []),
            "metrics": found[1].get(paper, []),
            "topics": [row["topic_id"] for row in found[2].get(paper, [])],
        }
        for paper, title in papers.select("paper_id", "title").iter_rows()
    ]


def score(gold: list[Record], found: list[Record], min_confidence: float = 0.0) -> Score:
    """Compare finds with labels; metrics below `min_confidence` are left out of the finds."""
    by_title: dict[str, Record] = {}
    for record in found:
        if record.get("title"):
            by_title.setdefault(_title_key(record["title"]), record)
    result = Score()
    for label in gold:
        record = by_title.get(_title_key(label["title"]))
        result.counts["papers"].add(1, *([record is not None] * 3))
        if record is None:
            result.miss("no such paper", label["paper"], label["title"])
        record = record or {}
        metrics = [
            m for m in record.get("metrics") or [] if not min_confidence or (m.get("confidence") or 0) >= min_confidence
        ]
        _score_links(result, label, record.get("links") or [])
        _score_metrics(result, label, metrics)
        _score_topics(result, label, record.get("topics") or [])
    return result


def _title_key(title: str) -> str:
    return re.sub("[^a-z0-9]", "", title.lower())


def _score_links(result: Score, label: Record, found: list[Record]) -> None:
    wanted, got = ({link["url"]: link for link in links} for links in (label["links"], found))
    both = [url for url in wanted if url in got]
    result.counts["links"].add(len(wanted), len(both), len(got), len(both))
    for url in both:
        for name in ("kind", "availability"):
            result.check(f"links.{name}", right=wanted[url][name] == got[url].get(name))
            if wanted[url][name] != got[url].get(name):
                result.miss(f"link {name}", label["paper"], {"gold": wanted[url], "found": got[url].get(name)})
    for url in wanted:
        if url not in got:
            result.miss("link missed", label["paper"], wanted[url])
    for url in got:
        if url not in wanted:
            result.miss("link false", label["paper"], got[url])


def _score_topics(result: Score, label: Record, found: Iterable[str] | Record) -> None:
    core, also = set(label["topics"]["core"]), set(label["topics"]["also"])
    got = set(found["core"] if isinstance(found, dict) else found)
    result.counts["topics"].add(len(core), len(core & got), len(got), len(got & (core | also)))
    for kind, topics in (("topic missed", core - got), ("topic false", got - core - also)):
        if topics:
            result.miss(kind, label["paper"], sorted(topics))


def _score_metrics(result: Score, label: Record, found: list[Record]) -> None:
    required = [m for m in label["metrics"] if not m["optional"]]
    spare = [m for m in label["metrics"] if m["optional"]]
    for part, test in (("metrics", _same_claim), ("metrics.full", _same_in_full)):
        pairs = list(_pairs(required, found, test))
        right = {j for _, j in pairs}
        # what may be found or not: any of its numbers will do
        free = {j for j, m in enumerate(found) if any(_shares_number(s, m) for s in spare)}
        wrong = [j for j in range(len(found)) if j not in right | free]
        result.counts[part].add(len(required), len(pairs), len(pairs) + len(wrong), len(pairs))
        if part == "metrics":
            _note_metrics(result, label["paper"], required, found, pairs)
            for j in wrong:
                result.miss("metric false", label["paper"], found[j])


def _note_metrics(
    result: Score, paper: str, required: list[Record], found: list[Record], pairs: list[tuple[int, int]]
) -> None:
    """The fields of the pairs, and the labels that have none."""
    for i, j in pairs:
        wanted, got = required[i], found[j]
        agrees = {
            "baseline_value": _same_number(wanted["baseline_value"], got.get("baseline_value")),
            "kind": wanted["kind"] == got.get("kind"),
            "direction": wanted["direction"] == got.get("direction"),
        } | {name: _same_wording(wanted[name], got.get(name)) for name in _TEXT_FIELDS}
        for name, right in agrees.items():
            result.check(f"metrics.{name}", right=right)
            if not right:
                what = {"gold": wanted[name], "found": got.get(name), "evidence": wanted["evidence"]}
                result.miss(f"metric {name}", paper, what)
    hit = {i for i, _ in pairs}
    for i, wanted in enumerate(required):
        if i not in hit:
            result.miss("metric missed", paper, wanted)


def _pairs(
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


def _same_claim(wanted: Record, found: Record) -> bool:
    return (
        _same_number(wanted["value"], found["value"])
        and _same_number(wanted["value_high"], found.get("value_high"))
        and _same_unit(wanted, found)
    )


def _same_in_full(wanted: Record, found: Record) -> bool:
    return (
        _same_claim(wanted, found)
        and _same_number(wanted["baseline_value"], found.get("baseline_value"))
        and all(wanted[name] == found.get(name) for name in ("kind", "direction"))
        and _same_wording(wanted["quantity"], found.get("quantity"))
    )


def _shares_number(optional: Record, found: Record) -> bool:
    numbers = (optional[name] for name in ("value", "value_high", "baseline_value"))
    return any(n is not None and _same_number(n, found["value"]) for n in numbers)


def _same_number(wanted: float | None, found: float | None) -> bool:
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


def _same_wording(wanted: str | None, found: str | None) -> bool:
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
    return sum(_same_wording(wanted[name], found.get(name)) for name in _TEXT_FIELDS) + shared
