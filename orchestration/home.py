"""Dagster's home under the data folder, and the environment that Dagster and dbt are run in."""

import os
from pathlib import Path

import dagster as dg

from paperhouse.settings import ROOT, settings

BY_HAND = "PAPERHOUSE_BY_HAND"
"""Set in a process that runs a job by itself (`make run`), without Dagster's daemon."""

PID = "paperhouse/pid"
"""Tag of a run by hand: its process."""

# At most one step at a time that opens the warehouse, or that asks one upstream, over all runs of this instance.
_DAGSTER_YAML = """\
# Written by `make run` and `make ui`; change orchestration/home.py instead.
telemetry: {enabled: false}
nux: {enabled: false}
concurrency:
  pools: {default_limit: 1}
run_monitoring: {enabled: true, free_slots_after_run_end_seconds: 60}
run_retries: {enabled: true, max_retries: 0}
"""


def pool(name: str) -> str | None:
    """A pool of one: of the steps that open the warehouse, or of those that ask one upstream.

    A run by hand has none and relies on lock files, as every process does: Dagster's daemon frees the slot of a run that
    was killed, and where no daemon runs, the next run would wait for it for ever.
    """
    return None if os.environ.get(BY_HAND) else name


def was_killed(run: dg.DagsterRun) -> bool:
    """Whether a run by hand is shown as in progress though its process is gone."""
    pid = run.tags.get(PID)
    if not pid:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def prepare_home() -> Path:
    """Make Dagster's home, write its `dagster.yaml`, and point the environment at it and at the warehouse."""
    home = settings().dagster_home
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.exists() or config.read_text() != _DAGSTER_YAML:
        config.write_text(_DAGSTER_YAML)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["PAPERHOUSE_ROOT"] = str(ROOT)
    os.environ["PAPERHOUSE_WAREHOUSE"] = str(settings().warehouse)
    os.environ["DBT_TARGET_PATH"] = str(settings().data / "dbt_target")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    return home
