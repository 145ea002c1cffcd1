"""Today's quiz a little later; and the hour that suits better who often puts it off (T38)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median_low

from bot.clock import at_local_time, local_day, local_time
from bot.domain.candidate import Candidate
from bot.domain.sending_time import silence_of

LATER_TIMER = "later_quiz"
EVENING = time(20, 0)
_AN_HOUR, _HALF_AN_HOUR = timedelta(hours=1), timedelta(minutes=30)

# T38: after three put-offs the coach proposes another hour. Those of the last seven pushed
# quizzes count, a day once; and it proposes no more often than every two weeks.
PUT_OFFS, AMONG = 3, 7
PROPOSE_EVERY = timedelta(days=14)
# So many days with answers show an hour of one's own.
_ANSWER_DAYS = 3
_HALF_HOUR = 30
_A_DAY = 24 * 60
# The clock of a study day turns at 04:00: 00:30 is later than 23:30.
_DAY_TURNS = 4 * 60


def later_times(candidate: Candidate, now: datetime) -> dict[str, datetime]:
    """Until when today's quiz can be put off: in an `hour` or, late in the day, `half` an hour.

    `evening` is offered while it is further off than that. Never into quiet hours, never past the
    day; empty when it is too late for any.
    """
    today, silence = local_day(now, candidate.zone), silence_of(candidate)
    wishes = {
        "hour": now + _AN_HOUR,
        "half": now + _HALF_AN_HOUR,
        "evening": at_local_time(today, EVENING, candidate.zone),
    }
    times = {
        name: instant
        for name, instant in wishes.items()
        if local_day(instant, candidate.zone) == today and not silence.covers(instant)
    }
    if "hour" in times:
        times.pop("half", None)
    if wishes["evening"] <= wishes["hour"]:
        times.pop("evening", None)
    return times


def better_hour(
    candidate: Candidate, answered: Iterable[datetime], put_off: Sequence[datetime]
) -> time | None:
    """The half hour at which the candidate does the quiz; None when there is none to propose.

    It is the middle of when the first answers of the last days were given, or, with too few such
    days, of the hours the quiz was put off to (both oldest first). The nearest half hour outside
    quiet hours is meant, unless it is the present hour or was refused.
    """
    firsts: dict[date, datetime] = {}
    for instant in answered:
        firsts.setdefault(local_day(instant, candidate.zone), instant)
    recent = list(firsts.values())[-AMONG:]
    instants = recent if len(recent) >= _ANSWER_DAYS else put_off
    if not instants:
        return None
    middle = median_low(_minute(instant, candidate.zone) for instant in instants)
    hour = _lawful_half_hour(candidate, middle, instants[-1])
    if hour is None or hour == candidate.refused_hour:
        return None
    shift = _apart(_since_midnight(hour), _since_midnight(candidate.quiz_time))
    return hour if shift >= _HALF_HOUR else None


def _minute(instant: datetime, zone: str) -> int:
    """Minutes since the study day turned."""
    return (_since_midnight(local_time(instant, zone)) - _DAY_TURNS) % _A_DAY


def _since_midnight(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _lawful_half_hour(candidate: Candidate, minute: int, instant: datetime) -> time | None:
    """The half hour nearest to `minute` that is not quiet, by the clocks of the instant's day."""
    silence, day = silence_of(candidate), local_day(instant, candidate.zone)
    wish = (minute + _DAY_TURNS) % _A_DAY
    halves = sorted(range(0, _A_DAY, _HALF_HOUR), key=lambda each: _apart(each, wish))
    hours = (time(half // 60, half % 60) for half in halves)
    lawful = (h for h in hours if not silence.covers(at_local_time(day, h, candidate.zone)))
    return next(lawful, None)


def _apart(one: int, other: int) -> int:
    """How many minutes lie between two times of day, the shorter way round."""
    way = abs(one - other)
    return min(way, _A_DAY - way)
