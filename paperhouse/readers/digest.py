"""The digest: what is new and trending, with the numbers that papers claim, by mail and as an Atom feed.

A message is sent once a day (or week) and subscriber, however often the run is repeated. The feed tells the same to
everybody, in a file: https://www.rfc-editor.org/rfc/rfc4287.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import css_inline
import duckdb
from lxml import etree, html  # ty: ignore[missing-module-member]  (compiled, without stubs)
from lxml.builder import ElementMaker

from paperhouse.duckdb_file import swapped_in
from paperhouse.readers import facts, mail
from paperhouse.readers.report import day_in_words, templates
from paperhouse.readers.sent import Sent
from paperhouse.readers.subscribers import Subscriber
from paperhouse.settings import Settings


@dataclass(frozen=True)
class Kind:
    """A kind of digest: the period of `trending_papers` that it tells of, its days, and the most papers in one."""

    period: str
    days: int
    papers: int


KINDS = {"daily": Kind("day", 1, 10), "weekly": Kind("week", 7, 15)}
FEED_DAYS = 14
TOO_OLD = timedelta(days=7)
"""A day so long past is no news: the digest waits for a newer one."""

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Digest:
    """What one message tells: of a day, or of the week that begins with it."""

    kind: str
    starts_on: date
    papers: list[facts.Paper]
    kept: list[dict] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"digest {self.kind} {self.starts_on}"

    @property
    def title(self) -> str:
        when = day_in_words(self.starts_on)
        return f"Papers of {when}" if self.kind == "daily" else f"Papers of the week from {when}"

    @property
    def is_empty(self) -> bool:
        return not self.papers and not self.kept


@dataclass
class Posted:
    """What became of one run's messages, by address."""

    sent: list[str] = field(default_factory=list)
    already_sent: list[str] = field(default_factory=list)
    nothing_new: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def due(con: Connection, today: date) -> dict[str, date]:
    """The kinds of digest there are something for: the last day that is over, and the last week."""
    found = {}
    day = facts.newest_trending_day(con, before=today)
    if day is not None and today - day <= TOO_OLD:
        found["daily"] = day
    week_on = facts.week_of(today) - timedelta(days=7)
    query = "select count(*) from marts.trending_papers where period = 'week' and starts_on = $1"
    if con.execute(query, [week_on]).fetchall()[0][0]:
        found["weekly"] = week_on
    return found


def compose(con: Connection, kind: str, starts_on: date, topics: Sequence[str] = ()) -> Digest:
    """The digest of a day or a week, of papers on one of the topics where some are named."""
    of = KINDS[kind]
    papers = facts.trending(con, of.period, starts_on, of.papers, topics)
    kept = facts.promises_kept(con, starts_on, starts_on + timedelta(days=of.days - 1), topics)
    return Digest(kind, starts_on, papers, kept)


def post(
    con: Connection,
    settings: Settings,
    subscribers: Sequence[Subscriber],
    today: date,
    say: Callable[[str], None],
) -> Posted:
    """Send to each subscriber what is due and was not sent, and what failed in the last days.

    Nothing of one keeps the others from theirs. Where the server cannot be had, all that is due counts as failed.
    """
    posted, sent = Posted(), Sent(settings.sent)
    now_due = due(con, today)
    with mail.Mailer(settings) as mailer:
        for subscriber in subscribers:
            todo: set[tuple[str, date]] = {(kind, day) for kind, day in now_due.items() if kind in subscriber.digests}
            todo |= _owed(sent, subscriber, today)
            for kind, starts_on in sorted(todo, key=lambda digest: digest[1]):
                digest = compose(con, kind, starts_on, subscriber.topics)
                becomes = _send(digest, subscriber, settings, mailer, sent, say)
                getattr(posted, becomes).append(subscriber.address)
    return posted


def _owed(sent: Sent, subscriber: Subscriber, today: date) -> set[tuple[str, date]]:
    """The digests that failed and are not too old yet: kind and first day."""
    names = (what.split() for what in sent.failed(subscriber.address) if what.startswith("digest "))
    failed = {(kind, date.fromisoformat(day)) for _, kind, day in names if kind in subscriber.digests}
    return {(kind, day) for kind, day in failed if today - day <= TOO_OLD + timedelta(days=KINDS[kind].days)}


