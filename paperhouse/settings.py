"""Where things are: the settings of the environment, each with a default that works. `.env` in the project's root is read."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = ROOT / "dbt_project"
SEEDS = DBT_PROJECT / "seeds"


def dbt_files() -> list[Path]:
    """What the dbt project is made of, sorted: not what dbt itself writes there when it is run by hand."""
    written = {"target", "logs", "dbt_packages"}
    files = (path for path in DBT_PROJECT.rglob("*") if path.suffix in {".sql", ".py", ".yml", ".csv", ".md"})
    return sorted(path for path in files if not written & set(path.relative_to(DBT_PROJECT).parts))


def release() -> str:
    """The version of this checkout."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


class Settings(BaseSettings):
    """The project's settings; each is the environment variable `PAPERHOUSE_<NAME>`.

    Relative paths are resolved against the project's root, never the working directory: a job started from elsewhere
    must not make a second, empty warehouse there.
    """

    model_config = SettingsConfigDict(env_prefix="PAPERHOUSE_", env_file=ROOT / ".env", extra="ignore", frozen=True)

    raw: Path = Path("raw")
    data: Path = Path("data")
    shared: Path = Path("../shared")

    # Who fetches: an address or a page, told to every upstream.
    contact: str = ""
    # Fetch every day since then; unset: since the first that lies in the landing folder, or from today on.
    fetch_since: date | None = None
    # So many days before today are fetched again at each run, today too.
    refetch_days: int = Field(default=2, ge=0, le=365)
    # Categories whose daily announcements are fetched, and sets that are harvested: `cs.LG,cs.CL`; `cs`. None: neither is.
    arxiv_categories: str = ""
    arxiv_sets: str = ""
    # Repositories asked about in one run, and the days after which one is asked about again.
    repos_a_run: int = Field(default=2000, ge=0)
    repo_days: int = Field(default=1, ge=0)
    hf_token: SecretStr = SecretStr("")
    github_token: SecretStr = SecretStr("")

    # Where `make ui` serves the report, on this machine alone.
    report_port: int = Field(default=3010, ge=1, le=65535)

    # Mail: none is sent without a host. Who gets the digest stands in the file of subscribers.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = ""
    subscribers: Path = Path("subscribers.toml")
    # Where one unsubscribes: an address of mail or of a page; without it by mail to the sender.
    unsubscribe: str = ""
    # Who is told that something went wrong: addresses with commas between, and a Slack-compatible webhook.
    alert_to: str = ""
    alert_webhook: SecretStr = SecretStr("")

    hf_url: str = "https://huggingface.co"
    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    arxiv_rss_url: str = "https://rss.arxiv.org/rss"
    arxiv_oai_url: str = "https://oaipmh.arxiv.org/oai"
    github_url: str = "https://api.github.com"

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: ValidationInfo) -> object:
        return cls.model_fields[str(info.field_name)].default if value == "" else value

    @field_validator("raw", "data", "shared", "subscribers", mode="after")
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
    def search(self) -> Path:
        return self.data / "search.duckdb"

    @property
    def report(self) -> Path:
        return self.data / "report" / "index.html"

    @property
    def report_url(self) -> str:
        """Where `make ui` serves the report: a browser opens no file from a page that came over HTTP."""
        return f"http://127.0.0.1:{self.report_port}/"

    @property
    def digest_feed(self) -> Path:
        return self.data / "report" / "digest.atom"

    @property
    def sent(self) -> Path:
        """What was sent, so that nothing is sent twice."""
        return self.data / "sent.sqlite"

    @staticmethod
    def chosen(setting: str) -> list[str]:
        """The names in a setting that lists some, with commas between."""
        return [name.strip() for name in setting.split(",") if name.strip()]

    @property
    def fetch_state(self) -> Path:
        """Where processes tell each other when an upstream was last asked."""
        return self.data / "fetch"

    @property
    def dagster_home(self) -> Path:
        return self.data / "dagster"


class SettingsError(ValueError):
    """A setting is none; the message names it, what it is, and why that will not do."""


@lru_cache
def settings() -> Settings:
    """The settings as the process found them at its first question. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        told = [f"PAPERHOUSE_{str(f['loc'][0]).upper()} is {f['input']!r}: {f['msg']}" for f in error.errors()]
        raise SettingsError("; ".join(told)) from None
