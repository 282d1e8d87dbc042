"""arXiv: details by id or title (query API), announcements (RSS), harvests (OAI-PMH).

arXiv asks for one request in three seconds, on one connection, over all of its services
(https://info.arxiv.org/help/api/tou.html): one `Upstream` with that pause is for all of them.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from paperhouse.feeds.arxiv_atom import ArxivAtom
from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.feeds.arxiv_oai import resumption_token
from paperhouse.fetch.landing import Landing, conditions, newest
from paperhouse.fetch.report import Report, Say
from paperhouse.fetch.upstream import Answer, FetchError, Upstream
from paperhouse.records import SnapshotError

PAUSE = 3.0
IDS_A_REQUEST = 100
TITLES_A_RUN = 20
ASKED_AGAIN_AFTER = timedelta(days=30)
_XML = ("application/atom+xml", "application/xml", "text/xml", "application/rss+xml")


def fetch_ids(upstream: Upstream, landing: Landing, base: str, ids: Iterable[str], say: Say) -> Report:
    """Ask for papers by id, many at once. A malformed id spoils a request, so its batch is halved until it is alone."""
    report = Report("arxiv_atom", say)
    sound = []
    for written in dict.fromkeys(ids):
        if read_arxiv_id(written):
            sound.append(written)
        else:
            report.failed(written, FetchError("no arXiv id: not asked for"))
    refused = 0
    todo = [sound[at : at + IDS_A_REQUEST] for at in range(0, len(sound), IDS_A_REQUEST)]
    done = 0
    while todo:
        batch = todo.pop(0)
        try:
            answer = upstream.get(
                base, {"id_list": ",".join(batch), "max_results": len(batch)}, accept=_XML, statuses={400}
            )
            if (fault := _fault(answer)) is not None:
                if len(batch) > 1:
                    todo[:0] = [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
                    continue
                raise FetchError(f"arXiv refuses it: {fault}")
        except FetchError as error:
            # Refused one after the other, it is not the ids.
            refused += len(batch) == 1
            if (
                report.failed(batch[0] if len(batch) == 1 else f"{len(batch)} ids from {batch[0]}", error)
                or refused > 3
            ):
                report.left = sum(map(len, todo))
                break
            continue
        name = "ids_" + hashlib.sha256(",".join(batch).encode()).hexdigest()[:12]
        report.wrote(landing.write(upstream.clock.now().date(), [(name, answer)], {}, ".xml"))
        done += len(batch)
        refused = 0
        if len(sound) > IDS_A_REQUEST:
            say(f"arxiv_atom: {done} of {len(sound)} papers asked for")
    return report


def _fault(answer: Answer) -> str | None:
    """What the query API says is wrong with the request: HTTP 400, or a feed whose entry is an error."""
    try:
        ArxivAtom().parse(answer.body, date.min)
    except SnapshotError as error:
        return str(error)
    return None if answer.status == 200 else f"HTTP {answer.status}"


def fetch_titles(upstream: Upstream, landing: Landing, base: str, titles: Iterable[str], say: Say) -> Report:
    """Ask for papers that are known by their title alone, one request a title, some a run, each once in a while."""
    report = Report("arxiv_atom", say)
    asked = newest(landing.held(since=upstream.clock.now().date() - ASKED_AGAIN_AFTER))
    names = {title: "title_" + hashlib.sha256(title.encode()).hexdigest()[:12] for title in titles}
    names = dict([(title, name) for title, name in names.items() if name not in asked][:TITLES_A_RUN])
    for done, (title, name) in enumerate(names.items(), start=1):
        words = " ".join("".join(char if char.isalnum() else " " for char in title).split())
        if not words:
            continue
        try:
            answer = upstream.get(
                base, {"search_query": f'ti:"{words}"', "max_results": 3}, accept=_XML, statuses={400}
            )
            if (fault := _fault(answer)) is not None:
                raise FetchError(f"arXiv refuses it: {fault}")
        except FetchError as error:
            if report.failed(title, error):
                report.left = len(names) - done
                break
            continue
        report.wrote(landing.write(upstream.clock.now().date(), [(name, answer)], {}, ".xml", title=title))
    return report


def fetch_rss(upstream: Upstream, landing: Landing, base: str, categories: Sequence[str], say: Say) -> Report:
    """Fetch today's announcements of each category; one that has not changed since is noted."""
    report = Report("arxiv_rss", say)
    today = upstream.clock.now().date()
    last = newest(landing.held(since=today))
    for done, category in enumerate(categories, start=1):
        held = last.get(category)
        try:
            answer = upstream.get(
                f"{base}/{category}", accept=_XML, headers=conditions(held), statuses={304} if held else ()
            )
        except FetchError as error:
            if report.failed(category, error):
                report.left = len(categories) - done
                break
            continue
        report.wrote(landing.write(today, [(category, answer)], last, ".xml"))
    return report


def fetch_oai(
    upstream: Upstream,
    landing: Landing,
    base: str,
    sets: Sequence[str],
    first: date,
    until: date,
    say: Say,
    by_hand: bool = False,
) -> Report:
    """Harvest what changed from `first` to `until` in each set, part after part as their tokens lead on.

    `by_hand`: the range is one that a person chose. A harvest that breaks off is begun again by the next run: tokens end
    with the session, and what landed is no less true.
    """
    report = Report("arxiv_oai", say)
    for done, name in enumerate(sets, start=1):
        params = {
            "verb": "ListRecords", "metadataPrefix": "arXiv", "set": name, "from": first.isoformat(), "until": until.isoformat(),
        }  # fmt: skip
        part, tokens = 0, set()
        try:
            while True:
                answer = upstream.get(base, params, accept=_XML)
                try:
                    token = resumption_token(answer.body)
                except SnapshotError as error:
                    raise FetchError(f"{answer.url}: {error}") from error
                part += 1
                known = {
                    "from": first.isoformat(),
                    "until": until.isoformat(),
                    "set": name,
                    "part": part,
                    "is_last": not token,
                    "by_hand": by_hand,
                }
                stem = f"{name.replace(':', '-')}_{first}_{until}_{part:05d}"
                report.wrote(landing.write(until, [(stem, answer)], {}, ".xml", **known))
                say(f"arxiv_oai: {name}: part {part} of {first} to {until}")
                if not token:
                    break
                if token in tokens:
                    raise FetchError(f"{answer.url}: the token {token} comes again: the list would never end")
                tokens.add(token)
                params = {"verb": "ListRecords", "resumptionToken": token}
        except FetchError as error:
            if report.failed(f"{name}, part {part + 1}", error):
                report.left = len(sets) - done
                break
    return report


def fetch_oai_due(upstream: Upstream, landing: Landing, base: str, sets: Sequence[str], say: Say) -> Report:
    """Harvest what has changed in each set since its last harvest, up to yesterday; yesterday alone where there was none."""
    report = Report("arxiv_oai", say)
    until = upstream.clock.now().date() - timedelta(days=1)
    for name in sets:
        harvested = harvested_until(landing, name)
        first = until if harvested is None else harvested + timedelta(days=1)
        if first <= until and not report.is_unreachable:
            report += fetch_oai(upstream, landing, base, [name], first, until, say)
    return report


def harvested_until(landing: Landing, name: str) -> date | None:
    """The last day up to which a set was harvested to its end, day after day: not by ranges that a person chose."""
    days = [
        date.fromisoformat(one.meta["until"])
        for one in landing.held()
        if one.meta.get("set") == name
        and one.meta.get("is_last") is True
        and not one.meta.get("by_hand")
        and isinstance(one.meta.get("until"), str)
    ]
    return max(days, default=None)
