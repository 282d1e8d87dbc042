"""A feed whose bodies are read in batches, from the landing folder into a warehouse: whole, or not at all."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import zstandard

from paperhouse.feeds import arxiv_dump
from paperhouse.ingest import LEDGER
from paperhouse.load import Loaded, load_feed

COUNTS = ("items", "records", "repeats", "furniture", "rejects")
FOLDER = "arxiv_dump/2025-01-06"


def line(number: int, /, **more) -> bytes:
    paper = {"id": f"2401.{number:05}", "title": f"Made-up Title {number}", "abstract": "We make things up. " * 5}
    return json.dumps(paper | more).encode() + b"\n"


class Pipe:
    """A landing folder and the warehouse that it is loaded into."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.path = folder / "raw", folder / "warehouse.duckdb"
        self.said: list[str] = []

    def land(self, body: bytes, name: str = "dump.jsonl", meta: dict | None = None) -> Path:
        path = self.raw / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        if meta is not None:
            path.with_name(f"{name}.meta.json").write_text(json.dumps(meta))
        return path

    def load(self) -> Loaded:
        return load_feed(self.raw, self.path, "arxiv_dump", say=self.said.append)

    def rows(self, query: str) -> list[tuple]:
        with duckdb.connect(str(self.path), read_only=True) as con:
            return con.execute(query).fetchall()

    def entries(self) -> list[tuple]:
        return self.rows("select position, arxiv_id, title from raw.arxiv_dump__entries order by position")

    def ledger(self) -> dict:
        """The one line of the ledger, which balances and agrees with the tables."""
        (row,) = self.rows(f"select {', '.join(LEDGER)} from raw.snapshots")
        found = dict(zip(LEDGER, row, strict=True))
        assert found["items"] == sum(found[name] for name in COUNTS[1:])
        held = "select count(*) from raw.{} where snapshot_id = (select snapshot_id from raw.snapshots)"
        assert self.rows(held.format("arxiv_dump__entries")) == [(found["records"],)]
        assert self.rows(held.format("rejects")) == [(found["rejects"],)]
        return found


@pytest.fixture
def pipe(tmp_path: Path) -> Pipe:
    return Pipe(tmp_path)


