"""The raw tables: each snapshot in once, whole, in one transaction; one writer at a time."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import FIXTURES, ROOT, SAMPLE

from paperhouse import warehouse
from paperhouse.feeds import FEEDS
from paperhouse.ingest import read_snapshot
from paperhouse.load import load_extracts, load_feed, unread_files
from paperhouse.settings import SEEDS
from paperhouse.snapshots import fingerprint
from paperhouse.warehouse import TEXT_ID

API = FIXTURES / "hf_daily_papers"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for day in ("2024-05-27", "2025-03-17"):
        folder = tmp_path / "raw" / "hf_daily_papers" / day
        folder.mkdir(parents=True)
        (folder / "body.json").write_bytes((API / f"{day}.json").read_bytes())
    return tmp_path / "raw"


def _rows(path: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(query).fetchall()


def test_what_was_read_is_not_read_again(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2
    assert load_feed(raw, path, "hf_daily_papers").reads == []
    assert _rows(path, "select count(*), count(distinct text_id) from raw.hf_daily_papers__entries") == [(4, 4)]


def test_reading_can_be_limited_to_days(raw: Path, tmp_path: Path) -> None:
    from datetime import date

    loaded = load_feed(raw, tmp_path / "w.duckdb", "hf_daily_papers", {date(2025, 3, 17), date(2025, 3, 18)})
    assert [read.file.day for read in loaded.reads] == [date(2025, 3, 17)]
    assert [file.path for file, *_ in unread_files(raw, tmp_path / "w.duckdb")] == [
        "hf_daily_papers/2024-05-27/body.json"
    ]


def test_a_snapshot_written_twice_is_there_once(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    with warehouse.open_warehouse(path) as con:
        con.sql("update raw.snapshots set parser = 'another'")
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2
    assert _rows(
        path, "select count(*) from raw.snapshots union all select count(*) from raw.hf_daily_papers__entries"
    ) == [
        (2,),
        (4,),
    ]


def test_a_write_that_fails_midway_leaves_nothing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    monkeypatch.setattr(warehouse, "TEXT_ID", "no_such_column")
    with pytest.raises(duckdb.BinderException):
        load_feed(raw, path, "hf_daily_papers")
    assert _rows(path, "select count(*) from raw.snapshots union all select count(*) from raw.rejects") == [(0,), (0,)]
    monkeypatch.undo()
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2


def test_each_distinct_text_is_read_once_and_again_when_the_rules_change(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    folder = raw / "hf_papers_page" / "2025-09-04"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_bytes(SAMPLE.read_bytes())
    again = raw / "hf_papers_page" / "2025-09-05"
    again.mkdir()
    (again / "page.txt").write_bytes(SAMPLE.read_bytes())
    for feed in FEEDS:
        load_feed(raw, path, feed)
    first = load_extracts(path, SEEDS)
    assert first.read["texts"] == 81 + 4
    assert first.news() is None
    assert load_extracts(path, SEEDS).read == {}
    before = _rows(path, "select count(*) from raw.text_metrics")
    with warehouse.open_warehouse(path) as con:
        con.sql("update raw.texts set rules = 'earlier rules'")
        con.sql("update raw.text_metrics set value = -1 where rowid < 3")
        con.sql("delete from raw.text_topics where rowid < 5")
    again = load_extracts(path, SEEDS)
    assert again.read["texts"] == 81 + 4
    told = "rules or vocabularies have changed: 85 texts read again, rows changed: 3 metrics, 5 topics"
    assert again.news() == told
    assert _rows(path, "select count(*) from raw.text_metrics") == before


def test_a_warehouse_of_another_release_is_read_again_from_the_landing_folder(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    with duckdb.connect(str(path)) as con:
        con.sql("alter table raw.hf_daily_papers__entries drop column upvotes")
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2
    assert _rows(path, "select count(upvotes) from raw.hf_daily_papers__entries") == [(4,)]


def test_a_writer_waits_for_another_and_says_so_when_it_waited_too_long(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\nfrom paperhouse.warehouse import write_lock\n"
            "with write_lock(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()",
            str(path),
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    with (
        pytest.raises(warehouse.WarehouseBusyError, match="being written by another run"),
        warehouse.write_lock(path, 0.3),
    ):
        pass
    holder.communicate(b"")
    with warehouse.write_lock(path, 5):
        pass


def test_hostile_text_is_stored_as_text(tmp_path: Path) -> None:
    import json

    title = "'; drop table raw.snapshots; -- \u0000 \u202e 🙂 {{ ref('x') }} <script>"
    item = {
        "paper": {
            "id": "2401.00001",
            "title": title,
            "summary": "An abstract long enough to be taken for one, honestly.",
        }
    }
    folder = tmp_path / "raw" / "hf_daily_papers" / "2025-01-13"
    folder.mkdir(parents=True)
    (folder / "body.json").write_text(json.dumps([item]))
    path = tmp_path / "w.duckdb"
    load_feed(tmp_path / "raw", path, "hf_daily_papers")
    load_extracts(path, SEEDS)
    assert _rows(path, "select title from raw.hf_daily_papers__entries") == [(title,)]


def test_a_snapshot_is_read_again_when_its_meta_comes_later(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    beside = raw / "hf_daily_papers" / "2025-03-17" / "body.json.meta.json"
    beside.write_text('{"fetched_at": "2025-03-17T12:00:00Z"}')
    assert [read.file.day.isoformat() for read in load_feed(raw, path, "hf_daily_papers").reads] == ["2025-03-17"]
    assert _rows(path, "select count(*), count(observed_at) from raw.snapshots") == [(2, 1)]


def test_a_table_of_another_shape_takes_the_whole_ledger_with_it_so_that_counts_agree(
    raw: Path, tmp_path: Path
) -> None:
    from paperhouse.table_checks import TABLE_CHECKS

    path = tmp_path / "w.duckdb"
    body = raw / "hf_daily_papers" / "2025-03-17" / "body.json"
    load_feed(raw, path, "hf_daily_papers")
    body.write_bytes((API / "2025-05-22.json").read_bytes())
    load_feed(raw, path, "hf_daily_papers")
    with duckdb.connect(str(path)) as con:
        con.sql("alter table raw.hf_papers_page__entries drop column upvotes")
    load_feed(raw, path, "hf_daily_papers")
    balances = next(check for check in TABLE_CHECKS if check.name == "ledger_balances")
    with duckdb.connect(str(path), read_only=True) as con:
        assert balances.violation(con) is None


def test_a_writer_waits_for_somebody_who_looks(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    code = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1], read_only=True); print('looks', flush=True); time.sleep(2)"
    looker = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert looker.stdout.readline() == b"looks\n"
    assert load_feed(raw, path, "hf_daily_papers").reads == []
    looker.wait()


def test_a_warehouse_file_without_a_ledger_has_seen_nothing(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    duckdb.connect(str(path)).close()
    assert len(unread_files(raw, path)) == 2


_KILLED = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.sql("create table t (a int, b int, check (a = b + 1))")
con.sql("checkpoint")
con.sql("comment on column t.a is 'x'")
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("how", ["cut short", "no database", "a log that cannot be replayed"])
def test_a_warehouse_that_cannot_be_opened_is_set_aside_and_all_is_read_anew(
    raw: Path, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    if how == "cut short":
        path.write_bytes(path.read_bytes()[:20_000])
    elif how == "no database":
        path.write_bytes(b"something else " * 1_000)
    else:
        subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
        assert path.with_name("w.duckdb.wal").exists()
    assert len(unread_files(raw, path)) == 2
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2
    assert _rows(path, "select count(*) from raw.hf_daily_papers__entries") == [(4,)]
    assert path.with_name("w.duckdb.damaged").exists()


def test_a_body_that_could_not_be_read_once_is_one_snapshot_when_it_can_be(raw: Path, tmp_path: Path) -> None:
    path, body = tmp_path / "w.duckdb", raw / "hf_daily_papers" / "2025-03-17" / "body.json"
    whole = body.read_bytes()
    (found,) = (file for file, _, _ in unread_files(raw, path) if file.day.year == 2025)
    body.unlink()  # as one that we have no right to read: root, as whom CI runs, has every right
    with warehouse.open_warehouse(path) as con:
        warehouse.write_snapshots(con, "hf_daily_papers", [read_snapshot(raw, found, *fingerprint(body))])
    assert _rows(path, "select status, rejects from raw.snapshots") == [("rejected", 1)]
    body.write_bytes(whole)
    load_feed(raw, path, "hf_daily_papers")
    assert _rows(path, "select status, count(*) from raw.snapshots group by 1") == [("ingested", 2)]
    assert _rows(path, "select count(*) from raw.rejects") == [(0,)]


def test_what_parts_title_and_abstract_makes_no_two_texts_one() -> None:
    texts = [("a", "b\x1fc"), ("a\x1fb", "c"), ("a\x1e1b", "c"), ("a", None), ("a\x1e", "b\x1fc")]
    query = f"select {TEXT_ID} from (select ? as title, ? as abstract)"
    with duckdb.connect() as con:
        ids = [con.execute(query, text).fetchall()[0][0] for text in texts]
        assert con.execute(query, ["a", "b"]).fetchall() == con.execute("select md5('a' || chr(31) || 'b')").fetchall()
    assert len(set(ids)) == len(texts)


def test_a_warehouse_that_a_killed_write_left_damaged_is_set_aside_and_all_is_read_anew(
    raw: Path, tmp_path: Path
) -> None:
    path = tmp_path / "w.duckdb"
    load_feed(raw, path, "hf_daily_papers")
    damaged = bytearray(path.read_bytes())
    damaged[12_388] ^= 255  # in the first block: its checksum is wrong now
    path.write_bytes(damaged)
    assert len(unread_files(raw, path)) == 2
    assert len(load_feed(raw, path, "hf_daily_papers").reads) == 2
    assert _rows(path, "select count(*) from raw.hf_daily_papers__entries") == [(4,)]
    assert (tmp_path / "w.duckdb.damaged").read_bytes() == bytes(damaged)
