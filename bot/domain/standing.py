"""The timers every candidate has from the welcome's end on, whatever they prepare."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.candidate import Candidate
from bot.domain.daily import QUIZ_TIMER, next_quiz_at
from bot.domain.weekly import REPORT_TIMER, next_report_at


def standing_timers(
    candidate: Candidate, now: datetime, test_days: frozenset[date]
) -> dict[str, datetime]:
    """When each is due next: kind to instant (UTC)."""
    return {
        QUIZ_TIMER: next_quiz_at(candidate, now, test_days),
        REPORT_TIMER: next_report_at(candidate, now),
    }
