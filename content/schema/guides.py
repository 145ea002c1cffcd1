"""What is read rather than answered: checklists, guides, FAQ, glossary, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.schema.common import Confidence, Localized, Paraphrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A short list to read or tick before a moment (file, written, oral, day before, day)."""

    id: str
    title: Localized
    items: tuple[Localized, ...]


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
class Section:
    """A titled piece of a guide."""

    title: Localized
    text: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Advice to read at its time in the plan.

    `days`: from how many days before the written test until how many it is of the moment
    (negative: after it); None: at any time.
    """

    id: str
    kind: Literal["day", "mistakes", "levers", "persona", "after"]
    title: Localized
    days: tuple[int, int] | None = None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the trade. `short`: its Latin acronym; `also`: other names it goes by.

    `never`: wordings that mislead, which no text of the pack may hold.
    """

    id: str
    term: Localized
    short: str = ""
    meaning: Localized
    also: Paraphrases | None = None
    never: Paraphrases | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of the application file; `note`: what to watch for."""

    id: str
    name: Localized
    note: Localized
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRule:
    """A rule of the portal that takes the file (format, size, closing hour)."""

    id: str
    text: Localized
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """`documents.yaml`: what the file is made of, and what the portal refuses."""

    papers: tuple[Paper, ...]
    rules: tuple[PortalRule, ...]
