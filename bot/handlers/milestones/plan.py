"""/plan: where the candidate is and what comes next; statuses by one tap; the calendar file."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.enrolment import STATUSES, Enrolment
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.export import calendar_message
from bot.handlers.milestones.lookup import (
    current_enrolment,
    find_enrolment,
    find_step,
    leave_question,
)
from bot.handlers.milestones.plan_screen import plan_screen
from bot.handlers.milestones.step_screens import step_screen, steps_screen
from bot.messages import line

_PAGE = re.compile(r"[0-9]{1,3}")


def on_command(turn: TurnContext) -> Reply:
    """/plan: the screen anew, at the bottom of the chat."""
    screen = replace(plan_screen(turn, current_enrolment(turn)), fresh=True)
    return Reply(messages=(screen,), state=leave_question(turn))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button of the plan, or one that leads here."""
    enrolment = find_enrolment(turn, ref)
    if enrolment is None:
        screen = plan_screen(turn, current_enrolment(turn))
        return Reply(messages=(screen,), state=leave_question(turn), notice=line("plan.gone"))
    what, _, rest = value.partition(".")
    if what == "ics":
        return Reply(messages=(calendar_message(turn, enrolment),))
    if what in {"set", "card"}:
        return _set_status(turn, enrolment, what, rest)
    step = find_step(turn, rest)
    if what == "step" and step is not None:
        return Reply(messages=(step_screen(turn, enrolment, step),))
    if what == "all" and _PAGE.fullmatch(rest):
        return Reply(messages=(steps_screen(turn, enrolment, int(rest)),))
    return Reply(messages=(plan_screen(turn, enrolment),), state=leave_question(turn))


def _set_status(turn: TurnContext, enrolment: Enrolment, what: str, rest: str) -> Reply:
    """The token names the status to set, so a doubled press counts once."""
    wanted, _, step_id = rest.partition(".")
    status = next((each for each in STATUSES if each == wanted), None)
    step = find_step(turn, step_id)
    if status is None or step is None:
        return Reply(messages=(plan_screen(turn, enrolment),), notice=line("common.stale"))
    enrolment = turn.store.enrolments.set_status(enrolment, step.id, status, turn.now)
    screen = (
        step_screen(turn, enrolment, step)
        if what == "card"
        else plan_screen(turn, enrolment, just=step.id)
    )
    return Reply(messages=(screen,), notice=line(f"plan.status_{status}"))
