"""A real Superset under use while marts are published under it: `make test-superset` (some two minutes, not in `make test`).

Users with logins of their own ask through charts and through SQL Lab, without pause, while one publish follows another.
"""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from bi.superset.serve import ENVIRONMENT, USER, environment, own_secrets, prepare_command, server_command, state_folder
from paperhouse.publish import publish
from paperhouse.settings import ROOT

USERS, PUBLISHES = 6, 30
TOLD = """select version, papers as told, (select count(*) from paperhouse.marts.papers) as counted
from paperhouse.marts.publish_info"""


@dataclass
class Session:
    """One user's login, and what they saw: when they asked, by which way, the publish they were shown."""

    url: str
    name: str
    password: str
    seen: list[tuple[float, str, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=60, headers={"Referer": self.url})
        login = {"username": self.name, "password": self.password, "provider": "db"}
        token = self.http.post("/api/v1/security/login", json=login).raise_for_status().json()["access_token"]
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.http.headers["X-CSRFToken"] = self.http.get("/api/v1/security/csrf_token/").json()["result"]

    def get(self, path: str) -> list[dict[str, Any]]:
        return self.http.get(f"/api/v1/{path}?q=(page_size:100)").raise_for_status().json()["result"]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.http.post(f"/api/v1/{path}", json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def chart(self, dataset: int, **query: object) -> list[dict[str, Any]]:
        """Rows, as a chart asks for them."""
        body = {"datasource": {"id": dataset, "type": "table"}, "queries": [{"row_limit": 100, **query}], "force": True}
        return self.post("chart/data", body)["result"][0]["data"]

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Rows, as SQL Lab asks for them."""
        body = {"database_id": 1, "sql": query, "runAsync": False, "schema": "paperhouse.marts"}
        return self.post("sqllab/execute/", body)["data"]

    def use(self, dataset: int, stop: threading.Event) -> None:
        """Ask until told to stop, in turn through a chart and through SQL Lab."""
        for way in itertools.cycle(("chart", "SQL Lab")):
            if stop.is_set():
                return
            asked = time.monotonic()
            try:
                columns = ["version", "told", "counted"]
                (row,) = self.chart(dataset, columns=columns) if way == "chart" else self.sql(TOLD)
                if row["told"] != row["counted"]:
                    self.failures.append(f"{way}: half a publish: {row}")
                self.seen.append((asked, way, int(row["version"].removeprefix("publish-"))))
            except (AssertionError, httpx.HTTPError, ValueError, KeyError) as error:
                self.failures.append(f"{way}: {error!r}")


@dataclass
class House:
    """A data folder with a built warehouse, and publishes that each bring one paper more."""

    data: Path
    finished: list[float] = field(default_factory=list)

    def publish(self) -> None:
        number = len(self.finished)
        with duckdb.connect(str(self.data / "warehouse.duckdb")) as con:
            con.execute(
                "insert into marts.papers select * replace (? as paper_id) from marts.papers limit 1",
                [f"arxiv:publish-{number}"],
            )
            con.execute("update raw.built set version = ?", [f"publish-{number}"])
        publish(self.data / "warehouse.duckdb", self.data / "marts.duckdb", self.data / "parquet")
        self.finished.append(time.monotonic())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    if not ENVIRONMENT.is_dir():
        pytest.skip("Superset's environment is set up by `make test-superset`")
    place = tmp_path_factory.mktemp("superset")
    shutil.copytree(ROOT / "raw", place / "raw")
    for day in (ROOT / "tests" / "fixtures" / "hf_daily_papers").glob("20*.json"):
        (place / "raw" / "hf_daily_papers" / day.stem).mkdir(parents=True)
        shutil.copy(day, place / "raw" / "hf_daily_papers" / day.stem)
    env = os.environ | {"PAPERHOUSE_RAW": str(place / "raw"), "PAPERHOUSE_DATA": str(place / "data")}
    subprocess.run([sys.executable, "-m", "orchestration.run"], cwd=ROOT, env=env, check=True)
    house = House(place / "data")
    house.publish()
    return house


@pytest.fixture(scope="module")
def admin(house: House) -> Iterator[Session]:
    """The administrator's session with a server that reads the house's published file."""
    folder = state_folder(house.data)
    password = own_secrets(folder)["password"]
    env = environment(folder, house.data / "marts.duckdb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    subprocess.run(prepare_command(), env=env, check=True)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(server_command(address), env=env, stdout=log, stderr=log)
    try:
        for _ in range(120):
            if server.poll() is not None or _is_up(address):
                break
            time.sleep(0.5)
        yield Session(f"http://{address}", USER, password)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _is_up(address: str) -> bool:
    try:
        return httpx.get(f"http://{address}/health").is_success
    except httpx.TransportError:
        return False


def _queries(params: dict[str, Any]) -> dict[str, Any]:
    """What a chart asks for, from its form: enough of it to be answered."""
    columns = [*params.get("all_columns", []), *params.get("groupby", [])]
    metrics = [params["metric"]] if "metric" in params else params.get("metrics", [])
    return {"columns": columns + ([params["x_axis"]] if "x_axis" in params else []), "metrics": metrics}


def test_each_chart_of_the_dashboard_is_there_and_is_answered(admin: Session) -> None:
    from bi.superset import charts

    made = {chart["slice_name"]: chart for chart in admin.get("chart/")}
    datasets = {dataset["table_name"]: dataset["id"] for dataset in admin.get("dataset/")}
    assert set(made) == {chart.title for chart in charts.CHARTS}
    for chart in charts.CHARTS:
        rows = admin.chart(datasets[chart.dataset], **_queries(chart.params))
        # Made-up papers tell no results on a known benchmark, and no week has ten of them.
        assert rows or chart.key in ("leaders", "topics"), chart.title


def test_a_second_start_changes_nothing(admin: Session, house: House) -> None:
    def all_there_is() -> list[tuple[str, int, str]]:
        names = {
            "database": "database_name",
            "dataset": "table_name",
            "chart": "slice_name",
            "dashboard": "dashboard_title",
        }
        return sorted((kind, one["id"], one[name]) for kind, name in names.items() for one in admin.get(f"{kind}/"))

    before = all_there_is()
    env = environment(state_folder(house.data), house.data / "marts.duckdb")
    subprocess.run(prepare_command(), env=env, check=True)
    assert all_there_is() == before


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "attach '/etc/passwd' as x",
        "insert into papers (paper_id) values ('x')",
    ],
)
def test_sql_lab_writes_nothing_and_reads_no_other_file(admin: Session, query: str) -> None:
    with pytest.raises(AssertionError, match=r"file system operations are disabled|does not allow for DDL/DML"):
        admin.sql(query)


def test_users_see_whole_publishes_and_always_the_newest(admin: Session, house: House) -> None:
    roles = [r["id"] for r in admin.get("security/roles/") if r["name"] in ("Alpha", "sql_lab")]
    asked = {"database": 1, "schema": "paperhouse.marts", "table_name": "told", "sql": TOLD}
    dataset = admin.post("dataset/", asked)["id"]
    users = []
    for number in range(USERS):
        name, password = f"user{number}", own_secrets(state_folder(house.data))["password"]
        mail = {"first_name": name, "last_name": "of a test", "email": f"{name}@localhost", "active": True}
        admin.post("security/users/", {**mail, "username": name, "password": password, "roles": roles})
        users.append(Session(admin.url, name, password))

    stop = threading.Event()
    threads = [threading.Thread(target=user.use, args=(dataset, stop)) for user in users]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for _ in range(PUBLISHES):
        time.sleep(0.5)
        house.publish()
    lasted = time.monotonic() - began
    time.sleep(2)
    stop.set()
    for thread in threads:
        thread.join()

    seen = [one for user in users for one in user.seen]
    ways = {way: sum(one[1] == way for one in seen) for way in ("chart", "SQL Lab")}
    failures = [failure for user in users for failure in user.failures]
    stale = [one for one in seen if one[2] < sum(done < one[0] for done in house.finished) - 1]
    newest = len(house.finished) - 1
    print(
        f"\n{USERS} users, {PUBLISHES} publishes in {lasted:.0f} s, {len(seen)} queries ({ways}),"
        f" {len({one[2] for one in seen})} versions seen, {len(failures)} errors, {len(stale)} answers older than the"
        f" newest publish; at the end {[user.seen[-1][2] for user in users]} of {newest}"
    )
    assert failures == []
    assert stale == []
    assert {user.seen[-1][2] for user in users} == {newest}
    assert len(seen) > 5 * PUBLISHES
