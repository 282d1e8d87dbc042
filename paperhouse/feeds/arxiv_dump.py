"""arXiv's metadata dump, JSON Lines: one paper a line, millions of them, so read in batches of lines by Polars.

Shape: `id, title, abstract` (hard-wrapped), `authors_parsed` ([[last, first, suffix]]) and `authors` (one string),
`categories` (one string), `comments, journal-ref, doi, license`, `versions` ([{version, created}], RFC 2822 dates),
`update_date`. It brings papers, not observations: no rank, no votes.
"""

import io
import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, BinaryIO

import polars as pl

from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.feeds.arxiv_xml import WITHDRAWN
from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_daily_papers import load_json
from paperhouse.feeds.hf_items import as_text
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError, rejects_frame
from paperhouse.text import flatten_lines

BATCH_BYTES = 8 * 2**20
"""Of lines that are read at once: some 4,000 papers, which take about fourteen times that in the memory."""

LINE_LIMIT = 4 * 2**20
"""Bytes of a line: the longest author lists make some 100,000. A body without line breaks must not fill the memory."""

_LINE = pl.Schema(
    {
        "id": pl.String,
        "authors": pl.String,
        "title": pl.String,
        "comments": pl.String,
        "journal-ref": pl.String,
        "doi": pl.String,
        "categories": pl.String,
        "license": pl.String,
        "abstract": pl.String,
        "versions": pl.List(pl.Struct({"version": pl.String, "created": pl.String})),
        "update_date": pl.String,
        "authors_parsed": pl.List(pl.List(pl.String)),
    }
)
_VERSION = ("version", "created")
_NESTED = {dict, list}
_KNOWN = set(_LINE) | {"submitter", "report-no"}


class ArxivDump:
    name = "arxiv_dump"
    title = "arXiv, metadata dump (JSON Lines)"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        """A whole body at once, for small ones; the pipeline reads by `parse_batches`."""
        return _joined(list(self.parse_batches(io.BytesIO(body), day)))

    def parse_batches(self, file: BinaryIO, day: date) -> Iterator[Parsed]:  # noqa: ARG002
        before = items = 0
        for lines in _batches(file):
            parsed = _read_lines(lines, before)
            before += len(lines)
            items += parsed.items
            yield parsed
        if items == 0:
            raise SnapshotError("an empty body")


def _batches(file: BinaryIO) -> Iterator[list[bytes]]:
    """The lines of a body, some BATCH_BYTES at a time. Raises SnapshotError at a line over LINE_LIMIT."""
    rest, seen = b"", 0
    while chunk := file.read(BATCH_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LINE_LIMIT:
            raise SnapshotError(
                f"line {seen + len(lines) + 1}: over {LINE_LIMIT} bytes without a line break: no JSON Lines"
            )
        seen += len(lines)
        if lines:
            yield lines
    if rest:
        yield [rest]


def _read_lines(lines: list[bytes], before: int) -> Parsed:
    full = [(place, line) for place, line in enumerate(lines, start=before + 1) if line and not line.isspace()]
    faults: list[tuple[int, str, str]] = []
    sound: list[tuple[int, bytes, dict]] = []
    keys: set[str] = set()
    for place, line in full:
        found = _read_line(line)
        if isinstance(found, str):
            faults.append((place, found, line.decode(errors="replace")))
        else:
            sound.append((place, line, found))
            keys.update(found)
    papers = _records(_decoded(sound))
    has_title = pl.col("title").is_not_null()
    content = {place: line for place, line, _ in sound}
    faults += [
        (place, "no title", content[place].decode(errors="replace"))
        for place in papers.filter(~has_title)["position"].to_list()
    ]
    titled = papers.filter(has_title)
    records = titled.unique("arxiv_id", keep="first", maintain_order=True)
    return _parsed(records, faults, len(full), keys - _KNOWN, repeats=titled.height - records.height)


def _parsed(
    records: pl.DataFrame, faults: list[tuple[int, str, str]], lines: int, unknown: Collection[str], repeats: int
) -> Parsed:
    missing = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in PAPER_RECORD.items() if name not in records.columns
    ]
    rejects = [(f"line {place}", reason, content) for place, reason, content in sorted(faults)]
    return Parsed(
        records=records.with_columns(missing).select(list(PAPER_RECORD)).cast(dict(PAPER_RECORD)),
        rejects=rejects_frame(rejects),
        items=lines,
        repeats=repeats,
        furniture=0,
        units=lines,
        covered=records.height + repeats + len(rejects),
        unknown_keys=tuple(sorted(unknown)),
    )


def _read_line(line: bytes) -> dict | str:
    """The object of a line, of values that its keys may have; else the reason why it is none.

    Polars alone would not do: it reads a number as the text of an id (`2401.00010` without its last digit), half a
    surrogate pair as a NUL, and of a batch with one bad line nothing.
    """
    try:
        found = load_json(line)
        if not isinstance(found, dict):
            return f"{type(found).__name__} where an object belongs"
        if b"\\u" in line:  # where alone half a surrogate pair can come from
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        return "not readable JSON: nested too deeply"
    except UnicodeEncodeError:
        return "half a surrogate pair, which is no text"
    except SnapshotError as error:
        return str(error)
    if misfit := next((name for name, value in found.items() if not _fits(name, value)), None):
        return f"{misfit}: a value of another type than its key's"
    written = found.get("id")
    if not isinstance(written, str) or read_arxiv_id(written) != (written.strip(), None):
        return f"no arXiv id: {as_text(written)[:80]}"
    return found


