"""Candidates of one world under several policies, and the share of the gap each closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tools.simulator.policies import Chance, NeverRepeat, Oracle, Policy
from tools.simulator.product import EasyOpener, Product
from tools.simulator.setting import Plan, Setting, make_setting
from tools.simulator.worlds import GUESS, SLIP, WORLDS, Learner

POLICIES: dict[str, Callable[[Setting, Plan, Learner, int], Policy]] = {
    "random": Chance,
    "oracle": Oracle,
    "never repeat": NeverRepeat,
    "product": Product,
    "easy opener": EasyOpener,
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one candidate's preparation ended.

    `known`: the expected known share of the exam. `forecast` minus `right` (the expected share
    of right answers) is the forecast's error. `openers` and `answers` are right / asked.
    """

    known: float
    right: float
    forecast: float | None
    openers: tuple[int, int]
    answers: tuple[int, int]
    repeats: int
    hardest: int


def prepare(world: str, plan: Plan, policy: str, seed: int) -> Outcome:
    """One candidate from the first day to the exam; the same seed is the same person."""
    setting = make_setting(plan, Random(f"setting {seed}"))
    learner = WORLDS[world](setting, plan, Random(f"{world} {seed}"))
    chooser = POLICIES[policy](setting, plan, learner, seed)
    rng = Random(f"life {seed}")
    missed = rng.uniform(*plan.missed)
    present = [day for day in range(1, plan.days + 1) if rng.random() >= missed]
    openers = right = asked = repeats = hardest = 0
    met: set[int] = set()
    for day in present:
        for place, question in enumerate(chooser.ask(day, plan.per_day)):
            known = learner.known(question, day)
            correct = rng.random() < known * (1 - SLIP) + (1 - known) * GUESS
            learner.study(question, day)
            chooser.heard(day, question, correct=correct)
            asked, right = asked + 1, right + correct
            openers += correct and place == 0
            repeats += question in met
            hardest += setting.grade[question] == 3
            met.add(question)
    shares = [learner.known(q, plan.exam_day) for q in range(len(setting.value))]
    known = sum(value * share for value, share in zip(setting.value, shares, strict=True))
    return Outcome(
        known=known,
        right=known * (1 - SLIP) + (1 - known) * GUESS,
        forecast=chooser.forecast(plan.days),
        openers=(openers, len(present)),
        answers=(right, asked),
        repeats=repeats,
        hardest=hardest,
    )


def gap_closed(mine: list[float], chance: list[float], oracle: list[float]) -> float:
    """Percent of the distance from chance to the oracle, of means over the same candidates."""
    return 100 * (sum(mine) - sum(chance)) / (sum(oracle) - sum(chance))


def lower_bound(
    mine: list[float], chance: list[float], oracle: list[float], rng: Random, draws: int = 500
) -> float:
    """The 2.5 % quantile of `gap_closed` when candidates are drawn anew (bootstrap)."""
    count = len(mine)
    found = []
    for _ in range(draws):
        picks = rng.choices(range(count), k=count)
        found.append(
            gap_closed(
                [mine[i] for i in picks], [chance[i] for i in picks], [oracle[i] for i in picks]
            )
        )
    return sorted(found)[int(0.025 * draws)]
