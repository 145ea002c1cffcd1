"""A timed thematic set: what a result is worth (FEATURES T4, M40, M80)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.readiness import GATE_PERCENT, fewest

SET_TIMER = "set_end"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """A set that ended: so many right of all its questions, answered or not."""

    set_id: str
    right: int
    total: int

    @property
    def has_badge(self) -> bool:
        """Whether it earns the badge: the first gate's share right (M37), of all its questions.

        A badge for merely reaching the end would promise more than it holds; one bar, the same
        as the gate's, is easy to remember.
        """
        return self.right >= right_needed(self.total)


def right_needed(total: int) -> int:
    """The fewest right answers that earn the badge."""
    return fewest(total, GATE_PERCENT)


def best_results(results: Iterable[SetResult]) -> Mapping[str, SetResult]:
    """Each set's best: the largest share right."""
    ordered = sorted(results, key=lambda each: each.right / each.total)
    return {each.set_id: each for each in ordered}


def count_badges(results: Iterable[SetResult], sets: Container[str]) -> int:
    """How many of `sets` have earned the badge."""
    return len({each.set_id for each in results if each.has_badge and each.set_id in sets})
