"""Whoever is absent is asked less often, then no more, until they return (FEATURES T34).

A push is unanswered while nothing at all was pressed, typed or said after it: whoever reads the
plan or works on cases is here, and the quiz is still offered to them every day.

The timer goes on firing every day and asks here whether today is a day to speak: so nothing that
sets it anew (new zone data, the end of a pause, a restart) loses where the taper stands, and a
return needs nothing but to be here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

# T34: after so many pushes in a row without an answer the next comes every third day, then every
# week, then none does.
SLOWER_AFTER, RARE_AFTER, SILENT_AFTER = 3, 7, 11
_PACES = ((SLOWER_AFTER, 1), (RARE_AFTER, 3), (SILENT_AFTER, 7))

Stage = Literal["slower", "rare", "silent"]
_STAGES: dict[int, Stage] = {SLOWER_AFTER: "slower", RARE_AFTER: "rare", SILENT_AFTER: "silent"}


def days_to_next(unanswered: int) -> int | None:
    """How many days lie between the last push and the next; None: no more until a return."""
    return next((days for fewer, days in _PACES if unanswered < fewer), None)


def is_silent(unanswered: Sequence[date]) -> bool:
    """Whether the coach says no more by itself but for dates, until the candidate returns."""
    return days_to_next(len(unanswered)) is None


def is_push_day(unanswered: Sequence[date], today: date) -> bool:
    """Whether to push on `today`, after unanswered pushes on these days (oldest first)."""
    days = days_to_next(len(unanswered))
    return days is not None and (not unanswered or (today - unanswered[-1]).days >= days)


def stage_begun(unanswered: int) -> Stage | None:
    """What begins with the push that makes it so many without an answer; None: all as before."""
    return _STAGES.get(unanswered)
