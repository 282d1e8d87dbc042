"""Bodies of `GET https://huggingface.co/api/daily_papers?date=<day>`: a JSON list of items (`hf_items`)."""

import json
from datetime import date
from typing import NoReturn

from paperhouse.feeds.base import NO_META, Meta
from paperhouse.feeds.hf_items import as_text, parse_items
from paperhouse.records import PAPER_RECORD, Parsed, SnapshotError


class HfDailyPapers:
    name = "hf_daily_papers"
    title = "Hugging Face Daily Papers, API"
    record = PAPER_RECORD
    is_api = True

    def parse(self, body: bytes, day: date, meta: Meta = NO_META) -> Parsed:  # noqa: ARG002 (an API body's day is its folder's)
        items = load_json(body)
        if not isinstance(items, list):
            keys = as_text(", ".join(list(items)[:5])) if isinstance(items, dict) else ""
            what = f"an object with the keys {keys}" if keys else as_text(items)
            raise SnapshotError(f"a list of papers was expected, found {what[:200]}")
        return parse_items(items)


def load_json(body: bytes) -> object:
    """A JSON body; raises SnapshotError with the place where it stops being one."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON value")

    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError as error:
        raise SnapshotError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise SnapshotError(
            f"not JSON: {error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise SnapshotError("not readable JSON: nested too deeply") from error
    except ValueError as error:  # NaN, or an integer of more digits than Python reads
        raise SnapshotError(f"not readable JSON: {error}") from error
