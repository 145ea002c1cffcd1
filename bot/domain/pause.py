"""How long a candidate may be away, and when they are greeted again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# "Until I return": far enough for any exam, near enough for every calendar.
UNTIL_RETURN = datetime(2100, 1, 1, tzinfo=UTC)

_LENGTHS = {"1d": timedelta(days=1), "3d": timedelta(days=3), "1w": timedelta(weeks=1)}
PAUSES = (*_LENGTHS, "open")


def pause_end(length: str, now: datetime) -> datetime | None:
    """When a pause of `length` (one of PAUSES) that starts now ends; None for another word."""
    if length == "open":
        return UNTIL_RETURN
    return now + _LENGTHS[length] if length in _LENGTHS else None
