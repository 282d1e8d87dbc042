"""Mail over SMTP, as the settings say: with STARTTLS, over TLS, or plain."""

import smtplib
import ssl
from email import policy
from email.message import EmailMessage
from email.utils import localtime, parseaddr
from types import TracebackType
from typing import Self

from paperhouse.settings import Settings

TIMEOUT = 30
"""Seconds that a server may take for an answer."""

# A header is never folded, so that mail programs find an address in it whole; RFC 5322 lets a line have 998 characters.
_UNFOLDED = policy.SMTP.clone(max_line_length=998)


class MailError(RuntimeError):
    """No mail can be sent now; the message says which server and why."""


class RefusedError(RuntimeError):
    """The server has not taken this one message."""


class UnknownError(RuntimeError):
    """The server was handed the message and never said whether it took it."""


def is_on(settings: Settings) -> bool:
    """Whether there is a server to send by."""
    return bool(settings.smtp_host)


class Mailer:
    """Sends by one server, to which it connects when there is a first message, and anew where it was hung up on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._where = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):  # what was sent is sent, however the server takes its leave
                self._server.close()

    def send(self, mail: EmailMessage) -> None:
        """Send to the message's one recipient. Raises MailError, RefusedError or UnknownError."""
        server = self._connected()
        try:
            server.ehlo_or_helo_if_needed()
            _accepted(server.mail(parseaddr(mail["From"])[1]))
            _accepted(server.rcpt(parseaddr(mail["To"])[1]))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._recover()
            raise RefusedError(f"{self._where}: {_words(error)}") from error
        try:
            _accepted(server.data(mail.as_bytes(policy=_UNFOLDED)))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._recover()
            raise UnknownError(f"{self._where}: {_words(error)}") from error
        except smtplib.SMTPException as error:
            self._recover()
            raise RefusedError(f"{self._where}: {_words(error)}") from error

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        settings = self._settings
        for name, value in (("SMTP_HOST", settings.smtp_host), ("MAIL_FROM", settings.mail_from)):
            if not value:
                raise MailError(f"PAPERHOUSE_{name} is not set")
        try:
            if settings.smtp_security == "tls":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context)
            else:
                server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"{self._where}: {_words(error)}") from error
        self._server = server
        return server

    def _recover(self) -> None:
        """Ready for the next message: the same connection where it still stands, else a new one."""
        try:
            if self._server is not None:
                _accepted(self._server.rset())
        except (OSError, smtplib.SMTPException):
            if self._server is not None:
                self._server.close()
            self._server = None


def _accepted(answer: tuple[int, bytes]) -> None:
    if not 200 <= answer[0] < 300:
        raise smtplib.SMTPResponseException(*answer)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__


def message(sender: str, to: str, subject: str, text: str, html: str | None = None) -> EmailMessage:
    """A mail in plain text, and in HTML where there is some. A line break in the subject is no header's end."""
    mail = EmailMessage(_UNFOLDED)
    mail["From"], mail["To"], mail["Subject"] = sender, to, " ".join(subject.split())
    mail["Date"] = localtime()
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail
