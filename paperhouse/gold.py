"""How well found links, metrics and topics agree with labelled abstracts, and where they do not.

Labels and finds are records as the labelling guide gives them, one a paper, paired by title. Figures are precision
(`p`), recall (`r`), F1 (`f`) and the number of labels (`gold`) of papers, links, metrics, metrics.full and topics, and
the accuracy of single fields on what was found. The data are hundreds of papers: plain Python, free of the extractors.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from paperhouse.gold_metrics import (
    TEXT_FIELDS,
    Record,
    pairs,
    same_claim,
    same_in_full,
    same_number,
    same_wording,
    shares_number,
)

PARTS = ("papers", "links", "metrics", "metrics.full", "topics")


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
    verdicts: list[tuple[Record, str]] = field(default_factory=list)
    """Each metric found: `right`, `wrong`, or `disputed` where careful readers could disagree that it is a result."""

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
    for part, test in (("metrics", same_claim), ("metrics.full", same_in_full)):
        found_pairs = list(pairs(required, found, test))
        right = {j for _, j in found_pairs}
        # what may be found or not: any of its numbers will do
        free = {j for j, m in enumerate(found) if any(shares_number(s, m) for s in spare)}
        wrong = [j for j in range(len(found)) if j not in right | free]
        hits = len(found_pairs)
        result.counts[part].add(len(required), hits, hits + len(wrong), hits)
        if part == "metrics":
            _note_metrics(result, label["paper"], required, found, found_pairs)
            for j, metric in enumerate(found):
                verdict = "right" if j in right else "disputed" if j in free else "wrong"
                result.verdicts.append((metric, verdict))
                if verdict == "wrong":
                    result.miss("metric false", label["paper"], metric)


def _note_metrics(
    result: Score, paper: str, required: list[Record], found: list[Record], hits: list[tuple[int, int]]
) -> None:
    """The fields of the pairs, and the labels that have none."""
    for i, j in hits:
        wanted, got = required[i], found[j]
        agrees = {
            "baseline_value": same_number(wanted["baseline_value"], got.get("baseline_value")),
            "kind": wanted["kind"] == got.get("kind"),
            "direction": wanted["direction"] == got.get("direction"),
        } | {name: same_wording(wanted[name], got.get(name)) for name in TEXT_FIELDS}
        for name, right in agrees.items():
            result.check(f"metrics.{name}", right=right)
            if not right:
                what = {"gold": wanted[name], "found": got.get(name), "evidence": wanted["evidence"]}
                result.miss(f"metric {name}", paper, what)
    hit = {i for i, _ in hits}
    for i, wanted in enumerate(required):
        if i not in hit:
            result.miss("metric missed", paper, wanted)
