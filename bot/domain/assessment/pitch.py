"""The 60-second pitch: who I am, what I bring, the result for the user."""

from __future__ import annotations

from bot.domain.assessment.judging import EMPTY, Slots, is_lived, is_thin, missing, there, weak
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span
from bot.domain.rubric import Finding

# What is brought needs this much content beyond qualities anyone can claim.
_CONTENT_WORDS = 3


def judge_pitch(reading: Reading, slots: Slots) -> tuple[Finding, ...]:
    """Judge what stands in each slot, or find the three parts in a pitch given in one go."""
    if not slots:
        return _judge_whole(reading)
    return (
        _who_in(reading, slots.get("who", EMPTY)),
        _brings_in(reading, slots.get("brings", EMPTY)),
        _gain_in(reading, slots.get("result_for_user", EMPTY)),
    )


def _judge_whole(reading: Reading) -> tuple[Finding, ...]:
    who = _piece_with(reading, {"identity"})
    others = [piece for piece in reading.pieces if piece != who]
    assets = [piece for piece in others if _offers(reading, piece)]
    assets = assets or [piece for piece in others if _praises(reading, piece)][:1]
    brings = Span(assets[0].first, assets[-1].last) if assets else EMPTY
    gains = [p for p in reading.pieces if {"user", "benefit"} <= reading.cues(p)]
    users = [piece for piece in others if "user" in reading.cues(piece)]
    gain = gains[-1] if gains else (users[-1] if users else EMPTY)
    return (_who_in(reading, who), _brings_in(reading, brings), _gain_in(reading, gain))


def _piece_with(reading: Reading, cues: set[str]) -> Span:
    return next((p for p in reading.pieces if cues <= reading.cues(p)), EMPTY)


def _offers(reading: Reading, piece: Span) -> bool:
    cues = reading.cues(piece)
    return "asset" in cues or is_lived(cues)


def _praises(reading: Reading, piece: Span) -> bool:
    return len(reading.content(piece, without="praise")) < len(reading.content(piece))


def _who_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        return missing("who")
    return (
        weak(reading, "who", slot, "thin")
        if is_thin(reading, slot)
        else there(reading, "who", slot)
    )


def _brings_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        return missing("brings")
    if len(reading.content(slot, without="praise")) < _CONTENT_WORDS:
        return weak(reading, "brings", slot, "adjectives")
    return there(reading, "brings", slot)


def _gain_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        return missing("result_for_user")
    if is_thin(reading, slot):
        return weak(reading, "result_for_user", slot, "thin")
    cues = reading.cues(slot)
    if "user" not in cues:
        return weak(reading, "result_for_user", slot, "no_user")
    if cues.isdisjoint({"benefit", "figure"}):
        return weak(reading, "result_for_user", slot, "no_gain")
    return there(reading, "result_for_user", slot)
