"""When the coach may speak by itself: whatever it pushes looks here for what forbids it (T35)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.sending_time import sending_time, silence_of
from bot.handlers.context import TurnContext


def calm_at(turn: TurnContext) -> datetime:
    """Now, or when nothing forbids it: neither quiet hours nor a test day, nor a timed set, a mock
    oral or recent activity."""
    silence = silence_of(turn.me, turn.store.enrolments.test_days(turn.me.id))
    return sending_time(turn.now, silence, active_at=busy_at(turn)) or turn.now


def busy_at(turn: TurnContext) -> datetime | None:
    """When the candidate was last active; while a set or a mock oral runs, the end of its time."""
    active_at, ends_at = turn.me.active_at, turn.store.countdowns.ends_at(turn.me.id)
    return max((each for each in (active_at, ends_at) if each), default=None)
