"""A pack in memory: only what selection reads is real, texts are placeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.schema import (
    Blueprint,
    Localized,
    Milestones,
    Named,
    Option,
    Pack,
    PackHead,
    Question,
)

_TEXT = Localized(fr="-", ar="-", en="-")
_OPTIONS: tuple[Option, ...] = (
    Option(id="a", text=_TEXT, why=_TEXT),
    Option(id="b", text=_TEXT, why=_TEXT),
    Option(id="c", text=_TEXT, why=_TEXT),
    Option(id="d", text=_TEXT, why=_TEXT),
)
# Weights come as any numbers; a blueprint holds whole ones.
_PARTS = 1_000_000

Difficulty = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTags:
    """What is known of a simulated question. `difficulty`: 1 easy, 2 medium, 3 hard."""

    id: str
    topic: str
    concept: str
    difficulty: Difficulty


def make_pack(weights: Mapping[str, float], items: Sequence[ItemTags]) -> Pack:
    """A pack of these questions, asked in an exam that weighs topics so."""
    total = sum(weights.values()) or 1.0
    base = {topic: round(_PARTS * weight / total) for topic, weight in weights.items()}
    head = PackHead(
        id="simulated",
        name=_TEXT,
        institution=_TEXT,
        notice=_TEXT,
        streams=(),
        grades=(),
        topics=tuple(Named(id=topic, name=_TEXT) for topic in base),
        missions=(),
        areas=(),
        tests=(),
    )
    return Pack(
        head=head,
        blueprint=Blueprint(base=base, streams={}),
        facts={},
        questions={item.id: _question(item) for item in items},
        milestones=Milestones(kinds=(), steps=()),
        prep={},
        star={},
        checklists={},
        faq={},
    )


def _question(item: ItemTags) -> Question:
    return Question(
        id=item.id,
        topic=item.topic,
        concept=item.concept,
        mission="",
        difficulty=item.difficulty,
        stem=_TEXT,
        options=_OPTIONS,
        key=frozenset("a"),
        rationale=_TEXT,
        source=_TEXT,
        facts=(),
        as_of=date(2026, 1, 1),
    )
