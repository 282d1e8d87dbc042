"""Checks across snapshots, between the build and the publish. (Parsing checks are in `ingest`, dbt's tests come with the models.)"""

from collections.abc import Iterator

import dagster as dg
import duckdb

from orchestration.home import pool
from paperhouse.settings import settings
from paperhouse.table_checks import TABLE_CHECKS
from paperhouse.warehouse import write_lock


@dg.multi_asset_check(
    name="table_checks",
    specs=[
        dg.AssetCheckSpec(c.name, asset=dg.AssetKey(["marts", c.mart]), description=c.description, blocking=c.blocking)
        for c in TABLE_CHECKS
    ],
    pool=pool("warehouse"),
)
def table_checks(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """Each check of `TABLE_CHECKS`: a blocking one that fails withholds the publish, another one warns."""
    with write_lock(settings().warehouse), duckdb.connect(str(settings().warehouse), read_only=True) as con:
        for check in TABLE_CHECKS:
            found = check.violation(con)
            if found:
                context.log.warning(f"{check.mart}: {check.name}: {found}")
            yield dg.AssetCheckResult(
                check_name=check.name,
                asset_key=dg.AssetKey(["marts", check.mart]),
                passed=found is None,
                severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
                description=found,
            )
