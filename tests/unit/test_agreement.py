"""The extractors hold what was accepted, and the goals of their first version."""

import json

from paperhouse import agreement, gold


def test_the_labels_are_of_the_page_that_ships() -> None:
    assert {label["title"] for label in agreement.page_labels()} == set(agreement.page_texts()["title"])


def test_the_page_is_read_at_least_as_well_as_accepted() -> None:
    assert agreement.drop_of_agreement() is None


def test_the_accepted_figures_are_those_that_are_guarded_and_reach_the_goals() -> None:
    every = json.loads(agreement.ACCEPTED.read_text())
    assert set(every.pop("reworded")) == {name for name in agreement.GUARDED if name.startswith("metrics")}
    for accepted in every.values():
        assert set(accepted) == set(agreement.GUARDED)
        assert accepted["links.f"] >= 0.99
        assert accepted["metrics.f"] >= 0.95
        assert accepted["topics.f"] >= 0.9


def test_the_daily_abstracts_are_read_at_least_as_well_as_accepted(shared) -> None:
    figures = agreement.daily_figures(shared)
    assert figures
    assert agreement.drop("daily", figures) is None


def test_reworded_abstracts_are_read_at_least_as_well_as_accepted() -> None:
    assert agreement.drop("reworded", agreement.reworded_figures(agreement.reworded_labels())) is None


def test_reworded_abstracts_that_nobody_has_read_are_read_nearly_as_well() -> None:
    figures = agreement.reworded_figures(agreement.reworded_unread_labels())
    assert figures["papers.r"] == 1.0
    assert figures["metrics.f"] >= 0.93
    assert figures["metrics.full.f"] >= 0.65


def test_the_evidence_of_reworded_abstracts_stands_in_them() -> None:
    for label in [*agreement.reworded_labels(), *agreement.reworded_unread_labels()]:
        for metric in label["metrics"]:
            assert metric["evidence"] in label["abstract"] or metric["evidence"] in label["title"], label["paper"]


def test_where_their_texts_are_not_there_nothing_is_said_of_the_daily_abstracts(tmp_path) -> None:
    assert agreement.daily_figures(tmp_path) is None


def test_no_abstract_is_labelled_twice() -> None:
    labels = [
        *agreement.page_labels(),
        *agreement.daily_labels(),
        *agreement.unread_labels(),
        *agreement.arxiv_labels(),
        *agreement.reworded_labels(),
        *agreement.reworded_unread_labels(),
    ]
    assert len({label["title"] for label in labels}) == len(labels)


def test_abstracts_of_the_feed_that_nobody_has_read_are_read_as_well(shared) -> None:
    labels = agreement.unread_labels()
    figures = agreement.measure(labels, agreement.shared_texts(shared, labels)).figures
    assert figures["papers.r"] == 1.0
    assert figures["links.f"] >= 0.99
    assert figures["metrics.f"] >= 0.93
    assert figures["topics.f"] >= 0.92


def test_the_texts_of_arxiv_are_found_by_their_id(shared) -> None:
    labels = agreement.arxiv_labels()
    figures = agreement.measure(labels, agreement.corpus_texts(shared, labels)).figures
    assert figures["papers.r"] == 1.0
    assert figures["metrics.f"] >= 0.9


def test_without_the_corpus_there_are_no_texts_of_arxiv(tmp_path) -> None:
    assert agreement.corpus_texts(tmp_path, agreement.arxiv_labels()).is_empty()


def test_all_labelled_abstracts_reach_the_goals(shared) -> None:
    labels = gold.read_records(shared / "gold" / "dev.jsonl")
    figures = agreement.measure(labels, agreement.shared_texts(shared, labels)).figures
    assert figures["papers.r"] == 1.0
    assert figures["links.f"] >= 0.95
    assert figures["metrics.f"] >= 0.75
    assert figures["topics.f"] >= 0.75


def test_two_readers_agree_beyond_the_goals() -> None:
    """So what the extractor lacks is not a matter of taste."""
    figures = agreement.readers().figures
    assert figures["papers.gold"] == 110
    assert figures["links.f"] == 1.0
    assert figures["metrics.f"] >= 0.98
    assert figures["metrics.full.f"] >= 0.94
    assert all(figures[f"metrics.{name}.accuracy"] >= 0.95 for name in ("dataset", "baseline", "subject", "quantity"))
    assert figures["topics.f"] >= 0.95
