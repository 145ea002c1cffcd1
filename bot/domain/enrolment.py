"""A candidate's competition: its dates, each with where it comes from, and what is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Literal

from content.schema import MilestoneKind

Status = Literal["to_do", "ongoing", "validated"]
Provenance = Literal["estimated", "official"]

STATUSES: tuple[Status, ...] = ("to_do", "ongoing", "validated")

# The two kinds of milestone that are tests; a pack names its written and oral test so. Every
# other role is read from the pack: `deadline`, and the list that follows the deadline.
WRITTEN, ORAL = "written", "oral"
TESTS = (WRITTEN, ORAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDate:
    """The day (and hour, if known) of a milestone, by the candidate's clocks.

    `source` says where an official date was read; empty when the candidate only said that they
    saw the notice. `entered_on` is the day it was entered.
    """

    kind: str
    day: date
    hour: time | None = None
    provenance: Provenance = "estimated"
    source: str = ""
    entered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A competition that a candidate prepares.

    `dates` by milestone kind: the candidate's own, else the shared competition's. `statuses` by
    plan step id, or `milestone:<kind>`. `planned_from` is the day the back-plan starts: when the
    exam day was last changed, or the candidate accepted a new plan.
    """

    id: int
    candidate_id: str
    name: str
    competition_id: int | None = None
    created_at: datetime
    planned_from: date | None = None
    dates: Mapping[str, MilestoneDate] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)

    def status(self, item: str) -> Status:
        """The status of a plan step, or of `milestone:<kind>`."""
        return self.statuses.get(item, "to_do")

    def is_validated(self, kind: str) -> bool:
        """Whether the candidate said that this milestone is done."""
        return self.status(milestone_item(kind)) == "validated"

    def is_behind(self, kind: str, today: date) -> bool:
        """Whether a milestone is validated or its day is over.

        A test is behind only after its day: to validate it before is to say "I am ready".
        """
        known = self.dates.get(kind)
        is_over = known is not None and known.day < today
        return is_over or (kind not in TESTS and self.is_validated(kind))

    def behind(self, kinds: Iterable[MilestoneKind], today: date) -> set[str]:
        """The ids of those milestones that are behind."""
        return {kind.id for kind in kinds if self.is_behind(kind.id, today)}

    @property
    def done(self) -> set[str]:
        """The plan steps and milestones validated, by the name their status is kept under."""
        return {item for item, status in self.statuses.items() if status == "validated"}

    def exam(self, today: date) -> MilestoneDate | None:
        """The test the plan works towards: the written one; once it is over, the oral."""
        tests = [self.dates[kind] for kind in TESTS if kind in self.dates]
        ahead = (each for each in tests if not self.is_behind(each.kind, today))
        return next(ahead, tests[-1] if tests else None)


def milestone_item(kind: str) -> str:
    """The name a milestone's status is kept under."""
    return f"milestone:{kind}"


def next_status(status: Status) -> Status:
    """What one more tap makes of a status; after the last comes the first again, as an undo."""
    return STATUSES[(STATUSES.index(status) + 1) % len(STATUSES)]


def days_of_tests(enrolments: Iterable[Enrolment]) -> frozenset[date]:
    """The days of a candidate's written and oral tests: the coach is silent then (M86, P17)."""
    return frozenset(
        each.dates[kind].day for each in enrolments for kind in TESTS if kind in each.dates
    )


def list_kind(kinds: tuple[MilestoneKind, ...]) -> MilestoneKind | None:
    """The list to watch for after filing: the kind that follows the last deadline, if no test."""
    after = [late for early, late in pairwise(kinds) if early.deadline]
    return after[-1] if after and after[-1].id not in TESTS else None


def current_kind(
    kinds: tuple[MilestoneKind, ...], enrolment: Enrolment, today: date
) -> MilestoneKind | None:
    """The stage the candidate is at: the kind after the last one validated or past (M11)."""
    behind = [place for place, kind in enumerate(kinds) if enrolment.is_behind(kind.id, today)]
    place = behind[-1] + 1 if behind else 0
    return kinds[place] if place < len(kinds) else None
