"""The frames of oral answers: their parts, their points, how long they last.

Points and durations come from the reference grids `rubrics.prep`, `rubrics.star`, `rubrics.pitch`
and fact C107 of `reference/competition.yaml`. They rank what to mend first and are never shown as
a mark, since words alone cannot earn one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.schema import Language

Frame = Literal["prep", "star", "pitch"]
Length = Literal["short", "good", "long", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a frame, its points in the grid of 20, and the advice codes that mend it."""

    id: str
    points: int
    if_missing: str
    if_weak: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A frame's parts in order, and how many seconds the spoken answer should last."""

    parts: tuple[Part, ...]
    seconds: tuple[int, int]


RUBRICS: dict[Frame, Rubric] = {
    "prep": Rubric(
        parts=(
            Part(id="point", points=4, if_missing="add_point_first", if_weak="add_point_first"),
            Part(id="reason", points=4, if_missing="add_reason", if_weak="add_reason"),
            Part(id="example", points=6, if_missing="add_example", if_weak="add_example"),
            Part(
                id="closing_point",
                points=3,
                if_missing="close_with_point",
                if_weak="close_with_point",
            ),
        ),
        seconds=(60, 90),
    ),
    "star": Rubric(
        parts=(
            Part(id="situation", points=2, if_missing="add_situation", if_weak="add_situation"),
            Part(id="task", points=3, if_missing="clarify_task", if_weak="clarify_task"),
            Part(id="action", points=8, if_missing="say_what_you_did", if_weak="make_it_personal"),
            Part(id="result", points=5, if_missing="add_result", if_weak="add_figure"),
        ),
        seconds=(90, 120),
    ),
    "pitch": Rubric(
        parts=(
            Part(id="who", points=4, if_missing="make_it_personal", if_weak="make_it_personal"),
            Part(id="brings", points=6, if_missing="say_what_you_did", if_weak="say_what_you_did"),
            Part(
                id="result_for_user",
                points=4,
                if_missing="link_to_user",
                if_weak="link_to_user",
            ),
        ),
        seconds=(50, 65),
    ),
}

# Words a minute, slow to fast (FEATURES T18).
PACE: dict[Language, tuple[int, int]] = {"fr": (120, 160), "en": (120, 150), "ar": (110, 140)}


def estimate_seconds(words: int, language: Language) -> int:
    """How long `words` take to say at the middle of the language's pace; no word, no time."""
    slow, fast = PACE[language]
    return max(round(words * 120 / (slow + fast)), min(words, 1))


def judge_length(frame: Frame, seconds: int) -> Length:
    """Whether the time is inside the frame's target; "unknown" without a time."""
    low, high = RUBRICS[frame].seconds
    if seconds <= 0:
        return "unknown"
    if seconds < low:
        return "short"
    return "long" if seconds > high else "good"
