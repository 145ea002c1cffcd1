"""The Sunday report: when it leaves, and what the week was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import at_local_time, local_day
from bot.domain.candidate import Candidate
from bot.domain.quiz import Answer
from bot.domain.sending_time import silence_of

REPORT_TIMER = "weekly_report"
REPORT_HOUR = time(18, 0)
# Older than this, last week is no news: the next report tells of this one.
STALE_AFTER = timedelta(hours=24)
WEEK = timedelta(days=7)


def next_report_at(candidate: Candidate, now: datetime) -> datetime:
    """The first instant (UTC) after `now` at which a Sunday report of `candidate` is due.

    Sunday at 18:00 local; at the reminder hour where that is quiet; where both are, when the
    quiet hours end.
    """
    today = local_day(now, candidate.zone)
    sunday = monday_of(today) + timedelta(days=6)
    due = (_report_at(candidate, sunday + WEEK * ahead) for ahead in (-1, 0, 1, 2))
    return next(instant for instant in due if instant > now)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What was answered from a Monday to its Sunday, and what share was right (in percent).

    `sure_and_wrong`: how many the candidate was sure of, wrongly.
    """

    answered: int
    right: int
    sure_and_wrong: int = 0

    @property
    def percent(self) -> int:
        """The share of right answers, rounded; 0 where nothing was answered."""
        return round(100 * self.right / self.answered) if self.answered else 0


def week_of(answers: Iterable[Answer], day: date) -> Week:
    """The answers of the week that `day` is in."""
    monday = monday_of(day)
    inside = [answer for answer in answers if monday <= answer.local_day < monday + WEEK]
    return Week(
        answered=len(inside),
        right=sum(answer.correct for answer in inside),
        sure_and_wrong=sum(answer.is_sure_and_wrong for answer in inside),
    )


def _report_at(candidate: Candidate, sunday: date) -> datetime:
    wish = at_local_time(sunday, REPORT_HOUR, candidate.zone)
    if silence_of(candidate).after(wish) != wish:
        wish = at_local_time(sunday, candidate.reminder_time, candidate.zone)
    return silence_of(candidate).after(wish)
