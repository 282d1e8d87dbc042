"""`make run` as a user meets it: what it prints, its exit status, and that it can be killed and run again."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from conftest import FIXTURES, ROOT, SAMPLE

# The oldest that is promised, the long-supported one, the newest of this line, the next line; `make unit` fetches them.
OTHER_DUCKDBS = ("1.1.3", "1.4.5", "1.5.6", "2.0.0")
READ = """
import duckdb, sys
with duckdb.connect() as con:
    con.sql(f"attach '{sys.argv[1]}' as p (read_only)")
    print(duckdb.__version__, con.execute("select count(*) from p.marts.papers").fetchall()[0][0])
"""
# As the README opens the file; and as R, JDBC and Superset do, which name it when they connect.
READ_ALL = """
import duckdb, json, sys
read = {}
with duckdb.connect() as con:
    con.sql(f"attach '{sys.argv[1]}' as paperhouse (read_only)")
    con.sql("use paperhouse.marts")
    names = "select table_name from duckdb_tables() where database_name = 'paperhouse' order by 1"
    for (mart,) in con.execute(names).fetchall():
        rows = con.execute(f'select * from "{mart}" limit 50').fetchall()
        read[mart] = [con.execute(f'select count(*) from "{mart}"').fetchall()[0][0], len(rows[0]) if rows else 0]
    for query in sys.argv[2:]:
        con.execute(query).fetchall()
    try:
        con.execute("delete from papers")
    except duckdb.Error as error:
        assert "read-only" in str(error), error
    else:
        raise AssertionError("it wrote")
with duckdb.connect(sys.argv[1], read_only=True) as con:
    assert con.execute("select count(*) from marts.marts.papers").fetchall()[0][0] == read["papers"][0]
print(json.dumps([duckdb.__version__, read]))
"""


class Place:
    """A landing folder and a data folder of its own, and the command."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.data = folder / "raw", folder / "data"
        self.env = os.environ | {"PAPERHOUSE_RAW": str(self.raw), "PAPERHOUSE_DATA": str(self.data)}
        self.command = [sys.executable, "-m", "orchestration.run"]
        self.raw.mkdir()

    def land(self, source: Path, feed: str, day: str) -> None:
        (self.raw / feed / day).mkdir(parents=True, exist_ok=True)
        (self.raw / feed / day / source.name).write_bytes(source.read_bytes())

    def run(self, *job: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *job], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=300
        )

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL, start_new_session=True)

    def read(self, version: str) -> tuple[str, int]:
        """Papers in the published file, as another process with that DuckDB sees them."""
        out = self.python(version, READ).split()
        return out[0], int(out[1])

    def python(self, version: str, code: str, *arguments: str) -> str:
        """What a process with that DuckDB prints, given the published file."""
        env = os.environ | ({"PYTHONPATH": str(folder_of(version))} if version in OTHER_DUCKDBS else {})
        command = [sys.executable, "-c", code, str(self.data / "marts.duckdb"), *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout


def folder_of(version: str) -> Path:
    """Where `make unit` has put that DuckDB. Elsewhere than in CI, a test that needs one that is not there is skipped."""
    folder = ROOT / ".compat" / f"duckdb-{version}"
    if not folder.is_dir():
        assert not os.environ.get("CI"), f"{folder.name} is missing: CI runs `make unit`, which fetches it"
        pytest.skip(f"{folder.name} is fetched by `make unit`")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("place"))


def test_an_empty_landing_folder_is_nothing_to_do(place: Place) -> None:
    done = place.run()
    assert done.returncode == 0
    assert "no snapshot lies in" in done.stdout


def test_the_first_run_publishes_and_prints_what_it_did_and_what_it_could_not_read(place: Place) -> None:
    place.land(SAMPLE, "hf_papers_page", "2025-09-04")
    place.land(FIXTURES / "hf_daily_papers" / "fault_truncated.json", "hf_daily_papers", "2025-09-05")
    place.land(FIXTURES / "hf_daily_papers" / "fault_truncated.json", "hf_dayly_papers", "2025-09-05")
    done = place.run()
    assert done.returncode == 0, done.stdout
    for line in (
        "papers              81",
        "rejects             1",
        "rejected snapshots  1",
        str(place.data / "marts.duckdb"),
    ):
        assert line in done.stdout
    assert "hf_daily_papers/2025-09-05/fault_truncated.json: rejected: not JSON" in done.stdout
    assert "no feed is called 'hf_dayly_papers'" in done.stdout


def test_a_run_with_nothing_new_says_so_and_touches_nothing(place: Place) -> None:
    before = (place.data / "marts.duckdb").stat()
    done = place.run()
    assert done.returncode == 0
    assert "nothing new" in done.stdout
    after = (place.data / "marts.duckdb").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_publish_that_is_withheld_is_status_1_with_the_reason(place: Place) -> None:
    place.land(FIXTURES / "hf_daily_papers" / "2025-03-17.json", "hf_daily_papers", "2025-03-17")
    wal = place.data / "marts.duckdb.wal"
    wal.write_bytes(b"left by somebody")
    done = place.run()
    wal.unlink()
    assert done.returncode == 1
    assert "publishing was withheld" in done.stdout
    assert "somebody has opened it for writing" in done.stdout
    assert place.read("1.5.5")[1] == 81


