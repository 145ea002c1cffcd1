"""The daily quiz, extra practice, a second try at what was missed, and timed sets.

A quiz is rows; its one message is edited in place. Any press is checked against those rows, so a
stale, doubled or forged one changes nothing and shows where the candidate really is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.clock import local_time
from bot.domain.daily import QUIZ_TIMER, belongs_to_past_day, next_quiz_at, put_off_until
from bot.domain.later import LATER_TIMER
from bot.domain.quiz import Quiz, QuizKind
from bot.domain.taper import is_push_day
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.quiz import better_hour
from bot.handlers.quiz.answering import take_press
from bot.handlers.quiz.choosing import extra, missed, of_sheet, of_today
from bot.handlers.quiz.playing import show, with_notice
from bot.handlers.quiz.pushing import LATER, on_later, push, put_off
from bot.handlers.quiz.screens import done_screen, offer_screen, replaced_screen
from bot.handlers.quiz.sets import ROUTES as SETS
from bot.handlers.quiz.sets import below_result, take_set_press
from bot.handlers.refs import is_row
from bot.messages import BLANK, Outgoing, Say, TimerFired, line
from content.schema import Question


def on_command(turn: TurnContext) -> Reply:
    """/quiz: today's, where it was left; extra practice once it is done."""
    return below_result(turn, _open)


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of a quiz, or one that leads here."""
    if not ref or value == "sheet":
        return below_result(turn, lambda turn, going: _lead(turn, going, ref, value))
    quiz = turn.store.quizzes.get(int(ref), turn.me.id) if is_row(ref) else None
    reply = _play(turn, quiz, value) if quiz else None
    return reply or with_notice(below_result(turn, _open), "quiz.not_here")


def _lead(turn: TurnContext, going: Quiz | None, ref: str, value: str) -> Reply:
    """To a sheet's questions or to a quiz; while a timed set runs, to that."""
    if going is not None:
        return _first_the_set(turn, going)
    return _sheet(turn, ref) if ref else _OPENERS.get(value, _begin)(turn)


def _play(turn: TurnContext, quiz: Quiz, value: str) -> Reply | None:
    """A button of the quiz; None when its kind has no such button."""
    if quiz.kind == "set":
        return take_set_press(turn, quiz, value)
    return put_off(turn, quiz, value) if value in LATER else take_press(turn, quiz, value)


def on_due(turn: TurnContext) -> Reply:
    """The chosen hour: today's questions, once; what was left from before gives way to them.

    Whoever has shown no sign of life lately is asked less often (T34).
    """
    event, me, now = turn.event, turn.me, turn.now
    test_days = turn.store.enrolments.test_days(me.id)
    busy_until = put_off_until(me, now, calm_at(turn), test_days)
    due_again = busy_until or next_quiz_at(me, now, test_days)
    turn.store.timers.arm(me.id, QUIZ_TIMER, "", due_again)
    due_at = event.due_at if isinstance(event, TimerFired) else now
    if busy_until or me.is_paused(now) or belongs_to_past_day(due_at, me, now):
        return Reply()
    if not is_push_day(turn.store.pushes.unanswered_days(me), turn.today):
        return Reply()
    daily = turn.store.quizzes.daily_of(me.id, turn.today)
    if daily is not None and (daily.current is None or daily.pushed_at is not None):
        return Reply()
    closed: tuple[Outgoing, ...] = ()
    if daily is None:
        daily, closed = _start_daily(turn)
    if daily is None:
        return Reply()
    return Reply(messages=(*closed, *push(turn, daily).messages))


def _open(turn: TurnContext, going: Quiz | None) -> Reply:
    """A timed set that runs, since its clock does; else today's quiz."""
    return _begin(turn) if going is None else _first_the_set(turn, going)


def _first_the_set(turn: TurnContext, going: Quiz) -> Reply:
    return show(turn, going, opening=(line("sets.goes_on"), BLANK), fresh=True)


def _begin(turn: TurnContext) -> Reply:
    """Today's quiz where it was left; once done, an open extra one, else an offer."""
    daily = turn.store.quizzes.daily_of(turn.me.id, turn.today)
    if daily is None:
        started, closed = _start_daily(turn)
        if started is None:
            return Reply(messages=(Say(body=(line("quiz.none"),)),))
        return Reply(messages=(*closed, *show(turn, started, fresh=True).messages))
    if daily.current is not None:
        return show(turn, daily, fresh=True)
    extra = turn.store.quizzes.open_of(turn.me.id)
    if extra is not None:
        return show(turn, extra, fresh=True)
    return Reply(messages=(done_screen(turn, daily),))


def _back(turn: TurnContext) -> Reply:
    """The way back from silence: nothing about what was missed, and today's quiz."""
    me = turn.me
    if me.is_paused(turn.now):
        return Reply(next="pause::back")
    next_at = next_quiz_at(me, turn.now, turn.store.enrolments.test_days(me.id))
    welcome = Say(body=(line("quiz.welcome_back", hour=local_time(next_at, me.zone)),))
    return Reply(messages=(welcome, *_begin(turn).messages))


def _start_daily(turn: TurnContext) -> tuple[Quiz | None, tuple[Outgoing, ...]]:
    """Today's quiz, and the closing edits of unfinished ones: they collapse into it."""
    closed: list[Outgoing] = []
    questions = of_today(turn)
    if not questions:
        return None, ()
    while (old := turn.store.quizzes.open_of(turn.me.id)) is not None:
        turn.store.quizzes.close(old.id, "replaced", turn.now)
        closed.append(replaced_screen(old))
    return _create(turn, "daily", questions), tuple(closed)


def _extra(turn: TurnContext) -> Reply:
    """Five more, on demand."""
    return _practise(turn, extra, Say(body=(line("quiz.none"),)))


def _retake(turn: TurnContext) -> Reply:
    """Misses once more, as extra practice."""
    return _practise(turn, missed, offer_screen("quiz.no_misses"))


def _sheet(turn: TurnContext, sheet_id: str) -> Reply:
    """A sheet's five questions, whatever else is open: they were asked for by name (M76)."""
    questions = of_sheet(turn, sheet_id)
    going = turn.store.quizzes.open_of(turn.me.id)
    asked = [question.id for question in questions]
    if going is not None and [item.item_id for item in going.items] == asked:
        return show(turn, going, fresh=True)
    if not questions:
        return Reply(messages=(offer_screen("quiz.none"),))
    return show(turn, _create(turn, "sheet", questions), fresh=True)


def _practise(
    turn: TurnContext,
    choose: Callable[[TurnContext], tuple[Question, ...]],
    if_none: Outgoing,
) -> Reply:
    """Extra practice with the questions chosen; an open quiz goes on first."""
    going = turn.store.quizzes.open_of(turn.me.id)
    if going is not None:
        return show(turn, going, fresh=True)
    questions = choose(turn)
    if not questions:
        return Reply(messages=(if_none,))
    return show(turn, _create(turn, "extra", questions), fresh=True)


def _create(turn: TurnContext, kind: QuizKind, questions: Sequence[Question]) -> Quiz:
    return turn.store.quizzes.create(turn.me.id, kind, turn.today, questions, turn.now)


_OPENERS = {"back": _back, "extra": _extra, "retake": _retake}

ROUTES = Routes(
    commands={"quiz": on_command, **SETS.commands},
    buttons={"quiz": on_press, "quiz_hour": better_hour.on_press, **SETS.buttons},
    timers={QUIZ_TIMER: on_due, LATER_TIMER: on_later, **SETS.timers},
)
