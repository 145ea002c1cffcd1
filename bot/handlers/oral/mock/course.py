"""How a mock oral goes: it begins, asks, stands still, goes on, ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import Idle, InMock
from bot.domain.countdown import minutes_left
from bot.domain.mock import (
    COUNTS,
    MINUTES_EACH,
    MOCK_TIMER,
    Asked,
    Mock,
    Outcome,
    compose,
    follow_up_of,
    next_moment,
    ping_at,
)
from bot.domain.mock_marks import mark
from bot.domain.oral import IN_ONE_GO, Draft, assess_draft
from bot.domain.sending_time import MINUTE
from bot.handlers.context import Reply, TurnContext
from bot.handlers.countdowns import is_time_over, where_shown
from bot.handlers.oral.mock.report import report_screen
from bot.handlers.oral.mock.screens import (
    entry_screen,
    first_the_set,
    paused_screen,
    ping,
    question_screen,
    slot,
)
from bot.handlers.refs import is_row
from bot.messages import ButtonPressed, Line, Outgoing, Say, TimerFired, line

Action = Callable[[TurnContext, Mock, str], Reply]
"""What a press does to a mock; the rest of the token's value."""


def found(turn: TurnContext, ref: str) -> Mock | None:
    """The candidate's own mock of a token's ref, which may be forged."""
    return turn.store.mocks.get(int(ref), turn.me.id) if is_row(ref) else None


def is_over(turn: TurnContext, mock: Mock) -> bool:
    """Whether its time has run out; never while it is paused."""
    return mock.paused_at is None and is_time_over(turn, mock.deadline_at)


def begin(turn: TurnContext, count: str) -> Reply:
    """The clock starts with the first question; a second press finds the mock where it is."""
    going = turn.store.mocks.open_of(turn.me.id)
    if going is not None:
        return go_on(going) if going.paused_at is None else resume(turn, going, "")
    if turn.store.quizzes.running_set(turn.me.id) is not None:
        return Reply(messages=(first_the_set(),))
    if count not in map(str, COUNTS):
        return Reply(messages=(entry_screen(turn),))
    met = turn.store.mocks.met(turn.me.id)
    plan = compose(turn.pack, turn.me.stream, int(count), met, turn.rng)
    if len(plan) < COUNTS[0]:
        return Reply(messages=(Say(body=(line("mock.too_few"),)),))
    deadline_at = turn.now + len(plan) * MINUTES_EACH * MINUTE
    mock = turn.store.mocks.start(turn.me.id, plan, turn.now, deadline_at)
    _arm(turn, mock)
    _ask(turn, mock, plan[0])
    return go_on(mock)


def go_on(mock: Mock, notice: Line | None = None) -> Reply:
    """Texts go to the open question; its screen follows as the state's prompt."""
    return Reply(state=InMock(mock=mock.id), notice=notice)


def show(turn: TurnContext) -> Reply:
    """The state's prompt: the open question."""
    mock = current(turn)
    if mock is None:
        return Reply()
    return Reply(messages=(question_screen(turn, mock, fresh=_is_below(turn)),))


def current(turn: TurnContext) -> Mock | None:
    """The mock that texts go to here, while it runs."""
    if not isinstance(turn.state, InMock):
        return None
    mock = turn.store.mocks.get(turn.state.mock, turn.me.id)
    return mock if mock and mock.ended_at is None and mock.paused_at is None else None


def proceed(turn: TurnContext, mock: Mock, answer: Draft) -> Reply:
    """The open answer is given: a follow-up from its gap, the next question, or the report."""
    assessment = assess_draft(turn.pack, answer, turn.me.language)
    turn.store.drafts.finish(answer, assessment, turn.now)
    met = turn.store.mocks.met(turn.me.id)
    follow = follow_up_of(turn.pack, mock, answer, assessment, met)
    asked = mock.next_question
    if follow is not None:
        asked = Asked(frame=follow.frame, prompt_id=follow.id)
    if asked is None:
        over = turn.store.mocks.get(mock.id, turn.me.id) or mock
        return Reply(state=Idle(), messages=end(turn, over, "finished"))
    _ask(turn, mock, asked)
    return go_on(mock)


