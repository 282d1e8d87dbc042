"""An upstream is asked politely: its pace, its limits, its failures; and nothing of it is trusted."""

import gzip
import socket
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from upstream_server import FakeUpstream, Reply, TurnedClock

from paperhouse.fetch import upstream as module
from paperhouse.fetch.upstream import ATTEMPTS, FetchError, LimitError, NoUseError, UnreachableError, Upstream

ACCEPT = ("application/json",)


@pytest.fixture(autouse=True)
def things(server: FakeUpstream) -> None:
    server.routes["/thing"] = lambda asked: Reply(b'{"a": 1}', headers={"ETag": '"v1"'})


def test_a_body_comes_as_it_was_sent_with_what_is_known_of_it(server: FakeUpstream, upstream: Upstream) -> None:
    answer = upstream.get(f"{server.url}/thing", {"q": "x y"}, accept=ACCEPT)
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b'{"a": 1}', '"v1"')
    assert answer.url == f"{server.url}/thing?q=x+y"
    assert answer.fetched_at == upstream.clock.now()


@pytest.mark.parametrize("padding", [b"", b"\0" * 512, b"\n"])
def test_gzip_of_several_members_is_read_to_its_end(padding: bytes, server: FakeUpstream, upstream: Upstream) -> None:
    packed = gzip.compress(b'{"a":', mtime=0) + gzip.compress(b" 1}", mtime=0) + padding
    server.faults = [Reply(packed, headers={"Content-Encoding": "gzip"})]
    assert upstream.get(f"{server.url}/thing", accept=ACCEPT).body == b'{"a": 1}'


def test_a_part_of_a_body_is_none(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b'{"a": 1}', 206)]
    with pytest.raises(FetchError, match="HTTP 206"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)


def test_a_password_in_a_setting_is_neither_kept_nor_told(
    server: FakeUpstream, clock: TurnedClock, tmp_path: Path
) -> None:
    url = server.url.replace("http://", "http://alice:s3cret@")
    with Upstream("test", [url], tmp_path, clock=clock) as up:
        assert up.get(f"{url}/thing", accept=ACCEPT).url == f"{server.url}/thing"
        server.faults = [Reply(b"", 404)]
        with pytest.raises(FetchError) as found:
            up.get(f"{url}/thing", accept=ACCEPT)
    assert "s3cret" not in str(found.value)


