"""One simulated candidate on the coach's own selection and tables, in memory."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from bot.clock import at_local_time
from bot.domain.forecast import forecast
from bot.domain.quiz import QuizKind, is_right
from bot.domain.selection import HORIZON, select_questions
from bot.simulate.lines import Given, Hello, Item
from bot.simulate.pack import Difficulty, ItemTags, make_pack
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.storage.unit_of_work import UnitOfWork
from content.schema import Question

# Day 0 of every simulation, and the hour of its quizzes.
_FIRST = date(2026, 1, 1)
_HOUR = time(20, 0)
_ZONE = "Africa/Casablanca"
_STREAM = "simulated"


class Session:
    """Asks, hears answers and forecasts, as the daily quiz and /progress do."""

    def __init__(self, hello: Hello) -> None:
        weights = {str(theme.id): theme.weight for theme in hello.themes}
        self._ids = {str(item.id): item.id for item in hello.items}
        self._pack = make_pack(weights, [_tags(item) for item in hello.items])
        self._exam_day = None if hello.exam_day is None else _on(hello.exam_day)
        self._rng = Random(hello.seed)  # noqa: S311 - chance, not secrecy
        self._database = Database("sqlite://")
        metadata.create_all(self._database.engine)
        self._days: set[int] = set()
        # Where the newest meeting of a question awaits its answer: quiz and position.
        self._open: dict[str, tuple[int, int]] = {}
        with self._database.begin() as store:
            self._me = store.candidates.create(
                language="fr", stream=_STREAM, grade="A", zone=_ZONE, now=_at(_FIRST)
            ).id

    def ask(self, day: int, count: int) -> list[int | str]:
        """The ids of the questions of `day`; less than `count` only from a smaller bank."""
        today = _on(day)
        with self._database.begin() as store:
            questions = select_questions(
                self._pack,
                stream=_STREAM,
                history=store.quizzes.history(self._me),
                count=count,
                today=today,
                rng=self._rng,
                exam_day=self._exam_day,
            )
            if questions:
                self._put(store, "extra" if day in self._days else "daily", today, questions)
                self._days.add(day)
        return [self._ids[question.id] for question in questions]

    def answer(self, given: Given) -> None:
        """Keep an answer, also to a question that was not asked (LookupError: no such item)."""
        item, today = str(given.item), _on(given.day)
        question = self._pack.questions.get(item)
        if question is None:
            raise LookupError(f"there is no item {given.item!r}")
        chosen = "a" if given.correct else "b"
        with self._database.begin() as store:
            if item not in self._open:
                self._put(store, "extra", today, (question,))
            quiz_id, position = self._open.pop(item)
            store.quizzes.answer(
                quiz_id,
                position,
                chosen=chosen,
                correct=is_right(question, chosen),
                now=_at(today),
                day=today,
            )

    def forecast(self, day: int) -> float | None:
        """The expected share of the exam got right; None while unknown."""
        with self._database.begin() as store:
            history = store.quizzes.history(self._me)
        exam_day = self._exam_day or _on(day) + HORIZON
        found = forecast(self._pack, stream=_STREAM, history=history, exam_day=exam_day)
        return None if found is None else found.expected

    def close(self) -> None:
        """Forget the candidate."""
        self._database.close()

    def _put(
        self, store: UnitOfWork, kind: QuizKind, day: date, questions: tuple[Question, ...]
    ) -> None:
        quiz = store.quizzes.create(self._me, kind, day, questions, _at(day))
        self._open |= {item.item_id: (quiz.id, item.position) for item in quiz.items}


def _tags(item: Item) -> ItemTags:
    """A concept is one of its theme: two themes may use the same name."""
    own = item.concept if item.concept is not None else f"item {item.id}"
    grades: tuple[Difficulty, ...] = (1, 2, 3)
    return ItemTags(
        id=str(item.id),
        topic=str(item.theme),
        concept=f"{item.theme}/{own}",
        difficulty=grades[min(max(round(item.difficulty), 1), 3) - 1],
    )


def _on(day: int) -> date:
    return _FIRST + timedelta(days=day)


def _at(day: date) -> datetime:
    return at_local_time(day, _HOUR, _ZONE)
