"""Resources."""

from orchestration.project import dbt_cli

resources = {"dbt": dbt_cli}
