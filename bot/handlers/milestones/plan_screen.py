"""The screen of /plan: you are here, the next dates, the next three steps."""

from __future__ import annotations

from bot.domain.date_checks import clashes
from bot.domain.date_words import name_of, say_date, say_days, say_remaining
from bot.domain.enrolment import Enrolment, next_status
from bot.domain.guides import guide_of_the_day
from bot.domain.outlook import Outlook, is_near, outlook_of
from bot.domain.plan import PlannedStep
from bot.handlers.context import TurnContext
from bot.handlers.milestones.lookup import SLOT, kind_name
from bot.handlers.reviewing import review_row
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import PlanStep

SHOWN_STEPS = 3
# From this many weeks on the plan has the guide's full length (M67).
FULL_LENGTH = 8
# On a screen with several dates a source is cut here.
SHORT_SOURCE = 40


def plan_screen(turn: TurnContext, enrolment: Enrolment, just: str = "") -> Ask:
    """Where the candidate is and what comes next, with one button a step to change its status.

    `just` is the step whose status was just changed: it stays in view, so that one more tap
    takes a validation back.
    """
    outlook = outlook_of(enrolment, turn.pack.milestones, turn.today)
    steps = _steps_in_view(turn, outlook, just)
    return Ask(
        body=(
            line("plan.heading", name=name_of(enrolment, turn.pack.head)),
            *_here(turn, outlook),
            *_focus(turn),
            BLANK,
            *_dates(turn, outlook),
            *clash_lines(turn, enrolment),
            BLANK,
            *_step_lines(turn, enrolment, outlook, steps),
        ),
        choices=(
            *_step_buttons(enrolment, steps),
            *_guide_row(turn, outlook),
            *review_row(turn),
            *_doors(enrolment),
        ),
        slot=SLOT,
    )


def step_line(
    turn: TurnContext, enrolment: Enrolment, number: int, step: PlanStep, due: Line | None
) -> Line:
    """A step in a list: status, number, title, and by when if it is still to be done."""
    status = line(f"plan.icon_{enrolment.status(step.id)}")
    if due is None:
        return line("plan.step", icon=status, number=number, title=step.title)
    return line("plan.step_due", icon=status, number=number, title=step.title, due=due)


def say_due(turn: TurnContext, planned: PlannedStep | None) -> Line | None:
    """By when a step is due; None when the plan sets no day."""
    if planned is None or planned.due_day is None:
        return None
    return say_days((planned.due_day - turn.today).days)


def clash_lines(turn: TurnContext, enrolment: Enrolment) -> tuple[Line, ...]:
    """A warning where a date collides with another competition's (P09)."""
    mine = turn.store.enrolments.of_candidate(turn.me.id)
    found = clashes(enrolment, mine, turn.pack.milestones.kinds, turn.today)
    return tuple(
        line(
            "dates.clash",
            mine=kind_name(turn, clash.mine.kind),
            theirs=kind_name(turn, clash.theirs.kind),
            other=name_of(clash.other, turn.pack.head, longest=30),
            date=say_date(clash.theirs, turn.me.zone, longest=SHORT_SOURCE),
        )
        for clash in found[:2]
    )


def _steps_in_view(turn: TurnContext, outlook: Outlook, just: str) -> tuple[PlanStep, ...]:
    in_view = {planned.step.id for planned in outlook.steps} | {just}
    steps = [step for step in turn.pack.milestones.steps if step.id in in_view]
    return tuple(steps[:SHOWN_STEPS])


def _here(turn: TurnContext, outlook: Outlook) -> tuple[Line, ...]:
    """The week of the plan and the stage of the competition (M11)."""
    stage = outlook.stage.name if outlook.stage else line("plan.stage_over")
    frame, exam = outlook.frame, outlook.exam
    if frame is None:
        if exam is None:
            return (line("plan.here_no_day", stage=stage),)
        return (line("plan.here_today" if exam.day == turn.today else "plan.here_over"),)
    rhythm = line("plan.rhythm" if frame.weeks >= FULL_LENGTH else "plan.rhythm_short")
    week = frame.week_of(turn.today)
    if week == 0:
        starts = say_days((frame.first_day - turn.today).days)
        return (line("plan.here_before", count=frame.weeks, starts=starts, stage=stage), rhythm)
    return (line("plan.here_week", week=week, weeks=frame.weeks, stage=stage), rhythm)


def _focus(turn: TurnContext) -> tuple[Line, ...]:
    """The topic of this week's extra practice, where the candidate accepted one."""
    focus = turn.me.focus_on(turn.today)
    names = [topic.name for topic in turn.pack.head.topics if topic.id == focus]
    return tuple(line("plan.focus", topic=name) for name in names)


def _dates(turn: TurnContext, outlook: Outlook) -> tuple[Line, ...]:
    """The next milestone and the exam; an invitation where no exam day is known."""
    exam_first = [outlook.exam] if outlook.exam else []
    known = dict.fromkeys(each.kind for each in (*outlook.upcoming[:1], *exam_first))
    dated = {each.kind: each for each in (*outlook.upcoming, *exam_first)}
    lines = tuple(
        line(
            "plan.date",
            kind=kind_name(turn, kind),
            remaining=say_remaining(dated[kind], turn.now, turn.me.zone),
            date=say_date(dated[kind], turn.me.zone, longest=SHORT_SOURCE),
        )
        for kind in known
    )
    return lines if outlook.exam else (*lines, line("plan.no_exam"))


def _step_lines(
    turn: TurnContext, enrolment: Enrolment, outlook: Outlook, steps: tuple[PlanStep, ...]
) -> tuple[Line, ...]:
    if not steps:
        near = outlook.exam is not None and is_near(outlook.exam.day, turn.today)
        return (line("plan.rest_now" if near else "plan.all_done"),)
    planned = {each.step.id: each for each in outlook.steps}
    lines = (
        step_line(turn, enrolment, number, step, say_due(turn, planned.get(step.id)))
        for number, step in enumerate(steps, 1)
    )
    return (line("plan.next_steps"), *lines, BLANK, line("plan.hint"))


def _step_buttons(enrolment: Enrolment, steps: tuple[PlanStep, ...]) -> tuple[Row, ...]:
    """A row that changes statuses, and a row that opens the steps."""
    if not steps:
        return ()
    marks, details = [], []
    for number, step in enumerate(steps, 1):
        status = enrolment.status(step.id)
        token = f"plan:{enrolment.id}:set.{next_status(status)}.{step.id}"
        marks.append(Choice(token=token, label=line(f"plan.mark_{status}", number=number)))
        token = f"plan:{enrolment.id}:step.{step.id}"
        details.append(Choice(token=token, label=line("plan.detail", number=number)))
    return (tuple(marks), tuple(details))


def _guide_row(turn: TurnContext, outlook: Outlook) -> tuple[Row, ...]:
    """The guide whose time has come (M85-M91)."""
    guide = guide_of_the_day(turn.pack, outlook.exam, turn.today)
    if guide is None:
        return ()
    return ((Choice(token=f"guide:{guide.id}:new", label=line("plan.to_guide")),),)


def _doors(enrolment: Enrolment) -> tuple[Row, ...]:
    return (
        (
            Choice(token=f"dates:{enrolment.id}:show", label=line("plan.to_dates")),
            Choice(token=f"plan:{enrolment.id}:all.0", label=line("plan.all_steps")),
        ),
        (
            Choice(token="comp::list", label=line("plan.to_competitions")),
            Choice(token=f"plan:{enrolment.id}:ics", label=line("plan.to_calendar")),
        ),
    )
