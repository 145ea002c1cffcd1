"""What to do with a reminder whose timer fires: perhaps late, perhaps at a bad moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.sending_time import Silence, sending_time

# A timer that fires this late says so (F6: ten minutes late is flagged), and so does a reminder
# that was put off this long; one that is a day late is dropped (T9).
LATE_AFTER = timedelta(minutes=5)
LONG_PUT_OFF = timedelta(hours=1)
TOO_LATE_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """Send it now. `is_late`: it was due some time ago; `is_over`: the deadline has passed."""

    is_late: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """Not at this moment: fire it again at `until`."""

    until: datetime


def judge_firing(
    planned_at: datetime,
    now: datetime,
    silence: Silence,
    *,
    due_at: datetime,
    over_at: datetime,
    is_deadline: bool,
    active_at: datetime | None,
) -> Speak | PutOff | None:
    """Send, put off, or drop (None) a reminder planned for `planned_at`, at `now`.

    `due_at` is when its timer was due: later than planned, once the reminder was put off.
    After `over_at` only a deadline's reminder still speaks, and only to say that it has passed.
    """
    overdue, is_over = now - planned_at, now >= over_at
    if overdue > TOO_LATE_AFTER or (is_over and not is_deadline):
        return None
    lawful = sending_time(
        now,
        silence,
        deadline=None if is_over else over_at,
        is_deadline=is_deadline and not is_over,
        active_at=active_at,
        not_before=now,
    )
    if lawful is None:
        return PutOff(until=silence.after(now))
    if lawful > now:
        return PutOff(until=lawful)
    is_late = now - due_at >= LATE_AFTER or overdue >= LONG_PUT_OFF
    return Speak(is_late=is_late, is_over=is_over)
