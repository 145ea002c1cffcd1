"""Which questions a quiz is made of: what the candidate's history and exam call for."""

from __future__ import annotations

from bot.domain.journal import retake_order
from bot.domain.quiz import DAILY_COUNT
from bot.domain.selection import select_questions
from bot.handlers.context import TurnContext
from content.schema import Question


def most_useful(turn: TurnContext) -> tuple[Question, ...]:
    """Today's five; fewer, or none, from a bank that holds no more."""
    test_days = turn.store.enrolments.test_days(turn.me.id)
    return select_questions(
        turn.pack,
        stream=turn.me.stream,
        history=turn.store.quizzes.history(turn.me.id),
        count=DAILY_COUNT,
        today=turn.today,
        rng=turn.rng,
        exam_day=min((day for day in test_days if day >= turn.today), default=None),
    )


def missed(turn: TurnContext) -> tuple[Question, ...]:
    """Misses to try again, those due for a second try first (T20)."""
    known = turn.pack.questions
    order = retake_order(turn.store.quizzes.answers(turn.me.id), turn.today)
    questions = (known[item] for item in order if item in known)
    return tuple([each for each in questions if not each.retired][:DAILY_COUNT])
