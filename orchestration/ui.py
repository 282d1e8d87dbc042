"""`make ui`: Dagster's UI with its daemon (schedule and sensors), on 127.0.0.1."""

import os
import sys

from orchestration.home import prepare_home
from orchestration.project import prepare_manifest
from paperhouse.settings import ROOT


def main() -> None:
    prepare_home()
    prepare_manifest()
    dagster = os.path.join(os.path.dirname(sys.executable), "dagster")
    os.chdir(ROOT)
    os.execv(dagster, [dagster, "dev", "-w", "workspace.yaml", "-h", "127.0.0.1", *sys.argv[1:]])


if __name__ == "__main__":
    main()
