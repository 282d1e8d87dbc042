"""Words that mean the same are read the same: each stands in turn in the same plain sentences, and all must give the same rows."""

import re

import polars as pl
import pytest
from reading import VOCABULARY, extract

from paperhouse.extract.patterns import AGAINST, DOES, HEDGE, STOP, WINS, WINS_HINT

WINNING = [
    "outperforming", "surpassing", "exceeding", "beating", "outdoing", "outstripping", "outclassing", "outpacing", "outscoring", "outshining",
    "outranking", "eclipsing", "overtaking", "bettering", "edging out",
]  # fmt: skip
ACHIEVING = [
    "achieving", "attaining", "reaching", "obtaining", "recording", "delivering", "yielding", "hitting",
    "securing",
]  # fmt: skip
HEDGES = [
    "", "up to ", "nearly ", "almost ", "about ", "approximately ", "around ", "roughly ", "over ", "more than ", "at least ", "as much as ",
    "close to ", "just ", "only ", "well over ", "slightly over ", "in excess of ", "upwards of ", "no less than ", "a mere ", "just under ",
    "less than ", "at most ", "no more than ", "a full ", "some ",
]  # fmt: skip
ALIKE = {
    "wins": (
        [
            "outperforms", "surpasses", "exceeds", "beats", "outdoes", "outstrips", "outclasses", "outpaces", "outscores", "outshines", "outranks",
            "eclipses", "overtakes", "betters", "edges out",
        ],
        [
            "Zed {} Wye by 3.2% on MMLU.",
            "Zed {} Wye-7B on MMLU by 3.2 points.",
            "On MMLU, Zed reaches 71.2% and {} Wye.",
            "Zed {} Wye (61.3%) and Why (60.2%) on MMLU.",
            "Zed consistently {} all baselines, with an average gain of 4.1 points on MMLU.",
            "Zed {} Wye in accuracy by 2.4% on MMLU.",
            "With an F1 of 0.81, Zed {} Wye.",
            "Zed {} Wye on 12 of 14 benchmarks.",
            "Zed {} the previous state of the art by 6.1% on COCO and by 4.2% on LVIS.",
        ],
    ),
    "winning": (
        WINNING,
        [
            "Zed reaches 71.2% on MMLU, {} Wye by 3.2%.",
            "Zed attains 71.2% on MMLU, {} Wye.",
            "Zed attains an F1 of 0.81 on COCO, {} the best baseline by 0.05.",
            "Zed scores 71.2 on MMLU, significantly {} Wye (65.1) and Why (60.2).",
        ],
    ),
    "Winning": ([word.capitalize() for word in WINNING], ["{} Wye by 3.2 points, Zed sets a new state of the art on MMLU."]),
    "compared": (
        [
            "compared to", "compared with", "relative to", "in comparison with", "in comparison to", "when compared to", "as compared with",
            "versus", "against", "over",
        ],
        [
            "Zed reduces latency by 32% {} Wye.",
            "Zed improves accuracy by 3.2 points {} Wye on MMLU.",
            "Zed achieves a 2.1x speedup {} vanilla decoding.",
            "Zed cuts memory by 62% {} existing methods on LongBench.",
        ],
    ),
    "compared levels": (
        ["compared to", "compared with", "relative to", "in comparison with", "versus", "against", "vs."],
        [
            "Zed reaches an accuracy of 71.2% on MMLU, {} 65.1% for Wye.",
            "Zed has an FID of 2.13 on ImageNet ({} 3.04 for Wye).",
        ],
    ),
    "Compared": (
        ["Compared to", "Compared with", "Relative to", "In comparison with", "In comparison to", "When compared to", "Versus"],
        ["{} Wye, Zed reduces latency by 32%.", "{} existing methods, Zed improves accuracy by 3.2 points on MMLU."],
    ),
    "achieves": (
        [
            "achieves", "attains", "reaches", "obtains", "records", "delivers", "yields", "gets", "hits", "secures",
        ],
        [
            "Zed {} 71.2% on MMLU.",
            "Zed {} an accuracy of 71.2% on MMLU.",
            "On MMLU, Zed {} 71.2%, 3.4 points above Wye.",
            "Zed {} 71.2% accuracy on MMLU and 65.1% on GPQA.",
            "Zed {} a success rate of 61.2% on OSWorld, while Wye gets 45.1%.",
        ],
    ),
    "achieving": (
        ACHIEVING,
        ["Zed outperforms Wye, {} 71.2% on MMLU.", "Zed is fast, {} an accuracy of 71.2% on MMLU."],
    ),
    "improves": (
        [
            "improves", "boosts", "increases", "raises", "enhances", "lifts", "elevates", "strengthens", "advances", "pushes up", "drives up",
        ],
        [
            "Zed {} accuracy by 3.2% on MMLU.",
            "Zed {} the success rate from 41.2% to 55.3% on OSWorld.",
            "Zed {} the throughput of Wye by 2.1x.",
            "Zed {} accuracy on MMLU by 3.2 points over Wye.",
        ],
    ),
    "reduces": (
        [
            "reduces", "decreases", "lowers", "cuts", "shrinks", "slashes", "trims", "diminishes", "curtails", "drops", "minimizes", "brings down",
        ],
        [
            "Zed {} latency by 32% on MMLU.",
            "Zed {} memory from 24 GB to 11 GB.",
            "Zed {} the cost of inference by 2.1x compared to Wye.",
            "Zed {} peak memory by up to 62% over Wye.",
        ],
    ),
    "gain": (
        ["improvement", "gain", "increase", "boost", "uplift", "lift", "jump", "rise", "enhancement", "leap"],
        [
            "Zed achieves a 3.2% {} in accuracy on MMLU.",
            "Zed delivers an average {} of 3.2 points over Wye on MMLU.",
            "On MMLU, this is an absolute {} of 4.1% over Wye.",
            "Zed yields an accuracy {} of 2.3 points on GPQA.",
        ],
    ),
    "drop": (
        ["reduction", "decrease", "drop", "decline", "cut"],
        [
            "Zed achieves a 32% {} in latency.",
            "Zed brings a {} of 32% in peak memory compared to Wye.",
            "Zed gives up to a 62% {} in FLOPs on ImageNet.",
        ],
    ),
    "hedges": (
        HEDGES,
        [
            "Zed improves accuracy by {}3.2% on MMLU.",
            "Zed reduces latency by {}32% compared to Wye.",
            "Zed outperforms Wye by {}3.2 points on MMLU.",
            "Zed reaches an accuracy of {}71.2% on MMLU.",
            "Zed achieves {}2.1x faster inference than Wye.",
        ],
    ),
    "measures": (
        [
            "hit rate", "solve rate", "recall", "Dice score", "QED", "helpfulness", "purity", "MAUVE", "lDDT", "speaker similarity", "SARI",
            "user rating",
        ],
        [
            "Zed achieves a {} of 0.871 on FooBench.",
            "Zed reaches 0.871 {} on FooBench.",
            "On FooBench, the {} is 0.871.",
            "Zed improves {} from 0.812 to 0.871 on FooBench.",
            "Zed attains the best {} (0.871) on FooBench.",
        ],
    ),
}  # fmt: skip
# What the first sentence of each says, with the first of its words.
FIRST = {
    "wins": {
        "value": 3.2,
        "unit": "%",
        "direction": "increase",
        "dataset": "MMLU",
        "baseline": "Wye",
        "subject": "Zed",
    },
    "winning": {"value": 71.2, "kind": "score", "dataset": "MMLU", "baseline": "Wye", "subject": "Zed"},
    "Winning": {"value": 3.2, "unit": "points", "direction": "increase", "dataset": "MMLU", "baseline": "Wye"},
    "compared": {"value": 32, "direction": "decrease", "quantity": "latency", "baseline": "Wye", "subject": "Zed"},
    "compared levels": {"value": 71.2, "kind": "score", "quantity": "accuracy", "dataset": "MMLU", "baseline": "Wye"},
    "Compared": {"value": 32, "direction": "decrease", "quantity": "latency", "baseline": "Wye", "subject": "Zed"},
    "achieves": {"value": 71.2, "kind": "score", "quantity": "performance", "dataset": "MMLU", "subject": "Zed"},
    "achieving": {"value": 71.2, "kind": "score", "dataset": "MMLU", "baseline": "Wye", "subject": "Zed"},
    "improves": {"value": 3.2, "direction": "increase", "quantity": "accuracy", "dataset": "MMLU", "subject": "Zed"},
    "reduces": {"value": 32, "direction": "decrease", "quantity": "latency", "dataset": "MMLU", "subject": "Zed"},
    "gain": {"value": 3.2, "direction": "increase", "quantity": "accuracy", "dataset": "MMLU", "subject": "Zed"},
    "drop": {"value": 32, "direction": "decrease", "quantity": "latency", "subject": "Zed"},
    "hedges": {"value": 3.2, "direction": "increase", "quantity": "accuracy", "dataset": "MMLU", "subject": "Zed"},
    "measures": {"value": 0.871, "kind": "score", "quantity": "hit rate", "dataset": "FooBench", "subject": "Zed"},
}
FIELDS = (
    "value", "value_high", "baseline_value", "unit", "kind", "direction", "quantity", "dataset", "baseline", "subject",
)  # fmt: skip


