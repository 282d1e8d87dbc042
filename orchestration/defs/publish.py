"""Publish: the marts as files that people and BI tools open."""

import dagster as dg

from orchestration.calendar import OWNERS
from orchestration.defs.transform import models
from orchestration.home import pool
from paperhouse.publish import publish
from paperhouse.settings import settings
from paperhouse.warehouse import write_lock

PUBLISHED = dg.AssetKey(["publish", "marts"])


@dg.asset(
    key=PUBLISHED,
    deps=[key for key in models.keys if key.path[0] == "marts"],
    group_name="publish",
    description="`marts.duckdb` and `parquet/`: built aside, verified, swapped in by rename. Withheld when a blocking check"
    " fails; readers then keep the last sound file.",
    kinds={"duckdb", "parquet"},
    owners=OWNERS,
    pool=pool("warehouse"),
)
def published_marts(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    with write_lock(settings().warehouse):
        published = publish(settings().warehouse, settings().marts, settings().parquet)
    context.log.info(f"published {settings().marts}")
    table = "| mart | rows |\n| --- | --- |\n" + "\n".join(
        f"| {mart} | {rows} |" for mart, rows in published.rows.items()
    )
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(published.rows.values()),
            "version": published.version,
            "file": dg.MetadataValue.path(settings().marts),
            "rows": dg.MetadataValue.md(table),
        }
    )
