"""What the answers say about readiness: the areas of M8 and the first gate of M68."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.quiz import Answer
from content.schema import Pack

# FEATURES T6: a gate looks at the last 40 answers; so do the areas, to show the present.
LAST = 40
# M37: the first gate opens at 60 % of its last GATE_ANSWERS answers.
GATE_PERCENT = 60
GATE_ANSWERS = LAST
# Fewer answers say nothing: shown as unknown, never as 0 % (T13's rule).
FEWEST_FOR_AREA = 3
BAR_LENGTH = 5
# What the first gate counts: sheet quizzes and thematic sets (T6).
GATE_KINDS = frozenset({"sheet", "set"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many answers, of which so many right."""

    right: int
    answered: int

    @property
    def percent(self) -> int:
        """The share of right answers, rounded; 0 without answers."""
        return round(100 * self.right / self.answered) if self.answered else 0

    @property
    def cells(self) -> int:
        """The share as a bar: 0 to BAR_LENGTH full cells."""
        return round(BAR_LENGTH * self.right / self.answered) if self.answered else 0


def fewest(total: int, percent: int) -> int:
    """The fewest of `total` that are at least `percent` percent of it."""
    return -(-total * percent // 100)


def share_of(answers: Sequence[Answer]) -> Share:
    """The share right among the last LAST of `answers` (oldest first)."""
    last = answers[-LAST:]
    return Share(right=sum(answer.correct for answer in last), answered=len(last))


def gate_share(answers: Iterable[Answer]) -> Share:
    """What the first gate counts (GATE_KINDS), never the daily quiz, which hunts gaps (T6).

    A question counts the first time only: five learnt by heart open no gate.
    """
    first: dict[str, Answer] = {}
    for answer in answers:
        if answer.quiz_kind in GATE_KINDS:
            first.setdefault(answer.item_id, answer)
    return share_of(list(first.values()))


def is_gate_open(share: Share) -> bool:
    """At least GATE_PERCENT of the last GATE_ANSWERS answers; fewer answers leave it shut (T6)."""
    enough = share.answered >= GATE_ANSWERS
    return enough and 100 * share.right >= GATE_PERCENT * share.answered


def area_shares(answers: Iterable[Answer], pack: Pack) -> dict[str, Share]:
    """Each area's share right, in the pack's order."""
    by_topic: dict[str, list[Answer]] = {}
    for area in pack.head.areas:
        mine: list[Answer] = []
        by_topic |= dict.fromkeys(area.topics, mine)
    for answer in answers:
        question = pack.questions.get(answer.item_id)
        if question is not None and question.topic in by_topic:
            by_topic[question.topic].append(answer)
    return {area.id: share_of(by_topic[area.topics[0]]) for area in pack.head.areas}


def area_to_work_on(shares: Mapping[str, Share], needs: Mapping[str, float]) -> str:
    """The area with the lowest known share; without any, the one that weighs most (`needs`)."""
    known = {
        area: share.percent for area, share in shares.items() if share.answered >= FEWEST_FOR_AREA
    }
    if known:
        return min(known, key=lambda area: (known[area], -needs.get(area, 0.0)))
    return max(shares, key=lambda area: needs.get(area, 0.0))
