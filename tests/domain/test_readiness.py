"""Shares are honest: recent, by area, unknown rather than zero."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.readiness import (
    BAR_LENGTH,
    GATE_ANSWERS,
    LAST,
    Share,
    area_shares,
    area_to_work_on,
    fewest,
    gate_share,
    is_gate_open,
    share_of,
)
from tests.domain.answers import ITEMS, answer
from tests.talk import pack


def test_t6_only_sheet_quizzes_and_thematic_sets_count_towards_the_first_gate() -> None:
    daily = [answer(0, correct=True)] * 50
    extra = [replace(answer(0, correct=True), quiz_kind="extra")]
    sheet = [replace(answer(0), quiz_kind="sheet")]
    in_set = [replace(answer(1, correct=True), quiz_kind="set")]
    assert gate_share([*daily, *extra, *sheet]) == Share(right=0, answered=1)
    assert gate_share([*daily, *extra, *sheet, *in_set]) == Share(right=1, answered=2)


def test_t6_a_question_of_a_sheet_that_comes_back_in_a_set_counts_the_first_time_only() -> None:
    missed = replace(answer(0), quiz_kind="sheet")
    again = replace(answer(0, correct=True), quiz_kind="set")
    assert gate_share([missed, again]) == Share(right=0, answered=1)


@given(st.integers(0, GATE_ANSWERS), st.integers(0, GATE_ANSWERS))
def test_t6_the_gate_opens_at_sixty_percent_of_forty(right: int, wrong: int) -> None:
    share = Share(right=right, answered=right + wrong)
    is_open = right + wrong >= GATE_ANSWERS and right * 10 >= 6 * (right + wrong)
    assert is_gate_open(share) == is_open


def test_t6_twenty_four_of_forty_open_it_and_twenty_three_do_not() -> None:
    assert is_gate_open(Share(right=24, answered=40))
    assert not is_gate_open(Share(right=23, answered=40))
    assert not is_gate_open(Share(right=39, answered=39))


def test_only_the_last_forty_answers_count() -> None:
    old, new = [answer(0)] * 30, [answer(0, correct=True)] * LAST
    assert share_of([*old, *new]).percent == 100


def test_answers_are_shared_out_over_all_areas() -> None:
    answers = [answer(number) for number in range(len(ITEMS))]
    shares = area_shares(answers, pack())
    assert list(shares) == [area.id for area in pack().head.areas]
    assert all(share.answered > 0 for share in shares.values())


def test_the_lowest_known_share_is_worked_on_first() -> None:
    shares = {
        "a": Share(right=3, answered=4),
        "b": Share(right=1, answered=4),
        "c": Share(right=0, answered=2),
    }
    assert area_to_work_on(shares, {"c": 9.0}) == "b"


def test_without_a_known_share_the_heaviest_area_comes_first() -> None:
    shares = {"a": Share(right=0, answered=0), "b": Share(right=0, answered=1)}
    assert area_to_work_on(shares, {"a": 1.0, "b": 2.0}) == "b"


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_bar_and_a_percentage_stay_in_bounds(right: int, wrong: int) -> None:
    share = Share(right=right, answered=right + wrong)
    assert 0 <= share.percent <= 100
    assert 0 <= share.cells <= BAR_LENGTH


@given(st.integers(0, 200), st.integers(1, 100))
def test_the_fewest_that_reach_a_percentage_reach_it_and_one_less_does_not(
    total: int, percent: int
) -> None:
    needed = fewest(total, percent)
    assert 100 * needed >= percent * total > 100 * (needed - 1)
