"""What is seen from outside, as Prometheus reads it: counts and times, nothing about anybody."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.delivery.carrier import Counts
from bot.storage.database import Database

# Milliseconds: a press should be answered well below the fifth.
BUCKETS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)


class Metrics:
    """Counts turns, and says everything in Prometheus's text form.

    `counts`: what each channel's sender did so far.
    """

    def __init__(
        self,
        database: Database,
        counts: Callable[[], Mapping[str, Counts]],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._counts = counts
        self._now = now
        self._turns: Counter[str] = Counter()
        self._within = [0] * (len(BUCKETS) + 1)
        self._milliseconds = 0.0

    def note_turn(self, route: str, milliseconds: float) -> None:
        """A turn was taken. Only faults and repeats are told apart: routes would be endless."""
        self._turns[route if route in ("fault", "duplicate") else "handled"] += 1
        self._within[bisect_left(BUCKETS, milliseconds)] += 1
        self._milliseconds += milliseconds

    async def text(self) -> str:
        """Everything, as text."""
        own = [*self._of_turns(), *_of_sends(self._counts())]
        of_database = await self._database.run(self._of_database, self._now())
        return "\n".join([*own, *of_database]) + "\n"

    def _of_turns(self) -> Iterator[str]:
        yield "# TYPE coach_turns_total counter"
        for outcome in ("handled", "duplicate", "fault"):
            yield f'coach_turns_total{{outcome="{outcome}"}} {self._turns[outcome]}'
        yield "# TYPE coach_turn_seconds histogram"
        total = 0
        for bound, count in zip(BUCKETS, self._within, strict=False):
            total += count
            yield f'coach_turn_seconds_bucket{{le="{bound / 1000}"}} {total}'
        yield f'coach_turn_seconds_bucket{{le="+Inf"}} {sum(self._within)}'
        yield f"coach_turn_seconds_sum {self._milliseconds / 1000:.6f}"
        yield f"coach_turn_seconds_count {sum(self._within)}"

    def _of_database(self, now: datetime) -> list[str]:
        with self._database.begin() as store:
            waiting, due = store.health.outbox(), store.health.due(now)
            dead, faults = store.health.count_dead(), store.health.count_faults()
        lines = ["# TYPE coach_outbox_rows gauge", "# TYPE coach_outbox_age_seconds gauge"]
        for urgency, found in waiting.items():
            kind = f'urgency="{urgency.name.lower()}"'
            lines.append(f"coach_outbox_rows{{{kind}}} {found.count}")
            lines.append(f"coach_outbox_age_seconds{{{kind}}} {found.seconds(now):.1f}")
        return [
            *lines,
            "# TYPE coach_timers_due gauge",
            f"coach_timers_due {due.count}",
            "# TYPE coach_timers_lag_seconds gauge",
            f"coach_timers_lag_seconds {due.seconds(now):.1f}",
            "# TYPE coach_dead_letters gauge",
            f"coach_dead_letters {dead}",
            "# TYPE coach_faults gauge",
            f"coach_faults {faults}",
        ]


def _of_sends(counts: Mapping[str, Counts]) -> Iterator[str]:
    for name in ("sent", "rate_limited", "put_off", "dead"):
        yield f"# TYPE coach_messages_{name}_total counter"
        for channel, found in counts.items():
            yield f'coach_messages_{name}_total{{channel="{channel}"}} {getattr(found, name)}'
