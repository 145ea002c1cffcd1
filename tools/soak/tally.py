"""Counts of a run, by the names they are printed under."""

from __future__ import annotations

from operator import add

# Of two of these the larger counts; anything else is added up.
MOST_MARKS, OLDEST_MARK = "most marks unwritten at one kill", "oldest of a reminder, ms"
EXTREMES = (MOST_MARKS, OLDEST_MARK)

Tally = dict[str, int]


def plus(one: Tally, other: Tally) -> Tally:
    """Both together."""
    return {
        name: (max if name in EXTREMES else add)(one.get(name, 0), other.get(name, 0))
        for name in one | other
    }
