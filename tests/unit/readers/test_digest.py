"""The digest, sent through a real SMTP server, and its feed."""

import email.utils
import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import trustme
from lxml import etree, html
from mail_server import PASSWORD, Inbox, mail_server
from marts_file import make_marts, trend

from paperhouse.duckdb_file import open_marts
from paperhouse.readers.digest import FEED_DAYS, Posted, as_mail, compose, due, post, write_feed
from paperhouse.readers.mail import Mailer, MailError, message
from paperhouse.readers.subscribers import Subscriber
from paperhouse.settings import Settings

TODAY = date(2025, 9, 5)  # the digest is of the day before
ANA = Subscriber(address="ana@example.org")
BEN = Subscriber(address="ben@example.org", topics=("quantization",))
CLEO = Subscriber(address="cleo@example.org", topics=("baking",), digests=("daily", "weekly"))

Connection = duckdb.DuckDBPyConnection


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mailing(here: Settings, inbox: tuple[Inbox, int]) -> Settings:
    return here.model_copy(update={"smtp_port": inbox[1]})


def _post(con: Connection, settings: Settings, *subscribers: Subscriber, today: date = TODAY) -> Posted:
    said: list[str] = []
    return post(con, settings, subscribers, today, said.append)


def test_each_gets_the_papers_of_the_day_on_their_topics(con: Connection, mailing: Settings, inbox) -> None:
    posted = _post(con, mailing, ANA, BEN, CLEO)
    assert (posted.sent, posted.nothing_new) == (["ana@example.org", "ben@example.org"], ["cleo@example.org"])
    (mail,) = inbox[0].of("ben@example.org")
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Papers of 4 September 2025"
    assert (
        "1. Fast weights\n   https://arxiv.org/abs/2509.00001\n   +9 votes of 12, +4 stars of 7, code: https://github.com/a/b"
        in text
    )
    assert '* 3.2× speed: "It is 3.2times faster than before, at no cost."' in text
    assert "friends" not in text
    assert "You get what is on quantization." in text
    assert "friends" in inbox[0].of("ana@example.org")[0].get_body(("plain",)).get_content()


def test_a_run_that_is_repeated_sends_nothing_again_and_the_next_day_does(
    con: Connection, mailing: Settings, inbox
) -> None:
    assert _post(con, mailing, ANA).sent == ["ana@example.org"]
    again = _post(con, mailing, ANA)
    assert (again.sent, again.already_sent) == ([], ["ana@example.org"])
    assert _post(con, mailing, ANA, today=date(2025, 9, 6)).sent == ["ana@example.org"]
    assert [mail["Subject"] for mail in inbox[0].of("ana@example.org")] == [
        "Papers of 4 September 2025",
        "Papers of 5 September 2025",
    ]


def test_the_week_is_sent_when_it_is_over(con: Connection, mailing: Settings, inbox) -> None:
    weekly = Subscriber(address="w@example.org", digests=("weekly",))
    assert _post(con, mailing, weekly, today=date(2025, 9, 7)).sent == []
    assert _post(con, mailing, weekly, today=date(2025, 9, 8)).sent == ["w@example.org"]
    assert _post(con, mailing, weekly, today=date(2025, 9, 14)).already_sent == ["w@example.org"]
    assert _post(con, mailing, weekly, today=date(2025, 9, 15)) == Posted()
    assert inbox[0].of("w@example.org")[0]["Subject"] == "Papers of the week from 1 September 2025"


def test_a_day_long_past_is_no_news(con: Connection, mailing: Settings, inbox) -> None:
    assert due(con, date(2025, 9, 12)) == {"daily": date(2025, 9, 5), "weekly": date(2025, 9, 1)}
    assert due(con, date(2025, 9, 30)) == {}
    assert _post(con, mailing, ANA, today=date(2025, 9, 30)) == Posted()


