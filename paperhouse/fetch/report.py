"""What came of fetching a feed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from paperhouse.fetch.upstream import FetchError, NoUseError, UnreachableError
from paperhouse.snapshots import NOTE_SUFFIX

GIVE_UP_AFTER = 3
"""Failures in a row, each with its retries: the upstream is down. One thing that always fails must not keep the others back."""

Say = Callable[[str], None]


@dataclass
class Report:
    """Paths of what was written (bodies, and notes of bodies that came before), and what failed."""

    feed: str
    say: Say = lambda line: None  # noqa: ARG005
    bodies: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    left: int = 0
    """Things that were due and not asked for, since the upstream was down or had had enough: the next run asks."""
    is_unreachable: bool = False
    _in_a_row: int = 0

    def wrote(self, paths: list[str]) -> None:
        """Something was landed."""
        self._in_a_row = 0
        for path in paths:
            (self.notes if path.endswith(NOTE_SUFFIX) else self.bodies).append(path)

    def failed(self, what: str, error: FetchError) -> bool:
        """Something was not; True when there is no use in going on."""
        self.failures.append(f"{what}: {error}")
        self.say(f"{self.feed}: {what}: {error}")
        if isinstance(error, UnreachableError):
            self._in_a_row += 1
        self.is_unreachable = isinstance(error, NoUseError) or self._in_a_row >= GIVE_UP_AFTER
        return self.is_unreachable

    def __iadd__(self, other: "Report") -> "Report":
        self.bodies += other.bodies
        self.notes += other.notes
        self.failures += other.failures
        self.left += other.left
        self.is_unreachable |= other.is_unreachable
        return self

    def summary(self) -> str:
        """One line for people."""
        told = f"{len(self.bodies)} new bodies, {len(self.notes)} that were the same as before"
        if self.failures:
            told += f", {len(self.failures)} failures, the first: {self.failures[0]}"
        if self.left:
            told += f"; {self.left} not asked for, left to the next run"
        return f"{self.feed}: {told}"
