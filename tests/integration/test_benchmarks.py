"""A small run of what `make bench` and `make gold` do: they work, whatever they measure."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks import cost, fit_topic_words, gold, queries, related, rivals
from paperhouse import agreement
from paperhouse.duckdb_file import open_marts
from paperhouse.extract import EXTRACTORS, TEXT
from paperhouse.publish import contract
from paperhouse.settings import SEEDS
from paperhouse.text import utf8
from paperhouse.vocabulary import Vocabulary


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "abstracts.jsonl"
    agreement.page_texts().select("title", "abstract").head(20).write_ndjson(path)
    monkeypatch.setenv("PAPERHOUSE_CORPUS", str(path))
    return path


def test_the_cost_is_that_of_each_extractor_and_of_all(small: Path) -> None:
    found = cost.in_a_process(30)
    assert found.abstracts == 30
    assert set(found.seconds) == {"load", "the first text", *EXTRACTORS, "all of it"}
    assert all(seconds > 0 for seconds in found.seconds.values())
    assert 0 < found.peak_gib < 8
    assert found.ratio == found.seconds["all of it"] / found.seconds["load"]


def test_abstracts_are_drawn_again_where_the_file_holds_fewer(small: Path) -> None:
    assert cost.texts().height == 20
    assert cost.source() == small


def test_the_frames_take_numbers_row_by_row_too() -> None:
    texts = pl.DataFrame(
        {"text_id": ["a"], "title": [None], "abstract": ["Zed reduces memory by 62%. It was made in 2023."]},
        schema=TEXT,
    )
    assert rivals._frames_by_row(texts, Vocabulary.read(SEEDS)) == 1


def test_words_are_fitted_to_what_the_phrases_leave_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LEAST": 1, "MOST": 1.0, "DIMENSIONS": 9}.items():
        monkeypatch.setattr(fit_topic_words, name, value)
    texts = [f"cats {sound} at {number} hours" for sound in ("purr", "bark") for number in "abcdefgh"]
    space = fit_topic_words.Space(texts)
    labels = [{"paper": text, "topics": {"core": ["purring"] if "purr" in text else [], "also": []}} for text in texts]
    said = np.full((len(texts), 1), -2.0)
    fit = fit_topic_words.Fit(["purring"], space, space.places(texts), said, labels)
    frame = fit.words(np.arange(len(texts)))
    weights = dict(frame.filter(pl.col("word").is_not_null()).select("word", "purring").iter_rows())
    assert weights["purr"] > 0 > weights["bark"]
    words = fit_topic_words.Words.of(frame)
    layer = fit_topic_words.Mix.of(fit.mix(np.arange(len(texts))))
    assert layer.topics == words.topics == ("purring",)
    fields = pl.Series("text", [None, None, "Dogs bark", "Lions purr"], dtype=pl.String)
    dogs, lions = words.scores(utf8(fields), pl.Series(["purring"]))[:, 0]
    assert lions > 200 > dogs


def test_a_layer_is_fitted_to_what_topics_say_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper that speaks of cats and of dogs is about quarrels, which neither says alone."""
    for name, value in {"UNITS": 8, "HOLD_MIX": 0.01}.items():
        monkeypatch.setattr(fit_topic_words, name, value)
    names = ["cats", "dogs", "quarrels"]
    says = np.array([[cats, dogs] for cats in (-2.0, 2.0) for dogs in (-2.0, 2.0)] * 10)
    said = np.hstack([says, np.full((len(says), 1), -1.0)])
    sign = np.hstack([np.sign(says), np.where(says.sum(axis=1) > 0, 1.0, -1.0)[:, None]])
    layer = fit_topic_words._layer(np.hstack([said, said]) / 3, said, sign, np.ones_like(sign))
    mix = fit_topic_words.Mix.of(fit_topic_words._layer_of(names, layer))
    each = (says[:4] * 100).astype(np.int64)
    scores = np.hstack([each, np.full((4, 1), -100)])
    found = scores + mix.scores(scores, scores, pl.Series(names))
    assert (found > 0).tolist() == (sign[:4] > 0).tolist()


def test_labels_of_ones_own_are_scored(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gold, "WANTED", {})
    titles = {json.loads(line)["title"] for line in small.read_text().splitlines()}
    labels = [label for label in agreement.page_labels() if label["title"] in titles]
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(label) + "\n" for label in labels))
    assert gold.main(["--labels", str(path), "--texts", str(small)]) == 0
    printed = capsys.readouterr().out
    assert "metrics.full.f" in printed
    assert "percent_change" in printed
    assert "share right" in printed


def test_large_marts_are_made_in_the_contracts_shape_and_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "marts.duckdb"
    queries.make(target, 3000)
    with open_marts(target) as con:
        counts = [
            con.execute(f"select count(*), count(distinct paper_id) from marts.{t}").fetchall()[0]
            for t in queries.TABLES
        ]
        days = con.execute(
            "select count(*) filter (dated_on < before) from (select dated_on, lag(dated_on) over () as before from marts.papers)"
        )
        assert days.fetchall() == [(0,)], "by day"
        shape = {row[0]: row[1].lower() for row in con.execute("describe marts.metrics").fetchall()}
    assert counts == [(3000, 3000), (10_000, 3000), (20_000, 3000)]
    assert shape == dict(contract()["metrics"])
    queries.main(["--papers", "3000"])
    printed = capsys.readouterr().out
    assert all(name in printed for name in queries.QUERIES)


def test_relating_papers_is_measured_on_shares_of_the_file(small: Path) -> None:
    (half, some, _), (whole, more, peak) = related.cost(2), related.cost(1)
    assert (half, whole) == (10, 20)
    assert min(some, more, peak) > 0
