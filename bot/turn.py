"""One event, one transaction: everything the coach does begins here.

(1) stop if the event was handled before; (2) find the person and lock them; (3) route: command,
button, state, fallback; (4) call the handler; (5) if it set a state, add that state's prompt;
(6) render each message in its reader's language; (7) write state, timers, outbox, inbox: commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.conversation import Idle
from bot.errors import CoachError, trace_of
from bot.failed_timers import put_off
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import (
    ButtonPressed,
    ChatBlocked,
    ChatMoved,
    ChatUnblocked,
    CommandGiven,
    Incoming,
    Line,
    MessageEdited,
    Say,
    TextReceived,
    TimerFired,
    line,
)
from bot.posting import Posting
from bot.render import Renderer
from bot.routing import Router
from bot.storage.database import Database
from bot.storage.outbox import OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from bot.texts import language_from
from content.schema import Pack

_log = logging.getLogger("coach.turn")

# A person's presence is noted at most this often: it costs a write.
PRESENCE_EVERY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a turn left behind: rows to send at once, and the toast for a press."""

    route: str = ""
    candidate_id: str | None = None
    rows: tuple[OutboxRow, ...] = ()
    notice: str = ""
    duplicate: bool = False


class Turns:
    """Takes turns. Plain and synchronous: it runs on a database thread."""

    def __init__(
        self,
        *,
        database: Database,
        pack: Pack,
        renderer: Renderer,
        routes: Routes,
        zone: str,
        channels: dict[str, bool],
        operators: frozenset[str] = frozenset(),
        claims: Callable[[str], bool] = lambda _channel: False,
    ) -> None:
        self.renderer = renderer
        self.channels = channels
        self._database = database
        self._pack = pack
        self._routes = routes
        self._router = Router(routes)
        self._zone = zone
        self._operators = operators
        self._claims = claims

    def take(self, event: Incoming, now: datetime) -> Outcome:
        """Handle one event. Raises only when the database itself could not be used.

        A handler that raises is recorded and answered with a kind sentence, and the event counts
        as handled, so that it blocks nobody.
        """
        event = _cleaned(event)
        try:
            with self._database.begin() as store:
                return self._take(store, event, now)
        except CoachError:
            raise
        except Exception as error:
            trace = trace_of(error)
            _log.error("turn failed: %s\n%s", type(event).__name__, trace)
            return self._record_fault(event, now, trace)

    def _take(self, store: UnitOfWork, event: Incoming, now: datetime) -> Outcome:
        if not store.inbox.take(event.address.channel, event.id, now):
            return Outcome(route="duplicate", duplicate=True)
        if isinstance(event, ChatBlocked | ChatUnblocked | ChatMoved):
            _note_presence(store, event, now)
            return Outcome(route=type(event).__name__)
        turn = self._open(store, event, now)
        route, reply = self._router.handle(turn)
        return self._close(turn, route, reply)

    def _open(self, store: UnitOfWork, event: Incoming, now: datetime) -> TurnContext:
        """Find and lock the person, and note that they are here."""
        turn = TurnContext(
            event=event,
            now=now,
            language=language_from(event.language_hint),
            candidate=None,
            state=Idle(),
            pack=self._pack,
            store=store,
            rng=Random(event.id),  # noqa: S311 - chance in a quiz, not a secret
            zone=self._zone,
            channels=self.channels,
            operators=self._operators,
            renderer=self.renderer,
        )
        if isinstance(event, TimerFired):
            turn.candidate = store.candidates.get(event.candidate_id, lock=True)
        elif not event.in_group:
            found = store.candidates.at(event.address, event.sender)
            if found is not None:
                conversation, turn.candidate = found
                turn.state = conversation.state
                if conversation.blocked_at or now - conversation.used_at > PRESENCE_EVERY:
                    store.conversations.touch(event.address, event.sender, now)
                    store.candidates.note_active(turn.candidate.id, now)
        if turn.candidate is not None:
            turn.language = turn.candidate.language
        return turn

    def _close(self, turn: TurnContext, route: str, reply: Reply) -> Outcome:
        """Write the state and the messages."""
        # The handler may have changed the person: made, forgotten, or of another language.
        where = turn.event.address
        conversation = None
        if reply.state is not None and not isinstance(turn.event, TimerFired):
            conversation = turn.store.conversations.find(where, turn.event.sender)
        messages = list(reply.messages)
        if reply.state is not None and conversation is not None:
            turn.store.conversations.set_state(where, turn.event.sender, reply.state)
            turn.state = reply.state
            prompt = self._routes.prompts.get(reply.state.kind)
            if prompt is not None:
                turn.candidate = turn.store.candidates.get(conversation.candidate_id)
                messages += prompt(turn).messages
        owner = turn.candidate and turn.store.candidates.get(turn.candidate.id)
        language = owner.language if owner else turn.language
        posting = Posting(
            store=turn.store,
            renderer=self.renderer,
            event=turn.event,
            now=turn.now,
            owner=owner,
            language=language,
            channels=self.channels,
            claims=self._claims,
        )
        return Outcome(
            route=route,
            candidate_id=owner.id if owner else None,
            rows=posting.post(messages),
            notice=self.renderer.label(reply.notice, language) if reply.notice else "",
        )

    def _record_fault(self, event: Incoming, now: datetime, trace: str) -> Outcome:
        """Keep the traceback, answer kindly, and let nothing loop."""
        with self._database.begin() as store:
            if isinstance(event, TimerFired):
                put_off(store, event, now, trace)
                return Outcome(route="fault", candidate_id=event.candidate_id)
            if not store.inbox.take(event.address.channel, event.id, now):
                return Outcome(route="duplicate", duplicate=True)
            store.faults.add(now, event.address.channel, event.id, type(event).__name__, trace)
        return Outcome(route="fault") if event.in_group else self._say_sorry(event, now)

    def _say_sorry(self, event: Incoming, now: datetime) -> Outcome:
        """The kind sentence. The event counts as handled already, should even this fail."""
        sorry: Line = line("common.sorry")
        try:
            with self._database.begin() as store:
                turn = self._open(store, event, now)
                return self._close(
                    turn, "fault", Reply(messages=(Say(body=(sorry,)),), notice=sorry)
                )
        except CoachError:
            raise
        except Exception as error:
            _log.error("no kind sentence either: %s", type(error).__name__)
            return Outcome(route="fault")


def _note_presence(store: UnitOfWork, event: Incoming, now: datetime) -> None:
    """A door was shut or opened, or a group moved."""
    channel, chat = event.address.channel, event.address.chat
    if isinstance(event, ChatMoved):
        store.conversations.move(channel, chat, event.new_chat)
        return
    shut = isinstance(event, ChatBlocked)
    store.conversations.block(channel, chat, now if shut else None)
    if shut:
        store.outbox.drop_chat(channel, chat)


def _cleaned(event: Incoming) -> Incoming:
    """Without what no database or page can hold: nulls and half characters."""
    if isinstance(event, TextReceived | MessageEdited):
        return replace(event, text=_storable(event.text))
    if isinstance(event, CommandGiven):
        return replace(event, arguments=_storable(event.arguments))
    if isinstance(event, ButtonPressed):
        return replace(event, token=_storable(event.token))
    return event


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
