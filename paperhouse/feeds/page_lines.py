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
    AUTHORS = auto()  # `· 12 authors`
    NAMES = auto()  # authors' names, or a title that reads like them
    ORGANIZATION = auto()  # `· Some Lab`
    SUBMITTER = auto()  # `Submitted by` with the name on the next line
    PROSE = auto()  # a paragraph of an abstract
    PART = (
        auto()
    )  # short, and a piece of an abstract for certain: a link, a list item, a line that starts in lower case
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
    counted: str | None = None  # the column that the line itself names for its count

    @property
    def capitalised(self) -> float:
        """The share of its longer words with a capital: at least half in 98.6% of 5,841 real titles, seldom in prose."""
        words = [word for word in re.findall(r"[^\W\d_]\w+", self.text[:_PROSE_LENGTH]) if len(word) >= 4]
        return sum(word != word.lower() for word in words) / len(words) if words else 1.0

    @property
    def reads_as_title(self) -> bool:
        return self.capitalised >= 0.5


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
    "terms of service", "privacy policy", "references", "visible links:", "hidden links:",
    "project page", "add to collection", "comments", "comment", "share", "like", "copy", "ai summary", "abstract",
}  # fmt: skip

_BY_AK = re.compile(r"by ?ak(?: and the research community)?", re.I)
_RULE = re.compile(r"[-*_=·•|\\# ]{3,}")
_MORE = re.compile(r"\+\d{1,4}")  # so many more faces than fit on the card
_REFERENCE = re.compile(r"\d{1,5}\. (?:https?|file|mailto|javascript):\S*")  # lynx lists the links below the page
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
_PAGE_DATE = re.compile(_DATE, re.I)
_PUBLISHED = re.compile(rf"(?:[·•] ?)?published on:? {_DATE}", re.I)
_COUNTED = {"upvote": "upvotes", "vote": "upvotes", "▲": "upvotes", "👍": "upvotes", "comment": "comments"}
_STARS = {"github": "github_stars", "star": "github_stars", "★": "github_stars", "⭐": "github_stars"}
_WHAT = "|".join([*_COUNTED, *_STARS])
_COUNTS = re.compile(
    rf"(?:(?P<before>{_WHAT})s?[: ]*)?(?P<count>\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}|\d{{1,6}}(?:\.\d{{1,3}})?(?P<k>k))"
    rf"(?: ?(?P<after>{_WHAT})s?)?",
    re.I,
)
_NO_COUNT = re.compile(r"[-–](?: [-–])*")
_AUTHOR_COUNT = re.compile(r"[·•]? ?(?P<count>\d{1,5}) authors?", re.I)
_DOTTED = re.compile(r"· ?(?P<name>\S.*)")
_NAME = r"[A-ZÀ-ÖØ-ÞŁŠŽ][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-ZÀ-ÖØ-ÞŁŠŽ][\w.'’-]*){1,3}"
_NAMES = re.compile(rf"(?:(?:by|authors?:?) )?{_NAME}(?:, {_NAME})+(?:,? (?:and|&) {_NAME})?")
_SUBMITTED = re.compile(r"submitted by:?(?P<name> .{1,80})?", re.I)
_BULLET = re.compile(r"^(?:#{1,6}(?:\s+|$)|[*+]\s+|-\s+(?=\[)|[*+]$)")
# Each part of these two stops at the bracket that would open the next try: a megabyte of brackets is read once.
_IMAGE = re.compile(r"!\[[^\[\]]*+\]\([^()]*+\)")
_LINK = re.compile(
    r"\[(?P<text>[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)*+)\]\((?P<target>[^()\[\]\s]*+)(?: \"[^\"\[\]]*+\")?\)"
)
_PAPER_TARGET = re.compile(
    r"(?:https?://(?:www\.)?huggingface\.co)?/papers/(?P<id>\d{4}\.\d{4,5})(?:v\d+)?/?(?:[?#].*)?"
)
# None of 5,841 real titles has any of these.
_PART = re.compile(
    r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|io|net|co|ai|dev|edu)/|^[-*•·–+] |^\(?(?:\d{1,2}|[ivx]{1,4})[.)] "
)
_LOWER_START = re.compile(r"[a-z]+ ")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)  # zero-width marks of direction and breaks

