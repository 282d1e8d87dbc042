"""Dagster's home under the data folder, and the environment that Dagster and dbt are run in."""

import os
from pathlib import Path

from paperhouse.settings import settings

# One writer: at most one step at a time that opens the warehouse, over all runs of this instance.
_DAGSTER_YAML = """\
# Written by `make run` and `make ui`; change orchestration/home.py instead.
telemetry: {enabled: false}
nux: {enabled: false}
concurrency:
  pools: {default_limit: 1}
run_monitoring: {enabled: true}
run_retries: {enabled: true, max_retries: 0}
"""


def prepare_home() -> Path:
    """Make Dagster's home, write its `dagster.yaml`, and point the environment at it and at the warehouse."""
    home = settings().dagster_home
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists() or config.read_text() != _DAGSTER_YAML:
        config.write_text(_DAGSTER_YAML)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["PAPERHOUSE_WAREHOUSE"] = str(settings().warehouse)
    os.environ.setdefault("DBT_TARGET_PATH", str(settings().data / "dbt_target"))
    os.environ.setdefault("DO_NOT_TRACK", "1")
    return home
