"""The job `daily` against an upstream that comes and goes: fetched, landed, read, built, published; and no day is lost."""

import os
from collections.abc import Iterator

import dagster as dg
import pytest
from conftest import QUIET, House
from upstream_server import FakeArxiv, FakeUpstream, Reply, TurnedClock, paper, serve

DAYS = dg.AssetKey(["fetch", "hf_daily_papers"])
ENTRIES = dg.AssetKey(["raw", "hf_daily_papers__entries"])
REPO = "https://github.com/nobody/things"


@pytest.fixture(scope="module")
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture(scope="module")
def server(clock: TurnedClock, house: House) -> Iterator[FakeUpstream]:
    """An upstream for all fetchers, by their settings of base urls, and by its clock."""
    from paperhouse.fetch import clock as clocks
    from paperhouse.settings import settings

    with serve(FakeUpstream(clock)) as server, pytest.MonkeyPatch.context() as patch:
        for name, path in (
            ("HF", ""), ("ARXIV_API", "/api/query"), ("ARXIV_RSS", "/rss"), ("ARXIV_OAI", "/oai"), ("GITHUB", ""),
        ):  # fmt: skip
            patch.setenv(f"PAPERHOUSE_{name}_URL", server.url + path)
        patch.setattr(clocks, "CLOCK", clock)
        settings.cache_clear()
        items = [paper(n, n, githubRepo=REPO) for n in (1, 2)]
        server.days = {"2025-09-08": items, "2025-09-09": [paper(3, 0)], "2025-09-10": []}
        known = {
            f"2509.{n:05d}": (f"An Invented Method of Number {n} for Counting Things", "Text of it. " * 9)
            for n in (1, 3)
        }
        server.routes["/api/query"] = FakeArxiv(known)
        server.routes["/repos/nobody/things"] = lambda asked: Reply(
            b'{"id": 7, "full_name": "nobody/renamed", "stargazers_count": 41, "forks_count": 0}'
        )
        yield server
    settings.cache_clear()


def run(house: House) -> list[str]:
    from orchestration.job import run_job

    house.said = []
    return run_job("daily", house.said.append)


def test_without_the_upstream_the_run_goes_on_and_says_so(server: FakeUpstream, house: House) -> None:
    from conftest import SAMPLE

    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    server.is_down = True
    assert run(house) == []
    assert house.rows("select count(*) from marts.papers") == [(81,)]
    unreached = [line for line in house.said if ": reached: " in line]
    assert any("hf_daily_papers: could not be reached" in line and "HTTP 502" in line for line in unreached)


def test_the_next_run_fetches_what_was_due_and_all_that_belongs_to_it(
    server: FakeUpstream, house: House, clock: TurnedClock
) -> None:
    server.is_down = False
    clock.turn(hours=1)
    assert run(house) == []
    days = house.rows(
        "select feed_day::varchar, records, status from marts.feed_days where feed = 'hf_daily_papers' order by 1"
    )
    assert days == [("2025-09-08", 2, "complete"), ("2025-09-09", 1, "filling"), ("2025-09-10", 0, "filling")]
    details = house.rows(
        "select arxiv_id, categories, arxiv_version, arxiv_status from marts.papers where arxiv_id is not null order by 1"
    )
    assert details == [
        ("2509.00001", ["cs.LG"], 1, None), ("2509.00002", None, None, "not_found"), ("2509.00003", ["cs.LG"], 1, None),
    ]  # fmt: skip
    assert house.rows("select repo_id, state, stars, paper_count from marts.repos where host = 'github.com'") != []
    assert house.rows(f"select state, stars, forks, paper_count from marts.repos where repo_id = '{REPO}'") == [
        ("found", 41, 0, 2)
    ]
    assert house.rows("select * from marts.repo_aliases") == [("https://github.com/nobody/renamed", REPO)]


