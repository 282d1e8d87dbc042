"""The recorded days of the real feed, replayed by a server with faults: what lands is what was recorded."""

import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from upstream_server import FakeUpstream, Reply, TurnedClock, serve

from paperhouse import snapshots
from paperhouse.fetch.days import FEED, due_days, fetch_days
from paperhouse.fetch.landing import Landing
from paperhouse.fetch.report import Report
from paperhouse.fetch.upstream import Upstream

FIRST, LAST = date(2024, 5, 27), date(2025, 12, 31)
FAULTS = (
    Reply(b"{}", 429, {"RateLimit": '"api";r=0;t=2'}),
    Reply(b"oops", 500),
    Reply(b"[{", cut=True),
    Reply(b"<html>we are sorry</html>", media_type="text/html"),
    Reply(b"\x1f\x8b\x08no gzip", headers={"Content-Encoding": "gzip"}),
    Reply(b""),
    Reply(b"[]", media_type="text/plain"),
)


@pytest.fixture
def recorded(shared: Path) -> dict[str, bytes]:
    days = {p.name[:10]: gzip.decompress(p.read_bytes()) for p in (shared / "feeds" / "hf_daily_papers").glob("*.gz")}
    # The days that somebody archived broken are served broken.
    broken = {p.name[:10]: gzip.decompress(p.read_bytes()) for p in (shared / "feeds" / "malformed").glob("*.gz")}
    return days | broken


@pytest.fixture
def upstream(recorded: dict[str, bytes], tmp_path: Path) -> Iterator[tuple[FakeUpstream, Upstream]]:
    server = FakeUpstream(TurnedClock(datetime(2026, 1, 5, 3, tzinfo=UTC)))
    server.days |= recorded
    server.quota = (500, 300)
    with serve(server), Upstream("hugging_face", [server.url], tmp_path / "state", clock=server.clock) as asked:
        yield server, asked


def run(server: FakeUpstream, upstream: Upstream, landing: Landing, since: date = FIRST) -> Report:
    today = min(server.clock.now().date(), LAST)
    return fetch_days(upstream, landing, server.url, due_days(landing.held(), today, 0, since), lambda line: None)


def test_every_day_is_fetched_as_it_was_recorded_whatever_goes_wrong_between(
    upstream: tuple[FakeUpstream, Upstream], recorded: dict[str, bytes], tmp_path: Path
) -> None:
    server, asked = upstream
    honest = server.routes["/api/daily_papers"]

    def every_tenth_fails(request: object) -> Reply:
        count = len(server.asked)
        return FAULTS[count // 10 % len(FAULTS)] if count % 10 == 0 else honest(request)  # ty: ignore[invalid-argument-type]

    server.routes["/api/daily_papers"] = every_tenth_fails
    landing = Landing(tmp_path / "raw", FEED)
    report = run(server, asked, landing)
    assert (report.failures, report.left) == ([], 0)
    bodies = {one.day.isoformat(): snapshots.read_body(landing.raw / one.body) for one in landing.held()}
    assert len(bodies) == (LAST - FIRST).days + 1
    assert {day: body for day, body in bodies.items() if day in recorded} == recorded
    assert {body for day, body in bodies.items() if day not in recorded} == {b"[]"}
    assert due_days(landing.held(), LAST, 0, FIRST) == [LAST], "today alone is fetched again"


def test_a_server_that_is_killed_for_an_hour_costs_no_day(
    upstream: tuple[FakeUpstream, Upstream], recorded: dict[str, bytes], tmp_path: Path
) -> None:
    server, asked = upstream
    landing, honest = Landing(tmp_path / "raw", FEED), server.routes["/api/daily_papers"]
    killed_at = []

    def killed_in_the_middle(request: object) -> Reply:
        if len(server.asked) == 40:
            killed_at.append(server.clock.now())
            server.kill()
            return Reply(b"[{", cut=True)
        return honest(request)  # ty: ignore[invalid-argument-type]

    server.routes["/api/daily_papers"] = killed_in_the_middle
    since = date(2025, 10, 1)
    first = run(server, asked, landing, since)
    assert first.is_unreachable
    held = len(landing.held())
    assert 30 < held < 45
    while (server.clock.now() - killed_at[0]).total_seconds() < 3600:
        server.clock.turn(minutes=10)
        again = run(server, asked, landing, since)
        assert again.is_unreachable
        assert (again.bodies, again.notes) == ([], [])
    assert len(landing.held()) == held
    with serve(server, port=int(server.url.rsplit(":", 1)[1])):
        report = run(server, asked, landing, since)
    assert (report.failures, report.left) == ([], 0)
    bodies = {one.day.isoformat(): snapshots.read_body(landing.raw / one.body) for one in landing.held()}
    lost = {day: body for day, body in recorded.items() if day >= since.isoformat() and bodies.get(day) != body}
    assert lost == {}
