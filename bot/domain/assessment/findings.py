"""What is said of each part: there, weak and why, missing, or not assessed where unsure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.assessment.hearing import SURE, Heard
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.weakness import is_bare, is_thin, weakness_of, weakness_of_found
from bot.domain.assessment.words import Span
from bot.domain.frames import RUBRICS
from bot.domain.rubric import Finding, Level

Slots = Mapping[str, Span]
"""Where the candidate put each part; empty when the answer came in one go."""

# So near the threshold the classifier is wrong about one time in three: nothing is claimed.
_UNSURE = 0.12
# Without a time, place, person or number an example must be told very clearly.
_BARE = 0.3
# With one of these there, a position that is missing at the start comes late.
_SUPPORT = ("reason", "example", "closing_point")
# That somebody wrote words in a part's own place speaks for them.
_SURE_IN_SLOT = 0.25


def find_parts(heard: Heard, slots: Slots) -> tuple[Finding, ...]:
    """One finding a part, in the frame's order."""
    return tuple(_find(heard, part.id, slots) for part in RUBRICS[heard.frame].parts)


def _find(heard: Heard, part: str, slots: Slots) -> Finding:
    slot = slots.get(part)
    inside, piece = _best(heard, part, slot) if slot else heard.best(part)
    if heard.odds and is_bare(heard.reading, part, heard.reading.pieces[piece]):
        inside -= _BARE
    if slots and (not slot or inside <= _SURE_IN_SLOT):
        return _not_in_its_slot(heard, part, slots)
    if not heard.odds:
        return Finding(part=part, level=Level.MISSING)
    span = slot or heard.reading.pieces[piece]
    if slot or inside > SURE + _UNSURE:
        return _found(heard, part, span, slots)
    if inside > SURE - _UNSURE:
        if is_thin(heard.reading, span):
            return _finding(heard.reading, part, Level.WEAK, span, "thin")
        return _finding(heard.reading, part, Level.NOT_ASSESSED, span)
    return _missing(heard, part)


def _best(heard: Heard, part: str, slot: Span) -> tuple[float, int]:
    """The likeliest piece for a part inside its slot."""
    column = heard.column(part)
    inside = [i for i, piece in enumerate(heard.reading.pieces) if slot.holds(piece.first)]
    best = max(inside, key=column.__getitem__)
    return column[best], best


def _not_in_its_slot(heard: Heard, part: str, slots: Slots) -> Finding:
    reading, slot = heard.reading, slots.get(part)
    inside, piece = heard.best(part)
    if inside > SURE + _UNSURE:
        return _finding(reading, part, Level.THERE, reading.pieces[piece], "elsewhere")
    if not slot:
        return Finding(part=part, level=Level.MISSING)
    reason = weakness_of(reading, part, slot, slots)
    return _finding(reading, part, Level.WEAK if reason else Level.NOT_ASSESSED, slot, reason)


def _found(heard: Heard, part: str, span: Span, slots: Slots) -> Finding:
    reason = weakness_of_found(heard, part, span, slots)
    return _finding(heard.reading, part, Level.WEAK if reason else Level.THERE, span, reason)


def _missing(heard: Heard, part: str) -> Finding:
    """Not there; where words announce it all the same, they are weak."""
    for piece in heard.reading.pieces:
        if reason := weakness_of(heard.reading, part, piece, {}):
            return _finding(heard.reading, part, Level.WEAK, piece, reason)
    late = part == "point" and any(heard.best(each)[0] > SURE for each in _SUPPORT)
    return Finding(part=part, level=Level.MISSING, reason="late" if late else "")


def _finding(reading: Reading, part: str, level: Level, span: Span, reason: str = "") -> Finding:
    return Finding(part=part, level=level, reason=reason, evidence=reading.quote(span))