def test_who_asks_is_told_and_how_to_reach_them(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> None:
    with Upstream("test", [server.url], tmp_path, contact="mailto:us@example.org", token="s3cret", clock=clock) as up:
        up.get(f"{server.url}/thing", accept=ACCEPT)
    assert "s3cret" not in repr(up)
    asked = server.asked[0].headers
    assert asked["user-agent"].startswith("Paperhouse/")
    assert asked["user-agent"].endswith("(mailto:us@example.org)")
    assert asked["authorization"] == "Bearer s3cret"


FAULTS = {
    "an overload": Reply(b"oops", 500),
    "a gateway": Reply(b"oops", 503, media_type="text/html"),
    "a blank body": Reply(b" \n"),
    "an error page with status 200": Reply(b"<html>sorry</html>", media_type="text/html"),
    "no content type at all": Reply(b'{"a": 1}', media_type=""),
    "a body cut in the middle": Reply(b'{"a":', cut=True),
    "gzip that is none": Reply(b"\x1f\x8b\x08nothing of the kind", headers={"Content-Encoding": "gzip"}),
    "gzip that ends early": Reply(gzip.compress(b'{"a": 1}' * 999, mtime=0)[:40], headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_is_retried_and_passes(fault: str, server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [FAULTS[fault]] * 2
    assert upstream.get(f"{server.url}/thing", accept=ACCEPT).body == b'{"a": 1}'
    assert upstream.clock.slept == [2.0, 4.0]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_an_error_that_names_the_address(
    fault: str, server: FakeUpstream, upstream: Upstream
) -> None:
    server.faults = [FAULTS[fault]] * ATTEMPTS
    with pytest.raises(FetchError, match=f"{server.url}/thing: ."):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert len(server.asked) == ATTEMPTS


def test_a_request_that_is_refused_is_not_repeated(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"{}", 403)]
    with pytest.raises(FetchError, match="HTTP 403") as caught:
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert not isinstance(caught.value, UnreachableError)
    assert len(server.asked) == 1


def test_a_status_that_is_an_answer_is_one(server: FakeUpstream, upstream: Upstream) -> None:
    assert upstream.get(f"{server.url}/nothing", accept=ACCEPT, statuses={404}).status == 404


def test_429_waits_as_long_as_the_window_lasts(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"{}", 429, {"RateLimit": '"api";r=0;t=2'})]
    assert upstream.get(f"{server.url}/thing", accept=ACCEPT).status == 200
    assert upstream.clock.slept == [2.0]


def test_retry_after_is_kept_in_seconds_and_as_a_date(server: FakeUpstream, upstream: Upstream) -> None:
    then = (upstream.clock.now() + timedelta(seconds=37)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    server.faults = [Reply(b"", 503, {"Retry-After": then}), Reply(b"", 429, {"Retry-After": "5"})]
    assert upstream.get(f"{server.url}/thing", accept=ACCEPT).status == 200
    assert upstream.clock.slept == [37.0, 5.0]


def test_a_refusal_that_says_when_to_come_back_is_a_limit(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"{}", 403, {"Retry-After": "7"})]
    assert upstream.get(f"{server.url}/thing", accept=ACCEPT, statuses={403}).status == 200
    assert upstream.clock.slept == [7.0]


def test_a_token_that_is_not_accepted_ends_it(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> None:
    server.faults = [Reply(b"{}", 401)]
    with (
        Upstream("test", [server.url], tmp_path, token="old", clock=clock) as up,
        pytest.raises(NoUseError, match="the token is not accepted"),
    ):
        up.get(f"{server.url}/thing", accept=ACCEPT, statuses={401, 404})


def test_a_window_without_requests_left_is_waited_for_before_the_next(server: FakeUpstream, upstream: Upstream) -> None:
    server.quota = (3, 300)
    for _ in range(7):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert len(server.asked) == 7, "none of them was one too many"
    assert upstream.clock.slept == [300.0, 300.0]


def test_a_window_that_ends_in_an_hour_is_left_to_the_next_run(server: FakeUpstream, upstream: Upstream) -> None:
    ends = int((upstream.clock.now() + timedelta(hours=1)).timestamp())
    told = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(ends)}
    server.faults = [Reply(b'{"a": 1}', headers=told)]
    upstream.get(f"{server.url}/thing", accept=ACCEPT)
    with pytest.raises(LimitError, match="wait 3600 s"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert len(server.asked) == 1
    assert upstream.clock.slept == []


def test_two_requests_are_a_pause_apart_also_those_of_two_processes(
    server: FakeUpstream, clock: TurnedClock, tmp_path: Path
) -> None:
    for _ in range(2):
        with Upstream("slow", [server.url], tmp_path, pause=3.0, clock=clock) as up:
            up.get(f"{server.url}/thing", accept=ACCEPT)
            clock.turn(seconds=1)
            up.get(f"{server.url}/thing", accept=ACCEPT)
    times = [asked.at for asked in server.asked]
    assert [round((b - a).total_seconds(), 2) for a, b in pairwise(times)] == [3.0, 3.0, 3.0]


def test_retries_keep_the_pause_too(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> None:
    server.faults = [Reply(b"", 200, media_type="application/json")]
    with Upstream("slow", [server.url], tmp_path, pause=3.0, clock=clock) as up:
        up.get(f"{server.url}/thing", accept=ACCEPT)
    first, second = (asked.at for asked in server.asked)
    assert (second - first).total_seconds() == pytest.approx(3.0, abs=0.01)


def test_a_redirect_on_the_same_host_is_followed(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"", 301, {"Location": "/thing"})]
    answer = upstream.get(f"{server.url}/old", {"q": "1"}, accept=ACCEPT)
    assert (answer.url, answer.body) == (f"{server.url}/thing", b'{"a": 1}')


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:1/thing", "https://example.org/thing", "file:///etc/passwd", "//localhost/thing"]
)
def test_a_redirect_to_another_host_is_refused(where: str, server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"", 302, {"Location": where})]
    with pytest.raises(FetchError, match="refused"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert len(server.asked) == 1


def test_redirects_without_end_are_given_up(server: FakeUpstream, upstream: Upstream) -> None:
    server.faults = [Reply(b"", 302, {"Location": "/thing"})] * 50
    with pytest.raises(FetchError, match="redirected more than"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)


def test_an_endless_body_is_cut_at_the_limit_and_not_kept(
    server: FakeUpstream, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BODY_LIMIT", 1_000_000)
    server.faults = [Reply(endless=True)]
    with pytest.raises(FetchError, match="larger than 1000000 bytes"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)
    assert len(server.asked) == 1


def test_a_bomb_is_cut_at_the_limit_of_what_it_unpacks_to(
    server: FakeUpstream, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BODY_LIMIT", 1_000_000)
    server.faults = [Reply(gzip.compress(b" " * 50_000_000, mtime=0), headers={"Content-Encoding": "gzip"})]
    with pytest.raises(FetchError, match="larger than 1000000 bytes"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)


def test_a_body_that_drips_is_given_up(
    server: FakeUpstream, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TIME_LIMIT", -1.0)
    with pytest.raises(UnreachableError, match="not whole after"):
        upstream.get(f"{server.url}/thing", accept=ACCEPT)


def test_where_nobody_listens_is_found_out_at_once(clock: TurnedClock, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with (
            Upstream("gone", [url], tmp_path, clock=clock) as up,
            pytest.raises(NoUseError, match="no connection"),
        ):
            up.get(f"{url}/thing", accept=ACCEPT)
    assert clock.slept == [1.0]


def test_a_slow_answer_is_an_upstream_that_is_down(
    server: FakeUpstream, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    upstream._client.timeout = 0.05
    server.routes["/slow"] = lambda asked: time.sleep(0.2) or Reply(b'{"a": 1}')
    with pytest.raises(UnreachableError, match="ReadTimeout"):
        upstream.get(f"{server.url}/slow", accept=ACCEPT)
