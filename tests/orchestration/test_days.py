"""The calendar of days, ranges, sensors, and a publish that is withheld."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg
import pytest
from conftest import FIXTURES, QUIET, SAMPLE, House

API = FIXTURES / "hf_daily_papers"
ENTRIES = dg.AssetKey(["raw", "hf_daily_papers__entries"])


@pytest.fixture(scope="module")
def instance(house: House) -> Iterator[dg.DagsterInstance]:
    from orchestration.home import prepare_home
    from orchestration.project import prepare_manifest

    prepare_home()
    prepare_manifest()
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    for day in ("2024-06-12", "2024-06-13"):
        house.land(API / f"{day}.json", "hf_daily_papers", day)
    house.land(API / "2024-08-02.json", "hf_daily_papers", "2024-06-17")
    house.land(API / "fault_truncated.json", "hf_daily_papers", "2024-06-18")
    with dg.DagsterInstance.get() as instance:
        yield instance


def _run_days(instance: dg.DagsterInstance, first: str, last: str) -> dg.ExecuteInProcessResult:
    from orchestration.definitions import defs

    tags = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    return defs.resolve_job_def("ingest_days").execute_in_process(instance=instance, tags=tags, run_config=QUIET)


def test_a_range_marks_the_days_that_are_in_and_no_other(instance: dg.DagsterInstance) -> None:
    result = _run_days(instance, "2024-06-12", "2024-06-18")
    assert result.success
    # The 14th to the 16th have no snapshot, the 18th only one that cannot be read.
    assert instance.get_materialized_partitions(ENTRIES) == {"2024-06-12", "2024-06-13", "2024-06-17"}


def test_a_range_leaves_days_outside_of_it_alone(instance: dg.DagsterInstance, house: House) -> None:
    from paperhouse.load import unread_files

    unread = [file.path for file, *_ in unread_files(house.raw, house.data / "warehouse.duckdb")]
    assert unread == ["hf_papers_page/2025-09-04/page.txt"]


def test_what_was_ingested_but_not_published_starts_the_build(instance: dg.DagsterInstance) -> None:
    from orchestration.defs.sensors import build_what_was_ingested

    found = build_what_was_ingested(dg.build_sensor_context(instance=instance))
    assert isinstance(found, dg.RunRequest)
    assert found.run_key


def test_a_file_that_lands_starts_the_daily_job_once(instance: dg.DagsterInstance) -> None:
    from orchestration.defs.sensors import landing

    first = landing(dg.build_sensor_context(instance=instance))
    assert isinstance(first, dg.SensorResult)
    assert len(first.run_requests or []) == 1
    again = landing(dg.build_sensor_context(instance=instance, cursor=first.cursor))
    assert isinstance(again, dg.SkipReason)


def test_while_a_run_is_under_way_no_other_is_started(instance: dg.DagsterInstance) -> None:
    from orchestration.defs.sensors import build_what_was_ingested, landing

    run = dg.DagsterRun(
        job_name="daily", run_id="8d1e7a32-0000-4000-8000-000000000000", status=dg.DagsterRunStatus.STARTED
    )
    instance.add_run(run)
    try:
        for sensor in (build_what_was_ingested, landing):
            found = sensor(dg.build_sensor_context(instance=instance))
            assert isinstance(found, dg.SkipReason)
            assert "under way" in (found.skip_message or "")
    finally:
        instance.delete_run(run.run_id)


def test_a_run_by_hand_that_was_killed_keeps_no_other_back(instance: dg.DagsterInstance) -> None:
    from orchestration.defs.sensors import landing
    from orchestration.home import PID

    gone = subprocess.Popen(["true"])
    gone.wait()
    run_id = "8d1e7a32-0000-4000-8000-000000000001"
    run = dg.DagsterRun(job_name="daily", run_id=run_id, status=dg.DagsterRunStatus.STARTED, tags={PID: str(gone.pid)})
    instance.add_run(run)
    try:
        assert isinstance(landing(dg.build_sensor_context(instance=instance)), dg.SensorResult)
    finally:
        instance.delete_run(run_id)


def test_the_daily_job_publishes_and_then_nothing_is_due(instance: dg.DagsterInstance, house: House) -> None:
    from orchestration.defs.sensors import build_what_was_ingested, landing

    assert house.run() == []
    assert isinstance(build_what_was_ingested(dg.build_sensor_context(instance=instance)), dg.SkipReason)
    found = landing(dg.build_sensor_context(instance=instance))
    assert isinstance(found, dg.SensorResult)
    assert not found.run_requests
    assert instance.get_materialized_partitions(dg.AssetKey(["raw", "hf_papers_page__entries"])) == {"2025-09-04"}


def test_a_day_before_the_calendar_is_named_in_a_warning(instance: dg.DagsterInstance, house: House) -> None:
    from orchestration.definitions import defs

    house.land(API / "2024-05-27.json", "hf_daily_papers", "2020-01-01")
    result = defs.resolve_job_def("ingest_days").execute_in_process(instance=instance, run_config=QUIET)
    warnings = [e.user_message for e in instance.all_logs(result.run_id) if e.level == 30]
    assert any("2020-01-01" in line and "calendar has only 2023-05-04" in line for line in warnings)
    assert "2020-01-01" not in instance.get_materialized_partitions(ENTRIES)


def test_a_day_that_a_run_had_read_before_it_died_is_marked_by_the_next(
    instance: dg.DagsterInstance, house: House
) -> None:
    from orchestration.definitions import defs
    from paperhouse.load import load_feed

    house.land(API / "2025-01-13.json", "hf_daily_papers", "2025-01-13")
    load_feed(house.raw, house.data / "warehouse.duckdb", "hf_daily_papers")  # and then it dies
    assert "2025-01-13" not in instance.get_materialized_partitions(ENTRIES)
    defs.resolve_job_def("ingest_days").execute_in_process(instance=instance, run_config=QUIET)
    assert "2025-01-13" in instance.get_materialized_partitions(ENTRIES)


def test_a_failing_blocking_check_leaves_the_published_marts_untouched(
    instance: dg.DagsterInstance, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperhouse import agreement

    published = house.data / "marts.duckdb"
    before, parquet = published.read_bytes(), {p: p.read_bytes() for p in (house.data / "parquet").iterdir()}
    monkeypatch.setattr(agreement, "page_figures", lambda: dict.fromkeys(agreement.GUARDED, 0.0))
    house.land(API / "2025-03-17.json", "hf_daily_papers", "2025-03-17")
    failed = house.run()
    assert any("agrees_with_the_labels" in line for line in failed)
    assert published.read_bytes() == before
    assert {p: p.read_bytes() for p in (house.data / "parquet").iterdir()} == parquet
    monkeypatch.undo()
    assert house.run() == []
    assert house.rows("select count(*) from marts.snapshots where feed_day = '2025-03-17'") == [(1,)]


def test_a_failing_test_of_dbt_leaves_the_published_marts_untouched(instance: dg.DagsterInstance, house: House) -> None:
    import duckdb

    before = (house.data / "marts.duckdb").read_bytes()
    house.land(API / "2025-05-22.json", "hf_daily_papers", "2025-05-22")
    with duckdb.connect(str(house.data / "warehouse.duckdb")) as con:
        con.sql("update raw.text_metrics set kind = 'no such kind'")
    failed = house.run()
    assert failed
    assert "CHECK constraint failed" in " ".join(failed)
    assert (house.data / "marts.duckdb").read_bytes() == before


def test_the_calendar_reaches_from_the_feeds_first_day_to_today() -> None:
    from orchestration.defs.ingest import FEED_DAYS

    keys = FEED_DAYS.get_partition_keys()
    assert keys[0] == "2023-05-04"
    assert keys[-1] == datetime.now(UTC).date().isoformat()
