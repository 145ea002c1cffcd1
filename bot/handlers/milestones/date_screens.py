"""The screens of dates: all of a competition's, one milestone's, and a date just entered."""

from __future__ import annotations

from bot.domain.date_words import name_of, say_date, say_remaining
from bot.domain.enrolment import WRITTEN, Enrolment, MilestoneDate, list_kind
from bot.handlers.context import TurnContext
from bot.handlers.milestones.lookup import SLOT, to_plan
from bot.handlers.milestones.plan_screen import SHORT_SOURCE, clash_lines
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import MilestoneKind


def dates_screen(turn: TurnContext, enrolment: Enrolment) -> Ask:
    """Every milestone with its date and where that comes from; a number opens one."""
    kinds = turn.pack.milestones.kinds
    numbers = tuple(
        Choice(
            token=f"dates:{enrolment.id}:kind.{kind.id}", label=line("dates.number", number=number)
        )
        for number, kind in enumerate(kinds, 1)
    )
    rest: Row = (Choice(token=f"dates:{enrolment.id}:rest", label=line("dates.estimate_rest")),)
    doors: Row = (
        to_plan(enrolment),
        Choice(token="comp::list", label=line("plan.to_competitions")),
    )
    rows = (numbers, rest if _can_estimate(turn, enrolment) else (), doors)
    return Ask(
        body=(
            line("dates.heading", name=name_of(enrolment, turn.pack.head)),
            *(_date_line(turn, enrolment, number, kind) for number, kind in enumerate(kinds, 1)),
            *clash_lines(turn, enrolment),
            BLANK,
            line("dates.hint"),
        ),
        choices=tuple(row for row in rows if row),
        slot=SLOT,
    )


def kind_screen(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Ask:
    """One milestone: its date, what to do, the risk and the countermeasure."""
    known = enrolment.dates.get(kind.id)
    dated = (
        line("dates.none_yet")
        if known is None
        else line(
            "dates.dated",
            date=say_date(known, turn.me.zone),
            remaining=say_remaining(known, turn.now, turn.me.zone),
        )
    )
    return Ask(
        body=(
            line("dates.card_heading", kind=kind.name, done=_done_mark(enrolment, kind)),
            dated,
            BLANK,
            line("plan.action", text=kind.action),
            line("plan.risk", text=kind.risk),
            line("plan.countermeasure", text=kind.countermeasure),
        ),
        choices=_kind_buttons(turn, enrolment, kind, known),
        slot=SLOT,
    )


def entered_screen(
    turn: TurnContext, enrolment: Enrolment, known: MilestoneDate, notes: tuple[Line, ...]
) -> Ask:
    """A date just typed: as it was understood, what is odd about it, and: is it official?"""
    kind = next(each for each in turn.pack.milestones.kinds if each.id == known.kind)
    return Ask(
        body=(
            *saved_lines(turn, kind, known, notes),
            *clash_lines(turn, enrolment),
            BLANK,
            line("dates.ask_official"),
        ),
        choices=(
            (_choice(enrolment, "official", kind, "dates.saw_notice"),),
            (_choice(enrolment, "show", kind, "dates.not_official"),),
            (_choice(enrolment, "enter", kind, "dates.retype"),),
        ),
        slot=SLOT,
        fresh=True,
    )


def saved_lines(
    turn: TurnContext, kind: MilestoneKind, known: MilestoneDate, notes: tuple[Line, ...]
) -> tuple[Line, ...]:
    """What was kept, and the notes on it."""
    date = say_date(known, turn.me.zone)
    return (line("dates.saved", kind=kind.name, date=date), *notes)


def _date_line(turn: TurnContext, enrolment: Enrolment, number: int, kind: MilestoneKind) -> Line:
    known = enrolment.dates.get(kind.id)
    date = (
        line("dates.unknown")
        if known is None
        else say_date(known, turn.me.zone, longest=SHORT_SOURCE)
    )
    done = _done_mark(enrolment, kind)
    return line("dates.row", number=number, kind=kind.name, done=done, date=date)


def _done_mark(enrolment: Enrolment, kind: MilestoneKind) -> Line:
    return line("dates.is_done" if enrolment.is_validated(kind.id) else "dates.is_open")


def _can_estimate(turn: TurnContext, enrolment: Enrolment) -> bool:
    """Whether the written test is dated and another milestone is not."""
    missing = any(kind.id not in enrolment.dates for kind in turn.pack.milestones.kinds)
    return WRITTEN in enrolment.dates and missing


def _kind_buttons(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, known: MilestoneDate | None
) -> tuple[Row, ...]:
    rows: list[Row] = []
    if known is None:
        rows.append((_choice(enrolment, "enter", kind, "dates.enter"),))
    else:
        rows.append(
            (
                _choice(enrolment, "enter", kind, "dates.change"),
                _choice(enrolment, "clear", kind, "dates.clear"),
            )
        )
        if known.provenance == "estimated":
            rows.append((_choice(enrolment, "official", kind, "dates.saw_notice"),))
    rows.append(_done_buttons(turn, enrolment, kind))
    rows.append((_choice(enrolment, "show", kind, "dates.to_dates"),))
    return tuple(rows)


def _done_buttons(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Row:
    """Done, or not done after all; for the list of admitted: on it, or not."""
    if enrolment.is_validated(kind.id):
        return (_choice(enrolment, "undo", kind, "dates.undo"),)
    if kind == list_kind(turn.pack.milestones.kinds):
        return (
            Choice(token=f"watch:{enrolment.id}:on", label=line("reminders.on_list")),
            Choice(token=f"watch:{enrolment.id}:off", label=line("reminders.off_list")),
        )
    return (_choice(enrolment, "done", kind, "dates.mark_done"),)


def _choice(enrolment: Enrolment, what: str, kind: MilestoneKind, label: str) -> Choice:
    return Choice(token=f"dates:{enrolment.id}:{what}.{kind.id}", label=line(label))
