"""Where things are: the settings of the environment, each with a default that works. `.env` in the project's root is read."""

from functools import lru_cache
from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = ROOT / "dbt_project"
SEEDS = DBT_PROJECT / "seeds"


def dbt_files() -> list[Path]:
    """What the dbt project is made of, sorted: not what dbt itself writes there when it is run by hand."""
    written = {"target", "logs", "dbt_packages"}
    files = (path for path in DBT_PROJECT.rglob("*") if path.suffix in {".sql", ".yml", ".csv", ".md"})
    return sorted(path for path in files if not written & set(path.relative_to(DBT_PROJECT).parts))


class Settings(BaseSettings):
    """The project's settings; each is the environment variable `PAPERHOUSE_<NAME>`.

    Relative paths are resolved against the project's root, never the working directory: a job started from elsewhere
    must not make a second, empty warehouse there.
    """

    model_config = SettingsConfigDict(env_prefix="PAPERHOUSE_", env_file=ROOT / ".env", extra="ignore", frozen=True)

    raw: Path = Path("raw")
    data: Path = Path("data")
    shared: Path = Path("../shared")

    @field_validator("raw", "data", "shared", mode="after")
    @classmethod
    def _under_the_root(cls, path: Path) -> Path:
        return (ROOT / path.expanduser()).resolve()

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse.duckdb"

    @property
    def marts(self) -> Path:
        return self.data / "marts.duckdb"

    @property
    def parquet(self) -> Path:
        return self.data / "parquet"

    @property
    def dagster_home(self) -> Path:
        return self.data / "dagster"


@lru_cache
def settings() -> Settings:
    """The settings as the process found them at its first question."""
    return Settings()
