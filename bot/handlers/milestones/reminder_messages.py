"""What a reminder says, and what it becomes once it was answered (M14, T10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import at_local_time
from bot.domain.date_words import name_of, say_date, say_remaining
from bot.domain.enrolment import TESTS, Enrolment, MilestoneDate, list_kind
from bot.domain.guides import guide_of_the_day
from bot.domain.reminders import over_at
from bot.handlers.context import TurnContext
from bot.handlers.milestones.lookup import SHORT, to_plan
from bot.messages import Ask, Choice, Line, Row, line
from content.schema import MilestoneKind

AN_HOUR = timedelta(hours=1)


def reminder_message(
    turn: TurnContext,
    enrolment: Enrolment,
    kind: MilestoneKind,
    known: MilestoneDate,
    late: tuple[Line, ...],
) -> Ask:
    """What is due when, where the date comes from, the risk and its countermeasure."""
    return Ask(
        body=(
            *late,
            line(
                "reminders.heading",
                kind=kind.name,
                remaining=say_remaining(known, turn.now, turn.me.zone),
            ),
            _when(turn, enrolment, known),
            line("plan.risk", text=kind.risk),
            line("plan.countermeasure", text=kind.countermeasure),
        ),
        choices=(
            *_answers(turn, enrolment, kind, known),
            (*_guide(turn, kind, known), to_plan(enrolment)),
        ),
        slot=_slot(enrolment, kind),
        fresh=True,
        expires_at=over_at(kind, known, turn.me.zone),
    )


def passed_message(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, known: MilestoneDate
) -> Ask:
    """The deadline passed while the coach could not speak: said once, with what to do."""
    return Ask(
        body=(
            line("reminders.passed", kind=kind.name),
            _when(turn, enrolment, known),
            line("reminders.passed_then"),
        ),
        choices=(
            (
                _choice(enrolment, "done", kind, "reminders.mark_done"),
                Choice(token=f"dates:{enrolment.id}:enter.{kind.id}", label=line("dates.change")),
            ),
            (to_plan(enrolment),),
        ),
        slot=_slot(enrolment, kind),
        fresh=True,
    )


def after_message(
    enrolment: Enrolment, kind: MilestoneKind, what: Line, *, may_finish: bool = False
) -> Ask:
    """What the reminder becomes once it was answered."""
    finish = _choice(enrolment, "done", kind, "reminders.mark_done")
    row = (finish, to_plan(enrolment)) if may_finish else (to_plan(enrolment),)
    return Ask(body=(what,), choices=(row,), slot=_slot(enrolment, kind))


def tomorrow_at(turn: TurnContext) -> datetime:
    """Tomorrow at the candidate's reminder hour."""
    return at_local_time(turn.today + timedelta(days=1), turn.me.reminder_time, turn.me.zone)


def _when(turn: TurnContext, enrolment: Enrolment, known: MilestoneDate) -> Line:
    """The date; with several competitions, whose it is."""
    date = say_date(known, turn.me.zone, longest=SHORT)
    if len(turn.store.enrolments.of_candidate(turn.me.id)) == 1:
        return line("reminders.when", date=date)
    name = name_of(enrolment, turn.pack.head, longest=SHORT)
    return line("reminders.when_of", name=name, date=date)


def _answers(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, known: MilestoneDate
) -> tuple[Row, ...]:
    """Done (for the list: on it or not), and the snoozes that end before it is too late."""
    over = over_at(kind, known, turn.me.zone)
    snoozes = (("hour", turn.now + AN_HOUR), ("tomorrow", tomorrow_at(turn)))
    later: Row = tuple(
        _choice(enrolment, what, kind, f"reminders.{what}")
        for what, instant in snoozes
        if instant < over
    )
    if kind == list_kind(turn.pack.milestones.kinds):
        finish: Row = (
            Choice(token=f"watch:{enrolment.id}:on", label=line("reminders.on_list")),
            Choice(token=f"watch:{enrolment.id}:off", label=line("reminders.off_list")),
        )
    else:
        label = "reminders.ready" if kind.id in TESTS else "reminders.mark_done"
        finish = (_choice(enrolment, "done", kind, label),)
    return (finish, later) if later else (finish,)


def _guide(turn: TurnContext, kind: MilestoneKind, known: MilestoneDate) -> Row:
    """What to read before a test, the evening before or the day itself (M86)."""
    guide = guide_of_the_day(turn.pack, known, turn.today) if kind.id in TESTS else None
    if guide is None:
        return ()
    return (Choice(token=f"guide:{guide.id}:new", label=line("plan.to_guide")),)


def _choice(enrolment: Enrolment, what: str, kind: MilestoneKind, label: str) -> Choice:
    return Choice(token=f"remind:{enrolment.id}:{what}.{kind.id}", label=line(label))


def _slot(enrolment: Enrolment, kind: MilestoneKind) -> str:
    return f"remind-{enrolment.id}-{kind.id}"
