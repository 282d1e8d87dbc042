"""A Hugging Face papers page (daily, search, trending, or a paper's own), saved as text or as HTML.

HTML carries the page's data as JSON in the `data-props` attribute of `<div class="SVELTE_HYDRATER …">` blocks; that is
read, not the visible text. Text is read by `page_text`.
"""

import json
from datetime import date
from itertools import chain

from lxml import html
from lxml.etree import ParserError  # ty: ignore[import-not-found]  (compiled, without stubs)

from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_daily_papers import load_json
from paperhouse.feeds.hf_items import parse_items
from paperhouse.feeds.page_text import parse_text
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError

_LOOKS_LIKE_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<main", b"<section", b"<!--")


class HfPapersPage:
    name = "hf_papers_page"
    title = "Hugging Face papers page, as text or HTML"
    record = PAPER_RECORD
    is_api = False

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002
        if b"\0" in body:
            raise SnapshotError(f"binary, not text: a NUL at byte {body.index(0)}")
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise SnapshotError(f"not UTF-8 at byte {error.start}") from error
        head = text.lstrip()[:200]
        if head.lower().encode().startswith(_LOOKS_LIKE_HTML):
            return parse_items(_embedded_items(text))
        if head.startswith(("[", "{")) and _is_json(body):
            raise SnapshotError("JSON where a page's text or HTML belongs: wrong feed?")
        if head.startswith("<?xml"):
            raise SnapshotError("XML where a page's text or HTML belongs: wrong feed?")
        return parse_text(text, day)


def _is_json(body: bytes) -> bool:
    try:
        load_json(body)
    except SnapshotError:
        return False
    return True


def _embedded_items(text: str) -> list:
    """The items of every `DailyPapers` block and the paper of every `PaperContent` block."""
    try:
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except ParserError as error:
        raise SnapshotError(f"not readable HTML: {error}") from error
    lists = []
    for block in tree.iter("div"):
        target, props = block.get("data-target"), block.get("data-props")
        if "SVELTE_HYDRATER" in (block.get("class") or "") and target in ("DailyPapers", "PaperContent"):
            try:
                data = json.loads(props or "")
            except (ValueError, RecursionError) as error:
                raise SnapshotError(
                    f"the data-props of {target} at line {block.sourceline}: not JSON: {error}"
                ) from error
            if not isinstance(data, dict):
                raise SnapshotError(f"the data-props of {target} at line {block.sourceline}: no JSON object")
            # A paper's own page holds its comments and voters too: persons, and of no use here.
            items = data.get("dailyPapers") if target == "DailyPapers" else [{"paper": data.get("paper")}]
            if not isinstance(items, list):
                raise SnapshotError(f"the data-props of {target} at line {block.sourceline}: no list 'dailyPapers'")
            lists.append(items)
    if not lists:
        raise SnapshotError("HTML without a SVELTE_HYDRATER block of DailyPapers or PaperContent")
    return list(chain.from_iterable(lists))
