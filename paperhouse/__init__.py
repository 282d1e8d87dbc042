"""Reading paper feeds and abstracts: frames in, frames out.

What lives here: the landing folder, the feed adapters, the extractors, the predicates of every check, the warehouse's raw
tables and the publisher. What does not: Dagster (`orchestration/`) and dbt (`dbt_project/`), of which nothing here knows;
an import contract in `pyproject.toml` holds that wall.
"""
