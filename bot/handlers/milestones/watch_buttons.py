"""Buttons and the slot that the watches' questions and the appeal share."""

from __future__ import annotations

from bot.domain.enrolment import Enrolment
from bot.handlers.context import Reply
from bot.handlers.milestones.lookup import to_plan
from bot.messages import Ask, Choice, Line, line


def choice(enrolment: Enrolment, value: str, label: str) -> Choice:
    """A button that answers a watch."""
    return Choice(token=f"watch:{enrolment.id}:{value}", label=line(label))


def answer(enrolment: Enrolment, *body: Line) -> Reply:
    """What the question becomes once it was answered."""
    message = Ask(body=body, choices=((to_plan(enrolment),),), slot=watch_slot(enrolment))
    return Reply(messages=(message,))


def watch_slot(enrolment: Enrolment) -> str:
    """One message a competition: the newest question takes the place of the one before."""
    return f"watch-{enrolment.id}"
