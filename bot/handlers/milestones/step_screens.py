"""The plan's steps: all of them page by page, and one of them in full."""

from __future__ import annotations

from bot.domain.enrolment import STATUSES, Enrolment
from bot.domain.outlook import outlook_of
from bot.domain.plan import PlannedStep
from bot.handlers.context import TurnContext
from bot.handlers.milestones.lookup import SLOT, to_plan
from bot.handlers.milestones.plan_screen import say_due, step_line
from bot.messages import BLANK, Ask, Choice, Row, line
from content.schema import PlanStep

PAGE = 8
ROW = 4


def steps_screen(turn: TurnContext, enrolment: Enrolment, page: int) -> Ask:
    """Every step of the plan with its status, PAGE a page; a number opens its step."""
    steps = turn.pack.milestones.steps
    pages = max(1, -(-len(steps) // PAGE))
    page = min(page, pages - 1)
    shown = list(enumerate(steps, 1))[page * PAGE : (page + 1) * PAGE]
    planned = _planned(turn, enrolment)
    lines = (
        step_line(turn, enrolment, number, step, say_due(turn, planned.get(step.id)))
        for number, step in shown
    )
    numbers = tuple(
        Choice(
            token=f"plan:{enrolment.id}:step.{step.id}", label=line("plan.number", number=number)
        )
        for number, step in shown
    )
    rows = (numbers[:ROW], numbers[ROW:], _page_turns(enrolment, page, pages))
    return Ask(
        body=(line("plan.all_heading", page=page + 1, pages=pages), *lines),
        choices=tuple(row for row in rows if row),
        slot=SLOT,
    )


def step_screen(turn: TurnContext, enrolment: Enrolment, step: PlanStep) -> Ask:
    """One step: what to do, its risk and countermeasure (M14), its statuses as buttons."""
    status = line(f"plan.status_{enrolment.status(step.id)}")
    due = say_due(turn, _planned(turn, enrolment).get(step.id))
    when = line("plan.card_due", status=status, due=due) if due else status
    statuses: Row = tuple(
        Choice(
            token=f"plan:{enrolment.id}:card.{each}.{step.id}", label=line(f"plan.status_{each}")
        )
        for each in STATUSES
    )
    page = turn.pack.milestones.steps.index(step) // PAGE
    doors: Row = (
        to_plan(enrolment),
        Choice(token=f"plan:{enrolment.id}:all.{page}", label=line("plan.all_steps")),
    )
    return Ask(
        body=(
            line("plan.card_heading", title=step.title),
            when,
            BLANK,
            line("plan.action", text=step.action),
            line("plan.risk", text=step.risk),
            line("plan.countermeasure", text=step.countermeasure),
        ),
        choices=(statuses, doors),
        slot=SLOT,
    )


def _planned(turn: TurnContext, enrolment: Enrolment) -> dict[str, PlannedStep]:
    """The open steps by id."""
    outlook = outlook_of(enrolment, turn.pack.milestones, turn.today)
    return {planned.step.id: planned for planned in outlook.steps}


def _page_turns(enrolment: Enrolment, page: int, pages: int) -> Row:
    """To the pages beside this one, and back to the plan."""
    ways = (("before", page - 1), ("after", page + 1))
    turns = tuple(
        Choice(token=f"plan:{enrolment.id}:all.{other}", label=line(f"plan.page_{way}"))
        for way, other in ways
        if 0 <= other < pages
    )
    return (to_plan(enrolment), *turns)
