"""What a feed adapter is."""

from datetime import date
from typing import Protocol

from paperhouse.records import Parsed


class Feed(Protocol):
    """One adapter a feed: bytes of one snapshot in, typed rows and their accounting out."""

    name: str
    """The feed's folder under the landing folder, and the first half of its table's name."""

    title: str
    """What it is, in a few words, for people."""

    is_api: bool
    """Whether its text is the feed's own data (an API) and so preferred to what a page shows."""

    def parse(self, body: bytes, day: date) -> Parsed:
        """Read one decompressed body, captured on or for `day`.

        Raises SnapshotError when the body as a whole cannot be read as this feed.
        """
        ...
