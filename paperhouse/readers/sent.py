"""What was sent to whom, so that a run that is repeated sends nothing twice: a small SQLite file."""

import json
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_TABLES = """
    create table if not exists sent (
        what text not null, recipient text not null, at text not null,
        state text not null check (state in ('sending', 'sent', 'failed')),
        primary key (what, recipient)
    );
    create table if not exists untold (key text primary key, title text not null, lines text not null)
"""


class Sent:
    """What was sent, remembered across runs and processes. `what` names a message: `digest daily 2026-11-20`.

    `sending` while it is on its way, and for ever where nobody knows what became of it: the process was killed, or the
    server hung up on it. It is not sent again. `failed` was certainly not sent, and may be.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._open() as con:
            con.executescript(_TABLES)

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        con = sqlite3.connect(self._path, timeout=30)
        try:
            with con:  # one transaction
                yield con
        finally:
            con.close()

    def state(self, what: str, recipient: str) -> str | None:
        """`sending`, `sent`, `failed`, or None: it was never tried."""
        with self._open() as con:
            row = con.execute("select state from sent where what = ? and recipient = ?", (what, recipient)).fetchone()
        return row[0] if row else None

    def failed(self, recipient: str) -> list[str]:
        """What was to be sent and failed."""
        with self._open() as con:
            rows = con.execute(
                "select what from sent where recipient = ? and state = 'failed' order by what", (recipient,)
            )
            return [row[0] for row in rows]

    def claim(self, what: str, recipient: str) -> bool:
        """Whether it is ours to send: nobody has, nobody is about to. It is `sending` from now on."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open() as con:
            return (
                con.execute(
                    "insert into sent values (?, ?, ?, 'sending') on conflict do update set state = 'sending', at = excluded.at"
                    " where state = 'failed'",
                    (what, recipient, at),
                ).rowcount
                == 1
            )

    def settle(self, what: str, recipient: str, state: str) -> None:
        """What became of it: `sent` or `failed`."""
        with self._open() as con:
            con.execute("update sent set state = ? where what = ? and recipient = ?", (state, what, recipient))

    def keep(self, key: str, title: str, lines: tuple[str, ...]) -> None:
        """Keep an alert that could not be told to everybody."""
        with self._open() as con:
            con.execute("insert or replace into untold values (?, ?, ?)", (key, title, json.dumps(lines)))

    def drop(self, key: str) -> None:
        with self._open() as con:
            con.execute("delete from untold where key = ?", (key,))

    def untold(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The alerts that are still to be told to somebody: key, title, lines."""
        with self._open() as con:
            rows = con.execute("select key, title, lines from untold order by key").fetchall()
        return [(key, title, tuple(json.loads(lines))) for key, title, lines in rows]
