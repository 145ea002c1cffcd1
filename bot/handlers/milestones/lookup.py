"""Finds what a token names, for its owner only: tokens can be stale or forged."""

from __future__ import annotations

from bot.conversation import Idle, State
from bot.domain.enrolment import Enrolment
from bot.handlers.context import TurnContext
from bot.handlers.refs import is_row
from bot.messages import Choice, line
from bot.storage import today
from content.schema import Localized, MilestoneKind, PlanStep

# One panel for plan, dates and competitions: each screen takes the place of the one before.
SLOT = "plan"
# A reminder fits 400 characters: there, what a candidate typed is cut to this.
SHORT = 20
# Questions of this feature: another screen of it lets them go, and leaves any other alone.
_OWN_QUESTIONS = {"entering_date", "entering_source", "naming_competition"}


def find_enrolment(turn: TurnContext, ref: str) -> Enrolment | None:
    """The candidate's competition that `ref` names; the current one when `ref` is empty."""
    if not ref:
        return current_enrolment(turn)
    return turn.store.enrolments.get(int(ref), turn.me.id) if is_row(ref) else None


def current_enrolment(turn: TurnContext) -> Enrolment:
    """The competition whose exam comes next, else the first; one is made where there is none."""
    found = today.current_enrolment(turn.store, turn.me, turn.today)
    return found or _first_enrolment(turn)


def find_kind(turn: TurnContext, kind_id: str) -> MilestoneKind | None:
    """The milestone kind of that id, if the pack has it."""
    return next((kind for kind in turn.pack.milestones.kinds if kind.id == kind_id), None)


def find_step(turn: TurnContext, step_id: str) -> PlanStep | None:
    """The plan step of that id, if the pack has it."""
    return next((step for step in turn.pack.milestones.steps if step.id == step_id), None)


def kind_name(turn: TurnContext, kind_id: str) -> Localized | str:
    """What candidates call that kind; its id if the pack has dropped it."""
    kind = find_kind(turn, kind_id)
    return kind.name if kind else kind_id


def to_plan(enrolment: Enrolment) -> Choice:
    """The button that leads to the competition's plan."""
    return Choice(token=f"plan:{enrolment.id}:show", label=line("plan.to_plan"))


def rearm(turn: TurnContext) -> None:
    """Make the timers agree with the dates, after any of them changed."""
    turn.store.enrolments.rearm(turn.me, turn.pack.milestones.kinds, turn.now)


def leave_question(turn: TurnContext) -> State | None:
    """No longer wait for a day, source or name; a draft being written stays as it is."""
    return Idle() if turn.state.kind in _OWN_QUESTIONS else None


def _first_enrolment(turn: TurnContext) -> Enrolment:
    """The pack's competition, for a candidate who has none yet."""
    name = turn.pack.head.name.in_language(turn.me.language)
    first = turn.store.enrolments.ensure_default(turn.me.id, name, turn.now)
    rearm(turn)
    return first
