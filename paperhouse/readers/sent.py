"""What was sent to whom, so that a run that is repeated sends nothing twice: a small SQLite file."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_TABLE = """
    create table if not exists sent (
        what text not null, recipient text not null, state text not null check (state in ('sending', 'sent')), at text not null,
        primary key (what, recipient)
    )
"""


class Sent:
    """What was sent, remembered across runs and processes. `what` names a message: `digest daily 2026-11-20`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._open() as con:
            con.execute(_TABLE)

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        con = sqlite3.connect(self._path, timeout=30)
        try:
            with con:  # one transaction
                yield con
        finally:
            con.close()

    def state(self, what: str, recipient: str) -> str | None:
        """`sent`; `sending` while it is on its way, and for ever where the process was killed meanwhile; else None."""
        with self._open() as con:
            row = con.execute("select state from sent where what = ? and recipient = ?", (what, recipient)).fetchone()
        return row[0] if row else None

    @contextmanager
    def once(self, what: str, recipient: str) -> Generator[bool]:
        """Whether it is ours to send: nobody has, or is about to. When the block ends it was sent; when it raises, it was not.

        Killed in between, nobody knows whether the mail went out: it is not sent again.
        """
        with self._open() as con:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            row = (what, recipient, "sending", at)
            ours = con.execute("insert or ignore into sent values (?, ?, ?, ?)", row).rowcount == 1
        try:
            yield ours
        except BaseException:
            if ours:
                with self._open() as con:
                    con.execute("delete from sent where what = ? and recipient = ?", (what, recipient))
            raise
        if ours:
            with self._open() as con:
                con.execute("update sent set state = 'sent' where what = ? and recipient = ?", (what, recipient))
