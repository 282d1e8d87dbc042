"""Alerts, of runs that Dagster's own daemon launched; and which days are missing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, House
from upstream_server import TurnedClock, paper
from webhook import Hook, webhook

PATIENCE = 240  # seconds, on a machine that has other things to do too


class Ui:
    """`make ui` in a process of its own, over a landing folder and a data folder of its own."""

    def __init__(self, folder: Path, hook: Hook) -> None:
        self.raw, self.data = folder / "raw", folder / "data"
        self.raw.mkdir()
        self.env = os.environ | {
            "PAPERHOUSE_RAW": str(self.raw),
            "PAPERHOUSE_DATA": str(self.data),
            "PAPERHOUSE_ALERT_WEBHOOK": hook.url,
            "DAGSTER_HOME": str(self.data / "dagster"),
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.log = (folder / "ui.log").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.ui", "-p", str(port)],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def land(self, day: str, *items: dict, name: str = "body.json") -> None:
        body = self.raw / "hf_daily_papers" / day / name
        body.parent.mkdir(parents=True, exist_ok=True)
        body.write_text(json.dumps(items))

    def launch(self, job: str) -> None:
        dagster = str(Path(sys.executable).with_name("dagster"))
        command = [dagster, "job", "launch", "-w", "workspace.yaml", "-j", job]
        subprocess.run(command, cwd=ROOT, env=self.env, check=True, capture_output=True)

    def stop(self) -> None:
        os.killpg(self._process.pid, signal.SIGINT)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
        self.log.close()


@pytest.fixture(scope="module")
def hook() -> Iterator[Hook]:
    with webhook() as hook:
        yield hook


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory, hook: Hook) -> Iterator[Ui]:
    ui = Ui(tmp_path_factory.mktemp("alerts"), hook)
    yield ui
    ui.stop()


def _wait(until: Callable[[], bool], ui: Ui) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            ui.log.seek(0)
            pytest.fail("nothing was told in time; the log ends:\n" + ui.log.read()[-3000:])
        time.sleep(0.5)


def test_a_launched_runs_failure_a_changed_shape_and_a_missing_day_are_told_once(ui: Ui, hook: Hook) -> None:
    today = datetime.now(UTC).date()
    ui.land(str(today - timedelta(days=9)), paper(1, 1) | {"brandNewKey": 1})
    ui.land(str(today - timedelta(days=8)), name="broken.json")
    (ui.raw / "hf_daily_papers" / str(today - timedelta(days=8)) / "broken.json").write_text("{")
    _wait(lambda: any("is missing" in text for text in hook.texts), ui)
    ui.launch("refresh")
    _wait(lambda: any("has changed its shape" in text for text in hook.texts), ui)
    _wait(lambda: any("a blocking check failed" in text for text in hook.texts), ui)
    # Somebody has opened the published file for writing: the next publish is withheld.
    (ui.data / "marts.duckdb.wal").write_bytes(b"")
    ui.land(str(today - timedelta(days=7)), paper(2, 1) | {"brandNewKey": 1})
    ui.launch("refresh")
    _wait(lambda: any("failed" in text.splitlines()[0] and "run of refresh" in text for text in hook.texts), ui)

    (failed,) = [text for text in hook.texts if "the run of refresh failed" in text]
    assert "publish__marts: " in failed
    assert "marts.duckdb.wal lies beside the published file" in failed
    (shape,) = [text for text in hook.texts if "has changed its shape" in text]
    assert "keys not known to the adapter: brandNewKey" in shape
    assert [text for text in hook.texts if "a blocking check failed" in text and "broken.json" not in text] == []
    assert len(set(hook.texts)) == len(hook.texts), "each thing once"


def test_the_checks_that_tell_of_a_changed_shape_are_parsing_checks() -> None:
    from orchestration.defs.alerts import _SHAPE
    from paperhouse.quality import PARSING_CHECKS

    assert {check.name for check in PARSING_CHECKS} >= _SHAPE


def test_weekdays_without_a_file_are_missing_from_noon_of_the_next_day(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.defs.alerts import missing_days
    from paperhouse.fetch import clock as clocks

    clock = TurnedClock(datetime(2025, 9, 10, 11, 59, tzinfo=UTC))  # a Wednesday
    monkeypatch.setattr(clocks, "CLOCK", clock)
    assert missing_days() == [], "nothing was ever fetched"
    for day in ("2025-09-03", "2025-09-05"):
        body = house.raw / "hf_daily_papers" / day / "body.json"
        body.parent.mkdir(parents=True)
        body.write_text("[]")
    assert [str(day) for day in missing_days()] == ["2025-09-04", "2025-09-08"], "a weekend may be empty"
    clock.turn(minutes=1)
    assert [str(day) for day in missing_days()] == ["2025-09-04", "2025-09-08", "2025-09-09"]
