"""Makes the timers agree with a candidate's dates: what is wanted is armed, the rest is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.candidate import Candidate
from bot.domain.enrolment import Enrolment, days_of_tests
from bot.domain.reminders import SNOOZE, wanted_reminders
from bot.domain.watches import LIST, NOTICE, wanted_watches
from bot.storage.outbox import Outbox
from bot.storage.timers import Timers
from content.schema import MilestoneKind

# Kinds of timers; the watches' kinds are their names.
MILESTONE, APPEAL = "milestone", "appeal"


def rearm(
    connection: sa.Connection,
    candidate: Candidate,
    enrolments: Sequence[Enrolment],
    kinds: tuple[MilestoneKind, ...],
    now: datetime,
) -> None:
    """Arm what lies ahead, disarm what is no longer wanted; what is due already stays due."""
    timers = Timers(connection)
    _rearm_milestones(timers, candidate, enrolments, kinds, now)
    _rearm_watches(timers, candidate, enrolments, kinds, now)


def take_back(connection: sa.Connection, enrolment: Enrolment, kind: str = "") -> None:
    """Remove the timers and pending pushes of one milestone; of the whole competition if empty."""
    ref = f"{enrolment.id}:{kind}:" if kind else f"{enrolment.id}:"
    for timer_kind in (MILESTONE,) if kind else (MILESTONE, APPEAL, NOTICE, LIST):
        Timers(connection).disarm(enrolment.candidate_id, timer_kind, ref)
        Outbox(connection).drop_pending(enrolment.candidate_id, f"{timer_kind}:{ref}")


def _rearm_milestones(
    timers: Timers,
    candidate: Candidate,
    enrolments: Sequence[Enrolment],
    kinds: tuple[MilestoneKind, ...],
    now: datetime,
) -> None:
    """A reminder that was put off, or snoozed, keeps its timer while its milestone is open."""
    reminders = wanted_reminders(candidate, enrolments, kinds)
    wanted = {reminder.ref: reminder.due_at for reminder in reminders}
    snoozes = {reminder.ref_of(SNOOZE) for reminder in reminders}
    armed = timers.due_of(candidate.id, MILESTONE)
    for ref in armed.keys() - wanted.keys() - snoozes:
        timers.disarm(candidate.id, MILESTONE, ref)
    for ref, due_at in wanted.items():
        if due_at > now and armed.get(ref) != due_at:
            timers.arm(candidate.id, MILESTONE, ref, due_at)


def _rearm_watches(
    timers: Timers,
    candidate: Candidate,
    enrolments: Sequence[Enrolment],
    kinds: tuple[MilestoneKind, ...],
    now: datetime,
) -> None:
    watches = wanted_watches(enrolments, kinds, candidate.zone)
    silent_days = days_of_tests(enrolments)
    for name in (NOTICE, LIST):
        armed = timers.due_of(candidate.id, name)
        wanted = {
            watch.ref: due_at
            for watch in watches
            if watch.name == name
            and (due_at := watch.next_after(now, candidate, silent_days)) is not None
        }
        for ref in armed.keys() - wanted.keys():
            timers.disarm(candidate.id, name, ref)
        for ref, due_at in wanted.items():
            if armed.get(ref, due_at) > now:
                timers.arm(candidate.id, name, ref, due_at)
