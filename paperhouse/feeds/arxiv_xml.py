"""What the three XML feeds of arXiv share: reading the body, the text of an element, and the parts of a record."""

import re
from collections.abc import Iterable
from datetime import date, datetime

import polars as pl
from lxml import etree  # ty: ignore[missing-module-member]  (compiled, without stubs)

from paperhouse.records import Parsed, SnapshotError, records_frame, rejects_frame
from paperhouse.text import flatten_lines

WITHDRAWN = r"""(?ix) ^\W* (?: arxiv \s admin \s note :\s* )? (?:
    (?: (?:this|the) \s+ )? (?: arxiv \s+ )? (?:paper|article|submission|manuscript|preprint|work|version|note) \s+
    (?: (?: ha(?:s|ve) \s+ (?:now\s+)? been | is | was ) \s+ )? (?: \w+ly \s+ )? withdrawn
    (?: \s*$ | \s*[^\s\w] | \s+ (?: [^f\s] | f[^r] | fr[^o] | fro[^m] | from \s+ (?:the\s+)? arxiv ) )
  | withdrawn (?: \s*$ | \s*[^\s\w] | \s+ (?:by|due|because|since|as|for|until|pending|temporarily|from \s+ (?:the\s+)? arxiv) \b )
  | (?: the \s+ authors? \s+ ha(?:s|ve) | (?:we|i) (?: \s+ have )? ) \s+ withdr(?:awn|aw|ew) \s+ (?:this|the|our|my) \b
)"""
"""How a note or an abstract begins that says so; arXiv marks a withdrawal in words alone. What was withdrawn from a
conference is not meant, nor an earlier version. Read by Python's `re` and by Polars alike, so without look-ahead.
"""

_IS_WITHDRAWN = re.compile(WITHDRAWN)


class EntryError(ValueError):
    """An entry that is no record; the message is the reason."""


def read_xml(body: bytes, root: str, what: str):
    """The root element of a body; raises SnapshotError with the line where it is no XML, or another document than `root`.

    Entities are not resolved and nothing is fetched: a feed has no business with either, nor with a DTD.
    """
    if not body.strip():
        raise SnapshotError("an empty body")
    # A comment in the midst of a title would end it.
    options = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "remove_pis": True,
    }
    try:
        tree = etree.fromstring(body, etree.XMLParser(**options))
    except etree.XMLSyntaxError as error:
        raise SnapshotError(f"not XML: {error.msg} (line {error.lineno})") from error
    if tree.getroottree().docinfo.doctype:
        raise SnapshotError("not a feed's XML: it has a DTD")
    if tree.tag != root:
        raise SnapshotError(f"{what} was expected, found <{etree.QName(tree).localname}>")
    return tree


def text_of(element, path: str, names: dict[str, str]) -> str | None:
    """The text under the first `path` below an element, markup in it left out, stripped; None where there is none."""
    found = element.find(path, namespaces=names)
    return "".join(found.itertext()).strip() or None if found is not None else None


def date_of(text: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where it is none."""
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None


def status_of(*notes: str | None) -> str | None:
    """`withdrawn` where a note or an abstract begins by saying so."""
    return "withdrawn" if any(note and _IS_WITHDRAWN.match(note) for note in notes) else None


def doi_of(text: str | None) -> str | None:
    """The first DOI of a field that may hold several; lower case, as DOIs are compared."""
    return text.split()[0].lower() if text and text.strip() else None


def read_entries(entries: Iterable, read) -> tuple[list[dict], list[tuple[str, str, str]], int]:
    """Every entry made a row by `read` (element → row), or a reject where that raises EntryError; and how many there were.

    A paper that was there before in the same body is a repeat.
    """
    rows: list[dict] = []
    rejects: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    count = 0
    for count, entry in enumerate(entries, start=1):
        try:
            row = read(entry)
        except EntryError as error:
            rejects.append((f"item {count}", str(error), etree.tostring(entry, encoding="unicode")))
            continue
        if row["arxiv_id"] not in seen:
            seen.add(row["arxiv_id"])
            rows.append(row | {"position": count, "rank": len(rows) + 1})
    return rows, rejects, count


def as_parsed(rows: list[dict], rejects: list[tuple[str, str, str]], items: int) -> Parsed:
    """The accounting of `items` entries: what is in no row and no reject repeats a row."""
    records = records_frame(rows).with_columns(
        flatten_lines(pl.col("title", "abstract", "journal_ref", "author_note")),
        author_count=pl.col("authors").list.len().cast(pl.Int32),
        abstract_is_cut=pl.lit(False),
    )
    return Parsed(
        records=records,
        rejects=rejects_frame(rejects),
        items=items,
        repeats=items - len(rows) - len(rejects),
        furniture=0,
        units=items,
        covered=items,
    )
