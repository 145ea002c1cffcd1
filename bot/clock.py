"""The only place that reads the time, and the only source of time zones.

Morocco has been on UTC+0 all year since 2026-09-20, which only tzdata 2026.3 and later know, and
zoneinfo reads the system's data first. So the search path is emptied before any zone is made:
the pinned `tzdata` package is the one that counts (FEATURES F9).
"""

from __future__ import annotations

import time as _time
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite

zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()

ZoneInfo = zoneinfo.ZoneInfo
ZoneInfoNotFoundError = zoneinfo.ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the coach's time: the system's, or for tests one that starts elsewhere and runs fast.

    `speed` multiplies what passes after `origin` (seconds of the monotonic clock).
    """

    start: datetime | None = None
    speed: float = 1.0
    origin: float = 0.0

    def now(self) -> datetime:
        """The present instant, in UTC."""
        if self.start is None:
            return datetime.now(UTC)  # noqa: TID251 - the one place
        return self.start + timedelta(seconds=(_time.monotonic() - self.origin) * self.speed)


def test_clock(text: str) -> Clock:
    """A clock from `2026-11-24T07:58:00Z`, with `*600` and `@1764000000` or not (else ValueError).

    It starts now, or with `@` at that second of the system's clock: so processes started one after
    another show one time.
    """
    instant, _, began = text.partition("@")
    instant, _, speed = instant.partition("*")
    start = datetime.fromisoformat(instant)
    if start.tzinfo is None:
        raise ValueError("no zone")
    pace = float(speed) if speed else 1.0
    if not 0 < pace <= 100_000:
        raise ValueError("speed")
    past = _time.time() - float(began) if began else 0.0
    if not isfinite(past):
        raise ValueError("second")
    return Clock(start=start.astimezone(UTC), speed=pace, origin=_time.monotonic() - past)


def wall_seconds() -> float:
    """Seconds since the epoch by the system's clock: for leases and retries only."""
    return _time.time()


def monotonic_seconds() -> float:
    """Seconds that never jump, from an unknown start: for pacing, durations and leases.

    It stands still for nobody: a process that was frozen finds it gone on.
    """
    return _time.monotonic()


def local_day(now: datetime, zone: str) -> date:
    """The calendar day of `now` in `zone`."""
    return now.astimezone(ZoneInfo(zone)).date()


def local_time(now: datetime, zone: str) -> time:
    """The wall-clock time of `now` in `zone`."""
    return now.astimezone(ZoneInfo(zone)).time()


def at_local_time(day: date, hour: time, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show `hour` on `day`.

    A time that a clock change skips gives the instant an hour later on the wall; one that
    happens twice gives the first.
    """
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
