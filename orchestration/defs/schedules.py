"""Jobs and the schedule."""

import dagster as dg

from orchestration.defs.fetch import fetch_assets, fetch_key
from orchestration.defs.ingest import entries_key, landing_assets, landing_key
from paperhouse.feeds import FEEDS
from paperhouse.fetch.days import FEED

_EVERYTHING = dg.AssetSelection.all()
_FETCH = dg.AssetSelection.assets(*fetch_assets)
_LANDING = dg.AssetSelection.assets(*landing_assets)
_INGEST = dg.AssetSelection.assets(*(entries_key(feed) for feed in FEEDS))

daily = dg.define_asset_job(
    "daily",
    selection=_EVERYTHING,
    description="The whole way of a day: fetch what is due, read it, build, check, publish.",
    tags={"paperhouse/fetches": "yes"},
)

refresh = dg.define_asset_job(
    "refresh",
    selection=_EVERYTHING - _FETCH,
    description="From the landing folder to the published marts: every snapshot not yet read. Asks no upstream.",
    tags={"paperhouse/fetches": "no"},
)

backfill = dg.define_asset_job(
    "backfill",
    selection=dg.AssetSelection.assets(fetch_key(FEED), landing_key(FEED), entries_key(FEED)),
    description="Fetch and ingest chosen days of Daily Papers, a range in one run. `build_what_was_ingested` then publishes.",
    tags={"paperhouse/fetches": "yes"},
)

ingest_days = dg.define_asset_job(
    "ingest_days",
    selection=_INGEST,
    description="Ingest chosen feed days, a range in one run. The sensor `build_what_was_ingested` then builds and publishes.",
    tags={"paperhouse/fetches": "no"},
)

build = dg.define_asset_job(
    "build",
    selection=_EVERYTHING - _FETCH - _LANDING - _INGEST,
    description="From the raw tables to the published marts, without looking into the landing folder.",
    tags={"paperhouse/fetches": "no"},
)


@dg.schedule(job=daily, cron_schedule="0 3 * * *", execution_timezone="UTC")
def every_day() -> dg.RunRequest:
    """At 03:00 UTC: the day before has closed, and its page has had three hours to fill."""
    return dg.RunRequest()
