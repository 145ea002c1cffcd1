"""One next step, from what is really open."""

from __future__ import annotations

import pytest

from bot.domain.next_step import Step, Today, next_step

ALL_DONE = {"quiz_done": True, "has_unsorted": False, "has_exam_day": True, "days_since_oral": 0}


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"days_to_deadline": 3, "quiz_done": False}, "deadline"),
        ({"days_to_deadline": 4, "quiz_done": False}, "quiz"),
        ({"quiz_done": False, "has_unsorted": True}, "quiz"),
        ({"has_unsorted": True, "has_exam_day": False}, "journal"),
        ({"has_exam_day": False, "days_since_oral": None}, "dates"),
        ({"days_since_oral": None}, "oral"),
        ({"days_since_oral": 3}, "oral"),
        ({"days_since_oral": 2}, "plan"),
    ],
)
def test_the_first_open_thing_is_proposed(changes: dict[str, object], step: Step) -> None:
    assert next_step(Today(**{**ALL_DONE, **changes})) == step  # type: ignore[arg-type]
