"""What a candidate's own placing says: words written under "Example" were meant as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.assessment.hearing import Heard, labels
from bot.domain.assessment.words import Span
from bot.domain.frames import RUBRICS

Slots = Mapping[str, Span]
"""Where the candidate put each part; empty when the answer came in one go."""

# How sure the classifier must be for the chat to say that a part is there, or that it is not;
# in between it is wrong one time in two or three, so nothing is claimed. The position said again
# and who one is need more (chosen hand against hand on a, b, c).
_THERE_FROM, MISSING_BELOW = 0.7, 0.25
_MORE = {"closing_point": 0.8, "who": 0.8}
# That somebody wrote words in a part's own place speaks for them.
_SURE_IN_SLOT = 0.25
_CLEARLY, _HARDLY = 0.85, 0.2


def there_from(part: str) -> float:
    """From which probability on a part is said to be there."""
    return _MORE.get(part, _THERE_FROM)


def placed(heard: Heard, slots: Slots) -> Heard:
    """The answer heard with its slots in mind: in its own slot a part is there from 0.25 on,
    in another part's slot only where that is plain, and a part whose slot is empty likewise."""
    if not slots:
        return heard
    names, parts = labels(heard.frame), {part.id for part in RUBRICS[heard.frame].parts}
    moved = [
        [
            _moved(chance, name, slots.get(name), piece) if name in parts else chance
            for name, chance in zip(names, row, strict=True)
        ]
        for piece, row in zip(heard.reading.pieces, heard.odds, strict=True)
    ]
    return replace(heard, odds=moved)


def _moved(chance: float, part: str, slot: Span | None, piece: Span) -> float:
    if slot is not None and slot.holds(piece.first):
        return max(chance, _CLEARLY) if chance > _SURE_IN_SLOT else chance
    return chance if chance > there_from(part) else min(chance, _HARDLY)
