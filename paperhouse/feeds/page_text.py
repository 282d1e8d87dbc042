"""The text of a Hugging Face papers page: head lines, then one card a paper.

A card is a title, perhaps lines of counts, dates, authors or an organisation, and perhaps an abstract of one or more
paragraphs. Nothing marks where one begins: a line's neighbours decide (`_titles`), by rules that hold for copies of the
daily, the search and the trending page and for html2text's output of them.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import polars as pl

from paperhouse.feeds.page_lines import Kind, Line, author_names, classify, published_on
from paperhouse.records import Parsed, SnapshotError, records_frame, rejects_frame
from paperhouse.text import flatten_lines

_META = {Kind.PUBLISHED, Kind.COUNTS, Kind.AUTHORS, Kind.ORGANIZATION}
_WRAP_LIMIT = 120  # a capture without any longer line was wrapped by the tool that made it
_LIST_HEADS = {"daily papers", "trending papers", "papers"}  # under one of them, titles with votes alone are papers
_NAME_WORDS = 4  # an organisation's name has at most so many words, a title mostly more


@dataclass
class _Card:
    line: Line
    arxiv_id: str | None
    lines: int
    paragraphs: list[str] = field(default_factory=list)
    meta: set[Kind] = field(default_factory=set)
    values: dict = field(default_factory=dict)
    spare_counts: list[int] = field(default_factory=list)

    @property
    def awaits_comments(self) -> bool:
        """Whether a count that comes now is that of its comments: below the authors, and nothing of it is missing above."""
        return Kind.AUTHORS in self.meta and not self.paragraphs and "comments" not in self.values


def parse_text(text: str, captured: date) -> Parsed:
    """Read a page's text, captured on `captured`.

    Cards that come twice (by arXiv id, else by title) collapse to the first. Raises SnapshotError when the text has
    neither a card with an abstract nor the head of a list of papers.
    """
    raw = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [classify(line) for line in _logical_lines(raw)]
    for before, line in pairwise(lines):
        if before.kind is Kind.SUBMITTER and line.kind is Kind.SHORT:
            line.kind = Kind.FURNITURE  # the submitter's name: a person, and of no use here
    cards, furniture, rejects = _cards(lines, captured)
    is_list = any(line.text.casefold() in _LIST_HEADS for line in furniture) and any(card.meta for card in cards)
    if not is_list and not any(card.paragraphs for card in cards):
        raise SnapshotError("no paper found: neither a title with an abstract below it nor a list of papers with votes")
    rows, seen = [], set()
    for card in cards:
        row = _row(card)
        keys = {("id", row["arxiv_id"]), ("title", re.sub(r"[\W_]+", "", row["title"].casefold()) or row["title"])}
        keys.discard(("id", None))
        if not seen & keys:
            rows.append(row | {"rank": len(rows) + 1})
        seen |= keys
    unknown = {"counts"} if any(row["unknown"] for row in rows) else set()
    return Parsed(
        records=records_frame(rows).with_columns(flatten_lines(pl.col("title", "abstract", "organization"))),
        rejects=rejects_frame([(f"line {line.number}", reason, line.raw) for line, reason in rejects]),
        items=len(cards) + len(furniture) + len(rejects),
        repeats=len(cards) - len(rows),
        furniture=len(furniture),
        units=sum(1 for _, line in raw if line),
        covered=sum(card.lines for card in cards)
        + sum(x.height for x in furniture)
        + sum(x.height for x, _ in rejects),
        unknown_keys=tuple(unknown),
    )


def _logical_lines(raw: list[tuple[int, str]]) -> list[Line]:
    """The non-blank lines; those of a hard-wrapped capture joined where the wrap had split them.

    A line was wrapped where the first word of the next would not have fitted: that tells a paragraph from a list of short
    lines.
    """
    width = max((len(line) for _, line in raw), default=0)
    wrapped = width <= _WRAP_LIMIT
    lines: list[Line] = []
    for (_, before), (number, line) in pairwise([(0, ""), *raw]):
        if not line:
            continue
        if wrapped and before and len(before) + 1 + len(line.split()[0]) > width:
            lines[-1].raw += "\n" + line
            lines[-1].height += 1
        else:
            lines.append(Line(number, 1, line))
    for line in lines:
        if line.height > 1 and "](" in line.raw:  # a link's text may be wrapped too
            line.raw = line.raw.replace("\n", " ")
    return lines


def _cards(lines: list[Line], captured: date) -> tuple[list[_Card], list[Line], list[tuple[Line, str]]]:
    """Every line in a card, in the furniture, or rejected with a reason."""
    cards: list[_Card] = []
    furniture: list[Line] = []
    rejects: list[tuple[Line, str]] = []
    body = [line for line in lines if line.kind not in (Kind.FURNITURE, Kind.SUBMITTER)]
    names_below_titles = _names_below_titles(body)
    # The daily page's order: a count stands above the title that it belongs to.
    counts_come_first = bool(body) and body[0].kind is Kind.COUNTS
    waiting: list[Line] = []
    following = {id(line): after.kind for line, after in pairwise(body)}
    for line in lines:
        card = cards[-1] if cards else None
        if line.kind in (Kind.FURNITURE, Kind.SUBMITTER):
            furniture.append(line)
            continue
        role = _role(line, card, following.get(id(line)), names_below_titles)
        if role is Kind.COUNTS and counts_come_first and not (card and card.awaits_comments and not waiting):
            waiting.append(line)
        elif role is Kind.TITLE_LINK:
            cards.append(_Card(line, line.arxiv_id, line.height))
            for count in waiting:
                _add_meta(cards[-1], count, Kind.COUNTS, captured)
            waiting = []
        elif card is None or role is Kind.SHORT:
            rejects.append((line, "neither a title nor part of a card nor known furniture"))
        elif role is Kind.PROSE:
            card.paragraphs.append(line.raw)
            card.lines += line.height
        else:
            _add_meta(card, line, role, captured)
    rejects += [(line, "a count that belongs to no card") for line in waiting]
    return cards, furniture, rejects


def _role(line: Line, card: _Card | None, after: Kind | None, names_below_titles: bool) -> Kind:
    """What the line is among its neighbours: TITLE_LINK opens a card, PROSE goes on with one, SHORT is nothing known."""
    if (
        line.kind is Kind.TITLE_LINK
        and card
        and card.arxiv_id == line.arxiv_id
        and not card.paragraphs
        and not card.meta
    ):
        return Kind.PROSE if line.text != card.line.text else Kind.TITLE_LINK
    if line.kind is Kind.SENTENCE:
        opens = after is Kind.PROSE and "://" not in line.text and (card is None or bool(card.paragraphs))
        return Kind.TITLE_LINK if opens else Kind.PROSE
    if line.kind is Kind.AUTHORS and card is not None and card.paragraphs and after is Kind.PROSE:
        return Kind.TITLE_LINK  # names alone under an abstract and above another: a title that reads like names
    if line.kind is not Kind.SHORT:
        return line.kind
    if card and not card.paragraphs and after not in _META:
        has_name = Kind.ORGANIZATION in card.meta
        if card.meta and not has_name:
            return Kind.ORGANIZATION
        if names_below_titles and not has_name and len(line.text.split()) <= _NAME_WORDS:
            return Kind.ORGANIZATION
    if after in (Kind.PROSE, Kind.SENTENCE) or after in _META or len(line.text.split()) >= 3:
        return Kind.TITLE_LINK
    return Kind.SHORT


def _names_below_titles(body: list[Line]) -> bool:
    """Whether this capture has an organisation's name between title and abstract, as a habit and not once."""
    abstracts = sum(a.kind is not Kind.PROSE and b.kind is Kind.PROSE for a, b in pairwise(body))
    named = sum(
        a.kind is Kind.SHORT and b.kind is Kind.SHORT and c.kind is Kind.PROSE
        and len(b.text.split()) <= _NAME_WORDS < len(a.text.split())
        for a, b, c in zip(body, body[1:], body[2:], strict=False)
    )  # fmt: skip
    return named >= 2 and named >= abstracts / 4


