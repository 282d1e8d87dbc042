"""What Dagster shows: every asset, every check, described; and the lists that name feeds agree."""

import json
import os
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from paperhouse.extract import EXTRACTS
from paperhouse.feeds import FEEDS, PAPER_FEEDS, REPO_FEEDS
from paperhouse.fetch.days import SETTLED_AFTER
from paperhouse.quality import PARSING_CHECKS
from paperhouse.table_checks import TABLE_CHECKS

MARTS = {
    "papers",
    "paper_aliases",
    "paper_links",
    "paper_promises",
    "repos",
    "metrics",
    "topics",
    "paper_topics",
    "paper_observations",
    "paper_versions",
    "paper_announcements",
    "repo_aliases",
    "repo_observations",
    "feed_days",
    "snapshots",
    "rejects",
    "trending_papers",
    "topic_trends",
    "repo_growth",
    "leaderboard",
    "link_health",
    "data_quality",
    "related_papers",
}
FETCHED = {"hf_daily_papers", "arxiv_rss", "arxiv_oai", "arxiv_atom", "github_repos", "hf_repos"}  # fmt: skip
SEEDS = {
    "topic_taxonomy",
    "topic_phrases",
    "units",
    "measures",
    "directions",
    "common_terms",
    "model_families",
    "hosts",
    "corrections",
    "dataset_aliases",
    "measure_aliases",
}


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    from orchestration.definitions import defs

    return defs.resolve_asset_graph()


def _names(graph: AssetGraph, schema: str) -> set[str]:
    return {key.path[1] for key in graph.get_all_asset_keys() if key.path[0] == schema}


def test_an_assets_key_is_its_table_and_each_stage_has_all_of_its_tables(graph: AssetGraph) -> None:
    raw = (
        {"snapshots", "rejects", "texts", "urls"}
        | {f"text_{name}" for name in EXTRACTS}
        | {f"{f}__entries" for f in FEEDS}
    )
    assert _names(graph, "fetch") == FETCHED
    assert _names(graph, "landing") == set(FEEDS)
    assert _names(graph, "raw") == raw
    assert _names(graph, "marts") == MARTS
    assert _names(graph, "vocab") == SEEDS
    assert _names(graph, "publish") == {"marts", "search", "report", "digest_feed", "digest"}
    assert {key.path[0] for key in graph.get_all_asset_keys()} == {
        "fetch", "landing", "raw", "staging", "intermediate", "vocab", "marts", "publish",
    }  # fmt: skip


def test_every_asset_has_a_group_a_description_an_owner_and_a_kind(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name in {
            "fetch",
            "landing",
            "ingest",
            "staging",
            "intermediate",
            "vocab",
            "marts",
            "publish",
        }, key
        assert (node.description or "").strip(), key
        assert node.owners == ["team:paperhouse"], key
        assert node.kinds, key


def test_every_check_is_there_and_those_that_must_hold_block(graph: AssetGraph) -> None:
    blocking = {(k.asset_key.path[1], k.name): graph.get(k).blocking for k in graph.asset_check_keys}
    for feed in FEEDS:
        assert {name for table, name in blocking if table == f"{feed}__entries"} >= {
            "readable",
            *(c.name for c in PARSING_CHECKS),
        }
    for check in TABLE_CHECKS:
        assert blocking[check.mart, check.name] is check.blocking
    assert sum(1 for table, _ in blocking if table in MARTS) > len(TABLE_CHECKS), "dbt's tests are checks too"


def test_the_feeds_of_the_dbt_project_are_those_of_the_registry() -> None:
    variables = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text())["vars"]
    assert set(variables["paper_feeds"]) == set(PAPER_FEEDS)
    assert set(variables["repo_feeds"]) == set(REPO_FEEDS)
    assert set(variables["api_feeds"]) == {name for name in PAPER_FEEDS if FEEDS[name].is_api}


def test_a_day_is_complete_by_the_same_rule_that_fetches_it_again() -> None:
    variables = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text())["vars"]
    assert variables["settled_after_days"] == SETTLED_AFTER.days


def test_every_column_of_every_mart_has_a_type_and_a_description() -> None:
    files = (ROOT / "dbt_project" / "models" / "marts").rglob("_*.yml")
    models = [model for file in files for model in yaml.safe_load(file.read_text()).get("models", [])]
    assert {model["name"] for model in models} == MARTS
    for model in models:
        assert model["description"].startswith("One row per ")
        assert all(column["data_type"] and column["description"] for column in model["columns"])


def test_the_schedule_is_daily_in_utc_well_after_the_day_has_closed() -> None:
    from orchestration.defs.schedules import every_day

    assert (every_day.cron_schedule, every_day.execution_timezone) == ("0 3 * * *", "UTC")


def test_every_step_is_in_the_pool_of_what_it_opens_or_asks() -> None:
    from orchestration.home import BY_HAND, prepare_home

    # In a process of its own, as the daemon starts runs: in this one a run by hand may have come before.
    code = (
        "from orchestration.definitions import defs; import json;"
        "print(json.dumps({n.name: n.definition.pool for n in defs.resolve_job_def('daily').nodes}))"
    )
    env = {name: value for name, value in os.environ.items() if name != BY_HAND}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    pools = json.loads(done.stdout)
    assert {pool for name, pool in pools.items() if not name.startswith(("fetch__", "landing__"))} == {"warehouse"}
    assert {name.removeprefix("fetch__"): pool for name, pool in pools.items() if name.startswith("fetch__")} == {
        "hf_daily_papers": "hugging_face", "hf_repos": "hugging_face", "github_repos": "github",
        "arxiv_rss": "arxiv", "arxiv_oai": "arxiv", "arxiv_atom": "arxiv",
    }  # fmt: skip
    assert "default_limit: 1" in (prepare_home() / "dagster.yaml").read_text()
