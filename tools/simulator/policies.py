"""Who chooses the questions: the product, the never-repeat rule, chance, and one who sees all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Protocol

from tools.simulator.setting import Plan, Setting
from tools.simulator.worlds import Learner


class Policy(Protocol):
    """Chooses a day's questions and hears how they went."""

    def ask(self, day: int, count: int) -> Iterable[int]:
        """The day's questions, none twice; each is answered before the next is taken."""

    def heard(self, day: int, question: int, *, correct: bool) -> None:
        """One answer came in."""

    def forecast(self, day: int) -> float | None:
        """The expected share of the exam got right; None when it makes no forecast."""


class Chance:
    """Any questions of the bank."""

    def __init__(self, setting: Setting, plan: Plan, learner: Learner, seed: int) -> None:
        self._size = setting.size
        self._rng = Random(seed)

    def ask(self, day: int, count: int) -> Iterable[int]:
        return self._rng.sample(range(self._size), count)

    def heard(self, day: int, question: int, *, correct: bool) -> None:
        """Chance learns nothing."""

    def forecast(self, day: int) -> float | None:
        return None


class Oracle(Chance):
    """Sees the candidate's memory and takes what raises the expected mark most, one by one."""

    def __init__(self, setting: Setting, plan: Plan, learner: Learner, seed: int) -> None:
        super().__init__(setting, plan, learner, seed)
        self._learner, self._exam_day, self._theme = learner, plan.exam_day, setting.theme

    def ask(self, day: int, count: int) -> Iterable[int]:
        gains = {q: self._learner.gain(q, day, self._exam_day) for q in range(self._size)}
        for _ in range(count):
            best = max(gains, key=gains.__getitem__)
            yield best
            del gains[best]
            for q in gains:
                if self._theme[q] == self._theme[best]:
                    gains[q] = self._learner.gain(q, day, self._exam_day)


class NeverRepeat(Chance):
    """LEARNING.md's coverage rule: theme of the greatest need / (asked + 1), unseen, in turn.

    Once all was seen it starts anew with what was missed or met longest ago.
    """

    def __init__(self, setting: Setting, plan: Plan, learner: Learner, seed: int) -> None:
        super().__init__(setting, plan, learner, seed)
        self._setting = setting
        self._last: dict[int, tuple[bool, int]] = {}
        self._asked: Counter[int] = Counter()
        self._right: Counter[int] = Counter()

    def ask(self, day: int, count: int) -> Iterable[int]:
        unseen: dict[int, list[int]] = {}
        for q in range(self._size):
            if q not in self._last:
                unseen.setdefault(self._setting.theme[q], []).append(q)
        asked = Counter(self._asked)
        chosen: list[int] = []
        while unseen and len(chosen) < count:
            theme = max(unseen, key=lambda t: self._need(t) / (asked[t] + 1))
            pool = unseen[theme]
            chosen.append(pool.pop(self._rng.randrange(len(pool))))
            asked[theme] += 1
            if not pool:
                del unseen[theme]
        seen = sorted(
            (q for q in self._last if self._last[q][1] != day), key=self._last.__getitem__
        )
        return chosen + seen[: count - len(chosen)]

    def heard(self, day: int, question: int, *, correct: bool) -> None:
        theme = self._setting.theme[question]
        self._asked[theme] += 1
        self._right[theme] += correct
        self._last[question] = (correct, day)

    def _need(self, theme: int) -> float:
        total = sum(self._asked.values())
        mean = (0.8 * sum(self._right.values()) + 3 * 0.4) / (total + 3)
        known = (0.8 * self._right[theme] + 3 * mean) / (self._asked[theme] + 3)
        return self._setting.weights[theme] * (1 - known)
