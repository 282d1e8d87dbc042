"""`make ui`: Dagster's UI with its daemon (schedule and sensors), on 127.0.0.1."""

import os
import sys
from pathlib import Path

from orchestration.home import prepare_home
from orchestration.project import prepare_manifest
from paperhouse.settings import ROOT


def main() -> None:
    prepare_home()
    prepare_manifest()
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.chdir(ROOT)
    # In this process's place, so that Ctrl-C reaches it.
    os.execv(dagster, [dagster, "dev", "-w", "workspace.yaml", "-h", "127.0.0.1", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
