"""A mock oral: its questions, its clock and how it goes on (FEATURES T19, M54, M58-M61)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Literal

from bot.domain.countdown import CLOSES_AFTER, next_look_at
from bot.domain.frames import Frame
from bot.domain.mock_marks import Result
from bot.domain.oral import PITCH, Draft
from bot.domain.rubric import Assessment
from bot.domain.sending_time import MINUTE
from content.schema import FollowUp, Pack

MOCK_TIMER = "mock_clock"
# M54: 4 to 6 questions in 20 to 30 minutes: five minutes each, the jury's follow-up included.
COUNTS = (4, 5, 6)
MINUTES_EACH = 5
# A kind word when so many minutes are left.
PINGS = (10, 3)
# M61: so many mocks make the preparation whole; the trend shows as many.
WANTED = 4

Outcome = Literal["finished", "time_over", "given_up"]
Slot = Literal["pitch", "general", "own", "story", "surprise"]
# An interview opens with the pitch. Four known questions and a surprise are T19's own number.
_SLOTS: Mapping[int, tuple[Slot, ...]] = {
    4: ("pitch", "own", "story", "surprise"),
    5: ("pitch", "general", "story", "surprise", "own"),
    6: ("pitch", "general", "surprise", "story", "own", "surprise"),
}
# What takes a place that the pack cannot fill.
_SPARE: tuple[Slot, ...] = ("general", "own", "story")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a mock: its frame, and the prompt's id."""

    frame: Frame
    prompt_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question of the plan with its answer and the answer to its follow-up, where there are."""

    asked: Asked
    answer: Draft | None = None
    follow: Draft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mock:
    """A mock oral. `answers` in the order asked, follow-ups among them; `results` once it is over.

    Its clock runs from `resumed_at` to `deadline_at`, and stands still from `paused_at` on.
    """

    id: int
    started_at: datetime
    resumed_at: datetime
    deadline_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    plan: tuple[Asked, ...]
    results: tuple[Result, ...]
    answers: tuple[Draft, ...] = ()

    @property
    def minutes(self) -> int:
        """How many minutes it has."""
        return len(self.plan) * MINUTES_EACH

    @property
    def current(self) -> Draft | None:
        """The answer that is open; None once it is over."""
        return next((each for each in self.answers if not each.is_finished), None)

    @property
    def number(self) -> int:
        """The number of the question being answered, from 1; a follow-up has its question's."""
        return sum(self.is_main(each) for each in self.answers)

    @property
    def next_question(self) -> Asked | None:
        """The plan's question after those asked."""
        return self.plan[self.number] if self.number < len(self.plan) else None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Each question of the plan with what was answered."""
        mains = [index for index, each in enumerate(self.answers) if self.is_main(each)]
        found = []
        for number, asked in enumerate(self.plan):
            both = self.answers[mains[number] :][:2] if number < len(mains) else ()
            follow = both[1] if len(both) > 1 and not self.is_main(both[1]) else None
            answer = both[0] if both else None
            found.append(Exchange(asked=asked, answer=answer, follow=follow))
        return tuple(found)

    @property
    def counts(self) -> bool:
        """Whether it is one of the four: brought to its end, and not given up."""
        return self.outcome in {"finished", "time_over"}

    def is_main(self, answer: Draft) -> bool:
        """Whether it answers a question of the plan, not a follow-up."""
        return any(each.prompt_id == answer.prompt_id for each in self.plan)

    def now_at(self, now: datetime) -> datetime:
        """What its clock shows: `now`, or when it was paused or ended."""
        return self.paused_at or self.ended_at or now


def compose(
    pack: Pack, stream: str, count: int, met: Mapping[str, int], rng: Random
) -> tuple[Asked, ...]:
    """The questions of a mock for a stream: those not met in a mock first, then the least recent.

    `met`: prompt id to the number of the latest mock it was asked in. Fewer than `count` where the
    pack has no more.
    """
    chosen: list[Asked] = []
    for slot in _SLOTS[count]:
        taken = {each.prompt_id for each in chosen}
        for name in (slot, *_SPARE):
            pool = _pool(pack, stream, name)
            left = {asked: tier for asked, tier in pool.items() if asked.prompt_id not in taken}
            if left:
                chosen.append(_least_met(left, met, rng))
                break
    return tuple(chosen)


def _pool(pack: Pack, stream: str, slot: Slot) -> dict[Asked, int]:
    """The questions for a place in the mock; of two equally met the lower number goes first."""
    if slot == "pitch":
        return {Asked(frame="pitch", prompt_id=PITCH): 0}
    if slot == "surprise":
        return {Asked(frame="prep", prompt_id=each): 0 for each in pack.surprises}
    if slot == "story":
        stories = (e for e in pack.star.values() if not e.streams or stream in e.streams)
        return {Asked(frame="star", prompt_id=each.id): 0 for each in stories}
    mine = (
        e for e in pack.prep.values() if (stream in e.streams if slot == "own" else not e.streams)
    )
    # The four common ones are the likeliest (M58).
    return {Asked(frame="prep", prompt_id=each.id): int(not each.common) for each in mine}


def _least_met(pool: Mapping[Asked, int], met: Mapping[str, int], rng: Random) -> Asked:
    ranks = {each: (met.get(each.prompt_id, 0), tier) for each, tier in pool.items()}
    first = min(ranks.values())
    return rng.choice([each for each, rank in ranks.items() if rank == first])


def follow_up_of(
    pack: Pack, mock: Mock, answer: Draft, assessment: Assessment, met: Mapping[str, int]
) -> FollowUp | None:
    """What the jury asks after `answer`, drawn from its gap: each once, the least met first.

    None where nothing was answered, where nothing named lacks, or after a follow-up.
    """
    if answer.is_empty or not mock.is_main(answer):
        return None
    gap = assessment.focus or assessment.advice
    asked = {each.prompt_id for each in mock.answers}
    fitting = [
        each
        for each in pack.follow_ups.values()
        if each.frame == answer.frame and each.gap == gap and each.id not in asked
    ]
    return min(fitting, key=lambda each: met.get(each.id, 0), default=None)


def next_moment(deadline_at: datetime, now: datetime) -> datetime:
    """When its timer is due next: the next kind word, else a moment after the end."""
    pings = (deadline_at - minutes * MINUTE for minutes in PINGS)
    return min((each for each in pings if each > now), default=_end_look(deadline_at, now))


def ping_at(deadline_at: datetime, due_at: datetime) -> int | None:
    """How many minutes' word a timer due then brings; None for one that brings none."""
    return next((each for each in PINGS if deadline_at - each * MINUTE == due_at), None)


def _end_look(deadline_at: datetime, now: datetime) -> datetime:
    end = deadline_at + CLOSES_AFTER
    return end if now < end else next_look_at(deadline_at, now)
