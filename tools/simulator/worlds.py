"""Three ways a memory may work. None is the product's model, and all three know more than it.

Fading: what is learnt fades exponentially, and spaced returns make it last.
Crowding: activation is a sum of power-law traces; questions of one theme on one day interfere.
Ladder: a question is known or not; a concept is hardly learnt before the one it rests on.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Protocol

from tools.simulator.setting import Plan, Setting

GUESS, SLIP = 0.25, 0.05


class Learner(Protocol):
    """A candidate of one world."""

    def known(self, question: int, day: int) -> float:
        """The chance that the candidate knows the question on `day`, learning nothing more."""

    def study(self, question: int, day: int) -> None:
        """The candidate met the question on `day` and read its explanation."""

    def gain(self, question: int, day: int, exam_day: int) -> float:
        """By how much the expected known share of the exam rises if `question` is met on `day`."""


def knows_first(setting: Setting, rng: Random, level: float = -1.0) -> list[float]:
    """The chance to know each question before the first day: person, theme, concept, hardness."""
    person = rng.gauss(level, 0.7)
    themes = [rng.gauss(0, 0.8) for _ in setting.weights]
    concepts = [rng.gauss(0, 0.6) for _ in setting.members]
    return [
        logistic(person + themes[setting.theme[q]] + concepts[setting.concept[q]] - hard)
        for q, hard in enumerate(setting.hardness)
    ]


def logistic(x: float) -> float:
    """The inverse of the logit."""
    return 1 / (1 + math.exp(-x))


class Fading:
    """Exponential forgetting whose half-life grows with spaced returns."""

    def __init__(self, setting: Setting, plan: Plan, rng: Random) -> None:
        self._setting = setting
        self._prior = knows_first(setting, rng)
        self._stay = rng.uniform(25, 75)
        self._learn = rng.uniform(0.75, 0.95)
        self._grow = rng.uniform(1.0, 2.5)
        self._transfer = plan.transfer * rng.uniform(0.1, 0.4)
        self._ease = [math.exp(-0.5 * hard) for hard in setting.hardness]
        self._items: dict[int, tuple[float, int]] = {}
        self._concepts: dict[int, tuple[float, int]] = {}

    def known(self, question: int, day: int) -> float:
        own = self._left(self._items.get(question), day)
        shared = self._left(self._concepts.get(self._setting.concept[question]), day)
        return 1 - (1 - self._prior[question]) * (1 - own) * (1 - self._transfer * shared)

    def study(self, question: int, day: int) -> None:
        concept = self._setting.concept[question]
        self._items[question] = self._met(self._items.get(question), day, self._ease[question])
        self._concepts[concept] = self._met(self._concepts.get(concept), day)

    def gain(self, question: int, day: int, exam_day: int) -> float:
        setting = self._setting
        concept = setting.concept[question]
        own = self._items.get(question)
        own_before = self._left(own, exam_day)
        own_after = self._left(self._met(own, day, self._ease[question]), exam_day)
        shared = self._concepts.get(concept)
        before = 1 - self._transfer * self._left(shared, exam_day)
        after = 1 - self._transfer * self._left(self._met(shared, day), exam_day)
        total = (
            setting.value[question]
            * (1 - self._prior[question])
            * ((1 - own_before) * before - (1 - own_after) * after)
        )
        for q in setting.members[concept]:
            if q != question:
                unseen = (1 - self._prior[q]) * (1 - self._left(self._items.get(q), exam_day))
                total += setting.value[q] * unseen * (before - after)
        return total

    def _left(self, memory: tuple[float, int] | None, day: int) -> float:
        if memory is None:
            return 0.0
        return self._learn * math.exp(-(day - memory[1]) / memory[0])

    def _met(
        self, memory: tuple[float, int] | None, day: int, ease: float = 1.0
    ) -> tuple[float, int]:
        if memory is None:
            return (self._stay * ease, day)
        return (memory[0] * (1 + self._grow * (1 - self._left(memory, day) / self._learn)), day)


class Crowding:
    """Power-law traces; a trace laid among others of its theme fades faster."""

    def __init__(self, setting: Setting, plan: Plan, rng: Random) -> None:
        self._setting = setting
        self._prior = knows_first(setting, rng)
        self._decay = rng.uniform(0.3, 0.5)
        self._threshold = rng.uniform(-1.7, -1.1)
        self._noise = rng.uniform(0.3, 0.5)
        self._crowd = rng.uniform(0.02, 0.06)
        self._transfer = plan.transfer * rng.uniform(0.04, 0.16)
        self._own: dict[int, list[tuple[int, float]]] = {}
        self._shared: dict[int, list[tuple[int, float]]] = {}
        self._today: dict[tuple[int, int], int] = {}

    def known(self, question: int, day: int) -> float:
        own, shared = self._sums(question, day)
        return self._chance(question, own, shared)

    def study(self, question: int, day: int) -> None:
        setting = self._setting
        trace = (day, self._decay_now(question, day))
        theme_day = (setting.theme[question], day)
        self._today[theme_day] = self._today.get(theme_day, 0) + 1
        self._own.setdefault(question, []).append(trace)
        self._shared.setdefault(setting.concept[question], []).append(trace)

    def gain(self, question: int, day: int, exam_day: int) -> float:
        setting = self._setting
        trace = float(exam_day - day) ** -self._decay_now(question, day)
        own, shared = self._sums(question, exam_day)
        total = setting.value[question] * (
            self._chance(question, own + trace, shared + trace)
            - self._chance(question, own, shared)
        )
        for q in setting.members[setting.concept[question]]:
            if q != question:
                own = sum(
                    float(max(exam_day - at, 0.5)) ** -decay for at, decay in self._own.get(q, ())
                )
                total += setting.value[q] * (
                    self._chance(q, own, shared + trace) - self._chance(q, own, shared)
                )
        return total

    def _sums(self, question: int, day: int) -> tuple[float, float]:
        own = self._own.get(question, ())
        shared = self._shared.get(self._setting.concept[question], ())
        return (
            sum(float(max(day - at, 0.5)) ** -decay for at, decay in own),
            sum(float(max(day - at, 0.5)) ** -decay for at, decay in shared),
        )

    def _chance(self, question: int, own: float, shared: float) -> float:
        # What the candidate knew and learns is remembered apart; siblings lend some activation.
        strength = (1 - self._transfer) * own + self._transfer * shared
        if strength <= 0:
            return self._prior[question]
        recalled = logistic(
            (math.log(strength) - self._threshold - 0.25 * self._setting.hardness[question])
            / self._noise
        )
        return 1 - (1 - self._prior[question]) * (1 - recalled)

    def _decay_now(self, question: int, day: int) -> float:
        """Faster among others of the day, and where the memory is still fresh (massing)."""
        own, _ = self._sums(question, day)
        crowd = self._today.get((self._setting.theme[question], day), 0)
        return self._decay + self._crowd * crowd + 0.1 * min(own, 1.5)


class Ladder:
    """Known or not; a concept rests on another, without which little is learnt or transferred."""

    def __init__(self, setting: Setting, plan: Plan, rng: Random) -> None:
        self._setting = setting
        self._rng = rng
        first = knows_first(setting, rng, level=-1.6)
        self._base = [1.0 if rng.random() < chance else 0.0 for chance in first]
        self._forget = rng.uniform(0.012, 0.03)
        self._learn = rng.uniform(0.65, 0.9)
        self._stuck = rng.uniform(0.3, 0.6)
        self._spread = plan.transfer * rng.uniform(0.12, 0.3)
        self._item: dict[int, tuple[int, int]] = {}
        self._below = self._rests_on(rng)

    def known(self, question: int, day: int) -> float:
        if self._base[question]:
            return 1.0
        learnt = self._item.get(question)
        if learnt is None:
            return 0.0
        since, times = learnt
        return math.exp(-self._forget / times * (day - since))

    def study(self, question: int, day: int) -> None:
        chance = self._chance(question, day)
        for q, share in self._taught(question):
            if self._rng.random() < chance * share:
                self._learnt(q, day)

    def gain(self, question: int, day: int, exam_day: int) -> float:
        chance = self._chance(question, day)
        total = 0.0
        for q, share in self._taught(question):
            if self._base[q]:
                continue
            times = self._item[q][1] + 1 if q in self._item else 1
            after = math.exp(-self._forget / min(times, 4) * (exam_day - day))
            rise = max(after - self.known(q, exam_day), 0.0)
            total += self._setting.value[q] * chance * share * rise
        return total

    def _taught(self, question: int) -> list[tuple[int, float]]:
        siblings = self._setting.members[self._setting.concept[question]]
        return [(q, 1.0 if q == question else self._spread) for q in siblings]

    def _learnt(self, question: int, day: int) -> None:
        if self._base[question]:
            return
        _, times = self._item.get(question, (day, 0))
        self._item[question] = (day, min(times + 1, 4))

    def _chance(self, question: int, day: int) -> float:
        learn = self._learn * math.exp(-0.3 * max(self._setting.hardness[question], 0))
        below = self._below[self._setting.concept[question]]
        if below is None or not self._setting.members[below]:
            return learn
        members = self._setting.members[below]
        share = sum(self.known(q, day) for q in members) / len(members)
        return learn * (1 if share >= 0.5 else self._stuck)

    def _rests_on(self, rng: Random) -> list[int | None]:
        """Half of the concepts rest on an earlier one of their theme."""
        below: list[int | None] = [None] * len(self._setting.members)
        by_theme: dict[int, list[int]] = {}
        for c, members in enumerate(self._setting.members):
            if not members:
                continue
            earlier = by_theme.setdefault(self._setting.theme[members[0]], [])
            if earlier and rng.random() < 0.5:
                below[c] = rng.choice(earlier)
            earlier.append(c)
        return below


WORLDS: dict[str, Callable[[Setting, Plan, Random], Learner]] = {
    "fading": Fading,
    "crowding": Crowding,
    "ladder": Ladder,
}
