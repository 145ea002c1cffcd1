"""Who may come in: an operator, and what they do is written down. Others see no such command."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from bot.handlers.context import Handler, Reply, TurnContext
from bot.handlers.flagging.notices import is_operator


def note(turn: TurnContext, action: str, detail: str = "") -> None:
    """Write down what the operator does."""
    turn.store.audits.add(turn.now, turn.event.person, action, detail)


def for_operators(action: str) -> Callable[[Handler], Handler]:
    """A command of operators only, with its audit row."""

    def guarded(handler: Handler) -> Handler:
        @wraps(handler)
        def handle(turn: TurnContext) -> Reply:
            if not is_operator(turn):
                return Reply(next="menu::unknown_command")
            note(turn, action)
            return handler(turn)

        return handle

    return guarded
