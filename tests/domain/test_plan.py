"""The back-plan: a valid plan for every exam day (T7), recomputed without reproach (F10)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plan import LENGTHS, PlannedStep, plan_back, plan_frame, plan_without_day
from content.schema import PlanStep
from tests.talk import pack

TODAY = date(2026, 11, 24)
STEPS = pack().milestones.steps
IDS = [step.id for step in STEPS]


def back(days: int, **more: object) -> tuple[PlannedStep, ...]:
    return plan_back(TODAY + timedelta(days=days), TODAY, STEPS, **more)  # type: ignore[arg-type]


def due_days(plan: tuple[PlannedStep, ...]) -> list[date]:
    return [planned.due_day for planned in plan if planned.due_day is not None]


@pytest.mark.parametrize("days", range(7, 121))
def test_t7_every_exam_from_7_to_120_days_away_has_a_valid_plan(days: int) -> None:
    plan = back(days)
    frame = plan_frame(TODAY + timedelta(days=days), TODAY)
    due = due_days(plan)
    assert [planned.step.id for planned in plan] == IDS
    assert due == sorted(due)
    assert due[0] >= TODAY
    assert due[-1] == TODAY + timedelta(days=days - 1)
    assert frame.weeks == max([length for length in LENGTHS if length * 7 <= days], default=2)
    assert all(0 <= (planned.week or 0) <= frame.weeks for planned in plan)
    most = max(Counter(due).values())
    assert most <= max(3, -(-len(STEPS) // days))


@given(
    exam=st.integers(2, 140),
    filing=st.integers(0, 140),
    started=st.integers(0, 100),
    done=st.frozensets(st.sampled_from(IDS)),
)
def test_t7_nothing_after_the_exam_nor_after_the_milestone_it_must_precede(
    exam: int, filing: int, started: int, done: frozenset[str]
) -> None:
    deadline = TODAY + timedelta(days=filing)
    plan = back(
        exam,
        start=TODAY - timedelta(days=started),
        milestones={"filing_deadline": deadline},
        done=done,
    )
    due = due_days(plan)
    assert due == sorted(due)
    assert done.isdisjoint(planned.step.id for planned in plan)
    for planned, day in zip(plan, due, strict=True):
        assert TODAY <= day < TODAY + timedelta(days=exam)
        if planned.step.before == "filing_deadline":
            assert day < deadline or day == TODAY


def test_the_template_s_weeks_are_kept_when_the_plan_fits_exactly() -> None:
    for weeks in LENGTHS:
        plan = back(weeks * 7)
        late = [
            planned.step.id
            for planned in plan
            if planned.week is not None and planned.week > planned.step.weeks[weeks]
        ]
        assert late == []


def test_weeks_pass_as_the_days_do() -> None:
    frame = plan_frame(TODAY + timedelta(days=45), TODAY)
    weeks = [frame.week_of(TODAY + timedelta(days=passed)) for passed in (0, 3, 9, 10, 44)]
    assert (frame.weeks, weeks) == (6, [0, 1, 1, 2, 6])


def test_more_than_ten_weeks_begin_by_watching_for_the_notice() -> None:
    first, second, third = back(110)[:3]
    assert [first.step.id, second.step.id] == ["watch-notice", "reception-test"]
    assert max(due_days((first, second))) < TODAY + timedelta(days=7)
    assert due_days((third,))[0] > TODAY + timedelta(days=30)


def test_f10_a_lost_fortnight_is_forgiven_three_steps_a_day() -> None:
    exam = TODAY + timedelta(days=42)
    plan = plan_back(exam, TODAY, STEPS, start=TODAY - timedelta(days=14))
    per_day = Counter(due_days(plan))
    assert min(per_day) == TODAY
    assert max(per_day.values()) <= 3
    assert len(plan) == len(STEPS)


def test_under_a_week_only_what_still_counts_remains() -> None:
    last_week = {step.id for step in STEPS if step.weeks[2] == 2}
    assert {planned.step.id for planned in back(4)} == last_week
    filing = {"filing_deadline": TODAY + timedelta(days=2)}
    ids = {planned.step.id for planned in back(4, milestones=filing)}
    assert "submit-early" in ids
    assert "base-sheets" not in ids


@pytest.mark.parametrize("days", [0, -1, -30])
def test_from_the_exam_day_on_there_is_nothing_to_do(days: int) -> None:
    assert back(days) == ()


def test_steps_of_a_milestone_that_is_behind_are_left_out() -> None:
    plan = back(30, behind={"filing_deadline"})
    assert all(planned.step.before != "filing_deadline" for planned in plan)
    after_the_written = back(14, behind={"written", "filing_deadline", "admitted_list"})
    assert {planned.step.before for planned in after_the_written} == {"oral"}


def test_without_an_exam_day_the_steps_come_in_order_without_days() -> None:
    plan = plan_without_day(STEPS, done={"watch-notice"})
    assert [planned.step.id for planned in plan] == IDS[1:]
    assert {(planned.due_day, planned.week) for planned in plan} == {(None, None)}


def test_the_eve_s_steps_are_for_the_eve() -> None:
    eve = TODAY + timedelta(days=59)
    plan = {planned.step.id: planned.due_day for planned in back(60)}
    assert [plan[each] for each in ("scout-centre", "prepare-kit", "rest-and-sleep")] == [eve] * 3


def test_another_pack_s_steps_need_no_code() -> None:
    one: PlanStep = STEPS[0]
    assert [each.step for each in plan_back(TODAY + timedelta(days=20), TODAY, [one])] == [one]
