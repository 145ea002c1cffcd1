"""/dates: the days of a competition, how they were typed, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.conversation import EnteringDate, EnteringSource
from bot.domain.enrolment import WRITTEN, Enrolment, MilestoneDate, milestone_item
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.date_screens import (
    dates_screen,
    kind_screen,
)
from bot.handlers.milestones.day_entry import set_official
from bot.handlers.milestones.lookup import (
    current_enrolment,
    find_enrolment,
    find_kind,
    leave_question,
    rearm,
)
from bot.messages import Line, line
from content.schema import MilestoneKind


def on_command(turn: TurnContext) -> Reply:
    """/dates (and /notice, to record what a notice says): the screen anew."""
    screen = replace(dates_screen(turn, current_enrolment(turn)), fresh=True)
    return Reply(messages=(screen,), state=leave_question(turn))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of the dates' screens, or one that leads here."""
    enrolment = find_enrolment(turn, ref)
    if enrolment is None:
        return _list(turn, current_enrolment(turn), line("plan.gone"))
    what, _, kind_id = value.partition(".")
    kind = find_kind(turn, kind_id)
    if what == "rest":
        return _estimate_rest(turn, enrolment)
    if kind is not None and what in _ACTIONS:
        return _ACTIONS[what](turn, enrolment, kind)
    return _list(turn, enrolment)


def _enter(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    return Reply(state=EnteringDate(enrolment=enrolment.id, milestone=kind.id))


def _show(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    return Reply(messages=(kind_screen(turn, enrolment, kind),), state=leave_question(turn))


def _clear(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    enrolment = turn.store.enrolments.remove_date(enrolment, kind.id, turn.today)
    rearm(turn)
    return replace(_show(turn, enrolment, kind), notice=line("dates.cleared"))


def _done(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    enrolment = turn.store.enrolments.validate(enrolment, kind.id, turn.now)
    rearm(turn)
    return replace(_show(turn, enrolment, kind), notice=line("reminders.silent"))


def _undo(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    item = milestone_item(kind.id)
    enrolment = turn.store.enrolments.set_status(enrolment, item, "to_do", turn.now)
    rearm(turn)
    return replace(_show(turn, enrolment, kind), notice=line("dates.undone"))


def _ask_official(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    if kind.id not in enrolment.dates:
        return _show(turn, enrolment, kind)
    return Reply(state=EnteringSource(enrolment=enrolment.id, milestone=kind.id))


def _seen(turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind) -> Reply:
    """The notice was seen, and the candidate does not want to say where."""
    if kind.id not in enrolment.dates:
        return _show(turn, enrolment, kind)
    enrolment = set_official(turn, enrolment, kind, "")
    return _list(turn, enrolment, line("dates.official_saved"))


def _estimate_rest(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """Fill in the dates still missing by their usual distance from the written test.

    Only ever at a tap, always labelled estimated, and none that would lie in the past.
    """
    written = enrolment.dates.get(WRITTEN)
    missing = [kind for kind in turn.pack.milestones.kinds if kind.id not in enrolment.dates]
    estimates = []
    if written is not None:
        estimates = [
            MilestoneDate(kind=kind.id, day=day, entered_on=turn.today)
            for kind in missing
            if (day := written.day + timedelta(days=kind.days_from_written)) >= turn.today
        ]
    for known in estimates:
        enrolment = turn.store.enrolments.set_date(enrolment, known)
    rearm(turn)
    notice = line("dates.estimated_count", count=len(estimates))
    return _list(turn, enrolment, notice if estimates else line("dates.none_to_estimate"))


def _list(turn: TurnContext, enrolment: Enrolment, notice: Line | None = None) -> Reply:
    screen = dates_screen(turn, enrolment)
    return Reply(messages=(screen,), state=leave_question(turn), notice=notice)


_ACTIONS: dict[str, Callable[[TurnContext, Enrolment, MilestoneKind], Reply]] = {
    "kind": _show,
    "enter": _enter,
    "clear": _clear,
    "done": _done,
    "undo": _undo,
    "official": _ask_official,
    "seen": _seen,
}
