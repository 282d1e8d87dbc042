"""What was sent is remembered."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import ROOT

from paperhouse.readers.sent import Sent


def test_what_was_sent_is_not_sent_again_to_the_same_but_to_others(tmp_path: Path) -> None:
    for run in range(2):
        sent = Sent(tmp_path / "deep" / "sent.sqlite")
        for what in ("digest daily 2025-09-04", "digest daily 2025-09-05"):
            for who in ("a", "b"):
                assert sent.claim(what, who) is (run == 0)
                sent.settle(what, who, "sent")
                assert sent.state(what, who) == "sent"


def test_what_failed_is_owed_until_it_is_sent(tmp_path: Path) -> None:
    sent = Sent(tmp_path / "sent.sqlite")
    assert sent.claim("m", "a")
    assert not sent.claim("m", "a"), "it is on its way"
    sent.settle("m", "a", "failed")
    assert sent.failed("a") == ["m"]
    assert sent.failed("b") == []
    assert sent.claim("m", "a")
    sent.settle("m", "a", "sent")
    assert (sent.failed("a"), sent.claim("m", "a")) == ([], False)


def test_one_of_many_at_once_sends_it(tmp_path: Path) -> None:
    Sent(tmp_path / "sent.sqlite")
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: Sent(tmp_path / "sent.sqlite").claim("m", "a"), range(24)))
    assert sorted(claims) == [False] * 23 + [True]


def test_killed_while_it_was_on_its_way_it_is_not_sent_twice(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from paperhouse.readers.sent import Sent\n"
        f"Sent(Path({str(tmp_path / 'sent.sqlite')!r})).claim('m', 'a'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -9
    sent = Sent(tmp_path / "sent.sqlite")
    assert (sent.state("m", "a"), sent.claim("m", "a"), sent.failed("a")) == ("sending", False, [])


def test_alerts_that_were_not_told_are_kept(tmp_path: Path) -> None:
    sent = Sent(tmp_path / "sent.sqlite")
    for _ in range(2):
        sent.keep("k", "title", ("one", "two"))
    assert Sent(tmp_path / "sent.sqlite").untold() == [("k", "title", ("one", "two"))]
    sent.drop("k")
    assert sent.untold() == []
