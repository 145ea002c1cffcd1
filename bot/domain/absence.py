"""When a candidate was away long enough for the plan to be looked at again (FEATURES T8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# T8: so many days without an answer or a validated step.
IDLE = timedelta(days=7)
# Somebody who came back yesterday has not yet been told.
_JUST_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Nothing was done after `since`, until `until` (the day of return, or today)."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How long it was, in days."""
        return (self.until - self.since).days

    def is_noticed(self, day: date) -> bool:
        """Whether `day` lies in the absence, or after it, late enough to speak of it."""
        return day - self.since >= IDLE


def absence(active_days: Sequence[date], today: date) -> Absence | None:
    """The absence that lasts today, or ended today or yesterday; None when there is none.

    `active_days`: days with an answer or a validated step, in order.
    """
    days = [*active_days, today]
    until = next(day for day in days if today - day <= _JUST_BACK)
    before = [day for day in active_days if day < until]
    if not before or until - before[-1] < IDLE:
        return None
    return Absence(since=before[-1], until=until)
