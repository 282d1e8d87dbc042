"""Alerts: what went wrong, told by mail and to a Slack-compatible webhook, each thing once.

A webhook gets `{"text": …}`: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/.
"""

from dataclasses import dataclass

import httpx

from paperhouse.readers import mail
from paperhouse.readers.sent import Sent
from paperhouse.settings import Settings

TIMEOUT = 30
_LONGEST = 3_500
"""Characters of a text: Slack cuts at 4,000, and whoever wants more looks into the run."""


class AlertError(RuntimeError):
    """An alert could not be told to somebody; it is not marked as told."""


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
    what = f"alert {alert.key}"
    for address in settings.chosen(settings.alert_to):
        try:
            with sent.once(what, address) as ours:
                if ours:
                    with mail.connected(settings) as server:
                        server.send_message(
                            mail.message(settings.mail_from, address, f"Paperhouse: {alert.title}", alert.text)
                        )
                    told.append(address)
        except mail.MailError as error:
            failed.append(f"{address}: {error}")
    url = settings.alert_webhook.get_secret_value()
    if url:
        try:
            with sent.once(what, "webhook") as ours:
                if ours:
                    # `<`, `>` and `&` are Slack's own signs: https://docs.slack.dev/messaging/formatting-message-text/
                    text = alert.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                    httpx.post(url, json={"text": text}, timeout=TIMEOUT).raise_for_status()
                    told.append("webhook")
        except httpx.HTTPStatusError as error:
            failed.append(f"webhook: HTTP {error.response.status_code}")
        except httpx.HTTPError as error:
            failed.append(f"webhook: {type(error).__name__}")  # never the address: it is a secret
    if failed:
        raise AlertError("; ".join(failed))
    return told
