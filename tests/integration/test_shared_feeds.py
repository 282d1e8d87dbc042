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
    for path in sorted((shared / "feeds" / "arxiv").glob("*.xml")):
        house.land(path, f"arxiv_{path.name.split('_')[0]}", "2026-04-27")
    for path in sorted((shared / "feeds" / "github").glob("*.json")):
        answers = [one for one in json.loads(path.read_text()) if one["method"] == "get" and one["status"] == 200]
        body = house.raw / "github_repos" / "2022-07-19" / path.name
        body.parent.mkdir(parents=True, exist_ok=True)
        body.write_text(json.dumps([one["response"] for one in answers]))
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


def test_two_bodies_are_rejected_for_what_they_are_and_everything_else_is_in(built: House) -> None:
    rejected = built.rows("select path, reason from marts.snapshots where status = 'rejected' order by path")
    assert [(Path(path).name[:20], reason) for path, reason in rejected] == [
        ("atom_id_abc_s0_m100_", "arXiv answers with an error: incorrect id format for abc"),
        ("malformed_2025-01-11", "a list of papers was expected, found 1"),
    ]
    assert built.rows("select count(*) from marts.rejects") == [(2,)]


def test_arxivs_answers_hold_what_a_plain_search_for_their_tags_finds(built: House, shared: Path) -> None:
    """Counted with `re`, which knows nothing of feeds."""
    expected: dict[str, set[str]] = {"arxiv_atom": set(), "arxiv_oai": set(), "arxiv_rss": set()}
    patterns = {
        "arxiv_atom": r"<id>http://arxiv\.org/abs/(.+?)(?:v\d+)?</id>",
        "arxiv_oai": r"<identifier>oai:arXiv\.org:(.+?)</identifier>",
        "arxiv_rss": r"<link>https://arxiv\.org/abs/(.+?)</link>",
    }
    for path in (shared / "feeds" / "arxiv").glob("*.xml"):
        feed = f"arxiv_{path.name.split('_')[0]}"
        expected[feed] |= set(re.findall(patterns[feed], path.read_text()))
    ids = set().union(*expected.values())
    assert {feed: len(found) for feed, found in expected.items()} == {"arxiv_atom": 42, "arxiv_oai": 5, "arxiv_rss": 3}
    found = {row[0] for row in built.rows("select arxiv_id from marts.papers where categories is not null")}
    assert found == ids
    query = "select count(*) from marts.papers where arxiv_status = 'not_found'"
    assert built.rows(query) == [(0,)], "0000.0000 and 0808.05394 are no papers: nobody has a title of theirs"


def test_the_last_text_of_a_papers_versions_is_its_own(built: House) -> None:
    query = """
        with last as (
            select paper_id, arg_max(title, version) as title, arg_max(abstract, version) as abstract
            from marts.paper_versions group by paper_id
        )
        select count(*), count(*) filter (p.title = last.title and p.abstract = last.abstract)
        from last inner join marts.papers as p using (paper_id)
    """
    papers, same = built.rows(query)[0]
    assert papers > 6_000
    assert same == papers


def test_the_page_joins_the_papers_that_an_api_day_has_too(built: House) -> None:
    query = """
        select count(*), count(*) filter (p.paper_id like 'title:%') from marts.paper_observations as o
        inner join marts.papers as p using (paper_id) where o.feed = 'hf_papers_page'
    """
    seen, by_title = built.rows(query)[0]
    assert seen == 81
    assert by_title < 81
    assert built.rows("select count(*) from marts.paper_aliases where alias like 'title:%'")[0][0] == 81 - by_title


def test_upvotes_over_time_are_kept(built: House) -> None:
    query = """
        select count(*) from (
            select paper_id from marts.paper_observations where observed_at is not null
            group by paper_id having count(distinct upvotes) > 1
        )
    """
    assert built.rows(query)[0][0] > 20
