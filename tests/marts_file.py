"""A published file made by hand: the marts of the contract with a few rows, and what they leave out unknown."""

from pathlib import Path

import duckdb

from paperhouse.publish import contract

INFO = {"version": "v1", "code_version": "0", "vocabulary_version": "x", "newest_feed_day": "2025-09-05", "papers": 1}


def make_marts(target: Path, **tables: list[dict]) -> Path:
    """Write `target` with every mart; `tables` are the rows of some, a dict each. Columns not named are NULL."""
    target.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.sql(f"attach '{target}' as made (storage_version 'v1.0.0')")
        con.sql("create schema made.marts")
        for mart, columns in contract().items():
            con.sql(f'create table made.marts."{mart}" ({", ".join(f"{name} {kind}" for name, kind in columns)})')
            for row in tables.get(mart, []):
                unknown = set(row) - {name for name, _ in columns}
                assert not unknown, f"{mart} has no {unknown}"
                _insert(con, mart, row)
        info = INFO | next(iter(tables.get("publish_info", [{}])), {})
        con.sql(
            "create table made.marts.publish_info (version varchar, built_at timestamp, code_version varchar,"
            " vocabulary_version varchar, newest_feed_day date, papers bigint)"
        )
        _insert(con, "publish_info", info)
    return target


def _insert(con: duckdb.DuckDBPyConnection, mart: str, row: dict) -> None:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    con.execute(f'insert into made.marts."{mart}" ({names}) values ({places})', list(row.values()))


def paper(paper_id: str, title: str, **known: object) -> dict:
    """A row of the mart `papers`."""
    return {"paper_id": paper_id, "title": title, "first_seen_on": "2025-09-04", "last_seen_on": "2025-09-04"} | known


def trend(paper_id: str, rank: int, day: str, period: str = "day", **known: object) -> dict:
    """A row of the mart `trending_papers`."""
    return {"period": period, "starts_on": day, "rank": rank, "paper_id": paper_id, "title": "t", "score": 1.0} | known


def claim(paper_id: str, text: str, evidence: str, value: float, unit: str, kind: str, **known: object) -> dict:
    """A row of the mart `metrics`, of evidence in the paper's abstract `text`."""
    start = text.index(evidence)
    return {
        "metric_id": f"{paper_id} {start}",
        "paper_id": paper_id,
        "value": value,
        "unit": unit,
        "kind": kind,
        "quantity": "speed",
        "evidence": evidence,
        "evidence_in": "abstract",
        "evidence_start": start,
        "evidence_end": start + len(evidence),
        "confidence": 0.95,
        "rule": "r",
    } | known
