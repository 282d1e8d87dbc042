"""What is imported into Superset: the database, a dataset for each mart, the charts, the dashboard.

In the shape of Superset's own export (YAML files by path), so that Superset's importer does the rest. Names make the
identities (UUIDs), so that a second import updates in place.
"""

from typing import Any
from uuid import UUID, uuid5

import yaml
from charts import CHARTS, COLOURS, FILTERS, ROWS, Chart
from views import VIEWS

_NAMESPACE = UUID("1f0c2d4e-5b7a-4c1e-9a53-70617065727a")
_VERSION = "1.0.0"
_DATABASE = "Paperhouse"
_SCHEMA = "paperhouse.marts"
_TEMPORAL = ("DATE", "TIMESTAMP")
# The day that a dataset's time filters mean.
_MAIN_DAY = ("dated_on", "week_on", "starts_on", "feed_day", "built_at", "observed_at")


def contents(con: Any, marts: str) -> tuple[dict[str, str], list[str]]:
    """The files to import, for what the connection to the published file shows; and charts whose mart it lacks."""
    tables = dict(
        con.execute(
            "select table_name, comment from duckdb_tables() where database_name = 'paperhouse' order by 1"
        ).fetchall()
    )
    there = set(tables) | {view.name for view in VIEWS if view.of <= set(tables)}
    charts = [chart for chart in CHARTS if chart.dataset in there]
    files: dict[str, Any] = {
        "metadata.yaml": {"version": _VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/paperhouse.yaml": _database(marts),
    }
    for name, comment in tables.items():
        files[f"datasets/paperhouse/{name}.yaml"] = _dataset(con, name, comment, None)
    for view in VIEWS:
        if view.name in there:
            files[f"datasets/paperhouse/{view.name}.yaml"] = _dataset(con, view.name, view.description, view.sql)
    for chart in charts:
        files[f"charts/{chart.key}.yaml"] = _chart(chart)
    files["dashboards/paperhouse.yaml"] = _dashboard(charts)
    text = {path: yaml.safe_dump(content, sort_keys=False) for path, content in files.items()}
    return text, [chart.title for chart in CHARTS if chart.dataset not in there]


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(_NAMESPACE, f"{kind}/{name}"))


def _database(marts: str) -> dict[str, Any]:
    # `read_only` is what any Superset needs; ours opens the file as superset_config.py says.
    extra = {"engine_params": {"connect_args": {"read_only": True}}, "allows_virtual_table_explore": True}
    allowed = {"expose_in_sqllab": True, "allow_ctas": False, "allow_cvas": False, "allow_dml": False}
    return {
        "database_name": _DATABASE,
        "sqlalchemy_uri": f"duckdb:///{marts}",
        "allow_csv_upload": False,
        "allow_run_async": False,
        **allowed,
        "extra": extra,
        "uuid": _uuid("database", _DATABASE),
        "version": _VERSION,
    }


def _dataset(con: Any, name: str, description: str | None, sql: str | None) -> dict[str, Any]:
    con.execute(f"describe {sql or f'paperhouse.marts.{name}'}")
    types = {row[0]: row[1] for row in con.fetchall()}
    comments = dict(
        con.execute("select column_name, comment from duckdb_columns() where table_name = ?", [name]).fetchall()
    )
    days = [column for column in _MAIN_DAY if types.get(column, "").startswith(_TEMPORAL)]
    columns = [
        {
            "column_name": column,
            "type": kind,
            "is_dttm": kind.startswith(_TEMPORAL),
            "groupby": True,
            "filterable": True,
            "description": comments.get(column),
        }
        for column, kind in types.items()
    ]
    return {
        "table_name": name,
        "schema": _SCHEMA,
        "description": description,
        "sql": sql,
        "main_dttm_col": days[0] if days else None,
        "columns": columns,
        "metrics": [{"metric_name": "count", "verbose_name": "rows", "expression": "count(*)"}],
        "uuid": _uuid("dataset", name),
        "database_uuid": _uuid("database", _DATABASE),
        "version": _VERSION,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "slice_name": chart.title,
        "description": chart.description,
        "viz_type": chart.kind,
        "params": {"viz_type": chart.kind, "row_limit": 1000, "adhoc_filters": [], **chart.params},
        "dataset_uuid": _uuid("dataset", chart.dataset),
        "uuid": _uuid("chart", chart.key),
        "version": _VERSION,
    }


def _dashboard(charts: list[Chart]) -> dict[str, Any]:
    by_key = {chart.key: chart for chart in charts}
    # The importer replaces these numbers by those that the charts get.
    number = {chart.key: 1 + i for i, chart in enumerate(charts)}
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": _DATABASE}},
    }
    for index, (height, row) in enumerate(ROWS):
        kept = [(key, width) for key, width in row if key in by_key]
        if not kept:
            continue
        row_id, parents = f"ROW-{index}", ["ROOT_ID", "GRID_ID"]
        # What is left takes the room of what is not there.
        scale = 12 // sum(width for _, width in kept)
        position[row_id] = {
            "type": "ROW",
            "id": row_id,
            "children": [f"CHART-{key}" for key, _ in kept],
            "parents": parents,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        position["GRID_ID"]["children"].append(row_id)
        for key, width in kept:
            meta = {"chartId": number[key], "uuid": _uuid("chart", key), "width": width * scale, "height": height}
            position[f"CHART-{key}"] = {
                "type": "CHART",
                "id": f"CHART-{key}",
                "children": [],
                "parents": [*parents, row_id],
                "meta": {**meta, "sliceName": by_key[key].title},
            }
    filters = [_filter(*one, number) for one in FILTERS if one[2] in by_key]
    metadata = {"native_filter_configuration": filters, "filter_bar_orientation": "HORIZONTAL", "refresh_frequency": 0}
    return {
        "dashboard_title": _DATABASE,
        "slug": "paperhouse",
        "published": True,
        "position": position,
        "metadata": {
            **metadata,
            "cross_filters_enabled": False,
            "color_scheme": "supersetColors",
            "label_colors": COLOURS,
        },
        "uuid": _uuid("dashboard", _DATABASE),
        "version": _VERSION,
    }


def _filter(name: str, column: str, key: str, number: dict[str, int]) -> dict[str, Any]:
    """A filter of one chart by one column of its dataset."""
    dataset = next(chart.dataset for chart in CHARTS if chart.key == key)
    return {
        "id": f"NATIVE_FILTER-{column}",
        "name": name,
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"datasetUuid": _uuid("dataset", dataset), "column": {"name": column}}],
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "searchAllOptions": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": [n for other, n in number.items() if other != key]},
    }
