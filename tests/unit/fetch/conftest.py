"""A fake upstream, a clock that is turned by hand, and a landing folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from upstream_server import FakeUpstream, TurnedClock, serve

from paperhouse.fetch.upstream import Upstream


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def server(clock: TurnedClock) -> Iterator[FakeUpstream]:
    with serve(FakeUpstream(clock)) as server:
        yield server


@pytest.fixture
def upstream(server: FakeUpstream, clock: TurnedClock, tmp_path: Path) -> Iterator[Upstream]:
    with Upstream("test", [server.url], tmp_path / "state", clock=clock) as upstream:
        yield upstream