@pytest.mark.parametrize("group", ALIKE)
def test_words_that_mean_the_same_give_the_same_rows(group: str) -> None:
    words, sentences = ALIKE[group]
    texts = [sentence.format(word) for sentence in sentences for word in words]
    rows: list[list[dict]] = [[] for _ in texts]
    for row in extract(*texts).iter_rows(named=True):
        rows[int(row["text_id"])].append({name: row[name] for name in FIELDS})
    read = dict(zip(texts, rows, strict=True))
    first = read[sentences[0].format(words[0])][0]
    assert {name: first[name] for name in FIRST[group]} == FIRST[group]
    for sentence in sentences:
        expected = _named(read[sentence.format(words[0])], words[0])
        assert expected, sentence
        for word in words:
            assert _named(read[sentence.format(word)], word) == expected, sentence.format(word)


def _named(rows: list[dict], word: str) -> list[dict]:
    """The rows with the word itself, where it is what was measured, as one and the same."""
    same = {word.lower(): "the measure"}
    return [row | {"quantity": same.get(row["quantity"].lower(), row["quantity"])} for row in rows]


def test_the_seeds_verbs_of_winning_are_those_of_the_patterns() -> None:
    seed = VOCABULARY.directions.filter((pl.col("form") == "contest") & (pl.col("direction") == "increase"))["phrase"]
    told = [
        word for word in seed if not re.match("leads|top|trump", word)
    ]  # other words as often: "leads to", "the top of"
    assert [word for word in told if not re.fullmatch(WINS, word)] == []
    assert [word for word in [*told, *ALIKE["wins"][0], *WINNING] if not re.search(WINS_HINT, word)] == []
    assert [word for word in ALIKE["wins"][0] + WINNING if word not in set(seed)] == []


def test_words_that_mean_the_same_are_in_the_lists_that_the_patterns_share() -> None:
    assert all(re.fullmatch(DOES, word) for word in ALIKE["achieves"][0] + ACHIEVING)
    assert all(re.fullmatch(AGAINST, word) for word in ("compared to", "relative to", "versus", "vs.", "against"))
    assert all(re.fullmatch(f"(?:{HEDGE.replace('(?u:', '(?:')})*", word) for word in HEDGES)
    assert re.fullmatch(STOP, "outstrips")
