"""A quiz: some questions in order, each answered once, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from content.schema import Question

# So many questions a day by default (M37), and what a candidate may choose instead.
DAILY_COUNT = 5
DAILY_CHOICES = (3, 5, 10)
# Extra practice and misses taken again come in fives.
EXTRA_COUNT = 5
# "sheet": a sheet's own five questions; "set": a timed thematic set.
QuizKind = Literal["daily", "extra", "sheet", "set"]
SURE = 3
# The last two are a set's: its time ended it, or the candidate did.
QuizOutcome = Literal["finished", "replaced", "time_over", "given_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizItem:
    """A question put to a candidate. `ticked`: options chosen so far, `chosen`: the answer."""

    position: int
    item_id: str
    item_revision: int
    ticked: str = ""
    chosen: str | None = None
    correct: bool | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the answer is in."""
        return self.chosen is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A candidate's quiz of a local day; `closed_at` None while it can go on.

    `pushed_at`: when the coach last brought it up by itself, again once it was put off. Of a timed
    set: `set_id` names it in the pack, `deadline_at` is when its time ends.
    """

    id: int
    kind: QuizKind
    local_day: date
    created_at: datetime
    pushed_at: datetime | None
    closed_at: datetime | None
    outcome: QuizOutcome | None
    items: tuple[QuizItem, ...]
    set_id: str | None = None
    deadline_at: datetime | None = None

    @property
    def current(self) -> QuizItem | None:
        """The first question without an answer."""
        return next((item for item in self.items if not item.is_answered), None)

    @property
    def right(self) -> int:
        """How many answers are right."""
        return sum(1 for item in self.items if item.correct)

    def item(self, position: int) -> QuizItem | None:
        """The question at `position` (from 0)."""
        return next((item for item in self.items if item.position == position), None)

    def with_item(self, changed: QuizItem) -> Quiz:
        """The quiz with `changed` in its place."""
        items = tuple(
            changed if each.position == changed.position else each for each in self.items
        )
        return replace(self, items=items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer given. `cause`: why it was missed, once the candidate has said so.

    `confidence`: 1 (a guess) to 3 (sure), where it was asked for.
    """

    quiz_id: int
    position: int
    item_id: str
    quiz_kind: str
    chosen: str
    correct: bool
    at: datetime
    local_day: date
    cause: str | None
    confidence: int | None = None

    @property
    def is_sure_and_wrong(self) -> bool:
        """What one is sure of and wrong about costs most at an exam (T45)."""
        return not self.correct and self.confidence == SURE


def is_right(question: Question, chosen: str) -> bool:
    """All or nothing: exactly the key's options."""
    return frozenset(chosen) == question.key


def toggled(ticked: str, option: str) -> str:
    """The ticked options with `option` switched, in order."""
    return "".join(sorted(set(ticked) ^ {option}))


def topics_to_revise(quiz: Quiz, questions: Mapping[str, Question]) -> list[str]:
    """Topics of the wrong answers, most missed first."""
    missed = Counter(
        questions[item.item_id].topic
        for item in quiz.items
        if item.correct is False and item.item_id in questions
    )
    return [topic for topic, _ in missed.most_common()]
