"""`make ui`: Dagster's UI with its daemon (schedule and sensors), on 127.0.0.1; beside it the report, which the UI links to."""

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from orchestration.home import prepare_home
from orchestration.project import prepare_manifest
from paperhouse.settings import ROOT, settings


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its own signature)
        pass


def serve_report(folder: Path, port: int) -> ThreadingHTTPServer | None:
    """Serve the report's folder on 127.0.0.1, in a thread of its own; None where the port is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError:
        return None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> int:
    prepare_home()
    prepare_manifest()
    here = settings()
    server = serve_report(here.report.parent, here.report_port)
    if server is None:
        print(f"port {here.report_port} is taken: the report is not served (PAPERHOUSE_REPORT_PORT)", flush=True)
    else:
        print(f"the report: {here.report_url}", flush=True)
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.chdir(ROOT)
    command = [dagster, "dev", "-w", "workspace.yaml", "-h", "127.0.0.1", *sys.argv[1:]]
    dev = subprocess.Popen(command)
    # Ctrl-C reaches both of us: Dagster's services end in their own time, and we after them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: dev.send_signal(signal.SIGINT))
    return dev.wait()


if __name__ == "__main__":
    sys.exit(main())
