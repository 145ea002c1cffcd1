"""/oral: a mock interview against the clock. A mock is a row, each of its answers a draft.

Tokens: `mock::`, `mock::start.<count>`, `mock:<mock>:<what>[.<answer>[.<part>]]`; an answer is its
place among the mock's answers, so that a stale or doubled press changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import Idle
from bot.domain.mock import MOCK_TIMER, Mock
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.oral.mock import answering, report
from bot.handlers.oral.mock.course import (
    Action,
    begin,
    end,
    end_reply,
    found,
    go_on,
    is_over,
    on_clock,
    pause,
    resume,
    show,
)
from bot.handlers.oral.mock.screens import (
    entry_screen,
    first_the_set,
    paused_screen,
    stop_question,
)
from bot.messages import line


def on_command(turn: TurnContext) -> Reply:
    """/oral: the mock that is open, else what one is and how long it may last."""
    mock = turn.store.mocks.open_of(turn.me.id)
    if mock is not None and is_over(turn, mock):
        return end_reply(turn, mock)
    if mock is not None and mock.paused_at is not None:
        return Reply(messages=(paused_screen(turn, mock, fresh=True),))
    if mock is not None:
        return go_on(mock)
    if turn.store.quizzes.running_set(turn.me.id) is not None:
        return Reply(messages=(first_the_set(),))
    return Reply(messages=(entry_screen(turn),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of a mock, or one that leads here."""
    what, _, argument = value.partition(".")
    if not ref:
        return _LED_HERE[what](turn, argument) if what in _LED_HERE else on_command(turn)
    mock = found(turn, ref)
    if mock is None:
        return Reply(next="stale::")
    if mock.ended_at is None and is_over(turn, mock):
        return end_reply(turn, mock, line("mock.too_late"))
    actions = report.ACTIONS if mock.ended_at else _PAUSED if mock.paused_at else _RUNNING
    if what in actions:
        return actions[what](turn, mock, argument)
    if mock.ended_at:
        return report.show(turn, mock, argument)
    if mock.paused_at:
        return Reply(messages=(paused_screen(turn, mock),), notice=line("common.stale"))
    return go_on(mock, line("common.stale"))


def _ask_to_stop(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    return Reply(messages=(stop_question(mock),))


def _give_up(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    return Reply(state=Idle(), messages=end(turn, mock, "given_up"))


def _back(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    return go_on(mock)


_LED_HERE: dict[str, Callable[[TurnContext, str], Reply]] = {
    "start": begin,
    "not_added": answering.not_added,
}
_RUNNING: dict[str, Action] = {
    **answering.ACTIONS,
    "pause": pause,
    "stop": _ask_to_stop,
    "go_on": _back,
    "end": _give_up,
}
_PAUSED: dict[str, Action] = {
    "resume": resume,
    "stop": _ask_to_stop,
    "go_on": resume,
    "end": _give_up,
}

ROUTES = Routes(
    commands={"oral": on_command},
    buttons={"mock": on_press},
    texts={"in_mock": answering.on_text},
    voices={"in_mock": answering.on_voice},
    prompts={"in_mock": show},
    edits={"mock_answer": answering.on_edited},
    timers={MOCK_TIMER: on_clock},
)
