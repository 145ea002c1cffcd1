"""Who sends faster than a person can: their events wait while anybody else's are there.

Nothing is dropped and nobody else waits for them; a machine with nothing better to do takes them
at full speed.
"""

from __future__ import annotations

# A quick hand presses three times a second for a while.
BURST = 30.0
PER_SECOND = 3.0
_MOST_PEOPLE = 10_000


class Floods:
    """Counts each person's events, in memory and bounded."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def is_flood(self, person: str, now: float) -> bool:
        """Note an event of the person; whether it is one too many. `now` in seconds."""
        left = self._left(person, now)
        self._buckets[person] = (max(0.0, left - 1), now)
        if len(self._buckets) > _MOST_PEOPLE:
            self._buckets = {
                each: bucket
                for each, bucket in self._buckets.items()
                if self._left(each, now) < BURST
            }
        return left < 1

    def _left(self, person: str, now: float) -> float:
        left, at = self._buckets.get(person, (BURST, now))
        return min(BURST, left + (now - at) * PER_SECOND)
