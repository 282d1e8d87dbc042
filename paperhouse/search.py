"""Full-text search over the published papers: `search.duckdb`, a file of its own.

DuckDB's index (BM25, English stems and stop words) is tables and macros that only readers with its extension `fts` can
run, so it is not in `marts.duckdb`: https://duckdb.org/docs/stable/core_extensions/full_text_search.
"""

import os
import sys
from importlib import util
from pathlib import Path

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from paperhouse.duckdb_file import STORAGE, open_marts, quoted, swapped_in
from paperhouse.settings import settings
from paperhouse.text import printable

FOUND = pl.Schema(
    {
        "score": pl.Float64,
        "paper_id": pl.String,
        "title": pl.String,
        "published_on": pl.Date,
        "upvotes": pl.Int64,
        "code_status": pl.String,
    }
)

_TABLES = """
    create table search.papers as
        select paper_id, arxiv_id, title, abstract, published_on, upvotes, code_status from marts.papers order by paper_id;
    create table search.search_info as select version, papers from marts.publish_info
"""

# What stands in the title counts twice: it is in the text's own score too.
_MACRO = """
    create macro search_papers(query) as table
    select round(text_score + coalesce(title_score, 0), 3) as score, papers.* from (
        select
            fts_main_papers.match_bm25(paper_id, query) as text_score,
            fts_main_papers.match_bm25(paper_id, query, fields := 'title') as title_score,
            *
        from papers
    ) as papers
    where text_score is not null
    order by score desc, paper_id
"""


class NoExtensionError(RuntimeError):
    """DuckDB's extension for full-text search is neither installed nor can it be had."""


def load_fts(con: duckdb.DuckDBPyConnection) -> None:
    """Load the extension: from the wheel beside this DuckDB, else what DuckDB has or downloads. Raises NoExtensionError."""
    wheel = util.find_spec("duckdb_extension_fts")
    places = wheel.submodule_search_locations if wheel else None
    files = [path for place in places or () for path in Path(place).rglob(f"v{duckdb.__version__}/*.duckdb_extension")]
    try:
        if files:
            con.load_extension(str(files[0]))
        else:
            con.install_extension("fts")
            con.load_extension("fts")
    except duckdb.Error as error:
        raise NoExtensionError(f"DuckDB {duckdb.__version__} has no extension fts: {error}") from error


def write_search(marts: Path, search: Path) -> int:
    """Index the papers of a published file; returns how many. Built aside and swapped in by rename, like the marts.

    Raises NoExtensionError, and PublishError where a write-ahead log lies beside the file; what was there is untouched.
    """
    with open_marts(marts) as con:
        load_fts(con)
        with swapped_in(search) as aside:
            con.execute(f"attach '{quoted(aside)}' as search (storage_version '{STORAGE}')")
            con.execute(_TABLES)
            con.execute("use search")
            con.execute("pragma create_fts_index('papers', 'paper_id', 'title', 'abstract')")
            con.execute(_MACRO)
            papers = con.execute("select papers from search_info").fetchall()[0][0]
            con.execute("use published")
            con.execute("detach search")
    return papers


def search_version(search: Path) -> str | None:
    """The version of the marts that the file was made from; None where there is none that can be read."""
    if not search.exists():
        return None
    try:
        with duckdb.connect(str(search), read_only=True) as con:
            return con.execute("select version from search_info").fetchall()[0][0]
    except duckdb.Error:
        return None


def find(search: Path, query: str, most: int = 20) -> pl.DataFrame:
    """The papers that speak of it, best first, as FOUND. Raises NoExtensionError, and FileNotFoundError without the file."""
    if not search.exists():
        raise FileNotFoundError(f"{search} is not there: `make run` writes it")
    with duckdb.connect(str(search), read_only=True) as con:
        load_fts(con)
        columns = ", ".join(FOUND.names())
        rows = con.execute(f"select {columns} from search_papers(?) limit ?", [query, most]).fetchall()
    return pl.DataFrame(rows, schema=FOUND, orient="row")


def main(query: str) -> int:
    """`make search`: the papers that speak of it, as a table. Returns the exit status."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    if not query.strip():
        console.print('what for? For example: make search q="long context quantization"')
        return 1
    try:
        found = find(settings().search, query)
    except (FileNotFoundError, NoExtensionError) as error:
        console.print(Text(str(error)))
        return 1
    if found.is_empty():
        console.print(Text(f"no paper speaks of {query}"))
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("score", "title", "paper", "published", "votes", "code"):
        table.add_column(name, justify="right" if name in ("score", "votes") else "left", no_wrap=name != "title")
    for row in found.iter_rows(named=True):
        known = (
            f"{row['score']:.1f}",
            row["title"],
            row["paper_id"],
            row["published_on"],
            row["upvotes"],
            row["code_status"],
        )
        # As text: a title in square brackets is no colour.
        table.add_row(*(Text("" if value is None else printable(str(value))) for value in known))
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("q", "")))  # noqa: SIM112 (make hands over its variable by this name)
