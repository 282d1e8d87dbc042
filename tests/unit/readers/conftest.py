"""A published file with three papers of two days, and settings that reach nobody."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from marts_file import claim, make_marts, paper, trend

from paperhouse.duckdb_file import open_marts
from paperhouse.settings import Settings

TEXT = "We quantize weights. It is 3.2times faster than before, at no cost. Code follows."
EVIL = 'On <script>alert("x")</script> & friends'


@pytest.fixture
def marts(tmp_path: Path) -> Path:
    return make_marts(
        tmp_path / "marts.duckdb",
        papers=[
            paper("p1", "Fast weights", abstract=TEXT, arxiv_id="2509.00001", dated_on="2025-09-04", upvotes=12),
            paper("p2", EVIL, abstract=f"{EVIL} grow 62\\% here.", dated_on="2025-09-04", code_status="promised"),
            paper("p3", "Sourdough", doi="10.1/b", dated_on="2025-09-05"),
        ],
        topics=[{"topic_id": "quantization", "label": "Quantization"}, {"topic_id": "baking", "label": "Baking & bread"}],
        paper_topics=[
            {"paper_id": "p1", "topic_id": "quantization", "score": 2.0},
            {"paper_id": "p3", "topic_id": "baking", "score": 2.0},
        ],
        metrics=[
            claim("p1", TEXT, "3.2times", 3.2, "x", "ratio", direction="increase", factor=3.2, dated_on="2025-09-04"),
            claim("p2", f"{EVIL} grow 62\\% here.", "62\\%", 62, "%", "percent_change", direction="increase", quantity="<b>"),
        ],
        paper_links=[
            {"paper_id": "p1", "url": "https://github.com/a/b", "kind": "code", "availability": "released",
             "in_text": True, "in_feed": False, "repo_id": "https://github.com/a/b"},
        ],
        repos=[{"repo_id": "https://github.com/a/b", "url": "https://github.com/a/b", "owner": "a", "name": "b",
                "kind": "code", "stars": 7, "paper_count": 1, "first_seen_on": "2025-09-04"}],
        trending_papers=[
            trend("p1", 1, "2025-09-04", upvotes_gained=9, upvotes=12, stars_gained=4, stars=7),
            trend("p2", 2, "2025-09-04", upvotes_gained=2, upvotes=2),
            trend("p3", 1, "2025-09-05", upvotes_gained=1, upvotes=1),
            trend("p1", 1, "2025-09-01", "week", upvotes_gained=12, upvotes=12),
        ],
        topic_trends=[
            {"week_on": week, "topic_id": "baking", "label": "Baking & bread", "area": "a", "papers": n,
             "papers_of_week": 10, "share": n / 10, "usual_share": 0.1, "growth": 1.5, "is_complete": True}
            for week, n in (("2025-08-18", 1), ("2025-08-25", 4))
        ],
        link_health=[
            {"paper_id": "p1", "title": "Fast weights", "what": "model", "status": "released", "promised_on": "2025-08-01",
             "released_on": "2025-09-04", "urls": ["https://huggingface.co/a/m"]},
            {"paper_id": "p2", "title": EVIL, "what": "code", "status": "promised", "promised_on": "2025-09-04"},
        ],
        data_quality=[
            {"feed": "hf_daily_papers", "feed_day": "2025-09-05", "snapshots": 1, "rejected_snapshots": 0, "items": 3,
             "records": 3, "repeats": 0, "furniture": 0, "rejects": 0, "unknown_keys": ["<i>"], "failed_checks": ["no_unknown_keys"],
             "with_abstract": 1.0},
        ],
    )  # fmt: skip


@pytest.fixture
def con(marts: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_marts(marts) as con:
        yield con


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path, mail_from="papers@example.org", smtp_security="none", smtp_host="127.0.0.1", smtp_port=1
    )
