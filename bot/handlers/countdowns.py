"""What timed sets and mock orals share: whether the time is over, and where one is shown."""

from __future__ import annotations

from datetime import datetime

from bot.domain.countdown import is_in_time, is_over
from bot.handlers.context import TurnContext
from bot.messages import Address


def is_time_over(turn: TurnContext, deadline_at: datetime) -> bool:
    """By the instant the event was received: what waits in a queue has not come late."""
    if is_in_time(turn.event.at, deadline_at):
        return False
    return is_over(turn.event.at, deadline_at, turn.store.install.alive_at())


def where_shown(turn: TurnContext, slot: str) -> tuple[Address, ...]:
    """Wherever the slot is shown but here, the last used first."""
    others = [
        each.address
        for each in turn.store.conversations.of_candidate(turn.me.id)
        if each.blocked_at is None
        and each.address.channel in turn.channels
        and each.address != turn.event.address
    ]
    return tuple(each for each in others if turn.store.shown.current(each, slot)[1])
