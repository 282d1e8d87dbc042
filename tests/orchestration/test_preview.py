"""What the pages of assets show."""

import base64
from pathlib import Path

import polars as pl
import pytest
from marts_file import claim, make_marts, paper, trend

from orchestration.preview import _PLOTS, markdown_table, plot
from paperhouse.duckdb_file import open_marts
from paperhouse.publish import contract

ROWS = {
    "papers": [paper("p1", "One", dated_on="2025-09-01"), paper("p2", "Two", dated_on="2025-09-09")],
    "metrics": [claim("p1", "2x", "2x", 2, "x", "ratio", dated_on="2025-09-01")],
    "paper_observations": [{"paper_id": "p1", "snapshot_id": "s", "feed": "f", "feed_day": "2025-09-01"}],
    "snapshots": [{"snapshot_id": "s", "feed": "f", "feed_day": "2025-09-01"}],
    "data_quality": [{"feed": "f", "feed_day": "2025-09-01", "records": 3}],
    "topics": [{"topic_id": "t", "label": "A <topic>", "paper_count": 4}],
    "topic_trends": [{"week_on": "2025-09-01", "topic_id": "t", "label": "T", "growth": 1.5, "is_complete": True}],
    "trending_papers": [trend("p1", 1, "2025-09-01")],
    "repos": [{"repo_id": "r", "name": "repo", "stars": 5}],
    "link_health": [{"paper_id": "p1", "what": "code", "status": "promised"}],
}


@pytest.mark.parametrize("mart", sorted(_PLOTS))
def test_a_mart_is_drawn_where_it_has_rows_and_not_where_it_has_none(tmp_path: Path, mart: str) -> None:
    with open_marts(make_marts(tmp_path / "full.duckdb", **ROWS)) as con:
        drawing = plot(con, mart)
    assert drawing is not None
    assert drawing.startswith(f"![{mart}](data:image/svg+xml;base64,")
    svg = base64.b64decode(drawing.partition("base64,")[2].removesuffix(")")).decode()
    assert svg.startswith("<svg")
    assert "<topic>" not in svg
    assert "currentColor" not in svg
    with open_marts(make_marts(tmp_path / "empty.duckdb")) as con:
        assert plot(con, mart) is None


def test_a_title_with_what_no_drawing_may_hold_is_drawn_without_it(tmp_path: Path) -> None:
    row = trend("p1", 1, "2025-09-01") | {"title": "A\x02 Study\ufffe"}
    with open_marts(make_marts(tmp_path / "marts.duckdb", trending_papers=[row])) as con:
        drawing = plot(con, "trending_papers")
    assert drawing is not None
    assert "Study" in base64.b64decode(drawing.partition("base64,")[2].removesuffix(")")).decode()


def test_only_marts_that_there_are_are_drawn_and_others_have_no_drawing(tmp_path: Path) -> None:
    assert set(_PLOTS) <= set(contract())
    with open_marts(make_marts(tmp_path / "marts.duckdb")) as con:
        assert plot(con, "paper_aliases") is None


def test_text_of_a_feed_is_text_in_a_table() -> None:
    table = markdown_table(pl.DataFrame({"a": ["<b>|[x](y)`!", None, "é" * 200]}))
    assert table.splitlines()[2] == "| &lt;b>&#124;&#91;x](y)&#96;&#33; |"
    assert table.splitlines()[3] == "|  |"
    assert table.splitlines()[4] == f"| {'é' * 79}… |"
