"""The content packs' schema: each frozen dataclass is the YAML form and the domain value.

The loader validates YAML against these classes with pydantic (unknown keys refused), and the
rules read the very same objects. Texts a candidate sees are `Localized`: French, Arabic, English.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["fr", "ar", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "ar", "en")

StreamId = str
TopicId = str
ItemId = str
Grade = Literal["A", "B", "C"]
Confidence = Literal["high", "medium"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Localized:
    """One text in the three languages; none may be empty."""

    fr: str
    ar: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` (fr, ar or en)."""
        return str(getattr(self, language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sourced statement that questions rest on; `until` is the first day it no longer holds."""

    id: str
    statement: str
    source: str
    as_of: str
    confidence: Confidence
    caution: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a question; `why` says why it is right or wrong (at most 160 characters)."""

    id: Literal["a", "b", "c", "d"]
    text: Localized
    why: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A four-option question.

    Its id never changes meaning: a correction is a new id with `replaces`. `key` holds the right
    options' ids; with several, the stem says how many. Empty `streams` means every stream.
    `difficulty`: 1 easy, 2 medium, 3 hard.
    """

    id: ItemId
    revision: int = 1
    topic: TopicId
    concept: str
    mission: str
    difficulty: Literal[1, 2, 3]
    streams: tuple[StreamId, ...] = ()
    stem: Localized
    options: tuple[Option, ...]
    key: frozenset[str]
    rationale: Localized
    source: Localized
    facts: tuple[str, ...]
    as_of: date
    retired: bool = False
    replaces: ItemId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An id with the name candidates read."""

    id: str
    name: Localized


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
class PrepPrompt:
    """An interview question to answer with Point, Reason, Example, Point.

    `needs_plan`: it asks for a limit, so the answer must also say how it is being mended (M60).
    """

    id: str
    question: Localized
    common: bool = False
    streams: tuple[StreamId, ...] = ()
    needs_plan: bool = False
    hint: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPrompt:
    """A prompt for a lived story (Situation, Task, Action, Result) that shows one skill."""

    id: str
    skill: str
    skill_name: Localized
    prompt: Localized
    streams: tuple[StreamId, ...] = ()
    hint: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A short list to read or tick before a moment (file, written, oral, day before, day)."""

    id: str
    title: Localized
    items: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrases:
    """Other ways to ask one question, per language; the matcher reads them."""

    fr: tuple[str, ...]
    ar: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """A question candidates ask, its answer, and where the answer comes from."""

    id: str
    question: Localized
    answer: Localized
    source: Localized
    as_of: date
    facts: tuple[str, ...] = ()
    paraphrases: Paraphrases


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole competition pack, loaded and cross-checked; items keyed by id, in file order."""

    head: PackHead
    blueprint: Blueprint
    facts: dict[str, Fact]
    questions: dict[ItemId, Question]
    milestones: Milestones
    prep: dict[str, PrepPrompt]
    star: dict[str, StarPrompt]
    checklists: dict[str, Checklist]
    faq: dict[str, FaqEntry]
