"""`make superset`: Apache Superset over the published marts, on 127.0.0.1, with the dashboard "Paperhouse" made.

Runs in the pipeline's environment, to know where the data folder is, and hands over to Superset's own.
"""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

from paperhouse.settings import ROOT, settings

HERE = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".superset" / "bin"
ADDRESS = "127.0.0.1:8088"
USER = "admin"


def state_folder(data: Path) -> Path:
    """Superset's own database and its secrets, for nobody else's eyes. Without it, the next start makes all anew."""
    folder = data / "superset"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def own_secrets(folder: Path) -> dict[str, str]:
    """The key that sessions are signed with and the administrator's password: drawn once, kept in a file of mode 0600."""
    path = folder / "secrets.json"
    if not path.exists():
        drawn = {"secret_key": secrets.token_urlsafe(42), "password": secrets.token_urlsafe(12)}
        # Aside first: a start that is killed half-way must leave no file that is empty.
        aside = path.with_suffix(".new")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(drawn, file)
        aside.replace(path)
    return json.loads(path.read_text())


def environment(folder: Path, marts: Path) -> dict[str, str]:
    """What Superset's processes are told: where their state is, and which published file they read."""
    return os.environ | {
        "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        "SUPERSET_HOME": str(folder),
        "PAPERHOUSE_SUPERSET": str(folder),
        "PAPERHOUSE_MARTS": str(marts),
        "FLASK_APP": "superset.app:create_app()",
    }


def prepare_command() -> list[str]:
    """Makes or updates Superset's database, the administrator and the dashboard."""
    return [str(ENVIRONMENT / "python"), str(HERE / "prepare.py"), USER]


def server_command(address: str = ADDRESS) -> list[str]:
    """Superset's server. One process serves a few analysts; its threads wait for DuckDB, which uses all cores."""
    gunicorn = [str(ENVIRONMENT / "gunicorn"), "--bind", address, "--worker-class", "gthread", "--threads", "8"]
    return [*gunicorn, "--timeout", "120", "--log-level", "warning", "superset.app:create_app()"]


def main() -> None:
    if not settings().marts.exists():
        sys.exit(f"{settings().marts} is not there yet: make run")
    folder = state_folder(settings().data)
    password = own_secrets(folder)["password"]
    env = environment(folder, settings().marts)
    if subprocess.run(prepare_command(), env=env, check=False).returncode != 0:
        sys.exit("Superset was not set up; its reason stands above")
    print(
        f"\n  Superset: http://{ADDRESS}/superset/dashboard/paperhouse/\n  user {USER}, password {password}", flush=True
    )
    print("  Stop it with Ctrl-C.\n", flush=True)
    # In this process's place, so that Ctrl-C reaches it.
    command = server_command()
    os.execve(command[0], command, env)  # noqa: S606


if __name__ == "__main__":
    main()
