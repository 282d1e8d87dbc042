"""arXiv: by id, by title, by announcement, by harvest; slowly."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from upstream_server import ATOM_ENTRY, FakeArxiv, FakeUpstream, Reply, TurnedClock, atom

from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.fetch.arxiv import PAUSE, fetch_ids, fetch_oai, fetch_rss, fetch_titles, harvested_until
from paperhouse.fetch.landing import Landing
from paperhouse.fetch.upstream import Upstream
from paperhouse.records import Parsed

XML = "text/xml; charset=utf-8"
RSS = b'<rss version="2.0"><channel><title>cs.LG</title></channel></rss>'


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "raw", "arxiv_atom")


def say(line: str) -> None:
    """Nothing is held against what is said here."""


def parsed(landing: Landing, path: str, feed: str = "arxiv_atom") -> Parsed:
    return FEEDS[feed].parse(snapshots.read_body(landing.raw / path), date(2025, 9, 10))


def test_ids_are_asked_for_a_hundred_at_a_time(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    papers = {f"2509.{n:05d}": (f"Title {n}", "Text") for n in range(230)}
    server.routes["/api/query"] = FakeArxiv(papers)
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", papers, say)
    assert [len(asked.query["id_list"][0].split(",")) for asked in server.asked] == [100, 100, 30]
    assert sum(parsed(landing, path).records.height for path in report.bodies) == 230


def test_an_unknown_id_is_a_fault_of_that_id_alone(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.routes["/api/query"] = FakeArxiv({"2509.00001": ("A", "Text"), "2509.00003": ("C", "Text")})
    ids = ["2509.00001", "2509.00002", "2509.00003"]
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", ids, say)
    assert report.failures == []
    found = parsed(landing, report.bodies[0]).records
    assert dict(found.select("arxiv_id", "arxiv_status").iter_rows()) == {
        "2509.00001": None, "2509.00003": None, "2509.00002": "not_found",
    }  # fmt: skip


def test_an_id_that_arxiv_refuses_is_found_and_the_others_are_fetched(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    papers = {f"2509.{n:05d}": (f"Title {n}", "Text") for n in range(8)}
    server.routes["/api/query"] = FakeArxiv(papers)
    ids = [*list(papers)[:5], "9999.99999", *list(papers)[5:]]
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", ids, say)
    assert len(report.failures) == 1
    assert report.failures[0].startswith(
        "9999.99999: arXiv refuses it: arXiv answers with an error: incorrect id format"
    )
    records = [parsed(landing, path).records for path in report.bodies]
    assert {one for frame in records for one in frame["arxiv_id"]} == set(papers)


def test_what_is_no_id_is_never_asked_for(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", ["abc", "2509.1", "x&y=z"], say)
    assert (len(report.failures), server.asked) == (3, [])


def test_a_blank_200_is_asked_again(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.routes["/api/query"] = FakeArxiv({"2509.00001": ("A", "Text")})
    server.faults = [Reply(b"", media_type=XML), Reply(b"Rate exceeded.", 429, media_type="text/plain")]
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", ["2509.00001"], say)
    assert (len(report.bodies), report.failures) == (1, [])


def test_a_title_is_asked_for_once_in_a_while(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.routes["/api/query"] = FakeArxiv({"2509.00001": ("A Title with Signs", "Text")})
    titles = ["A Title: with Signs!", "Unheard Of"]
    report = fetch_titles(upstream, landing, f"{server.url}/api/query", titles, say)
    assert [parsed(landing, path).records["arxiv_id"].to_list() for path in report.bodies] == [["2509.00001"], []]
    assert fetch_titles(upstream, landing, f"{server.url}/api/query", titles, say).bodies == []
    clock.turn(days=31)
    assert len(fetch_titles(upstream, landing, f"{server.url}/api/query", titles, say).bodies) == 2


def test_announcements_that_have_not_changed_are_noted(
    server: FakeUpstream, upstream: Upstream, tmp_path: Path, clock: TurnedClock
) -> None:
    landing = Landing(tmp_path / "raw", "arxiv_rss")

    def answer(asked: object) -> Reply:
        is_known = server.asked[-1].headers.get("if-none-match") == '"1"'
        return Reply(b"" if is_known else RSS, 304 if is_known else 200, {"ETag": '"1"'}, media_type=XML)

    server.routes["/rss/"] = answer
    first = fetch_rss(upstream, landing, f"{server.url}/rss", ["cs.LG", "cs.CL"], say)
    clock.turn(hours=1)
    again = fetch_rss(upstream, landing, f"{server.url}/rss", ["cs.LG", "cs.CL"], say)
    assert (len(first.bodies), len(again.bodies), len(again.notes)) == (2, 0, 2)
    assert parsed(landing, first.bodies[0], "arxiv_rss").items == 0


def _oai(numbers: range, token: str | None) -> Reply:
    record = (
        "<record><header><identifier>oai:arXiv.org:2509.{n:05d}</identifier></header><metadata>"
        '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2509.{n:05d}</id><created>2025-09-01</created>'
        "<title>T {n}</title><categories>cs.LG</categories><abstract>Text</abstract></arXiv></metadata></record>"
    )
    more = f"<resumptionToken>{token}</resumptionToken>" if token is not None else ""
    text = "".join(record.format(n=n) for n in numbers)
    head = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    return Reply(f"{head}<ListRecords>{text}{more}</ListRecords></OAI-PMH>".encode(), media_type=XML)


def test_a_harvest_follows_its_tokens_to_the_end(server: FakeUpstream, upstream: Upstream, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "raw", "arxiv_oai")
    pages = {None: _oai(range(3), "t1"), "t1": _oai(range(3, 6), "t2"), "t2": _oai(range(6, 7), "")}
    server.routes["/oai"] = lambda asked: pages[asked.query.get("resumptionToken", [None])[0]]
    first, until = date(2025, 9, 1), date(2025, 9, 9)
    report = fetch_oai(upstream, landing, f"{server.url}/oai", ["cs"], first, until, say)
    assert [parsed(landing, path, "arxiv_oai").records.height for path in report.bodies] == [3, 3, 1]
    assert server.asked[0].query["from"] == ["2025-09-01"]
    assert set(server.asked[1].query) == {"verb", "resumptionToken"}
    assert harvested_until(landing, "cs") == until
    assert harvested_until(landing, "math") is None


def test_a_harvest_that_breaks_off_is_not_done(server: FakeUpstream, upstream: Upstream, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "raw", "arxiv_oai")
    expired = b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badResumptionToken"/></OAI-PMH>'
    pages = {None: _oai(range(3), "t1"), "t1": Reply(expired, media_type=XML)}
    server.routes["/oai"] = lambda asked: pages[asked.query.get("resumptionToken", [None])[0]]
    day = date(2025, 9, 9)
    report = fetch_oai(upstream, landing, f"{server.url}/oai", ["cs"], day, day, say)
    assert len(report.bodies) == 1
    assert "badResumptionToken" in report.failures[0]
    assert harvested_until(landing, "cs") is None


def test_a_harvest_that_would_never_end_is_given_up(server: FakeUpstream, upstream: Upstream, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "raw", "arxiv_oai")
    server.routes["/oai"] = lambda asked: _oai(range(1), "again")
    day = date(2025, 9, 9)
    report = fetch_oai(upstream, landing, f"{server.url}/oai", ["cs"], day, day, say)
    assert len(report.bodies) == 2
    assert "comes again" in report.failures[0]


def test_a_range_that_a_person_chose_leaves_no_gap_behind_it(
    server: FakeUpstream, upstream: Upstream, tmp_path: Path
) -> None:
    landing = Landing(tmp_path / "raw", "arxiv_oai")
    server.routes["/oai"] = lambda asked: _oai(range(1), None)
    for first, until, by_hand in ((1, 3, False), (7, 8, True)):
        days = date(2025, 9, first), date(2025, 9, until)
        fetch_oai(upstream, landing, f"{server.url}/oai", ["cs"], *days, say, by_hand=by_hand)
    assert harvested_until(landing, "cs") == date(2025, 9, 3)


def test_an_api_that_refuses_everything_is_left_alone(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    error = ATOM_ENTRY.format(id="x", title="Error", abstract="no", more="").replace("/abs/", "/api/errors#")
    server.routes["/api/query"] = lambda asked: atom("", [error])
    ids = [f"2509.{n:05d}" for n in range(100)]
    report = fetch_ids(upstream, landing, f"{server.url}/api/query", ids, say)
    assert report.bodies == []
    assert len(server.asked) < 20


def test_all_of_arxivs_services_share_one_pause(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> None:
    server.routes["/api/query"] = FakeArxiv({"2509.00001": ("A", "Text")})
    server.routes["/rss/"] = lambda asked: Reply(RSS, media_type=XML)
    raw = tmp_path / "raw"
    for _ in range(2):
        with Upstream("arxiv", [server.url], tmp_path / "state", pause=PAUSE, clock=clock) as upstream:
            fetch_ids(upstream, Landing(raw, "arxiv_atom"), f"{server.url}/api/query", ["2509.00001"], say)
            fetch_rss(upstream, Landing(raw, "arxiv_rss"), f"{server.url}/rss", ["cs.LG"], say)
    times = [asked.at for asked in server.asked]
    assert all((b - a).total_seconds() > PAUSE - 0.01 for a, b in pairwise(times))
