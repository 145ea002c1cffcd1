"""An answer in a mock oral: typed in one or several messages, or spoken and ticked."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Idle, InMock
from bot.domain.mock import Mock
from bot.domain.oral import Draft, Note
from bot.domain.rubric import self_assess
from bot.domain.sending_time import HOUR
from bot.handlers import free_text
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral import voice
from bot.handlers.oral.mock.course import (
    Action,
    current,
    end_reply,
    go_on,
    is_over,
    proceed,
)
from bot.handlers.oral.mock.report import show as show_report
from bot.handlers.oral.mock.screens import paused_screen, question_screen
from bot.messages import MessageEdited, Say, TextReceived, VoiceReceived, line

# So long after the end a message may still be meant for the mock.
_STILL_ON_ONE_S_MIND = HOUR
_NOT_ADDED = Say(body=(line("mock.not_added"),))


def on_text(turn: TurnContext) -> Reply:
    """A typed message belongs to the open answer; the question comes back below it."""
    mock, event = current(turn), turn.event
    if mock is None or mock.current is None or is_over(turn, mock):
        return _not_taken(turn, mock)
    answer = mock.current
    if isinstance(event, TextReceived) and event.text.strip():
        where = event.address.channel
        turn.store.drafts.append(answer, event.text, where, event.message_ref, turn.now)
        answer = replace(answer, notes=(*answer.notes, Note(part=answer.part, text=event.text)))
    return Reply(messages=(question_screen(turn, _with(mock, answer), fresh=True),))


def on_voice(turn: TurnContext) -> Reply:
    """A voice note is timed, never listened to; a second one adds to the first."""
    mock, event = current(turn), turn.event
    if mock is None or mock.current is None or is_over(turn, mock):
        return _not_taken(turn, mock)
    answer = mock.current
    if not isinstance(event, VoiceReceived):
        return go_on(mock)
    before = answer.assessment.seconds if answer.assessment else 0
    seconds = before + max(event.seconds, 0)
    ticks = self_assess(answer.frame, answer.ticked, seconds)
    turn.store.drafts.note_voice(answer, seconds, ticks, event.message_ref, turn.now)
    voice.keep(turn, answer, event)
    note = Note(part=answer.part, text="", seconds=seconds)
    spoken = replace(answer, assessment=ticks, notes=(*answer.notes, note))
    return Reply(messages=(question_screen(turn, _with(mock, spoken), fresh=True),))


def on_edited(turn: TurnContext) -> Reply | None:
    """A message of a mock was changed: so is the answer, while it is open and its clock runs."""
    event = turn.event
    if not isinstance(event, MessageEdited):
        return None
    where = event.address.channel
    answer = turn.store.drafts.with_message(turn.me.id, where, event.message_ref)
    if answer is None or answer.mock_id is None:
        return None
    mock = turn.store.mocks.get(answer.mock_id, turn.me.id)
    if mock is None or answer.is_finished or mock.paused_at or is_over(turn, mock):
        return Reply(messages=(Say(body=(line("mock.edited_late"),)),))
    turn.store.drafts.replace(answer, where, event.message_ref, event.text)
    changed = turn.store.mocks.get(mock.id, turn.me.id) or mock
    return Reply(messages=(question_screen(turn, changed, fresh=False),))


def _not_taken(turn: TurnContext, mock: Mock | None) -> Reply:
    """The time ran out, or the mock was ended or paused elsewhere: say so, and where it stands.

    Long after its end nobody thinks of it: what comes then is for the coach.
    """
    if mock is not None:
        return end_reply(turn, mock)
    state = turn.state
    kept = turn.store.mocks.get(state.mock, turn.me.id) if isinstance(state, InMock) else None
    if kept is None or (kept.ended_at and turn.now - kept.ended_at > _STILL_ON_ONE_S_MIND):
        spoken = isinstance(turn.event, VoiceReceived)
        reply = free_text.on_voice(turn) if spoken else free_text.on_text(turn)
        return replace(reply, state=Idle())
    if kept.ended_at is None:
        return replace(_told(turn, kept), state=Idle())
    shown = show_report(turn, kept, "")
    return Reply(state=Idle(), messages=(_NOT_ADDED, *shown.messages))


def not_added(turn: TurnContext, argument: str) -> Reply:
    """Words that came while the mock is paused, and that mean nothing to the coach."""
    mock = turn.store.mocks.open_of(turn.me.id)
    if mock is None or mock.paused_at is None:
        return Reply(next="menu::not_known")
    return _told(turn, mock)


def _told(turn: TurnContext, paused: Mock) -> Reply:
    return Reply(messages=(_NOT_ADDED, paused_screen(turn, paused, fresh=True)))


def _with(mock: Mock, answer: Draft) -> Mock:
    """The mock with this answer as it now stands."""
    answers = tuple(answer if each.id == answer.id else each for each in mock.answers)
    return replace(mock, answers=answers)


def _open_at(mock: Mock, argument: str) -> Draft | None:
    """The open answer, if the press was made on its screen."""
    here = len(mock.answers) - 1
    return mock.current if argument == str(here) else None


def _done(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The answer is given; with nothing in it, there is nothing to give."""
    answer = _open_at(mock, argument)
    if answer is None:
        return go_on(mock, line("common.stale"))
    if answer.is_empty:
        return go_on(mock, line("oral.nothing_yet"))
    return proceed(turn, mock, answer)


def _skip(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """No answer to this one; what was written meanwhile is not thrown away."""
    answer = _open_at(mock, argument)
    if answer is None or not answer.is_empty:
        return go_on(mock, line("common.stale"))
    return proceed(turn, mock, answer)


def _ticking(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """A part was said, or not: the press says which way to turn, so a doubled one counts once."""
    number, _, rest = argument.partition(".")
    way, _, part = rest.partition(".")
    answer = _open_at(mock, number)
    if answer is None or not answer.is_spoken or part not in answer.part_ids:
        return go_on(mock, line("common.stale"))
    ticked = answer.ticked | {part} if way == "on" else answer.ticked - {part}
    seconds = answer.assessment.seconds if answer.assessment else 0
    turn.store.drafts.tick(answer, self_assess(answer.frame, ticked, seconds))
    return go_on(mock)


def _write_instead(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    answer = _open_at(mock, argument)
    if answer is not None:
        turn.store.drafts.drop_voice(answer)
    return go_on(mock)


ACTIONS: dict[str, Action] = {
    "done": _done,
    "skip": _skip,
    "tick": _ticking,
    "write": _write_instead,
}
