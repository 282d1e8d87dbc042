"""The text of a Hugging Face papers page: head lines, then one card a paper.

A card is a title, perhaps lines of counts, dates, authors or an organisation, and perhaps an abstract of one or more
paragraphs. Nothing marks where one begins: a line's neighbours (`_role`) and the habits of the whole capture (`_Layout`)
decide, for copies of the daily, the search and the trending page and for html2text's and lynx's output of them. An
abstract under the wrong title is the worst that can happen: what cannot be known is rejected.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import polars as pl

from paperhouse.feeds.page_lines import Kind, Line, author_names, classify, published_on
from paperhouse.feeds.page_wrap import logical_lines
from paperhouse.records import Parsed, SnapshotError, records_frame, rejects_frame
from paperhouse.text import flatten_lines

_META = {Kind.PUBLISHED, Kind.COUNTS, Kind.AUTHORS, Kind.ORGANIZATION}
_TEXT = {Kind.PROSE, Kind.SENTENCE, Kind.PART}
_TITLES = {Kind.TITLE_LINK, Kind.SHORT, Kind.NAMES}
_LIST_HEADS = {"daily papers", "trending papers", "papers"}  # under one of them, titles with votes alone are papers
_MOST_LINES = 100_000  # the sample has 334
_NAME_WORDS = 4  # an organisation's name has mostly at most so many words, a title mostly more
_LONG_NAME_WORDS = 8
_SUBMITTER_LENGTH = 60
_TITLE_OF_A_SENTENCE = (
    0.75  # share of capitalised words: no real title ends with a full stop, a few paragraphs are as short
)
_UNKNOWN_HEAD = "above the first card: an unknown line of the page's head, or a title without abstract and details"


@dataclass
class _Card:
    line: Line
    arxiv_id: str | None
    lines: int
    paragraphs: list[str] = field(default_factory=list)
    meta: set[Kind] = field(default_factory=set)
    values: dict = field(default_factory=dict)
    spare_counts: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Layout:
    """The habits of a capture: where its cards have what."""

    titles_are_links: bool  # html2text: what is no link to a paper is no title
    counts_first: bool  # the daily page: votes above the title, comments below
    details_last: bool  # the trending page: the abstract right below the title, all else below that
    authors_first: bool  # authors or their count between title and abstract
    names_below_titles: bool  # an organisation's bare name between title and abstract


def parse_text(text: str, captured: date) -> Parsed:
    """Read a page's text, captured on `captured`.

    Cards that come twice (by arXiv id, else by title) collapse to the first. Raises SnapshotError when the text has
    neither a card with an abstract nor the head of a list of papers.
    """
    raw = list(enumerate(re.split(r"\r\n?|\n", text), start=1))
    if len(raw) > _MOST_LINES:
        raise SnapshotError(f"{len(raw)} lines: no page of papers has more than {_MOST_LINES}")
    lines = [classify(line) for line in logical_lines(raw)]
    _drop_submitters(lines)
    cards, furniture, rejects = _cards(lines, captured)
    is_list = any(line.text.casefold() in _LIST_HEADS for line in furniture) and any(card.meta for card in cards)
    if not is_list and not any(card.paragraphs for card in cards):
        raise SnapshotError("no paper found: neither a title with an abstract below it nor a list of papers with votes")
    rows = _first_of_each(cards)
    return Parsed(
        records=records_frame(rows).with_columns(flatten_lines(pl.col("title", "abstract", "organization"))),
        rejects=rejects_frame([(f"line {line.number}", reason, line.raw) for line, reason in rejects]),
        items=len(cards) + len(furniture) + len(rejects),
        repeats=len(cards) - len(rows),
        furniture=len(furniture),
        units=sum(1 for _, line in raw if line.strip()),
        covered=sum(card.lines for card in cards)
        + sum(x.height for x in furniture)
        + sum(x.height for x, _ in rejects),
        unknown_keys=("counts",) if any(row["unknown"] for row in rows) else (),
    )


def _drop_submitters(lines: list[Line]) -> None:
    """Make furniture of the name below `Submitted by`: a person, and of no use here. A title has an abstract below it."""
    for before, line, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        is_title = line.kind in (Kind.TITLE_LINK, Kind.COUNTS) or (after is not None and after.kind in _TEXT)
        if before.kind is Kind.SUBMITTER and not is_title and len(line.text) <= _SUBMITTER_LENGTH:
            line.kind = Kind.FURNITURE


def _first_of_each(cards: list[_Card]) -> list[dict]:
    """The rows of the cards, of each paper the first. One title under two arXiv ids is two papers."""
    rows, ids, titles = [], set(), {}
    for card in cards:
        row = _row(card)
        title = re.sub(r"[\W_]+", "", row["title"].casefold()) or row["title"]
        same_title = titles.setdefault(title, set())
        arxiv_id = row["arxiv_id"]
        if not (arxiv_id in ids or (same_title and (arxiv_id is None or None in same_title))):
            rows.append(row | {"rank": len(rows) + 1})
        same_title.add(arxiv_id)
        ids |= {arxiv_id} - {None}
    return rows


def _layout(body: list[Line]) -> _Layout:
    kinds = [line.kind for line in body]
    pairs = list(pairwise(kinds))
    first = next((i for i, kind in enumerate(kinds[:-1]) if kind in _TITLES), None)
    below_first = kinds[first + 1] if first is not None else None
    abstracts = sum(a is not Kind.PROSE and b is Kind.PROSE for a, b in pairs)
    named = sum(
        a.kind is Kind.SHORT and b.kind is Kind.SHORT and c.kind is Kind.PROSE
        and len(b.text.split()) <= _NAME_WORDS < len(a.text.split())
        for a, b, c in zip(body, body[1:], body[2:], strict=False)
    )  # fmt: skip
    links = sum(kind is Kind.TITLE_LINK for kind in kinds)
    return _Layout(
        titles_are_links=links > 0 and links >= pairs.count((Kind.SHORT, Kind.PROSE)),
        counts_first=kinds[:1] == [Kind.COUNTS] and kinds[1:2] != [Kind.COUNTS],
        details_last=below_first in _TEXT and bool(kinds) and kinds[-1] in _META,
        authors_first=pairs.count((Kind.AUTHORS, Kind.PROSE)) + pairs.count((Kind.AUTHORS, Kind.SENTENCE)) > 0,
        # Nearly everywhere or not at all: here and there, it is a title without abstract and a short one below it.
        names_below_titles=named >= 3 and named >= abstracts * 3 / 4,
    )


def _cards(lines: list[Line], captured: date) -> tuple[list[_Card], list[Line], list[tuple[Line, str]]]:
    """Every line in a card, in the furniture, or rejected with a reason."""
    cards: list[_Card] = []
    furniture = [line for line in lines if line.kind in (Kind.FURNITURE, Kind.SUBMITTER)]
    rejects: list[tuple[Line, str]] = []
    body = [line for line in lines if line.kind not in (Kind.FURNITURE, Kind.SUBMITTER)]
    layout = _layout(body)
    waiting: Line | None = None  # a count that stands above the title that it belongs to
    is_lost = False  # below a line that may have been a title or not, an abstract may be anybody's
    for line, below in zip(body, [*body[1:], None], strict=False):
        card, after = cards[-1] if cards else None, below.kind if below else None
        role = _role(line, card, after, layout, waiting is not None)
        if waiting and role is not Kind.TITLE_LINK:
            rejects.append((waiting, "a count above what is no title"))
            waiting = None
        if role is Kind.COUNTS and layout.counts_first and after in _TITLES | {Kind.SENTENCE}:
            waiting = line
        elif role is Kind.TITLE_LINK:
            is_lost = False
            cards.append(_Card(line, line.arxiv_id, line.height))
            if waiting:
                _add_meta(cards[-1], waiting, Kind.COUNTS, captured, "upvotes")
                waiting = None
        elif role is None:
            is_lost = True
            rejects.append((line, "may be a title or an organisation: whose abstract comes below cannot be known"))
        elif is_lost:
            rejects.append((line, "below a line that may be a title or not"))
        elif card is None or role is Kind.SHORT:
            rejects.append(
                (line, _UNKNOWN_HEAD if card is None else "neither a title nor part of a card nor known furniture")
            )
        elif role is Kind.PROSE:
            card.paragraphs.append(line.raw)
            card.lines += line.height
        else:
            has_votes = layout.counts_first and "upvotes" in card.values
            _add_meta(card, line, role, captured, line.counted or ("comments" if has_votes else "upvotes"))
    return cards, furniture, rejects


def _role(line: Line, card: _Card | None, after: Kind | None, layout: _Layout, has_count: bool) -> Kind | None:
    """What the line is among its neighbours: TITLE_LINK opens a card, PROSE goes on with one, SHORT is nothing known.

    None: it may open a card or not, and an abstract follows.
    """
    is_below_abstract = card is not None and bool(card.paragraphs)
    match line.kind:
        case Kind.TITLE_LINK if card and card.arxiv_id == line.arxiv_id and not is_below_abstract:
            return (
                Kind.TITLE_LINK if line.text == card.line.text else Kind.PROSE
            )  # an abstract may link to its paper too
        case Kind.PART:
            return Kind.PROSE
        case Kind.SENTENCE:
            opens = card is None or (is_below_abstract and line.capitalised >= _TITLE_OF_A_SENTENCE)
            return Kind.TITLE_LINK if opens and after in _TEXT and not layout.titles_are_links else Kind.PROSE
        case Kind.NAMES if card and not is_below_abstract and not card.meta & {Kind.AUTHORS, Kind.NAMES}:
            return Kind.NAMES
        case Kind.NAMES | Kind.SHORT:
            return _role_of_short(line, card, after, layout, has_count)
    return line.kind


def _role_of_short(line: Line, card: _Card | None, after: Kind | None, layout: _Layout, has_count: bool) -> Kind | None:
    words = len(line.text.split())
    may_be_name = card is not None and Kind.ORGANIZATION not in card.meta and words <= _LONG_NAME_WORDS
    if card and may_be_name and not has_count:
        is_below_title = not card.paragraphs and (layout.counts_first or after not in _META)
        if is_below_title and (layout.titles_are_links or (card.meta and not card.meta & {Kind.AUTHORS, Kind.NAMES})):
            return Kind.ORGANIZATION
        if is_below_title and words <= _NAME_WORDS and (layout.names_below_titles or layout.counts_first):
            return Kind.ORGANIZATION
        if layout.details_last and card.paragraphs and not card.meta and after in _META:
            return Kind.ORGANIZATION
        if is_below_title and after in _TEXT and layout.authors_first and card.meta:
            return None  # the authors are known: an organisation too, or the title of a card without any details
    if layout.titles_are_links:
        return Kind.SHORT
    if has_count or after in _TEXT | _META | {Kind.NAMES}:
        return Kind.TITLE_LINK
    # A title without an abstract or details; above the first card it would be an unknown line of the page's head.
    is_in_list = card is not None or layout.names_below_titles
    return Kind.TITLE_LINK if is_in_list and words >= 3 and line.reads_as_title else Kind.SHORT


def _add_meta(card: _Card, line: Line, role: Kind, captured: date, column: str) -> None:
    card.lines += line.height
    card.meta.add(role)
    match role:
        case Kind.PUBLISHED:
            card.values["published_on"] = published_on(line.text, captured)
        case Kind.AUTHORS:
            card.values["author_count"] = line.counts[0]
        case Kind.NAMES:
            card.values["authors"] = author_names(line.text)
            card.values["author_count"] = len(card.values["authors"])
        case Kind.ORGANIZATION:
            card.values["organization"] = line.text
        case Kind.COUNTS if column in card.values:
            card.spare_counts += line.counts
        case Kind.COUNTS:
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
