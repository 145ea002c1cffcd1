"""What the judges of the three frames share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span
from bot.domain.rubric import Finding, Level

Slots = Mapping[str, Span]
"""Where the candidate put each part; empty when the answer came in one go."""

EMPTY = Span(0, 0)
# Fewer words with meaning than this say nothing of their own.
_CONTENT_WORDS = 2
# A part repeats another when this share of its meaning stood there already.
_SAME = 0.75


class Judge(Protocol):
    """Finds the parts of one frame in an answer."""

    def __call__(self, reading: Reading, slots: Slots) -> tuple[Finding, ...]:
        """One finding a part, in the frame's order."""


def there(reading: Reading, part: str, span: Span, reason: str = "") -> Finding:
    """The part is there, in these words."""
    return Finding(part=part, level=Level.THERE, reason=reason, evidence=reading.quote(span))


def weak(reading: Reading, part: str, span: Span, reason: str) -> Finding:
    """The part is there, but for this reason it does not carry."""
    return Finding(part=part, level=Level.WEAK, reason=reason, evidence=reading.quote(span))


def missing(part: str, reason: str = "") -> Finding:
    """Nothing in the answer shows the part."""
    return Finding(part=part, level=Level.MISSING, reason=reason)


def unsure(reading: Reading, part: str, span: Span) -> Finding:
    """These words may be the part: signs alone cannot tell."""
    return Finding(part=part, level=Level.NOT_ASSESSED, evidence=reading.quote(span))


def is_thin(reading: Reading, span: Span) -> bool:
    """Hardly a word of its own: emoji, one word, the same word again and again."""
    return len(reading.content(span)) < _CONTENT_WORDS


def repeats(reading: Reading, span: Span, earlier: Span) -> bool:
    """Whether a part only says again what an earlier one said."""
    own, before = reading.content(span), reading.content(earlier)
    return bool(own) and len(own & before) >= _SAME * len(own)


def is_lived(cues: frozenset[str]) -> bool:
    """Whether something is told that the speaker did or that happened to them."""
    return not cues.isdisjoint({"past_i", "past_we"})


def is_mostly_we(reading: Reading, span: Span) -> bool:
    """Whether "we" acts more often than "I" (own steps earn the points: fact C101)."""
    return reading.count("we", span) > reading.count("i", span)


def covering(*slots: Span) -> Span:
    """From the first word of the slots that were filled to the last."""
    filled = [slot for slot in slots if slot]
    return Span(filled[0].first, filled[-1].last) if filled else EMPTY
