"""Days of Daily Papers: which are due, how they are fetched, and what is landed of them."""

import gzip
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from upstream_server import Asked, FakeUpstream, Reply, TurnedClock, paper

from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.fetch.days import due_days, fetch_days
from paperhouse.fetch.landing import Held, Landing
from paperhouse.fetch.report import GIVE_UP_AFTER, Report
from paperhouse.fetch.upstream import ATTEMPTS, Upstream
from paperhouse.ingest import read_snapshot

TODAY = date(2025, 9, 10)  # a Wednesday, as the clock has it


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "raw", "hf_daily_papers")


def fetch(server: FakeUpstream, upstream: Upstream, landing: Landing, *days: date) -> Report:
    said: list[str] = []
    report = fetch_days(upstream, landing, server.url, days or [TODAY], said.append)
    report.told = said  # ty: ignore[unresolved-attribute]
    return report


def held(day: int, at: str | None, part: int | None = None, parts: int | None = None, path: str = "") -> Held:
    meta = {"part": part, "parts": parts} if parts else {}
    path = path or f"p{day}-{at}-{part}"
    return Held(date(2025, 9, day), f"page_{part}", path, path, meta, datetime.fromisoformat(at) if at else None)


def test_on_a_new_machine_today_and_the_two_days_before_are_due() -> None:
    assert due_days([], TODAY, 2, None) == [date(2025, 9, d) for d in (10, 9, 8)]


def test_every_day_since_a_chosen_one_is_due_until_it_is_held() -> None:
    lying = [held(2, "2025-09-05T03:00"), held(4, "2025-09-06T00:00")]
    assert due_days(lying, TODAY, 0, date(2025, 9, 1)) == [date(2025, 9, d) for d in (10, 9, 8, 7, 6, 5, 3, 1)]


def test_a_day_that_was_missed_is_due_as_soon_as_days_around_it_are_held() -> None:
    lying = [held(d, "2025-09-09T12:00") for d in (4, 5, 7)]
    assert due_days(lying, TODAY, 2, None) == [date(2025, 9, d) for d in (10, 9, 8, 6)]


def test_a_day_last_fetched_before_it_had_settled_is_due_once_more() -> None:
    lying = [held(d, "2025-09-06T23:59") for d in (4, 5, 6, 7)]
    assert due_days(lying, TODAY, 1, None) == [date(2025, 9, d) for d in (10, 9, 8, 7, 6, 5)]


def test_a_day_whose_fetch_lacks_a_page_or_could_not_be_read_is_due() -> None:
    lying = [
        held(5, "2025-09-08T00:00", 1, 2),
        held(6, "2025-09-08T00:00", 1, 2),
        held(6, "2025-09-08T00:00", 2, 2),
    ]
    assert due_days(lying, TODAY, 0, None) == [date(2025, 9, d) for d in (10, 9, 8, 7)]
    assert due_days(lying, TODAY, 0, date(2025, 9, 5)) == [date(2025, 9, d) for d in (10, 9, 8, 7, 5)]


def test_a_day_that_somebody_put_there_without_a_time_is_held() -> None:
    assert due_days([held(1, None), held(2, None)], TODAY, 0, None) == [date(2025, 9, d) for d in range(10, 2, -1)]


def test_no_day_before_the_feed_began_is_due() -> None:
    assert due_days([], date(2023, 5, 5), 5, date(2000, 1, 1)) == [date(2023, 5, 5), date(2023, 5, 4)]


