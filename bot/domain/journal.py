"""The error journal: what was missed, why, and what to do again when (M77, FEATURES T20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from bot.domain.date_words import shortened
from bot.domain.quiz import Answer
from content.schema import LANGUAGES, Localized, Question

Cause = Literal["knowledge", "misread", "reasoning", "time"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
# The journal holds so many misses, the newest: a longer list would only discourage (T20, F10).
CAP = 60
# A missed question comes back after 2 days, then after 7; right both times, it is learnt (T20).
RETEST_AFTER = (timedelta(days=2), timedelta(days=7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An answer that was wrong, with its question. `times`: how often its concept was missed."""

    answer: Answer
    question: Question
    times: int

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


def retest_due(answers: Sequence[Answer], today: date) -> tuple[str, ...]:
    """Ids of missed questions whose second (day 2) or third try (day 7) is due, oldest first."""
    last_miss: dict[str, date] = {}
    right_since: Counter[str] = Counter()
    for answer in answers:
        if not answer.correct:
            last_miss.pop(answer.item_id, None)
            last_miss[answer.item_id] = answer.local_day
            right_since[answer.item_id] = 0
        elif answer.item_id in last_miss:
            right_since[answer.item_id] += 1
    return tuple(
        item
        for item, day in last_miss.items()
        if right_since[item] < len(RETEST_AFTER) and day + RETEST_AFTER[right_since[item]] <= today
    )


def retake_order(answers: Sequence[Answer], today: date) -> tuple[str, ...]:
    """Ids to take again: those due first, then what was not answered right since, newest first."""
    last: dict[str, bool] = {}
    for answer in answers:
        last.pop(answer.item_id, None)
        last[answer.item_id] = answer.correct
    missed = [item for item in reversed(last) if not last[item]]
    return tuple(dict.fromkeys((*retest_due(answers, today), *missed)))


def shorten(text: Localized, longest: int) -> Localized:
    """The text cut to `longest` characters in each language."""
    return Localized(**{each: shortened(text.in_language(each), longest) for each in LANGUAGES})
