"""The daily five, extra practice, and a second try at what was missed.

A quiz is rows; its one message is edited in place. Any press is checked against those rows, so a
stale, doubled or forged one changes nothing and shows where the candidate really is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.domain.daily import (
    LATE_AFTER,
    QUIZ_TIMER,
    WORDINGS,
    belongs_to_past_day,
    next_quiz_at,
    put_off_until,
)
from bot.domain.quiz import Quiz, QuizItem, QuizKind, is_right, toggled
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.quiz.choosing import askable, missed, most_useful, of_sheet
from bot.handlers.quiz.screens import (
    done_screen,
    offer_screen,
    question_screen,
    replaced_screen,
    result_screen,
    verdict_screen,
)
from bot.messages import BLANK, Line, Outgoing, Say, TimerFired, line
from content.schema import Question

_VALUE = re.compile(r"(?P<what>[avn])(?P<position>[0-9]{1,3})(?P<option>[a-d]?)")
_REF = re.compile(r"[0-9]{1,15}")


def on_command(turn: TurnContext) -> Reply:
    """/quiz: today's, where it was left; extra practice once it is done."""
    return _open(turn)


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of a quiz, or one that leads here."""
    if not ref or value == "sheet":
        return _sheet(turn, ref) if ref else _OPENERS.get(value, _open)(turn)
    quiz = turn.store.quizzes.get(int(ref), turn.me.id) if _REF.fullmatch(ref) else None
    read = _VALUE.fullmatch(value)
    item = quiz.item(int(read["position"])) if quiz and read else None
    if quiz is None or read is None or item is None:
        return _with_notice(_open(turn), "quiz.not_here")
    if read["what"] == "n":
        return _onward(turn, quiz)
    if quiz.outcome == "replaced" and not item.is_answered:
        return _with_notice(Reply(messages=(replaced_screen(quiz),)), "quiz.replaced_notice")
    if item.is_answered:
        return _already(turn, quiz, item)
    question = turn.pack.questions.get(item.item_id)
    if question is None or item != quiz.current:
        return _with_notice(_show(turn, quiz), "quiz.not_here")
    if read["what"] == "v":
        return _validate(turn, quiz, item, question)
    if not read["option"]:
        return _with_notice(_show(turn, quiz), "quiz.not_here")
    return _choose(turn, quiz, item, question, read["option"])


def on_due(turn: TurnContext) -> Reply:
    """The chosen hour: today's five, once; what was left from before gives way to them."""
    event, me, now = turn.event, turn.me, turn.now
    test_days = turn.store.enrolments.test_days(me.id)
    busy_until = put_off_until(me, now, test_days)
    due_again = busy_until or next_quiz_at(me, now, test_days)
    turn.store.timers.arm(me.id, QUIZ_TIMER, "", due_again)
    due_at = event.due_at if isinstance(event, TimerFired) else now
    if busy_until or me.is_paused(now) or belongs_to_past_day(due_at, me, now):
        return Reply()
    daily = turn.store.quizzes.daily_of(me.id, turn.today)
    if daily is not None and (daily.current is None or daily.pushed_at is not None):
        return Reply()
    closed: tuple[Outgoing, ...] = ()
    if daily is None:
        daily, closed = _start_daily(turn)
    if daily is None:
        return Reply()
    wording = f"quiz.push_{turn.store.quizzes.count_pushed(me.id) % WORDINGS}"
    turn.store.quizzes.note_push(daily.id, now)
    late = now - due_at > LATE_AFTER
    opening = (line("quiz.push_late" if late else wording), BLANK)
    return Reply(messages=(*closed, *_show(turn, daily, opening=opening, fresh=True).messages))


def _open(turn: TurnContext) -> Reply:
    """Today's quiz where it was left; once done, an open extra one, else an offer."""
    daily = turn.store.quizzes.daily_of(turn.me.id, turn.today)
    if daily is None:
        started, closed = _start_daily(turn)
        if started is None:
            return Reply(messages=(Say(body=(line("quiz.none"),)),))
        return Reply(messages=(*closed, *_show(turn, started, fresh=True).messages))
    if daily.current is not None:
        return _show(turn, daily, fresh=True)
    extra = turn.store.quizzes.open_of(turn.me.id)
    if extra is not None:
        return _show(turn, extra, fresh=True)
    return Reply(messages=(done_screen(daily),))


def _start_daily(turn: TurnContext) -> tuple[Quiz | None, tuple[Outgoing, ...]]:
    """Today's quiz, and the closing edits of unfinished ones: they collapse into it."""
    closed: list[Outgoing] = []
    questions = most_useful(turn)
    if not questions:
        return None, ()
    while (old := turn.store.quizzes.open_of(turn.me.id)) is not None:
        turn.store.quizzes.close(old.id, "replaced", turn.now)
        closed.append(replaced_screen(old))
    return _create(turn, "daily", questions), tuple(closed)


def _extra(turn: TurnContext) -> Reply:
    """Five more, on demand."""
    return _practise(turn, most_useful, Say(body=(line("quiz.none"),)))


