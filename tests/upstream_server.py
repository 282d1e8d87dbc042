"""An upstream on the loopback that answers as it is told: real bodies, real faults, and a clock that tests turn.

Daily Papers by `date`, `p` and `limit`; arXiv's query API, RSS and OAI-PMH; GitHub's REST and GraphQL; the Hub's
repositories. Whatever is in `faults` comes first, one a request.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import quoteattr

JSON = "application/json; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


class TurnedClock:
    """A clock that stands until somebody sleeps by it or turns it."""

    def __init__(self, now: datetime = datetime(2025, 9, 10, 3, 0, tzinfo=UTC)) -> None:
        self._now = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.turn(seconds=seconds)

    def turn(self, **by: float) -> None:
        self._now += timedelta(**by)


@dataclass
class Reply:
    """An answer. `cut` sends less than was announced, `endless` goes on until the other side hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = JSON
    cut: bool = False
    endless: bool = False


@dataclass
class Asked:
    """A request that came."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    at: datetime


class FakeUpstream:
    """What the server holds, and what it was asked. `days` are items by day; `answer` may be replaced."""

    def __init__(self, clock: TurnedClock) -> None:
        self.clock = clock
        self.days: dict[str, list | bytes] = {}
        self.faults: list[Reply] = []
        self.asked: list[Asked] = []
        self.routes: dict[str, Callable[[Asked], Reply]] = {"/api/daily_papers": self._daily_papers}
        self.is_down = False
        self.quota: tuple[int, int] | None = None  # requests in a window of so many seconds
        self._window: tuple[datetime, int] | None = None
        self.url = ""
        self.kill: Callable[[], None] = lambda: None

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.is_down:
            return Reply(b"bad gateway", 502, media_type="text/html")
        if self.faults:
            return self.faults.pop(0)
        limit = self._limit(asked.at)
        if limit and limit[1]:
            return Reply(b"{}", 429, {"RateLimit": limit[0]})
        for prefix, route in self.routes.items():
            if asked.path.startswith(prefix):
                reply = route(asked)
                if limit:
                    reply.headers["RateLimit"] = limit[0]
                return reply
        return Reply(b'{"message": "Not Found"}', 404)

    def _limit(self, now: datetime) -> tuple[str, bool] | None:
        """The header that tells of the window, and whether this request is one too many."""
        if self.quota is None:
            return None
        most, seconds = self.quota
        if self._window is None or now >= self._window[0]:
            self._window = (now + timedelta(seconds=seconds), 0)
        ends, used = self._window
        self._window = (ends, used + 1)
        left = max(0, most - used - 1)
        return f'"api";r={left};t={(ends - now).total_seconds():.0f}', used >= most

    def _daily_papers(self, asked: Asked) -> Reply:
        held = self.days.get(asked.query["date"][0], [])
        if isinstance(held, bytes):
            return Reply(held)
        start = int(asked.query["p"][0]) * int(asked.query["limit"][0])
        return Reply(json.dumps(held[start : start + int(asked.query["limit"][0])]).encode())


@contextmanager
def serve(upstream: FakeUpstream, port: int = 0) -> Iterator[FakeUpstream]:
    """The upstream on a port of the loopback; a body is cut or endless where a reply says so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            asked = Asked(self.command, parts.path, parse_qs(parts.query), headers, body, upstream.clock.now())
            reply = upstream.answer(asked)
            self.send_response(reply.status)
            for name, value in {"content-type": reply.media_type, **reply.headers}.items():
                self.send_header(name, value)
            if reply.endless:
                self.close_connection = True
                self.end_headers()
                with suppress(OSError):
                    for _ in range(10_000):  # bounded all the same: 640 MB
                        self.wfile.write(b" " * 65_536)
                return
            if reply.status != 304:
                self.send_header("content-length", str(len(reply.body) + (10 if reply.cut else 0)))
            self.end_headers()
            self.close_connection = reply.cut
            with suppress(OSError):  # the other side may have hung up
                self.wfile.write(reply.body if reply.status != 304 else b"")

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    upstream.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()

    def kill() -> None:
        """Nobody listens any more; what is being answered is cut off."""
        server.shutdown()
        server.server_close()

    upstream.kill = kill
    try:
        yield upstream
    finally:
        kill()


ATOM_ENTRY = """<entry><id>http://arxiv.org/abs/{id}v1</id><title>{title}</title><summary>{abstract}</summary>
<published>2025-09-01T00:00:00Z</published><updated>2025-09-02T00:00:00Z</updated>
<author><name>A. Nobody</name></author><arxiv:primary_category term="cs.LG"/>{more}</entry>"""


def atom(link: str, entries: list[str]) -> Reply:
    """An answer of arXiv's query API."""
    head = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
    )
    total = f"<opensearch:totalResults>{len(entries)}</opensearch:totalResults>"
    text = f"{head}<link href={quoteattr(link)}/>{total}{''.join(entries)}</feed>"
    return Reply(text.encode(), media_type=ATOM)


class FakeArxiv:
    """arXiv's query API: it knows `papers` by id, refuses malformed ids, and finds titles."""

    def __init__(self, papers: dict[str, tuple[str, str]]) -> None:
        self.papers = papers

    def __call__(self, asked: Asked) -> Reply:
        ids = asked.query.get("id_list", [""])[0].split(",")
        link = "https://arxiv.org/api/query?" + "&".join(f"{k}={v[0]}" for k, v in asked.query.items())
        if bad := next((one for one in ids if one.startswith("9999")), None):
            error = f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format for {bad}</summary></entry>"
            return Reply(atom(link, [error]).body, 400, media_type=ATOM)
        title = asked.query.get("search_query", [""])[0].removeprefix('ti:"').removesuffix('"')
        found = [i for i, (name, _) in self.papers.items() if i in ids or (title and name == title)]
        entries = [ATOM_ENTRY.format(id=i, title=self.papers[i][0], abstract=self.papers[i][1], more="") for i in found]
        return atom(link, entries)


def paper(number: int, upvotes: int = 0, **more: object) -> dict:
    """An item of Daily Papers, invented."""
    arxiv_id = f"2509.{number:05d}"
    title = f"An Invented Method of Number {number} for Counting Things"
    summary = f"We present method {number}, which counts things {number % 7 + 2}x faster than a baseline on ThingBench."
    paper = {"id": arxiv_id, "title": title, "summary": summary, "upvotes": upvotes, "authors": [{"name": "A. Nobody"}]}
    return {"paper": paper | more, "title": title, "numComments": 0}
