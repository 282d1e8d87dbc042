"""Publishing: built aside, verified, swapped; readers see the old file or the new one, whole."""

import threading
from pathlib import Path

import duckdb
import pytest

from paperhouse import publish as publishing
from paperhouse.duckdb_file import PublishError, open_marts
from paperhouse.ingest import LEDGER
from paperhouse.publish import publish, published_version, wanted_version

CONTRACT = {
    "papers": [("paper_id", "varchar"), ("list", "bigint[]"), ("n", "bigint")],
    "snapshots": [("status", "varchar"), ("feed_day", "date")],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(publishing, "contract", lambda: CONTRACT)
    _build(tmp_path, papers=3)
    return tmp_path


def _build(folder: Path, papers: int) -> None:
    """A small warehouse with the schema `marts`, and a ledger that grows with it."""
    import polars as pl

    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("create schema if not exists marts")
        con.sql("create schema if not exists raw")
        con.register("ledger", pl.DataFrame(schema=LEDGER))
        con.sql("create or replace table raw.snapshots as select * from ledger")
        con.sql(
            f"insert into raw.snapshots (snapshot_id, status, parser) select 's' || i, 'ingested', 'p' from range({papers}) as t(i)"
        )
        con.sql(
            f"create or replace table marts.papers as select 'p' || i as paper_id, [i] as list, i as n from range({papers}) as t(i)"
        )
        con.sql("create or replace table marts.snapshots as select 'ingested' as status, date '2025-09-04' as feed_day")
        con.sql("create or replace table raw.built as select '' as version")
        con.execute("update raw.built set version = ?", [wanted_version(con)])
        con.sql("comment on table marts.papers is 'One row per paper.'")
        con.sql("comment on column marts.papers.n is 'It''s a number.'")


def _publish(folder: Path) -> publishing.Published:
    return publish(folder / "warehouse.duckdb", folder / "marts.duckdb", folder / "parquet")


def _count(folder: Path) -> int:
    with open_marts(folder / "marts.duckdb") as con:
        return con.execute("select count(*) from marts.papers").fetchall()[0][0]


def test_the_published_file_has_the_marts_their_comments_and_where_they_come_from(folder: Path) -> None:
    published = _publish(folder)
    assert published.rows == {"papers": 3, "publish_info": 1, "snapshots": 1}
    with open_marts(folder / "marts.duckdb") as con:
        assert con.execute("select newest_feed_day::varchar, papers, version from marts.publish_info").fetchall() == [
            ("2025-09-04", 3, published.version)
        ]
        assert con.execute("select comment from duckdb_columns() where column_name = 'n'").fetchall() == [
            ("It's a number.",)
        ]
    assert sorted(p.name for p in folder.iterdir()) == ["marts.duckdb", "parquet", "warehouse.duckdb"]


def test_the_version_is_that_of_the_input_and_tells_when_a_publish_is_due(folder: Path) -> None:
    def wanted() -> str:
        with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
            return wanted_version(con)

    assert published_version(folder / "marts.duckdb", folder / "parquet") is None
    _publish(folder)
    assert published_version(folder / "marts.duckdb", folder / "parquet") == wanted()
    _build(folder, papers=4)
    assert published_version(folder / "marts.duckdb", folder / "parquet") != wanted()


def test_a_publish_that_was_killed_before_its_parquet_is_due_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(folder)
    _build(folder, papers=4)
    with monkeypatch.context() as killed:
        killed.setattr(publishing, "_swap_parquet", lambda aside, folder: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            _publish(folder)
    assert published_version(folder / "marts.duckdb", folder / "parquet") is None
    _publish(folder)
    assert duckdb.sql(f"select count(*) from '{folder}/parquet/papers.parquet'").fetchall() == [(4,)]


def test_it_refuses_beside_a_wal_because_duckdb_would_replay_it(folder: Path) -> None:
    _publish(folder)
    _build(folder, papers=4)
    (folder / "marts.duckdb.wal").write_bytes(b"left by somebody")
    with pytest.raises(PublishError, match="opened it for writing"):
        _publish(folder)
    assert _count(folder) == 3


def test_it_refuses_an_empty_file(folder: Path) -> None:
    _publish(folder)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("delete from marts.papers")
    with pytest.raises(PublishError, match="empty"):
        _publish(folder)
    assert _count(folder) == 3
    assert not list(folder.glob(".marts*"))


def test_a_file_that_was_not_built_as_meant_is_not_swapped_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(folder)
    build = publishing._build

    def lossy(warehouse: Path, aside: Path) -> publishing.Published:
        published = build(warehouse, aside)
        return publishing.Published(published.version, published.rows | {"papers": 4})

    monkeypatch.setattr(publishing, "_build", lossy)
    with pytest.raises(PublishError, match="3 rows built, 4 in the warehouse"):
        _publish(folder)
    assert _count(folder) == 3


def test_readers_never_fail_and_never_see_half_a_publish(folder: Path) -> None:
    _publish(folder)
    stop, seen, failures = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                with duckdb.connect() as con:
                    con.sql(f"attach '{folder / 'marts.duckdb'}' as p (read_only)")
                    papers, told = con.execute(
                        "select (select count(*) from p.marts.papers), (select papers from p.marts.publish_info)"
                    ).fetchall()[0]
                seen.add(papers)
                if papers != told:
                    failures.append((papers, told))
            except duckdb.Error as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for papers in range(4, 16):
        _build(folder, papers)
        _publish(folder)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(seen) > 1


def test_a_mart_that_is_missing_or_has_other_columns_is_not_published(folder: Path) -> None:
    _publish(folder)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("alter table marts.papers rename column n to m")
    with pytest.raises(PublishError, match=r"mart papers: other columns or types than its contract.*'m'"):
        _publish(folder)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("drop table marts.papers")
    with pytest.raises(PublishError, match="lacks the marts papers"):
        _publish(folder)
    assert _count(folder) == 3


def test_what_is_in_the_warehouse_but_no_mart_of_the_contract_stays_there(folder: Path) -> None:
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("create table marts.of_an_earlier_release as select 1 as x")
    assert set(_publish(folder).rows) == {"papers", "snapshots", "publish_info"}


def test_what_was_ingested_after_the_build_is_not_said_to_be_published(folder: Path) -> None:
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("insert into raw.snapshots (snapshot_id, status, parser) values ('late', 'ingested', 'p')")
        wanted = wanted_version(con)
    assert _publish(folder).version != wanted
    assert published_version(folder / "marts.duckdb", folder / "parquet") != wanted


def test_a_build_that_did_not_end_is_not_published(folder: Path) -> None:
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.sql("delete from raw.built")
    with pytest.raises(PublishError, match="not built to their end"):
        _publish(folder)


def test_the_contract_is_that_of_the_dbt_project() -> None:
    assert publishing.contract()["paper_aliases"] == [("alias", "varchar"), ("paper_id", "varchar")]
