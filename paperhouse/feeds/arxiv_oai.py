"""arXiv's OAI-PMH (`verb=ListRecords`, `GetRecord`; `metadataPrefix=arXiv`): https://info.arxiv.org/help/oa/.

A record that arXiv has deleted comes as a header alone, `status="deleted"`: a record without a title here.
`noRecordsMatch` is the answer for a range without records, and no fault.
"""

from datetime import date

from paperhouse.feeds.arxiv_ids import read_arxiv_id
from paperhouse.feeds.arxiv_xml import (
    EntryError,
    as_parsed,
    date_of,
    doi_of,
    read_entries,
    read_xml,
    status_of,
    text_of,
)
from paperhouse.feeds.base import NO_META, Meta
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError

_NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "x": "http://arxiv.org/OAI/arXiv/"}


class ArxivOai:
    name = "arxiv_oai"
    title = "arXiv, OAI-PMH"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        answer = read_xml(body, "{http://www.openarchives.org/OAI/2.0/}OAI-PMH", "an OAI-PMH answer")
        _refuse_errors(answer)
        records = list(answer.iter("{http://www.openarchives.org/OAI/2.0/}record"))
        if not records and answer.find("o:error", _NAMES) is None:
            raise SnapshotError("an OAI-PMH answer without a record, and without an error that says why")
        return as_parsed(*read_entries(records, _read_record))


def resumption_token(body: bytes) -> str | None:
    """The token that brings the next part of a list; None at its end.

    Raises SnapshotError where `body` is no answer, or one that tells of an error.
    """
    answer = read_xml(body, "{http://www.openarchives.org/OAI/2.0/}OAI-PMH", "an OAI-PMH answer")
    _refuse_errors(answer)
    return text_of(answer, "o:ListRecords/o:resumptionToken", _NAMES)


def _refuse_errors(answer) -> None:
    for error in answer.findall("o:error", _NAMES):
        if error.get("code") != "noRecordsMatch":
            raise SnapshotError(f"OAI-PMH answers with the error {error.get('code')}: {(error.text or '').strip()}")


def _read_record(record) -> dict:
    identifier = text_of(record, "o:header/o:identifier", _NAMES) or ""
    found = read_arxiv_id(identifier)
    if found is None:
        raise EntryError(f"no arXiv id: {identifier[:80]}")
    if record.find("o:header", _NAMES).get("status") == "deleted":
        return {"arxiv_id": found[0], "arxiv_status": "deleted"}
    paper = record.find("o:metadata/x:arXiv", _NAMES)
    if paper is None:
        raise EntryError("no metadata in the format arXiv")
    title, abstract = text_of(paper, "x:title", _NAMES), text_of(paper, "x:abstract", _NAMES)
    if title is None:
        raise EntryError("no title")
    note = text_of(paper, "x:comments", _NAMES)
    created = date_of(text_of(paper, "x:created", _NAMES))
    return {
        "arxiv_id": found[0],
        "doi": doi_of(text_of(paper, "x:doi", _NAMES)),
        "title": title,
        "abstract": abstract,
        "authors": [name for author in paper.iterfind("x:authors/x:author", _NAMES) if (name := _name(author))] or None,
        "categories": (text_of(paper, "x:categories", _NAMES) or "").split() or None,
        "published_on": created,
        "revised_on": date_of(text_of(paper, "x:updated", _NAMES)) or created,
        "arxiv_status": status_of(note, abstract),
        "journal_ref": text_of(paper, "x:journal-ref", _NAMES),
        "license": text_of(paper, "x:license", _NAMES),
        "author_note": note,
    }


def _name(author) -> str:
    parts = (text_of(author, f"x:{part}", _NAMES) for part in ("forenames", "keyname", "suffix"))
    name = " ".join(part for part in parts if part)
    return (
        name if any(char.isalnum() for char in name) else ""
    )  # a lone ":" stands between a collaboration and its people
