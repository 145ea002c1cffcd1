"""When the coach may speak by itself: whatever it pushes looks here for what forbids it (T35)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.sending_time import sending_time, silence_of
from bot.handlers.context import TurnContext


def calm_at(turn: TurnContext) -> datetime:
    """Now, or when neither quiet hours, a test day, a timed set nor recent activity forbid it."""
    silence = silence_of(turn.me, turn.store.enrolments.test_days(turn.me.id))
    return sending_time(turn.now, silence, active_at=busy_at(turn)) or turn.now


def busy_at(turn: TurnContext) -> datetime | None:
    """When the candidate was last active; while a timed set runs, the end of its time."""
    active_at, going = turn.me.active_at, turn.store.quizzes.running_set(turn.me.id)
    if going is None or going.deadline_at is None:
        return active_at
    return max(going.deadline_at, active_at or going.deadline_at)
