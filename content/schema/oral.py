"""The oral: prompts, marks of a strong answer, model answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.schema.common import Localized, StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepPrompt:
    """An interview question to answer with Point, Reason, Example, Point.

    `needs_plan`: it asks for a limit, so the answer must also say how it is being mended (M60).
    `skills`: those of a STAR story that can serve as its example. `marks`: what a strong answer
    has. `model`: one, part by part (P, R, E, P).
    """

    id: str
    question: Localized
    common: bool = False
    streams: tuple[StreamId, ...] = ()
    needs_plan: bool = False
    skills: tuple[str, ...] = ()
    hint: Localized
    marks: tuple[Localized, ...]
    model: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPrompt:
    """A prompt for a lived story (Situation, Task, Action, Result) that shows one skill.

    `marks`: what a strong story has. `model`: one, part by part (S, T, A, R).
    """

    id: str
    skill: str
    skill_name: Localized
    prompt: Localized
    streams: tuple[StreamId, ...] = ()
    hint: Localized
    marks: tuple[Localized, ...]
    model: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """A sixty-second introduction of one profile: who, what, for whom (M57).

    `marks`: what a strong one has. `model`: one, part by part.
    """

    id: str
    title: Localized
    streams: tuple[StreamId, ...] = ()
    marks: tuple[Localized, ...]
    model: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurpriseQuestion:
    """A question candidates do not expect, and how to meet it; answered as a PREP prompt is."""

    id: str
    question: Localized
    hint: Localized
    marks: tuple[Localized, ...]
    model: tuple[Localized, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a jury asks next when an answer lacks `gap`: a part of its frame, or an advice."""

    id: str
    frame: Literal["prep", "star", "pitch"]
    gap: str
    question: Localized
