"""The days that the calendar has, and who owns what it shows."""

import dagster as dg

from paperhouse.fetch.days import FIRST_DAY

OWNERS = ["team:paperhouse"]

# The day that is running is a partition too: a day goes on filling for hours.
FEED_DAYS = dg.DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), end_offset=1)
