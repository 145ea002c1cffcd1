"""What is studied away from the daily five: sheets, timed sets, practical cases, dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from content.schema.common import Criterion, Idea, ItemId, Localized, Number, StreamId, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A notion and what it means, in one or two sentences."""

    term: Localized
    text: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStep:
    """A box of the process diagram: who does what, and what they pass on."""

    who: Localized
    does: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process diagram as steps in order: shown as text, drawable as a picture."""

    title: Localized
    steps: tuple[ProcessStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """Latin letters and what they stand for."""

    short: str
    meaning: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One double-sided page: definitions and acronyms; process, points to keep, quiz (M76)."""

    id: str
    title: Localized
    definitions: tuple[Definition, ...]
    acronyms: tuple[Acronym, ...]
    process: Process
    keep: tuple[Localized, ...]
    quiz: tuple[ItemId, ...]
    facts: tuple[str, ...]
    source: Localized
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicSet:
    """A timed set (M36, M40): `count` questions of its topics, drawn anew each time, in `minutes`.

    Its id is permanent: candidates' results name it.
    """

    id: str
    name: Localized
    topics: tuple[TopicId, ...]
    minutes: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a case's table; its cells are named `<id>_1`, `<id>_2`… in computations."""

    id: str
    label: Localized
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTable:
    """A small table that fits a phone: at most four columns of values."""

    columns: tuple[Localized, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """A figure to compute from the table."""

    id: str
    question: Localized
    answer: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A practical case (M46-M53): figures to compute, causes to suppose, actions to propose.

    `costs`, `impacts` and `risks` are what the proposals weigh. The grid's points sum to 20.
    """

    id: str
    title: Localized
    streams: tuple[StreamId, ...] = ()
    minutes: int
    situation: Localized
    table: CaseTable
    numbers: tuple[CaseNumber, ...]
    hypotheses: tuple[Idea, ...]
    short_term: tuple[Idea, ...]
    medium_term: tuple[Idea, ...]
    indicator: Idea
    costs: Localized
    impacts: Localized
    risks: Localized
    grid: tuple[Criterion, ...]
    facts: tuple[str, ...] = ()
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDocument:
    """A short document of a dossier, written for it."""

    id: str
    title: Localized
    text: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """One of the two parts of the expected plan, and its points."""

    title: Localized
    points: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A summary-note exercise: documents, the expected problem line, plan and ideas, a grid."""

    id: str
    title: Localized
    minutes: int
    task: Localized
    documents: tuple[DossierDocument, ...]
    problem: Localized
    plan: tuple[PlanPart, ...]
    ideas: tuple[Idea, ...]
    grid: tuple[Criterion, ...]
    facts: tuple[str, ...] = ()
    as_of: date
