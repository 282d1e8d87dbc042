"""What a feed adapter is."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO, Protocol, runtime_checkable

import polars as pl

from paperhouse.records import Parsed

Meta = Mapping[str, Any]
"""What is known of the request that brought a body: its `.meta.json` (docs of the landing folder), {} where there is none."""

NO_META: Meta = {}


class Feed(Protocol):
    """One adapter a feed: bytes of one snapshot in, typed rows and their accounting out."""

    name: str
    """The feed's folder under the landing folder, and the first half of its table's name."""

    title: str
    """What it is, in a few words, for people."""

    record: pl.Schema
    """The shape of its records: PAPER_RECORD or REPO_RECORD."""

    is_api: bool
    """Whether its text is the feed's own data (an API) and so preferred to what a page shows."""

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:
        """Read one decompressed body, captured on or for `day`, as the answer to the request that `meta` tells of.

        Raises SnapshotError when the body as a whole cannot be read as this feed.
        """
        ...


@runtime_checkable
class Streamed(Protocol):
    """A feed whose bodies do not fit into the memory: read in batches, each accounted for like a body of its own."""

    def parse_batches(self, file: BinaryIO, day: date) -> Iterator[Parsed]:
        """Read a decompressed body from its beginning. Positions run on from batch to batch.

        Raises SnapshotError when the body cannot be read on.
        """
        ...