_PROSE_LENGTH = 250  # characters; the longest title of 50,000 arXiv records has 226
_SENTENCE_LENGTH = 120  # a line that ends as a sentence and is longer than this is no title
_TITLE_LENGTH = 160  # one that is longer than this and not written as a title is none either
_NAMES_LENGTH = 10_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def classify(line: Line) -> Line:
    """Fill in `kind`, `text` and what the kind holds, from the line alone."""
    bare = _BULLET.sub("", _IMAGE.sub("", line.raw).strip(), count=1).strip()
    whole_link = _LINK.fullmatch(bare)
    target = _PAPER_TARGET.fullmatch(whole_link["target"]) if whole_link else None
    line.text = _LINK.sub(r"\g<text>", bare).strip()
    # What the patterns see has plain blanks alone; the title and the abstract keep theirs.
    seen = " ".join(_UNSEEN.sub("", line.text).split())
    line.kind = _kind_of(line, seen)
    if target and line.kind not in (Kind.FURNITURE, Kind.COUNTS, Kind.AUTHORS):
        line.kind, line.arxiv_id = Kind.TITLE_LINK, target["id"]
    return line


def _kind_of(line: Line, text: str) -> Kind:
    if len(text) <= _PROSE_LENGTH and (kind := _meta_kind(line, text)):
        return kind
    if len(text) <= _NAMES_LENGTH and _NAMES.fullmatch(text):
        return Kind.NAMES
    ends_as_sentence = text.endswith((".", "…", ":", "。"))
    if (
        len(text) > _PROSE_LENGTH
        or (len(text) > _SENTENCE_LENGTH and ends_as_sentence)
        or (len(text) > _TITLE_LENGTH and not line.reads_as_title)
    ):
        return Kind.PROSE
    if _PART.search(text) or (_LOWER_START.match(text) and not line.reads_as_title):
        return Kind.PART
    return Kind.SENTENCE if ends_as_sentence else Kind.SHORT


def _meta_kind(line: Line, text: str) -> Kind | None:
    """The kind of a line that is all of one known shape."""
    if count := _COUNTS.fullmatch(text):
        number = count["count"].replace(",", "").lower()
        line.counts = [round(float(number.rstrip("k")) * 1000) if count["k"] else int(number)]
        what = (count["before"] or count["after"] or ("star" if count["k"] else "")).lower()
        line.counted = (_COUNTED | _STARS).get(what)
        return Kind.COUNTS
    if _NO_COUNT.fullmatch(text):
        line.counts = [0]
        return Kind.COUNTS
    known = (_BY_AK, _RULE, _PAGE_DATE, _MORE, _REFERENCE)
    if not text or text.casefold() in _FURNITURE or any(pattern.fullmatch(text) for pattern in known):
        return Kind.FURNITURE
    if _PUBLISHED.fullmatch(text):
        line.text = text
        return Kind.PUBLISHED
    if count := _AUTHOR_COUNT.fullmatch(text):
        line.counts = [int(count["count"])]
        return Kind.AUTHORS
    if (dotted := _DOTTED.fullmatch(text)) and len(text) <= _SENTENCE_LENGTH and not text.endswith("."):
        line.text = dotted["name"]
        return Kind.ORGANIZATION
    if submitted := _SUBMITTED.fullmatch(text):
        return Kind.FURNITURE if submitted["name"] else Kind.SUBMITTER
    return None


def author_names(text: str) -> list[str]:
    """The names on a line of authors."""
    names = re.split(r",? (?:and|&) |, ", re.sub(r"^(?:by|authors?:?) ", "", text, flags=re.I))
    return [" ".join(name.split()) for name in names if name.strip()]


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
