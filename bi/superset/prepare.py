"""Superset's database, roles, administrator and the dashboard: made at the first start, brought up to date at each other.

Runs in Superset's environment (`serve.py` starts it). Twice in a row changes nothing: all that is imported has the same
identity each time. What analysts make themselves is left alone; a change of ours to the dashboard "Paperhouse" wins over
theirs, so they save theirs under another name.
"""

import json
import logging
import os
import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path

STATE = Path(os.environ["PAPERHOUSE_SUPERSET"])


def main(user: str) -> None:
    # Hundreds of lines of others' notices would hide the one that matters.
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    print("Starting Superset (the first start takes a minute) ...", flush=True)
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        _upgrade(app.config["VERSION_STRING"])
        _import(_administrator(user))


def _upgrade(version: str) -> None:
    """Superset's own tables and roles; only once for each version of Superset, since it takes half a minute."""
    import superset
    from flask_migrate import upgrade
    from superset import appbuilder, security_manager

    done = STATE / "prepared"
    if done.exists() and done.read_text() == version:
        return
    with (STATE / "upgrade.log").open("w") as log, redirect_stdout(log):
        upgrade(directory=str(Path(superset.__file__).with_name("migrations")))
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
    done.write_text(version)


def _administrator(name: str) -> object:
    from superset import security_manager

    found = security_manager.find_user(username=name)
    if not found:
        password = json.loads((STATE / "secrets.json").read_text())["password"]
        role = security_manager.find_role("Admin")
        found = security_manager.add_user(name, "Paperhouse", "Administrator", f"{name}@localhost", role, password)
    return found


def _import(user: object) -> None:
    from assets import contents
    from flask import g
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset_config import connect_to_marts

    g.user = user
    con = connect_to_marts()
    try:
        files, left_out = contents(con, os.environ["PAPERHOUSE_MARTS"])
    finally:
        con.close()
    ImportAssetsCommand(files).run()
    for title in left_out:
        print(f"  left out, because the published file lacks its mart: {title}")


if __name__ == "__main__":
    main(sys.argv[1])
