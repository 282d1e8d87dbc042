"""Papers near to each other by text."""

import polars as pl

from paperhouse.related import NEAREST, RELATED, related_papers

PAPERS = pl.DataFrame(
    {
        "paper_id": ["p1", "p2", "p3", "p4", "p5"],
        "title": [
            "Quantization of transformer weights",
            "Four-bit quantization for transformer inference",
            "Segmenting retinal vessels",
            "Retinal vessels in fundus images",
            "Sourdough",
        ],
        "abstract": [
            "We quantize weights to four bits.",
            "Weights of four bits.",
            None,
            "Fundus images of the eye.",
            "Bread.",
        ],
    }
)


def test_papers_of_one_subject_are_nearest_and_of_none_have_none() -> None:
    found = related_papers(PAPERS)
    assert found.schema == RELATED
    first = dict(found.filter(pl.col("rank") == 1).select("paper_id", "related_paper_id").iter_rows())
    assert first == {"p1": "p2", "p2": "p1", "p3": "p4", "p4": "p3"}


def test_no_paper_is_near_to_itself_and_ranks_follow_similarity() -> None:
    many = pl.DataFrame(
        {"paper_id": [f"p{i:02}" for i in range(40)], "title": ["deep nets for proteins"] * 40, "abstract": None}
    )
    many = many.with_columns(pl.col("abstract").cast(pl.String))
    found = related_papers(many)
    assert found.filter(pl.col("paper_id") == pl.col("related_paper_id")).is_empty()
    assert found.group_by("paper_id").len()["len"].unique().to_list() == [NEAREST]
    assert (found.sort("paper_id", "rank")["similarity"].diff().fill_null(0) <= 1e-9).sum() >= found.height - 40


def test_the_order_of_the_papers_makes_no_difference() -> None:
    assert related_papers(PAPERS.reverse()).equals(related_papers(PAPERS))
    assert related_papers(PAPERS.sample(fraction=1, shuffle=True, seed=3)).equals(related_papers(PAPERS))


def test_nothing_and_one_paper_have_no_relations() -> None:
    for papers in (PAPERS.clear(), PAPERS.head(1), PAPERS.with_columns(title=pl.lit("?"), abstract=pl.lit(""))):
        assert related_papers(papers).is_empty()
        assert related_papers(papers).schema == RELATED


def test_a_word_that_very_many_papers_use_joins_none(monkeypatch) -> None:
    monkeypatch.setattr("paperhouse.related.COMMON", 3)
    same = pl.DataFrame({"paper_id": list("abcde"), "title": ["transformer"] * 5, "abstract": ["x y"] * 5})
    assert related_papers(same).is_empty()
