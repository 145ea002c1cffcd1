"""What an exam looks like to the simulator: weighted themes, a bank, questions outside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Literal

# A third of the exam asks what the bank does not hold (LEARNING.md).
OUTSIDE = 1 / 3
# How the author's three grades spread over a bank.
GRADES: dict[Literal[1, 2, 3], float] = {1: 0.3, 2: 0.45, 3: 0.25}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The terms of one contest: sizes, days and what varies between contests.

    `transfer` multiplies how much a question teaches about its concept; `missed` bounds the
    share of days a candidate is absent; an exam has one of `concept_sizes` (bank and outside).
    `lean` bounds how far a theme's number of questions follows its weight (0: all alike).
    """

    items: int = 500
    themes: int = 12
    days: int = 56
    per_day: int = 5
    transfer: float = 1.0
    missed: tuple[float, float] = (0.2, 0.4)
    concept_sizes: tuple[int, ...] = (3, 6, 10)
    lean: tuple[float, float] = (0.0, 1.0)

    @property
    def exam_day(self) -> int:
        """The day after the last one."""
        return self.days + 1


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One exam. Questions are numbered: the bank's `size` first, then those outside it.

    `value[q]` is the share of the exam question q stands for; all sum to 1.
    """

    size: int
    weights: list[float]
    theme: list[int]
    concept: list[int]
    grade: list[Literal[1, 2, 3]]
    hardness: list[float]
    value: list[float]
    members: list[list[int]]


def make_setting(plan: Plan, rng: Random) -> Setting:
    """An exam of `plan`: theme weights differ up to tenfold, theme sizes do not quite follow."""
    raw = [math.exp(rng.gauss(0, 0.6)) for _ in range(plan.themes)]
    weights = [weight / sum(raw) for weight in raw]
    lean = rng.uniform(*plan.lean)
    crowd = [lean * w + (1 - lean) / plan.themes for w in weights]
    outside = plan.items // 2
    count = plan.items + outside
    theme = list(range(plan.themes)) + rng.choices(
        range(plan.themes), crowd, k=plan.items - plan.themes
    )
    theme += list(range(plan.themes)) + rng.choices(
        range(plan.themes), crowd, k=outside - plan.themes
    )
    concept, members = _concepts(theme, plan.themes, rng.choice(plan.concept_sizes), rng)
    grade = rng.choices(list(GRADES), list(GRADES.values()), k=count)
    hardness = [0.7 * (g - 2) + rng.gauss(0, 0.8) for g in grade]
    value = [0.0] * count
    for first, last, share in ((0, plan.items, 1 - OUTSIDE), (plan.items, count, OUTSIDE)):
        for t in range(plan.themes):
            mine = [q for q in range(first, last) if theme[q] == t]
            for q in mine:
                value[q] = share * weights[t] / len(mine)
    return Setting(
        size=plan.items,
        weights=weights,
        theme=theme,
        concept=concept,
        grade=grade,
        hardness=hardness,
        value=value,
        members=members,
    )


def _concepts(
    theme: list[int], themes: int, size: int, rng: Random
) -> tuple[list[int], list[list[int]]]:
    """Each theme's questions shared out over concepts of about `size`, bank and outside alike."""
    concept = [0] * len(theme)
    members: list[list[int]] = []
    for t in range(themes):
        mine = [q for q, of in enumerate(theme) if of == t]
        first, number = len(members), max(1, round(len(mine) / size))
        members += [[] for _ in range(number)]
        for q in mine:
            concept[q] = first + rng.randrange(number)
            members[concept[q]].append(q)
    return concept, members
