"""The job `daily` in this process, on the same instance as the UI's, so that its runs are found there."""

from collections.abc import Callable

import dagster as dg
from dagster._utils.error import SerializableErrorInfo

from orchestration.home import prepare_home
from orchestration.project import prepare_manifest

_STEP_NAMES = {
    "extract": "reading texts",
    "models": "building and testing the marts",
    "table_checks": "checking the marts",
}


def run_daily(say: Callable[[str], None]) -> list[str]:
    """Run it; `say` is told of each step. Returns why nothing was published, or an empty list."""
    prepare_home()
    prepare_manifest()
    from orchestration.definitions import defs

    say("running the job daily")
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("daily").execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    failed = [f"{e.step_key}: {_cause(e.step_failure_data.error)}" for e in result.all_events if e.is_step_failure]
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


def _cause(error: SerializableErrorInfo | None) -> str:
    """The message of what went wrong at the bottom, without Dagster's own wrapping."""
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else "failed"