def test_the_published_file_is_read_by_old_and_new_duckdb_while_a_run_is_writing(place: Place) -> None:
    folder_of("1.1.3")
    versions = ("1.1.3", "1.5.5")
    place.land(FIXTURES / "hf_daily_papers" / "2025-05-22.json", "hf_daily_papers", "2025-05-22")
    seen = {version: [place.read(version)] for version in versions}
    run = place.start()
    while run.poll() is None:
        for version in versions:
            seen[version].append(place.read(version))
        time.sleep(0.5)  # readers that never rest take a core from the run
    assert run.returncode == 0
    for version in versions:
        told, papers = zip(*seen[version], place.read(version), strict=True)
        assert set(told) == {version}
        assert list(papers) == sorted(papers)
        # the day that was withheld before comes with this one
        assert (papers[0], papers[-1]) == (81, 85)
        assert len(papers) > 5


@pytest.mark.parametrize("version", OTHER_DUCKDBS)
def test_every_duckdb_that_is_promised_reads_every_mart_and_answers_the_readme(place: Place, version: str) -> None:
    queries = re.findall(r"```sql\n(.*?)```\n<!-- output -->", (ROOT / "README.md").read_text(), re.S)
    assert queries
    told, read = json.loads(place.python(version, READ_ALL, *queries))
    assert told == version
    with duckdb.connect() as con:
        con.sql(f"attach '{place.data / 'marts.duckdb'}' as p (read_only)")
        tables = con.execute(
            "select table_name, column_count from duckdb_tables() where database_name = 'p'"
        ).fetchall()
        rows = {name: con.execute(f'select count(*) from p.marts."{name}"').fetchall()[0][0] for name, _ in tables}
    assert {mart: count for mart, (count, _) in read.items()} == rows
    assert {mart: width for mart, (_, width) in read.items() if width} == {n: c for n, c in tables if rows[n]}


def test_a_run_that_is_killed_is_made_good_by_the_next(place: Place) -> None:
    place.land(FIXTURES / "hf_daily_papers" / "2025-10-03.json", "hf_daily_papers", "2025-10-03")
    ledger = place.data / "warehouse.duckdb"
    run = place.start()
    size = ledger.stat().st_mtime_ns
    while run.poll() is None and ledger.stat().st_mtime_ns == size:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    done = place.run()
    assert done.returncode == 0, done.stdout
    with duckdb.connect() as con:
        con.sql(f"attach '{place.data / 'marts.duckdb'}' as p (read_only)")
        found = con.execute(
            "select count(*), sum(records) from p.marts.snapshots where feed_day = '2025-10-03'"
        ).fetchall()
    assert found == [(1, 2)]


def test_two_runs_at_once_wait_for_each_other(place: Place) -> None:
    place.land(FIXTURES / "hf_daily_papers" / "2025-12-11.json", "hf_daily_papers", "2025-12-11")
    first = place.start()
    ledger = place.data / "warehouse.duckdb"
    before = ledger.stat().st_mtime_ns
    while first.poll() is None and ledger.stat().st_mtime_ns == before:
        time.sleep(0.02)  # until the first is writing for certain
    second = place.run()
    assert first.wait(timeout=300) == 0
    assert second.returncode == 0, second.stdout
    assert "another run is writing; waiting for it" in second.stdout
    assert "nothing new" in second.stdout, "the first has done the work of both"


def test_a_rebuild_that_fails_puts_the_warehouse_back_and_says_that_nothing_was_published(place: Place) -> None:
    wal, ledger = place.data / "marts.duckdb.wal", place.data / "warehouse.duckdb"
    before = ledger.read_bytes()
    wal.write_bytes(b"left by somebody")
    done = place.run("rebuild")
    wal.unlink()
    assert done.returncode == 1
    assert "publishing was withheld" in done.stdout
    assert "the marts are published" not in done.stdout
    assert ledger.read_bytes() == before
    assert not ledger.with_name("warehouse.duckdb.before_rebuild").exists()


@pytest.mark.parametrize("name", ["marts.duckdb", "search.duckdb"])
def test_a_published_file_that_is_damaged_is_made_anew(place: Place, name: str) -> None:
    path = place.data / name
    path.write_bytes(path.read_bytes()[:20_000])
    done = place.run()
    assert done.returncode == 0, done.stdout
    assert place.read("1.5.5")[1] > 81
    assert "nothing new" in place.run().stdout


def test_a_wrong_setting_and_a_folder_that_is_not_there_are_named(place: Place, tmp_path: Path) -> None:
    wrong = Place(tmp_path)
    wrong.env |= {"PAPERHOUSE_FETCH_SINCE": "yesterday"}
    done = wrong.run()
    assert done.returncode == 1
    assert "PAPERHOUSE_FETCH_SINCE is 'yesterday'" in done.stdout
    wrong.env = place.env | {"PAPERHOUSE_FETCH_SINCE": "", "PAPERHOUSE_RAW": str(tmp_path / "unmounted")}
    done = wrong.run()
    assert done.returncode == 1
    assert f"the landing folder {tmp_path / 'unmounted'} is not there" in done.stdout
    assert done.stderr == ""


def test_what_a_body_says_is_no_markup_on_the_terminal(tmp_path: Path) -> None:
    place = Place(tmp_path)
    (place.raw / "notes [").mkdir()
    (place.raw / "notes [" / "old].json").write_text("x")
    done = place.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "notes [/old].json: not read" in done.stdout
