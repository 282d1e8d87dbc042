"""A real SMTP server on loopback, plain or with STARTTLS, that keeps what it is sent."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

PASSWORD = "s3cret"


class Inbox:
    """What arrived, in order: (recipient, message). `refuses` are recipients that are turned away."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, EmailMessage]] = []
        self.refuses: set[str] = set()

    def of(self, address: str) -> list[EmailMessage]:
        return [mail for who, mail in self.arrived if who == address]

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refuses:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        mail = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.arrived.extend((address, mail) for address in envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def mail_server(authority: trustme.CA | None = None) -> Iterator[tuple[Inbox, int]]:
    """The server's inbox and port. With an authority it takes mail only after STARTTLS and the password."""
    inbox, secure = Inbox(), {}
    if authority is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)

        def check(server, session, envelope, mechanism, auth_data) -> AuthResult:
            assert isinstance(auth_data, LoginPassword)
            return AuthResult(success=auth_data.password == PASSWORD.encode(), handled=False)

        secure = {"tls_context": context, "require_starttls": True, "authenticator": check, "auth_required": True}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port, **secure)
    server.start()
    try:
        yield inbox, port
    finally:
        server.stop()
