"""The oral rubric: what an assessment says, what to mend first, what a rewrite changed.

Nothing here reads an answer: `bot.domain.assessment` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.domain.frames import RUBRICS, Frame, Length, judge_length


class Level(StrEnum):
    """How far a part is there. NOT_ASSESSED: the words do not allow to tell."""

    THERE = "there"
    WEAK = "weak"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"


# Outside the target by more than this share is worth a remark (the grids' "within 20 %").
TOLERANCE = 0.2
_ORDER = {Level.MISSING: 0, Level.WEAK: 1, Level.THERE: 2}
# Beyond twice the longest time the jury has stopped listening: mend that before a weak part.
_RAMBLING_POINTS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of a part. `evidence` stands in the answer (a final … marks a cut).

    `reason` names why it is weak or missing, or "elsewhere" when it stands in another part.
    """

    part: str
    level: Level
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something else worth saying about the whole answer, with the words that show it.

    `count`: how often those words come, where that is what the remark is about.
    """

    kind: str
    evidence: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An answer's assessment. `seconds` are estimated from `words`, or measured when `spoken`;
    `pace` is the words a minute, slow and fast, of the language they are estimated for.

    A spoken answer's levels are the candidate's own ticks: its words were not read. `focus` is
    the part the advice is about, empty when it is about the whole; with the advice "none", a
    part that could still be stronger.
    """

    frame: Frame
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...] = ()
    advice: str = "none"
    focus: str = ""
    words: int = 0
    seconds: int = 0
    length: Length = "unknown"
    pace: tuple[int, int] = (0, 0)
    spoken: bool = False

    def level(self, part: str) -> Level:
        """The level of a part (NOT_ASSESSED for a part this frame does not have)."""
        return next((f.level for f in self.findings if f.part == part), Level.NOT_ASSESSED)

    @property
    def spans(self) -> tuple[int, int]:
        """Seconds aloud, said fast and said slowly; the measured time twice when spoken."""
        slow, fast = self.pace
        if not slow or not fast:
            return self.seconds, self.seconds
        return round(self.words * 60 / fast), max(round(self.words * 60 / slow), 1)

    def remark(self, kind: str) -> Remark | None:
        """The remark of that kind, if it was made."""
        return next((remark for remark in self.remarks if remark.kind == kind), None)

    def has(self, kind: str) -> bool:
        """Whether a remark of that kind was made."""
        return self.remark(kind) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a rewrite changed: parts that rose and fell, and seconds before and after.

    `compared`: how many parts were assessed in both versions.
    """

    better: tuple[str, ...]
    worse: tuple[str, ...]
    seconds_before: int
    seconds_after: int
    compared: int


_ADAPTER = TypeAdapter(Assessment)


def dump_assessment(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain JSON values."""
    dumped: dict[str, Any] = _ADAPTER.dump_python(assessment, mode="json")
    return dumped


def load_assessment(stored: object) -> Assessment | None:
    """A stored assessment; None when there is none or this code cannot read it."""
    try:
        return _ADAPTER.validate_python(stored)
    except ValidationError:
        return None


def self_assess(frame: Frame, ticked: Iterable[str], seconds: int) -> Assessment:
    """A spoken answer: timed, and its parts ticked by the candidate; nothing of it was read.

    Without a single tick nothing is known about its parts.
    """
    said = set(ticked)
    absent = Level.MISSING if said else Level.NOT_ASSESSED
    findings = tuple(
        Finding(part=part.id, level=Level.THERE if part.id in said else absent)
        for part in RUBRICS[frame].parts
    )
    advice, focus = _choose_advice(frame, findings, seconds)
    return Assessment(
        frame=frame,
        findings=findings,
        advice=advice,
        focus=focus,
        seconds=max(seconds, 0),
        length=judge_length(frame, seconds),
        spoken=True,
    )


def _choose_advice(frame: Frame, findings: Iterable[Finding], seconds: int) -> tuple[str, str]:
    """What to mend first of a spoken answer, and the part it is about.

    It is what loses most points of the reference grid, or the first part where nothing follows
    it yet; then length.
    """
    level = {finding.part: finding.level for finding in findings}
    parts = RUBRICS[frame].parts
    absent = [part for part in parts if level[part.id] is Level.MISSING]
    nothing_yet = parts[0] in absent and len(absent) == len(parts)
    worst = parts[0] if nothing_yet else max(absent, key=lambda part: part.points, default=None)
    low, high = RUBRICS[frame].seconds
    if seconds > 2 * high and (worst is None or worst.points < _RAMBLING_POINTS):
        return "shorten", ""
    if worst is not None:
        return worst.if_missing, worst.id
    if seconds > high * (1 + TOLERANCE):
        return "shorten", ""
    return ("lengthen" if 0 < seconds < low * (1 - TOLERANCE) else "none"), ""


def compare(before: Assessment, after: Assessment) -> Comparison:
    """What changed from one version to the next; parts not assessed in either are left out."""
    ranks = {
        finding.part: (_ORDER.get(before.level(finding.part)), _ORDER.get(finding.level))
        for finding in after.findings
    }
    both = {part: (a, b) for part, (a, b) in ranks.items() if a is not None and b is not None}
    return Comparison(
        better=tuple(part for part, (a, b) in both.items() if b > a),
        worse=tuple(part for part, (a, b) in both.items() if b < a),
        seconds_before=before.seconds,
        seconds_after=after.seconds,
        compared=len(both),
    )