def test_votes_over_time_are_kept_also_where_nothing_changed(
    server: FakeUpstream, house: House, clock: TurnedClock
) -> None:
    server.days["2025-09-09"] = [paper(3, 5), paper(4, 1)]
    clock.turn(hours=24)
    assert run(house) == []
    votes = house.rows(
        "select paper_observations.upvotes from marts.paper_observations inner join marts.papers using (paper_id)"
        " where arxiv_id in ('2509.00001', '2509.00003') order by arxiv_id, paper_observations.observed_at"
    )
    # Of the 8th, a day that had settled, nothing was asked again.
    assert [v for (v,) in votes] == [1, 0, 5]
    # What a run in the night sees was gained the day before.
    trending = "select starts_on::varchar, arxiv_id, upvotes_gained from marts.trending_papers where period = 'day'"
    assert sorted(house.rows(trending)) == [
        ("2025-09-09", "2509.00001", 1),
        ("2025-09-09", "2509.00002", 2),
        ("2025-09-10", "2509.00003", 5),
        ("2025-09-10", "2509.00004", 1),
    ]
    clock.turn(hours=24)
    assert run(house) == []
    assert house.rows("select count(*) from marts.snapshots where same_as is not null")[0][0] > 0
    status = house.rows(
        "select feed_day::varchar, fetches, status from marts.feed_days where feed_day >= '2025-09-09' order by 1"
    )
    assert status[:2] == [("2025-09-09", 2, "complete"), ("2025-09-10", 3, "complete")]


def test_what_landed_is_in_append_only_names_and_nothing_is_left_unfinished(house: House) -> None:
    names = [path.name for path in house.raw.rglob("*") if path.is_file()]
    assert not [name for name in names if name.startswith(".") or name.endswith(".part")]


def test_a_rebuild_from_the_landing_folder_gives_what_the_days_gave(house: House) -> None:
    before = house.hashes()
    (house.data / "warehouse.duckdb").unlink()
    assert house.run() == []
    assert house.hashes() == before


def test_a_range_is_fetched_and_ingested_in_one_run(server: FakeUpstream, house: House) -> None:
    from orchestration.definitions import defs

    server.days |= {"2025-08-01": [paper(90)], "2025-08-02": [], "2025-08-03": [paper(91)]}
    tags = {"dagster/asset_partition_range_start": "2025-08-01", "dagster/asset_partition_range_end": "2025-08-03"}
    with dg.DagsterInstance.get() as instance:
        asked = len(server.asked)
        result = defs.resolve_job_def("backfill").execute_in_process(instance=instance, tags=tags, run_config=QUIET)
        assert result.success
        assert len(server.asked) == asked + 3
        expected = {"2025-08-01", "2025-08-02", "2025-08-03"}
        for key in (DAYS, ENTRIES):
            assert instance.get_materialized_partitions(key) >= expected


def test_days_of_a_range_that_could_not_be_fetched_fail_it_and_the_others_are_marked(
    server: FakeUpstream, house: House
) -> None:
    from orchestration.definitions import defs

    honest = server.routes["/api/daily_papers"]
    server.routes["/api/daily_papers"] = lambda asked: (
        Reply(b"{}", 404) if asked.query["date"] == ["2025-07-02"] else honest(asked)
    )
    tags = {"dagster/asset_partition_range_start": "2025-07-01", "dagster/asset_partition_range_end": "2025-07-03"}
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("backfill").execute_in_process(
            instance=instance, tags=tags, run_config=QUIET, raise_on_error=False
        )
        assert not result.success
        marked = instance.get_materialized_partitions(DAYS)
        assert {day for day in marked if day.startswith("2025-07")} == {"2025-07-01", "2025-07-03"}
    server.routes["/api/daily_papers"] = honest


def test_a_closed_network_takes_no_time(server: FakeUpstream, house: House, clock: TurnedClock) -> None:
    """The server is still there, but nobody listens where the settings point to."""
    from orchestration.definitions import defs
    from orchestration.defs.fetch import fetch_assets
    from paperhouse.settings import settings

    with pytest.MonkeyPatch.context() as patch:
        for name in ("HF", "ARXIV_API", "ARXIV_RSS", "ARXIV_OAI", "GITHUB"):
            patch.setenv(f"PAPERHOUSE_{name}_URL", "http://127.0.0.1:1")
        settings.cache_clear()
        slept = len(clock.slept)
        with dg.DagsterInstance.get() as instance:
            fetching = [asset.key for asset in fetch_assets]
            result = defs.resolve_job_def("daily").execute_in_process(
                instance=instance, asset_selection=fetching, run_config=QUIET
            )
        assert result.success
        assert sum(clock.slept[slept:]) < 20
        assert any("no connection" in (check.description or "") for check in result.get_asset_check_evaluations())
    settings.cache_clear()
    assert os.environ["PAPERHOUSE_HF_URL"].startswith("http://127.0.0.1:")
