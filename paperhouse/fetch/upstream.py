"""One upstream, asked politely: an identifying User-Agent, one request at a time, its pace and its limits kept, its
failures retried, its redirects followed on its own host alone, its bodies read up to a limit.
"""

import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from filelock import FileLock, Timeout
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from paperhouse.fetch import clock as clocks
from paperhouse.fetch.clock import Clock
from paperhouse.fetch.limits import Window, read_retry_after, read_window
from paperhouse.settings import release
from paperhouse.snapshots import BODY_LIMIT

ATTEMPTS = 4
LONGEST_WAIT = 600.0
"""Seconds that a request waits for a limit to end; the rest is left to the next run."""

TIME_LIMIT = 180.0
"""Seconds for a whole body: a time-out a read does not end a body that drips."""

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_REDIRECTS = 5


class FetchError(RuntimeError):
    """A request that brought nothing; the message says which and why. Others to the same upstream may."""


class UnreachableError(FetchError):
    """The upstream does not answer, or says that it cannot for now."""


class NoUseError(UnreachableError):
    """No use in asking this upstream for anything else in this run."""


class LimitError(NoUseError):
    """The upstream's limit is reached, and its window ends too late to be waited for."""


class _TransientError(FetchError):
    """A failure that may be over in a moment."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def _is_enough(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    return state.attempt_number >= (2 if isinstance(error, _NoConnectionError) else ATTEMPTS)


@dataclass(frozen=True)
class Answer:
    """A whole answer. `fetched_at` is when it began to be asked for, in UTC; `headers` are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass
