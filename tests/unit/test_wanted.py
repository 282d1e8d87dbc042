"""What the warehouse lacks is asked for, once in a while."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from upstream_server import ATOM_ENTRY, atom, paper

from paperhouse import wanted
from paperhouse.feeds import FEEDS
from paperhouse.load import load_extracts, load_feed
from paperhouse.settings import SEEDS

NOW = datetime(2025, 9, 10, 3)  # noqa: DTZ001 (naive, as the contract has it)
REPO = "https://github.com/nobody/things"


def land(raw: Path, feed: str, name: str, body: bytes, meta: dict | None = None) -> None:
    folder = raw / feed / "2025-09-10"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    if meta is not None:
        (folder / f"{name}.meta.json").write_text(json.dumps(meta))


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    raw, path = tmp_path / "raw", tmp_path / "w.duckdb"
    items = [paper(n, githubRepo=REPO if n == 1 else None) for n in range(1, 6)]
    land(raw, "hf_daily_papers", "body.json", json.dumps(items).encode())
    entries = [
        ATOM_ENTRY.format(
            id="2509.00001",
            title="A Title",
            abstract="We present a text that is long enough to be an abstract of a paper.",
            more="",
        )
    ]
    asked = "https://arxiv.org/api/query?id_list=2509.00001,2509.00002,2509.00003"
    land(raw, "arxiv_atom", "new.xml", atom(asked, entries).body, {"fetched_at": "2025-09-09T00:00:00Z"})
    asked = "https://arxiv.org/api/query?id_list=2509.00004"
    land(raw, "arxiv_atom", "old.xml", atom(asked, []).body, {"fetched_at": "2025-08-09T00:00:00Z"})
    land(raw, "hf_papers_page", "page.json", b"no page")
    for feed in FEEDS:
        load_feed(raw, path, feed)
    load_extracts(path, SEEDS)
    return path


def test_ids_that_arxiv_has_not_told_of_are_wanted_newest_first(warehouse: Path) -> None:
    with wanted.look_into(warehouse) as con:
        # 2 and 3 were asked for yesterday and not found; 4 a month ago.
        assert wanted.ids_without_details(con, NOW) == ["2509.00005", "2509.00004"]


def test_a_title_that_no_id_belongs_to_is_wanted(warehouse: Path, tmp_path: Path) -> None:
    title = "An Invented Method of Number 3 for Counting Things"
    props = json.dumps({"dailyPapers": []}).replace('"', "&quot;")
    page = f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{props}"></div>'
    land(tmp_path / "raw", "hf_papers_page", "empty.html", page.encode())
    text = f"Hugging Face\n\n{title}\n\n" + "We count things in a new way that nobody has tried. " * 6
    text += "\n\nA Title That No Other Feed Has\n\n" + "We weigh things in a new way that nobody has tried. " * 6
    land(tmp_path / "raw", "hf_papers_page", "page.txt", text.encode())
    load_feed(tmp_path / "raw", warehouse, "hf_papers_page")
    with wanted.look_into(warehouse) as con:
        assert wanted.titles_without_ids(con) == ["A Title That No Other Feed Has"]


def test_repositories_are_asked_about_again_after_a_while(warehouse: Path, tmp_path: Path) -> None:
    def ask(before: datetime) -> list[str]:
        with wanted.look_into(warehouse) as con:
            return wanted.repos_to_ask(con, "github_repos", "github.com", before, 10)

    assert ask(NOW) == [REPO]
    meta = {"fetched_at": "2025-09-10T00:00:00Z", "asked": [REPO], "status": 404}
    land(tmp_path / "raw", "github_repos", "a.json", b'{"message": "Not Found"}', meta)
    load_feed(tmp_path / "raw", warehouse, "github_repos")
    assert ask(NOW - timedelta(hours=23)) == []
    assert ask(NOW + timedelta(days=1)) == [REPO]


def test_snapshots_that_could_not_be_read_are_named(warehouse: Path) -> None:
    with wanted.look_into(warehouse) as con:
        assert wanted.rejected_paths(con, "hf_papers_page") == {"hf_papers_page/2025-09-10/page.json"}


def test_without_a_warehouse_nothing_is_wanted(tmp_path: Path) -> None:
    with wanted.look_into(tmp_path / "none.duckdb") as con:
        assert wanted.ids_without_details(con, NOW) == []
        assert wanted.titles_without_ids(con) == []
        assert wanted.repos_to_ask(con, "hf_repos", "huggingface.co", NOW, 10) == []
        assert wanted.rejected_paths(con, "hf_daily_papers") == set()
    assert not (tmp_path / "none.duckdb").exists()
