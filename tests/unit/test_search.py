"""Full-text search over a published file."""

from pathlib import Path

import duckdb
import pytest
from marts_file import make_marts, paper

from paperhouse import search
from paperhouse.duckdb_file import PublishError
from paperhouse.search import FOUND, NoExtensionError, find, search_version, write_search

PAPERS = [
    paper("p1", "Quantization of long contexts", abstract="We compress.", upvotes=3, published_on="2025-09-01"),
    paper("p2", "Compressing caches", abstract="Quantized keys and values serve long contexts."),
    paper("p3", "Sourdough [bold]bread[/bold]\x1b[31m", abstract=None),
]


@pytest.fixture
def marts(tmp_path: Path) -> Path:
    return make_marts(tmp_path / "marts.duckdb", papers=PAPERS, publish_info=[{"version": "v7", "papers": 3}])


def test_the_title_weighs_more_and_words_are_found_by_their_stems(marts: Path) -> None:
    target = marts.with_name("search.duckdb")
    assert write_search(marts, target) == 3
    found = find(target, "quantizing")
    assert found.schema == FOUND
    assert found["paper_id"].to_list() == ["p1", "p2"]
    assert found.row(0, named=True)["upvotes"] == 3
    assert find(target, "quantizing", most=1).height == 1
    assert search_version(target) == "v7"


@pytest.mark.parametrize("query", ["nothingness", "", "'; drop table papers; --", "the", "“🦆”", "a" * 5000])
def test_a_query_without_a_paper_finds_none(marts: Path, query: str) -> None:
    target = marts.with_name("search.duckdb")
    write_search(marts, target)
    assert find(target, query).is_empty()
    assert find(target, "sourdough").height == 1


def test_a_person_asks_sql_as_the_docs_say(marts: Path) -> None:
    target = marts.with_name("search.duckdb")
    write_search(marts, target)
    with duckdb.connect(str(target), read_only=True) as con:
        search.load_fts(con)
        assert con.execute("select paper_id from search_papers('bread')").fetchall() == [("p3",)]


def test_a_new_file_takes_the_place_of_the_old_one_whole_and_a_failed_one_does_not(marts: Path) -> None:
    target = marts.with_name("search.duckdb")
    write_search(marts, target)
    make_marts(marts, papers=PAPERS[:1], publish_info=[{"version": "v8", "papers": 1}])
    write_search(marts, target)
    assert (search_version(target), find(target, "bread").height) == ("v8", 0)
    target.with_name("search.duckdb.wal").write_bytes(b"x")
    with pytest.raises(PublishError, match="opened it for writing"):
        write_search(marts, target)
    target.with_name("search.duckdb.wal").unlink()
    assert sorted(path.name for path in target.parent.iterdir()) == ["marts.duckdb", "search.duckdb"]


def test_without_the_extension_it_says_so_and_what_was_there_stays(
    marts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = marts.with_name("search.duckdb")
    write_search(marts, target)
    monkeypatch.setattr(search.util, "find_spec", lambda name: None)
    real = duckdb.connect

    def connect(*args, **kwargs):
        # As on a machine that has no extension and reaches nothing.
        con = real(*args, **kwargs)
        con.execute(f"set extension_directory = '{target.parent}/none'")
        con.execute("set custom_extension_repository = 'http://127.0.0.1:9'")
        return con

    monkeypatch.setattr("paperhouse.duckdb_file.duckdb.connect", connect)
    with pytest.raises(NoExtensionError, match="has no extension fts"):
        write_search(marts, target)
    monkeypatch.undo()
    assert find(target, "bread").height == 1


def test_the_command_prints_a_table_and_takes_titles_as_text(
    marts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Here:
        search = marts.with_name("search.duckdb")

    monkeypatch.setattr("paperhouse.search.settings", lambda: Here)
    assert search.main("bread") == 1
    assert "make run" in capsys.readouterr().out
    write_search(marts, Here.search)
    assert search.main("bread") == 0
    printed = capsys.readouterr().out
    assert "Sourdough [bold]bread[/bold]" in printed
    assert "\x1b" not in printed
    assert search.main("nothingness") == 0
    assert "no paper speaks of nothingness" in capsys.readouterr().out
    assert search.main(" ") == 1
