"""The job `daily` on a landing folder that holds something of everything: good, odd and broken."""

import json

import pytest
from conftest import FIXTURES, SAMPLE, House

API = FIXTURES / "hf_daily_papers"
PAGES = FIXTURES / "hf_papers_page"
FAULTS = sorted(path for path in API.iterdir() if path.name.startswith("fault_"))
SOME_OF_IT_READABLE = {"fault_python_repr.json", "fault_some_items.json", "fault_surrogate.json"}


@pytest.fixture(scope="module")
def built(house: House) -> House:
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    house.land(PAGES / "daily.html", "hf_papers_page", "2025-12-11")
    house.land(PAGES / "fault_no_block.html", "hf_papers_page", "2025-12-12")
    for path in API.glob("20*.json"):
        house.land(path, "hf_daily_papers", path.stem)
    for path in FAULTS:
        house.land(path, "hf_daily_papers", "2025-01-13")
    house.land(API / "keys_nobody_has_seen.json", "hf_daily_papers", "2025-12-12")
    house.land(API / "2024-05-27.json", "hf_daily_papers", "2020-01-01")
    house.land(API / "2024-05-27.json", "hf_daily_papers", "2024-05-28", "unfinished.json.part")
    house.land(API / "2024-05-27.json", "no_such_feed", "2024-05-28")
    assert house.run() == []
    return house


def test_the_page_gives_81_papers_with_their_abstracts(built: House) -> None:
    query = """
        select count(*), count(abstract) from marts.papers
        inner join marts.paper_observations as seen using (paper_id)
        inner join marts.snapshots as s on seen.snapshot_id = s.snapshot_id
        where s.path = 'hf_papers_page/2025-09-04/page.txt'
    """
    assert built.rows(query) == [(81, 81)]


def test_every_snapshot_is_in_the_ledger_and_its_pieces_add_up(built: House) -> None:
    landed = sum(
        1 for p in built.raw.rglob("*") if p.is_file() and p.suffix != ".part" and "no_such_feed" not in p.parts
    )
    query = "select count(*), bool_and(items = records + repeats + furniture + rejects) from marts.snapshots"
    assert built.rows(query) == [(landed, True)]


def test_a_snapshot_that_cannot_be_read_is_rejected_with_its_reason_and_the_others_go_on(built: House) -> None:
    rejected = dict(built.rows("select path, reason from marts.snapshots where status = 'rejected'"))
    expected = {f"hf_daily_papers/2025-01-13/{f.name}" for f in FAULTS if f.name not in SOME_OF_IT_READABLE}
    assert set(rejected) == expected | {"hf_papers_page/2025-12-12/fault_no_block.html"}
    assert all(rejected.values())
    assert any("not JSON" in reason for reason in rejected.values())


def test_nothing_of_a_rejected_snapshot_reaches_the_marts(built: House) -> None:
    query = """
        select count(*) from marts.paper_observations as seen
        inner join marts.snapshots as s using (snapshot_id) where s.status = 'rejected'
    """
    assert built.rows(query) == [(0,)]


def test_each_reject_tells_its_place_and_holds_its_piece(built: House) -> None:
    rows = built.rows(
        "select position, reason, content from marts.rejects where path like '%some_items%' order by position"
    )
    assert [row[0] for row in rows] == ["item 2", "item 3", "item 4", "item 5", "item 6", "item 7"]
    assert all(reason and content for _, reason, content in rows)


def test_unknown_stays_apart_from_zero(built: House) -> None:
    upvotes = dict(
        built.rows(
            "select arxiv_id, upvotes from marts.papers where arxiv_id in ('2401.00302', '2401.00303', '2401.00007')"
        )
    )
    assert upvotes == {"2401.00302": None, "2401.00303": None}
    zero = built.rows("select count(*) from marts.papers where upvotes = 0")[0][0]
    assert zero > 0


def test_a_key_that_nobody_has_seen_is_kept_and_named(built: House) -> None:
    keys = built.rows("select unknown_keys from marts.snapshots where path like '%keys_nobody%'")[0][0]
    assert keys == ["newThing", "paper.anotherNewThing", "paper.githubStars"]
    assert any("no_unknown_keys" in line and "newThing" in line for line in built.said)


def test_the_run_tells_of_what_was_rejected(built: House) -> None:
    told = next(line for line in built.said if "hf_daily_papers__entries: readable" in line)
    assert "hf_daily_papers/2025-01-13/fault_binary.json: not UTF-8" in told
    assert "more" in told


def test_a_day_before_the_calendar_is_ingested_all_the_same(built: House) -> None:
    assert built.rows("select status from marts.snapshots where feed_day = '2020-01-01'") == [("ingested",)]


def test_the_same_paper_on_two_days_is_one_paper_seen_twice(built: House) -> None:
    query = """
        select p.first_seen_on::varchar, p.last_seen_on::varchar, count(*) from marts.papers as p
        inner join marts.paper_observations using (paper_id) where arxiv_id = '2401.00001' group by all
    """
    assert built.rows(query) == [("2020-01-01", "2024-05-27", 2)]


def test_every_find_stands_verbatim_at_its_offsets(built: House) -> None:
    for mart in ("metrics", "paper_links", "paper_promises", "paper_topics"):
        found = built.rows(
            f"""
            select evidence, evidence_start, evidence_end, if(evidence_in = 'title', title, abstract)
            from marts.{mart} inner join marts.papers using (paper_id) where evidence is not null
            """
        )
        assert found
        assert all(text[start:end] == evidence for evidence, start, end, text in found)


def test_descriptions_travel_into_the_published_file(built: House) -> None:
    bare = built.rows(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = 'published' and schema_name = 'marts' and comment is null"
    )
    assert bare == []


def test_the_published_file_holds_the_marts_alone(built: House) -> None:
    schemas = built.rows("select distinct schema_name from duckdb_tables() where database_name = 'published'")
    assert schemas == [("marts",)]
    assert not (built.data / "marts.duckdb.wal").exists()


def test_parquet_holds_the_same_rows(built: House) -> None:
    import duckdb

    for mart, (rows, _) in built.hashes().items():
        found = duckdb.sql(f"select count(*) from '{built.data / 'parquet' / mart}.parquet'").fetchall()[0][0]
        assert found == rows, mart


def test_a_second_run_changes_nothing(built: House) -> None:
    before, info = built.hashes(), built.rows("select * from marts.publish_info")
    assert built.run() == []
    assert built.hashes() == before
    after = built.rows("select version, papers from marts.publish_info")
    assert after == [(info[0][0], info[0][5])]


def test_a_changed_body_under_a_known_path_is_a_new_snapshot_and_loses_nothing(built: House) -> None:
    items = json.loads((API / "2024-06-12.json").read_text())
    items[0]["paper"]["upvotes"] = 99
    path = built.raw / "hf_daily_papers" / "2024-06-12" / "2024-06-12.json"
    path.write_text(json.dumps(items))
    assert built.run() == []
    assert built.rows("select count(*) from marts.snapshots where path like '%2024-06-12.json'") == [(2,)]
    assert built.rows("select count(*) from marts.paper_observations where feed_day = '2024-06-12'") == [(4,)]
