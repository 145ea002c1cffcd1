"""What a handler is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from bot.clock import local_day
from bot.conversation import State
from bot.domain.candidate import Candidate
from bot.messages import ButtonPressed, Incoming, Line, Outgoing
from bot.render import Renderer
from bot.storage.unit_of_work import UnitOfWork
from content.schema import Language, Pack


@dataclass(slots=True, kw_only=True)
class TurnContext:
    """One event being handled, inside one transaction.

    `candidate` is None before consent. `rng` is seeded by the event, so a turn run again draws
    the same. `channels` maps each running channel's name to whether it can push.
    """

    event: Incoming
    now: datetime
    language: Language
    candidate: Candidate | None
    state: State
    pack: Pack
    store: UnitOfWork
    rng: Random
    zone: str
    channels: dict[str, bool] = field(default_factory=dict)
    operators: frozenset[str] = frozenset()
    renderer: Renderer | None = None

    @property
    def me(self) -> Candidate:
        """The candidate; only for handlers that the router calls after consent."""
        if self.candidate is None:
            raise LookupError("this handler needs a candidate")
        return self.candidate

    @property
    def today(self) -> date:
        """The candidate's calendar day."""
        return local_day(self.now, self.candidate.zone if self.candidate else self.zone)

    @property
    def is_below(self) -> bool:
        """Whether an answer belongs at the bottom of the chat: nothing was pressed higher up."""
        return not isinstance(self.event, ButtonPressed)

    def plain(self, line: Line) -> str:
        """The line as plain text in the candidate's language: for files, never for messages."""
        if self.renderer is None:
            raise LookupError("this turn renders nothing")
        return self.renderer.label(line, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a handler wants done.

    `messages` are shown in order; `state` replaces the conversation's state (None: unchanged);
    `notice` is the short toast of a press; `next` is a token routed once more in this turn.
    """

    messages: tuple[Outgoing, ...] = ()
    state: State | None = None
    notice: Line | None = None
    next: str = ""


Handler = Callable[[TurnContext], Reply]
EditHandler = Callable[[TurnContext], Reply | None]
"""Handles a message that was changed; None when the feature has not kept it."""
ButtonHandler = Callable[[TurnContext, str, str], Reply]
"""Handles a press: the token's ref and value, as they came (they may be forged)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """One feature's entries in the routing table.

    `buttons` by the token's first part; `texts`, `voices` and `prompts` by a state's kind (a
    prompt re-asks what the state waits for); `timers` by a timer's kind; `edits` by the name of
    what keeps messages, tried in turn; `events`: whole kinds of events that no state claims.
    Names in `open_to_all` (commands and buttons) also serve people who have not consented yet.
    """

    commands: dict[str, Handler] = field(default_factory=dict)
    buttons: dict[str, ButtonHandler] = field(default_factory=dict)
    texts: dict[str, Handler] = field(default_factory=dict)
    voices: dict[str, Handler] = field(default_factory=dict)
    prompts: dict[str, Handler] = field(default_factory=dict)
    timers: dict[str, Handler] = field(default_factory=dict)
    edits: dict[str, EditHandler] = field(default_factory=dict)
    events: dict[type[Incoming], Handler] = field(default_factory=dict)
    open_to_all: frozenset[str] = frozenset()
