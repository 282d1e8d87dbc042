"""arXiv's daily announcements by category, RSS: https://info.arxiv.org/help/rss.html.

One feed a category and day; no items at the weekend. New papers, cross-lists and replacements come apart, by
`announce_type`; the description is `arXiv:<id>v<n> Announce Type: <type>`, a line break, `Abstract: <abstract>`.
"""

import re
from datetime import date
from email.utils import parsedate_to_datetime

from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.feeds.arxiv_xml import EntryError, as_parsed, doi_of, read_entries, read_xml, status_of, text_of
from paperhouse.feeds.base import NO_META, Meta
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError

_NAMES = {"arxiv": "http://arxiv.org/schemas/atom", "dc": "http://purl.org/dc/elements/1.1/"}
_DESCRIPTION = re.compile(r"arXiv:(\S+)\s+Announce Type:\s*(\S+)\s*(?:Abstract:\s*(.*))?", re.DOTALL)


class ArxivRss:
    name = "arxiv_rss"
    title = "arXiv, daily announcements (RSS)"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        feed = read_xml(body, "rss", "an RSS feed")
        if feed.find("channel") is None:
            raise SnapshotError("an RSS feed without a channel")
        return as_parsed(*read_entries(feed.iter("item"), _read_item))


def _read_item(item) -> dict:
    described = _DESCRIPTION.fullmatch(text_of(item, "description", _NAMES) or "")
    for written in (described and described[1], text_of(item, "guid", _NAMES), text_of(item, "link", _NAMES)):
        if found := read_arxiv_id(written or ""):
            break
    else:
        raise EntryError("no arXiv id")
    title = text_of(item, "title", _NAMES)
    if title is None:
        raise EntryError("no title")
    abstract = described[3] if described else None
    creators = text_of(item, "dc:creator", _NAMES)
    return {
        "arxiv_id": found[0],
        "arxiv_version": found[1],
        "title": title,
        "abstract": abstract,
        "authors": [name for part in re.split(r",\s+", creators or "") if (name := part.strip(" ,"))] or None,
        "categories": [c.text.strip() for c in item.findall("category") if (c.text or "").strip()] or None,
        "listed_on": _day(text_of(item, "pubDate", _NAMES)),
        "announced_as": text_of(item, "arxiv:announce_type", _NAMES) or (described and described[2]) or None,
        "arxiv_status": status_of(abstract),
        "license": text_of(item, "dc:rights", _NAMES),
        "journal_ref": text_of(item, "arxiv:journal_reference", _NAMES),
        "doi": doi_of(text_of(item, "arxiv:DOI", _NAMES)),
    }


def _day(text: str | None) -> date | None:
    """The announcement's own day, as it is written: midnight in New York."""
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, OverflowError):  # the latter: a year, or an offset, beyond all bounds
        return None
