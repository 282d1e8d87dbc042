"""What stands beside Dagster's UI."""

import socket
from pathlib import Path

import httpx

from orchestration.ui import serve_report
from paperhouse.settings import Settings


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def test_the_report_is_served_where_the_ui_links_to_and_nothing_else_is(tmp_path: Path) -> None:
    here = Settings(data=tmp_path, report_port=_free_port())
    (tmp_path / "secret").write_text("x")
    server = serve_report(here.report.parent, here.report_port)
    assert server is not None
    try:
        here.report.write_text("<p>the report")
        assert httpx.get(here.report_url).text == "<p>the report"
        assert httpx.get(f"{here.report_url}../secret").status_code == 404
        assert httpx.get(f"{here.report_url}%2e%2e/secret").status_code == 404
        assert serve_report(here.report.parent, here.report_port) is None, "the port is taken"
    finally:
        server.shutdown()
        server.server_close()
