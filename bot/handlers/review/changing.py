"""Puts a proposal's values in force, or back; only where nothing else has changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.enrolment import Enrolment
from bot.domain.proposals import Change, Kind, Proposal, Values, dated
from bot.handlers.context import TurnContext

_DAYS = {"focus_until"}


def accept(turn: TurnContext, proposal: Proposal) -> bool:
    """Put the change in force; False, and lapsed, when what it changes was changed since."""
    change = proposal.change
    if _current(turn, change) != change.before:
        turn.store.proposals.lapse(proposal, turn.now)
        return False
    after = dated(change.kind, change.after, turn.today)
    _put(turn, change.kind, after)
    turn.store.proposals.accept(proposal, after, turn.now)
    return True


def undo(turn: TurnContext, proposal: Proposal) -> bool:
    """Put back exactly what was before; False when it was changed by other means since."""
    change = proposal.change
    if _current(turn, change) != change.after:
        return False
    _put(turn, change.kind, change.before)
    turn.store.proposals.undo(proposal, turn.now)
    return True


def _current(turn: TurnContext, change: Change) -> Values:
    """What the fields that the change names hold now; empty when they are gone."""
    if change.kind == "replan":
        return _plan(turn, change.before)
    return {name: _said(getattr(turn.me, name)) for name in change.before}


def _plan(turn: TurnContext, values: Values) -> Values:
    """Where the plan starts, and the exam day it leads to: a new day starts a plan of its own."""
    mine = _enrolment(turn, values)
    exam = mine.exam(turn.today) if mine else None
    if mine is None or exam is None:
        return {}
    return {
        "enrolment": mine.id,
        "planned_from": _said(mine.planned_from),
        "exam_day": _said(exam.day),
    }


def _put(turn: TurnContext, kind: Kind, values: Values) -> None:
    if kind == "replan":
        mine = _enrolment(turn, values)
        if mine is not None:
            turn.store.enrolments.start_plan(mine, _day(values["planned_from"]))
        return
    read = {name: _day(each) if name in _DAYS else each for name, each in values.items()}
    turn.candidate = turn.store.candidates.change(turn.me.id, **read)


def _enrolment(turn: TurnContext, values: Values) -> Enrolment | None:
    return turn.store.enrolments.get(int(values["enrolment"] or 0), turn.me.id)


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: str | int | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
