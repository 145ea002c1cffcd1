"""Which reminders a candidate's dates call for, and when: the timers wanted, computed anew.

A mark is a distance from a milestone: `J-3` is three days before it at the candidate's reminder
hour, `H-2` two hours before a deadline that has an hour (FEATURES T9, P01).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import at_local_time
from bot.domain.candidate import Candidate
from bot.domain.enrolment import TESTS, Enrolment, MilestoneDate, days_of_tests
from bot.domain.sending_time import sending_time, silence_of
from content.schema import MilestoneKind

# The mark of a reminder that the candidate asked to see again.
SNOOZE = "snooze"
MARK_DAYS = (7, 3, 1, 0)
MARK_HOURS = (6, 2)
# Hours taken for granted where the notice gave none: portals mostly close at 16:30 (P01), and
# candidates are asked to come early to a morning test.
USUAL_CLOSING, USUAL_START = time(16, 30), time(8, 0)
# The reminder of the day itself still leaves time to act: to file, or to leave home.
LAST_CALL = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder of one milestone, due at `due_at`."""

    enrolment_id: int
    kind: str
    mark: str
    due_at: datetime

    @property
    def ref(self) -> str:
        """The name of its timer."""
        return self.ref_of(self.mark)

    def ref_of(self, mark: str) -> str:
        """The name of the timer of another mark of the same milestone."""
        return f"{self.enrolment_id}:{self.kind}:{mark}"


def wanted_reminders(
    candidate: Candidate, enrolments: Iterable[Enrolment], kinds: Iterable[MilestoneKind]
) -> tuple[Reminder, ...]:
    """Every reminder the candidate's dates call for, past ones included."""
    enrolments = tuple(enrolments)
    silent_days = days_of_tests(enrolments)
    return tuple(
        reminder
        for enrolment in enrolments
        for kind in kinds
        for reminder in reminders_of(candidate, enrolment, kind, silent_days)
    )


def reminders_of(
    candidate: Candidate, enrolment: Enrolment, kind: MilestoneKind, silent_days: frozenset[date]
) -> tuple[Reminder, ...]:
    """One milestone's reminders by due time; where two fall together, only the nearest mark.

    A validated milestone has none. The reminder of a test's own day is the one thing that day
    does not silence; it moves to the evening before where the quiet hours last until the test.
    """
    known = enrolment.dates.get(kind.id)
    if known is None or enrolment.is_validated(kind.id):
        return ()
    due: dict[datetime, str] = {}
    for mark, wish in _wishes(kind, known, candidate):
        is_own_day = kind.id in TESTS and mark == "J-0"
        instant = sending_time(
            wish,
            silence_of(candidate, silent_days - {known.day} if is_own_day else silent_days),
            deadline=over_at(kind, known, candidate.zone),
            is_deadline=kind.deadline or is_own_day,
        )
        if instant is not None:
            due[instant] = mark
    return tuple(
        Reminder(enrolment_id=enrolment.id, kind=kind.id, mark=mark, due_at=instant)
        for instant, mark in sorted(due.items())
    )


def over_at(kind: MilestoneKind, known: MilestoneDate, zone: str) -> datetime:
    """When a reminder of the milestone is worth nothing any more.

    A deadline's hour or a test's start; for anything else, and where no hour is known, the end
    of the day (a test without an hour starts at USUAL_START).
    """
    hour = known.hour or (USUAL_START if kind.id in TESTS else None)
    if hour is None or not (kind.deadline or kind.id in TESTS):
        return at_local_time(known.day + timedelta(days=1), time(0), zone)
    return at_local_time(known.day, hour, zone)


def _wishes(
    kind: MilestoneKind, known: MilestoneDate, candidate: Candidate
) -> Iterator[tuple[str, datetime]]:
    """Each mark with the instant it is wished for, the nearest to the milestone last."""
    zone = candidate.zone
    for days in MARK_DAYS:
        wish = at_local_time(known.day - timedelta(days=days), candidate.reminder_time, zone)
        if days == 0 and (kind.deadline or kind.id in TESTS):
            usual = USUAL_CLOSING if kind.deadline else USUAL_START
            wish = min(wish, at_local_time(known.day, known.hour or usual, zone) - LAST_CALL)
        yield f"J-{days}", wish
    if kind.deadline and known.hour is not None:
        for hours in MARK_HOURS:
            ends_at = at_local_time(known.day, known.hour, zone)
            yield f"H-{hours}", ends_at - timedelta(hours=hours)
