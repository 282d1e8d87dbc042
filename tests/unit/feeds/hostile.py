"""What every adapter is held to: a body is accounted for to its last item, or refused; and bodies that try."""

from collections.abc import Callable
from typing import Any

import polars as pl
from hypothesis import strategies as st

from paperhouse.records import PAPER_RECORD, REJECT, Parsed, SnapshotError

PIECES = [b"", b"<", b">", b"&amp;", b"&x;", b"</", b"<!--", b"]]>", b"null", b"[", b"{}", b'"', b"\n", b"\r\n", b"\xff", b"\0",
          b"1e999", b"\\ud800", b"9" * 20, "é…\ufeff".encode()]  # fmt: skip

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10) | st.sampled_from(["\ud800", "\0", "a/b", "2401.00001", "2025-01-01T00:00:00+14:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
"""Any JSON value, half a surrogate pair among its texts."""


def assert_balanced(parsed: Parsed, record: pl.Schema = PAPER_RECORD) -> None:
    assert parsed.items == parsed.records.height + parsed.repeats + parsed.furniture + parsed.rejects.height
    assert parsed.units == parsed.covered
    assert parsed.repeats >= 0
    assert parsed.records.schema == record
    assert parsed.rejects.schema == REJECT
    parsed.records.rows()  # raises for a date that Python has not


def accounted_for_or_refused(parse: Callable[[bytes], Parsed], body: bytes, record: pl.Schema = PAPER_RECORD) -> None:
    try:
        parsed = parse(body)
    except SnapshotError as error:
        str(error).encode()  # the reason goes into the ledger
        return
    assert_balanced(parsed, record)
    "".join(parsed.unknown_keys).encode()


@st.composite
def mutated(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """A body with pieces cut out, doubled, moved or overwritten, or cut short."""
    body = draw(st.sampled_from(bodies))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        piece = body[start : start + draw(st.sampled_from([1, 2, 10, 100, 1_000]))]
        rest = body[:start] + body[start + len(piece) :]
        there = draw(st.integers(0, len(rest)))
        other = draw(st.sampled_from(PIECES))
        body = draw(
            st.sampled_from(
                [rest, body[:start] + piece + body[start:], rest[:there] + piece + rest[there:], body[:start],
                 body[:start] + other + body[start + len(piece) :]]
            )
        )  # fmt: skip
    return body


def only(parsed: Parsed) -> dict[str, Any]:
    """The one record of a body of one."""
    assert_balanced(parsed, parsed.records.schema)
    assert parsed.rejects.rows() == []
    return parsed.records.row(0, named=True)
