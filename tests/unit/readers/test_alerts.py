"""Alerts, told through a real SMTP server and a real webhook."""

from collections.abc import Iterator

import pytest
from mail_server import mail_server
from pydantic import SecretStr
from webhook import Hook, webhook

from paperhouse.readers.alerts import Alert, AlertError, is_on, tell, tell_the_untold
from paperhouse.settings import Settings

ALERT = Alert("day 1", "a day is\nmissing", ("nothing of <2025-09-04> & later",))


@pytest.fixture
def hook() -> Iterator[Hook]:
    with webhook() as hook:
        yield hook


def test_each_thing_is_told_once_by_mail_and_to_the_webhook(here: Settings, hook: Hook) -> None:
    with mail_server() as (inbox, port):
        settings = here.model_copy(
            update={"smtp_port": port, "alert_to": "a@example.org, b@example.org", "alert_webhook": SecretStr(hook.url)}
        )
        assert tell(ALERT, settings) == ["a@example.org", "b@example.org", "webhook"]
        assert tell(ALERT, settings) == []
        assert tell(Alert("day 2", "another"), settings) == ["a@example.org", "b@example.org", "webhook"]
        mails = inbox.of("a@example.org")
    assert [mail["Subject"] for mail in mails] == ["Paperhouse: a day is missing", "Paperhouse: another"]
    assert mails[0].get_content() == "a day is\nmissing\n- nothing of <2025-09-04> & later\n"
    assert hook.posted[0] == {"text": "a day is\nmissing\n- nothing of &lt;2025-09-04&gt; &amp; later"}


def test_whom_it_could_not_reach_is_told_the_next_time_and_nobody_else_twice(here: Settings, hook: Hook) -> None:
    settings = here.model_copy(update={"alert_to": "a@example.org", "alert_webhook": SecretStr(hook.url)})
    with pytest.raises(AlertError, match=r"a@example\.org: 127\.0\.0\.1:1"):
        tell(ALERT, settings)
    assert len(hook.posted) == 1
    assert "127.0.0.1:1" in tell_the_untold(settings)[0]
    with mail_server() as (inbox, port):
        settings = settings.model_copy(update={"smtp_port": port})
        assert tell_the_untold(settings) == []
        assert tell_the_untold(settings) == []
        assert [mail["Subject"] for mail in inbox.of("a@example.org")] == ["Paperhouse: a day is missing"]
    assert len(hook.posted) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "http://[", "nonsense", "http://127.0.0.1:port/"])
def test_a_webhook_that_is_none_is_an_alert_untold(here: Settings, url: str) -> None:
    with pytest.raises(AlertError, match=r"webhook: [A-Za-z]+$"):
        tell(ALERT, here.model_copy(update={"alert_webhook": SecretStr(url)}))


def test_mail_without_a_server_names_the_setting_that_lacks(here: Settings) -> None:
    with pytest.raises(AlertError, match="PAPERHOUSE_SMTP_HOST is not set"):
        tell(ALERT, here.model_copy(update={"alert_to": "a@example.org", "smtp_host": ""}))


@pytest.mark.parametrize("status", [404, 500])
def test_a_webhook_that_refuses_is_an_error_that_does_not_tell_its_address(
    here: Settings, hook: Hook, status: int
) -> None:
    hook.status = status
    settings = here.model_copy(update={"alert_webhook": SecretStr(hook.url)})
    with pytest.raises(AlertError, match=f"webhook: HTTP {status}") as error:
        tell(ALERT, settings)
    assert "secret-path" not in str(error.value)
    hook.status = 200
    assert tell(ALERT, settings) == ["webhook"]


def test_it_is_off_until_there_is_somebody_to_tell(here: Settings) -> None:
    assert not is_on(here)
    assert is_on(here.model_copy(update={"alert_to": "a@example.org"}))
    assert is_on(here.model_copy(update={"alert_webhook": SecretStr("http://127.0.0.1:9")}))
    assert tell(ALERT, here) == []


def test_a_long_one_is_cut() -> None:
    assert len(Alert("k", "t", ("x" * 9000,)).text) == 3_500
