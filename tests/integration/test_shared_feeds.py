"""All of the real feed data through the whole pipeline; counted by other means than the adapters."""

import gzip
import json
import re
from pathlib import Path

import pytest
from conftest import SAMPLE, House


@pytest.fixture(scope="module")
def built(house: House, shared: Path) -> House:
    for path in sorted((shared / "feeds" / "hf_daily_papers").glob("*.json.gz")):
        house.land(path, "hf_daily_papers", path.name[:10], "body.json.gz")
    for folder in ("refetched", "malformed"):
        for path in sorted((shared / "feeds" / folder).glob("*.json.gz")):
            house.land(path, "hf_daily_papers", path.name[:10], f"{folder}_{path.name}")
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    assert house.run() == []
    return house


def _bodies(shared: Path) -> list[list[dict]]:
    return [
        json.loads(gzip.decompress(p.read_bytes()))
        for p in sorted((shared / "feeds" / "hf_daily_papers").glob("*.json.gz"))
    ]


def test_the_393_days_give_exactly_the_items_in_the_bodies(built: House, shared: Path) -> None:
    bodies = _bodies(shared)
    assert (len(bodies), sum(map(len, bodies))) == (393, 5841)
    query = (
        "select count(*), sum(items), sum(records), sum(rejects) from marts.snapshots where path like '%/body.json.gz'"
    )
    assert built.rows(query) == [(393, 5841, 5841, 0)]


def test_each_paper_of_the_bodies_is_there_once_with_its_title_abstract_and_votes(built: House, shared: Path) -> None:
    expected: dict[str, dict] = {}
    for item in (item for body in _bodies(shared) for item in body):
        expected[item["paper"]["id"]] = item["paper"]
    query = """
        select arxiv_id, title, abstract, (
            select max_by(upvotes, seen.feed_day) from marts.paper_observations as seen
            inner join marts.snapshots as s using (snapshot_id)
            where seen.paper_id = papers.paper_id and s.path like '%/body.json.gz'
        )
        from marts.papers where arxiv_id is not null
    """
    found = {row[0]: row[1:] for row in built.rows(query)}
    flat = lambda text: re.sub(r"\s*[\r\n]\s*", " ", text).strip()  # noqa: E731
    assert expected.keys() <= found.keys()
    for arxiv_id, paper in expected.items():
        assert found[arxiv_id][2] == paper["upvotes"]
        assert found[arxiv_id][0] == flat(paper["title"])
        assert found[arxiv_id][1] == flat(paper["summary"])


def test_the_one_body_that_is_no_list_is_rejected_and_everything_else_is_in(built: House) -> None:
    rejected = built.rows("select path, reason from marts.snapshots where status = 'rejected'")
    assert [(Path(path).name[:20], reason) for path, reason in rejected] == [
        ("malformed_2025-01-11", "a list of papers was expected, found 1")
    ]


def test_the_page_joins_the_papers_that_an_api_day_has_too(built: House) -> None:
    query = """
        select count(*), count(*) filter (p.paper_id like 'title:%') from marts.paper_observations as o
        inner join marts.papers as p using (paper_id) where o.feed = 'hf_papers_page'
    """
    seen, by_title = built.rows(query)[0]
    assert seen == 81
    assert by_title < 81
    assert built.rows("select count(*) from marts.paper_aliases")[0][0] == 81 - by_title


def test_upvotes_over_time_are_kept(built: House) -> None:
    query = """
        select count(*) from (
            select paper_id from marts.paper_observations where observed_at is not null
            group by paper_id having count(distinct upvotes) > 1
        )
    """
    assert built.rows(query)[0][0] > 20
