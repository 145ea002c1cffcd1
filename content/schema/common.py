"""What every kind of content is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
class Named:
    """An id with the name candidates read."""

    id: str
    name: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrases:
    """Other ways to ask one question, per language; the matcher reads them."""

    fr: tuple[str, ...]
    ar: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """Ways to say one thing, per language: essential words, with `|` between two ways."""

    fr: str = ""
    ar: str = ""
    en: str = ""

    def in_language(self, language: str) -> tuple[str, ...]:
        """The ways in `language` (fr, ar or en)."""
        return tuple(way for each in getattr(self, language).split("|") if (way := each.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sourced statement that questions rest on.

    `until`: the first day it no longer holds, which may be an estimate.
    """

    id: str
    statement: str
    source: str
    as_of: str
    confidence: Confidence
    caution: str = ""
    until: date | None = None
    until_estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """Something an answer must say; any of the `wordings` of any language says it.

    `contrary`: wordings that, within one clause, say the opposite (two notions swapped).
    """

    name: Localized
    wordings: Wordings
    contrary: Wordings = Wordings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number an answer must give, right within `tolerance`.

    `computation` is the arithmetic behind it, with + - * / ( ) and numbers (or, in a case, the
    names of its table's cells): a test recomputes it. `unit` is shown with the answer.
    """

    value: Decimal
    tolerance: Decimal = Decimal(0)
    unit: Localized | None = None
    computation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A line of a marking grid; a grid's points sum to 20."""

    name: Localized
    points: int
