"""The shapes in which adapters hand over records, rejects and accounting: one shape for feeds of papers, one for repositories.

A column that a feed does not bring is NULL there: NULL is unknown, 0 is a count that was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

PAPER_RECORD = pl.Schema(
    {
        "position": pl.Int32,  # 1-based place in the snapshot: item of a list, line of a text
        "rank": pl.Int32,  # 1-based place in the feed's own order, repeats left out
        "arxiv_id": pl.String,  # without version
        "arxiv_version": pl.Int32,
        "doi": pl.String,
        "title": pl.String,  # line breaks flattened, else verbatim
        "abstract": pl.String,  # the same
        "abstract_is_cut": pl.Boolean,  # the page ended it with an ellipsis
        "authors": pl.List(pl.String),
        "author_count": pl.Int32,
        "categories": pl.List(pl.String),
        "organization": pl.String,
        "published_on": pl.Date,
        "revised_on": pl.Date,  # of the version that the record tells of
        "arxiv_status": pl.String,  # withdrawn, deleted, not_found (asked for by id); NULL: none of these
        "announced_as": pl.String,  # new, cross, replace, replace-cross: by arXiv's own daily list
        "journal_ref": pl.String,
        "license": pl.String,  # address of its text
        "author_note": pl.String,  # arXiv's "comments": pages, venue, where the code is
        "listed_on": pl.Date,  # the feed's own day of the record; NULL: the snapshot's day
        "upvotes": pl.Int64,
        "comments": pl.Int64,
        "code_url": pl.String,  # as the feed gives it
        "project_url": pl.String,  # as the feed gives it
        "github_stars": pl.Int64,
        "ai_summary": pl.String,  # the feed's own summary, by a model
        "ai_keywords": pl.List(pl.String),
        "null_keys": pl.List(pl.String),  # keys that were there and null, apart from those that were missing
        "unknown": pl.String,  # JSON object of what the adapter has no column for, by key; NULL: nothing
    }
)

REPO_RECORD = pl.Schema(
    {
        "position": pl.Int32,  # 1-based place in the snapshot
        "asked_url": pl.String,  # canonical url that was asked for; NULL: unknown
        "url": pl.String,  # canonical url that the host gave in its answer; NULL: it has none (any more)
        "host_id": pl.String,  # the host's own id, which a renaming does not change
        "state": pl.String,  # found; gone (deleted, or private)
        "stars": pl.Int64,
        "forks": pl.Int64,
        "likes": pl.Int64,
        "downloads": pl.Int64,
        "created_at": pl.Datetime("us"),
        "pushed_at": pl.Datetime("us"),
        "is_archived": pl.Boolean,
        "license": pl.String,  # SPDX id, or the Hub's name for it
        "language": pl.String,
        "topics": pl.List(pl.String),
    }
)

REJECT = pl.Schema({"position": pl.String, "reason": pl.String, "content": pl.String})

CONTENT_LIMIT = 2_000
"""Characters of a rejected piece that are kept; the whole of it stays in the landing folder."""


class SnapshotError(ValueError):
    """A snapshot that cannot be read at all; the message is the reason, with the place in the body where there is one."""


@dataclass(frozen=True)
class Parsed:
    """What an adapter made of one body.

    `items = records + repeats + furniture + rejects`: pieces of the snapshot. `units` counts the non-blank lines or list
    items that the body holds, `covered` those that the pieces are made of: equal when nothing fell through.
    """

    records: pl.DataFrame  # PAPER_RECORD, or REPO_RECORD
    rejects: pl.DataFrame  # REJECT
    items: int
    repeats: int
    furniture: int
    units: int
    covered: int
    unknown_keys: tuple[str, ...] = field(default=())


def records_frame(rows: list[dict], schema: pl.Schema = PAPER_RECORD) -> pl.DataFrame:
    """Rows as a frame of `schema`; a column that a row lacks is NULL."""
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def rejects_frame(rows: Sequence[tuple[str, str, str | None]]) -> pl.DataFrame:
    """(position, reason, content; None: unknown) as a frame of REJECT, content cut at CONTENT_LIMIT characters, and without persons."""
    return pl.DataFrame(list(rows), schema=REJECT, orient="row").with_columns(_without_persons(pl.col("content")))


def _without_persons(content: pl.Expr) -> pl.Expr:
    """The piece, cut, without who submitted it: of these persons no table tells. NULL where they cannot be told from the rest."""
    told = content.str.replace_all(_SUBMITTER, "").str.replace_all(_SUBMITTER_NAME, "${1}")
    cut = told.str.slice(0, CONTENT_LIMIT)
    return pl.when(~cut.str.contains(_PERSONS)).then(cut)


# "submittedBy": {"fullname": …}, as JSON or Python writes it; "submitter": "…" of arXiv's dump, <submitter>…</submitter> of OAI-PMH
_SUBMITTER = r"""["']submitted(?:OnDaily)?By["']\s*:\s*\{[^{}]*\},?\s*"""
_SUBMITTER_NAME = r'("submitter"\s*:\s*"|<submitter>)(?:[^"<\\]|\\.)*'
_PERSONS = "(?i)submitted ?(?:OnDaily)?by|upvoters|fullname"
