"""The landing folder: what is found there, and what a body, its name and its meta say."""

import gzip
import json
import os
import random
import tracemalloc
from datetime import UTC, date, datetime, timedelta

import pytest
import zstandard

from paperhouse import snapshots
from paperhouse.records import SnapshotError

FEEDS = {"hf_papers_page", "hf_daily_papers"}
BODY = b"a body\n" * 1_000


@pytest.fixture
def raw(tmp_path):
    return tmp_path / "raw"


def land(raw, path, body=BODY):
    target = raw / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    return target


def scan(raw):
    landing = snapshots.scan(raw, FEEDS)
    return [file.path for file in landing.files], dict(landing.strays)


def test_bodies_are_found_sorted_by_feed_and_day(raw):
    for path in (
        "hf_papers_page/2025-09-04/page.txt",
        "hf_daily_papers/2025-09-05/a.json",
        "hf_daily_papers/2025-09-04/b.json.gz",
    ):
        land(raw, path)
    landing = snapshots.scan(raw, FEEDS)
    assert [(f.feed, f.day, f.path) for f in landing.files] == [
        ("hf_daily_papers", date(2025, 9, 4), "hf_daily_papers/2025-09-04/b.json.gz"),
        ("hf_daily_papers", date(2025, 9, 5), "hf_daily_papers/2025-09-05/a.json"),
        ("hf_papers_page", date(2025, 9, 4), "hf_papers_page/2025-09-04/page.txt"),
    ]
    assert landing.strays == ()


def test_several_files_a_day_are_several_snapshots(raw):
    for name in ("page.txt", "page-2.txt", "page.txt.gz"):
        land(raw, f"hf_papers_page/2025-09-04/{name}")
    assert len(scan(raw)[0]) == 3


def test_a_folder_that_is_not_there_is_empty(raw):
    assert scan(raw) == ([], {})


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("page.txt", "not at <feed>/<YYYY-MM-DD>/<name>"),
        ("hf_papers_page/page.txt", "not at <feed>/<YYYY-MM-DD>/<name>"),
        ("hf_papers_page/2025-09-04/deeper/page.txt", "not at <feed>/<YYYY-MM-DD>/<name>"),
        ("hf_paper_page/2025-09-04/page.txt", "no feed is called 'hf_paper_page'"),
        ("hf_papers_page/2025-9-4/page.txt", "'2025-9-4' is no day YYYY-MM-DD"),
        ("hf_papers_page/20250904/page.txt", "'20250904' is no day YYYY-MM-DD"),
        ("hf_papers_page/2025-02-30/page.txt", "'2025-02-30' is no day YYYY-MM-DD"),
    ],
)
def test_a_stray_file_is_named_with_its_reason(raw, path, reason):
    land(raw, path)
    assert scan(raw) == ([], {path: reason})


@pytest.mark.parametrize(
    "path",
    [
        "hf_papers_page/2025-09-04/page.txt.part",
        "hf_papers_page/2025-09-04/.page.txt",
        "hf_papers_page/.2025-09-04/page.txt",
        ".DS_Store",
        "README.md",
        "hf_papers_page/2025-09-04/page.txt.meta.json",
    ],
)
def test_unfinished_work_and_what_is_no_body_is_not_looked_at(raw, path):
    land(raw, path)
    assert scan(raw) == ([], {})


def test_a_day_that_has_not_come_yet_is_a_stray(raw):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    land(raw, f"hf_papers_page/{tomorrow}/page.txt")
    land(raw, "hf_papers_page/2952-09-04/page.txt")
    files, strays = scan(raw)
    assert files == [f"hf_papers_page/{tomorrow}/page.txt"]
    assert strays == {"hf_papers_page/2952-09-04/page.txt": "the day 2952-09-04 has not come yet"}


def test_a_name_that_no_table_or_file_beside_it_could_bear_is_a_stray(raw):
    land(raw, "hf_papers_page/2025-09-04/page.txt")
    long = land(raw, f"hf_papers_page/2025-09-04/{'x' * 250}").name
    (raw / "hf_papers_page" / "2025-09-04" / os.fsdecode(b"\xff.txt")).touch()
    files, strays = scan(raw)
    assert files == ["hf_papers_page/2025-09-04/page.txt"]
    assert "longer than" in strays[f"hf_papers_page/2025-09-04/{long}"]
    assert strays["hf_papers_page/2025-09-04/\ufffd.txt"] == "its name is not UTF-8"


