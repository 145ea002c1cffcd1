"""/forecast: the mark to expect, the next best hour, and "what if" (T13, T50, T52)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.conversation import Idle, SupposingMarks
from bot.domain.forecast import FEWEST, Forecast, forecast
from bot.domain.learning_pace import likeliest, suppose
from bot.domain.memory import Memory
from bot.domain.next_hour import rank_hours, topics_met_once
from bot.domain.outlook import is_near
from bot.domain.what_if import BEST, Weighted, read_marks, weigh
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Quoted, Say, TextReceived, line
from bot.storage.today import next_test_day
from content.schema import Test

_PRACTISED = "mcq"
_TENTH = Decimal("0.1")
# So many topics that will not come up twice are named; more are counted.
_NAMED = 2
_MENU = Choice(token="menu::", label=line("common.menu"))
_BACK = Choice(token="progress::show", label=line("menu.progress"))


def on_command(turn: TurnContext) -> Reply:
    """/forecast: at the bottom of the chat."""
    return Reply(messages=(_screen(turn),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """`forecast::marks` asks for supposed marks; anything else shows the forecast."""
    if value == "marks":
        return Reply(state=SupposingMarks())
    return Reply(messages=(_screen(turn),), state=Idle())


def ask_marks(turn: TurnContext) -> Reply:
    """The state's prompt: which marks, in which order."""
    tests = turn.pack.head.tests
    names = (
        line("forecast.test", number=n, name=test.name, coefficient=test.coefficient)
        for n, test in enumerate(tests, 1)
    )
    half = "10.5" if turn.language == "en" else "10,5"
    example = " ".join(["12", "?", half, "14", "11", "13"][: len(tests)])
    body = (
        line("forecast.suppose"),
        *names,
        BLANK,
        line("forecast.type", example=Quoted(example)),
    )
    back = Choice(token="forecast::show", label=line("common.back"))
    return Reply(messages=(Ask(body=body, choices=((back, _MENU),)),))


def on_marks(turn: TurnContext) -> Reply:
    """Typed marks: the weighted one, to 0.01; unknown ones stay unknown, never zero."""
    event, tests = turn.event, turn.pack.head.tests
    marks = read_marks(event.text, len(tests)) if isinstance(event, TextReceived) else None
    if marks is None:
        # The state's prompt follows: the order of the tests, and an example.
        unread = Say(body=(line("forecast.unread", count=len(tests)),))
        return Reply(state=SupposingMarks(), messages=(unread,))
    weighted = weigh(tests, dict(zip((test.id for test in tests), marks, strict=True)))
    again = Choice(token="forecast::marks", label=line("forecast.again"))
    body = (*_weighted(turn, weighted), BLANK, line("forecast.coefficients"))
    return Reply(state=Idle(), messages=(Ask(body=body, choices=((again,), (_BACK, _MENU))),))


def _weighted(turn: TurnContext, weighted: Weighted) -> tuple[Line, ...]:
    if not weighted.unknown:
        return (line("forecast.total", mark=weighted.low),)
    names = {test.id: test.name for test in turn.pack.head.tests}
    unknown = (line("forecast.unknown_test", name=names[each]) for each in weighted.unknown)
    return (line("forecast.total_range", low=weighted.low, high=weighted.high), *unknown)


def _screen(turn: TurnContext) -> Ask:
    exam = next_test_day(turn.store, turn.me, turn.today)
    body: list[Line] = [line("forecast.heading"), BLANK]
    if exam is None:
        body.append(line("forecast.no_day"))
        dates = Choice(token="dates::show", label=line("help.to_dates"))
        choices = ((dates,), (_BACK, _MENU))
        return Ask(body=tuple(body), choices=choices, slot="forecast", fresh=True)
    history = [met for met in turn.store.quizzes.history(turn.me.id) if met.correct is not None]
    supposed = suppose(turn.pack.questions, history, exam)
    memory = likeliest(supposed)
    found = forecast(
        turn.pack, stream=turn.me.stream, history=history, exam_day=exam, supposed=supposed
    )
    if found is None:
        body.append(line("forecast.too_early", count=FEWEST - memory.first_meetings))
    else:
        body += _expected(turn, found)
    if not is_near(exam, turn.today):
        body += [BLANK, *_next_hour(turn, memory, exam)]
    body += [BLANK, line("forecast.basis")] if found else []
    what_if = Choice(token="forecast::marks", label=line("forecast.what_if"))
    go = Choice(token="quiz::open", label=line("menu.quiz"))
    rows = ((go, what_if), (_BACK, _MENU))
    return Ask(body=tuple(body), choices=rows, slot="forecast", fresh=True)


def _expected(turn: TurnContext, found: Forecast) -> list[Line]:
    """Each test: the one that is practised as a range, the others unknown; then the topics."""
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    lines = [*(_test(test, found) for test in turn.pack.head.tests), _overall(turn)]
    lines += [BLANK, line("forecast.topics")]
    for topic, share in found.topics.items():
        if share is None:
            lines.append(line("forecast.topic_unknown", name=names[topic]))
        else:
            lines.append(line("forecast.topic", name=names[topic], percent=round(100 * share)))
    return lines


def _overall(turn: TurnContext) -> Line:
    """The mark in all, by coefficient: unknown while a test is; how much of it is measured."""
    tests = turn.pack.head.tests
    return line(
        "forecast.overall_unknown",
        known=sum(test.coefficient for test in tests if test.id == _PRACTISED),
        total=sum(test.coefficient for test in tests),
    )


def _test(test: Test, found: Forecast) -> Line:
    """Only the questions are practised here so far; a test without a mark is unknown, never 0."""
    if test.id != _PRACTISED:
        return line("forecast.unknown_test", name=test.name)
    return line(
        "forecast.range",
        name=test.name,
        low=_mark(found.low),
        high=_mark(found.high),
        expected=_mark(found.expected),
    )


def _next_hour(turn: TurnContext, memory: Memory, exam: date) -> list[Line]:
    """The topic an hour is worth most on, and those that will not come up twice any more."""
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    hours = rank_hours(turn.pack, memory, stream=turn.me.stream, today=turn.today)
    if not hours:
        return []
    best = hours[0]
    worth = (Decimal(best.worth) * BEST).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    lines = [line("forecast.next_hour", name=names[best.topic], worth=worth)]
    once = topics_met_once(
        turn.pack,
        stream=turn.me.stream,
        today=turn.today,
        exam_day=exam,
        a_day=turn.me.questions_a_day,
    )
    if len(once) > _NAMED:
        return [*lines, line("forecast.met_once_many", count=len(once))]
    return lines + [line("forecast.met_once", name=names[topic]) for topic in once]


def _mark(share: float) -> Decimal:
    """A share right as a mark out of 20."""
    return (Decimal(share) * BEST).quantize(_TENTH, rounding=ROUND_HALF_UP)


ROUTES = Routes(
    commands={"forecast": on_command},
    buttons={"forecast": on_press},
    texts={"supposing_marks": on_marks},
    prompts={"supposing_marks": ask_marks},
)
