"""When a missed question may be tried again: day 2, then day 7 (FEATURES T20)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.journal import CAP
from bot.domain.quiz import Answer

# A missed question comes back after 2 days, then after 7; right both times, it is learnt (T20).
RETEST_AFTER = (timedelta(days=2), timedelta(days=7))
# The second return keeps this distance to a first one that was late: two right answers on one day
# say nothing about memory.
APART = RETEST_AFTER[0]


@dataclass(slots=True)
class Retest:
    """A missed question that waits to be tried again, and from which day on.

    `passed`: how many returns went well since the question was last missed.
    """

    item_id: str
    missed_day: date
    due_day: date
    passed: int = 0

    @property
    def is_learnt(self) -> bool:
        """Whether every return went well."""
        return self.passed == len(RETEST_AFTER)

    def pass_on(self, day: date) -> None:
        """A right answer; before its day it was only practice, and counts for nothing."""
        if self.is_learnt or day < self.due_day:
            return
        self.passed += 1
        if not self.is_learnt:
            self.due_day = max(self.missed_day + RETEST_AFTER[self.passed], day + APART)


def retests_of(answers: Iterable[Answer]) -> tuple[Retest, ...]:
    """The questions that wait, by day: at most CAP, those missed last."""
    missed: dict[str, Retest] = {}
    for answer in answers:
        if answer.correct:
            if answer.item_id in missed:
                missed[answer.item_id].pass_on(answer.local_day)
            continue
        missed.pop(answer.item_id, None)
        missed[answer.item_id] = Retest(
            item_id=answer.item_id,
            missed_day=answer.local_day,
            due_day=answer.local_day + RETEST_AFTER[0],
        )
    waiting = [retest for retest in missed.values() if not retest.is_learnt]
    return tuple(sorted(waiting[-CAP:], key=lambda retest: retest.due_day))


def retake_order(answers: Sequence[Answer], today: date) -> tuple[str, ...]:
    """Ids to take again, at most CAP: those due first, then what was not answered right since.

    Those due come by their day, the others newest first.
    """
    last: dict[str, bool] = {}
    for answer in answers:
        last.pop(answer.item_id, None)
        last[answer.item_id] = answer.correct
    due = [retest.item_id for retest in retests_of(answers) if retest.due_day <= today]
    missed = [item for item in reversed(last) if not last[item]]
    return tuple(dict.fromkeys((*due, *missed)))[:CAP]