def _fits(key: str, value: Any) -> bool:
    """Whether it is of the type that Polars is told of. Any scalar is a text: a title may be 1984."""
    if key == "versions":
        return value is None or (isinstance(value, list) and all(map(_is_version, value)))
    if key == "authors_parsed":
        return value is None or (isinstance(value, list) and all(map(_is_name, value)))
    return type(value) not in _NESTED or key not in _LINE


def _is_version(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(type(value.get(k)) not in _NESTED for k in _VERSION))


def _is_name(value: Any) -> bool:
    return value is None or (isinstance(value, list) and _NESTED.isdisjoint(map(type, value)))


def _plain(value: Any) -> Any:
    """A value that `_fits`, its scalars as texts."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(value.get(key)) for key in _VERSION}
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _decoded(sound: list[tuple[int, bytes, dict]]) -> pl.DataFrame:
    """`position` and the fields of lines: (position, line, its object)."""
    position = pl.Series("position", [place for place, _, _ in sound], dtype=pl.Int32)
    try:
        # Anew from the text, which takes a fifth of the time that a frame of Python's objects takes.
        text = pl.Series("read", [line for _, line, _ in sound], dtype=pl.Binary).cast(pl.String)
        read = text.str.json_decode(pl.Struct(_LINE)).struct.unnest()
    except pl.exceptions.PolarsError:  # a number out of bounds, say, or a line that begins with a byte order mark
        columns = {name: [_plain(found.get(name)) for _, _, found in sound] for name in _LINE}
        read = pl.DataFrame(columns, schema=_LINE)
    # Where a key comes twice, Polars takes the first and Python the last: the id is the one that was found sound.
    ids = pl.Series("id", [found["id"].strip() for _, _, found in sound], dtype=pl.String)
    return read.with_columns(position, ids)


def _records(decoded: pl.DataFrame) -> pl.DataFrame:
    """PAPER_RECORD's columns that the dump brings."""
    note, abstract = pl.col("author_note"), pl.col("abstract")
    # The day as it is written, in GMT; nothing before 1000, which would be no date in Python either.
    day = pl.element().struct["created"].str.extract(r"^\w{3}, ([0-9]{1,2} \w{3} [1-9][0-9]{3}) [0-9:]+ GMT$")
    created = pl.col("versions").list.eval(day.str.to_date("%d %b %Y", strict=False))
    last = pl.col("versions").list.last().struct["version"].str.extract(r"^v([0-9]{1,4})$").cast(pl.Int32)
    texts = {"title": "title", "abstract": "abstract", "journal_ref": "journal-ref", "author_note": "comments"}
    flat = decoded.with_columns(*(flatten_lines(pl.col(field)).alias(name) for name, field in texts.items()))
    return flat.select(
        "position",
        "title",
        "abstract",
        "journal_ref",
        "author_note",
        "license",
        arxiv_id=pl.col("id"),
        arxiv_version=last,
        doi=pl.col("doi").str.extract(r"^\s*(\S+)").str.to_lowercase(),
        abstract_is_cut=pl.lit(value=False),
        authors=_authors(),
        author_count=_authors().list.len().cast(pl.Int32),
        categories=pl.col("categories").str.extract_all(r"\S+"),
        published_on=created.list.first(),
        revised_on=created.list.last(),
        arxiv_status=pl.when(note.str.contains(WITHDRAWN) | abstract.str.contains(WITHDRAWN)).then(pl.lit("withdrawn")),
    )


def _authors() -> pl.Expr:
    """First, last, suffix of each parsed name; where there are none, the names of the one string."""
    part = pl.element().list
    name = pl.concat_str([part.get(i, null_on_oob=True).fill_null("") for i in (1, 0, 2)], separator=" ")
    parsed = _named(pl.col("authors_parsed").list.eval(name))
    names = _named(pl.col("authors").str.replace_all(r",?\s+and\s+", ",").str.split(","))
    return pl.when(parsed.list.len() > 0).then(parsed).otherwise(names)


def _named(names: pl.Expr) -> pl.Expr:
    """Lists of names, their blanks made one each, those that are nothing but blanks left out."""
    return names.list.eval(pl.element().str.replace_all(r"\s+", " ").str.strip_chars()).list.eval(
        pl.element().filter(pl.element().fill_null("") != "")
    )


def _joined(parts: list[Parsed]) -> Parsed:
    return Parsed(
        records=pl.concat(part.records for part in parts),
        rejects=pl.concat(part.rejects for part in parts),
        items=sum(part.items for part in parts),
        repeats=sum(part.repeats for part in parts),
        furniture=0,
        units=sum(part.units for part in parts),
        covered=sum(part.covered for part in parts),
        unknown_keys=tuple(sorted({key for part in parts for key in part.unknown_keys})),
    )
