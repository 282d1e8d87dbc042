"""What was sent is remembered."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT

from paperhouse.readers.sent import Sent


def test_what_was_sent_is_not_sent_again_to_the_same_but_to_others(tmp_path: Path) -> None:
    for _ in range(2):
        sent = Sent(tmp_path / "deep" / "sent.sqlite")  # as another run
        for what in ("digest daily 2025-09-04", "digest daily 2025-09-05"):
            for who in ("a", "b"):
                before = sent.state(what, who)
                with sent.once(what, who) as ours:
                    assert ours is (before is None)
                assert sent.state(what, who) == "sent"


def test_what_failed_is_to_be_sent_again(tmp_path: Path) -> None:
    sent = Sent(tmp_path / "sent.sqlite")
    with pytest.raises(OSError, match="refused"), sent.once("m", "a"):
        raise OSError("refused")
    assert sent.state("m", "a") is None
    with sent.once("m", "a") as ours:
        assert ours


def test_one_of_many_at_once_sends_it(tmp_path: Path) -> None:
    def attempt(_: int) -> bool:
        with Sent(tmp_path / "sent.sqlite").once("m", "a") as ours:
            return ours

    Sent(tmp_path / "sent.sqlite")
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(24))) == [False] * 23 + [True]


def test_killed_while_it_was_on_its_way_it_is_not_sent_twice(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from paperhouse.readers.sent import Sent\n"
        f"with Sent(Path({str(tmp_path / 'sent.sqlite')!r})).once('m', 'a'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -9
    sent = Sent(tmp_path / "sent.sqlite")
    assert sent.state("m", "a") == "sending"
    with sent.once("m", "a") as ours:
        assert not ours
    assert sent.state("m", "a") == "sending"
