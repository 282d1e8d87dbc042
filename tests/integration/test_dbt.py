"""The dbt project by itself: its models build on a warehouse without a row, and their unit tests hold."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from paperhouse.warehouse import open_warehouse

Dbt = Callable[..., str]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dbt") / "warehouse.duckdb"


@pytest.fixture(scope="module")
def dbt(warehouse: Path) -> Dbt:
    """What dbt prints when it is asked for something that succeeds, on a warehouse that has the raw tables and no row."""
    with open_warehouse(warehouse):
        pass
    env = os.environ | {
        "PAPERHOUSE_WAREHOUSE": str(warehouse),
        "PAPERHOUSE_ROOT": str(ROOT),
        "DBT_LOG_PATH": str(warehouse.parent),
    }
    always = ["--profiles-dir", ".", "--target-path", str(warehouse.parent / "target")]

    def run(*asked: str) -> str:
        command = [str(Path(sys.executable).with_name("dbt")), *asked, *always]
        done = subprocess.run(command, cwd=ROOT / "dbt_project", env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        return done.stdout

    return run


@pytest.fixture(scope="module")
def built(dbt: Dbt) -> str:
    return dbt("build", "--exclude-resource-type", "test")


def test_the_models_build_of_nothing_and_their_unit_tests_hold(built: str) -> None:
    assert built.count(" PASS ") == 26, "a unit test was added or lost: count it here"


@pytest.mark.usefixtures("built")
def test_a_correction_of_a_row_that_is_not_there_warns(dbt: Dbt, warehouse: Path) -> None:
    assert "WARN=0" in dbt("test", "--select", "test_name:corrects_a_row")
    with duckdb.connect(str(warehouse)) as con:
        con.sql(
            "insert into intermediate.int_title_groups (snapshot_id, position, title_id) values ('s', 1, 'title:a')"
        )
        con.sql("""
            insert into vocab.corrections (mart, row_id, action) values
            ('papers', 'title:a', 'suppress'), ('papers', 'arxiv:2401.00001', 'suppress'), ('metrics', 'deadbeef', 'suppress')
        """)
    assert "Got 2 results, configured to warn" in dbt("test", "--select", "test_name:corrects_a_row")
