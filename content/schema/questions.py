"""Questions with four options, and short answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.schema.common import (
    Idea,
    ItemId,
    Localized,
    Number,
    StreamId,
    TopicId,
)


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
    `difficulty`: 1 easy, 2 medium, 3 hard. `computation`: the arithmetic whose result the right
    option gives (of two results, both with ";" between): a test recomputes it. `situations`: the
    options are cases to judge, whose figures need not stand in a fact.
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
    computation: str = ""
    situations: bool = False
    retired: bool = False
    replaces: ItemId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """A question answered in one or two sentences, or with a number (QRQ).

    The answer must say every idea, and give the number if there is one. `answer` is the one to
    compare with. Ids are permanent, as those of questions.
    """

    id: ItemId
    revision: int = 1
    topic: TopicId
    concept: str
    difficulty: Literal[1, 2, 3]
    streams: tuple[StreamId, ...] = ()
    question: Localized
    ideas: tuple[Idea, ...] = ()
    number: Number | None = None
    answer: Localized
    source: Localized
    facts: tuple[str, ...]
    as_of: date
    retired: bool = False
    replaces: ItemId | None = None
