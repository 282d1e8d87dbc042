"""Alerts: a run that failed, a check that failed, a day that is missing, a feed that changed its shape.

They look on, and start nothing. Runs by hand (`make run`) tell their own terminal; these are of runs that the daemon launched.
"""

from datetime import date

import dagster as dg

from orchestration.defs.ingest import WHAT
from orchestration.job import cause
from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.fetch import clock
from paperhouse.fetch.days import FEED, missing_weekdays
from paperhouse.readers import alerts
from paperhouse.readers.alerts import Alert
from paperhouse.settings import settings

NOBODY = "nobody is told: set PAPERHOUSE_ALERT_TO or PAPERHOUSE_ALERT_WEBHOOK"

_SHAPE = {"no_unknown_keys", "reject_rate", "record_schema", "lengths_plausible", "no_rejects"}
"""Parsing checks that fail when a feed has changed its shape."""


@dg.run_failure_sensor(default_status=dg.DefaultSensorStatus.RUNNING, minimum_interval_seconds=30)
def alert_of_failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """Tells of every run that failed: the step, the reason, the checks that did not hold."""
    if not alerts.is_on(settings()):
        return dg.SkipReason(NOBODY)
    run = context.dagster_run
    steps = [f"{event.step_key}: {cause(event.step_failure_data.error)}" for event in context.get_step_failure_events()]
    lines = steps or [context.failure_event.message or "it failed outside of its steps"]
    checks = [_line(check) for check in _failed_checks(context.instance, run.run_id)]
    _tell(
        context, Alert(f"run {run.run_id}", f"the run of {run.job_name} failed", (*lines, *checks, f"run {run.run_id}"))
    )
    return None


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
)
def alert_of_failed_checks(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
    """Tells of snapshots that a check kept out of a run that was green otherwise, and of feeds that changed their shape."""
    if not alerts.is_on(settings()):
        return dg.SkipReason(NOBODY)
    for check in _failed_checks(context.instance, context.dagster_run.run_id):
        if check.check_name in _SHAPE:
            # A feed that has changed brings the same news every day.
            what = check.metadata[WHAT].value if WHAT in check.metadata else check.description
            key = f"shape {check.asset_key.to_user_string()} {check.check_name} {what}"
            _tell(context, Alert(key, "a feed has changed its shape", (_line(check),)))
        elif check.blocking or check.check_name == "readable":
            _tell(context, Alert(f"check {_line(check)}", "a blocking check failed", (_line(check),)))
    return None


@dg.sensor(default_status=dg.DefaultSensorStatus.RUNNING, minimum_interval_seconds=1800)
def alert_of_missing_days(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Tells of each weekday of the last week of which Daily Papers has brought nothing, whether or not a run was started.

    And again of what could not be told: Dagster shows a run to the sensors above once only.
    """
    if not alerts.is_on(settings()):
        return dg.SkipReason(NOBODY)
    for problem in alerts.tell_the_untold(settings()):
        context.log.warning(f"still not told: {problem}")
    missing = missing_days()
    for day in missing:
        _tell(
            context, Alert(f"missing {FEED} {day}", f"{FEED} of {day} is missing", (f"nothing lies in {FEED}/{day}",))
        )
    return dg.SkipReason(f"missing: {', '.join(map(str, missing))}" if missing else "no day is missing")


def missing_days() -> list[date]:
    """Weekdays of which Daily Papers has no file in the landing folder and should have."""
    held = {file.day for file in snapshots.scan(settings().raw, FEEDS).files if file.feed == FEED}
    return missing_weekdays(held, clock.CLOCK.now())


def _failed_checks(instance: dg.DagsterInstance, run_id: str) -> list[dg.AssetCheckEvaluation]:
    logs = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    checks = [log.dagster_event.asset_check_evaluation_data for log in logs if log.dagster_event]
    return [check for check in checks if not check.passed]


def _line(check: dg.AssetCheckEvaluation) -> str:
    return f"{check.asset_key.to_user_string()}: {check.check_name}: {check.description or 'failed'}"


def _tell(context: dg.SensorEvaluationContext | dg.RunStatusSensorContext, alert: Alert) -> None:
    try:
        told = alerts.tell(alert, settings())
    except alerts.AlertError as error:
        context.log.warning(f"{alert.title}: not told yet: {error}")
    else:
        context.log.info(f"{alert.title}: told {', '.join(told) or 'nobody anew'}")


alert_sensors = [alert_of_failed_runs, alert_of_failed_checks, alert_of_missing_days]
