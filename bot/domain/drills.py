"""Exercises done beside the quiz: a case one marks oneself, a plan against the clock (M68, T6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.readiness import fewest

DrillKind = Literal["case", "outline"]
# A case is passed with at least this share of its figures right, as the coach checks them, and
# of its grid's boxes ticked, in percent.
CASE_PERCENT = 60
# T6: the second gate opens with so many different cases passed.
CASES_NEEDED = 2
# M68: the third gate opens with a plan written within this time.
OUTLINE_MINUTES = 5
OUTLINE_WITHIN = timedelta(minutes=OUTLINE_MINUTES)
# So many characters of a plan are read.
LONGEST_PLAN = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One attempt at a case or at the plan of a dossier.

    `ticked`: the grid's boxes met (numbers from 0), by the candidate's own marking; `pieces`: what
    was typed so far, each message by the name it is edited by (a case's figures, a plan's parts).
    `passed` is None until it is over.
    """

    id: int
    kind: DrillKind
    item_id: str
    started_at: datetime
    ended_at: datetime | None = None
    ticked: frozenset[int] = frozenset()
    pieces: Mapping[str, str] = field(default_factory=dict)
    passed: bool | None = None

    @property
    def took(self) -> timedelta:
        """From the prompt to the end, by the coach's clock; nothing while it is not over."""
        return self.ended_at - self.started_at if self.ended_at else timedelta()


def with_piece(pieces: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """The plan with one more message, or with one that now reads `text`, as far as it is read."""
    others = sum(len(each) for key, each in pieces.items() if key != name)
    return {**pieces, name: text[: max(0, LONGEST_PLAN - others)]}


def clock_of(took: timedelta) -> str:
    """Minutes and seconds, as a clock shows them: 4:07. Part of a second does not count."""
    minutes, seconds = divmod(took // timedelta(seconds=1), 60)
    return f"{minutes}:{seconds:02d}"


def needed_of(count: int) -> int:
    """How many of a grid's boxes, or of a case's figures, make it passed."""
    return fewest(count, CASE_PERCENT)


def is_enough(reached: int, count: int) -> bool:
    """Whether so many boxes or figures pass; where there are none, nobody passes."""
    return count > 0 and reached >= needed_of(count)


def is_outline_passed(took: timedelta) -> bool:
    """Whether a plan came in time, to the second that the clock shows."""
    return took // timedelta(seconds=1) <= OUTLINE_WITHIN // timedelta(seconds=1)


def cases_passed(drills: Iterable[Drill]) -> int:
    """The second gate's count: different cases passed, once each."""
    return len({each.item_id for each in drills if each.kind == "case" and each.passed})


def best_outline(drills: Iterable[Drill]) -> timedelta | None:
    """The third gate's time: the quickest plan that passed; None without one."""
    times = (each.took for each in drills if each.kind == "outline" and each.passed)
    return min(times, default=None)
