"""An assessment in lines: the parts with their quotes, remarks, length, the one advice."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.frames import RUBRICS
from bot.domain.rubric import Assessment, Comparison, Finding, Level, Remark
from bot.handlers.oral.drafts import excerpt, listed, part_name
from bot.messages import Line, line

# Remarks that help at once, worst first; figures and the user are in the grid.
_AT_ONCE = ("unrelated", "defensive", "no_plan", "plan", "we", "jargon", "filler")
_QUOTE = 36
# A whole feedback has at most 700 characters: where much is to be said, quotes are shorter and
# remarks fewer. What is not assessed claims nothing, and its quote is the shortest.
_ROOM = {0: 50, 1: 48, 2: 34, 3: 30, 4: 26}
_ROOM_UNSURE = 30
_LINES = 3
# Advice worded for each frame, and the two that are not steps beyond a good answer.
_BY_FRAME = {"lengthen", "answer_the_question"}
_LENGTHS = {"short": "lengthen", "long": "shorten"}
_PLAIN = {"none", "check", "tick"}


def findings(assessment: Assessment) -> tuple[Line, ...]:
    """One line a part; none of them where no part was found in an answer to something else."""
    found = assessment.findings
    if assessment.has("unrelated"):
        found = tuple(each for each in found if each.evidence)
    room = _ROOM[_load(assessment)]
    return tuple(_finding(assessment, each, room) for each in found)


def _load(assessment: Assessment) -> int:
    """How much is said of the parts beside their quotes: reasons and, half as much, doubts."""
    reasons = sum(bool(each.reason and each.evidence) for each in assessment.findings)
    doubts = sum(each.level is Level.NOT_ASSESSED for each in assessment.findings)
    return reasons + doubts // 2


def _finding(assessment: Assessment, finding: Finding, room: int) -> Line:
    """One part: its level, the words that show it, and why it does not carry yet."""
    name = part_name(finding.part)
    if assessment.spoken:
        return line(f"feedback.spoken_{finding.level}", part=name)
    if finding.level is Level.NOT_ASSESSED:
        words = excerpt(finding.evidence, min(room, _ROOM_UNSURE))
        return line("feedback.unsure", part=name, words=words)
    words = excerpt(finding.evidence, room)
    key = f"{finding.level}_{finding.reason}" if finding.reason else str(finding.level)
    if finding.level is Level.MISSING:
        return line(f"feedback.{key}", part=name)
    return line(f"feedback.{key}", part=name, words=words)


def remarks(assessment: Assessment, most: int) -> tuple[Line, ...]:
    """The first few of those that help at once."""
    kinds = [kind for kind in _AT_ONCE if kind != "no_plan" or assessment.advice != "add_plan"]
    made = (assessment.remark(kind) for kind in kinds)
    left = max(_LINES - _load(assessment), 0)
    return tuple(remark(each) for each in made if each)[: min(most, left)]


def remark(made: Remark) -> Line:
    """One remark, with its words where it has some."""
    room = _QUOTE if made.kind in _AT_ONCE else len(made.evidence)
    key, words = f"feedback.remark_{made.kind}", excerpt(made.evidence, room)
    if made.count:
        return line(key, words=words, count=made.count)
    return line(key, words=words) if made.evidence else line(key)


def length(assessment: Assessment) -> Line:
    """How long it lasts, measured or said slowly and fast, against the frame's target."""
    low, high = RUBRICS[assessment.frame].seconds
    if assessment.length == "unknown":
        return line("oral.time_unknown", low=low, high=high)
    if assessment.spoken:
        key = f"oral.time_{assessment.length}"
        return line(key, seconds=assessment.seconds, low=low, high=high)
    fast, slow = assessment.spans
    key = f"feedback.length_{assessment.length}"
    return line(key, fast=fast, slow=slow, low=low, high=high)


def progress(change: Comparison, before: Assessment) -> Iterator[Line]:
    """What a rewrite gained and, in the words that are gone, what it lost."""
    if change.better:
        yield _gained(change, before)
    if change.worse:
        lost = next(each for each in before.findings if each.part == change.worse[0])
        parts, words = names(change.worse), excerpt(lost.evidence, _ROOM_UNSURE)
        quoted = line("feedback.worse", parts=parts, words=words)
        yield quoted if lost.evidence else line("feedback.worse_spoken", parts=parts)
        return
    if not change.better and change.compared:
        yield line("feedback.same")
    yield line("feedback.times", before=change.seconds_before, after=change.seconds_after)


def _gained(change: Comparison, before: Assessment) -> Line:
    """The parts that rose; what stood there before is quoted where it was weak."""
    first = next(each for each in before.findings if each.part == change.better[0])
    parts = names(change.better)
    if change.worse or not first.evidence:
        return line("feedback.better", parts=parts)
    words = excerpt(first.evidence, _ROOM_UNSURE)
    return line("feedback.better_than", parts=parts, words=words)


def advice(assessment: Assessment) -> tuple[Line, Line, Line]:
    """What helps most, a sentence to fill in, and the question that draws it out."""
    how, key = _advice_keys(assessment)
    first = "feedback.first"
    if assessment.advice == "none" and how not in _PLAIN:
        first = "feedback.further" if assessment.focus else "feedback.complete"
    return (
        line(first, advice=line(f"feedback.do_{how}")),
        line("feedback.fill", sentence=line(f"feedback.frame_{key}")),
        line("feedback.ask", question=line(f"feedback.ask_{key}")),
    )


def _advice_keys(assessment: Assessment) -> tuple[str, str]:
    """The name of the advice's text, and that of its sentence and question."""
    if focus := assessment.focus:
        return f"{focus}_{'weak' if _is_half_there(assessment) else 'missing'}", focus
    levels = {finding.level for finding in assessment.findings}
    if assessment.spoken and levels == {Level.NOT_ASSESSED}:
        return "tick", "tick"
    if assessment.advice == "none" and Level.NOT_ASSESSED in levels:
        return "check", "check"
    advice = _LENGTHS.get(assessment.length, "none") if _is_done(assessment) else assessment.advice
    key = f"{advice}_{assessment.frame}" if advice in _BY_FRAME else advice
    return key, key


def _is_done(assessment: Assessment) -> bool:
    """Whether nothing is missing: what is left is how long it lasts."""
    return assessment.advice == "none" and not assessment.focus


def _is_half_there(assessment: Assessment) -> bool:
    """Whether the advice is to strengthen its part rather than to add it."""
    part = next(p for p in RUBRICS[assessment.frame].parts if p.id == assessment.focus)
    if part.if_missing != part.if_weak and assessment.advice != "none":
        return assessment.advice == part.if_weak
    return assessment.level(part.id) is not Level.MISSING


def names(parts: tuple[str, ...]) -> Line:
    """Several parts' names."""
    return listed([part_name(part) for part in parts])
