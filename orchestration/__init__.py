"""What runs, when, and what must hold: Dagster's half of the house. What the steps do is in `paperhouse/` and `dbt_project/`."""
