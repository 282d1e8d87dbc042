"""The dbt project by itself: its unit tests hold, on a warehouse that the pipeline has built."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, SAMPLE, House


def test_the_unit_tests_of_the_models_hold(house: House) -> None:
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    assert house.run() == []
    dbt = Path(sys.executable).with_name("dbt")
    command = [
        str(dbt),
        "test",
        "--select",
        "test_type:unit",
        "--profiles-dir",
        ".",
        "--target-path",
        str(house.data / "dbt_unit"),
    ]
    env = os.environ | {"PAPERHOUSE_WAREHOUSE": str(house.data / "warehouse.duckdb"), "DBT_LOG_PATH": str(house.data)}
    done = subprocess.run(command, cwd=ROOT / "dbt_project", env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "PASS=24 " in done.stdout, "a unit test was added or lost: count it here"
