"""/pauseall and /resume: nothing leaves but answers, until it may again (T62)."""

from __future__ import annotations

from bot.handlers.context import Reply, TurnContext
from bot.handlers.operator.door import for_operators
from bot.messages import Say, line
from bot.storage.outbox import Urgency


@for_operators("pauseall")
def on_pause_all(turn: TurnContext) -> Reply:
    """Reminders and broadcasts wait in the outbox; who presses is answered as always."""
    turn.store.claims.stop_pushes(stopped=True)
    return Reply(messages=(Say(body=(line("operator.paused", number=_waiting(turn)),)),))


@for_operators("resume")
def on_resume(turn: TurnContext) -> Reply:
    """What waits leaves, once each; what has expired meanwhile does not."""
    turn.store.claims.stop_pushes(stopped=False)
    turn.store.outbox.announce()
    return Reply(messages=(Say(body=(line("operator.resumed", number=_waiting(turn)),)),))


def _waiting(turn: TurnContext) -> int:
    found = turn.store.health.outbox()
    return found[Urgency.PUSH].count + found[Urgency.BROADCAST].count
