"""The competition: its head, weights, dated moments and back-plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.schema.common import Grade, Localized, Named, StreamId, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the areas progress is shown by; it groups topics (founding guide, M8)."""

    id: str
    name: Localized
    topics: tuple[TopicId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test of the competition: duration in minutes (shortest, longest) and coefficient."""

    id: str
    name: Localized
    content: Localized
    stage: Literal["written", "oral"]
    minutes: tuple[int, int]
    coefficient: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """Exam weights by topic, in percent (each table sums to 100): `base`, and one per stream."""

    base: dict[TopicId, int]
    streams: dict[StreamId, dict[TopicId, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneKind:
    """A dated moment of a competition.

    `deadline`: something must be done before its hour (else it is an event to attend or check).
    `days_from_written`: the usual distance from the written test, to estimate a missing date.
    """

    id: str
    name: Localized
    action: Localized
    risk: Localized
    countermeasure: Localized
    deadline: bool
    days_from_written: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """A task of the back-plan. `weeks` maps each plan length (2, 4, 6, 8, 9, 10) to its week.

    `before`: the milestone kind the step must precede; the written test when empty.
    `days_before`: due so many days before the exam, whatever the week's other steps (the eve: 1).
    """

    id: str
    title: Localized
    action: Localized
    risk: Localized
    countermeasure: Localized
    weeks: dict[int, int]
    before: str = ""
    days_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """`milestones.yaml`: the kinds of dated moments, and the back-plan's steps in order."""

    kinds: tuple[MilestoneKind, ...]
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHead:
    """`pack.yaml`: the competition, its streams, grades, topics, missions, areas and tests.

    `notice` is one sentence on what is uncertain about the institution, shown with its card.
    """

    id: str
    name: Localized
    institution: Localized
    notice: Localized
    streams: tuple[Named, ...]
    grades: tuple[Grade, ...]
    topics: tuple[Named, ...]
    missions: tuple[Named, ...]
    areas: tuple[Area, ...]
    tests: tuple[Test, ...]
