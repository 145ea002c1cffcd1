"""What may be asked now, and which missed questions wait to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.quiz import EXTRA_COUNT, Answer
from bot.domain.retests import Retest, retests_of
from bot.handlers.context import TurnContext
from bot.messages import Choice, Line, Row, line
from content.schema import Question
from content.validity import validity


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Missed questions to try again: how many to offer now, and the day the next ones are due.

    Never more than one practice asks: what else is due would be a backlog (LEARNING 6, F10).
    """

    due: int
    next_day: date | None


def askable(turn: TurnContext, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Those that still hold today and are not hidden by reports."""
    hidden = turn.store.reports.hidden()
    return tuple(
        each
        for each in questions
        if (each.id, each.revision) not in hidden
        and validity(turn.pack.facts, each, turn.today) != "ended"
    )


def waiting_retests(turn: TurnContext, answers: Sequence[Answer]) -> Waiting:
    """What waits of those that may be asked: offered, never forced into the daily quiz (T20)."""
    retests = {retest.item_id: retest for retest in retests_of(answers)}
    known = [turn.pack.questions[item] for item in retests if item in turn.pack.questions]
    days = [retests[question.id].due_day for question in askable(turn, known)]
    later = [day for day in days if day > turn.today]
    due = min(len(days) - len(later), EXTRA_COUNT)
    return Waiting(due=due, next_day=min(later, default=None))


def retest_of(answers: Sequence[Answer], item_id: str) -> Retest | None:
    """When that question comes back; None once it is learnt."""
    return next((each for each in retests_of(answers) if each.item_id == item_id), None)


def say_waiting(waiting: Waiting) -> tuple[Line, ...]:
    """How many are ready to be tried, and the day the next ones come."""
    due = (line("journal.retests_due", count=waiting.due),) if waiting.due else ()
    later = (line("journal.retests_next", day=waiting.next_day),) if waiting.next_day else ()
    return (*due, *later)


def retest_row(turn: TurnContext) -> tuple[Row, ...]:
    """The button that leads to what is due, in extra practice; nothing where nothing is."""
    waiting = waiting_retests(turn, turn.store.quizzes.answers(turn.me.id))
    if not waiting.due:
        return ()
    label = line("journal.to_retests")
    return ((Choice(token="quiz::retake", label=label),),)