def test_links_that_lead_in_circles_end(raw):
    land(raw, "hf_papers_page/2025-09-04/page.txt")
    for name in ("a", "b"):
        (raw / "hf_papers_page" / name).symlink_to(".")
    files, strays = scan(raw)
    assert files == ["hf_papers_page/2025-09-04/page.txt"]
    assert "not looked into" in strays["hf_papers_page/a/b/2025-09-04"]


def test_a_folder_that_the_system_refuses_is_named(raw, monkeypatch):
    land(raw, "hf_papers_page/2025-09-04/page.txt")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("2025-09-04"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert scan(raw) == ([], {"hf_papers_page/2025-09-04": "cannot be read: Permission denied"})


def test_a_note_of_a_body_that_no_file_could_be_is_refused_and_stops_nothing(raw):
    same_as = f"hf_papers_page/2025-09-04/{'x' * 300}.txt"
    note = land(raw, "hf_papers_page/2025-09-04/a.same.json", json.dumps({"same_as": same_as}).encode())
    assert snapshots.meta_fingerprint(note) == ""
    file = snapshots.LandedFile("hf_papers_page", date(2025, 9, 4), "hf_papers_page/2025-09-04/a.same.json")
    with pytest.raises(SnapshotError, match="not there"):
        snapshots.body_path(raw, file, {"same_as": same_as})


def test_what_comes_beside_the_body_of_a_note_is_noticed(raw):
    body = land(raw, "hf_papers_page/2025-09-04/page.txt")
    note = land(raw, "hf_papers_page/2025-09-05/a.same.json", b'{"same_as": "hf_papers_page/2025-09-04/page.txt"}')
    before = snapshots.meta_fingerprint(note)
    land(raw, "hf_papers_page/2025-09-04/page.txt.meta.json", b'{"status": 404}')
    assert body.exists()
    assert snapshots.meta_fingerprint(note) != before


def test_a_readme_in_a_feeds_folder_is_a_stray(raw):
    land(raw, "hf_papers_page/README.md")
    assert list(scan(raw)[1]) == ["hf_papers_page/README.md"]


def test_the_id_depends_on_path_and_content_alone(raw):
    one = land(raw, "a/page.txt")
    sha256, size = snapshots.fingerprint(one)
    os.utime(one, (0, 0))
    assert size == len(BODY)
    assert snapshots.fingerprint(one) == (sha256, size)
    ids = {
        snapshots.snapshot_id("a/page.txt", sha256),
        snapshots.snapshot_id("a/page.txt", sha256),
        snapshots.snapshot_id("b/page.txt", sha256),
        snapshots.snapshot_id("a/page.txt", snapshots.fingerprint(land(raw, "a/page.txt", b"changed"))[0]),
    }
    assert len(ids) == 3


def test_the_state_changes_when_something_lands_or_changes(raw):
    def state():
        return snapshots.state(raw, snapshots.scan(raw, FEEDS))

    states = [state()]
    path = land(raw, "hf_papers_page/2025-09-04/page.txt")
    states.append(state())
    assert state() == states[-1]
    path.write_bytes(BODY + b"more")
    states.append(state())
    land(raw, "stray.txt")
    states.append(state())
    assert len(set(states)) == 4


def zst(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.txt", BODY),
        ("a.txt.gz", gzip.compress(BODY, mtime=0)),
        ("two_members.gz", gzip.compress(BODY[:700], mtime=0) + gzip.compress(BODY[700:], mtime=0)),
        ("a.txt.zst", zst(BODY)),
        ("two_frames.zst", zst(BODY[:700]) + zst(BODY[700:])),
    ],
)
def test_a_body_is_decompressed_by_its_names_ending(tmp_path, name, packed):
    assert snapshots.read_body(land(tmp_path, name, packed)) == BODY


def test_a_body_of_many_bites_is_read_whole(tmp_path):
    body = random.Random(0).randbytes(300_000)
    assert snapshots.read_body(land(tmp_path, "a.zst", zst(body))) == body


