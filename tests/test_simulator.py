"""Our simulated candidates: who knows more chooses better, and the product beats never-repeat."""

from __future__ import annotations

import pytest

from tools.simulator.contest import prepare
from tools.simulator.setting import Plan
from tools.simulator.worlds import WORLDS


@pytest.mark.parametrize("world", WORLDS)
def test_the_product_is_worth_more_than_never_repeating_in_each_world(world: str) -> None:
    def mean(policy: str) -> float:
        plan = Plan(items=240, days=28)
        return sum(prepare(world, plan, policy, seed).known for seed in range(16)) / 16

    assert mean("random") < mean("never repeat") < mean("product") < mean("oracle")


def test_the_same_seed_is_the_same_candidate() -> None:
    plan = Plan(items=100, days=10)
    assert prepare("ladder", plan, "product", 3) == prepare("ladder", plan, "product", 3)