def test_everything_of_a_feed_is_escaped_and_styles_are_in_the_elements(con: Connection, here: Settings) -> None:
    page = html.fromstring(
        as_mail(compose(con, "daily", date(2025, 9, 4)), ANA, here).get_body(("html",)).get_content()
    )
    assert page.xpath("//script | //b | //link | //img | //iframe") == []
    assert '<script>alert("x")</script>' in page.xpath("//h2")[1].text_content()
    assert "600 26px" in page.xpath("//h1/@style")[0]
    assert set(page.xpath("//a/@href")) == {
        "https://arxiv.org/abs/2509.00001",
        "https://github.com/a/b",
        "https://huggingface.co/a/m",
        "mailto:papers@example.org?subject=unsubscribe",
    }


def test_one_can_leave_by_header_and_by_link(con: Connection, here: Settings) -> None:
    digest = compose(con, "daily", date(2025, 9, 4))
    mail = as_mail(digest, ANA, here)
    assert mail["List-Unsubscribe"] == "<mailto:papers@example.org?subject=unsubscribe>"
    assert "Unsubscribe: mailto:papers@example.org?subject=unsubscribe" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("known", "link"),
    [
        ({"unsubscribe": "https://example.org/leave"}, "https://example.org/leave"),
        ({"unsubscribe": "http://example.org/leave"}, "http://example.org/leave"),
        ({"unsubscribe": "mailto:l@example.org?subject=leave"}, "mailto:l@example.org?subject=leave"),
        ({"unsubscribe": "leave@example.org"}, "mailto:leave@example.org?subject=unsubscribe"),
        ({"mail_from": "Päpers <p@example.org>"}, "mailto:p@example.org?subject=unsubscribe"),
        ({"unsubscribe": "https://example.org/" + "x" * 400}, "https://example.org/" + "x" * 400),
    ],
)
def test_the_header_is_one_that_mail_programs_can_read(
    con: Connection, mailing: Settings, inbox, known: dict, link: str
) -> None:
    assert _post(con, mailing.model_copy(update=known), ANA).sent == ["ana@example.org"]
    (mail,) = inbox[0].of("ana@example.org")
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert f"Unsubscribe: {link}" in mail.get_body(("plain",)).get_content()


def test_the_same_message_has_the_same_id_and_a_date(con: Connection, mailing: Settings, inbox, here: Settings) -> None:
    digest = compose(con, "daily", date(2025, 9, 4))
    ids = [as_mail(digest, who, here)["Message-ID"] for who in (ANA, ANA, BEN)]
    assert ids[0] == ids[1] != ids[2]
    assert email.utils.parsedate_to_datetime(as_mail(digest, ANA, here)["Date"])


def test_a_refused_address_keeps_nobody_from_theirs_and_is_tried_again(
    con: Connection, mailing: Settings, inbox
) -> None:
    inbox[0].refuses = {"ana@example.org"}
    posted = _post(con, mailing, ANA, BEN)
    assert (posted.failed, posted.sent) == (["ana@example.org"], ["ben@example.org"])
    inbox[0].refuses = set()
    assert _post(con, mailing, ANA, BEN).sent == ["ana@example.org"]


def test_a_server_that_cannot_be_had_is_named_and_the_next_run_sends_what_it_owes(
    con: Connection, mailing: Settings, inbox, here: Settings
) -> None:
    said: list[str] = []
    gone = mailing.model_copy(update={"smtp_port": 1})
    assert post(con, gone, [ANA, BEN], TODAY, said.append).failed == ["ana@example.org", "ben@example.org"]
    assert "127.0.0.1:1 (none): [Errno 111] Connection refused" in said[0]
    # The day after there is another digest, and the one before is still owed; not so to a newcomer.
    tomorrow = date(2025, 9, 6)
    assert _post(con, mailing, ANA, CLEO, today=tomorrow).sent == [
        "ana@example.org",
        "ana@example.org",
        "cleo@example.org",
    ]
    assert [mail["Subject"] for mail in inbox[0].of("ana@example.org")] == [
        "Papers of 4 September 2025",
        "Papers of 5 September 2025",
    ]
    assert [mail["Subject"] for mail in inbox[0].of("cleo@example.org")] == ["Papers of 5 September 2025"]
    # Whoever comes back after long gets the newest alone.
    assert _post(con, mailing, BEN, today=date(2025, 9, 30)) == Posted()


