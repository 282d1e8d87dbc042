"""History: one paper across all feeds, the same marts in whatever order and however often snapshots arrive."""

import json
import random

import pytest
from conftest import SAMPLE, House
from upstream_server import ATOM_ENTRY, atom, paper

REPO = "https://github.com/nobody/things"
SHARED_TITLE = "On the Nature of Shared Things"

Landing = tuple[str, str, str, bytes, dict]  # feed, day, name, body, meta


def _page(*cards: tuple[str, str]) -> bytes:
    return ("Hugging Face\n\n" + "\n\n".join(f"{title}\n\n{text}" for title, text in cards)).encode()


def _text(about: str) -> str:
    """An abstract that has next to no longer word in common with one about something else."""
    return f"We study {about}. " + " ".join(f"All {about}{n}wise things are {about}{n}like." for n in range(6))


def snapshots_of_everything() -> list[Landing]:
    """Something of every feed, invented, with every way in which one paper may come twice."""
    landed: list[Landing] = [("hf_papers_page", "2025-09-04", "page.txt", SAMPLE.read_bytes(), {})]

    def land(feed: str, day: str, name: str, body: object, at: str | None = None, **meta: object) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        landed.append((feed, day, name, content, meta | ({"fetched_at": at} if at else {})))

    for n, at in enumerate(("2025-09-08T04:00:00Z", "2025-09-08T14:00:00Z", "2025-09-10T03:00:00Z")):
        items = [paper(k, 3 * n + k, githubRepo=REPO, githubStars=10 + n) for k in range(1, 4 + n)]
        land("hf_daily_papers", "2025-09-08", f"f{n}.json", items, at)
    same = {"same_as": "hf_daily_papers/2025-09-08/f2.json", "fetched_at": "2025-09-11T03:00:00Z"}
    land("hf_daily_papers", "2025-09-08", "f3.json.same.json", same)
    for part in (1, 2):
        items = [paper(k, k) for k in range(40 + 10 * part, 51 + 10 * part)]  # the last of one page slips to the next
        land("hf_daily_papers", "2025-09-09", f"p{part}.json", items, "2025-09-11T03:00:00Z", part=part, parts=2)
    land("hf_daily_papers", "2025-09-10", "broken.json", b"[{]")
    known = {
        "2509.00001": (paper(1)["title"], paper(1)["paper"]["summary"], "<arxiv:comment>9 pages</arxiv:comment>"),
        "2509.00002": (paper(2)["title"], _text("revision"), "<arxiv:comment>This paper has been withdrawn</arxiv:comment>"),
        "2509.00071": (SHARED_TITLE, _text("robots"), '<arxiv:doi>10.1/ROBOTS</arxiv:doi>'),
        "2509.00072": (SHARED_TITLE, _text("proteins"), ""),
    }  # fmt: skip
    entries = [ATOM_ENTRY.format(id=i, title=t, abstract=a, more=m) for i, (t, a, m) in known.items()]
    link = "https://arxiv.org/api/query?id_list=" + ",".join([*known, "2509.00003"])
    land("arxiv_atom", "2025-09-12", "ids.xml", atom(link, entries).body, "2025-09-12T05:00:00Z")
    two = _page(
        (SHARED_TITLE, _text("proteins")),
        ("A Title of Its Own", _text("sundials")),
        (paper(3)["title"], _text("things")),
    )
    land("hf_papers_page", "2025-09-05", "two.txt", two)
    other = _page((SHARED_TITLE, _text("weather")), ("A Title of Its Own", _text("volcanoes")))
    land("hf_papers_page", "2025-09-06", "other.txt", other)
    dump = [
        {"id": "2509.00071", "title": SHARED_TITLE, "abstract": _text("robots"), "doi": "10.1/ROBOTS", "categories": "cs.RO"},
        {"id": "math/0601001", "title": "An Old Paper of the Dump", "abstract": _text("numbers"), "categories": "math.NT"},
    ]  # fmt: skip
    land("arxiv_dump", "2025-09-01", "dump.jsonl", "\n".join(map(json.dumps, dump)).encode())
    deleted = (
        b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted">'
        b"<identifier>oai:arXiv.org:math/0601001</identifier></header></record></ListRecords></OAI-PMH>"
    )
    land("arxiv_oai", "2025-09-13", "deleted.xml", deleted, "2025-09-13T05:00:00Z")
    rss = (
        '<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel><item><title>{t}</title>'
        "<description>arXiv:2509.00002v2 Announce Type: replace \nAbstract: {a}</description>"
        "<pubDate>Fri, 12 Sep 2025 00:00:00 -0400</pubDate></item></channel></rss>"
    )
    land("arxiv_rss", "2025-09-12", "cs.xml", rss.format(t=paper(2)["title"], a=_text("revision")).encode())
    for n, (name, stars) in enumerate((("nobody/things", 11), ("nobody/renamed", 12))):
        body = {"id": 7, "full_name": name, "stargazers_count": stars}
        land("github_repos", f"2025-09-1{n}", "a.json", body, f"2025-09-1{n}T06:00:00Z", asked=[REPO])
    land(
        "github_repos",
        "2025-09-12",
        "a.json",
        {"message": "Not Found"},
        "2025-09-12T06:00:00Z",
        asked=[REPO],
        status=404,
    )
    return landed


