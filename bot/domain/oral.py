"""Oral answers being written: which part is open, what was noted, which question comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.assessment import WHOLE, assess
from bot.domain.frames import RUBRICS, Frame
from bot.domain.rubric import (
    Assessment,
    Level,
)
from content.schema import (
    FollowUp,
    Language,
    Localized,
    Pack,
    PrepPrompt,
    StarPrompt,
    SurpriseQuestion,
)

# The open part of an answer that comes in one go.
IN_ONE_GO = -1
# The pitch has one question, an interface text: this stands where a prompt's id does.
PITCH = "pitch"
BANK_SIZE = 3
# Two stories that share this much of their words are one story told twice.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A message of a draft, in its part.

    `seconds`: it was a voice note. `copied`: it comes from the version being rewritten.
    """

    part: int
    text: str
    seconds: int | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer to a prompt; `part` is the open one. Unfinished without `finished_at`.

    A spoken draft carries its assessment, the candidate's ticks, from the voice note on.
    `mock_id`: it is given in that mock oral.
    """

    id: int
    frame: Frame
    prompt_id: str
    part: int
    rewrite_of: int | None
    created_at: datetime
    finished_at: datetime | None
    assessment: Assessment | None
    banked: bool
    notes: tuple[Note, ...]
    mock_id: int | None = None

    @property
    def is_finished(self) -> bool:
        """Whether its feedback was given."""
        return self.finished_at is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted yet."""
        return not self.notes

    @property
    def is_spoken(self) -> bool:
        """Whether it is a voice note with its grid."""
        return self.assessment is not None and self.assessment.spoken

    @property
    def part_ids(self) -> tuple[str, ...]:
        """The parts of its frame, in order."""
        return tuple(part.id for part in RUBRICS[self.frame].parts)

    @property
    def ticked(self) -> frozenset[str]:
        """The parts the candidate ticked as said."""
        found = self.assessment.findings if self.assessment else ()
        return frozenset(each.part for each in found if each.level is Level.THERE)

    def notes_of(self, part: int) -> tuple[Note, ...]:
        """The typed notes of a part."""
        return tuple(n for n in self.notes if n.part == part and n.seconds is None)

    def texts(self) -> dict[str, str]:
        """Part id (or WHOLE) to what was typed there."""
        names = {IN_ONE_GO: WHOLE, **dict(enumerate(self.part_ids))}
        written = {name: "\n".join(n.text for n in self.notes_of(i)) for i, name in names.items()}
        return {name: text for name, text in written.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptUse:
    """When a prompt was last written on, and whether an answer was finished."""

    at: datetime
    finished: bool


class Prompt(Protocol):
    """What a PREP and a STAR prompt share."""

    @property
    def id(self) -> str:
        """Its permanent id."""

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams it is for; empty: all."""


def rank_prompts(
    prompts: Iterable[Prompt], stream: str, used: Mapping[str, PromptUse]
) -> list[str]:
    """The prompts for a stream, the next one first.

    Never answered before answered; then the least recently used; then common, the stream's own,
    general; then the pack's order.
    """

    def rank(prompt: Prompt) -> tuple[bool, float, int]:
        use = used.get(prompt.id)
        kind = 0 if getattr(prompt, "common", False) else 1 if prompt.streams else 2
        return (bool(use and use.finished), use.at.timestamp() if use else 0.0, kind)

    fitting = [p for p in prompts if not p.streams or stream in p.streams]
    return [prompt.id for prompt in sorted(fitting, key=rank)]


def next_after(ranked: list[str], current: str) -> str:
    """The prompt after `current`, round and round."""
    place = ranked.index(current) if current in ranked else -1
    return ranked[(place + 1) % len(ranked)]


def skills_of(pack: Pack, stream: str) -> dict[str, StarPrompt]:
    """The skills a stream's candidate may tell of, each with its first prompt."""
    found: dict[str, StarPrompt] = {}
    for prompt in pack.star.values():
        if not prompt.streams or stream in prompt.streams:
            found.setdefault(prompt.skill, prompt)
    return found


def skill_of(pack: Pack, draft: Draft) -> str:
    """The skill a STAR draft shows (its prompt's id when the pack no longer has the prompt)."""
    prompt = pack.star.get(draft.prompt_id)
    return prompt.skill if prompt else draft.prompt_id


def prompt_of(pack: Pack, draft: Draft) -> PrepPrompt | StarPrompt | SurpriseQuestion | None:
    """The pack's prompt of a draft; None for a pitch, or a prompt this pack does not have."""
    if draft.frame == "star":
        return pack.star.get(draft.prompt_id)
    return pack.prep.get(draft.prompt_id) or pack.surprises.get(draft.prompt_id)


def question_of(prompt: PrepPrompt | StarPrompt | SurpriseQuestion) -> Localized:
    """What a prompt asks."""
    return prompt.prompt if isinstance(prompt, StarPrompt) else prompt.question


def surprise_after(pack: Pack, current: str, used: Mapping[str, PromptUse]) -> str:
    """The surprise question to ask after `current`, round and round; the first is the one met
    longest ago, empty without any."""
    met = {each: use.at.timestamp() for each, use in used.items()}
    if current in pack.surprises:
        return next_after(list(pack.surprises), current)
    return min(pack.surprises, key=lambda each: met.get(each, 0.0), default="")


def follow_up(pack: Pack, draft: Draft, assessment: Assessment) -> FollowUp | None:
    """What a jury asks next, by what the answer lacks; of several, each draft has its own.

    A jury always asks something: an answer that lacks nothing named here gets any of its frame.
    """
    gap = assessment.focus or assessment.advice
    mine = [each for each in pack.follow_ups.values() if each.frame == draft.frame]
    fitting = [each for each in mine if each.gap == gap] or mine
    return fitting[draft.id % len(fitting)] if fitting else None


def assess_draft(pack: Pack, draft: Draft, language: Language) -> Assessment:
    """A spoken draft's ticks or a finished one's assessment, else what the words show."""
    if draft.assessment is not None and (draft.is_spoken or draft.is_finished):
        return draft.assessment
    prompt = prompt_of(pack, draft)
    needs_plan = isinstance(prompt, PrepPrompt) and prompt.needs_plan
    asked = asked_of(pack, draft, language)
    return assess(draft.frame, language, draft.texts(), prompt=asked, needs_plan=needs_plan)


def asked_of(pack: Pack, draft: Draft, language: Language) -> str:
    """The draft's question in words; empty for a pitch, or a prompt this pack does not have."""
    prompt = prompt_of(pack, draft)
    return question_of(prompt).in_language(language) if prompt else ""


def are_alike(one: Draft, other: Draft) -> bool:
    """Whether two stories are mostly the same words (M56: warn when a story is used twice)."""
    first, second = ({w for t in d.texts().values() for w in t.split()} for d in (one, other))
    return bool(first and second) and len(first & second) >= _ALIKE * min(len(first), len(second))


def shortened(text: str, most: int) -> str:
    """On one line, cut after a word with … beyond `most` characters."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most and len(text) <= most * 4:
        return line
    cut = line[:most]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
