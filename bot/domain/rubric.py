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
_SHARE_LOST = {Level.MISSING: 1.0, Level.WEAK: 0.5}
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
    """Something else worth saying about the whole answer, with the words that show it."""

    kind: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An answer's assessment. `seconds` are estimated from `words`, or measured when `spoken`.

    A spoken answer's levels are the candidate's own ticks: its words were not read. `focus` is
    the part the advice is about, empty when it is about the whole.
    """

    frame: Frame
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...] = ()
    advice: str = "none"
    focus: str = ""
    words: int = 0
    seconds: int = 0
    length: Length = "unknown"
    spoken: bool = False

    def level(self, part: str) -> Level:
        """The level of a part (NOT_ASSESSED for a part this frame does not have)."""
        return next((f.level for f in self.findings if f.part == part), Level.NOT_ASSESSED)

    def has(self, kind: str) -> bool:
        """Whether a remark of that kind was made."""
        return any(remark.kind == kind for remark in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a rewrite changed: parts that rose and fell, and seconds before and after."""

    better: tuple[str, ...]
    worse: tuple[str, ...]
    seconds_before: int
    seconds_after: int


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


def choose_advice(
    frame: Frame, findings: Iterable[Finding], remarks: Iterable[Remark], seconds: int
) -> tuple[str, str]:
    """The one thing to mend first, and the part it is about.

    It is what loses most points of the reference grid, or the first part where nothing follows
    it yet; then length, figures and the user.
    """
    level = {finding.part: finding.level for finding in findings}
    parts = RUBRICS[frame].parts
    lost = {part: part.points * _SHARE_LOST.get(level[part.id], 0.0) for part in parts}
    first, *others = lost
    nothing_yet = lost[first] and all(level[part.id] is Level.MISSING for part in others)
    worst = first if nothing_yet else max(lost, key=lambda part: lost[part])
    if seconds > 2 * RUBRICS[frame].seconds[1] and lost[worst] < _RAMBLING_POINTS:
        return "shorten", ""
    if lost[worst] > 0:
        missing = level[worst.id] is Level.MISSING
        return (worst.if_missing if missing else worst.if_weak), worst.id
    return _polish(frame, {remark.kind for remark in remarks}, seconds), ""


def _polish(frame: Frame, kinds: set[str], seconds: int) -> str:
    """What still helps an answer whose parts are all there."""
    low, high = RUBRICS[frame].seconds
    if "no_plan" in kinds:
        return "add_plan"
    if seconds > high * (1 + TOLERANCE):
        return "shorten"
    if 0 < seconds < low * (1 - TOLERANCE):
        return "lengthen"
    if "no_figure" in kinds:
        return "add_figure"
    return "link_to_user" if "no_user" in kinds else "none"


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
    advice, focus = choose_advice(frame, findings, (), seconds)
    return Assessment(
        frame=frame,
        findings=findings,
        advice=advice,
        focus=focus,
        seconds=max(seconds, 0),
        length=judge_length(frame, seconds),
        spoken=True,
    )


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
    )
