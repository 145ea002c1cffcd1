"""What the weekly review proposes, and what it leaves alone: each rule at its edges (M74, T8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.absence import Absence
from bot.domain.enrolment import Enrolment, MilestoneDate, Status
from bot.domain.outlook import outlook_of
from bot.domain.quiz import DAILY_CHOICES, Answer
from bot.domain.review import Facts, propose_focus, propose_questions, propose_replan, review
from tests.domain.answers import DAY, answer
from tests.domain.people import CREATED
from tests.talk import pack

EXAM = DAY + timedelta(days=60)
AWAY = Absence(since=DAY - timedelta(days=9), until=DAY)


def competition(
    exam: date = EXAM, started: int = 20, done: dict[str, Status] | None = None
) -> Enrolment:
    return Enrolment(
        id=1,
        candidate_id="x",
        name="x",
        created_at=CREATED,
        planned_from=DAY - timedelta(days=started),
        dates={"written": MilestoneDate(kind="written", day=exam, entered_on=DAY)},
        statuses=done or {},
    )


def facts(**fields: Any) -> Facts:
    known = {
        "today": DAY,
        "exam_day": EXAM,
        "enrolment": None,
        "milestones": pack().milestones,
        "questions_a_day": 5,
        "daily_days": {},
        "answers": (),
        "questions": pack().questions,
        "focus": ("", None),
    }
    return Facts(**{**known, **fields})


def week(kept: int, missed: int) -> dict[date, bool]:
    days = [DAY - timedelta(days=back) for back in range(kept + missed)]
    return {day: place >= missed for place, day in enumerate(reversed(days))}


def test_a_good_week_calls_for_nothing() -> None:
    assert review(facts(daily_days=week(4, 3), enrolment=competition(started=1))) == ()


# --- the plan anew ---


def test_t8_after_an_absence_the_plan_is_proposed_anew_from_today() -> None:
    change = propose_replan(facts(enrolment=competition(), away=AWAY))
    assert change is not None
    same = {"enrolment": 1, "exam_day": change.before["exam_day"]}
    assert change.before == {**same, "planned_from": "2026-11-04"}
    assert change.after == {**same, "planned_from": DAY.isoformat()}
    assert change.why["away"] == 9


def test_without_an_absence_three_steps_must_be_behind_their_day() -> None:
    steps = [each.id for each in pack().milestones.steps]
    exam, late = DAY + timedelta(days=40), []
    for n in range(len(steps)):
        mine = competition(exam, 30, dict.fromkeys(steps[:n], "validated"))
        change = propose_replan(facts(enrolment=mine))
        late.append(change.why["late"] if change else None)
    assert late[:6] == [8, 7, 6, 5, 4, 3]
    assert set(late[6:]) == {None}


@pytest.mark.parametrize(("days", "is_proposed"), [(13, False), (14, True)])
def test_the_plan_is_left_alone_when_its_shortest_length_no_longer_fits(
    days: int, *, is_proposed: bool
) -> None:
    exam = DAY + timedelta(days=days)
    found = propose_replan(facts(enrolment=competition(exam, started=30), away=AWAY))
    assert (found is not None) == is_proposed


def test_a_plan_begun_today_is_not_proposed_again() -> None:
    assert propose_replan(facts(enrolment=competition(started=0), away=AWAY)) is None


def test_without_a_day_of_a_test_there_is_no_plan_to_make_anew() -> None:
    undated = replace(competition(), dates={})
    assert propose_replan(facts(enrolment=undated, away=AWAY)) is None


@given(st.integers(15, 120), st.integers(1, 60))
def test_a_proposed_plan_differs_on_the_screen_and_loses_no_step(exam: int, started: int) -> None:
    mine = competition(DAY + timedelta(days=exam), started)
    change = propose_replan(facts(enrolment=mine, away=AWAY))
    if change is None:
        return
    anew = replace(mine, planned_from=date.fromisoformat(str(change.after["planned_from"])))
    before = outlook_of(mine, pack().milestones, DAY).steps
    after = outlook_of(anew, pack().milestones, DAY).steps
    assert before != after
    assert [each.step.id for each in before] == [each.step.id for each in after]


# --- how many questions a day ---


@pytest.mark.parametrize(
    ("now", "kept", "missed", "then"),
    [
        (5, 2, 3, 3),
        (5, 2, 5, 3),
        (5, 3, 4, 5),
        (5, 1, 3, 5),
        (10, 0, 7, 5),
        (3, 0, 7, 3),
        (3, 6, 1, 5),
        (3, 5, 2, 3),
    ],
)
def test_few_quizzes_kept_call_for_fewer_questions_and_all_kept_for_more(
    now: int, kept: int, missed: int, then: int
) -> None:
    change = propose_questions(facts(questions_a_day=now, daily_days=week(kept, missed)))
    assert (change.after["questions_a_day"] if change else now) == then


@pytest.mark.parametrize(("exam_in", "then"), [(28, 10), (29, 5), (None, 5)])
def test_ten_a_day_are_for_the_last_four_weeks(exam_in: int | None, then: int) -> None:
    exam = DAY + timedelta(days=exam_in) if exam_in else None
    change = propose_questions(facts(daily_days=week(6, 0), exam_day=exam))
    assert (change.after["questions_a_day"] if change else 5) == then


def test_nobody_is_taken_beyond_the_choices() -> None:
    near = DAY + timedelta(days=5)
    assert (
        propose_questions(facts(questions_a_day=10, daily_days=week(7, 0), exam_day=near)) is None
    )
    assert propose_questions(facts(questions_a_day=3, away=AWAY)) is None


def test_the_quiz_of_today_still_to_come_is_not_missed() -> None:
    days = week(2, 2) | {DAY: False}
    assert propose_questions(facts(daily_days=days)) is None


# --- the topic of the week ---


def answers_on(topic: str, right: int, wrong: int, *, back: int = 0) -> list[Answer]:
    place = next(n for n, q in enumerate(pack().questions.values()) if q.topic == topic)
    marks = [True] * right + [False] * wrong
    return [answer(place, correct=mark, after=-back) for mark in marks]


FIRST, SECOND = (topic.id for topic in pack().head.topics[:2])


@pytest.mark.parametrize(
    ("right", "wrong", "is_proposed"), [(2, 2, True), (3, 2, False), (0, 3, False), (0, 4, True)]
)
def test_a_topic_speaks_from_four_answers_on_half_of_them_wrong(
    right: int, wrong: int, *, is_proposed: bool
) -> None:
    change = propose_focus(facts(answers=answers_on(FIRST, right, wrong)))
    assert (change is not None) == is_proposed
    if change is not None:
        assert change.why == {"right": right, "answered": right + wrong}


def test_the_topic_with_the_most_misses_of_this_week_is_proposed() -> None:
    answers = [
        *answers_on(FIRST, 0, 9, back=7),
        *answers_on(FIRST, 0, 4, back=6),
        *answers_on(SECOND, 1, 5),
    ]
    change = propose_focus(facts(answers=answers))
    assert change is not None
    until = (DAY + timedelta(days=6)).isoformat()
    assert change.after == {"focus_topic": SECOND, "focus_until": until}


@pytest.mark.parametrize(("left", "is_proposed"), [(1, False), (0, True), (-1, True)])
def test_a_topic_in_focus_is_proposed_again_from_its_last_day_on(
    left: int, *, is_proposed: bool
) -> None:
    asked = facts(answers=answers_on(FIRST, 0, 5), focus=(FIRST, DAY + timedelta(days=left)))
    assert (propose_focus(asked) is not None) == is_proposed


# --- all together ---


@pytest.mark.parametrize(("exam_in", "count"), [(0, 0), (1, 0), (2, 2)])
def test_nothing_is_proposed_on_the_eve_and_the_day_of_a_test(exam_in: int, count: int) -> None:
    exam = DAY + timedelta(days=exam_in)
    asked = facts(exam_day=exam, away=AWAY, answers=answers_on(FIRST, 0, 5))
    assert len(review(asked)) == count


def test_t8_at_most_three_changes_one_of_a_kind_and_none_that_rests() -> None:
    asked = facts(enrolment=competition(), away=AWAY, answers=answers_on(FIRST, 0, 5))
    assert [each.kind for each in review(asked)] == ["replan", "questions", "focus"]
    rest = review(asked, without=frozenset({"questions"}))
    assert [each.kind for each in rest] == ["replan", "focus"]


@given(st.sampled_from(DAILY_CHOICES), st.dictionaries(st.integers(0, 9), st.booleans()))
def test_every_number_proposed_is_a_choice_one_step_away(now: int, days: dict[int, bool]) -> None:
    daily = {DAY - timedelta(days=back): done for back, done in days.items()}
    change = propose_questions(facts(questions_a_day=now, daily_days=daily))
    if change is not None:
        then = DAILY_CHOICES.index(int(change.after["questions_a_day"] or 0))
        assert abs(then - DAILY_CHOICES.index(now)) == 1
