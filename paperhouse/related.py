"""The papers nearest to each by what their titles and abstracts say.

Texts are compared by the cosine of their TF-IDF vectors. Words that more than `COMMON` papers use are left out: they say
little, and without them what a paper costs does not grow with the number of papers.
"""

import polars as pl

NEAREST = 10
"""Papers told of for each."""

COMMON = 1000
"""Papers that may use a word: it is what bounds the cost of one paper."""

LEAST = 0.05
"""Cosine below which two texts have nothing in common but chance."""

RELATED = pl.Schema({"paper_id": pl.String, "related_paper_id": pl.String, "rank": pl.Int32, "similarity": pl.Float64})

_WORD = r"(?u)\b[^\W\d_][\w-]+\b"
_TITLE_WEIGHT = 2


def related_papers(papers: pl.DataFrame) -> pl.DataFrame:
    """The NEAREST papers of each, by falling similarity.

    `papers`: `paper_id, title, abstract` (strings; the abstract may be null). Returns RELATED: the cosine (LEAST to 1,
    rounded to four places), `rank` from 1; equal ones by id, of the 2 · NEAREST that were found. The same papers in any
    order give the same rows.
    """
    # Imported here: they take a second, which nothing else in this package should wait for.
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    if papers.height < 2:
        return RELATED.to_frame()
    papers = papers.sort("paper_id")
    texts = papers.select(
        pl.concat_str([*["title"] * _TITLE_WEIGHT, pl.col("abstract").fill_null("")], separator=" ")
    ).to_series()
    weigh = TfidfVectorizer(
        sublinear_tf=True, min_df=2, max_df=COMMON, stop_words="english", token_pattern=_WORD, dtype=np.float32
    )
    try:
        vectors = weigh.fit_transform(texts)
    except ValueError as error:
        if "no terms remain" in str(error) or "empty vocabulary" in str(error):  # no word is in two papers
            return RELATED.to_frame()
        raise
    # One more than wanted, for each is nearest to itself; and some for those equal to the last.
    nearest = sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=2 * NEAREST, threshold=LEAST, sort=True, n_threads=1)
    found = nearest.tocoo()
    ids = papers["paper_id"]
    return (
        pl.DataFrame(
            {
                "paper_id": ids[found.row],
                "related_paper_id": ids[found.col],
                "similarity": pl.Series(found.data, dtype=pl.Float64).round(4),
            }
        )
        .filter(pl.col("paper_id") != pl.col("related_paper_id"))
        .sort("paper_id", -pl.col("similarity"), "related_paper_id")
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("paper_id"))
        .filter(pl.col("rank") <= NEAREST)
        .select(RELATED.names())
    )
