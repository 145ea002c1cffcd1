"""The one thing to do next today, from where the candidate really is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.messages import Choice, Line, line

Step = Literal["deadline", "quiz", "journal", "dates", "oral", "plan"]
_TOKENS: dict[Step, str] = {
    "deadline": "plan::show",
    "quiz": "quiz::open",
    "journal": "journal::show",
    "dates": "dates::show",
    "oral": "oral::prep",
    "plan": "plan::show",
}
# A deadline this near comes before everything else: filing is safest three days early (P01).
NEAR_DAYS = 3
# An oral answer is worked on again after so many days.
ORAL_EVERY_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What a day's next step depends on.

    `days_to_deadline` and `days_since_oral` are None when there is none; `has_exam_day`: the day
    of a test is known or estimated.
    """

    quiz_done: bool
    has_unsorted: bool
    has_exam_day: bool
    days_to_deadline: int | None = None
    days_since_oral: int | None = None


def next_step(today: Today) -> Step:
    """A near deadline, the daily quiz, its misses, a date to plan from, the oral, the plan."""
    if today.days_to_deadline is not None and today.days_to_deadline <= NEAR_DAYS:
        return "deadline"
    if not today.quiz_done:
        return "quiz"
    if today.has_unsorted:
        return "journal"
    if not today.has_exam_day:
        return "dates"
    if today.days_since_oral is None or today.days_since_oral >= ORAL_EVERY_DAYS:
        return "oral"
    return "plan"


def say_step(step: Step) -> Line:
    """The step as a sentence."""
    return line(f"menu.step_{step}")


def step_choice(step: Step) -> Choice:
    """The button that leads to the step."""
    return Choice(token=_TOKENS[step], label=line(f"menu.go_{step}"))
