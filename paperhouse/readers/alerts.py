"""Alerts: what went wrong, told by mail and to a Slack-compatible webhook, each thing once.

A webhook gets `{"text": …}`: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/.
"""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from paperhouse.readers import mail
from paperhouse.readers.sent import Sent
from paperhouse.settings import Settings

TIMEOUT = 30
_LONGEST = 3_500
"""Characters of a text: Slack cuts at 4,000, and whoever wants more looks into the run."""

WEBHOOK = "webhook"


class AlertError(RuntimeError):
    """An alert could not be told to somebody. It is kept, and `tell_the_untold` tries again."""


@dataclass(frozen=True)
class Alert:
    """What went wrong. `key` is the same for the same thing, which is told once."""

    key: str
    title: str
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        body = "\n".join([self.title, *(f"- {line}" for line in self.lines)])
        return body if len(body) <= _LONGEST else body[: _LONGEST - 1] + "…"


def is_on(settings: Settings) -> bool:
    """Whether there is anybody to tell."""
    return bool(settings.chosen(settings.alert_to) or settings.alert_webhook.get_secret_value())


def tell(alert: Alert, settings: Settings) -> list[str]:
    """Tell everybody who was not told yet; returns whom. Raises AlertError, after having tried the others."""
    sent, told, failed = Sent(settings.sent), [], []
    ways: dict[str, Callable[[], None]] = {
        address: lambda to=address: _by_mail(alert, to, settings) for address in settings.chosen(settings.alert_to)
    }
    if url := settings.alert_webhook.get_secret_value():
        ways[WEBHOOK] = lambda: _by_webhook(alert, url)
    for who, way in ways.items():
        if not sent.claim(f"alert {alert.key}", who):
            continue
        try:
            way()
        except AlertError as error:
            sent.settle(f"alert {alert.key}", who, "failed")
            failed.append(f"{who}: {error}")
        else:
            sent.settle(f"alert {alert.key}", who, "sent")
            told.append(who)
    if failed:
        sent.keep(alert.key, alert.title, alert.lines)
        raise AlertError("; ".join(failed))
    sent.drop(alert.key)
    return told


def tell_the_untold(settings: Settings) -> list[str]:
    """Try again what could not be told; returns why it still cannot, or nothing."""
    problems = []
    for kept in Sent(settings.sent).untold():
        try:
            tell(Alert(*kept), settings)
        except AlertError as error:
            problems.append(str(error))
    return problems


def _by_mail(alert: Alert, to: str, settings: Settings) -> None:
    with mail.Mailer(settings) as mailer:
        try:
            mailer.send(mail.message(settings.mail_from, to, f"Paperhouse: {alert.title}", alert.text))
        except (mail.MailError, mail.RefusedError, mail.UnknownError) as error:  # rather twice than never
            raise AlertError(str(error)) from error


def _by_webhook(alert: Alert, url: str) -> None:
    # `<`, `>` and `&` are Slack's own signs: https://docs.slack.dev/messaging/formatting-message-text/
    text = alert.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    try:
        httpx.post(url, json={"text": text}, timeout=TIMEOUT).raise_for_status()
    except httpx.HTTPStatusError as error:
        raise AlertError(f"HTTP {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AlertError(type(error).__name__) from error  # never the address: it is a secret
