"""The calendar file: every dated milestone and plan step, in the candidate's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.calendar_file import Entry, write_calendar
from bot.domain.date_words import name_of, say_date
from bot.domain.enrolment import Enrolment, MilestoneDate
from bot.domain.outlook import outlook_of
from bot.domain.reminders import MARK_DAYS, MARK_HOURS
from bot.handlers.context import TurnContext
from bot.handlers.milestones.lookup import kind_name
from bot.messages import Attach, Line, Say, line
from content.schema import MilestoneKind, PlanStep


def calendar_message(turn: TurnContext, enrolment: Enrolment) -> Attach | Say:
    """The file, or what to do first when no date is known."""
    entries = (*_milestones(turn, enrolment), *_steps(turn, enrolment))
    if not entries:
        return Say(body=(line("plan.calendar_empty"),))
    name = line("plan.calendar_name", name=name_of(enrolment, turn.pack.head))
    return Attach(
        body=(line("plan.calendar_caption"),),
        name="plan.ics",
        mime="text/calendar",
        data=write_calendar(
            entries,
            name=turn.plain(name),
            language=turn.language,
            zone=turn.me.zone,
            now=turn.now,
        ),
    )


def _milestones(turn: TurnContext, enrolment: Enrolment) -> tuple[Entry, ...]:
    """Dated milestones, past ones too; one that is validated rings no more."""
    return tuple(
        _milestone(turn, enrolment, kind, enrolment.dates[kind.id])
        for kind in turn.pack.milestones.kinds
        if kind.id in enrolment.dates
    )


def _milestone(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, known: MilestoneDate
) -> Entry:
    estimated = known.provenance == "estimated"
    title = line("plan.calendar_estimated", kind=kind.name) if estimated else None
    note = (
        say_date(known, turn.me.zone),
        line("plan.action", text=kind.action),
        line("plan.risk", text=kind.risk),
        line("plan.countermeasure", text=kind.countermeasure),
    )
    return Entry(
        uid=_uid(enrolment, kind.id),
        title=turn.plain(title or line("common.plain", text=kind.name)),
        note=_text(turn, note),
        day=known.day,
        hour=known.hour,
        alarms=() if enrolment.is_validated(kind.id) else _alarms(turn, kind, known),
        is_estimated=estimated,
    )


def _alarms(turn: TurnContext, kind: MilestoneKind, known: MilestoneDate) -> tuple[timedelta, ...]:
    """The marks of the reminders (T9), as distances from the event's start."""
    rings_at = turn.me.reminder_time
    start = known.hour or time(0)
    shift = datetime.combine(known.day, rings_at) - datetime.combine(known.day, start)
    days = [shift - timedelta(days=days) for days in MARK_DAYS]
    hours = [-timedelta(hours=hours) for hours in MARK_HOURS if kind.deadline and known.hour]
    # Only the whole day's own alarm may come after the event's start.
    return tuple(
        distance for distance in (*days, *hours) if known.hour is None or distance < timedelta()
    )


def _steps(turn: TurnContext, enrolment: Enrolment) -> tuple[Entry, ...]:
    outlook = outlook_of(enrolment, turn.pack.milestones, turn.today)
    if outlook.exam is None:
        return ()
    basis = line(
        "plan.calendar_basis",
        kind=kind_name(turn, outlook.exam.kind),
        date=say_date(outlook.exam, turn.me.zone),
    )
    return tuple(
        _step(turn, enrolment, planned.step, planned.due_day, basis)
        for planned in outlook.steps
        if planned.due_day is not None
    )


def _step(
    turn: TurnContext, enrolment: Enrolment, step: PlanStep, day: date, basis: Line
) -> Entry:
    rings_at = turn.me.reminder_time
    note = (
        line("plan.action", text=step.action),
        line("plan.risk", text=step.risk),
        line("plan.countermeasure", text=step.countermeasure),
        basis,
    )
    return Entry(
        uid=_uid(enrolment, f"step-{step.id}"),
        title=turn.plain(line("common.plain", text=step.title)),
        note=_text(turn, note),
        day=day,
        alarms=(timedelta(hours=rings_at.hour, minutes=rings_at.minute),),
    )


def _text(turn: TurnContext, lines: tuple[Line, ...]) -> str:
    return "\n".join(turn.plain(each) for each in lines)


def _uid(enrolment: Enrolment, item: str) -> str:
    """The same in every file, and nobody else's."""
    return f"{enrolment.created_at:%Y%m%dT%H%M%S}-{enrolment.id}-{item}@concours-coach"
