"""The error journal: what was missed, and why (M77, FEATURES T20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.date_words import shortened
from bot.domain.quiz import Answer
from content.schema import LANGUAGES, Localized, Question

Cause = Literal["knowledge", "misread", "reasoning", "time"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
# The journal holds so many misses, the newest: a longer list would only discourage (T20, F10).
CAP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An answer that was wrong, with its question. `times`: how often its concept was missed."""

    answer: Answer
    question: Question
    times: int

    @property
    def is_repeated(self) -> bool:
        """Whether this question, or another on its concept, was missed before or since."""
        return self.times > 1

    @property
    def is_sorted(self) -> bool:
        """Whether the candidate has said why."""
        return self.answer.cause is not None


def misses_of(answers: Iterable[Answer], questions: Mapping[str, Question]) -> tuple[Miss, ...]:
    """The newest misses, newest first, at most CAP; questions the pack dropped are left out."""
    missed = [
        (answer, questions[answer.item_id])
        for answer in answers
        if not answer.correct and answer.item_id in questions
    ]
    times = Counter(question.concept for _, question in missed)
    newest_first = missed[: -CAP - 1 : -1]
    return tuple(
        Miss(answer=answer, question=question, times=times[question.concept])
        for answer, question in newest_first
    )


def next_unsorted(misses: Iterable[Miss]) -> Miss | None:
    """The first miss without a cause; one that the candidate was sure about comes first (T45)."""
    unsorted = [miss for miss in misses if not miss.is_sorted]
    return min(unsorted, key=lambda miss: not miss.answer.is_sure_and_wrong, default=None)


def count_causes(misses: Iterable[Miss]) -> list[tuple[Cause, int]]:
    """Each cause given, with how often, the most frequent first."""
    counts = Counter(miss.answer.cause for miss in misses)
    return sorted(
        ((cause, counts[cause]) for cause in CAUSES if counts[cause]),
        key=lambda each: -each[1],
    )


def shorten(text: Localized, longest: int) -> Localized:
    """The text cut to `longest` characters in each language."""
    return Localized(**{each: shortened(text.in_language(each), longest) for each in LANGUAGES})