def _add_meta(card: _Card, line: Line, role: Kind, captured: date) -> None:
    card.lines += line.height
    card.meta.add(role)
    match role:
        case Kind.PUBLISHED:
            card.values["published_on"] = published_on(line.text, captured)
        case Kind.AUTHORS:
            card.values["authors"] = author_names(line.text)
            card.values["author_count"] = line.counts[0] if line.counts else len(card.values["authors"] or []) or None
        case Kind.ORGANIZATION:
            card.values["organization"] = line.text
        case Kind.COUNTS:
            column = "github_stars" if line.in_thousands else "upvotes"
            if Kind.AUTHORS in card.meta and "upvotes" in card.values and not line.in_thousands:
                column = "comments"
            if column in card.values:
                card.spare_counts += line.counts
            else:
                card.values[column] = line.counts[0]


def _row(card: _Card) -> dict:
    abstract = "\n".join(card.paragraphs) or None
    cut = abstract.rstrip().endswith(("…", "...")) if abstract else None
    unknown = json.dumps({"counts": card.spare_counts}) if card.spare_counts else None
    return card.values | {
        "position": card.line.number,
        "arxiv_id": card.arxiv_id,
        "title": card.line.text,
        "abstract": abstract,
        "abstract_is_cut": cut,
        "unknown": unknown,
    }
