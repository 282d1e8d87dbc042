"""All that Dagster knows of Paperhouse."""

import dagster as dg

from orchestration.defs.alerts import alert_sensors
from orchestration.defs.checks import table_checks
from orchestration.defs.fetch import fetch_assets
from orchestration.defs.ingest import extract, ingest_assets, landing_assets, ledger_specs
from orchestration.defs.publish import published_marts
from orchestration.defs.readers import reader_assets
from orchestration.defs.resources import resources
from orchestration.defs.schedules import backfill, build, daily, every_day, ingest_days, refresh
from orchestration.defs.sensors import build_what_was_ingested, landing
from orchestration.defs.transform import models

defs = dg.Definitions(
    assets=[
        *fetch_assets,
        *landing_assets,
        *ledger_specs,
        *ingest_assets,
        extract,
        models,
        published_marts,
        *reader_assets,
    ],
    asset_checks=[table_checks],
    jobs=[daily, refresh, backfill, ingest_days, build],
    schedules=[every_day],
    sensors=[landing, build_what_was_ingested, *alert_sensors],
    resources=resources,
    # One process a run: steps that open one DuckDB file in turn lose 20 s waiting for each other's locks otherwise.
    executor=dg.in_process_executor,
)
