"""Transform: the dbt project, one asset a model and a seed, its tests as asset checks."""

import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets

from orchestration.calendar import OWNERS
from orchestration.home import pool
from orchestration.preview import PREVIEW_ROWS, markdown_table, plot
from orchestration.project import dbt_project, prepare_manifest
from paperhouse.publish import version_to_build
from paperhouse.settings import settings
from paperhouse.warehouse import open_warehouse, write_built, write_lock


class _Translator(DagsterDbtTranslator):
    """Keys and groups by schema: an asset's key is its table's name in the warehouse."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return dbt_resource_props["schema"]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:  # noqa: ARG002
        return OWNERS


@dbt_assets(
    manifest=prepare_manifest(),
    project=dbt_project,
    dagster_dbt_translator=_Translator(settings=DagsterDbtTranslatorSettings(enable_asset_checks=True)),
    pool=pool("warehouse"),
)
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """Seeds, models and tests, in one `dbt build`."""
    events: list[Any] = []
    with write_lock(settings().warehouse):
        with open_warehouse(settings().warehouse) as con:
            version = version_to_build(con)
            write_built(con, None)
        # What dbt would write of the run in JSON nobody reads, and it takes a tenth of the build.
        build = dbt.cli(["build", "--no-write-json", "--exclude-resource-type", "unit_test"], context=context)
        try:
            events.extend(build.stream())
            with open_warehouse(settings().warehouse) as con:
                write_built(con, version)
            shutil.rmtree(build.target_path)  # of a build that failed it stays, to be looked into
        finally:
            # After dbt has let go of the file, so that each table's page can show what is in it.
            yield from _with_previews(context, events)


def _with_previews(context: dg.AssetExecutionContext, events: list[Any]) -> Iterator[Any]:
    with duckdb.connect(str(settings().warehouse), read_only=True) as con:
        for event in events:
            if isinstance(event, dg.Output):
                key = context.asset_key_for_output(event.output_name)
                yield event.with_metadata({**event.metadata, **_preview(con, key)})
            else:
                yield event


def _preview(con: duckdb.DuckDBPyConnection, key: dg.AssetKey) -> dict[str, Any]:
    schema, table = key.path
    count = con.execute(f'select count(*) from {schema}."{table}"').fetchall()[0][0]
    rows = con.sql(f'from {schema}."{table}" limit {PREVIEW_ROWS}').pl()
    drawing = plot(con, table) if schema == "marts" else None
    return {
        "dagster/row_count": count,
        "preview": dg.MetadataValue.md(markdown_table(rows)),
        **({"plot": dg.MetadataValue.md(drawing)} if drawing else {}),
    }
