"""Superset's settings for reading the published marts on this machine. `serve.py` names this file to Superset.

State and secrets lie in the folder `PAPERHOUSE_SUPERSET`; the published file is `PAPERHOUSE_MARTS`.
"""

import json
import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper
from sqlalchemy.engine.url import URL
from superset.config import TALISMAN_CONFIG as THEIRS

_STATE = Path(os.environ["PAPERHOUSE_SUPERSET"])
_MARTS = Path(os.environ["PAPERHOUSE_MARTS"])

SECRET_KEY = json.loads((_STATE / "secrets.json").read_text())["secret_key"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_STATE / 'superset.db'}?check_same_thread=false"
APP_NAME = "Paperhouse"
# Each page warns of a picture that its wheel lacks, and each start tells of its migrations.
LOG_LEVEL = "ERROR"
# One look whatever the reader's system prefers, so that the colours of the charts are those that were looked at.
THEME_DARK = None
# A publish must be seen at the next reload: results are not cached, and reading the file anew costs milliseconds.
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}

# Superset's pages load a pixel that tells its makers of each visit. The browser is told to refuse it.
TALISMAN_CONFIG = deepcopy(THEIRS)
for _allowed in TALISMAN_CONFIG["content_security_policy"].values():
    if isinstance(_allowed, list):
        _allowed[:] = [source for source in _allowed if "scarf.sh" not in source]


def connect_to_marts() -> ConnectionWrapper:
    """The published file as it is now, read-only, as `paperhouse`, with nothing else of this machine in reach.

    A database in memory for each query, with the file attached, because DuckDB shares an opened file among all
    connections of a process: under steady use somebody always holds it, and a new publish would never be seen. The other
    name makes `marts.papers` unambiguous. Without external access, SQL Lab reads no other file of this machine.
    """
    con = duckdb.connect()
    try:
        con.execute(f"attach '{str(_MARTS).replace(chr(39), chr(39) * 2)}' as paperhouse (read_only)")
        con.execute("use paperhouse.marts")
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
    except BaseException:
        con.close()
        raise
    return ConnectionWrapper(con)


def DB_CONNECTION_MUTATOR(uri: URL, params: dict[str, Any], *_: object) -> tuple[URL, dict[str, Any]]:  # noqa: N802
    """Superset asks this before it connects anywhere: the published file is opened our way, all else as it is."""
    if uri.drivername == "duckdb" and uri.database == str(_MARTS):
        params = {key: value for key, value in params.items() if key != "connect_args"} | {"creator": connect_to_marts}
    return uri, params
