"""What the warehouse lacks and an upstream may know: the fetchers are handed it.

Nothing here needs the right to write; where there is no warehouse yet, nothing is wanted.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from paperhouse.feeds import PAPER_FEEDS
from paperhouse.warehouse import entries_table, write_lock

ASKED_AGAIN_AFTER = timedelta(days=7)
"""An id that arXiv did not know: the Hub may list a paper before arXiv has announced it."""

_ARXIV_FEEDS = [feed for feed in PAPER_FEEDS if feed.startswith("arxiv_")]
_OTHER_FEEDS = [feed for feed in PAPER_FEEDS if feed not in _ARXIV_FEEDS]


@contextmanager
def look_into(warehouse: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that only reads, when no other process writes; an empty one where there is no warehouse yet."""
    if not warehouse.exists():
        with duckdb.connect() as con:
            yield con
        return
    with write_lock(warehouse), duckdb.connect(str(warehouse), read_only=True) as con:
        yield con


def rejected_paths(con: duckdb.DuckDBPyConnection, feed: str) -> set[str]:
    """Snapshots of a feed that could not be read."""
    if not _has(con, "snapshots"):
        return set()
    query = "select path from raw.snapshots where feed = ? and status = 'rejected'"
    return {row[0] for row in con.execute(query, [feed]).fetchall()}


def ids_without_details(con: duckdb.DuckDBPyConnection, now: datetime) -> list[str]:
    """arXiv ids that other feeds gave and arXiv has not told of, newest first. `now` is in UTC, without zone."""
    if not _has(con, *map(entries_table, PAPER_FEEDS)):
        return []
    known = " union all ".join(
        f"select arxiv_id from raw.{entries_table(feed)} as e inner join raw.snapshots as s using (snapshot_id)"
        f" where s.status = 'ingested' and (e.arxiv_status is distinct from 'not_found' or s.observed_at > $since)"
        for feed in _ARXIV_FEEDS
    )
    wanted = " union all ".join(f"select arxiv_id from raw.{entries_table(feed)}" for feed in _OTHER_FEEDS)
    query = f"""
        select distinct arxiv_id from ({wanted})
        where arxiv_id is not null and arxiv_id not in (select arxiv_id from ({known}))
        order by arxiv_id desc
    """
    return [row[0] for row in con.execute(query, {"since": now - ASKED_AGAIN_AFTER}).fetchall()]


def titles_without_ids(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Titles of papers that no feed gave an id, the longest first: they are the surest to be found."""
    if not _has(con, *map(entries_table, PAPER_FEEDS)):
        return []
    records = " union all ".join(
        f"select title, coalesce(arxiv_id, doi) as id from raw.{entries_table(feed)} where title is not null"
        for feed in PAPER_FEEDS
    )
    query = f"""
        select any_value(title) from (
            select min(title) as title, regexp_replace(lower(title), '[^\\p{{L}}\\p{{N}}]+', '', 'g') as title_key, id
            from ({records}) group by title_key, id
        )
        group by title_key having count(id) = 0
        order by length(title_key) desc, title_key
    """
    return [row[0] for row in con.execute(query).fetchall()]


def repos_to_ask(con: duckdb.DuckDBPyConnection, feed: str, host: str, before: datetime, most: int) -> list[str]:
    """Canonical urls of the repositories that papers link to on `host` and that were not asked about since `before`.

    Those never asked about first, then the longest ago; at most `most`.
    """
    if not _has(con, "text_links", "urls", entries_table(feed)):
        return []
    query = f"""
        with linked as (
            select repo_id from raw.text_links where host = $host and repo_id is not null
            union
            select repo_id from raw.urls where host = $host and repo_id is not null
        ),
        asked as (
            select e.asked_url as repo_id, max(s.observed_at) as asked_at
            from raw.{entries_table(feed)} as e inner join raw.snapshots as s using (snapshot_id)
            group by all
        )
        select repo_id from linked left join asked using (repo_id)
        where asked_at is null or asked_at < $before
        order by asked_at nulls first, repo_id
        limit {most:d}
    """
    return [row[0] for row in con.execute(query, {"host": host, "before": before}).fetchall()]


def _has(con: duckdb.DuckDBPyConnection, *tables: str) -> bool:
    query = "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name in (select unnest(?))"
    return con.execute(query, [list(tables)]).fetchall()[0][0] == len(set(tables))
