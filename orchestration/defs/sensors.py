"""Sensors: what lands is ingested, what was ingested is built."""

import dagster as dg
import duckdb

from orchestration.defs.schedules import backfill, build, daily, ingest_days, refresh
from orchestration.home import was_killed
from paperhouse import snapshots
from paperhouse.feeds import FEEDS
from paperhouse.load import unread_files
from paperhouse.publish import published_version, wanted_version
from paperhouse.settings import settings

_UNDER_WAY = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


def _is_under_way(context: dg.SensorEvaluationContext) -> bool:
    """Whether a run is at work that ingests or builds: what lies there may be its own, and be read and built in a moment."""
    jobs = {job.name for job in (daily, refresh, backfill, ingest_days, build)}
    runs = context.instance.get_runs(dg.RunsFilter(statuses=_UNDER_WAY))
    return any(run.job_name in jobs and not was_killed(run) for run in runs)


@dg.sensor(job=refresh, minimum_interval_seconds=60)
def landing(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """A file in the landing folder that the warehouse has not read starts the job `refresh`."""
    if _is_under_way(context):
        return dg.SkipReason("a run is under way; it is looked at again")
    landed = snapshots.scan(settings().raw, FEEDS)
    state = snapshots.state(settings().raw, landed)
    if state == context.cursor:
        return dg.SkipReason("nothing has changed in the landing folder")
    for path, reason in landed.strays:
        context.log.warning(f"{path}: not read: {reason}")
    try:
        todo = [file.path for file, *_ in unread_files(settings().raw, settings().warehouse)]
    except duckdb.IOException:
        return dg.SkipReason("a run is writing; it is looked at again")
    requests = [dg.RunRequest(run_key=state)] if todo else []
    return dg.SensorResult(run_requests=requests, skip_reason=None if todo else "all of it was read", cursor=state)


@dg.sensor(job=build, minimum_interval_seconds=60)
def build_what_was_ingested(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Snapshots in the warehouse that are not in the published marts (after a backfill of days) start the build."""
    if _is_under_way(context):
        return dg.SkipReason("a run is under way; it is looked at again")
    if not settings().warehouse.exists():
        return dg.SkipReason("there is no warehouse yet")
    try:
        with duckdb.connect(str(settings().warehouse), read_only=True) as con:
            wanted = wanted_version(con)
    except duckdb.IOException:
        return dg.SkipReason("a run is writing; it is looked at again")
    except duckdb.CatalogException:
        return dg.SkipReason("nothing was ingested yet")
    if wanted == published_version(settings().marts, settings().parquet):
        return dg.SkipReason(f"version {wanted} is published")
    return dg.RunRequest(run_key=wanted)
