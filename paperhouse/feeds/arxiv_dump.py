"""arXiv's metadata dump, JSON Lines: one paper a line, millions of them, so read in batches of lines by Polars.

Shape: `id, title, abstract` (hard-wrapped), `authors_parsed` ([[last, first, suffix]]) and `authors` (one string),
`categories` (one string), `comments, journal-ref, doi, license`, `versions` ([{version, created}], RFC 2822 dates),
`update_date`. It brings papers, not observations: no rank, no votes.
"""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

import polars as pl

from paperhouse.feeds.arxiv_ids import ID_PATTERN
from paperhouse.feeds.base import NO_META, Meta
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError, rejects_frame
from paperhouse.text import flatten_lines

BATCH_BYTES = 32 * 2**20
"""Of lines that are read at once: some 20,000 papers, which take about ten times that in the memory."""

LINE_LIMIT = 4 * 2**20
"""Bytes of a line: the longest author lists make some 100,000. A body without line breaks must not fill the memory."""

_LINE = pl.Struct(
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
_KNOWN = {field.name for field in _LINE.fields} | {"submitter", "report-no"}

# As in `arxiv_xml.status_of`, for whole columns.
_IS_WITHDRAWN = (
    r"(?i)^\W*(?:(?:this|the)\s+)?(?:arxiv\s+)?(?:\w+\s+)?"
    r"(?:paper|article|submission|manuscript|preprint|work|version)?\s*"
    r"(?:(?:has|have)\s+been|is|was)?\s*(?:temporarily\s+)?withdrawn\b"
)


class ArxivDump:
    name = "arxiv_dump"
    title = "arXiv, metadata dump (JSON Lines)"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        """A whole body at once, for small ones; the pipeline reads by `parse_batches`."""
        return _joined(list(self.parse_batches(io.BytesIO(body), day)))

    def parse_batches(self, file: BinaryIO, day: date) -> Iterator[Parsed]:  # noqa: ARG002
        before = rank = 0
        for lines in _batches(file):
            parsed = _read_lines(lines, before, rank)
            before += len(lines)
            rank += parsed.records.height
            yield parsed
        if before == 0:
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


def _read_lines(lines: list[bytes], before: int, rank: int) -> Parsed:
    frame = pl.DataFrame({"line": pl.Series(lines, dtype=pl.Binary)}).with_row_index("position", offset=before + 1)
    frame = frame.with_columns(pl.col("position").cast(pl.Int32))
    frame = frame.filter(pl.Series([not line.isspace() and line != b"" for line in lines], dtype=pl.Boolean))
    if frame.is_empty():
        return _parsed(frame.select("position"), [], 0, ())
    decoded, faults = _decoded(frame)
    papers = _records(decoded)
    has_id = pl.col("arxiv_id").is_not_null()
    is_sound = has_id & pl.col("title").is_not_null()
    sound = papers.filter(is_sound)
    reason = (
        pl.when(has_id)
        .then(pl.lit("no title"))
        .otherwise(pl.format("no arXiv id: {}", pl.col("written").fill_null("")))
    )
    nameless = papers.filter(~is_sound).join(frame, on="position", how="left").select("position", reason, "line")
    faults += [(place, why, line.decode(errors="replace")) for place, why, line in nameless.iter_rows()]
    once = sound.unique("arxiv_id", keep="first", maintain_order=True)
    records = once.with_columns(rank=pl.int_range(rank + 1, rank + 1 + pl.len(), dtype=pl.Int32))
    return _parsed(records, faults, frame.height, _unknown_keys(frame["line"][0]), repeats=sound.height - once.height)


def _parsed(
    records: pl.DataFrame, faults: list[tuple[int, str, str]], lines: int, unknown: tuple[str, ...], repeats: int = 0
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
        unknown_keys=unknown,
    )


def _decoded(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[int, str, str]]]:
    """`position` and the fields of each line that is a JSON object; (position, reason, content) of each that is none.

    Polars reads all lines as one; where it cannot, the half that holds the fault is looked for.
    """
    try:
        text = frame["line"].cast(pl.String).str.strip_chars()
        objects = text.str.starts_with("{") & text.str.ends_with("}")
        read = text.str.json_decode(_LINE) if objects.all() else None
    except (pl.exceptions.ComputeError, pl.exceptions.InvalidOperationError):
        read = None
    if read is not None and len(read) == frame.height:
        return pl.concat([frame.select("position"), read.alias("read").to_frame().unnest("read")], how="horizontal"), []
    if frame.height > 1:
        middle = frame.height // 2
        first, some = _decoded(frame[:middle])
        second, others = _decoded(frame[middle:])
        return pl.concat([first, second]), some + others
    none = pl.DataFrame(schema={"position": pl.Int32, **{f.name: f.dtype for f in _LINE.fields}})
    return none, [(frame["position"][0], _fault(frame["line"][0]), frame["line"][0].decode(errors="replace"))]


def _fault(line: bytes) -> str:
    try:
        found = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return f"not UTF-8 at byte {error.start}"
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    return (
        "a value of another type than its key's"
        if isinstance(found, dict)
        else f"{type(found).__name__} where an object belongs"
    )


def _unknown_keys(line: bytes) -> tuple[str, ...]:
    """Of the first line of a batch: every line has the same keys."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    return tuple(sorted(set(found) - _KNOWN)) if isinstance(found, dict) else ()


def _records(decoded: pl.DataFrame) -> pl.DataFrame:
    """PAPER_RECORD's columns that the dump brings, and `written`: the id as it stands there."""
    written = pl.col("id").str.strip_chars()
    note, abstract = pl.col("author_note"), pl.col("abstract")
    created = pl.col("versions").list.eval(
        pl.element().struct["created"].str.to_datetime("%a, %d %b %Y %H:%M:%S GMT", strict=False)
    )
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
        written=written,
        arxiv_id=pl.when(written.str.contains(rf"^(?:{ID_PATTERN})$")).then(written),
        arxiv_version=last,
        doi=pl.col("doi").str.extract(r"^\s*(\S+)").str.to_lowercase(),
        abstract_is_cut=pl.lit(value=False),
        authors=_authors(),
        author_count=_authors().list.len().cast(pl.Int32),
        categories=pl.col("categories").str.extract_all(r"\S+"),
        published_on=created.list.first().dt.date(),
        revised_on=created.list.last().dt.date(),
        arxiv_status=pl.when(note.str.contains(_IS_WITHDRAWN) | abstract.str.contains(_IS_WITHDRAWN)).then(
            pl.lit("withdrawn")
        ),
    )


def _authors() -> pl.Expr:
    """First, last, suffix of each parsed name; where there are none, the names of the one string."""
    part = pl.element().list
    name = pl.concat_str([part.get(i, null_on_oob=True).fill_null("") for i in (1, 0, 2)], separator=" ")
    parsed = pl.col("authors_parsed").list.eval(name.str.replace_all(r"\s+", " ").str.strip_chars())
    names = pl.col("authors").str.replace_all(r",?\s+and\s+", ", ").str.extract_all(r"[^,\s][^,]*")
    return pl.when(parsed.list.len() > 0).then(parsed).otherwise(names)


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
