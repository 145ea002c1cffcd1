"""Which likely questions the stories of a STAR bank answer, and which one to prepare next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from content.schema import Pack, PrepPrompt, StarPrompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The likely questions of a stream, by whether a story held serves as their example.

    `next_skill`: the skill whose story would serve most of the open ones, `gains` of them; None
    when no story would.
    """

    covered: tuple[PrepPrompt, ...]
    open: tuple[PrepPrompt, ...]
    next_skill: StarPrompt | None
    gains: int


def likely(pack: Pack, stream: str) -> tuple[PrepPrompt, ...]:
    """The questions of a stream that a lived story can answer: common, its own, then general."""
    mine = (p for p in pack.prep.values() if p.skills and (not p.streams or stream in p.streams))
    return tuple(sorted(mine, key=lambda p: 0 if p.common else 1 if p.streams else 2))


def served_by(pack: Pack, stream: str, skill: str) -> tuple[PrepPrompt, ...]:
    """The likely questions that a story of this skill can answer."""
    return tuple(prompt for prompt in likely(pack, stream) if skill in prompt.skills)


def coverage(pack: Pack, stream: str, held: Collection[str]) -> Coverage:
    """What the skills held cover."""
    asked = likely(pack, stream)
    covered = tuple(prompt for prompt in asked if set(prompt.skills) & set(held))
    left = tuple(prompt for prompt in asked if prompt not in covered)
    gains = {skill: sum(skill in p.skills for p in left) for p in left for skill in p.skills}
    stories = {
        prompt.skill: prompt
        for prompt in reversed(pack.star.values())
        if not prompt.streams or stream in prompt.streams
    }
    best = max((s for s in gains if s in stories), key=gains.__getitem__, default="")
    return Coverage(
        covered=covered, open=left, next_skill=stories.get(best), gains=gains.get(best, 0)
    )
