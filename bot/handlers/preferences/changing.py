"""Puts settings in force at once, wherever they are changed from."""

from __future__ import annotations

from typing import Any

from bot.domain.daily import QUIZ_TIMER
from bot.domain.standing import standing_timers
from bot.domain.weekly import REPORT_TIMER
from bot.handlers.context import TurnContext

# The settings that move each standing timer.
_BEARS_ON = {
    QUIZ_TIMER: {"quiz_time", "quiet_from", "quiet_to"},
    REPORT_TIMER: {"reminder_time", "quiet_from", "quiet_to"},
}


def change(turn: TurnContext, **fields: Any) -> None:
    """Keep the fields, and set anew the timers they bear on (the welcome's end sets the first)."""
    if "quiz_time" in fields and turn.me.onboarded_at is not None:
        # An hour just chosen is not put in question; the welcome's was chosen before any quiz.
        fields |= {"hour_asked_at": turn.now, "proposed_hour": None}
    me = turn.candidate = turn.store.candidates.change(turn.me.id, **fields)
    turn.store.enrolments.rearm(me, turn.pack.milestones.kinds, turn.now)
    if me.onboarded_at is None:
        return
    test_days = turn.store.enrolments.test_days(me.id)
    for kind, due_at in standing_timers(me, turn.now, test_days).items():
        if not _BEARS_ON[kind].isdisjoint(fields):
            turn.store.timers.arm_ahead(me.id, kind, due_at, turn.now)
