"""The docs are true: the README's queries print what it shows, and docs/add-a-feed.md can be followed to the letter."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest
from conftest import ROOT, SAMPLE, House

from paperhouse.extract import TEXT, claims, read_texts
from paperhouse.extract.frames import Frame
from paperhouse.settings import SEEDS
from paperhouse.vocabulary import Vocabulary

QUERY = re.compile(r"```sql\n(?P<query>.*?)```\n<!-- output -->\n```\n(?P<output>.*?)```", re.S)


@pytest.fixture(scope="module")
def built(house: House) -> House:
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    assert house.run() == []
    return house


def test_the_readmes_queries_print_what_it_shows(built: House, capsys: pytest.CaptureFixture[str]) -> None:
    found = QUERY.findall((ROOT / "README.md").read_text())
    assert len(found) == 3
    with duckdb.connect() as con:
        con.sql(f"attach '{built.data / 'marts.duckdb'}' as paperhouse (read_only)")
        con.sql("use paperhouse.marts")
        for query, output in found:
            capsys.readouterr()
            con.sql(query).show(max_width=120)
            assert capsys.readouterr().out.strip() == output.strip(), query


def test_a_unit_a_topic_and_a_rule_can_be_added_by_following_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text()
    seeds = shutil.copytree(ROOT / "dbt_project" / "seeds", tmp_path / "seeds")
    rows = re.findall(r"```csv (\S+)\n(.*?)```", page, re.S)
    assert {name for name, _ in rows} == {"units.csv", "topic_taxonomy.csv", "topic_phrases.csv"}
    for name, row in rows:
        with (seeds / name).open("a") as seed:
            seed.write(row)
    (rule,) = re.findall(r"```python\n(Frame\(.*?)```", page, re.S)
    before = claims.frames
    monkeypatch.setattr(claims, "frames", lambda *seeds: [eval(rule, {"Frame": Frame}), *before(*seeds)])
    text = "We study a sundial. Zed was clocked at 12 furlongs."
    texts = pl.DataFrame({"text_id": ["a"], "title": ["Zed"], "abstract": [text]}, schema=TEXT)
    found = read_texts(texts, Vocabulary.read(seeds))
    assert found["topics"]["topic_id"].to_list() == ["sundials"]
    (metric,) = found["metrics"].to_dicts()
    assert (metric["value"], metric["unit"], metric["rule"]) == (12, "furlongs", "clocked_at")
    assert read_texts(texts, Vocabulary.read(SEEDS))["metrics"].is_empty()


def test_every_file_that_the_docs_name_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = page.read_text()
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
        for path in re.findall(r"`((?:paperhouse|orchestration|dbt_project|tests|docs)/[\w./-]+\.\w+)`", text):
            if "reading_list" not in path:
                assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_every_command_that_the_readme_names_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / "README.md").read_text(), re.M)) <= targets


def test_a_feed_can_be_added_by_following_the_page_to_the_letter(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in tracked.stdout.decode().splitlines():
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, clone / name)
    page = (ROOT / "docs" / "add-a-feed.md").read_text()
    files = re.findall(r"^`([\w./-]+)`\n```\w+\n(.*?)^```", page, re.S | re.M)
    diffs = re.findall(r"^```diff\n(.*?)^```", page, re.S | re.M)
    assert (len(files), len(diffs)) == (4, 2)
    for name, content in files:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text(content)
    for diff in diffs:
        subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=clone, input=diff.encode(), check=True)

    env = os.environ | {"PAPERHOUSE_RAW": "raw", "PAPERHOUSE_DATA": "data"}
    tests = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "tests/unit/feeds/test_reading_list.py",
        "tests/orchestration/test_definitions.py",
    ]
    subprocess.run(tests, cwd=clone, env=env, check=True, capture_output=True)
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.run"], cwd=clone, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    with duckdb.connect() as con:
        con.sql(f"attach '{clone / 'data' / 'marts.duckdb'}' as p (read_only)")
        paper = "where paper_id = 'arxiv:2409.99999'"
        assert con.execute(f"select upvotes from p.marts.papers {paper}").fetchall() == [(4,)]
        assert con.execute(f"select url from p.marts.paper_links {paper}").fetchall() == [
            ("https://github.com/made-up/reading-list",)
        ]
        assert con.execute(f"select value, unit from p.marts.metrics {paper}").fetchall() == [(2.5, "x")]
        assert con.execute("select count(*) from p.marts.papers").fetchall() == [(82,)]
