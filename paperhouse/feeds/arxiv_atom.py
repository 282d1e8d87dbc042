"""Answers of arXiv's query API (`GET /api/query`), Atom: https://info.arxiv.org/help/api/user-manual.html.

An id that was asked for and that arXiv does not know is simply left out of the answer; it becomes a record without a
title, `not_found`. A malformed id spoils the whole request: the answer is one entry titled `Error`.
"""

from datetime import date
from urllib.parse import parse_qs

from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.feeds.arxiv_xml import (
    EntryError,
    as_parsed,
    date_of,
    doi_of,
    read_entries,
    read_xml,
    status_of,
    text_of,
)
from paperhouse.feeds.base import NO_META, Meta
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError

_NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "search": "http://a9.com/-/spec/opensearch/1.1/",
}


class ArxivAtom:
    name = "arxiv_atom"
    title = "arXiv, query API (Atom)"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        feed = read_xml(body, "{http://www.w3.org/2005/Atom}feed", "an Atom feed")
        entries = feed.iter("{http://www.w3.org/2005/Atom}entry")
        rows, rejects, count = read_entries(entries, _read_entry)
        missing: list[str] = []
        if not rejects and text_of(feed, "search:totalResults", _NAMES) == str(count):
            missing = sorted(_asked(feed) - {row["arxiv_id"] for row in rows})
        rows += [
            {"arxiv_id": arxiv_id, "arxiv_status": "not_found", "position": count + place}
            for place, arxiv_id in enumerate(missing, start=1)
        ]
        return as_parsed(rows, rejects, items=count + len(missing))


def _asked(feed) -> set[str]:
    """The ids, without version, that the request named: the answer repeats the request in its link."""
    links = [link.get("href", "") for link in feed.findall("a:link", _NAMES)]
    # Not `urlsplit`, which raises for what is no address: of the link, only what it asks for is of use.
    ids = ",".join(",".join(parse_qs(link.partition("?")[2]).get("id_list", [])) for link in links).split(",")
    return {read[0] for text in ids if (read := read_arxiv_id(text))}


def _read_entry(entry) -> dict:
    written = text_of(entry, "a:id", _NAMES) or ""
    if "/api/errors" in written:
        raise SnapshotError(f"arXiv answers with an error: {text_of(entry, 'a:summary', _NAMES)}")
    found = read_arxiv_id(written)
    if found is None:
        raise EntryError(f"no arXiv id: {written[:80]}")
    title, abstract = text_of(entry, "a:title", _NAMES), text_of(entry, "a:summary", _NAMES)
    if title is None:
        raise EntryError("no title")
    primary = entry.find("arxiv:primary_category", _NAMES)
    categories = [c.get("term") for c in entry.findall("a:category", _NAMES) if c.get("term")]
    first = [primary.get("term")] if primary is not None and primary.get("term") else []
    note = text_of(entry, "arxiv:comment", _NAMES)
    return {
        "arxiv_id": found[0],
        "arxiv_version": found[1],
        "doi": doi_of(text_of(entry, "arxiv:doi", _NAMES)),
        "title": title,
        "abstract": abstract,
        "authors": [n.text.strip() for n in entry.findall("a:author/a:name", _NAMES) if (n.text or "").strip()] or None,
        "categories": list(dict.fromkeys(first + categories)) or None,
        "published_on": date_of(text_of(entry, "a:published", _NAMES)),
        "revised_on": date_of(text_of(entry, "a:updated", _NAMES)),
        "arxiv_status": status_of(note, abstract),
        "journal_ref": text_of(entry, "arxiv:journal_ref", _NAMES),
        "author_note": note,
    }
