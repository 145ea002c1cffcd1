"""When the daily quiz leaves: once a local day, at the chosen hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.clock import at_local_time, local_day
from bot.domain.candidate import Candidate
from bot.domain.quiz import DAILY_CHOICES
from bot.domain.sending_time import silence_of
from bot.messages import Line, line

QUIZ_TIMER = "daily_quiz"
LATE_AFTER = timedelta(minutes=10)
# The push is worded in so many ways, in turn: none comes back within seven sends (T38).
WORDINGS = 8
# A question of the daily quiz takes so many seconds: five take three minutes.
_SECONDS_A_QUESTION = 36
# A test day and its quiet hours move a quiz by less than three days.
_DAYS_AHEAD = range(-2, 4)


def next_quiz_at(
    candidate: Candidate, now: datetime, test_days: frozenset[date] = frozenset()
) -> datetime:
    """The first instant after `now` at which a daily quiz of `candidate` is due.

    Inside quiet hours it waits for their end; on a test day there is none.
    """
    silence = silence_of(candidate, test_days)
    today = local_day(now, candidate.zone)
    due = (silence.after(_own_hour(candidate, today + timedelta(days=n))) for n in _DAYS_AHEAD)
    return next(instant for instant in due if instant > now)


def put_off_until(
    candidate: Candidate, now: datetime, calm_at: datetime, test_days: frozenset[date]
) -> datetime | None:
    """Until when a quiz due now must wait, if the next calm moment is to come; None: send.

    A wait that would end on another day gives way to that day's own quiz.
    """
    if calm_at <= now:
        return None
    if local_day(calm_at, candidate.zone) != local_day(now, candidate.zone):
        return next_quiz_at(candidate, now, test_days)
    return calm_at


def belongs_to_past_day(due_at: datetime, candidate: Candidate, now: datetime) -> bool:
    """Whether a quiz due at `due_at` fires on a later local day whose own hour is to come."""
    today = local_day(now, candidate.zone)
    own_hour = silence_of(candidate).after(_own_hour(candidate, today))
    return local_day(due_at, candidate.zone) < today and now < own_hour


def say_questions(count: int) -> Line:
    """So many questions, in words where a candidate can choose the number."""
    if count in DAILY_CHOICES:
        return line(f"quiz.questions_{count}")
    return line("quiz.questions", count=count)


def say_minutes(count: int) -> Line:
    """How long so many questions take, in whole minutes."""
    return line("quiz.minutes", count=-(-count * _SECONDS_A_QUESTION // 60))


def _own_hour(candidate: Candidate, day: date) -> datetime:
    return at_local_time(day, candidate.quiz_time, candidate.zone)