def pause(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The clock stands still, and texts are questions to the coach again."""
    turn.store.mocks.pause(mock, turn.now)
    turn.store.timers.disarm(turn.me.id, MOCK_TIMER)
    paused = replace(mock, paused_at=turn.now)
    return Reply(state=Idle(), messages=(paused_screen(turn, paused),))


def resume(turn: TurnContext, mock: Mock, argument: str) -> Reply:
    """The clock runs again with what was left."""
    stood_still = turn.now - (mock.paused_at or turn.now)
    moved = replace(mock, paused_at=None, deadline_at=mock.deadline_at + stood_still)
    turn.store.mocks.resume(mock, turn.now, moved.deadline_at)
    _arm(turn, moved)
    return go_on(mock)


def on_clock(turn: TurnContext) -> Reply:
    """A kind word of the time left; at the end the report, even if nobody writes."""
    event, mock = turn.event, turn.store.mocks.open_of(turn.me.id)
    if mock is None or mock.paused_at is not None or not isinstance(event, TimerFired):
        return Reply()
    to = next(iter(where_shown(turn, slot(mock))), None)
    if is_over(turn, mock):
        return Reply(messages=tuple(replace(each, to=to) for each in end(turn, mock, "time_over")))
    _arm(turn, mock)
    left = minutes_left(turn.now, mock.deadline_at)
    if ping_at(mock.deadline_at, event.due_at) is None or not left:
        return Reply()
    return Reply(messages=(replace(ping(mock, left), to=to),))


def end_reply(turn: TurnContext, mock: Mock, notice: Line | None = None) -> Reply:
    """The time ran out, and somebody is here: the report at the bottom."""
    return Reply(state=Idle(), messages=end(turn, mock, "time_over"), notice=notice)


def end(turn: TurnContext, mock: Mock, outcome: Outcome) -> tuple[Outgoing, ...]:
    """It is over as it stands: each question gets its result, and the report says it all.

    A mock in which nothing was answered counts as given up.
    """
    going = mock.current
    if going is not None:
        assessment = assess_draft(turn.pack, going, turn.me.language)
        turn.store.drafts.finish(going, assessment, turn.now)
        mock = turn.store.mocks.get(mock.id, turn.me.id) or mock
    results = tuple(
        mark(turn.pack, each.answer, each.follow, turn.me.language) for each in mock.exchanges
    )
    if all(each.how == "none" for each in results):
        outcome = "given_up"
    ended_at = mock.paused_at or turn.now
    turn.store.mocks.close(mock, outcome, results, ended_at)
    turn.store.timers.disarm(turn.me.id, MOCK_TIMER)
    over = replace(mock, ended_at=ended_at, outcome=outcome, results=results)
    return (report_screen(turn, over, fresh=_is_below(turn)),)


def _ask(turn: TurnContext, mock: Mock, asked: Asked) -> None:
    turn.store.drafts.start(
        turn.me.id, asked.frame, asked.prompt_id, turn.now, part=IN_ONE_GO, mock_id=mock.id
    )


def _arm(turn: TurnContext, mock: Mock) -> None:
    due_at = next_moment(mock.deadline_at, turn.now)
    turn.store.timers.arm(turn.me.id, MOCK_TIMER, str(mock.id), due_at)


def _is_below(turn: TurnContext) -> bool:
    """Whether the screen goes to the bottom: after anything but a press on one of the mock's."""
    event = turn.event
    if not isinstance(event, ButtonPressed):
        return True
    route, ref, value = f"{event.token}::".split(":", 2)
    return route != "mock" or not (ref or value.startswith("start"))