@pytest.mark.parametrize("pack", [gzip.compress, zst], ids=["gz", "zst"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_body_cut_short_is_refused(tmp_path, pack, share):
    packed = pack(random.Random(0).randbytes(20_000))
    name = "a.gz" if pack is gzip.compress else "a.zst"
    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        snapshots.read_body(land(tmp_path, name, packed[: int(len(packed) * share)]))


@pytest.mark.parametrize("name", ["a.gz", "a.zst"])
@pytest.mark.parametrize("junk", [b"no such format", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd\xff\xff\xff"])
def test_a_body_that_is_not_what_its_name_says_is_refused(tmp_path, name, junk):
    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        snapshots.read_body(land(tmp_path, name, junk))


def test_a_damaged_gzip_body_is_refused(tmp_path):
    packed = bytearray(gzip.compress(BODY, mtime=0))
    packed[-6] ^= 0xFF
    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        snapshots.read_body(land(tmp_path, "a.gz", bytes(packed)))


@pytest.mark.parametrize("name", ["bomb", "bomb.gz", "bomb.zst"])
def test_a_body_larger_than_the_limit_is_refused_without_being_read_whole(tmp_path, monkeypatch, name):
    monkeypatch.setattr(snapshots, "BODY_LIMIT", 10_000)
    pack = {"bomb": bytes, "bomb.gz": gzip.compress, "bomb.zst": zst}[name]
    with pytest.raises(SnapshotError, match="larger than 10000 bytes"):
        snapshots.read_body(land(tmp_path, name, pack(b"0" * 50_000_000)))


def test_a_body_of_just_the_limit_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "BODY_LIMIT", len(BODY))
    for name, packed in {"a": BODY, "a.gz": gzip.compress(BODY, mtime=0), "a.zst": zst(BODY)}.items():
        assert snapshots.read_body(land(tmp_path, name, packed)) == BODY


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a", b"", "empty: zero bytes"),
        ("a", b"\n", "empty: 1 blank bytes"),
        ("a.gz", b"", "empty: zero bytes"),
        ("a.gz", gzip.compress(b"", mtime=0), "empty: zero bytes"),
        ("a.zst", zst(b" \n"), "empty: 2 blank bytes"),
    ],
)
def test_an_empty_body_is_refused(tmp_path, name, body, reason):
    with pytest.raises(SnapshotError, match=reason):
        snapshots.read_body(land(tmp_path, name, body))


def test_a_body_that_is_gone_is_refused(tmp_path):
    with pytest.raises(SnapshotError, match="cannot be read: No such file"):
        snapshots.read_body(tmp_path / "gone.txt")


def test_no_meta_is_an_empty_meta(tmp_path):
    assert snapshots.read_meta(land(tmp_path, "a.json")) == {}


@pytest.mark.parametrize("status", [200, 204, None, "200"])
def test_a_request_that_succeeded_is_no_fault(tmp_path, status):
    path = land(tmp_path, "a.json")
    land(tmp_path, "a.json.meta.json", json.dumps({"status": status}).encode())
    meta = snapshots.read_meta(path)
    assert meta == {"status": status}
    snapshots.refuse_failed(meta)


@pytest.mark.parametrize("status", [301, 404, 429, 503])
def test_the_answer_to_a_request_that_failed_is_refused(tmp_path, status):
    path = land(tmp_path, "a.json")
    land(tmp_path, "a.json.meta.json", json.dumps({"status": status}).encode())
    meta = snapshots.read_meta(path)
    with pytest.raises(SnapshotError, match=f"HTTP status {status}"):
        snapshots.refuse_failed(meta)
    snapshots.refuse_failed(meta, told={status})


@pytest.mark.parametrize("meta", [b"", b"{", b"\xff", b"[" * 100_000, b"[]", b"1", b"9" * 5_000])
def test_a_meta_that_is_no_json_object_is_refused_by_name(tmp_path, meta):
    path = land(tmp_path, "a.json")
    land(tmp_path, "a.json.meta.json", meta)
    with pytest.raises(SnapshotError, match=r"a\.json\.meta\.json: "):
        snapshots.read_meta(path)


def test_a_meta_that_cannot_be_read_is_refused_by_name(tmp_path):
    path = land(tmp_path, "a.json")
    (tmp_path / "a.json.meta.json").mkdir()
    with pytest.raises(SnapshotError, match=r"a\.json\.meta\.json: cannot be read"):
        snapshots.read_meta(path)


OBSERVED = "2025-01-11__fetched_20250111T170714Z_5f17680c.json.gz"


@pytest.mark.parametrize(
    ("name", "meta", "moment"),
    [
        (OBSERVED, {}, "2025-01-11T17:07:14"),
        (OBSERVED, {"fetched_at": "2025-01-12T01:00:00Z"}, "2025-01-12T01:00:00"),
        (OBSERVED, {"fetched_at": None}, "2025-01-11T17:07:14"),
        ("a.json", {"fetched_at": "2025-01-12T01:00:00+02:00"}, "2025-01-11T23:00:00"),
        ("a.json", {"fetched_at": "2025-01-12T01:00:00"}, "2025-01-12T01:00:00"),
        ("a__fetched_20251341T996199Z.json", {}, None),
        ("a.json", {}, None),
    ],
)
def test_when_it_was_observed_comes_from_the_meta_else_the_name(tmp_path, name, meta, moment):
    found = snapshots.observed_at(tmp_path / name, meta)
    assert (found and found.isoformat()) == moment


def test_when_it_was_observed_never_comes_from_the_files_times(tmp_path):
    path = land(tmp_path, "a.json")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert snapshots.observed_at(path, {}) is None


@pytest.mark.parametrize("fetched", ["yesterday", 1736615234, [], True, "0001-01-01T00:00:00+14:00"])
def test_a_time_that_is_none_is_refused(tmp_path, fetched):
    with pytest.raises(SnapshotError, match="fetched_at is no ISO 8601 time"):
        snapshots.observed_at(tmp_path / "a.json", {"fetched_at": fetched})


NOTE = "arxiv_rss/2025-01-07/cs.AI__fetched_20250107T000000Z.same.json"
FIRST = "arxiv_rss/2025-01-06/cs.AI.xml"


def body_of(raw, path, same_as):
    file = snapshots.LandedFile(path.split("/")[0], date(2025, 1, 7), path)
    return snapshots.body_path(raw, file, {"same_as": same_as})


def test_a_body_lies_where_its_own_file_lies(raw):
    path = land(raw, FIRST)
    assert body_of(raw, FIRST, None) == path
    assert body_of(raw, FIRST, "arxiv_rss/2025-01-05/another.xml") == path


def test_a_notes_body_lies_where_the_note_says(raw):
    path = land(raw, FIRST)
    land(raw, NOTE, json.dumps({"same_as": FIRST}).encode())
    assert body_of(raw, NOTE, FIRST) == path


def test_a_note_is_a_snapshot_and_its_own_meta(raw):
    land(raw, FIRST)
    note = land(raw, NOTE, json.dumps({"same_as": FIRST, "status": 304}).encode())
    paths = [file.path for file in snapshots.scan(raw, {"arxiv_rss"}).files]
    assert paths == [FIRST, NOTE]
    assert snapshots.read_meta(note) == {"same_as": FIRST, "status": 304}
    assert snapshots.observed_at(note, {}).isoformat() == "2025-01-07T00:00:00"


@pytest.mark.parametrize(
    "same_as",
    [
        None, 5, [], {}, [FIRST], "", "page.txt", "arxiv_rss/page.txt", "arxiv_rss/2025-01-06/deeper/cs.AI.xml",
        "arxiv_atom/2025-01-06/cs.AI.xml", "../arxiv_rss/2025-01-06/cs.AI.xml", "arxiv_rss/../cs.AI.xml", "arxiv_rss/2025-01-06/..",
        "/arxiv_rss/2025-01-06/cs.AI.xml", "/etc/passwd", NOTE, "\ud800",
    ],
)  # fmt: skip
def test_a_note_that_names_no_body_of_its_feed_is_refused(raw, same_as):
    land(raw, FIRST)
    land(raw, NOTE)
    with pytest.raises(SnapshotError, match="a note whose same_as names no body of arxiv_rss") as caught:
        body_of(raw, NOTE, same_as)
    str(caught.value).encode()


@pytest.mark.parametrize(
    "same_as", ["arxiv_rss/2025-01-06/gone.xml", "arxiv_rss/2025-01-06/folder", "arxiv_rss/2025-01-06/\0"]
)
def test_a_note_of_a_body_that_is_not_there_is_refused(raw, same_as):
    (raw / "arxiv_rss/2025-01-06/folder").mkdir(parents=True)
    with pytest.raises(SnapshotError, match="a note of a body that is not there: 'arxiv_rss/2025-01-06/"):
        body_of(raw, NOTE, same_as)


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"\xff"])
def test_a_note_that_is_no_json_object_is_refused_by_name(raw, note):
    with pytest.raises(SnapshotError, match=r"cs\.AI__fetched_20250107T000000Z\.same\.json: "):
        snapshots.read_meta(land(raw, NOTE, note))


