"""What a line of a papers page's text is, seen alone: furniture, a title link, a count, a date, prose or a short line.

Captures differ by the tool that made them (a browser's copy, html2text) and by the page (daily, search, trending). Here
is what can be said of one line; `page_text` puts lines together into cards.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto


class Kind(Enum):
    FURNITURE = auto()  # the page's own words: navigation, buttons, pictures, dates of the list
    TITLE_LINK = auto()  # a link to /papers/<id>: a title for certain
    PUBLISHED = auto()  # `Published on Mar 8, 2024`
    COUNTS = auto()  # `52`, `11.3k`, `-`, `- -`
    AUTHORS = auto()  # `· 12 authors`, or their names
    ORGANIZATION = auto()  # `· Some Lab`
    SUBMITTER = auto()  # `Submitted by` with the name on the next line
    PROSE = auto()  # a paragraph of an abstract
    SENTENCE = auto()  # short, but ends as a sentence: the neighbours decide
    SHORT = auto()  # a title, an organisation or something unknown: the neighbours decide


@dataclass
class Line:
    """One line, or one paragraph that the capture wrapped over several.

    `number` is the 1-based number of the first, `height` how many non-blank lines it is made of, `text` what a reader
    sees of it.
    """

    number: int
    height: int
    raw: str
    kind: Kind = Kind.SHORT
    text: str = ""
    arxiv_id: str | None = None
    counts: list[int] = field(default_factory=list)
    in_thousands: bool = False


_FURNITURE = {
    # the page's head
    "new", "get trending papers in your email inbox!", "get trending papers in your email inbox once a day!",
    "get trending papers in your email inbox once a day", "subscribe", "daily papers", "trending papers", "papers",
    "hugging face", "hugging face's logo", "search", "trending", "daily", "weekly", "monthly", "today", "week", "month",
    "previous", "next", "previous day", "next day", "submit paper", "submit", "filter", "sort", "all", "latest",
    # the site's bars
    "models", "datasets", "spaces", "buckets", "docs", "enterprise", "pricing", "log in", "sign up", "community",
    "solutions", "tasks", "collections", "languages", "organizations", "blog", "posts", "learn", "discord", "forum",
    "github", "tos", "privacy", "about", "careers", "jobs", "website", "company", "resources", "social", "system theme",
    "inference providers", "huggingchat", "changelog", "status", "back to top", "© hugging face",
    # buttons on a card
    "upvote", "view all", "load more", "show more", "read more", "view paper", "arxiv", "arxiv page", "pdf", "view pdf",
    "project page", "add to collection", "comments", "comment", "share", "like", "copy", "ai summary", "abstract",
}  # fmt: skip

_BY_AK = re.compile(r"by ?ak(?: and the research community)?", re.I)
_RULE = re.compile(r"[-*_=·•|\\ ]{3,}")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
_PAGE_DATE = re.compile(_DATE, re.I)
_PUBLISHED = re.compile(rf"published on:? {_DATE}", re.I)
_COUNTS = re.compile(
    r"(?:(?:upvotes?|votes?|github|stars?|★|⭐|▲|👍)[: ]*)?(?P<count>\d[\d,]*(?:\.\d+)?(?P<k>k)?)(?: (?:upvotes?|votes?|stars?))?",
    re.I,
)
_NO_COUNT = re.compile(r"[-–](?: [-–])*")
_AUTHOR_COUNT = re.compile(r"[·•]? ?(?P<count>\d+) authors?", re.I)
_DOTTED = re.compile(r"[·•] ?(?P<name>\S.*)")
_NAME = r"[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){1,3}"
_NAMES = re.compile(rf"(?:(?:by|authors?:?) )?{_NAME}(?:, {_NAME})+(?:,? (?:and|&) {_NAME})?")
_SUBMITTED = re.compile(r"submitted by:?(?P<name> .+)?", re.I)
_BULLET = re.compile(r"^\s*(?:#{1,6}\s+|[*+]\s+|-\s+(?=\[)|[*+-]\s*$(?<=\s))")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]*)(?: \"[^\"]*\")?\)")
_PAPER_TARGET = re.compile(
    r"(?:https?://(?:www\.)?huggingface\.co)?/papers/(?P<id>\d{4}\.\d{4,5})(?:v\d+)?/?(?:[?#].*)?"
)
_CONTINUES = re.compile(
    r"https?://|github\.com/|huggingface\.co/|^(?:code|data|demo|project(?: page)?|website|webpage|homepage)\b.*:", re.I
)

_PROSE_LENGTH = 250  # characters; the longest title of 60,000 on arXiv's ML lists has some 240
_SENTENCE_LENGTH = 120  # a line that ends as a sentence and is longer than this is no title
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def classify(line: Line) -> Line:
    """Fill in `kind`, `text` and what the kind holds, from the line alone."""
    bare = _BULLET.sub("", _IMAGE.sub("", line.raw) if "![" in line.raw else line.raw).strip()
    whole_link = _LINK.fullmatch(bare)
    target = _PAPER_TARGET.fullmatch(whole_link["target"]) if whole_link else None
    text = _LINK.sub(r"\g<text>", bare).strip()
    line.text = text
    if target and text and not _COUNTS.fullmatch(text) and not _NO_COUNT.fullmatch(text):
        line.kind, line.arxiv_id = Kind.TITLE_LINK, target["id"]
        return line
    line.kind = _kind_of(line, text)
    return line


def _kind_of(line: Line, text: str) -> Kind:
    if count := _COUNTS.fullmatch(text):
        line.in_thousands = count["k"] is not None
        line.counts = [round(float(count["count"].replace(",", "").lower().rstrip("k")) * (1000 if count["k"] else 1))]
        return Kind.COUNTS
    if _NO_COUNT.fullmatch(text):
        line.counts = [0]
        return Kind.COUNTS
    if not text or text.casefold() in _FURNITURE or any(p.fullmatch(text) for p in (_BY_AK, _RULE, _PAGE_DATE)):
        return Kind.FURNITURE
    if _PUBLISHED.fullmatch(text):
        return Kind.PUBLISHED
    if count := _AUTHOR_COUNT.fullmatch(text):
        line.counts = [int(count["count"])]
        return Kind.AUTHORS
    if dotted := _DOTTED.fullmatch(text):
        line.text = dotted["name"]
        return Kind.ORGANIZATION if len(line.text) < _SENTENCE_LENGTH else Kind.PROSE
    if submitted := _SUBMITTED.fullmatch(text):
        return Kind.FURNITURE if submitted["name"] else Kind.SUBMITTER
    if len(text) <= _PROSE_LENGTH and _NAMES.fullmatch(text):
        return Kind.AUTHORS
    if len(text) > _PROSE_LENGTH or (len(text) > _SENTENCE_LENGTH and text.endswith((".", "…", "!", "?", ":"))):
        return Kind.PROSE
    if _CONTINUES.search(text) or text.endswith((".", "…")):
        return Kind.SENTENCE
    return Kind.SHORT


def author_names(text: str) -> list[str] | None:
    """The names of an authors' line, or None for one that only counts them."""
    if _AUTHOR_COUNT.fullmatch(text):
        return None
    names = re.split(r",? (?:and|&) |, ", re.sub(r"^(?:by|authors?:?) ", "", text, flags=re.I))
    return [name.strip() for name in names if name.strip()]


def published_on(text: str, captured: date) -> date | None:
    """The date of a `Published on` line; one without a year is the latest such day that is not after the capture."""
    match = _PUBLISHED.fullmatch(text)
    if match is None:
        return None
    month, day = _MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"])
    for year in [int(match["year"])] if match["year"] else range(captured.year, captured.year - 5, -1):
        try:
            found = date(year, month, day)
        except ValueError:  # the 29th of February of another year, or no date at all
            continue
        if match["year"] or found <= captured:
            return found
    return None
