"""/sets: timed thematic sets. One runs at a time; its clock runs on whatever happens (T4, M40)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.domain.countdown import CLOSES_AFTER, next_look_at
from bot.domain.quiz import Quiz, QuizItem
from bot.domain.sending_time import MINUTE
from bot.domain.timed_set import SET_TIMER
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.countdowns import is_time_over, where_shown
from bot.handlers.quiz.answering import take_press
from bot.handlers.quiz.choosing import of_set
from bot.handlers.quiz.playing import close, show, with_notice
from bot.handlers.quiz.screens import offer_screen, slot, verdict_screen
from bot.handlers.quiz.set_screens import (
    intro_screen,
    list_screen,
    met_today_screen,
    running_screen,
    set_result_screen,
)
from bot.messages import Choice, Outgoing, TimerFired, line
from content.schema import ThematicSet

_REVIEW = re.compile(r"m([0-9]{1,3})")


def on_command(turn: TurnContext) -> Reply:
    """/sets: the sets with what was reached; while one runs, that one."""
    return below_result(turn, _open)


def below_result(turn: TurnContext, handle: Callable[[TurnContext, Quiz | None], Reply]) -> Reply:
    """What `handle` shows, below the result of a set whose time is over, or that left the pack.

    Whoever leads to a set or to a quiz comes through here: `handle` is given the set that runs.
    """
    results: tuple[Outgoing, ...] = ()
    going = turn.store.quizzes.running_set(turn.me.id)
    if going is not None and (going.set_id not in turn.pack.sets or _is_over(turn, going)):
        results, going = _end(turn, going, fresh=True), None
    reply = handle(turn, going)
    return replace(reply, messages=(*results, *reply.messages))


def _open(turn: TurnContext, going: Quiz | None) -> Reply:
    if going is not None:
        return Reply(messages=(running_screen(turn, going, fresh=True),))
    if not turn.pack.sets:
        return Reply(messages=(offer_screen("sets.none"),))
    return Reply(messages=(list_screen(turn, fresh=True),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A set to look at or to start (`sets:<set>:show`, `:start`), the one that runs to go on with
    or to stop (`sets::go_on`, `sets:<quiz>:stop`); anything else shows where one stands.
    """
    return below_result(turn, lambda turn, going: _press(turn, going, ref, value))


def _press(turn: TurnContext, going: Quiz | None, ref: str, value: str) -> Reply:
    each = turn.pack.sets.get(ref)
    if each is not None:
        start = value == "start"
        return _start(turn, going, each) if start else Reply(messages=(intro_screen(turn, each),))
    if going is not None and value == "go_on":
        return show(turn, going)
    if going is not None and value == "stop" and ref == str(going.id):
        return show(turn, close(turn, going, "given_up"))
    if not ref and value == "back" and turn.pack.sets:
        return Reply(messages=(list_screen(turn),))
    reply = _open(turn, going)
    stale = bool(ref) or value == "go_on"
    return with_notice(reply, "common.stale") if stale else reply


def take_set_press(turn: TurnContext, quiz: Quiz, value: str) -> Reply | None:
    """A button of a set: an answer in time, a mistake to look at again, else the result."""
    if quiz.set_id not in turn.pack.sets:
        return None
    if quiz.closed_at is None and _is_over(turn, quiz):
        return with_notice(Reply(messages=_end(turn, quiz)), "sets.too_late")
    if quiz.closed_at is None:
        return take_press(turn, quiz, value)
    read = _REVIEW.fullmatch(value)
    if read is not None:
        return _review(turn, quiz, int(read[1]))
    if value.startswith("n"):
        return show(turn, quiz)
    return with_notice(show(turn, quiz), "sets.over")


def on_end(turn: TurnContext) -> Reply:
    """The time is over: the set closes as it stands, with its result, even if nobody presses.

    While its end lies in a gap without a sign of life it waits: somebody may be about to give the
    time back, and the timer then moves with it.
    """
    event, quiz = turn.event, turn.store.quizzes.running_set(turn.me.id)
    if quiz is None or quiz.deadline_at is None or not isinstance(event, TimerFired):
        return Reply()
    if not _is_over(turn, quiz):
        due_at = next_look_at(quiz.deadline_at, turn.now)
        turn.store.timers.arm(turn.me.id, SET_TIMER, str(quiz.id), due_at)
        return Reply()
    return Reply(messages=_end(turn, quiz))


def _end(turn: TurnContext, quiz: Quiz, *, fresh: bool = False) -> tuple[Outgoing, ...]:
    """The time is over: the result wherever the set was played, and to whoever is here.

    `fresh`: here at the bottom, since something else was pressed or said.
    """
    ended = close(turn, quiz, "time_over")
    if quiz.set_id not in turn.pack.sets:
        return ()
    result = set_result_screen(turn, ended)
    elsewhere = tuple(replace(result, to=each) for each in where_shown(turn, slot(quiz)))
    if elsewhere and isinstance(turn.event, TimerFired):
        return elsewhere
    return (*elsewhere, replace(result, fresh=fresh))


def _is_over(turn: TurnContext, quiz: Quiz) -> bool:
    return quiz.deadline_at is None or is_time_over(turn, quiz.deadline_at)


def _start(turn: TurnContext, going: Quiz | None, each: ThematicSet) -> Reply:
    """The clock starts; a second press finds the set where it is, another set waits its turn."""
    if going is not None:
        is_same = going.set_id == each.id
        return show(turn, going) if is_same else Reply(messages=(running_screen(turn, going),))
    questions = of_set(turn, each)
    if len(questions) < each.count:
        return Reply(messages=(met_today_screen(each),))
    store, me, deadline_at = turn.store, turn.me, turn.now + each.minutes * MINUTE
    quiz = store.quizzes.create(
        me.id, "set", turn.today, questions, turn.now, set_id=each.id, deadline_at=deadline_at
    )
    store.timers.arm(me.id, SET_TIMER, str(quiz.id), deadline_at + CLOSES_AFTER)
    return show(turn, quiz)


def _review(turn: TurnContext, quiz: Quiz, position: int) -> Reply:
    """The first miss from `position` on, with its verdict; after the last, why they happened."""
    misses = [item for item in quiz.items if _is_miss(turn, item) and item.position >= position]
    if not misses:
        return show(turn, quiz)
    item, *later = misses
    onward = Choice(token="journal::show", label=line("quiz.to_journal"))
    if later:
        token = f"quiz:{quiz.id}:m{later[0].position}"
        onward = Choice(token=token, label=line("sets.next_miss"))
    question = turn.pack.questions[item.item_id]
    return Reply(messages=(verdict_screen(turn, quiz, item, question, onward=onward),))


def _is_miss(turn: TurnContext, item: QuizItem) -> bool:
    return item.correct is False and item.item_id in turn.pack.questions


ROUTES = Routes(
    commands={"sets": on_command}, buttons={"sets": on_press}, timers={SET_TIMER: on_end}
)
