"""Jobs and the schedule."""

import dagster as dg

from orchestration.defs.ingest import entries_key
from paperhouse.feeds import FEEDS

daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    description="The whole way: every snapshot not yet read, every new text, seeds, models, checks, publish.",
)

ingest_days = dg.define_asset_job(
    "ingest_days",
    selection=dg.AssetSelection.assets(*(entries_key(feed) for feed in FEEDS)),
    description="Ingest chosen feed days, a range in one run. The sensor `build_what_was_ingested` then builds and publishes.",
)

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(*(entries_key(feed) for feed in FEEDS)),
    description="From the raw tables to the published marts, without looking into the landing folder.",
)


@dg.schedule(job=daily, cron_schedule="0 3 * * *", execution_timezone="UTC")
def every_day() -> dg.RunRequest:
    """At 03:00 UTC: the day before has closed, and its page has had three hours to fill."""
    return dg.RunRequest()
