"""What all tests share: where the shared data lie, and a house of its own for those that run the pipeline.

The settings are read once a process, so each worker gets one landing folder and one data folder, and a test that runs the
pipeline starts from empty ones (`house`).
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings as property_tests

# No test is timed: the first example may wait for a compiled pass.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
# For a job in this process: what Dagster says of every step is not for the terminal.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
SAMPLE = ROOT / "raw" / "hf_papers_page" / "2025-09-04" / "page.txt"


def _home() -> Path:
    """This process's folder, the same however often this file is imported: pytest does it under one name, tests under another."""
    pid, _, path = os.environ.get("PAPERHOUSE_TESTS_HOME", "").partition(" ")
    if pid != str(os.getpid()):
        path = tempfile.mkdtemp(prefix="paperhouse-tests-")
        os.environ["PAPERHOUSE_TESTS_HOME"] = f"{os.getpid()} {path}"
    return Path(path)


_HOME = _home()
os.environ |= {"PAPERHOUSE_RAW": str(_HOME / "raw"), "PAPERHOUSE_DATA": str(_HOME / "data")}


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the repository; tests that need it are skipped where it is not."""
    from paperhouse.settings import settings

    if not (settings().shared / "feeds").is_dir():
        pytest.skip(f"no shared data at {settings().shared} (PAPERHOUSE_SHARED)")
    return settings().shared


@dataclass
class House:
    """A landing folder and a data folder, and the pipeline between them."""

    raw: Path
    data: Path

    def land(self, source: Path, feed: str, day: str, name: str | None = None) -> Path:
        target = self.raw / feed / day / (name or source.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return target

    def run(self) -> list[str]:
        """Run the job `refresh` in this process; returns why it did not publish, or nothing."""
        from orchestration.job import run_job

        self.said: list[str] = []
        return run_job("refresh", self.said.append)

    def rows(self, query: str) -> list[tuple]:
        """Rows of a query on the published marts."""
        from paperhouse.duckdb_file import open_marts

        with open_marts(self.data / "marts.duckdb") as con:
            return con.execute(query).fetchall()

    def hashes(self) -> dict[str, tuple]:
        """Each published mart's rows and a hash of them, without the columns that tell when we did something."""
        from paperhouse.duckdb_file import open_marts

        with open_marts(self.data / "marts.duckdb") as con:
            tables = [
                r[0]
                for r in con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            ]
            return {t: _hash(con, t) for t in sorted(tables) if t != "publish_info"}

    def empty(self) -> None:
        for folder in (self.raw, self.data):
            for path in folder.iterdir() if folder.exists() else ():
                if path.name == "dbt_target":  # parsing the project anew takes seconds and tells nothing
                    continue
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            folder.mkdir(parents=True, exist_ok=True)


def _hash(con: duckdb.DuckDBPyConnection, table: str) -> tuple:
    columns = [r[0] for r in con.execute(f"describe marts.{table}").fetchall() if r[0] not in ("parsed_at", "built_at")]
    chosen = ", ".join(f'"{c}"' for c in columns)
    return con.execute(
        f"select count(*), sum(hash(t)::hugeint) from (select {chosen} from marts.{table}) as t"
    ).fetchall()[0]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A house with empty folders, for the tests of one module."""
    from paperhouse.settings import settings

    house = House(settings().raw, settings().data)
    house.empty()
    yield house
    house.empty()


@pytest.fixture
def python() -> Callable[..., list[str]]:
    """The command line of a module of ours, with this Python."""
    return lambda module, *arguments: [sys.executable, "-m", module, *arguments]
