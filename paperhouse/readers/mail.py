"""Mail over SMTP, as the settings say: with STARTTLS, over TLS, or plain."""

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import localtime

from paperhouse.settings import Settings

TIMEOUT = 30
"""Seconds that a server may take for an answer."""


class MailError(RuntimeError):
    """Mail could not be sent; the message says which server and why."""


def is_on(settings: Settings) -> bool:
    """Whether there is a server to send by."""
    return bool(settings.smtp_host)


@contextmanager
def connected(settings: Settings) -> Generator[smtplib.SMTP]:
    """A connection to the server, logged in where there is a user. Raises MailError."""
    where = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
    if not settings.mail_from:
        raise MailError("PAPERHOUSE_MAIL_FROM is not set: mail needs a sender")
    try:
        if settings.smtp_security == "tls":
            context = ssl.create_default_context()
            server = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
        with server:
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            yield server
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"{where}: {error or type(error).__name__}") from error


def message(sender: str, to: str, subject: str, text: str, html: str | None = None) -> EmailMessage:
    """A mail in plain text, and in HTML where there is some. A line break in the subject or an address is no header's end."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, " ".join(subject.split())
    mail["Date"] = localtime()
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail
