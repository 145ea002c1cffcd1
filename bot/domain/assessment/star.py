"""STAR: situation, task, action, result."""

from __future__ import annotations

from bot.domain.assessment.judging import (
    EMPTY,
    Slots,
    covering,
    is_lived,
    is_mostly_we,
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

_PLACED = {"time", "place", "case"}
_DONE = {"past_i", "past_we", "passive", "i", "we"}
# "It went well" with this many words or fewer around it tells no outcome.
_VAGUE_WORDS = 14


def judge_star(reading: Reading, slots: Slots) -> tuple[Finding, ...]:
    """Judge what stands in each slot, or find the four parts in an answer given in one go."""
    return _judge_slots(reading, slots) if slots else _judge_whole(reading)


def _judge_slots(reading: Reading, slots: Slots) -> tuple[Finding, ...]:
    situation, task = slots.get("situation", EMPTY), slots.get("task", EMPTY)
    action, result = slots.get("action", EMPTY), slots.get("result", EMPTY)
    return (
        _situation_in(reading, situation),
        _task_in(reading, task, situation),
        _action_in(reading, action, covering(situation, task)),
        _result_in(reading, result),
    )


def _situation_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        return missing("situation")
    if is_thin(reading, slot):
        return weak(reading, "situation", slot, "thin")
    if reading.cues(slot).isdisjoint(_PLACED):
        return weak(reading, "situation", slot, "no_place_time")
    return there(reading, "situation", slot)


def _task_in(reading: Reading, slot: Span, situation: Span) -> Finding:
    if not slot:
        found = next((p for p in reading.pieces if "duty" in reading.cues(p)), None)
        return there(reading, "task", found, "elsewhere") if found else missing("task")
    if is_thin(reading, slot):
        return weak(reading, "task", slot, "thin")
    if repeats(reading, slot, situation):
        return weak(reading, "task", slot, "repeats")
    if reading.count("we", slot) and not reading.count("i", slot):
        return weak(reading, "task", slot, "team_goal")
    return there(reading, "task", slot)


def _action_in(reading: Reading, slot: Span, earlier: Span) -> Finding:
    if not slot:
        return missing("action")
    if is_thin(reading, slot):
        return weak(reading, "action", slot, "thin")
    if repeats(reading, slot, earlier):
        return weak(reading, "action", slot, "repeats")
    if is_mostly_we(reading, slot):
        return weak(reading, "action", slot, "we")
    if not reading.count("i", slot):
        return weak(reading, "action", slot, "no_doer")
    return there(reading, "action", slot)


def _result_in(reading: Reading, slot: Span) -> Finding:
    if not slot:
        found = [p for p in reading.pieces if "outcome" in reading.cues(p)]
        return _weighed_result(reading, found[-1]) if found else missing("result")
    if is_thin(reading, slot):
        return weak(reading, "result", slot, "thin")
    return _weighed_result(reading, slot)


def _weighed_result(reading: Reading, span: Span) -> Finding:
    cues = reading.cues(span)
    if not cues.isdisjoint({"figure", "duration"}):
        return there(reading, "result", span)
    if "vague_outcome" in cues and len(span) <= _VAGUE_WORDS:
        return weak(reading, "result", span, "vague")
    return weak(reading, "result", span, "no_figure")


def _judge_whole(reading: Reading) -> tuple[Finding, ...]:
    pieces = list(reading.pieces)
    result = _find_result(reading, pieces)
    rest = [piece for piece in pieces if piece != result]
    task = next((piece for piece in rest if "duty" in reading.cues(piece)), EMPTY)
    opening = _find_situation(reading, rest)
    steps = [
        piece
        for piece in rest
        if piece not in {task, opening} and not reading.cues(piece).isdisjoint(_DONE)
    ]
    if not steps and opening and _tells_steps(reading, opening):
        steps = [opening]
    action = Span(steps[0].first, steps[-1].last) if steps else EMPTY
    return (
        _found_situation(reading, opening, rest),
        there(reading, "task", task) if task else missing("task"),
        _found_action(reading, action),
        _weighed_result(reading, result) if result else missing("result"),
    )


def _find_result(reading: Reading, pieces: list[Span]) -> Span:
    """The last piece that tells an outcome, or else the last one, if it counts something."""
    told = [p for p in pieces if not reading.cues(p).isdisjoint({"outcome", "vague_outcome"})]
    if told:
        return told[-1]
    if len(pieces) > 1 and "figure" in reading.cues(pieces[-1]):
        return pieces[-1]
    return EMPTY


def _find_situation(reading: Reading, rest: list[Span]) -> Span:
    """The first piece that says when or where."""
    return next((p for p in rest if not reading.cues(p).isdisjoint(_PLACED)), EMPTY)


def _tells_steps(reading: Reading, piece: Span) -> bool:
    return is_lived(reading.cues(piece)) or "sequence" in reading.cues(piece)


def _found_situation(reading: Reading, opening: Span, rest: list[Span]) -> Finding:
    if opening:
        return there(reading, "situation", opening)
    if len(rest) > 1:
        return unsure(reading, "situation", rest[0])
    return missing("situation")


def _found_action(reading: Reading, action: Span) -> Finding:
    if not action:
        return missing("action")
    if is_mostly_we(reading, action):
        return weak(reading, "action", action, "we")
    if not reading.count("i", action):
        return weak(reading, "action", action, "no_doer")
    return there(reading, "action", action)