def write(house: House, landing: Landing) -> None:
    feed, day, name, body, meta = landing
    folder = house.raw / feed / day
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    if meta:
        (folder / f"{name}.meta.json").write_text(json.dumps(meta))


@pytest.fixture(scope="module")
def built(house: House) -> House:
    for landing in snapshots_of_everything():
        write(house, landing)
    assert house.run() == []
    return house


def test_two_papers_of_one_title_stay_two_and_records_find_theirs(built: House) -> None:
    papers = dict(built.rows(f"select paper_id, left(abstract, 20) from marts.papers where title = '{SHARED_TITLE}'"))
    assert papers.pop("arxiv:2509.00071").startswith("We study robots")
    assert papers.pop("arxiv:2509.00072").startswith("We study proteins")
    (weather,) = papers.items()  # no paper with an id is about it
    assert weather[0].startswith("title:")
    assert weather[1].startswith("We study weather")
    seen = built.rows(
        "select paper_id from marts.paper_observations where feed = 'hf_papers_page' and feed_day = '2025-09-05'"
    )
    assert ("arxiv:2509.00072",) in seen


def test_two_papers_that_only_pages_tell_of_stay_two(built: House) -> None:
    query = "select paper_id, left(abstract, 20) from marts.papers where title = 'A Title of Its Own' order by first_seen_on"
    (first, sundials), (second, volcanoes) = built.rows(query)
    assert (sundials[:12], volcanoes[:12]) == ("We study sun", "We study vol")
    assert second.startswith(f"{first}-")


def test_other_ids_lead_to_the_paper(built: House) -> None:
    aliases = dict(built.rows("select alias, paper_id from marts.paper_aliases"))
    assert aliases["doi:10.1/robots"] == "arxiv:2509.00071"
    titles = [paper_id for alias, paper_id in aliases.items() if alias.startswith("title:")]
    assert "arxiv:2509.00072" in titles


def test_what_was_revised_is_told_with_when_and_what(built: House) -> None:
    query = """
        select version, changed, seen_on::varchar, feed from marts.paper_versions
        where paper_id = 'arxiv:2509.00002' order by version
    """
    assert built.rows(query) == [
        (1, None, "2025-09-08", "hf_daily_papers"),
        (2, ["abstract"], "2025-09-12", "arxiv_atom"),
    ]
    assert built.rows("select announced_on::varchar, announced_as, paper_id from marts.paper_announcements") == [
        ("2025-09-12", "replace", "arxiv:2509.00002")
    ]


def test_withdrawn_deleted_and_unknown_papers_are_marked_and_not_dropped(built: House) -> None:
    query = "select arxiv_id, arxiv_status from marts.papers where arxiv_status is not null order by arxiv_id"
    assert built.rows(query) == [
        ("2509.00002", "withdrawn"), ("2509.00003", "not_found"), ("math/0601001", "deleted"),
    ]  # fmt: skip


