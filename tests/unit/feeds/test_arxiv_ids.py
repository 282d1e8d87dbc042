"""What is an arXiv id, in the ways it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperhouse.feeds.arxiv_ids import read_arxiv_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2401.00001", ("2401.00001", None)),
        ("2401.00001v2", ("2401.00001", 2)),
        ("0704.0001v12", ("0704.0001", 12)),
        ("quant-ph/0201082v1", ("quant-ph/0201082", 1)),
        ("math.AG/0601001", ("math/0601001", None)),
        (" 2401.00001\n", ("2401.00001", None)),
        ("arXiv:2401.00001v3", ("2401.00001", 3)),
        ("oai:arXiv.org:math/0601001", ("math/0601001", None)),
        ("http://arxiv.org/abs/2401.00001v1", ("2401.00001", 1)),
        ("https://export.arxiv.org/pdf/2401.00001", ("2401.00001", None)),
    ],
)
def test_an_id_is_read_apart_from_its_version_however_it_is_written(text, found):
    assert read_arxiv_id(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2401", "2401.123", "2401.123456", "12401.00001", "2401.00001v", "2401.00001v12345", "2401.00001 v1",
        "2401.00001,2401.00002", "x2401.00001", "math/060100", "MATH/0601001", "math.ag/0601001", "/0601001",
        "https://example.org/abs/2401.00001", "https://arxiv.org/abs/", "2401.0000१", "2401.00001\n2401.00002",
    ],
)  # fmt: skip
def test_what_is_no_id_is_none(text):
    assert read_arxiv_id(text) is None


@given(st.text())
def test_any_text_is_read_or_is_none(text):
    found = read_arxiv_id(text)
    assert found is None or found[0] in text
