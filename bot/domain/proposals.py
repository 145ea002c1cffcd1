"""What the weekly review proposed, how long it can be accepted or undone (M74, FEATURES T8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.weekly import WEEK

# "replan": the plan starts anew; "questions": how many a day; "focus": extra practice on a topic.
Kind = Literal["replan", "questions", "focus"]
Values = Mapping[str, str | int | None]
"""What accepting a proposal changes: field to value, days written YYYY-MM-DD."""

# A proposal can be accepted for a week, and an accepted one undone for a week.
OPEN_FOR = WEEK
UNDO_FOR = WEEK
# What was turned down or taken back is not proposed again for so long: to ask every Sunday nags.
REST = 4 * WEEK
# Extra practice stays on a topic through this day, seven days with the first.
_LAST_DAY = WEEK - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change worth proposing; `why`: the candidate's own figures that speak for it."""

    kind: Kind
    before: Values
    after: Values
    why: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change as it was offered, and what the candidate made of it.

    Those offered together share `offered_at`. `accepted` is None while nothing is decided, and
    where it lapsed: a newer review took its place, or what it would change was changed since.
    """

    id: int
    change: Change
    offered_at: datetime
    decided_at: datetime | None = None
    accepted: bool | None = None
    undone_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.decided_at is None and now - self.offered_at < OPEN_FOR

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it is in force and was accepted less than UNDO_FOR ago."""
        return (
            self.is_in_force and self.decided_at is not None and now < self.decided_at + UNDO_FOR
        )

    @property
    def is_in_force(self) -> bool:
        """Whether it was accepted and not taken back."""
        return bool(self.accepted) and self.undone_at is None

    @property
    def declined_at(self) -> datetime | None:
        """When it was turned down or taken back."""
        return self.undone_at or (self.decided_at if self.accepted is False else None)


def dated(kind: Kind, after: Values, today: date) -> Values:
    """The values with their days counted from `today`, when they take effect."""
    if kind == "replan":
        return {**after, "planned_from": today.isoformat()}
    if kind == "focus":
        return {**after, "focus_until": (today + _LAST_DAY).isoformat()}
    return after


def resting(proposals: Sequence[Proposal], now: datetime) -> frozenset[Kind]:
    """The kinds not to propose again yet."""
    return frozenset(
        each.change.kind
        for each in proposals
        if each.declined_at is not None and now - each.declined_at < REST
    )
