"""The dbt project by itself: its models build on a warehouse without a row, and their unit tests hold."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

from paperhouse.warehouse import open_warehouse


def test_the_models_build_of_nothing_and_their_unit_tests_hold(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    with open_warehouse(warehouse):
        pass  # makes the raw tables
    dbt = Path(sys.executable).with_name("dbt")
    command = [
        str(dbt),
        "build",
        "--exclude-resource-type",
        "test",
        "--profiles-dir",
        ".",
        "--target-path",
        str(tmp_path / "target"),
    ]
    env = os.environ | {
        "PAPERHOUSE_WAREHOUSE": str(warehouse),
        "PAPERHOUSE_ROOT": str(ROOT),
        "DBT_LOG_PATH": str(tmp_path),
    }
    done = subprocess.run(command, cwd=ROOT / "dbt_project", env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(" PASS ") == 24, "a unit test was added or lost: count it here"
