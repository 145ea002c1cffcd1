"""What the result of a timed set is worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timed_set import SetResult, best_results, count_badges, right_needed


@given(st.integers(1, 40), st.integers(0, 40))
def test_the_badge_is_sixty_percent_of_all_questions(total: int, right: int) -> None:
    right = min(right, total)
    result = SetResult(set_id="set-amo", right=right, total=total)
    assert result.has_badge == (10 * right >= 6 * total)
    assert result.has_badge == (right >= right_needed(total))


def test_twelve_of_twenty_earn_the_badge_and_eleven_do_not() -> None:
    assert SetResult(set_id="a", right=12, total=20).has_badge
    assert not SetResult(set_id="a", right=11, total=20).has_badge


def test_the_best_result_stays_and_a_badge_counts_once() -> None:
    results = [SetResult(set_id="a", right=right, total=20) for right in (9, 14, 12)]
    gone = SetResult(set_id="gone", right=20, total=20)
    assert best_results(results)["a"].right == 14
    assert count_badges([*results, gone], {"a", "b"}) == 1
