"""What holds of all reading: of the shipped abstracts, however their blanks, their type-setting and their neighbours change."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.agreement import page_texts
from paperhouse.extract import EXTRACTS, TEXT, read_texts
from paperhouse.settings import SEEDS
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(SEEDS)
PAGE = page_texts()
FOUND = read_texts(PAGE, VOCABULARY)
FIELDS = ("value", "value_high", "baseline_value", "unit", "kind", "direction", "quantity", "dataset", "baseline")


def read(*abstracts: str, title: str | None = None) -> dict[str, pl.DataFrame]:
    rows = {"text_id": map(str, range(len(abstracts))), "title": [title] * len(abstracts), "abstract": abstracts}
    return read_texts(pl.DataFrame({name: list(values) for name, values in rows.items()}, schema=TEXT), VOCABULARY)


@pytest.mark.parametrize("blank", ["\n", "\t", "\u00a0", "\u2009", "\u202f", "\u3000"])
def test_all_of_the_page_reads_the_same_whatever_its_blanks(blank: str) -> None:
    changed = PAGE.with_columns(pl.col("title", "abstract").str.replace_all(" ", blank, literal=True))
    found = read_texts(changed, VOCABULARY)
    for name, rows in FOUND.items():
        again = found[name]
        assert again.drop("evidence").equals(rows.drop("evidence")), name
        assert again["evidence"].str.replace_all(blank, " ", literal=True).equals(rows["evidence"]), name


# A reading costs much the same for one text as for many, so an example is many.
@settings(max_examples=8)
@given(
    st.lists(st.text(st.sampled_from(" \n\t\u00a0\u2009\u3000ab.%35x×😀é"), max_size=60), min_size=1, max_size=20),
    st.text(max_size=20),
)
def test_evidence_is_verbatim_in_any_text(abstracts: list[str], title: str) -> None:
    claim = "Zed is 2.5x faster{}than Wye, at https://github.com/a/b. We study language models."
    texts = [f"{abstract} {claim.format(abstract[:3])}" for abstract in abstracts]
    for name, rows in read(*texts, title=title).items():
        assert rows.schema == EXTRACTS[name]
        for row in rows.to_dicts():
            source = title if row["evidence_in"] == "title" else texts[int(row["text_id"])]
            assert source[row["evidence_start"] : row["evidence_end"]] == row["evidence"]


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Zed reduces KV cache memory by 62% over Wye.", r"Zed reduces KV cache memory by $62\%$ over Wye."),
        ("Zed reduces KV cache memory by 62%.", r"\textbf{Zed} reduces KV cache memory by \textbf{62\%}."),
        ("Zed is 2.5x faster than Wye on ImageNet.", r"Zed is $2.5\times$ faster than Wye on ImageNet."),
        ("Zed is ~2.5x faster than Wye.", r"Zed is $\sim$2.5$\times$ faster than Wye."),
        ("Zed achieves an accuracy of 85.1 ± 0.3%.", r"Zed achieves an accuracy of $85.1 \pm 0.3\%$."),
        ("Zed improves accuracy from 70.9% to 85.1%.", r"Zed improves accuracy from $70.9\%$ to $85.1\%$."),
        ("Zed achieves 1,250 tokens/s throughput.", r"Zed achieves 1{,}250 tokens/s throughput."),
        ("Zed improves success (0.6% → 76.3%).", r"Zed improves success (0.6\% $\rightarrow$ 76.3\%)."),
    ],
)
def test_a_claim_reads_the_same_in_latex(plain: str, typeset: str) -> None:
    one, other = (read(text, title="Zed: A Method")["metrics"].select(FIELDS) for text in (plain, typeset))
    assert one.height == 1
    assert other.equals(one)


def test_two_abstracts_in_a_row_give_what_both_give() -> None:
    abstracts = [text for text in PAGE["abstract"] if text.endswith(".")]
    pairs = list(pairwise(abstracts))
    apart, together = read(*abstracts), read(*(f"{a} {b}" for a, b in pairs))
    for number in range(len(pairs)):

        def of(found: dict[str, pl.DataFrame], name: str, columns: list[str], *ids: int) -> set[tuple]:
            rows = found[name].filter(pl.col("text_id").is_in([str(i) for i in ids]))
            return set(rows.select(columns).iter_rows())

        for name, columns in (("links", ["url"]), ("metrics", ["value", "value_high", "unit"]), ("promises", ["what"])):
            alone = of(apart, name, columns, number, number + 1)
            assert of(together, name, columns, number) == alone, (name, number)


def test_no_two_metrics_of_a_text_share_a_number() -> None:
    metrics = FOUND["metrics"].sort("text_id", "evidence_in", "evidence_start")
    same = pl.col("text_id").eq(pl.col("text_id").shift(-1)) & pl.col("evidence_in").eq(pl.col("evidence_in").shift(-1))
    crossing = metrics.filter(same & (pl.col("evidence_end") > pl.col("evidence_start").shift(-1)))
    assert crossing.is_empty(), crossing
