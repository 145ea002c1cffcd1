"""The back-plan: from one exam day to what is due when, however near or far the day is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.enrolment import WRITTEN
from content.schema import PlanStep

# Plan lengths in weeks: the guide's 8 to 10 (M67), and 2 to 6 because in reality 17 to 99 days
# pass from the notice to the written test (FEATURES part 4).
LENGTHS = (2, 4, 6, 8, 9, 10)
WEEK = 7
# Steps left behind get the next days, so many a day: what a screen shows as next.
CATCH_UP = 3
DAY = timedelta(days=1)
# Longer than the gap between any two of LENGTHS: only ahead of the longest plan.
LONG_WAIT = timedelta(weeks=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step, the last day to do it, and the week of the plan that day lies in.

    Both are None when no exam day is known; week 0 comes before the plan's first week.
    """

    step: PlanStep
    due_day: date | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A plan's length in weeks and the days it runs, the last one being the eve of the exam."""

    weeks: int
    first_day: date
    exam_day: date

    @property
    def days(self) -> int:
        """How many days the plan has; fewer than its weeks say when it is compressed."""
        return (self.exam_day - self.first_day).days

    def day_of(self, week: int, place: int, of: int) -> date:
        """The last day for the step at `place` (1 is first) among `of` steps of a week."""
        share = ((week - 1) * of + place) * self.days
        return self.first_day + timedelta(days=-(-share // (self.weeks * of)) - 1)

    def week_of(self, day: date) -> int:
        """The week that `day` lies in; 0 before the first."""
        passed = (day - self.first_day).days
        return 0 if passed < 0 else min(self.weeks, passed * self.weeks // self.days + 1)


def plan_frame(exam_day: date, start: date) -> Frame:
    """The longest of LENGTHS that fits from `start` to the exam (which must lie after it).

    The plan proper ends on the eve of the exam and so may begin later than `start`. With less
    than two weeks, the two-week plan is compressed into the days there are.
    """
    days = (exam_day - start).days
    weeks = max((length for length in LENGTHS if length * WEEK <= days), default=LENGTHS[0])
    return Frame(
        weeks=weeks,
        first_day=exam_day - timedelta(days=min(days, weeks * WEEK)),
        exam_day=exam_day,
    )


def plan_back(
    exam_day: date,
    today: date,
    steps: Sequence[PlanStep],
    *,
    start: date | None = None,
    milestones: Mapping[str, date] | None = None,
    behind: Collection[str] = (),
    done: Collection[str] = (),
) -> tuple[PlannedStep, ...]:
    """The open steps in their order, each with a day from `today` to the eve of the exam.

    `start` (default today) is when the plan was made: it fixes the length, so that weeks pass as
    the days do. A step comes before the milestone it names, where `milestones` gives its day.
    Steps that are `done`, or whose milestone is `behind`, are left out. What was not done in time
    simply gets the next days. Under a week before the exam only the last week's steps remain,
    and what a dated milestone asks for; from the exam day on there is nothing to do.
    """
    if exam_day <= today:
        return ()
    start = min(start or today, today)
    frame = plan_frame(exam_day, start)
    known = milestones or {}
    is_short = frame.days < WEEK
    wished = [
        (step, day)
        for step, day in _wished_days(steps, frame, start)
        if step.id not in done
        and (step.before or WRITTEN) not in behind
        and (not is_short or step.weeks[frame.weeks] == frame.weeks or step.before in known)
    ]
    days = _spread([day for _, day in wished], today, exam_day)
    latest = exam_day - DAY
    for place in reversed(range(len(days))):
        before = known.get(wished[place][0].before, exam_day)
        latest = min(latest, max(before - DAY, today))
        days[place] = min(days[place], latest)
    return tuple(
        PlannedStep(step=step, due_day=day, week=frame.week_of(day))
        for (step, _), day in zip(wished, days, strict=True)
    )


def plan_without_day(
    steps: Sequence[PlanStep], *, behind: Collection[str] = (), done: Collection[str] = ()
) -> tuple[PlannedStep, ...]:
    """The open steps in their order while no exam day is known."""
    return tuple(
        PlannedStep(step=step)
        for step in steps
        if step.id not in done and (step.before or WRITTEN) not in behind
    )


def _wished_days(
    steps: Sequence[PlanStep], frame: Frame, start: date
) -> list[tuple[PlanStep, date]]:
    """Each step's day by the template: the steps of a week share its days evenly.

    The first week's begin at `start`, even when the plan proper begins later.
    """
    weeks = [step.weeks[frame.weeks] for step in steps]
    size, place = Counter(weeks), Counter[int]()
    wished = []
    for step, week in zip(steps, weeks, strict=True):
        place[week] += 1
        day = frame.day_of(week, place[week], size[week])
        if step.days_before is not None:
            day = frame.exam_day - timedelta(days=step.days_before)
        elif week == 1:
            day = _first_week_day(frame, start, place[week], size[week])
        wished.append((step, day))
    return wished


def _first_week_day(frame: Frame, start: date, place: int, of: int) -> date:
    """A first-week step's day: the days before the plan proper are shared out too.

    With weeks of waiting ahead, watching for the notice and the like still belong to the first
    seven days: the window to file may open any day (P05).
    """
    last = frame.day_of(1, of, of)
    if frame.first_day - start > LONG_WAIT:
        last = start + timedelta(days=WEEK - 1)
    return start + timedelta(days=-(-place * ((last - start).days + 1) // of) - 1)


def _spread(wished: list[date], today: date, exam_day: date) -> list[date]:
    """Days in order, none before `today`, and no crowd where steps were left behind."""
    a_day = max(CATCH_UP, -(-len(wished) // (exam_day - today).days))
    taken, day, days = Counter[date](), today, []
    for wish in wished:
        day = max(day, wish)
        if taken[day] >= a_day:
            day += DAY
        taken[day] += 1
        days.append(day)
    return days