@pytest.fixture
def some_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the two thousand papers of WHOLE: ten."""
    monkeypatch.setattr(arxiv_dump, "BATCH_BYTES", 40_000)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv_dump, "BATCH_BYTES", 400)


def counts(ledger: dict) -> tuple:
    return tuple(ledger[name] for name in COUNTS)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zstandard.ZstdCompressor().compress)],
)
@pytest.mark.usefixtures("small_batches")
def test_a_dump_is_loaded_in_batches_to_its_last_line(pipe, name, pack):
    pipe.land(pack(b"".join(map(line, range(100)))), name)
    loaded = pipe.load()
    assert [read.is_rejected for read in loaded.reads] == [False]
    assert counts(pipe.ledger()) == (100, 100, 0, 0, 0)
    assert pipe.entries() == [(n + 1, f"2401.{n:05}", f"Made-up Title {n}") for n in range(100)]
    assert len(pipe.said) > 10
    assert pipe.said[-1] == f"{FOLDER}/{name}: 100 lines read"


def test_every_column_arrives_and_its_text_has_an_id(pipe):
    pipe.land(line(1, authors_parsed=[["Author", "A.", ""]], categories="cs.AI", comments="nul: \0", doi="10.1/X"))
    pipe.load()
    columns = "arxiv_id, authors, author_count, categories, author_note, doi, rank is null, text_id = md5(title || chr(31) || abstract)"
    assert pipe.rows(f"select {columns} from raw.arxiv_dump__entries") == [
        ("2401.00001", ["A. Author"], 1, ["cs.AI"], "nul: \0", "10.1/x", 1, True)
    ]


@pytest.mark.usefixtures("small_batches")
def test_a_paper_that_comes_again_in_a_later_batch_is_a_repeat(pipe):
    pipe.land(b"".join(line(n % 30, comments=f"line {place}") for place, n in enumerate(range(100), start=1)))
    pipe.load()
    assert counts(pipe.ledger()) == (100, 30, 70, 0, 0)
    assert pipe.rows("select arxiv_id, author_note from raw.arxiv_dump__entries order by position") == [
        (f"2401.{n:05}", f"line {n + 1}") for n in range(30)
    ]


def test_a_repeat_in_one_dump_is_none_in_another(pipe):
    pipe.land(line(1) + line(2), "a.jsonl")
    pipe.land(line(2) + line(3), "b.jsonl")
    loaded = pipe.load()
    assert loaded.ledger.select(COUNTS).rows() == [(2, 2, 0, 0, 0), (2, 2, 0, 0, 0)]
    assert pipe.rows("select count(*) from raw.arxiv_dump__entries") == [(4,)]


@pytest.mark.usefixtures("small_batches")
def test_bad_lines_are_rejected_with_their_places_and_the_ledger_balances(pipe):
    lines = [line(n) if n % 5 else b"no JSON\n" for n in range(50)]
    pipe.land(b"".join([*lines, b"\n", line(1)]))
    pipe.load()
    found = pipe.ledger()
    assert counts(found) == (51, 40, 1, 0, 10)
    assert (found["status"], found["reason"]) == ("ingested", None)
    places = pipe.rows("select position from raw.rejects order by rowid")
    assert places == [(f"line {n + 1}",) for n in range(0, 50, 5)]


@pytest.mark.usefixtures("small_batches")
def test_a_last_batch_of_one_bad_line_does_not_spoil_the_dump(pipe):
    pipe.land(b"".join(map(line, range(20))) + b"cut sho")
    pipe.load()
    assert counts(pipe.ledger()) == (21, 20, 0, 0, 1)


@pytest.mark.usefixtures("small_batches")
def test_a_dump_with_more_than_half_bad_lines_is_rejected_whole_and_leaves_no_row(pipe):
    pipe.land(b"".join(map(line, range(20))) + b"no JSON\n" * 21)
    loaded = pipe.load()
    found = pipe.ledger()
    assert counts(found) == (1, 0, 0, 0, 1)
    assert found["status"] == "rejected"
    assert found["reason"].startswith("reject_rate: 21 of 41 items rejected, the first: not JSON: ")
    assert pipe.entries() == []
    assert pipe.rows("select position, reason from raw.rejects") == [("snapshot", found["reason"])]
    assert loaded.reads[0].is_rejected


@pytest.mark.usefixtures("small_batches")
def test_a_dump_with_just_half_bad_lines_is_kept(pipe):
    pipe.land(b"".join(map(line, range(20))) + b"no JSON\n" * 20)
    pipe.load()
    assert counts(pipe.ledger()) == (40, 20, 0, 0, 20)


WHOLE = b"".join(line(n, report=n**9) for n in range(2_000))


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.gz", gzip.compress(WHOLE, mtime=0)[:-2_000], "cannot be decompressed: "),
        ("a.zst", zstandard.ZstdCompressor().compress(WHOLE)[:-2_000], "cannot be decompressed: "),
        ("a.gz", gzip.compress(WHOLE, mtime=0) + b"trailing junk", "cannot be decompressed: "),
        ("a.gz", b"no gzip", "cannot be decompressed: "),
        ("a.jsonl", b"", "an empty body"),
        ("a.jsonl.gz", gzip.compress(b" \n\n", mtime=0), "an empty body"),
        ("a.jsonl", line(1) + b"x" * 90_000, "line 2: over 50000 bytes without a line break"),
    ],
    ids=["gz cut short", "zst cut short", "junk after gz", "no gz", "empty", "blank", "no line break"],
)
@pytest.mark.usefixtures("some_batches")
def test_a_broken_dump_leaves_nothing_half_written(pipe, monkeypatch, name, body, reason):
    monkeypatch.setattr(arxiv_dump, "LINE_LIMIT", 50_000)
    pipe.land(body, name)
    pipe.load()
    found = pipe.ledger()
    assert found["status"] == "rejected"
    assert found["reason"].startswith(reason)
    assert pipe.entries() == []


@pytest.mark.usefixtures("some_batches")
def test_a_broken_dump_says_that_it_was_half_read(pipe):
    pipe.land(gzip.compress(WHOLE, mtime=0)[:-2_000], "a.gz")
    pipe.load()
    assert pipe.said != []


def test_a_second_load_reads_nothing(pipe):
    pipe.land(line(1) + b"no JSON\n" + line(2))
    pipe.load()
    before = pipe.rows("select * from raw.snapshots"), pipe.entries()
    again = pipe.load()
    assert again.reads == []
    assert again.ledger.height == 1
    assert (pipe.rows("select * from raw.snapshots"), pipe.entries()) == before


def test_a_rejected_dump_is_not_read_again_either(pipe):
    pipe.land(b"")
    assert len(pipe.load().reads) == 1
    assert pipe.load().reads == []


def test_a_mended_dump_is_a_new_snapshot_and_the_broken_one_stays_in_the_ledger(pipe):
    pipe.land(gzip.compress(WHOLE, mtime=0)[:-2_000], "a.gz")
    pipe.load()
    pipe.land(gzip.compress(line(1), mtime=0), "a.gz")
    loaded = pipe.load()
    assert sorted(loaded.ledger["status"]) == ["ingested", "rejected"]
    assert [row[1] for row in pipe.entries()] == ["2401.00001"]


@pytest.mark.usefixtures("small_batches")
def test_a_load_that_is_killed_leaves_nothing_and_the_next_reads_it_whole(pipe, monkeypatch):
    pipe.land(b"".join(map(line, range(50))))

    def killed(said: str) -> None:
        if " 2" in said:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_feed(pipe.raw, pipe.path, "arxiv_dump", say=killed)
    assert pipe.entries() == []
    assert pipe.rows("select count(*) from raw.snapshots") == [(0,)]
    pipe.load()
    assert counts(pipe.ledger()) == (50, 50, 0, 0, 0)


def test_a_dump_read_by_changed_code_replaces_its_rows(pipe, monkeypatch):
    pipe.land(line(1) + line(2) + b"no JSON\n")
    pipe.load()
    monkeypatch.setattr("paperhouse.ingest.parser_fingerprint", lambda: "changed")
    assert len(pipe.load().reads) == 1
    assert counts(pipe.ledger()) == (3, 2, 0, 0, 1)


def test_its_meta_says_when_it_was_observed_and_which_part_it_is(pipe):
    pipe.land(line(1), meta={"fetched_at": "2025-01-06T10:00:00+02:00", "part": 2, "parts": 3})
    pipe.load()
    found = pipe.ledger()
    assert (found["observed_at"], found["part"], found["parts"]) == (datetime(2025, 1, 6, 8), 2, 3)  # noqa: DTZ001


def test_the_answer_to_a_request_that_failed_is_no_dump(pipe):
    pipe.land(line(1), meta={"status": 503})
    pipe.load()
    assert pipe.ledger()["reason"] == "the request was answered with HTTP status 503"
    assert pipe.entries() == []


def test_a_note_is_a_snapshot_with_the_body_that_it_names(pipe):
    pipe.land(line(1) + line(2), "a.jsonl")
    pipe.land(json.dumps({"same_as": f"{FOLDER}/a.jsonl"}).encode(), "b.same.json")
    loaded = pipe.load()
    assert loaded.ledger.select("same_as", *COUNTS).rows() == [
        (None, 2, 2, 0, 0, 0), (f"{FOLDER}/a.jsonl", 2, 2, 0, 0, 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("small_batches")
def test_unknown_keys_of_every_batch_are_in_the_ledger(pipe):
    pipe.land(b"".join(line(n, **({"new": 1} if n == 3 else {"newer": 1} if n == 40 else {})) for n in range(50)))
    loaded = pipe.load()
    assert pipe.ledger()["unknown_keys"] == ["new", "newer"]
    assert "no_unknown_keys" in loaded.reads[0].findings
