"""What the job makes for readers after the marts: search, the report, the digest; and that nothing of it holds a run back."""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from conftest import QUIET, House
from mail_server import Inbox, mail_server
from upstream_server import TurnedClock, paper

SUBSCRIBER = '[[subscriber]]\naddress = "{}"\n'


@pytest.fixture(scope="module")
def subscribers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers") / "subscribers.toml"


@pytest.fixture(scope="module")
def inbox(house: House, subscribers: Path) -> Iterator[Inbox]:
    """A house that knows a mail server and a file of subscribers, on the day after its newest list."""
    from paperhouse.fetch import clock as clocks
    from paperhouse.settings import settings

    clock = TurnedClock()
    with mail_server() as (inbox, port), pytest.MonkeyPatch.context() as patch:
        known = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "p@example.org",
        }
        for name, value in (known | {"SUBSCRIBERS": str(subscribers)}).items():
            patch.setenv(f"PAPERHOUSE_{name}", value)
        patch.setattr(clocks, "CLOCK", clock)
        settings.cache_clear()
        yield inbox
    settings.cache_clear()


def _land(house: House, day: str, *numbers: int) -> None:
    body = house.raw / "hf_daily_papers" / day / "body.json"
    body.parent.mkdir(parents=True)
    body.write_text(json.dumps([paper(n, 10 * n) for n in numbers]))


def test_a_run_writes_them_all_and_the_mail_goes_out(house: House, inbox: Inbox, subscribers: Path) -> None:
    from paperhouse.publish import published_version
    from paperhouse.readers.report import report_version
    from paperhouse.search import find, search_version

    subscribers.write_text(SUBSCRIBER.format("ana@example.org"))
    _land(house, "2025-09-09", 1, 2)
    assert house.run() == []
    version = published_version(house.data / "marts.duckdb", house.data / "parquet")
    assert (
        version == report_version(house.data / "report" / "index.html") == search_version(house.data / "search.duckdb")
    )
    assert find(house.data / "search.duckdb", "counting").height == 2
    assert "2025-09-09" in (house.data / "report" / "digest.atom").read_text()
    (mail,) = inbox.of("ana@example.org")
    assert mail["Subject"] == "Papers of 9 September 2025"
    assert "+20 votes" in mail.get_body(("plain",)).get_content()


def test_mail_that_is_asked_for_again_goes_to_newcomers_alone(house: House, inbox: Inbox, subscribers: Path) -> None:
    from orchestration.definitions import defs

    subscribers.write_text(SUBSCRIBER.format("ana@example.org") + SUBSCRIBER.format("ben@example.org"))
    with dg.DagsterInstance.get() as instance:
        again = [dg.AssetKey(["publish", "digest"])]
        assert (
            defs.resolve_job_def("refresh")
            .execute_in_process(instance=instance, asset_selection=again, run_config=QUIET)
            .success
        )
    assert (len(inbox.of("ana@example.org")), len(inbox.of("ben@example.org"))) == (1, 1)


def test_what_cannot_be_sent_or_indexed_warns_and_the_marts_are_published(
    house: House, inbox: Inbox, subscribers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.defs import readers
    from paperhouse.search import NoExtensionError

    def no_extension(*_: object) -> int:
        raise NoExtensionError("DuckDB has no extension fts: offline")

    monkeypatch.setattr(readers, "write_search", no_extension)
    subscribers.write_text("[[subscriber]]\naddress = 'nobody'\n")
    _land(house, "2025-09-05", 4)
    assert house.run() == []
    assert house.rows("select count(*) from marts.papers") == [(3,)]
    assert sorted(line for line in house.said if line.startswith("warning: publish/")) == [
        f"warning: publish/digest: sent: {subscribers}: subscriber 1, address: no address of mail",
        "warning: publish/search: is_written: DuckDB has no extension fts: offline",
    ]
    assert len(inbox.arrived) == 2
    assert not (house.data / "search.duckdb").exists(), "an index of an older publish would find what is gone"


def test_a_report_that_cannot_be_written_fails_the_run_after_the_marts_were_published(
    house: House, inbox: Inbox
) -> None:
    from paperhouse.publish import published_version

    page = house.data / "report" / "index.html"
    page.unlink()
    page.mkdir()
    before = published_version(house.data / "marts.duckdb", house.data / "parquet")
    _land(house, "2025-09-04", 5)
    (failed,) = house.run()
    assert failed.startswith("publish__report: ")
    assert published_version(house.data / "marts.duckdb", house.data / "parquet") != before
