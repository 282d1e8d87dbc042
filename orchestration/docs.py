"""`make docs`: dbt's documentation of the warehouse, as one page that needs no server."""

import shutil
import sys

from orchestration.home import prepare_home
from orchestration.project import dbt_cli
from paperhouse.settings import settings
from paperhouse.warehouse import write_lock


def main() -> int:
    """Write `docs/index.html` under the data folder. Returns the exit status."""
    here = settings()
    if not here.warehouse.exists():
        print("there is no warehouse to document yet: make run")
        return 1
    prepare_home()
    target, work = here.data / "docs", here.data / "dbt_docs"
    with write_lock(here.warehouse):
        done = dbt_cli.cli(["--quiet", "docs", "generate", "--static"], target_path=work, raise_on_error=False).wait()
    if not done.is_successful():
        print(f"dbt could not write it: {done.get_error()}")
        return 1
    target.mkdir(exist_ok=True)
    shutil.copyfile(work / "static_index.html", target / "index.html")
    shutil.rmtree(work)
    print(target / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
