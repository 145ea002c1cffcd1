"""PREP: point, reason, example, point again."""

from __future__ import annotations

from bot.domain.assessment.judging import (
    EMPTY,
    Slots,
    covering,
    is_lived,
    is_thin,
    missing,
    repeats,
    there,
    unsure,
    weak,
)
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span
from bot.domain.rubric import Finding

_DETAILS = {"time", "place", "case", "figure"}
# An imagined case needs a sentence of its own to be one ("for example an insured person" is none).
_CASE_WORDS = 10
# A closing sentence shares at least this much of the point's meaning, or has a word of conclusion.
_ECHO = 0.4
_GREETING_WORDS = 8


def judge_prep(reading: Reading, slots: Slots) -> tuple[Finding, ...]:
    """Judge what stands in each slot, or find the four parts in an answer given in one go."""
    return _judge_slots(reading, slots) if slots else _judge_whole(reading)


def is_concrete(reading: Reading, span: Span, *, announced: bool) -> bool:
    """Whether a case is told: something lived with a detail, or a case with two.

    `announced`: a word such as "for example", or the slot, says that an example comes.
    """
    cues = reading.cues(span)
    details = cues & _DETAILS
    if is_lived(cues) and details:
        return True
    if not announced:
        return False
    return len(details) > 1 or ("case" in cues and len(span) >= _CASE_WORDS)


def _judge_slots(reading: Reading, slots: Slots) -> tuple[Finding, ...]:
    point, reason = slots.get("point", EMPTY), slots.get("reason", EMPTY)
    return (
        _point_in(reading, point),
        _reason_in(reading, reason, point),
        _example_in(reading, slots.get("example", EMPTY), covering(point, reason)),
        _closing_in(reading, slots.get("closing_point", EMPTY), point),
    )


def _point_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        return missing("point")
    if reading.opens_with("reason", slot) or reading.opens_with("example", slot):
        return weak(reading, "point", slot, "late")
    if is_thin(reading, slot):
        return weak(reading, "point", slot, "thin")
    return there(reading, "point", slot)


def _reason_in(reading: Reading, slot: Span, point: Span) -> Finding:
    if not slot:
        found = next((p for p in reading.pieces if reading.opens_with("reason", p)), None)
        return there(reading, "reason", found, "elsewhere") if found else missing("reason")
    if is_thin(reading, slot):
        return weak(reading, "reason", slot, "thin")
    return _weighed_reason(reading, slot, point)


def _weighed_reason(reading: Reading, span: Span, point: Span) -> Finding:
    """A reason must add something to the point, beyond "because it matters"."""
    if repeats(reading, span, point):
        return weak(reading, "reason", span, "repeats")
    if len(reading.content(span, without="hollow") - reading.content(point)) < 2:
        return weak(reading, "reason", span, "hollow")
    return there(reading, "reason", span)


def _example_in(reading: Reading, slot: Span, earlier: Span) -> Finding:
    if not slot:
        found = _best_example(reading, 0)
        return there(reading, "example", found, "elsewhere") if found else missing("example")
    if is_thin(reading, slot):
        return weak(reading, "example", slot, "thin")
    if repeats(reading, slot, earlier):
        return weak(reading, "example", slot, "repeats")
    if is_concrete(reading, slot, announced=True):
        return there(reading, "example", slot)
    return weak(reading, "example", slot, "generic")


def _closing_in(reading: Reading, slot: Span, point: Span) -> Finding:
    if not slot:
        return missing("closing_point")
    if is_thin(reading, slot):
        return weak(reading, "closing_point", slot, "thin")
    if reading.content(slot) <= reading.content(point) and len(slot) >= len(point) - 2:
        return weak(reading, "closing_point", slot, "same_words")
    return there(reading, "closing_point", slot)


def _best_example(reading: Reading, start: int) -> Span | None:
    """The first case told, from piece `start` on, with the piece that follows it."""
    for index, piece in enumerate(reading.pieces[start:], start):
        following = reading.pieces[index + 1] if index + 1 < len(reading.pieces) else piece
        window = Span(piece.first, following.last)
        announced = "example" in reading.cues(piece)
        if is_concrete(reading, piece, announced=announced):
            return piece
        opens = announced or is_lived(reading.cues(piece))
        if opens and is_concrete(reading, window, announced=announced):
            return window
    return None


def _judge_whole(reading: Reading) -> tuple[Finding, ...]:
    pieces = [piece for piece in reading.pieces if not _is_greeting(reading, piece)]
    example = _best_example(reading, 0)
    told = _example_pieces(reading, pieces, example)
    reasons = [p for p in pieces if p not in told and reading.opens_with("reason", p)]
    supports = [*told, *reasons]
    begins = min((p.first for p in supports), default=len(reading.words))
    ends = max((p.last for p in supports), default=pieces[-1].first if pieces[1:] else begins)
    before = [piece for piece in pieces if piece.first < min(begins, ends)]
    point = before[0] if before else EMPTY
    return (
        _found_point(reading, point, pieces),
        _found_reason(reading, reasons, before[1:], point),
        _found_example(reading, example, pieces),
        _found_closing(reading, [piece for piece in pieces if piece.first >= ends], point),
    )


def _is_greeting(reading: Reading, piece: Span) -> bool:
    return reading.opens_with("greeting", piece) and len(piece) <= _GREETING_WORDS


def _example_pieces(reading: Reading, pieces: list[Span], example: Span | None) -> list[Span]:
    """The pieces that tell the example: from its start on, as long as they go on telling."""
    told: list[Span] = []
    for piece in pieces:
        cues = reading.cues(piece)
        tells = is_lived(cues) or not cues.isdisjoint({"time", "figure", "passive", "outcome"})
        announced = "example" in cues
        inside = example is not None and example.holds(piece.first)
        continues = bool(told) and tells and told[-1].last == piece.first and "closing" not in cues
        if announced or inside or continues:
            told.append(piece)
    return told


def _found_point(reading: Reading, point: Span, pieces: list[Span]) -> Finding:
    if not point:
        return missing("point", "late" if pieces else "")
    return (
        weak(reading, "point", point, "thin")
        if is_thin(reading, point)
        else there(reading, "point", point)
    )


def _found_reason(
    reading: Reading, reasons: list[Span], plain: list[Span], point: Span
) -> Finding:
    if reasons:
        weighed = [_weighed_reason(reading, piece, point) for piece in reasons]
        return next((each for each in weighed if not each.reason), weighed[0])
    perhaps = [piece for piece in plain if not repeats(reading, piece, point)]
    return unsure(reading, "reason", perhaps[0]) if perhaps else missing("reason")


def _found_example(reading: Reading, example: Span | None, pieces: list[Span]) -> Finding:
    if example is not None:
        return there(reading, "example", example)
    announced = next((piece for piece in pieces if "example" in reading.cues(piece)), None)
    return weak(reading, "example", announced, "generic") if announced else missing("example")


def _found_closing(reading: Reading, after: list[Span], point: Span) -> Finding:
    if not after:
        return missing("closing_point")
    last = after[-1]
    said = [piece for piece in after[-2:] if "closing" in reading.cues(piece)]
    own, first = reading.content(last), reading.content(point)
    if said:
        return _closing_in(reading, said[-1], point)
    if first and len(own & first) >= _ECHO * len(first):
        return _closing_in(reading, last, point)
    return unsure(reading, "closing_point", last)
