"""Which questions a quiz is made of: what the candidate's history and exam call for."""

from __future__ import annotations

from bot.domain.quiz import EXTRA_COUNT, Quiz
from bot.domain.retests import retake_order
from bot.domain.selection import sample_questions, select_questions
from bot.handlers.asking import askable
from bot.handlers.context import TurnContext
from bot.storage.today import next_test_day
from content.schema import Question, ThematicSet


def of_today(turn: TurnContext) -> tuple[Question, ...]:
    """Today's questions, as many as the candidate chose; fewer from a bank that holds no more."""
    return _select(turn, turn.me.questions_a_day)


def extra(turn: TurnContext) -> tuple[Question, ...]:
    """Five more: of the topic in focus while it has so many, else the most useful of all."""
    focus = turn.me.focus_on(turn.today)
    focused = _select(turn, EXTRA_COUNT, frozenset({focus})) if focus else ()
    return focused if len(focused) == EXTRA_COUNT else _select(turn, EXTRA_COUNT)


def of_set(turn: TurnContext, each: ThematicSet) -> tuple[Question, ...]:
    """A thematic set's questions; fewer than its count once most were met today."""
    return _sample(turn, each.count, each)


def in_place_of_one(turn: TurnContext, quiz: Quiz) -> Question | None:
    """A question for one that left the pack, of the same topics in a thematic set."""
    each = turn.pack.sets.get(quiz.set_id or "")
    found = _sample(turn, 1, each) if each else _select(turn, 1)
    return found[0] if found else None


def missed(turn: TurnContext) -> tuple[Question, ...]:
    """Misses to try again, those due for a second try first (T20)."""
    known = turn.pack.questions
    order = retake_order(turn.store.quizzes.answers(turn.me.id), turn.today)
    return askable(turn, [known[item] for item in order if item in known])[:EXTRA_COUNT]


def of_sheet(turn: TurnContext, sheet_id: str) -> tuple[Question, ...]:
    """A sheet's own questions (M76)."""
    sheet = turn.pack.sheets.get(sheet_id)
    items = sheet.quiz if sheet else ()
    return askable(turn, [turn.pack.questions[item] for item in items])


def _select(
    turn: TurnContext, count: int, topics: frozenset[str] | None = None
) -> tuple[Question, ...]:
    return select_questions(
        turn.pack,
        stream=turn.me.stream,
        history=turn.store.quizzes.history(turn.me.id),
        count=count,
        today=turn.today,
        rng=turn.rng,
        exam_day=next_test_day(turn.store, turn.me, turn.today),
        hidden=turn.store.reports.hidden(),
        topics=topics,
    )


def _sample(turn: TurnContext, count: int, each: ThematicSet) -> tuple[Question, ...]:
    """A set measures, so it is no choice of what is worth most (T6)."""
    return sample_questions(
        turn.pack,
        stream=turn.me.stream,
        history=turn.store.quizzes.history(turn.me.id),
        count=count,
        today=turn.today,
        rng=turn.rng,
        hidden=turn.store.reports.hidden(),
        topics=frozenset(each.topics),
    )
