"""The one advice: the verdict's own, and the part of the answer it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.assessment.verdict import Verdict
from bot.domain.frames import RUBRICS, Frame
from bot.domain.rubric import Finding, Level, Remark

# Advice on an answer whose parts are there: a missing learning plan comes before it.
_POLISH = {"none", "shorten", "lengthen", "add_figure", "link_to_user"}


def advise(
    frame: Frame, verdict: Verdict, findings: Sequence[Finding], remarks: Iterable[Remark]
) -> tuple[str, str]:
    """The advice and the part it is about, empty when about the whole.

    It is what `python -m bot.assess` says of the same words, but for the learning plan, which only
    some questions want. Where nothing much is missing, the part is one that could still be
    stronger, if any.
    """
    if verdict.off_topic:
        return "answer_the_question", ""
    if verdict.advice in _POLISH and any(each.kind == "no_plan" for each in remarks):
        return "add_plan", ""
    if verdict.advice == "none":
        return "none", _could_be_stronger(frame, findings)
    return verdict.advice, _part_of(frame, verdict.advice)


def _part_of(frame: Frame, advice: str) -> str:
    parts = RUBRICS[frame].parts
    return next((p.id for p in parts if advice in {p.if_missing, p.if_weak}), "")


def _could_be_stronger(frame: Frame, findings: Sequence[Finding]) -> str:
    """Of the parts that are weak or missing the one that is worth most; else none."""
    points = {part.id: part.points for part in RUBRICS[frame].parts}
    short = [each.part for each in findings if each.level in {Level.WEAK, Level.MISSING}]
    return max(short, key=points.__getitem__, default="")
