"""How fast this person learns, told by their own answers.

What returns says what meetings leave; new questions of a concept met before say what carries
over. Two hundred answers are too few to fit either (LEARNING.md, point 8), so a dozen fixed
suppositions are weighed by how well each foretold the answers. Somebody who clicks without
reading is then no longer credited with what explanations teach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

from bot.domain.memory import LEARNS, Answered, Learning, Memory, note_all
from content.schema import Question

# How fast, as a multiple of the usual, and how much of a concept carries over; each with what is
# thought of it before any answer (docs/learning.md).
_OWN = ((0.1, 0.15), (0.5, 0.3), (1.0, 0.35), (2.0, 0.2))
_CARRIED = ((0.0, 0.3), (0.08, 0.4), (0.18, 0.3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """The memory under one supposition, and its share of belief (all sum to 1)."""

    memory: Memory
    belief: float


def suppose(
    questions: Mapping[str, Question], history: Sequence[Answered], exam_day: date
) -> tuple[Supposed, ...]:
    """The memory after a whole history (the oldest first) under each supposition."""
    memories = [
        (Memory(exam_day, Learning(LEARNS * own, carried), hears_concepts=True), before * prior)
        for own, before in _OWN
        for carried, prior in _CARRIED
    ]
    for memory, _ in memories:
        note_all(memory, questions, history)
    best = max(memory.evidence for memory, _ in memories)
    beliefs = [prior * exp(memory.evidence - best) for memory, prior in memories]
    return tuple(
        Supposed(memory=memory, belief=belief / sum(beliefs))
        for (memory, _), belief in zip(memories, beliefs, strict=True)
    )


def likeliest(supposed: Iterable[Supposed]) -> Memory:
    """The memory that is believed most."""
    return max(supposed, key=lambda each: each.belief).memory
