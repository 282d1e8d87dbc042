"""What an upstream says of its limits, and how long that makes us wait.

`RateLimit: "api";r=498;t=212` (IETF draft ratelimit-headers: requests left, seconds until the window ends), GitHub's
`x-ratelimit-remaining` and `x-ratelimit-reset` (epoch seconds), and `Retry-After` (RFC 9110: seconds or a date).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LEFT, _ENDS = re.compile(r";\s*r=(\d{1,15})(?!\d)"), re.compile(r";\s*t=(\d{1,15})(?!\d)")


@dataclass(frozen=True)
class Window:
    """So many requests are left until that moment."""

    left: int
    ends: datetime


def read_window(headers: Mapping[str, str], now: datetime) -> Window | None:
    """The window that the headers of an answer tell of; None where they tell of none. `now` is in UTC."""
    told = headers.get("ratelimit", "")
    left, ends = _LEFT.search(told), _ENDS.search(told)
    if left and ends:
        return Window(int(left[1]), now + timedelta(seconds=min(int(ends[1]), 10**6)))
    left_told, ends_told = headers.get("x-ratelimit-remaining", ""), headers.get("x-ratelimit-reset", "")
    if left_told.isdecimal() and ends_told.isdecimal() and len(ends_told) < 12 and len(left_told) < 16:
        return Window(int(left_told), datetime.fromtimestamp(int(ends_told), UTC))
    return None


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the answer asks to wait; None where it does not."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - now).total_seconds()) if told else None
    except (ValueError, TypeError):
        return None
