"""A job in this process, on the same instance as the UI's, so that its runs are found there."""

import os
from collections.abc import Callable

import dagster as dg
from dagster._utils.error import SerializableErrorInfo
from filelock import FileLock

from orchestration.home import BY_HAND, PID, prepare_home, was_killed
from orchestration.project import prepare_manifest
from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.settings import settings


def run_job(name: str, say: Callable[[str], None]) -> list[str]:
    """Run `refresh` or `daily`; `say` is told of the start and of every check that warns. Returns why nothing was published, or nothing."""
    prepare_home()
    prepare_manifest()
    os.environ[BY_HAND] = "1"
    from orchestration.definitions import defs
    from orchestration.defs.ingest import NEWS

    say(f"running the job {name}")
    # the first to open it makes its databases, and two at once would ruin them
    with FileLock(settings().dagster_home / "opened.lock"):
        opened = dg.DagsterInstance.get()
    with opened as instance:
        _bury_the_killed(instance)
        job = defs.resolve_job_def(name)
        result = job.execute_in_process(
            instance=instance,
            asset_selection=None if name == "daily" else _with_snapshots(job),
            raise_on_error=False,
            tags={PID: str(os.getpid())},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    failures = [(e.step_key, e.step_failure_data.error) for e in result.all_events if e.is_step_failure]
    # Ctrl-C, which Dagster makes a step's failure
    if any((root := _root(error)) and root.cls_name == "DagsterExecutionInterruptedError" for _, error in failures):
        raise KeyboardInterrupt
    failed = [f"{step}: {cause(error)}" for step, error in failures]
    if not result.success and not failed:  # outside of any step
        failed = [e.message or "the run failed" for e in result.all_events if e.is_run_failure or e.is_failure]
        failed = failed or ["the run failed outside of its steps"]
    for event in result.all_events:
        if event.is_step_materialization and (news := event.materialization.metadata.get(NEWS)):
            say(str(news.value))
    checks = [
        event.asset_check_evaluation_data
        for event in result.all_events
        if event.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    for check in checks:
        if not check.passed:
            line = f"{check.asset_key.to_user_string()}: {check.check_name}: {check.description or 'failed'}"
            if check.severity is dg.AssetCheckSeverity.ERROR and check.blocking:
                failed.append(f"failed check  {line}")
            else:
                say(f"warning: {line}")
    return failed


def _with_snapshots(job: dg.JobDefinition) -> list[dg.AssetKey]:
    """The assets of a job without those of feeds that have no snapshot: each step costs half a second to do nothing."""
    from orchestration.defs.ingest import entries_key, landing_key  # after prepare_home, as definitions are

    held = {file.feed for file in snapshots.scan(settings().raw, FEEDS).files}
    idle = {key(feed) for feed in FEEDS if feed not in held for key in (landing_key, entries_key)}
    return [key for key in job.asset_layer.executable_asset_keys if key not in idle]


def _bury_the_killed(instance: dg.DagsterInstance) -> None:
    """Runs by hand whose process is gone would be shown as in progress for ever: nobody else watches over them."""
    for run in instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])):
        if was_killed(run):
            instance.report_run_failed(run, f"its process {run.tags[PID]} was killed")


def _root(error: SerializableErrorInfo | None) -> SerializableErrorInfo | None:
    while error is not None and error.cause is not None:
        error = error.cause
    return error


def cause(error: SerializableErrorInfo | None) -> str:
    """The message of what went wrong at the bottom, without Dagster's own wrapping."""
    root = _root(error)
    return root.message.strip() if root is not None else "failed"
