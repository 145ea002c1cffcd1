"""A name missing from the list: what to keep, what to send, and asking again (P10, P11)."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import at_local_time
from bot.domain.date_words import name_of
from bot.domain.enrolment import Enrolment, list_kind, milestone_item
from bot.domain.sending_time import sending_time, silence_of
from bot.domain.watches import LIST
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.lookup import SHORT, find_enrolment, rearm, to_plan
from bot.handlers.milestones.watch_buttons import answer, choice, watch_slot
from bot.messages import Ask, TimerFired, line
from bot.storage.reminder_timers import APPEAL


def appeal(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """Not on the list: what to do today; the coach asks again tomorrow."""
    awaited = list_kind(turn.pack.milestones.kinds)
    if awaited is not None:
        item = milestone_item(awaited.id)
        turn.store.enrolments.set_status(enrolment, item, "ongoing", turn.now)
    turn.store.enrolments.set_status(enrolment, LIST, "validated", turn.now)
    rearm(turn)
    _arm(turn, enrolment)
    message = Ask(
        body=(
            line("reminders.appeal_now"),
            line("reminders.appeal_keep"),
            line("reminders.appeal_how"),
        ),
        choices=((choice(enrolment, "sent", "reminders.appeal_sent"), to_plan(enrolment)),),
        slot=watch_slot(enrolment),
    )
    return Reply(messages=(message,))


def appealed(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """The appeal is out: a final list may follow, so the daily question begins again."""
    turn.store.timers.disarm(turn.me.id, APPEAL, f"{enrolment.id}:")
    turn.store.enrolments.set_status(enrolment, LIST, "to_do", turn.now)
    rearm(turn)
    return answer(enrolment, line("reminders.appealed"))


def ask_later(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """Not sent yet: ask once more tomorrow."""
    _arm(turn, enrolment)
    return answer(enrolment, line("reminders.appeal_later"))


def on_due(turn: TurnContext) -> Reply:
    """The day after a name was missing: has the appeal gone out?"""
    event = turn.event
    enrolment = (
        find_enrolment(turn, event.ref.rstrip(":")) if isinstance(event, TimerFired) else None
    )
    if enrolment is None:
        return Reply()
    calm = calm_at(turn)
    if calm > turn.now:
        turn.store.timers.arm(turn.me.id, APPEAL, f"{enrolment.id}:", calm)
        return Reply()
    name = name_of(enrolment, turn.pack.head, longest=SHORT)
    message = Ask(
        body=(line("reminders.appeal_again", name=name),),
        choices=(
            (choice(enrolment, "sent", "reminders.appeal_sent"),),
            (choice(enrolment, "later", "reminders.tomorrow"), to_plan(enrolment)),
        ),
        slot=watch_slot(enrolment),
        fresh=True,
    )
    return Reply(messages=(message,))


def _arm(turn: TurnContext, enrolment: Enrolment) -> None:
    """Tomorrow at the reminder hour: the time to appeal may be a few days only."""
    wish = at_local_time(turn.today + timedelta(days=1), turn.me.reminder_time, turn.me.zone)
    silent_days = turn.store.enrolments.test_days(turn.me.id)
    due_at = sending_time(wish, silence_of(turn.me, silent_days))
    if due_at is not None:
        turn.store.timers.arm(turn.me.id, APPEAL, f"{enrolment.id}:", due_at)
