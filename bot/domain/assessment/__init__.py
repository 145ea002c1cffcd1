"""Reads an oral answer and says what is there, what is missing, and what to mend first.

The same words give the same assessment, offline; each remark rests on words of the answer. Where
the classifier (`hearing`, trained by `tools/train_oral.py`) is unsure, it is "not assessed".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.assessment.advising import advise
from bot.domain.assessment.findings import find_parts
from bot.domain.assessment.hearing import hear
from bot.domain.assessment.linear import Weights, load_weights
from bot.domain.assessment.placing import Slots, placed
from bot.domain.assessment.quoting import quoted, windows
from bot.domain.assessment.reading import Reading, read
from bot.domain.assessment.remarks import remarks_on
from bot.domain.assessment.verdict import judge_heard
from bot.domain.assessment.words import Span, count_words
from bot.domain.frames import PACE, RUBRICS, Frame, estimate_seconds, judge_length
from bot.domain.rubric import (
    Assessment,
    Finding,
    Level,
    Remark,
)
from content.schema import Language

__all__ = ["WHOLE", "assess"]

WHOLE = "whole"


def assess(
    frame: Frame,
    language: Language,
    parts: Mapping[str, str],
    seconds: int | None = None,
    *,
    prompt: str = "",
    needs_plan: bool = False,
    weights: Weights | None = None,
) -> Assessment:
    """Assess a written answer.

    `parts`: part id to text, or WHOLE to an answer in one go. `language` is what to assume where
    the words do not tell. `seconds`: measured time, else estimated from the words. `prompt`: the
    question, if known. `needs_plan`: it asks for a limit, so a learning plan must follow.
    `weights`: others than those in use, to measure. Never raises on any text.
    """
    known = (WHOLE, *(part.id for part in RUBRICS[frame].parts))
    ordered = [part for part in known if count_words(parts.get(part, ""))]
    text = "\n".join(parts[part] for part in ordered)
    chosen = weights or load_weights()
    reading = read(text, language, chosen)
    slots = _slots(frame, reading, parts, ordered)
    heard = placed(hear(reading, frame, prompt, chosen), slots)
    verdict = judge_heard(heard, prompt, chosen)
    findings = find_parts(heard, slots, chosen)
    remarks = remarks_on(heard, chosen, needs_plan=needs_plan)
    if verdict.off_topic:
        findings, remarks = tuple(map(_doubted, findings)), (*_unrelated(reading), *remarks)
    advice, focus = advise(frame, verdict, findings, remarks)
    words = count_words(text)
    taken = estimate_seconds(words, reading.language) if seconds is None else seconds
    return Assessment(
        frame=frame,
        findings=tuple(_named_empty(each, ordered) for each in findings),
        remarks=remarks,
        advice=advice,
        focus=focus,
        words=words,
        seconds=taken,
        length=judge_length(frame, taken),
        pace=PACE[reading.language] if seconds is None else (0, 0),
    )


def _doubted(finding: Finding) -> Finding:
    """No part counts in words that do not answer; whether they do is itself not certain."""
    if finding.level is Level.THERE:
        return replace(finding, level=Level.NOT_ASSESSED, reason="")
    if finding.level is Level.WEAK:
        return Finding(part=finding.part, level=Level.MISSING)
    return finding


def _unrelated(reading: Reading) -> tuple[Remark, ...]:
    """The first words of what does not answer the question, if there are any."""
    if not reading.words:
        return ()
    words = quoted(reading, next(windows(reading, reading.whole)), reading.whole)
    return (Remark(kind="unrelated", evidence=words),)


def _slots(frame: Frame, reading: Reading, parts: Mapping[str, str], ordered: list[str]) -> Slots:
    """The words of each part; none when all was said in one go or under the first part."""
    if WHOLE in ordered or ordered == [RUBRICS[frame].parts[0].id]:
        return {}
    slots, start = {}, 0
    for part in ordered:
        end = start + len(parts[part])
        inside = [index for index, word in enumerate(reading.words) if start <= word.start < end]
        if inside:
            slots[part] = Span(inside[0], inside[-1] + 1)
        start = end + 1
    return slots


def _named_empty(finding: Finding, written: list[str]) -> Finding:
    """A missing part that was left empty, not overlooked, is called so."""
    empty = WHOLE not in written and len(written) > 1 and finding.part not in written
    if finding.level is not Level.MISSING or not empty:
        return finding
    return Finding(part=finding.part, level=finding.level, reason="empty")
