"""When a wished push may really leave: one precedence for quizzes, milestones and checks.

From the strongest rule to the weakest (DESIGN 1.7): never at or after the deadline; silence on
test day; quiet hours; grace while the candidate is active; then the wished minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import ZoneInfo, at_local_time
from bot.domain.candidate import Candidate

# FEATURES T35: nothing interrupts within 15 minutes of activity, which is noted every half minute.
GRACE = timedelta(minutes=15, seconds=30)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """When nothing may be sent, by the clocks of `zone`: the quiet hours, and whole test days.

    Equal quiet hours mean none; they may wrap midnight.
    """

    zone: str
    quiet_from: time
    quiet_to: time
    test_days: frozenset[date] = frozenset()

    def covers(self, instant: datetime) -> bool:
        """Whether nothing may be sent at `instant`."""
        local = self._local(instant)
        return local.date() in self.test_days or self._is_quiet(local.time())

    def after(self, instant: datetime) -> datetime:
        """`instant`, or the end of its silence; a test day ends at the same hour of the next."""
        while self.covers(instant):
            local = self._local(instant)
            if local.date() in self.test_days:
                instant = at_local_time(local.date() + DAY, local.time(), self.zone)
                continue
            ends_tomorrow = self.quiet_to <= local.time()
            end = at_local_time(local.date() + DAY * ends_tomorrow, self.quiet_to, self.zone)
            # Where clocks go back, the hour that comes twice ends twice.
            instant = end if end > instant else end + HOUR
        return instant

    def before(self, instant: datetime) -> datetime:
        """`instant`, or the minute before its silence; for a test day the same hour of the eve."""
        while self.covers(instant):
            local = self._local(instant)
            if local.date() in self.test_days:
                instant = at_local_time(local.date() - DAY, local.time(), self.zone)
                continue
            began_yesterday = local.time() < self.quiet_from
            start = at_local_time(local.date() - DAY * began_yesterday, self.quiet_from, self.zone)
            # Where clocks skip an hour, a silence set to begin in it begins late.
            instant = min(start, instant) - MINUTE
        return instant

    def _is_quiet(self, hour: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.zone))


def silence_of(candidate: Candidate, test_days: frozenset[date] = frozenset()) -> Silence:
    """The candidate's quiet hours, and the test days on which the coach keeps quiet."""
    return Silence(
        zone=candidate.zone,
        quiet_from=candidate.quiet_from,
        quiet_to=candidate.quiet_to,
        test_days=test_days,
    )


def sending_time(
    wish: datetime,
    silence: Silence,
    *,
    deadline: datetime | None = None,
    is_deadline: bool = False,
    active_at: datetime | None = None,
    not_before: datetime | None = None,
) -> datetime | None:
    """The lawful instant (UTC) for a push wished at `wish`; None when there is none.

    `deadline`: the push is worthless from then on. `is_deadline`: it reminds of a deadline, so
    silence moves it earlier, to the minute before; any other push moves later, to the end of the
    silence. What is about a test itself leaves that day out of the silence. `not_before` is the
    present, when a timer fires: a deadline reminder that can no longer go earlier goes later, if
    that is still before the deadline. Grace gives way where it would push a message past its
    deadline, or a deadline reminder into silence.
    """
    earliest = max(wish, not_before) if not_before else wish
    calm = max(earliest, active_at + GRACE) if active_at else earliest
    tries = [silence.after(calm), silence.after(earliest)]
    if is_deadline:
        tries = [calm, earliest, silence.before(earliest), silence.after(earliest)]
    for instant in tries:
        is_early = not_before is not None and instant < not_before
        is_late = deadline is not None and instant >= deadline
        if not (is_early or is_late or silence.covers(instant)):
            return instant
    return None