def _send(
    digest: Digest,
    subscriber: Subscriber,
    settings: Settings,
    mailer: mail.Mailer,
    sent: Sent,
    say: Callable[[str], None],
) -> str:
    """Send one message where it is ours to send; returns the name of the list of Posted that it belongs in."""
    if digest.is_empty:
        return "nothing_new"
    if not sent.claim(digest.name, subscriber.address):
        return "already_sent"
    try:
        mailer.send(as_mail(digest, subscriber, settings))
    except (mail.MailError, mail.RefusedError) as error:
        sent.settle(digest.name, subscriber.address, "failed")
        say(f"{subscriber.address}: {digest.name} was not sent: {error}")
        return "failed"
    except mail.UnknownError as error:
        say(f"{subscriber.address}: nobody knows whether {digest.name} arrived, it is not sent again: {error}")
        return "unknown"
    sent.settle(digest.name, subscriber.address, "sent")
    return "sent"


def as_mail(digest: Digest, subscriber: Subscriber, settings: Settings) -> EmailMessage:
    """The message, in plain text and HTML, with the header that mail programs unsubscribe by (RFC 2369)."""
    link = _unsubscribe_link(settings)
    told = {"digest": digest, "subscriber": subscriber, "unsubscribe": link}
    pages = templates()
    text, page = (pages.get_template(name).render(told) for name in ("digest.txt", "digest.html"))
    mail_ = mail.message(settings.mail_from, subscriber.address, digest.title, text, css_inline.inline(page))
    mail_["List-Unsubscribe"] = f"<{link}>"
    # The same message has the same id, so that a mail program can tell should it ever come twice.
    token = hashlib.sha256(f"{digest.name} {subscriber.address}".encode()).hexdigest()[:24]
    mail_["Message-ID"] = f"<{token}@paperhouse>"
    return mail_


def _unsubscribe_link(settings: Settings) -> str:
    leave = settings.unsubscribe or parseaddr(settings.mail_from)[1]
    if leave.startswith(("https://", "http://")):
        return leave
    address = leave.removeprefix("mailto:")
    return f"mailto:{address}" if "?" in address else f"mailto:{address}?subject=unsubscribe"


_ATOM = ElementMaker(namespace="http://www.w3.org/2005/Atom", nsmap={None: "http://www.w3.org/2005/Atom"})


def write_feed(con: Connection, target: Path) -> Path:
    """Write the daily digests of the last days that are over, for everybody, as an Atom feed; returns `target`."""
    query = "select distinct starts_on from marts.trending_papers where period = 'day' and starts_on <= $1 order by 1 desc limit $2"
    days = [row[0] for row in con.execute(query, [facts.last_whole_day(con), FEED_DAYS]).fetchall()]
    feed = _ATOM.feed(
        _ATOM.title("Paperhouse: what trends"),
        _ATOM.id("tag:paperhouse,2025:digest"),
        _ATOM.updated(_told_at(days[0] if days else date(1970, 1, 1))),
        _ATOM.author(_ATOM.name("Paperhouse")),
    )
    page = templates().get_template("digest.html")
    for day in days:
        digest = compose(con, "daily", day)
        whole = css_inline.inline(page.render(digest=digest, subscriber=None, unsubscribe=None))
        # What may stand in a <div>, says the RFC: the page's one.
        (content,) = html.fromstring(whole).xpath("//body/div")
        feed.append(
            _ATOM.entry(
                _ATOM.title(digest.title),
                _ATOM.id(f"tag:paperhouse,2025:digest/{day}"),
                _ATOM.updated(_told_at(day)),
                _ATOM.content(_NOT_IN_XML.sub("", html.tostring(content, encoding="unicode")), type="html"),
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with swapped_in(target) as aside:
        aside.write_bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))
    return target


_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML has no way to write: https://www.w3.org/TR/xml/#charsets."""


def _told_at(day: date) -> str:
    """When a day's counts are all in: at noon of the next, as `trending_papers` counts days."""
    return f"{day + timedelta(days=1)}T12:00:00Z"
