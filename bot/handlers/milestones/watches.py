"""What the coach asks again and again: is the notice out (M15), is the list out (P06, P07)?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.date_words import name_of, say_date
from bot.domain.enrolment import Enrolment, list_kind
from bot.domain.reminders import MARK_DAYS
from bot.domain.taper import is_silent
from bot.domain.watches import LIST, NOTICE, Watch, wanted_watches
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.appeals import appeal, appealed, ask_later
from bot.handlers.milestones.lookup import SHORT, find_enrolment, rearm
from bot.handlers.milestones.watch_buttons import answer, choice, watch_slot
from bot.messages import Ask, Line, TimerFired, line


def on_due(turn: TurnContext) -> Reply:
    """A watch fires: the next one is armed first, then this one asks if it still should."""
    event = turn.event
    if not isinstance(event, TimerFired):
        return Reply()
    rearm(turn)
    enrolment = find_enrolment(turn, event.ref.rstrip(":"))
    watch = _watch(turn, enrolment, event.kind) if enrolment else None
    if enrolment is None or watch is None or _is_spoken_for(turn, enrolment, watch):
        return Reply()
    next_at = watch.next_after(turn.now, turn.me, turn.store.enrolments.test_days(turn.me.id))
    calm = calm_at(turn)
    if calm <= turn.now:
        ask = _ask_notice if watch.name == NOTICE else _ask_list
        return Reply(messages=(ask(turn, enrolment, next_at),))
    if next_at is None or calm < next_at:
        turn.store.timers.arm(turn.me.id, watch.name, watch.ref, calm)
    return Reply()


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button under one of these questions."""
    enrolment = find_enrolment(turn, ref) if ref else None
    if enrolment is None:
        return Reply(next="plan::show", notice=line("plan.gone"))
    return _ACTIONS.get(value, _wait)(turn, enrolment)


def _watch(turn: TurnContext, enrolment: Enrolment, name: str) -> Watch | None:
    """The watch, while it is still wanted today."""
    wanted = wanted_watches([enrolment], turn.pack.milestones.kinds, turn.me.zone)
    watch = next((each for each in wanted if each.name == name), None)
    is_over = watch is not None and watch.until is not None and turn.today > watch.until
    return None if is_over else watch


def _is_spoken_for(turn: TurnContext, enrolment: Enrolment, watch: Watch) -> bool:
    """Whether to keep still this time: in a pause, or when a reminder speaks today.

    The list is asked about daily all the same, unless the reminder is about the list itself: it
    may be the only summons (P07). About the notice it asks no more once the quiz has fallen silent
    (T34).
    """
    awaited = list_kind(turn.pack.milestones.kinds)
    speaking = {
        known.kind
        for known in enrolment.dates.values()
        if (known.day - turn.today).days in MARK_DAYS and not enrolment.is_validated(known.kind)
    }
    if watch.name == LIST:
        speaking &= {awaited.id} if awaited else set()
    is_gone = is_silent(turn.store.pushes.unanswered_days(turn.me))
    is_held_back = turn.me.is_paused(turn.now) or (watch.name == NOTICE and is_gone)
    return bool(speaking) or is_held_back


def _ask_notice(turn: TurnContext, enrolment: Enrolment, next_at: datetime | None) -> Ask:
    name = name_of(enrolment, turn.pack.head, longest=SHORT)
    return Ask(
        body=(line("reminders.ask_notice", name=name), line("reminders.ask_notice_how")),
        choices=(
            (
                choice(enrolment, "seen", "reminders.notice_out"),
                choice(enrolment, "wait", "reminders.not_out"),
            ),
            (choice(enrolment, "stop_notice", "reminders.stop"),),
        ),
        slot=watch_slot(enrolment),
        fresh=True,
        expires_at=next_at,
    )


def _ask_list(turn: TurnContext, enrolment: Enrolment, next_at: datetime | None) -> Ask:
    awaited = list_kind(turn.pack.milestones.kinds)
    known = enrolment.dates.get(awaited.id) if awaited else None
    body: list[Line] = [
        line("reminders.ask_list", name=name_of(enrolment, turn.pack.head, longest=SHORT))
    ]
    if known is not None:
        body.append(say_date(known, turn.me.zone, longest=SHORT))
    if awaited is not None:
        body.append(line("plan.risk", text=awaited.risk))
        body.append(line("plan.countermeasure", text=awaited.countermeasure))
    return Ask(
        body=tuple(body),
        choices=(
            (
                choice(enrolment, "on", "reminders.on_list"),
                choice(enrolment, "off", "reminders.off_list"),
            ),
            (
                choice(enrolment, "wait", "reminders.not_out"),
                choice(enrolment, "stop_list", "reminders.stop"),
            ),
        ),
        slot=watch_slot(enrolment),
        fresh=True,
        expires_at=next_at,
    )


def _seen(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """The notice is out: its dates are to be entered."""
    return Reply(next=f"dates:{enrolment.id}:show")


def _on_list(turn: TurnContext, enrolment: Enrolment) -> Reply:
    """Found on the list: its reminders and questions end."""
    awaited = list_kind(turn.pack.milestones.kinds)
    if awaited is not None:
        turn.store.enrolments.validate(enrolment, awaited.id, turn.now)
        rearm(turn)
    return answer(enrolment, line("reminders.is_on_list"))


def _wait(turn: TurnContext, enrolment: Enrolment) -> Reply:
    return answer(enrolment, line("reminders.not_yet"))


def _stop_notice(turn: TurnContext, enrolment: Enrolment) -> Reply:
    return _stop(turn, enrolment, NOTICE)


def _stop_list(turn: TurnContext, enrolment: Enrolment) -> Reply:
    return _stop(turn, enrolment, LIST)


def _stop(turn: TurnContext, enrolment: Enrolment, name: str) -> Reply:
    turn.store.enrolments.set_status(enrolment, name, "validated", turn.now)
    rearm(turn)
    return answer(enrolment, line("reminders.stopped"))


_ACTIONS: dict[str, Callable[[TurnContext, Enrolment], Reply]] = {
    "seen": _seen,
    "on": _on_list,
    "off": appeal,
    "sent": appealed,
    "later": ask_later,
    "stop_notice": _stop_notice,
    "stop_list": _stop_list,
}
