"""What has to be looked at again and again: the notice each week, the list of admitted each day.

A watch is one timer that is armed anew each time it fires, so that a coach that was away for
days asks once, not once for each day missed (FEATURES F8, F10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import at_local_time, local_day
from bot.domain.candidate import Candidate
from bot.domain.enrolment import TESTS, Enrolment, days_of_tests, list_kind
from bot.domain.sending_time import sending_time, silence_of
from content.schema import MilestoneKind

NOTICE, LIST = "notice_watch", "list_watch"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# Observed: at most 78 days from the filing deadline to the written test (calendar CAL-02).
LONGEST_WAIT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Something to look at `every` so often after `since`, up to the day `until`, if any."""

    name: str
    enrolment_id: int
    since: date
    every: timedelta
    until: date | None

    @property
    def ref(self) -> str:
        """The name of its timer."""
        return f"{self.enrolment_id}:"

    def next_after(
        self, now: datetime, candidate: Candidate, silent_days: frozenset[date]
    ) -> datetime | None:
        """The next time to ask, at the reminder hour; a day that must stay silent is left out."""
        passed = (local_day(now, candidate.zone) - self.since) // self.every
        day = self.since + max(passed - 1, 1) * self.every
        while self.until is None or day <= self.until:
            wish = at_local_time(day, candidate.reminder_time, candidate.zone)
            silence = silence_of(candidate, silent_days)
            instant = sending_time(wish, silence, deadline=wish + self.every)
            if instant is not None and instant > now:
                return instant
            day += self.every
        return None


def wanted_watches(
    enrolments: Iterable[Enrolment], kinds: tuple[MilestoneKind, ...], zone: str
) -> tuple[Watch, ...]:
    """Every watch the candidate's competitions call for."""
    return tuple(
        watch
        for enrolment in enrolments
        for watch in (_notice_watch(enrolment, kinds, zone), _list_watch(enrolment, kinds))
        if watch is not None and enrolment.status(watch.name) != "validated"
    )


def _notice_watch(
    enrolment: Enrolment, kinds: tuple[MilestoneKind, ...], zone: str
) -> Watch | None:
    """Is the notice out (M15)? Weekly, until a date is official or the tests are over."""
    binding = [kind.id for kind in kinds if kind.deadline or kind.id in TESTS]
    known = [enrolment.dates[kind] for kind in binding if kind in enrolment.dates]
    if any(each.provenance == "official" for each in known):
        return None
    return Watch(
        name=NOTICE,
        enrolment_id=enrolment.id,
        since=local_day(enrolment.created_at, zone),
        every=WEEK,
        until=max(days_of_tests([enrolment]), default=None),
    )


def _list_watch(enrolment: Enrolment, kinds: tuple[MilestoneKind, ...]) -> Watch | None:
    """Is the list out (P06)? Daily, from the day after the deadline to the eve of the test."""
    awaited = list_kind(kinds)
    closing = [
        enrolment.dates[kind.id].day
        for kind in kinds
        if kind.deadline and kind.id in enrolment.dates
    ]
    if awaited is None or not closing or enrolment.is_validated(awaited.id):
        return None
    eve = min(days_of_tests([enrolment]), default=date.max) - DAY
    return Watch(
        name=LIST,
        enrolment_id=enrolment.id,
        since=max(closing),
        every=DAY,
        until=min(eve, max(closing) + LONGEST_WAIT),
    )
