"""The digest: what is new and trending, with the numbers that papers claim, by mail and as an Atom feed.

A message is sent once a day (or week) and subscriber, however often the run is repeated. The feed tells the same to
everybody, in a file: https://www.rfc-editor.org/rfc/rfc4287.
"""

import hashlib
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import css_inline
import duckdb
from lxml import etree  # ty: ignore[missing-module-member]  (compiled, without stubs)
from lxml.builder import ElementMaker

from paperhouse.readers import facts, mail
from paperhouse.readers.report import day_in_words, templates
from paperhouse.readers.sent import Sent
from paperhouse.readers.subscribers import Subscriber
from paperhouse.settings import Settings

PAPERS = {"daily": 10, "weekly": 15}
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
    """What became of one run's messages: addresses by what happened."""

    sent: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    nothing_new: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def due(con: Connection, today: date) -> dict[str, date]:
    """The kinds of digest there are something for: the last day that is over, and the last week."""
    found = {}
    day = facts.newest_listed_day(con, before=today)
    if day is not None and today - day <= TOO_OLD:
        found["daily"] = day
    week_on = facts.week_of(today) - timedelta(days=7)
    query = "select count(*) from marts.trending_papers where period = 'week' and starts_on = $1"
    if con.execute(query, [week_on]).fetchall()[0][0]:
        found["weekly"] = week_on
    return found


def compose(con: Connection, kind: str, starts_on: date, topics: Sequence[str] = ()) -> Digest:
    """The digest of a day or a week, of papers on one of the topics where some are named."""
    period, days = ("day", 1) if kind == "daily" else ("week", 7)
    papers = facts.trending(con, period, starts_on, PAPERS[kind], topics)
    kept = facts.promises_kept(con, starts_on, starts_on + timedelta(days=days - 1), topics)
    return Digest(kind, starts_on, papers, kept)


def post(
    con: Connection,
    settings: Settings,
    subscribers: Sequence[Subscriber],
    today: date,
    say: Callable[[str], None],
) -> Posted:
    """Send to each subscriber what is due and was not sent. Raises MailError when the server cannot be had.

    What failed is sent by the next run; an address that the server refuses does not keep the others from theirs.
    """
    posted, sent = Posted(), Sent(settings.sent)
    todo = [
        (subscriber, kind, starts_on)
        for kind, starts_on in due(con, today).items()
        for subscriber in subscribers
        if kind in subscriber.digests
    ]
    with mail.connected(settings) if todo else _nobody() as server:
        for subscriber, kind, starts_on in todo:
            digest = compose(con, kind, starts_on, subscriber.topics)
            if digest.is_empty:
                posted.nothing_new.append(subscriber.address)
                continue
            if sent.state(digest.name, subscriber.address) == "sending":
                say(f"{subscriber.address}: {digest.name} was on its way when a run was killed; it is not sent again")
            try:
                with sent.once(digest.name, subscriber.address) as ours:
                    if ours:
                        server.send_message(as_mail(digest, subscriber, settings))
                    (posted.sent if ours else posted.before).append(subscriber.address)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                say(f"{subscriber.address}: {digest.name} was refused: {error}")
                posted.failed.append(subscriber.address)
                server.rset()
    return posted


class _nobody:  # noqa: N801 (stands in for a connection where nobody is written to)
    def __enter__(self) -> smtplib.SMTP:
        return smtplib.SMTP()

    def __exit__(self, *_: object) -> None:
        return None


def as_mail(digest: Digest, subscriber: Subscriber, settings: Settings) -> EmailMessage:
    """The message, in plain text and HTML, with the header that mail programs unsubscribe by (RFC 2369)."""
    leave = settings.unsubscribe or settings.mail_from
    link = leave if leave.startswith("https://") else f"mailto:{leave.removeprefix('mailto:')}?subject=unsubscribe"
    told = {"digest": digest, "subscriber": subscriber, "unsubscribe": link}
    pages = templates()
    html = css_inline.inline(pages.get_template("digest.html").render(told))
    mail_ = mail.message(
        settings.mail_from, subscriber.address, digest.title, pages.get_template("digest.txt").render(told), html
    )
    mail_["List-Unsubscribe"] = f"<{link}>"
    # The same message has the same id, so that a mail program can tell should it ever come twice.
    token = hashlib.sha256(f"{digest.name} {subscriber.address}".encode()).hexdigest()[:24]
    mail_["Message-ID"] = f"<{token}@paperhouse>"
    return mail_


_ATOM = ElementMaker(namespace="http://www.w3.org/2005/Atom", nsmap={None: "http://www.w3.org/2005/Atom"})


def write_feed(con: Connection, target: Path) -> Path:
    """Write the daily digests of the last days, for everybody, as an Atom feed; returns `target`."""
    query = "select distinct starts_on from marts.trending_papers where period = 'day' order by 1 desc limit $1"
    days = [row[0] for row in con.execute(query, [FEED_DAYS]).fetchall()]
    newest = days[0] if days else date(1970, 1, 1)
    feed = _ATOM.feed(
        _ATOM.title("Paperhouse: what trends"),
        _ATOM.id("tag:paperhouse,2025:digest"),
        _ATOM.updated(f"{newest}T23:59:59Z"),
        _ATOM.author(_ATOM.name("Paperhouse")),
    )
    page = templates().get_template("digest.html")
    for day in days:
        digest = compose(con, "daily", day)
        content = page.render(digest=digest, subscriber=None, unsubscribe=None)
        feed.append(
            _ATOM.entry(
                _ATOM.title(digest.title),
                _ATOM.id(f"tag:paperhouse,2025:digest/{day}"),
                _ATOM.updated(f"{day}T23:59:59Z"),
                _ATOM.content(_xml_text(content), type="html"),
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    aside.write_bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))
    aside.replace(target)
    return target


def _xml_text(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(char for char in text if char in "\t\n\r" or ord(char) >= 0x20)
