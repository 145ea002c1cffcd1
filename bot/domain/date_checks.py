"""What is odd about a date, said gently: copies hold mistakes (P22), competitions clash (P09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.day_text import TypedDay
from bot.domain.enrolment import TESTS, WRITTEN, Enrolment, MilestoneDate
from bot.messages import Line, line
from content.schema import MilestoneKind

FURTHEST = timedelta(days=2 * 365)
# What has taken place (a notice published, a list shown) may be noted afterwards.
LONGEST_AGO = timedelta(days=120)
# A filing deadline nearer than this is flagged (P04).
SHORT_NOTICE = timedelta(days=5)
SATURDAY, SUNDAY = 5, 6


def refusal(kind: MilestoneKind, day: date, today: date) -> Line | None:
    """Why the day cannot be: over already, or absurdly far; None when it can."""
    is_ahead = kind.deadline or kind.id in TESTS
    if day < (today if is_ahead else today - LONGEST_AGO):
        return line("dates.refused_past")
    return line("dates.refused_far") if day - today > FURTHEST else None


def doubts(
    kinds: tuple[MilestoneKind, ...],
    kind: MilestoneKind,
    typed: TypedDay,
    others: Iterable[MilestoneDate],
    today: date,
) -> tuple[Line, ...]:
    """Notes on a date just typed; `others` are the competition's other dates."""
    found = []
    weekday = typed.day.weekday()
    if typed.weekday is not None and typed.weekday != weekday:
        found.append(line("dates.doubt_weekday"))
    # In 55 dated competitions the written test fell on a Sunday 47 times (calendar CAL-10).
    if kind.id == WRITTEN and weekday != SUNDAY:
        found.append(line("dates.doubt_not_sunday"))
    if kind.deadline and weekday in {SATURDAY, SUNDAY}:
        found.append(line("dates.doubt_weekend"))
    if kind.deadline and typed.day - today < SHORT_NOTICE:
        found.append(line("dates.short_notice"))
    if _is_out_of_order(kinds, kind, typed.day, others):
        found.append(line("dates.doubt_order"))
    return tuple(found)


def _is_out_of_order(
    kinds: tuple[MilestoneKind, ...],
    kind: MilestoneKind,
    day: date,
    others: Iterable[MilestoneDate],
) -> bool:
    """Whether a milestone that comes earlier would fall later, or the other way round."""
    place = {each.id: number for number, each in enumerate(kinds)}
    return any(
        (place[other.kind] - place[kind.id]) * (other.day - day).days < 0
        for other in others
        if other.kind in place and other.kind != kind.id
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A date of one competition that falls on, or beside, a date of another."""

    mine: MilestoneDate
    other: Enrolment
    theirs: MilestoneDate


def clashes(
    enrolment: Enrolment,
    enrolments: Iterable[Enrolment],
    kinds: Iterable[MilestoneKind],
    today: date,
) -> tuple[Clash, ...]:
    """Where `enrolment` clashes with the candidate's others, from today on.

    Two tests within a day of each other, or a test or deadline on the day of any other date. The
    rule reads the same from both sides, so a clash is flagged in both competitions (T29).
    """
    binding = {kind.id for kind in kinds if kind.deadline or kind.id in TESTS}
    return tuple(
        Clash(mine=mine, other=other, theirs=theirs)
        for other in enrolments
        if other.id != enrolment.id
        for mine in enrolment.dates.values()
        for theirs in other.dates.values()
        if min(mine.day, theirs.day) >= today and _collide(mine, theirs, binding)
    )


def _collide(mine: MilestoneDate, theirs: MilestoneDate, binding: set[str]) -> bool:
    apart = abs((mine.day - theirs.day).days)
    if mine.kind in TESTS and theirs.kind in TESTS:
        return apart <= 1
    return apart == 0 and not binding.isdisjoint({mine.kind, theirs.kind})
