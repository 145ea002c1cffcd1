"""Reminders of milestones: what a firing timer says, and the buttons under it (T9, M14, F6)."""

from __future__ import annotations

from datetime import datetime, time

from bot.clock import local_day, local_time
from bot.domain.enrolment import TESTS, Enrolment, MilestoneDate
from bot.domain.firing import PutOff, Speak, judge_firing
from bot.domain.reminders import SNOOZE, over_at, reminders_of
from bot.domain.sending_time import Silence, sending_time, silence_of
from bot.handlers.calm import busy_at
from bot.handlers.context import Reply, TurnContext
from bot.handlers.milestones.lookup import find_enrolment, find_kind, rearm
from bot.handlers.milestones.reminder_messages import (
    AN_HOUR,
    after_message,
    passed_message,
    reminder_message,
    tomorrow_at,
)
from bot.messages import TimerFired, line
from bot.storage.reminder_timers import MILESTONE
from content.schema import MilestoneKind


def on_due(turn: TurnContext) -> Reply:
    """A reminder's timer fires: say it, put it off, or stay silent.

    Silent when the milestone is validated or its date gone, when a nearer reminder of the same
    milestone is due as well (it speaks for all that were missed), and in a pause, unless a
    deadline or a test is at stake (T34).
    """
    event, found = turn.event, _open_milestone(turn)
    if found is None or not isinstance(event, TimerFired):
        return Reply()
    enrolment, kind, mark = found
    planned_at = _planned_at(turn, enrolment, kind, mark, event.due_at)
    if planned_at is None:
        return Reply()
    verdict = _judge(turn, enrolment, kind, mark, planned_at, event.due_at)
    if isinstance(verdict, PutOff):
        turn.store.timers.arm(turn.me.id, MILESTONE, event.ref, verdict.until)
    if not isinstance(verdict, Speak):
        return Reply()
    known = enrolment.dates[kind.id]
    if verdict.is_over:
        return Reply(messages=(passed_message(turn, enrolment, kind, known),))
    late = (line("reminders.late", hour=_local(planned_at, turn)),) if verdict.is_late else ()
    return Reply(messages=(reminder_message(turn, enrolment, kind, known, late),))


def _open_milestone(turn: TurnContext) -> tuple[Enrolment, MilestoneKind, str] | None:
    """What the timer is about, with its mark; None when there is nothing to remind of any more."""
    event = turn.event
    if not isinstance(event, TimerFired):
        return None
    ref, _, rest = event.ref.partition(":")
    kind_id, _, mark = rest.partition(":")
    enrolment, kind = find_enrolment(turn, ref), find_kind(turn, kind_id)
    if enrolment is None or kind is None or kind.id not in enrolment.dates:
        return None
    is_critical = kind.deadline or kind.id in TESTS
    is_held_back = turn.me.is_paused(turn.now) and not is_critical
    if enrolment.is_validated(kind.id) or is_held_back:
        return None
    return enrolment, kind, mark


def _planned_at(
    turn: TurnContext, enrolment: Enrolment, kind: MilestoneKind, mark: str, due_at: datetime
) -> datetime | None:
    """When the reminder was to be sent at first; None when a nearer one is due already."""
    silent_days = turn.store.enrolments.test_days(turn.me.id)
    marks = reminders_of(turn.me, enrolment, kind, silent_days)
    planned_at = next((each.due_at for each in marks if each.mark == mark), due_at)
    nearer = any(planned_at < each.due_at <= turn.now for each in marks)
    return None if nearer else planned_at


def _judge(
    turn: TurnContext,
    enrolment: Enrolment,
    kind: MilestoneKind,
    mark: str,
    planned_at: datetime,
    due_at: datetime,
) -> Speak | PutOff | None:
    known = enrolment.dates[kind.id]
    return judge_firing(
        planned_at,
        turn.now,
        _silence(turn, kind, known, mark),
        due_at=due_at,
        over_at=over_at(kind, known, turn.me.zone),
        is_deadline=kind.deadline,
        # The last hours before a deadline wait for nobody's conversation.
        active_at=None if mark.startswith("H-") else busy_at(turn),
    )


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A button under a reminder; the reminder itself becomes the answer."""
    what, _, kind_id = value.partition(".")
    enrolment, kind = find_enrolment(turn, ref) if ref else None, find_kind(turn, kind_id)
    if enrolment is None or kind is None:
        return Reply(next="plan::show", notice=line("plan.gone"))
    known = enrolment.dates.get(kind.id)
    if what == "done":
        turn.store.enrolments.validate(enrolment, kind.id, turn.now)
        rearm(turn)
        done = line("reminders.done", kind=kind.name)
        return Reply(
            messages=(after_message(enrolment, kind, done),), notice=line("reminders.silent")
        )
    if what in {"hour", "tomorrow"} and known is not None:
        return _snooze(turn, enrolment, kind, known, is_hour=what == "hour")
    return Reply(next=f"plan:{enrolment.id}:show")


def _snooze(
    turn: TurnContext,
    enrolment: Enrolment,
    kind: MilestoneKind,
    known: MilestoneDate,
    *,
    is_hour: bool,
) -> Reply:
    """Again in an hour, or tomorrow at the reminder hour; never past the deadline."""
    if enrolment.is_validated(kind.id):
        return Reply(
            messages=(after_message(enrolment, kind, line("reminders.done", kind=kind.name)),)
        )
    due_at = sending_time(
        turn.now + AN_HOUR if is_hour else tomorrow_at(turn),
        _silence(turn, kind, known, SNOOZE),
        deadline=over_at(kind, known, turn.me.zone),
        is_deadline=kind.deadline,
        not_before=turn.now,
    )
    if due_at is None:
        return Reply(notice=line("reminders.no_time"))
    turn.store.timers.arm(turn.me.id, MILESTONE, f"{enrolment.id}:{kind.id}:{SNOOZE}", due_at)
    is_today = local_day(due_at, turn.me.zone) == turn.today
    key = "reminders.again_today" if is_today else "reminders.again_tomorrow"
    again = line(key, kind=kind.name, hour=_local(due_at, turn))
    return Reply(messages=(after_message(enrolment, kind, again, may_finish=True),))


def _silence(turn: TurnContext, kind: MilestoneKind, known: MilestoneDate, mark: str) -> Silence:
    """The candidate's silence; a test's own reminder is not silenced by its day."""
    silent_days = turn.store.enrolments.test_days(turn.me.id)
    is_own_day = kind.id in TESTS and mark == "J-0"
    return silence_of(turn.me, silent_days - {known.day} if is_own_day else silent_days)


def _local(instant: datetime, turn: TurnContext) -> time:
    return local_time(instant, turn.me.zone)
