"""A competition as it stands on a day: the stage reached, the week of the plan, the open steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.enrolment import Enrolment, MilestoneDate, current_kind
from bot.domain.plan import Frame, PlannedStep, plan_back, plan_frame, plan_without_day
from content.schema import MilestoneKind, Milestones


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a candidate is. `steps` are the open ones, the next first.

    `exam` is the test the plan works towards; `frame` the plan's weeks, None when no exam lies
    ahead. `stage` is the milestone kind to come (None: all are behind), `upcoming` the dated
    milestones from today on.
    """

    exam: MilestoneDate | None
    frame: Frame | None
    stage: MilestoneKind | None
    upcoming: tuple[MilestoneDate, ...]
    steps: tuple[PlannedStep, ...]


def is_near(exam_day: date, today: date) -> bool:
    """Whether the test is tomorrow or today: nothing new is begun then (founding guide, M85)."""
    return timedelta(0) <= exam_day - today <= timedelta(days=1)


def outlook_of(enrolment: Enrolment, milestones: Milestones, today: date) -> Outlook:
    """The competition as it stands on `today`: computed anew each time, so nothing goes stale."""
    exam = enrolment.exam(today)
    kinds = milestones.kinds
    behind, done = enrolment.behind(kinds, today), enrolment.done
    upcoming = sorted(
        (known for known in enrolment.dates.values() if known.kind not in behind),
        key=lambda known: known.day,
    )
    start = min(enrolment.planned_from or today, today)
    if exam is None:
        steps = plan_without_day(milestones.steps, behind=behind, done=done)
    else:
        steps = plan_back(
            exam.day,
            today,
            milestones.steps,
            start=start,
            milestones={known.kind: known.day for known in upcoming},
            behind=behind,
            done=done,
        )
        if is_near(exam.day, today):
            # The evening before is no time to begin a mock paper.
            steps = tuple(each for each in steps if each.step.days_before is not None)
    return Outlook(
        exam=exam,
        frame=plan_frame(exam.day, start) if exam and exam.day > today else None,
        stage=current_kind(kinds, enrolment, today),
        upcoming=tuple(upcoming),
        steps=steps,
    )
