"""Where a quiz stands: its current question, or its result."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.quiz import Quiz, QuizOutcome
from bot.domain.timed_set import SET_TIMER
from bot.handlers.asking import askable
from bot.handlers.context import Reply, TurnContext
from bot.handlers.quiz.choosing import in_place_of_one
from bot.handlers.quiz.screens import (
    offer_screen,
    question_screen,
    replaced_screen,
    result_screen,
)
from bot.handlers.quiz.set_screens import set_result_screen
from bot.messages import BLANK, Line, Row, line


def show(
    turn: TurnContext,
    quiz: Quiz,
    *,
    opening: tuple[Line, ...] = (),
    below: tuple[Row, ...] = (),
    fresh: bool = False,
) -> Reply:
    """The quiz where it stands: its current question, or its result.

    `opening` stands above the question, `below` under its own buttons.
    """
    item = quiz.current
    if quiz.kind == "set" and quiz.closed_at is not None:
        return Reply(messages=(set_result_screen(turn, quiz),))
    if item is None:
        return Reply(messages=(result_screen(turn, quiz, fresh=fresh),))
    question = turn.pack.questions.get(item.item_id)
    if question is None or not askable(turn, [question]):
        question = in_place_of_one(turn, quiz)
        if question is None:
            close(turn, quiz, "replaced")
            return Reply(messages=(offer_screen("quiz.none"),))
        turn.store.quizzes.swap(quiz.id, item.position, question)
        opening = (*opening, line("quiz.swapped"), BLANK)
    screen = question_screen(turn, quiz, item, question, opening=opening, fresh=fresh)
    return Reply(messages=(replace(screen, choices=(*screen.choices, *below)),))


def onward(turn: TurnContext, quiz: Quiz) -> Reply:
    """The next question; of a quiz that gave way to a newer one, that it did."""
    if quiz.outcome == "replaced" and quiz.current is not None:
        return Reply(messages=(replaced_screen(quiz),))
    return show(turn, quiz)


def close(turn: TurnContext, quiz: Quiz, outcome: QuizOutcome) -> Quiz:
    """The open quiz is over, and so is a set's clock; the quiz as its row now says."""
    turn.store.quizzes.close(quiz.id, outcome, turn.now)
    if quiz.kind == "set":
        turn.store.timers.disarm(turn.me.id, SET_TIMER)
    return replace(quiz, closed_at=turn.now, outcome=outcome)


def with_notice(reply: Reply, key: str) -> Reply:
    """The same messages with a toast."""
    return Reply(messages=reply.messages, notice=line(key))
