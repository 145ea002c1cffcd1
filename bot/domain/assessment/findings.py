"""What is said of each part: there, weak and why, missing, or not assessed where unsure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.assessment.hearing import PARTS, SURE, Heard
from bot.domain.assessment.linear import Weights
from bot.domain.assessment.placing import MISSING_BELOW, Slots, there_from
from bot.domain.assessment.quoting import supporting
from bot.domain.assessment.weakness import (
    ends_alone,
    is_alone,
    is_bare,
    is_detailed,
    is_thin,
    weakness_of,
    weakness_of_found,
)
from bot.domain.assessment.words import Span
from bot.domain.frames import RUBRICS
from bot.domain.rubric import Finding, Level

# Without a time, place, person or number an example must be told very clearly.
_BARE = 0.3
_POSITIONS = {"point", "closing_point"}
# With one of these there, a position that is missing at the start comes late.
_SUPPORT = ("reason", "example", "closing_point")


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said of a part before its words are quoted; no `span` where there are none."""

    part: str
    level: Level
    span: Span | None = None
    reason: str = ""


def find_parts(heard: Heard, slots: Slots, weights: Weights) -> tuple[Finding, ...]:
    """One finding a part, in the frame's order; `heard` with its slots in mind."""
    found = (_find(heard, part.id, slots) for part in RUBRICS[heard.frame].parts)
    return tuple(_quoting(heard, each, weights) for each in found)


def _quoting(heard: Heard, found: _Found, weights: Weights) -> Finding:
    words = supporting(heard, found.part, found.span, weights) if found.span else ""
    return Finding(part=found.part, level=found.level, reason=found.reason, evidence=words)


def _find(heard: Heard, part: str, slots: Slots) -> _Found:
    if not heard.odds:
        return _Found(part, Level.MISSING)
    slot = slots.get(part)
    inside, index = _best(heard, part, slot)
    piece = heard.reading.pieces[index]
    if is_bare(heard.reading, part, piece):
        inside -= _BARE
    if slots and (not slot or inside <= SURE):
        return _not_in_its_slot(heard, part, slots)
    if inside > there_from(part):
        reason = weakness_of_found(heard, part, slot or piece, slots)
        return _Found(part, Level.WEAK if reason else Level.THERE, piece, reason)
    if inside > MISSING_BELOW:
        if is_alone(heard.reading, piece) and is_thin(heard.reading, piece):
            return _Found(part, Level.WEAK, piece, "thin")
        return _Found(part, Level.NOT_ASSESSED, piece)
    return _missing(heard, part)


def _best(heard: Heard, part: str, slot: Span | None = None) -> tuple[float, int]:
    """The likeliest piece for a part, inside its slot if it has one."""
    column, pieces = heard.column(part), heard.reading.pieces
    inside = [i for i, piece in enumerate(pieces) if slot is None or slot.holds(piece.first)]
    best = max(inside, key=column.__getitem__)
    return column[best], best


def _not_in_its_slot(heard: Heard, part: str, slots: Slots) -> _Found:
    reading, slot = heard.reading, slots.get(part)
    inside, piece = _best(heard, part)
    if inside > there_from(part) and not (slot and slot.holds(reading.pieces[piece].first)):
        return _Found(part, Level.THERE, reading.pieces[piece], "elsewhere")
    if not slot:
        return _Found(part, Level.MISSING)
    reason = weakness_of(reading, part, slot, slots)
    return _Found(part, Level.WEAK if reason else Level.NOT_ASSESSED, slot, reason)


def _missing(heard: Heard, part: str) -> _Found:
    """Not there; where words announce it, they are weak, or not assessed."""
    for index, piece in enumerate(heard.reading.pieces):
        if reason := weakness_of(heard.reading, part, piece, {}):
            told = part == "example" and is_detailed(heard.reading, piece)
            sure = not told and _is_nothing_else(heard, part, index)
            return _Found(part, Level.WEAK if sure else Level.NOT_ASSESSED, piece, reason * sure)
    late = part == "point" and any(_best(heard, p)[0] > there_from(p) for p in _SUPPORT)
    return _Found(part, Level.MISSING, reason="late" if late else "")


def _is_nothing_else(heard: Heard, part: str, index: int) -> bool:
    """Whether a piece is no other part, and all that is said of a reason stands in it."""
    if part == "reason" and not ends_alone(heard.reading, heard.reading.pieces[index]):
        return False
    names = PARTS[heard.frame]
    others = (heard.odds[index][at] for at, name in enumerate(names) if name not in _POSITIONS)
    return max(others) <= SURE
