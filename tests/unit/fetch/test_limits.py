"""What upstreams say of their limits."""

from datetime import UTC, datetime, timedelta

import pytest

from paperhouse.fetch.limits import Window, read_retry_after, read_window

NOW = datetime(2025, 9, 10, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "left", "seconds"),
    [
        ({"ratelimit": '"api";r=498;t=212'}, 498, 212),
        ({"ratelimit": '"api"; r=0; t=2'}, 0, 2),
        ({"x-ratelimit-remaining": "59", "x-ratelimit-reset": str(int(NOW.timestamp()) + 3600)}, 59, 3600),
    ],
)
def test_a_window_is_so_many_requests_until_a_moment(headers: dict, left: int, seconds: int) -> None:
    assert read_window(headers, NOW) == Window(left, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ratelimit": "?"},
        {"ratelimit": '"api";r=3'},
        {"ratelimit": f'"api";r={"9" * 5_000};t=1'},
        {"x-ratelimit-remaining": "9" * 5_000, "x-ratelimit-reset": "1757473200"},
        {"x-ratelimit-remaining": "5"},
        {"x-ratelimit-remaining": "5", "x-ratelimit-reset": "9" * 30},
        {"x-ratelimit-remaining": "-1", "x-ratelimit-reset": "x"},
    ],
)
def test_headers_that_tell_of_none_tell_of_none(headers: dict) -> None:
    assert read_window(headers, NOW) is None


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("Wed, 10 Sep 2025 03:01:00 GMT", 60),
        ("Wed, 10 Sep 2025 02:00:00 GMT", 0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(told: str, seconds: float | None) -> None:
    assert read_retry_after({"retry-after": told}, NOW) == seconds
