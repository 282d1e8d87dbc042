"""One landed file made into rows, or refused with a reason; it never raises for what the file holds."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from conftest import FIXTURES

from paperhouse.ingest import LEDGER, SnapshotRead, ledger_frame, read_snapshot, records_of, rejects_of
from paperhouse.records import rejects_frame
from paperhouse.snapshots import LandedFile, fingerprint


def _read(
    tmp_path: Path, body: bytes, name: str = "body.json", feed: str = "hf_daily_papers", meta: str | None = None
) -> SnapshotRead:
    path = tmp_path / feed / "2025-01-13" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if meta is not None:
        path.with_name(f"{name}.meta.json").write_text(meta)
    file = LandedFile(feed, date(2025, 1, 13), path.relative_to(tmp_path).as_posix())
    return read_snapshot(tmp_path, file, *fingerprint(path))


def test_a_good_body_is_ingested_and_balanced(tmp_path: Path) -> None:
    read = _read(tmp_path, (FIXTURES / "hf_daily_papers" / "2025-01-13.json").read_bytes())
    assert (read.ledger["status"], read.ledger["items"], read.ledger["records"]) == ("ingested", 2, 2)
    assert ledger_frame([read]).schema == LEDGER


@pytest.mark.parametrize("body", [b"", b"1", b"\x1f\x8b", b"[", b"<html>", b"\xff\xfe", b"[1, 2, 3]"])
def test_a_body_that_cannot_be_read_is_rejected_whole_and_balanced(tmp_path: Path, body: bytes) -> None:
    read = _read(tmp_path, body)
    ledger = read.ledger
    assert ledger["status"] == "rejected"
    assert ledger["reason"]
    assert ledger["items"] == ledger["records"] + ledger["repeats"] + ledger["furniture"] + ledger["rejects"]
    assert ledger["rejects"] == read.rejects.height > 0
    assert read.records.height == 0
    shown = {b"": None, b"\x1f\x8b": "\x1f\ufffd", b"\xff\xfe": "\ufffd\ufffd"}.get(body, body.decode(errors="replace"))
    assert read.rejects["content"].to_list() == (
        [shown] if read.rejects["position"][0] == "snapshot" else ["1", "2", "3"]
    )


def test_a_rejected_body_shows_how_it_begins_and_one_that_cannot_be_opened_nothing(tmp_path: Path) -> None:
    page = b"<html>" + "Störung. ".encode() * 1_000
    assert _read(tmp_path, page).rejects["content"][0] == page.decode()[:2_000]
    assert _read(tmp_path, gzip.compress(page), name="body.json.gz").rejects["content"][0] == page.decode()[:2_000]
    assert _read(tmp_path, gzip.compress(page)[:9], name="cut.json.gz").rejects["content"].to_list() == [None]


def test_a_blocking_parsing_check_rejects_the_snapshot_and_keeps_each_piece_among_the_rejects(tmp_path: Path) -> None:
    items = '[{"paper": {"id": "2401.00001", "title": "A title", "summary": "x"}}, 3]'
    read = _read(tmp_path, items.encode())
    assert read.is_rejected
    assert "lengths_plausible" in read.ledger["reason"]
    assert sorted(read.rejects["position"]) == ["item 1", "item 2"]
    assert read.ledger["items"] == 2


def test_the_wrong_feed_in_the_folder_is_refused(tmp_path: Path) -> None:
    api = (FIXTURES / "hf_daily_papers" / "2025-01-13.json").read_bytes()
    page = (FIXTURES / "hf_papers_page" / "search.txt").read_bytes()
    assert "wrong feed" in _read(tmp_path, api, feed="hf_papers_page", name="page.txt").ledger["reason"]
    assert "not JSON" in _read(tmp_path, page).ledger["reason"]


def test_a_body_is_read_without_what_lies_beside_it_where_that_is_no_json(tmp_path: Path) -> None:
    body = (FIXTURES / "hf_daily_papers" / "2025-01-13.json").read_bytes()
    read = _read(tmp_path, body, meta="not json")
    assert (read.ledger["status"], read.ledger["records"]) == ("ingested", 2)
    assert read.findings.keys() == {"meta_readable"}
    assert "body.json.meta.json: not JSON" in read.findings["meta_readable"]


def test_a_note_is_read_without_what_lies_beside_its_body_where_that_is_no_json(tmp_path: Path) -> None:
    body = (FIXTURES / "hf_daily_papers" / "2025-01-13.json").read_bytes()
    _read(tmp_path, body, meta="not json")
    read = _read(tmp_path, b'{"same_as": "hf_daily_papers/2025-01-13/body.json"}', name="later.same.json")
    assert (read.ledger["status"], list(read.findings)) == ("ingested", ["meta_readable"])


def test_a_time_before_there_was_a_web_is_none(tmp_path: Path) -> None:
    read = _read(tmp_path, b"[]", meta='{"fetched_at": "0001-01-01T00:00:00Z"}')
    assert "fetched_at is of no year in which feeds were fetched" in read.ledger["reason"]


def test_no_reject_names_who_submitted_a_paper(tmp_path: Path) -> None:
    items = (
        '[{"submittedBy": {"fullname": "Jane"}, "paper": {"title": "x", "submittedOnDailyBy": {"fullname": "Jane"}}}, '
    )
    rejects = _read(tmp_path, (items + "3]").encode()).rejects
    assert rejects.height == 2
    assert "x" in rejects["content"][0]
    bodies = [
        items,
        items[1:-2],
        f"[{items[1:-2]!r}]",
        f"[[{items[1:-2]}]]",
        f"\ufeff{items}",
        "Submitted by\nJane",
        '{"submitter": "Jane"}',
    ]
    for body in bodies:
        assert not _read(tmp_path, body.encode()).rejects["content"].str.contains("Jane").any()
    line = '{"submitter": "Jane Doe", "id": 3}'
    assert rejects_frame([("line 1", "r", line)])["content"].to_list() == ['{"submitter": "", "id": 3}']


def test_a_request_that_failed_is_refused_by_its_status(tmp_path: Path) -> None:
    assert "503" in _read(tmp_path, b"[]", meta='{"status": 503}').ledger["reason"]


def test_frames_of_many_snapshots_name_each_rows_snapshot(tmp_path: Path) -> None:
    reads = [
        _read(tmp_path, (FIXTURES / "hf_daily_papers" / name).read_bytes(), name=name)
        for name in ("2025-01-13.json", "fault_some_items.json", "fault_empty.json")
    ]
    ids = [read.ledger["snapshot_id"] for read in reads]
    assert records_of(reads)["snapshot_id"].to_list() == [ids[0]] * 2 + [ids[1]] * 6
    assert rejects_of(reads)["snapshot_id"].to_list() == [ids[1]] * 6 + [ids[2]]


def test_a_fault_of_an_adapter_rejects_its_snapshot_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperhouse.feeds import FEEDS

    monkeypatch.setattr(type(FEEDS["hf_daily_papers"]), "parse", lambda self, body, day, meta: {}["no such key"])
    read = _read(tmp_path, b"[]")
    assert read.is_rejected
    assert "the adapter failed: KeyError" in read.ledger["reason"]


def test_what_is_known_of_the_request_is_part_of_what_was_read(tmp_path: Path) -> None:
    from paperhouse.ingest import parser_of

    path = tmp_path / "body.json"
    path.write_bytes(b"[]")
    bare = parser_of(path)
    path.with_name("body.json.meta.json").write_text('{"status": 503}')
    failed = parser_of(path)
    path.with_name("body.json.meta.json").write_text('{"status": 200}')
    assert len({bare, failed, parser_of(path)}) == 3
