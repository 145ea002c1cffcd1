"""Where the next hour of study is worth most: brute force over topics (FEATURES T52).

For each topic the hour is played through: the questions of the highest gain, one after the other,
each leaving its trace in a copy of the candidate's memory; then the mark is forecast again.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.gain import Bank, bank_of, gains, known_shares
from bot.domain.memory import GUESS, SLIP, Memory, Met, fading
from content.schema import Pack, Question

# An hour is so many questions, three minutes each with their explanations.
QUESTIONS_AN_HOUR = 20
# A topic met less often than this before the exam is learnt by luck.
TWICE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """An hour on one topic; `worth`: the rise of the expected share right (0 to 1)."""

    topic: str
    worth: float


def rank_hours(pack: Pack, memory: Memory, *, stream: str, today: date) -> tuple[Hour, ...]:
    """An hour on each topic of the bank, the most worth first, for somebody of that memory.

    One memory, though the forecast is a mean of twelve, which would take twelve times as long;
    the order is what is read (docs/learning.md).
    """
    bank = bank_of(pack, stream, today)
    before = _mark(memory, bank)
    hours = (
        Hour(topic=topic, worth=_mark(_after_hour(memory, bank, topic, today), bank) - before)
        for topic in bank.weights
    )
    return tuple(sorted(hours, key=lambda hour: -hour.worth))


def topics_met_once(
    pack: Pack, *, stream: str, today: date, exam_day: date, a_day: int
) -> tuple[str, ...]:
    """Topics that the days left, shared out by exam weight, no longer bring up twice."""
    bank = bank_of(pack, stream, today)
    left = max((exam_day - today).days, 0) * a_day
    return tuple(topic for topic, weight in bank.weights.items() if left * weight < TWICE)


def _after_hour(memory: Memory, bank: Bank, topic: str, today: date) -> Memory:
    """The memory once the topic's best questions were met: each leaves a trace."""
    later = copy(memory)
    later.items, later.concept_traces = dict(memory.items), memory.concept_traces.copy()
    pool = [question for question in bank.questions if question.topic == topic]
    trace = fading(later.exam - today.toordinal())
    for _ in range(min(QUESTIONS_AN_HOUR, len(pool))):
        found = gains(later, bank, pool, today.toordinal())
        best = next(q for q in pool if q.id == max(found, key=found.__getitem__))
        pool.remove(best)
        _leave_trace(later, best, trace)
    return later


def _leave_trace(memory: Memory, question: Question, trace: float) -> None:
    met = memory.items.get(question.id) or Met(memory.prior(question))
    memory.items[question.id] = replace(met, traces=met.traces + trace)
    memory.concept_traces[question.concept] += trace


def _mark(memory: Memory, bank: Bank) -> float:
    """The expected share right, guesses included."""
    known = known_shares(memory, bank)
    return sum(
        weight * (known[topic] * (1 - SLIP) + (1 - known[topic]) * GUESS[1])
        for topic, weight in bank.weights.items()
    )