def test_a_body_lands_as_it_was_received_with_what_is_known_of_the_request(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.days["2025-09-10"] = [paper(1, 3), paper(2, 0)]
    report = fetch(server, upstream, landing)
    path = landing.raw / report.bodies[0]
    assert path.name == "page_0__fetched_20250910T030000Z.json.gz"
    assert gzip.decompress(path.read_bytes()) == json.dumps(server.days["2025-09-10"]).encode()
    meta = snapshots.read_meta(path)
    assert meta["url"] == f"{server.url}/api/daily_papers?date=2025-09-10&p=0&limit=100"
    assert (meta["status"], meta["fetched_at"]) == (200, "2025-09-10T03:00:00Z")
    assert meta["headers"]["content-type"].startswith("application/json")
    assert not [p for p in landing.raw.rglob("*") if p.name.endswith(".part")]


def test_pages_of_one_fetch_are_parts_of_one_observation(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.days["2025-09-10"] = [paper(n) for n in range(250)]
    report = fetch(server, upstream, landing)
    metas = [snapshots.read_meta(landing.raw / path) for path in report.bodies]
    assert [(m["part"], m["parts"], m["fetched_at"]) for m in metas] == [
        (n, 3, "2025-09-10T03:00:00Z") for n in (1, 2, 3)
    ]


def test_exactly_a_page_is_one_page(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.days["2025-09-10"] = [paper(n) for n in range(100)]
    assert len(fetch(server, upstream, landing).bodies) == 1


def test_a_page_that_fails_lands_nothing_of_the_day(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.days["2025-09-10"] = [paper(n) for n in range(150)]
    answers = iter([None, Reply(b"no", 403)])
    honest = server.routes["/api/daily_papers"]
    server.routes["/api/daily_papers"] = lambda asked: next(answers, None) or honest(asked)
    report = fetch(server, upstream, landing)
    assert report.bodies == []
    assert "2025-09-10: " in report.failures[0]
    assert not landing.raw.exists() or not list(landing.raw.rglob("*.gz*"))


def test_an_api_that_pages_no_more_is_noticed(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    server.routes["/api/daily_papers"] = lambda asked: Reply(json.dumps([paper(n) for n in range(100)]).encode())
    assert "no longer pages by p" in fetch(server, upstream, landing).failures[0]


def test_the_same_body_again_is_noted_and_not_stored_again(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.days["2025-09-10"] = [paper(1, 3)]
    body = fetch(server, upstream, landing).bodies[0]
    for _ in range(2):
        clock.turn(hours=1)
        report = fetch(server, upstream, landing)
        assert (report.bodies, len(report.notes)) == ([], 1)
        note = snapshots.read_meta(landing.raw / report.notes[0])
        assert note["same_as"] == body
    server.days["2025-09-10"] = [paper(1, 4)]
    clock.turn(hours=1)
    assert len(fetch(server, upstream, landing).bodies) == 1


def test_a_day_is_asked_for_only_if_it_has_changed(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    pages = [json.dumps([paper(n) for n in numbers]).encode() for numbers in (range(100), range(100, 120))]

    def answer(asked: Asked) -> Reply:
        page = int(asked.query["p"][0])
        if asked.headers.get("if-none-match") == f'"{page}"':
            return Reply(status=304)
        return Reply(pages[page], headers={"ETag": f'"{page}"'})

    server.routes["/api/daily_papers"] = answer
    assert len(fetch(server, upstream, landing).bodies) == 2
    clock.turn(hours=1)
    again = fetch(server, upstream, landing)
    assert (again.bodies, len(again.notes), again.failures) == ([], 2, [])
    assert [asked.headers.get("if-none-match") for asked in server.asked[2:]] == ['"0"', '"1"']
    clock.turn(days=3)
    assert len(fetch(server, upstream, landing).notes) == 2
    assert TODAY not in due_days(landing.held(), clock.now().date(), 0, TODAY), "it has settled"


def test_what_could_not_be_read_is_as_if_it_were_not_there(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.routes["/api/daily_papers"] = lambda asked: (
        Reply(status=304) if "if-none-match" in asked.headers else Reply(b"[]", headers={"ETag": '"1"'})
    )
    broken = fetch(server, upstream, landing).bodies[0]
    (landing.raw / broken).write_bytes(b"\x1f\x8b\x08 cut")
    clock.turn(days=3)
    assert "that is held is broken" in fetch(server, upstream, landing).failures[0]
    without = Landing(landing.raw, landing.feed, rejected={broken})
    assert TODAY in due_days(without.held(), clock.now().date(), 0, TODAY)
    assert len(fetch(server, upstream, without).bodies) == 1
    assert TODAY not in due_days(without.held(), clock.now().date(), 0, TODAY)


def test_a_note_is_a_snapshot_with_the_body_that_it_names(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.days["2025-09-10"] = [paper(1, 3)]
    fetch(server, upstream, landing)
    clock.turn(hours=1)
    fetch(server, upstream, landing)
    files = snapshots.scan(landing.raw, FEEDS).files
    reads = [read_snapshot(landing.raw, f, *snapshots.fingerprint(landing.raw / f.path)) for f in files]
    assert [read.ledger["status"] for read in reads] == ["ingested", "ingested"]
    assert reads[0].records.equals(reads[1].records)
    assert [r.ledger["observed_at"].hour for r in reads] == [3, 4]
    assert [r.ledger["same_as"] for r in reads] == [None, files[0].path]


def test_two_fetches_in_one_second_are_two_files(server: FakeUpstream, upstream: Upstream, landing: Landing) -> None:
    for votes in (1, 2, 3):
        server.days["2025-09-10"] = [paper(1, votes)]
        fetch(server, upstream, landing)
    assert len(list(landing.raw.rglob("*.json.gz"))) == 3


def test_an_empty_day_is_landed_and_named_on_a_weekday_alone(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    report = fetch(server, upstream, landing, TODAY, date(2025, 9, 7))
    assert len(report.bodies) == 2
    told = [line for line in report.told if "lists no paper" in line]  # ty: ignore[unresolved-attribute]
    assert len(told) == 1
    assert "2025-09-10" in told[0]


def test_a_day_that_has_not_come_is_refused_before_it_is_asked_for(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    report = fetch(server, upstream, landing, TODAY + timedelta(days=1))
    assert "has not come yet" in report.failures[0]
    assert server.asked == []


def test_a_body_that_is_no_list_lands_all_the_same_and_is_ingests_to_judge(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.days["2025-09-10"] = b"1"
    path = fetch(server, upstream, landing).bodies[0]
    file = snapshots.scan(landing.raw, FEEDS).files[0]
    read = read_snapshot(landing.raw, file, *snapshots.fingerprint(landing.raw / path))
    assert read.ledger["reason"] == "a list of papers was expected, found 1"


def test_one_day_that_always_fails_does_not_keep_the_others_back(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    honest = server.routes["/api/daily_papers"]
    server.routes["/api/daily_papers"] = lambda asked: (
        Reply(b"oops", 500) if asked.query["date"] == ["2025-09-09"] else honest(asked)
    )
    days = [date(2025, 9, d) for d in (10, 9, 8, 7)]
    report = fetch(server, upstream, landing, *days)
    assert [path.split("/")[1] for path in report.bodies] == ["2025-09-10", "2025-09-08", "2025-09-07"]
    assert (len(report.failures), report.is_unreachable) == (1, False)


def test_an_upstream_that_is_down_is_left_alone_after_some_days(
    server: FakeUpstream, upstream: Upstream, landing: Landing
) -> None:
    server.is_down = True
    days = [TODAY - timedelta(days=n) for n in range(30)]
    report = fetch(server, upstream, landing, *days)
    assert report.is_unreachable
    assert report.left == 30 - GIVE_UP_AFTER
    assert len(server.asked) == GIVE_UP_AFTER * ATTEMPTS


def test_an_hour_without_the_upstream_loses_no_day(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    days = [TODAY - timedelta(days=n) for n in range(12)]
    server.days = {day.isoformat(): [paper(day.day)] for day in days}
    since = days[-1]

    def run() -> Report:
        due = due_days(landing.held(), clock.now().date(), 2, since)
        return fetch(server, upstream, landing, *due)

    server.is_down = True
    until = clock.now() + timedelta(hours=1)
    while clock.now() < until:
        assert run().bodies == []
        clock.turn(minutes=10)
    server.is_down = False
    run()
    assert {one.day for one in landing.held()} == set(days)


def test_a_long_backfill_keeps_within_the_window(
    server: FakeUpstream, upstream: Upstream, landing: Landing, clock: TurnedClock
) -> None:
    server.quota = (50, 300)
    days = [TODAY - timedelta(days=n) for n in range(120)]
    report = fetch(server, upstream, landing, *days)
    assert (len(report.bodies), report.failures) == (120, [])
    assert clock.slept == [300.0, 300.0]
    assert any("60 of 120 days" in line and "requests left" in line for line in report.told)  # ty: ignore[unresolved-attribute]


def test_what_is_landed_names_no_token(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> None:
    server.days["2025-09-10"] = [paper(1)]
    landing = Landing(tmp_path / "raw", "hf_daily_papers")
    with Upstream("test", [server.url], tmp_path / "state", token="s3cret", clock=clock) as upstream:
        fetch(server, upstream, landing)
    assert server.asked[0].headers["authorization"] == "Bearer s3cret"
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"s3cret" in p.read_bytes()]
