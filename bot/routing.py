"""Which handler an event goes to: timer, command, button, state, fallback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import ENDS_ELSEWHERE, Idle
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import (
    ButtonPressed,
    CommandGiven,
    MessageEdited,
    TextReceived,
    TimerFired,
    VoiceReceived,
)

Routed = tuple[str, Callable[[], Reply]]
"""The route's name, for the log, and the call that handles the event."""

# A typed quiz hour hands on to the welcome's end, and that to the first question.
MOST_HOPS = 3


def _goes_elsewhere(turn: TurnContext) -> bool:
    """Whether this command or press leaves a question that then no longer waits for a text."""
    event, own = turn.event, ENDS_ELSEWHERE.get(turn.state.kind)
    if own is None or not isinstance(event, CommandGiven | ButtonPressed):
        return False
    name = event.name if isinstance(event, CommandGiven) else event.token.partition(":")[0]
    return name not in own


class Router:
    """Routes events by the merged table of all features."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    def handle(self, turn: TurnContext) -> tuple[str, Reply]:
        """Route the event, then again as long as the reply hands on."""
        route, call = self._route(turn)
        reply = call()
        for _ in range(MOST_HOPS):
            if not reply.next:
                break
            turn.candidate = turn.candidate and turn.store.candidates.get(turn.candidate.id)
            turn.language = turn.candidate.language if turn.candidate else turn.language
            _, more = self._press(turn, reply.next)
            further = more()
            reply = replace(
                further,
                messages=reply.messages + further.messages,
                state=further.state or reply.state,
                notice=reply.notice or further.notice,
            )
        if reply.state is None and _goes_elsewhere(turn):
            reply = replace(reply, state=Idle())
        return route, reply

    def _route(self, turn: TurnContext) -> Routed:
        event, routes = turn.event, self._routes
        if isinstance(event, TimerFired):
            turn.store.timers.done(event)
            handler = routes.timers.get(event.kind)
            if handler is None or turn.candidate is None:
                return f"timer {event.kind}", Reply
            return f"timer {event.kind}", lambda: handler(turn)
        if event.in_group:
            group = routes.commands["group"] if isinstance(event, CommandGiven) else None
            return "group", (lambda: group(turn)) if group else Reply
        if isinstance(event, ButtonPressed):
            return self._press(turn, event.token)
        if isinstance(event, CommandGiven):
            name = event.name if event.name in routes.commands else "unknown"
            return self._open_or_welcome(turn, f"/{name}", name, routes.commands[name])
        state = turn.state.kind
        if isinstance(event, TextReceived):
            handler = routes.texts.get(state, routes.texts["idle"])
        elif isinstance(event, VoiceReceived):
            handler = routes.voices.get(state, routes.voices["idle"])
        elif isinstance(event, MessageEdited):
            handler = self._edited
        else:
            handler = routes.events.get(type(event), lambda _turn: Reply())
        if isinstance(event, MessageEdited) and turn.candidate is None:
            return "edit", Reply
        return self._open_or_welcome(turn, f"{type(event).__name__} {state}", "", handler)

    def _edited(self, turn: TurnContext) -> Reply:
        """The feature that kept the message keeps it as it now reads."""
        replies = (handler(turn) for handler in self._routes.edits.values())
        return next((reply for reply in replies if reply is not None), Reply())

    def _press(self, turn: TurnContext, token: str) -> Routed:
        """Route a token `<route>:<ref>:<value>`; one nobody knows goes to the route "stale"."""
        name, _, rest = token.partition(":")
        ref, _, value = rest.partition(":")
        if name not in self._routes.buttons:
            name = "stale"
        handler = self._routes.buttons[name]
        return self._open_or_welcome(turn, f"press {name}", name, lambda t: handler(t, ref, value))

    def _open_or_welcome(
        self, turn: TurnContext, route: str, name: str, handler: Callable[[TurnContext], Reply]
    ) -> Routed:
        """Serve candidates; greet anyone else, but for what is open to all."""
        if turn.candidate is None and name not in self._routes.open_to_all:
            return f"{route} -> welcome", lambda: self._routes.commands["start"](turn)
        return route, lambda: handler(turn)
