"""Where a quiz stands: its current question, or its result."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.quiz import Quiz
from bot.handlers.context import Reply, TurnContext
from bot.handlers.quiz.choosing import askable, most_useful
from bot.handlers.quiz.screens import (
    offer_screen,
    question_screen,
    replaced_screen,
    result_screen,
)
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
    return Reply(messages=(replace(screen, choices=(*screen.choices, *below)),))


def onward(turn: TurnContext, quiz: Quiz) -> Reply:
    """The next question; of a quiz that gave way to a newer one, that it did."""
    if quiz.outcome == "replaced" and quiz.current is not None:
        return Reply(messages=(replaced_screen(quiz),))
    return show(turn, quiz)


def again(turn: TurnContext, quiz: Quiz) -> Quiz:
    """The quiz as its rows now say."""
    found = turn.store.quizzes.get(quiz.id, turn.me.id)
    if found is None:
        raise LookupError(quiz.id)
    return found


def with_notice(reply: Reply, key: str) -> Reply:
    """The same messages with a toast."""
    return Reply(messages=reply.messages, notice=line(key))