def _retake(turn: TurnContext) -> Reply:
    """Misses once more, as extra practice."""
    return _practise(turn, missed, offer_screen("quiz.no_misses"))


def _sheet(turn: TurnContext, sheet_id: str) -> Reply:
    """A sheet's five questions, whatever else is open: they were asked for by name (M76)."""
    questions = of_sheet(turn, sheet_id)
    going = turn.store.quizzes.open_of(turn.me.id)
    asked = [question.id for question in questions]
    if going is not None and [item.item_id for item in going.items] == asked:
        return _show(turn, going, fresh=True)
    if not questions:
        return Reply(messages=(offer_screen("quiz.none"),))
    return _show(turn, _create(turn, "sheet", questions), fresh=True)


def _practise(
    turn: TurnContext,
    choose: Callable[[TurnContext], tuple[Question, ...]],
    if_none: Outgoing,
) -> Reply:
    """Extra practice with the questions chosen; an open quiz goes on first."""
    going = turn.store.quizzes.open_of(turn.me.id)
    if going is not None:
        return _show(turn, going, fresh=True)
    questions = choose(turn)
    if not questions:
        return Reply(messages=(if_none,))
    return _show(turn, _create(turn, "extra", questions), fresh=True)


def _create(turn: TurnContext, kind: QuizKind, questions: Sequence[Question]) -> Quiz:
    return turn.store.quizzes.create(turn.me.id, kind, turn.today, questions, turn.now)


def _show(
    turn: TurnContext, quiz: Quiz, *, opening: tuple[Line, ...] = (), fresh: bool = False
) -> Reply:
    """The quiz where it stands: its current question, or its result."""
    item = quiz.current
    if item is None:
        return Reply(messages=(result_screen(turn, quiz, fresh=fresh),))
    question = turn.pack.questions.get(item.item_id)
    if question is None or not askable(turn, [question]):
        substitutes = most_useful(turn)
        if not substitutes:
            turn.store.quizzes.close(quiz.id, "replaced", turn.now)
            return Reply(messages=(offer_screen("quiz.none"),))
        question = substitutes[0]
        turn.store.quizzes.swap(quiz.id, item.position, question)
        opening = (*opening, line("quiz.swapped"), BLANK)
    screen = question_screen(turn, quiz, item, question, opening=opening, fresh=fresh)
    return Reply(messages=(screen,))


def _choose(
    turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question, option: str
) -> Reply:
    """One option pressed: the answer, or a tick where several are right."""
    if len(question.key) == 1:
        return _record(turn, quiz, item, question, option)
    turn.store.quizzes.tick(quiz.id, item.position, toggled(item.ticked, option))
    return _show(turn, _again(turn, quiz))


def _validate(turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question) -> Reply:
    """The ticked options are the answer, once there are as many as the stem asks."""
    if len(question.key) == 1 or len(item.ticked) != len(question.key):
        notice = line("quiz.tick_first", count=len(question.key))
        return Reply(messages=_show(turn, quiz).messages, notice=notice)
    return _record(turn, quiz, item, question, item.ticked)


def _record(
    turn: TurnContext, quiz: Quiz, item: QuizItem, question: Question, chosen: str
) -> Reply:
    right = is_right(question, chosen)
    turn.store.quizzes.answer(
        quiz.id, item.position, chosen=chosen, correct=right, now=turn.now, day=turn.today
    )
    after = _again(turn, quiz)
    if after.current is None:
        turn.store.quizzes.close(quiz.id, "finished", turn.now)
    answered = after.item(item.position) or item
    notice = line("quiz.right_notice" if right else "quiz.wrong_notice")
    return Reply(messages=(verdict_screen(turn, after, answered, question),), notice=notice)


def _already(turn: TurnContext, quiz: Quiz, item: QuizItem) -> Reply:
    """A second press on an answered question: the first stands; show its verdict again.

    Once the quiz has gone on, what it shows now stays as it is.
    """
    letters = "+".join((item.chosen or "").upper())
    notice = line("quiz.already", letters=letters)
    question = turn.pack.questions.get(item.item_id)
    latest = max((i.position for i in quiz.items if i.is_answered), default=-1)
    if question is None or item.position != latest:
        return Reply(messages=_show(turn, quiz).messages, notice=notice)
    return Reply(messages=(verdict_screen(turn, quiz, item, question),), notice=notice)


def _onward(turn: TurnContext, quiz: Quiz) -> Reply:
    if quiz.outcome == "replaced" and quiz.current is not None:
        return Reply(messages=(replaced_screen(quiz),))
    return _show(turn, quiz)


def _again(turn: TurnContext, quiz: Quiz) -> Quiz:
    """The quiz as its rows now say."""
    found = turn.store.quizzes.get(quiz.id, turn.me.id)
    if found is None:
        raise LookupError(quiz.id)
    return found


def _with_notice(reply: Reply, key: str) -> Reply:
    return Reply(messages=reply.messages, notice=line(key))


_OPENERS = {"extra": _extra, "retake": _retake}

ROUTES = Routes(
    commands={"quiz": on_command},
    buttons={"quiz": on_press},
    timers={QUIZ_TIMER: on_due},
)