def streamed(path, size=1_000):
    with snapshots.open_body(path) as body:
        return b"".join(iter(lambda: body.read(size), b""))


PACKED = [
    ("a.jsonl", BODY),
    ("a.jsonl.gz", gzip.compress(BODY, mtime=0)),
    ("two_members.gz", gzip.compress(BODY[:700], mtime=0) + gzip.compress(BODY[700:], mtime=0)),
    ("a.jsonl.zst", zst(BODY)),
    ("two_frames.zst", zst(BODY[:700]) + zst(BODY[700:])),
]


@pytest.mark.parametrize(("name", "packed"), PACKED)
@pytest.mark.parametrize("size", [1, 999, 1_000_000])
def test_a_stream_is_decompressed_by_its_names_ending(tmp_path, name, packed, size):
    assert streamed(land(tmp_path, name, packed), size) == BODY


@pytest.mark.parametrize(
    ("name", "packed"),
    [("a", b""), ("a.gz", b""), ("a.gz", gzip.compress(b"", mtime=0)), ("a.zst", b""), ("a.zst", zst(b""))],
)
def test_a_stream_of_nothing_ends_at_once(tmp_path, name, packed):
    assert streamed(land(tmp_path, name, packed)) == b""


@pytest.mark.parametrize("pack", [gzip.compress, zst], ids=["gz", "zst"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_stream_cut_short_gives_what_is_sound_and_is_refused_at_its_end(tmp_path, pack, share):
    body = random.Random(0).randbytes(200_000)
    packed = pack(body)
    path = land(tmp_path, "a.gz" if pack is gzip.compress else "a.zst", packed[: int(len(packed) * share)])
    read = []

    def read_on():
        with snapshots.open_body(path) as file:
            while piece := file.read(100):
                read.append(piece)

    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        read_on()
    assert body.startswith(b"".join(read))


@pytest.mark.parametrize("name", ["a.gz", "a.zst"])
@pytest.mark.parametrize("junk", [b"no such format", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd\xff\xff\xff"])
def test_a_stream_that_is_not_what_its_name_says_is_refused(tmp_path, name, junk):
    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        streamed(land(tmp_path, name, junk))


def test_a_damaged_gzip_stream_is_refused(tmp_path):
    packed = bytearray(gzip.compress(BODY, mtime=0))
    packed[-6] ^= 0xFF
    with pytest.raises(SnapshotError, match="cannot be decompressed"):
        streamed(land(tmp_path, "a.gz", bytes(packed)))


def test_a_stream_of_a_file_that_is_gone_is_refused(tmp_path):
    with pytest.raises(SnapshotError, match="cannot be read: No such file"):
        streamed(tmp_path / "gone.gz")
    with pytest.raises(SnapshotError, match="cannot be read: Is a directory"):
        streamed(tmp_path)


def test_a_fault_of_who_reads_a_stream_is_not_the_files(tmp_path):
    path = land(tmp_path, "a.gz", gzip.compress(BODY, mtime=0))
    with pytest.raises(KeyError), snapshots.open_body(path):
        raise KeyError
    with pytest.raises(SnapshotError, match="no JSON Lines"), snapshots.open_body(path):
        raise SnapshotError("no JSON Lines")


def test_a_stream_is_not_read_whole_to_give_its_beginning(tmp_path):
    body = random.Random(0).randbytes(5_000_000)
    for name, packed in (("a", body), ("a.gz", gzip.compress(body, mtime=0)), ("a.zst", zst(body))):
        path = land(tmp_path, name, packed)
        tracemalloc.start()
        with snapshots.open_body(path) as file:
            assert file.read(100) == body[:100]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1_000_000


@pytest.mark.parametrize(
    ("meta", "found"),
    [
        ({}, (None, None)),
        ({"part": 1, "parts": 3}, (1, 3)),
        ({"part": 4}, (4, None)),
        ({"parts": 3}, (None, 3)),
        ({"part": 2**31 - 1, "parts": 2**31}, (2**31 - 1, None)),
        ({"part": 0, "parts": -1}, (None, None)),
        ({"part": True, "parts": False}, (None, None)),
        ({"part": "1", "parts": 3.0}, (None, None)),
        ({"part": None, "parts": [3]}, (None, None)),
    ],
)
def test_which_part_of_how_many_it_is_is_a_count_or_unknown(meta, found):
    assert snapshots.part_of(meta) == found