def test_a_paper_of_the_dump_is_a_paper_and_no_observation(built: House) -> None:
    assert built.rows("select count(*) from marts.papers where title = 'An Old Paper of the Dump'") == [(1,)]
    assert built.rows("select distinct feed from marts.paper_observations order by 1") == [
        ("hf_daily_papers",), ("hf_papers_page",),
    ]  # fmt: skip


def test_votes_and_stars_over_time(built: House) -> None:
    votes = """
        select upvotes from marts.paper_observations
        where paper_id = 'arxiv:2509.00001' and feed = 'hf_daily_papers' order by observed_at
    """
    assert [v for (v,) in built.rows(votes)] == [1, 4, 7, 7]
    stars = f"select stars, state from marts.repo_observations where repo_id = '{REPO}' order by observed_at"
    assert built.rows(stars) == [
        (10, None), (11, None), (12, None), (11, "found"), (12, None), (12, "found"), (None, "gone"),
    ]  # fmt: skip
    assert built.rows(f"select stars, state from marts.repos where repo_id = '{REPO}'") == [(12, "gone")]
    assert built.rows("select alias, repo_id from marts.repo_aliases") == [("https://github.com/nobody/renamed", REPO)]


def test_pages_of_a_fetch_are_one_observation(built: House) -> None:
    query = """
        select count(*), count(distinct rank), max(rank) from marts.paper_observations
        where feed_day = '2025-09-09' and feed = 'hf_daily_papers'
    """
    assert built.rows(query) == [(21, 21, 22)]


def test_days_say_whether_they_are_filling(built: House) -> None:
    query = "select feed_day::varchar, fetches, failed_fetches, records, papers, status from marts.feed_days where feed = 'hf_daily_papers' order by 1"
    assert built.rows(query) == [
        ("2025-09-08", 4, 0, 5, 5, "complete"),
        ("2025-09-09", 1, 0, 22, 21, "complete"),
        ("2025-09-10", 1, 1, None, None, None),
    ]


def _build(house: House) -> None:
    """The raw tables into marts by dbt alone, and published: what the job does, without Dagster."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    from paperhouse.load import load_extracts
    from paperhouse.publish import publish, version_to_build
    from paperhouse.settings import DBT_PROJECT, SEEDS, settings
    from paperhouse.warehouse import open_warehouse, write_built

    load_extracts(settings().warehouse, SEEDS)
    with open_warehouse(settings().warehouse) as con:
        version = version_to_build(con)
    quiet = ["--quiet", "--no-write-json", "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    done = dbtRunner().invoke(
        ["build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test", *quiet]
    )
    DuckDBConnectionManager.close_all_connections()
    assert done.success
    with open_warehouse(settings().warehouse) as con:
        write_built(con, version)
    publish(settings().warehouse, settings().marts, settings().parquet)


def _arrive(house: House, landings: list[Landing], cuts: list[int]) -> dict[str, tuple]:
    """Let snapshots arrive in this order, ingested after each of the cuts; returns the marts' hashes."""
    from paperhouse.feeds import FEEDS
    from paperhouse.load import load_feed
    from paperhouse.settings import settings

    house.empty()
    for count, landing in enumerate(landings, start=1):
        write(house, landing)
        if count in cuts or count == len(landings):
            for feed in FEEDS:
                load_feed(settings().raw, settings().warehouse, feed)
    _build(house)
    return house.hashes()


def test_ten_shuffled_orders_give_equal_marts(built: House) -> None:
    at_once = built.hashes()
    landings = snapshots_of_everything()
    for seed in range(10):
        order = random.Random(seed)
        order.shuffle(landings)
        # A note may lie there before the body that it names: it is rejected until that comes, and then read.
        cuts = sorted(order.sample(range(1, len(landings)), 2))
        assert _arrive(built, landings, cuts) == at_once, f"seed {seed}"
