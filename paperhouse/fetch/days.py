"""Which days of Daily Papers are due, and their fetching.

A day goes on filling for hours, so it is fetched again until it has settled: today and the days before it
(`PAPERHOUSE_REFETCH_DAYS`) at each run, and every day once more that was not fetched after it had settled. A day that no
run could fetch stays due, so nothing is lost while the upstream, or this machine, is down.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from paperhouse.fetch.landing import Held, Landing, conditions, newest
from paperhouse.fetch.report import Report, Say
from paperhouse.fetch.upstream import Answer, FetchError, Upstream, requests_left

FEED = "hf_daily_papers"
FIRST_DAY = date(2023, 5, 4)
"""Daily Papers began then."""

SETTLED_AFTER = timedelta(days=2)
"""From the day's beginning: one paper at 04:16 became 13 at 14:15, and late ones came until the morning after."""

PAGE = 100
"""Items a page, the most that the API gives."""

_MOST_PAGES = 50
_JSON = ("application/json",)


def due_days(held: Iterable[Held], today: date, refetch_days: int, since: date | None) -> list[date]:
    """The days to fetch, newest first.

    Every day from `since` (else the first that is held) to `today` that was never fetched, or not since it had settled;
    and today and the `refetch_days` before it. A day held without a time of observation was settled when somebody put
    it there, for all that is known.
    """
    last = _last_fetches(held)
    first = max(since or min(last, default=today), FIRST_DAY)
    window = {today - timedelta(days=n) for n in range(refetch_days + 1)}
    days = {first + timedelta(days=n) for n in range((today - first).days + 1)} | {d for d in window if d >= FIRST_DAY}

    def is_due(day: date) -> bool:
        if day in window or day not in last:
            return True
        fetched = last[day]
        return fetched is not None and fetched < datetime.combine(day, time.min) + SETTLED_AFTER

    return sorted(filter(is_due, days), reverse=True)


def missing_weekdays(held: Collection[date], now: datetime) -> list[date]:
    """The weekdays of the last week that are not among the days `held`, from the first of these on. `now` is in UTC.

    A day is missing from noon of the next: the daily run has come and gone, and has had time to be started again.
    """
    last = now.date() - timedelta(days=1 if now.hour >= 12 else 2)
    days = [last - timedelta(days=n) for n in range(7)]
    first = min(held, default=last + timedelta(days=1))
    return sorted(day for day in days if day >= first and day.isoweekday() <= 5 and day not in held)


def _last_fetches(held: Iterable[Held]) -> dict[date, datetime | None]:
    """Day → when it was last fetched whole; None where that is not known."""
    fetches: dict[tuple, list[Held]] = {}
    for one in held:
        parts = one.meta.get("parts")
        key = (one.day, one.observed_at, parts) if isinstance(parts, int) and parts > 1 else (one.day, one.path, 1)
        fetches.setdefault(key, []).append(one)
    last: dict[date, datetime | None] = {}
    for (day, _, parts), files in fetches.items():
        if len({one.meta.get("part") for one in files}) >= parts:
            times = [t for t in (files[0].observed_at, last.get(day)) if t is not None]
            last[day] = max(times, default=None)
    return last


def fetch_days(upstream: Upstream, landing: Landing, base: str, days: Iterable[date], say: Say) -> Report:
    """Fetch these days, each a fetch of one or more pages; a future day is refused before it is asked for."""
    report = Report(FEED, say)
    days = list(days)
    last: dict[date, list[Held]] = {}
    for one in landing.held(since=min(days, default=date.max)):
        last.setdefault(one.day, []).append(one)
    for done, day in enumerate(days, start=1):
        try:
            if day > upstream.clock.now().date():
                raise FetchError("the day has not come yet: not asked for")
            held = newest(last.get(day, []))
            pages, papers = _fetch_day(upstream, landing, base, day, held)
        except FetchError as error:
            if report.failed(day.isoformat(), error):
                report.left = len(days) - done
                break
            continue
        report.wrote(landing.write(day, pages, held, ".json"))
        if papers == 0 and day.weekday() < 5:
            say(f"{FEED}: {day} lists no paper: a holiday, or a day that is still to fill")
        if len(days) > 3 and (done % 20 == 0 or done == len(days)):
            say(
                f"{FEED}: {done} of {len(days)} days, down to {day}; {requests_left(upstream.window, upstream.clock.now())}"
            )
    return report


def _fetch_day(
    upstream: Upstream, landing: Landing, base: str, day: date, held: Mapping[str, Held]
) -> tuple[list[tuple[str, Answer]], int | None]:
    """All pages of a day by name, and how many papers they hold (None: they are no list, which the adapter will say)."""
    pages: list[tuple[str, Answer]] = []
    papers, before = 0, b""
    while len(pages) < _MOST_PAGES:
        params = {"date": day.isoformat(), "p": len(pages), "limit": PAGE}
        name = f"page_{len(pages)}"
        last = held.get(name)
        answer = upstream.get(
            f"{base}/api/daily_papers", params, accept=_JSON, headers=conditions(last), statuses={304} if last else ()
        )
        body = landing.body(answer, last)
        if pages and body == before:
            raise FetchError(f"page {len(pages)} is the same as the one before: the API no longer pages by p")
        items = _items(body)
        if pages and not items:
            return pages, papers
        pages.append((name, answer))
        before = body
        papers += items or 0
        if items is None or items < PAGE:
            return pages, papers if items is not None else None
    raise FetchError(f"more than {_MOST_PAGES} pages")


def _items(body: bytes) -> int | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return len(found) if isinstance(found, list) else None