def test_where_all_was_sent_no_server_is_asked(con: Connection, mailing: Settings, inbox) -> None:
    assert _post(con, mailing, ANA).sent == ["ana@example.org"]
    gone = mailing.model_copy(update={"smtp_port": 1})
    assert _post(con, gone, ANA) == Posted(already_sent=["ana@example.org"])
    without = mailing.model_copy(update={"mail_from": ""})
    assert _post(con, without, BEN).failed == ["ben@example.org"]


def test_a_server_that_hangs_up_with_the_message_in_hand_is_not_sent_it_again(con: Connection, here: Settings) -> None:
    """It may have delivered it: once too few is better than twice. The others are sent theirs over a new connection."""
    delivered: list[str] = []

    def hang_up(connection: socket.socket) -> None:
        file = connection.makefile("rwb", buffering=0)
        file.write(b"220 hello\r\n")
        for line in file:
            word = line[:4].upper()
            if word == b"RCPT":
                delivered.append(line.decode())
            if word == b"DATA":
                file.write(b"354 go on\r\n")
                while file.readline() != b".\r\n":
                    pass
                break
            file.write(b"250 fine\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: [hang_up(server.accept()[0]) for _ in range(2)], daemon=True).start()
        settings = here.model_copy(update={"smtp_port": server.getsockname()[1]})
        assert _post(con, settings, ANA, BEN).unknown == ["ana@example.org", "ben@example.org"]
    again = _post(con, settings, ANA, BEN)
    assert again.already_sent == ["ana@example.org", "ben@example.org"]
    assert len(delivered) == 2


def test_with_starttls_the_certificate_and_the_password_count(
    con: Connection, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    secure = {"smtp_security": "starttls", "smtp_user": "u", "smtp_password": here.smtp_password.__class__(PASSWORD)}
    with mail_server(authority) as (inbox, port):
        settings = here.model_copy(update=secure | {"smtp_port": port})
        with pytest.raises(MailError, match="certificate verify failed"), Mailer(settings) as mailer:
            mailer.send(message("p@example.org", "ana@example.org", "s", "t"))
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        wrong = settings.model_copy(update={"smtp_password": here.smtp_password.__class__("guess")})
        with pytest.raises(MailError, match="535"), Mailer(wrong) as mailer:
            mailer.send(message("p@example.org", "ana@example.org", "s", "t"))
        assert inbox.arrived == []
        assert _post(con, settings, ANA).sent == ["ana@example.org"]
        assert len(inbox.of("ana@example.org")) == 1


def test_the_feed_has_an_entry_a_day_with_stable_ids_and_escaped_text(con: Connection, tmp_path: Path) -> None:
    target = write_feed(con, tmp_path / "report" / "digest.atom")
    name = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.parse(str(target)).getroot()
    assert feed.xpath("a:updated/text()", namespaces=name) == ["2025-09-06T12:00:00Z"]
    assert feed.xpath("a:entry/a:id/text()", namespaces=name) == [
        "tag:paperhouse,2025:digest/2025-09-05", "tag:paperhouse,2025:digest/2025-09-04",
    ]  # fmt: skip
    content = feed.xpath("a:entry[2]/a:content", namespaces=name)[0]
    assert content.get("type") == "html"
    assert html.fromstring(content.text).xpath("//script") == []
    assert "&lt;script&gt;" in content.text
    assert content.text.startswith("<div")
    assert "<style" not in content.text
    assert "600 26px" in content.text
    first = target.read_bytes()
    assert write_feed(con, target).read_bytes() == first


def test_the_feed_keeps_two_weeks_and_an_empty_one_is_a_feed_too(tmp_path: Path) -> None:
    days = [trend("p", 1, f"2025-08-{day:02}") for day in range(1, 29)]
    papers = [
        {"paper_id": "p", "title": "T\x07i\ufffet\uffffle", "first_seen_on": "2025-08-01", "last_seen_on": "2025-08-01"}
    ]
    for rows, entries in ((days, FEED_DAYS), ([], 0)):
        with open_marts(make_marts(tmp_path / "marts.duckdb", papers=papers, trending_papers=rows)) as con:
            feed = etree.parse(str(write_feed(con, tmp_path / "digest.atom"))).getroot()
        assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == entries