class Upstream:
    """One host, or several that share a limit; a context manager, which holds the upstream for this process.

    `hosts` are the base urls that may be asked; redirects lead to no other host. `pause` is the least number of
    seconds between two requests, also of two processes, which `state` (a folder) tells each other.
    """

    name: str
    hosts: Collection[str]
    state: Path
    contact: str = ""
    token: str = field(default="", repr=False)
    pause: float = 0.0
    clock: Clock = field(default_factory=lambda: clocks.CLOCK)
    window: Window | None = field(default=None, init=False)
    say: Callable[[str], None] = lambda line: None  # noqa: ARG005

    def __post_init__(self) -> None:
        self._allowed = {(url.scheme, url.host, url.port) for url in map(httpx.URL, self.hosts)}
        self._lock = FileLock(self.state / f"{self.name}.lock")
        self._stamp = self.state / f"{self.name}.last"

    def __enter__(self) -> Self:
        self.state.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self.say(f"{self.name}: another process is asking it; waiting")
            self._lock.acquire()
        self._client = httpx.Client(
            headers={"user-agent": user_agent(self.contact), "accept-encoding": "gzip"},
            timeout=_TIMEOUT,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            follow_redirects=False,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._lock.release()

    def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        accept: Collection[str],
        headers: Mapping[str, str] | None = None,
        statuses: Collection[int] = (),
    ) -> Answer:
        """GET, with retries. A body of another media type than `accept` is a failure, as a blank one is.

        `statuses` are those beside 2xx that are an answer too (their media type and body do not matter).
        Raises FetchError, of it UnreachableError where the upstream is down, and LimitError where it has had enough.
        """
        return self._ask("GET", url, accept, statuses, params=params, headers=headers)

    def post(self, url: str, content: Any, *, accept: Collection[str]) -> Answer:
        """POST of JSON, with retries: for queries that change nothing."""
        return self._ask("POST", url, accept, (), json=content)

    def _ask(self, method: str, url: str, accept: Collection[str], statuses: Collection[int], **how: Any) -> Answer:
        for attempt in Retrying(
            sleep=self.clock.sleep,
            stop=_is_enough,
            wait=self._wait,
            retry=retry_if_exception_type(_TransientError),
            before_sleep=self._tell,
            reraise=True,
        ):
            with attempt:
                return self._once(method, url, accept, statuses, **how)
        raise AssertionError("tenacity raises the last failure")

    def _wait(self, state: RetryCallState) -> float:
        """As long as the upstream asks for; else 2, 4, 8 seconds."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, _TransientError) else None
        return 2.0**state.attempt_number if asked is None else asked

    def _tell(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self.say(f"{error}; tried again in {state.upcoming_sleep:.0f} s")

    def _once(self, method: str, url: str, accept: Collection[str], statuses: Collection[int], **how: Any) -> Answer:
        answer = self._send(method, httpx.URL(url).copy_merge_params(how.pop("params", None) or {}), **how)
        self.window = read_window(answer.headers, self.clock.now()) or self.window
        status = answer.status
        if status == 401 and self.token:
            raise NoUseError(f"{_short(answer.url)}: HTTP 401: the token is not accepted")
        is_over = self.window is not None and self.window.left == 0
        if status == 429 or (status == 403 and (is_over or "retry-after" in answer.headers)):
            wait = read_retry_after(answer.headers, self.clock.now())
            if wait is None and self.window is not None:
                wait = max(0.0, (self.window.ends - self.clock.now()).total_seconds())
            self._refuse_to_wait_long(url, wait)
            raise _UnavailableError(f"{_short(answer.url)}: too many requests (HTTP {status})", wait)
        if status in statuses:
            return answer
        if status in (408, 425) or status >= 500:
            wait = read_retry_after(answer.headers, self.clock.now())
            self._refuse_to_wait_long(url, wait)
            raise _UnavailableError(f"{_short(answer.url)}: HTTP {status}", wait)
        if not 200 <= status < 300 or status == 206:  # a part, which was not asked for
            raise FetchError(f"{_short(answer.url)}: HTTP {status}")
        if not answer.body.strip():
            raise _UnavailableError(f"{_short(answer.url)}: an empty body")
        if answer.media_type not in accept:
            raise _UnavailableError(
                f"{_short(answer.url)}: {answer.media_type or 'no content type'} where {', '.join(accept)} belongs"
            )
        return answer

    def _keep_the_limits(self, url: str) -> None:
        """Wait until the pause is over, and, where no request is left in the window, until that ends."""
        now = self.clock.now()
        if self.pause:
            try:
                since = now.timestamp() - float(self._stamp.read_text())
            except (OSError, ValueError):
                since = self.pause
            if 0 <= since < self.pause:
                self.clock.sleep(self.pause - since)
        if self.window is not None and self.window.left == 0 and self.window.ends > now:
            wait = (self.window.ends - now).total_seconds()
            self._refuse_to_wait_long(url, wait)
            self.say(f"{self.name}: no request is left in the window, which ends in {wait:.0f} s")
            self.clock.sleep(wait)

    def _refuse_to_wait_long(self, url: str, wait: float | None) -> None:
        if wait is not None and wait > LONGEST_WAIT:
            raise LimitError(f"{_short(url)}: {self.name} wants us to wait {wait:.0f} s; the next run asks again")

    def _send(self, method: str, url: httpx.URL, **how: Any) -> Answer:
        """One request and the redirects that it leads to."""
        headers = {
            **({"authorization": f"Bearer {self.token}"} if self.token else {}),
            **(how.pop("headers", None) or {}),
        }
        began = self.clock.now()
        for _ in range(_REDIRECTS + 1):
            if (url.scheme, url.host, url.port) not in self._allowed:
                raise FetchError(f"{_short(url)}: not a host of {self.name}: refused")
            self._keep_the_limits(str(url))
            status, answered, body = self._exchange(method, url, headers=headers, **how)
            if status in (301, 302, 303, 307, 308) and "location" in answered:
                url = url.join(answered["location"])
                continue
            return Answer(_without_secrets(url), status, answered, body, began)
        raise FetchError(f"{_short(url)}: redirected more than {_REDIRECTS} times")

    def _exchange(self, method: str, url: httpx.URL, **how: Any) -> tuple[int, Mapping[str, str], bytes]:
        last = time.monotonic() + TIME_LIMIT
        parts, size = [], 0
        try:
            with self._client.stream(method, url, **how) as response:
                for part in _unpacked(response):
                    parts.append(part)
                    size += len(part)
                    if size > BODY_LIMIT:
                        raise FetchError(f"{_short(url)}: larger than {BODY_LIMIT} bytes: cut off and not kept")
                    if time.monotonic() > last:
                        raise _UnavailableError(f"{_short(url)}: not whole after {TIME_LIMIT:.0f} s")
        except zlib.error as error:
            raise _UnavailableError(f"{_short(url)}: a body that cannot be decompressed: {error}") from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _NoConnectionError(f"{_short(url)}: no connection: {error}", wait=1.0) from error
        except httpx.TransportError as error:
            raise _UnavailableError(f"{_short(url)}: {type(error).__name__}: {error}") from error
        finally:
            if self.pause:
                self._stamp.write_text(f"{self.clock.now().timestamp():.3f}")
        return response.status_code, dict(response.headers), b"".join(parts)


_MEMBER = b"\x1f\x8b"


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body, without the compression it was sent in. (httpx takes gzip that ends early for whole.)

    Raises zlib.error where it is not what its header says.
    """
    packing = response.headers.get("content-encoding", "identity").lower()
    if packing == "identity":
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip"):
        raise zlib.error(f"packed as {packing}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31)
    for part in response.iter_raw():
        yield unpack.decompress(part)
        # gzip may have several members; what follows the last may be padding
        while unpack.eof and (rest := unpack.unused_data).startswith(_MEMBER):
            unpack = zlib.decompressobj(wbits=31)
            yield unpack.decompress(rest)
    if not unpack.eof:
        raise zlib.error("it ends early")


class _UnavailableError(_TransientError, UnreachableError):
    """No answer, or one that the upstream is down: retried, and when that is of no use, it is not asked any more."""


class _NoConnectionError(_TransientError, NoUseError):
    """Nobody is there, or there is no network: tried once more, and that is that."""


def _short(url: httpx.URL | str) -> str:
    """An address as a message can bear it: a query may hold a hundred ids."""
    text = _without_secrets(httpx.URL(url))
    return text if len(text) <= 120 else f"{text[:120]}…"


def _without_secrets(url: httpx.URL) -> str:
    """The address without the name and the password that a setting may have in it: it is written beside the body."""
    return str(url.copy_with(username=None, password=None) if url.userinfo else url)


def user_agent(contact: str) -> str:
    """Who asks, and whom to write to."""
    return f"Paperhouse/{release()}" + (f" ({contact})" if contact else "")


def requests_left(window: Window | None, now: datetime) -> str:
    """The window in words, for the log."""
    if window is None:
        return "no limit was told"
    left = max(timedelta(0), window.ends - now)
    return f"{window.left} requests left in the window, which ends in {left.total_seconds():.0f} s"
