"""The scorer: its figures on small cases, and the same figures as the reference scorer where that is at hand."""

import copy
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse import gold

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tests" / "fixtures" / "gold" / "page.jsonl"
SHARED = Path(os.environ.get("PAPERHOUSE_SHARED") or ROOT.parent / "shared")
REFERENCE = SHARED / "gold" / "score.py"


def metric(**changes):
    base = {
        "value": 2.0,
        "value_high": None,
        "baseline_value": None,
        "unit": "x",
        "kind": "ratio",
        "direction": "increase",
        "quantity": "speed",
        "dataset": None,
        "baseline": None,
        "subject": None,
        "evidence": "2x faster",
        "optional": False,
    }
    return base | changes


def label(**changes):
    base = {
        "paper": "p",
        "title": "A Paper",
        "links": [
            {"url": "https://github.com/a/b", "kind": "code", "availability": "released"},
        ],
        "metrics": [metric()],
        "topics": {"core": ["reasoning"], "also": ["agents"]},
    }
    return base | changes


def found(**changes):
    base = {"title": "a paper", "links": label()["links"], "metrics": [metric()], "topics": ["reasoning"]}
    return base | changes


def figures(labels, finds):
    return gold.score(labels, finds).figures


def test_labels_score_fully_against_themselves():
    labels = gold.read_records(PAGE)
    result = gold.score(labels, labels)
    assert result.misses == []
    assert all(value == 1.0 for name, value in result.figures.items() if not name.endswith(".gold"))


def test_a_paper_that_is_not_there_counts_as_missed_in_every_part():
    result = gold.score([label()], [])
    assert result.figures["papers.r"] == 0
    assert result.figures["links.r"] == 0
    assert {m.kind for m in result.misses} == {"no such paper", "link missed", "metric missed", "topic missed"}


def test_an_optional_claim_neither_helps_nor_hurts():
    labels = [label(metrics=[metric(optional=True)])]
    for finds in ([], [metric()]):
        result = figures(labels, [found(metrics=finds)])
        assert (result["metrics.p"], result["metrics.r"], result["metrics.gold"]) == (1, 1, 0)


def test_a_change_is_the_same_with_and_without_its_sign():
    assert figures([label()], [found(metrics=[metric(value=-2)])])["metrics.f"] == 1


def test_the_noun_of_a_counted_thing_is_free_where_the_label_does_not_write_it_by_the_number():
    labels = [label(metrics=[metric(unit="tasks", evidence="50 of them")])]
    assert figures(labels, [found(metrics=[metric(unit="cases")])])["metrics.f"] == 1
    labels = [label(metrics=[metric(unit="tasks", evidence="50 tasks")])]
    assert figures(labels, [found(metrics=[metric(unit="cases")])])["metrics.f"] == 0


def test_an_abbreviation_agrees_with_what_it_stands_for():
    labels = [label(metrics=[metric(quantity="word error rate")])]
    assert figures(labels, [found(metrics=[metric(quantity="WER")])])["metrics.quantity.accuracy"] == 1


def test_topics_need_the_core_and_allow_also():
    result = figures([label()], [found(topics=["agents"])])
    assert (result["topics.p"], result["topics.r"]) == (1, 0)


def test_equal_finds_are_paired_by_their_wording():
    wanted = [metric(subject="A", quantity="speed"), metric(subject="B", quantity="memory")]
    assert figures([label(metrics=wanted)], [found(metrics=wanted[::-1])])["metrics.subject.accuracy"] == 1


def test_metrics_below_the_confidence_asked_for_are_left_out():
    finds = [found(metrics=[metric(confidence=0.4), metric(value=9, confidence=None)])]
    assert gold.score([label()], finds, min_confidence=0.5).counts["metrics"].finds == 0


def test_marts_become_records():
    papers = pl.DataFrame({"paper_id": ["1", "2"], "title": ["A Paper", "Another"]})
    links = pl.DataFrame({"paper_id": ["1"], "url": ["u"], "kind": ["code"], "availability": ["released"]})
    topics = pl.DataFrame({"paper_id": ["2", "2"], "topic_id": ["x", "y"]})
    first, second = gold.records(papers, links, pl.DataFrame(schema={"paper_id": pl.String}), topics)
    assert (first["links"][0]["url"], first["topics"], second["topics"]) == ("u", [], ["x", "y"])


def test_a_miss_prints_on_one_line():
    assert str(gold.Miss("link false", "p", {"url": "é"})) == 'link false     p {"url": "é"}'


def damaged(labels, seed):
    """Labels with every kind of damage that an extractor can do."""
    rng = random.Random(seed)
    out = []
    for record in copy.deepcopy(labels):
        if rng.random() < 0.05:
            continue
        record["topics"] = [
            t for t in [*record["topics"]["core"], *record["topics"]["also"], "reasoning"] if rng.random() < 0.6
        ]
        record["links"] = [
            _damage_link(link, rng) for link in record["links"] * rng.choice((1, 1, 2)) if rng.random() < 0.8
        ]
        metrics = [m for m in record["metrics"] * rng.choice((1, 1, 2)) if rng.random() < 0.85]
        record["metrics"] = [_damage_metric(dict(m), metrics, rng) for m in metrics]
        rng.shuffle(record["metrics"])
        if rng.random() < 0.1:
            record["title"] = record["title"].upper() + "!"
        out.append(record)
    return out + out[:1]


def _damage_link(link, rng):
    field = rng.choice(("url", "kind", "availability", None, None))
    return link if field is None else link | {field: rng.choice(("https://x.org", "demo", "promised"))}


def _damage_metric(m, others, rng):
    m["confidence"] = rng.choice((0.2, 0.95, None))
    for field in (
        "quantity",
        "dataset",
        "baseline",
        "subject",
        "direction",
        "kind",
        "baseline_value",
        "value_high",
        "unit",
    ):
        if rng.random() < 0.15:
            m[field] = rng.choice((None, rng.choice(others)[field], m[field]))
    if isinstance(m["quantity"], str) and rng.random() < 0.3:
        m["quantity"] = rng.choice(("the " + m["quantity"], m["quantity"][:1], m["quantity"] + " (up)", "speedups"))
    if rng.random() < 0.2:
        m["value"] = rng.choice((-m["value"], m["value"] * 1.0005, m["value"] + 1, rng.choice(others)["value"]))
    if rng.random() < 0.1:
        del m["baseline_value"]
    return m


def reference(labels, finds, folder, *options):
    for name, rows in (("gold", labels), ("found", finds)):
        (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    command = [sys.executable, REFERENCE, folder / "gold", folder / "found", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer lies in ../shared, which is not here")
@pytest.mark.parametrize("seed", range(8))
def test_figures_are_those_of_the_reference_scorer_on_damaged_labels(seed, tmp_path):
    labels = gold.read_records(SHARED / "gold" / "dev.jsonl")
    finds = damaged(labels, seed)
    options = ["--min-confidence", "0.5"] if seed % 2 else []
    theirs = reference(labels, finds, tmp_path, *options)
    ours = gold.score(labels, finds, min_confidence=0.5 if options else 0.0).figures
    assert {k: f"{v:.3f}" if not k.endswith(".gold") else str(v) for k, v in ours.items()} == theirs
    assert ours["links.f"] < 1


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_damage_is_scored_without_an_error_and_between_nothing_and_all(seed):
    labels = gold.read_records(PAGE)
    values = {k: v for k, v in figures(labels, damaged(labels, seed)).items() if not k.endswith(".gold")}
    assert all(0 <= v <= 1 for v in values.values())
