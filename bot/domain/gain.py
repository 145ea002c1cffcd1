"""The gain index: by how much the expected exam mark rises if a question is asked today.

A question counts for itself and for its concept, since a third of the exam asks what no bank
holds. The author's difficulty is not read: hard questions are known less, but also learnt and
kept less, and an index that hunted them spent half of all slots on them (LEARNING.md, point 7).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp

from bot.domain.memory import Memory, fading
from content.schema import Pack, Question
from content.validity import validity

# The share of the exam that asks what the bank does not hold (LEARNING.md).
OUTSIDE = 1 / 3
# What a question is still worth today after another of its topic, and of its concept: questions
# of one kind on one day crowd each other out, and a quiz should be varied.
SAME_TOPIC = 0.8
SAME_CONCEPT = 0.5
# At most this share of a day's questions is of one topic, while others are left.
TOPIC_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The questions of a stream. `weights`: each topic's exam share (they sum to 1), `values`: the
    share one question of a topic stands for.

    Questions outside the bank are taken to spread over topics and concepts as the bank does.
    """

    questions: tuple[Question, ...]
    weights: dict[str, float]
    values: dict[str, float]
    concept_sizes: Counter[str]


def bank_of(
    pack: Pack, stream: str, today: date, hidden: frozenset[tuple[str, int]] = frozenset()
) -> Bank:
    """Every question a candidate of `stream` may be asked today, with what it is worth.

    `hidden`: questions (id and revision) that are not asked until somebody has looked at them.
    """
    weights = pack.blueprint.streams.get(stream, pack.blueprint.base)
    mine = tuple(
        q
        for q in pack.questions.values()
        if (not q.streams or stream in q.streams)
        and (q.id, q.revision) not in hidden
        and validity(pack.facts, q, today) != "ended"
    )
    sizes = Counter([q.topic for q in mine])
    total = sum(weights.get(topic, 0) for topic in sizes) or 1
    shares = {topic: weights.get(topic, 0) / total for topic in sizes}
    return Bank(
        questions=mine,
        weights=shares,
        values={topic: shares[topic] / size for topic, size in sizes.items()},
        concept_sizes=Counter([q.concept for q in mine]),
    )


def gains(memory: Memory, bank: Bank, pool: Iterable[Question], today: int) -> dict[str, float]:
    """The gain of each question of `pool` on the day of that ordinal, in shares of the exam.

    Unseen questions of a concept are alike, so only the first of them in `pool` is named.
    """
    trace, learns = fading(memory.exam - today), memory.learning.learns
    concepts: dict[str, _Concept] = {}
    found: dict[str, float] = {}
    for question in pool:
        concept = concepts.get(question.concept)
        if concept is None:
            concept = _concept(memory, bank, question, trace)
            concepts[question.concept] = concept
        met = memory.items.get(question.id)
        if met is not None:
            unknown = (1 - met.known) * exp(-learns * met.traces)
            found[question.id] = concept.around + unknown * concept.of_unknown
        elif not concept.named:
            concept.named = True
            found[question.id] = concept.around + concept.unknown * concept.of_unknown
    return found


def known_shares(memory: Memory, bank: Bank) -> dict[str, float]:
    """The expected known share of each topic on exam day, in the bank and outside it."""
    known, learns = dict.fromkeys(bank.values, 0.0), memory.learning.learns
    sizes = Counter([q.topic for q in bank.questions])
    for question in bank.questions:
        missing = memory.learning.missing(memory.concept_traces[question.concept])
        like_it = 1 - (1 - memory.prior(question)) * missing
        met = memory.items.get(question.id)
        itself = like_it
        if met is not None:
            itself = 1 - (1 - met.known) * exp(-learns * met.traces) * missing
        known[question.topic] += (1 - OUTSIDE) * itself + OUTSIDE * like_it
    return {topic: known[topic] / sizes[topic] for topic in known}


def pick_best(
    found: dict[str, float], questions: Sequence[Question], count: int
) -> list[Question]:
    """Up to `count` questions of the highest gain, each making its own kind worth less today.

    Of one topic come at most `TOPIC_SHARE` of `count` (of few topics, an equal share), while
    others are left.
    """
    by_id = {q.id: q for q in questions if q.id in found}
    most = ceil(count * max(TOPIC_SHARE, 1 / max(1, len({q.topic for q in by_id.values()}))))
    topics: Counter[str] = Counter()
    chosen: list[Question] = []
    while found and len(chosen) < count:
        best = by_id[max(found, key=found.__getitem__)]
        chosen.append(best)
        topics[best.topic] += 1
        worth = SAME_TOPIC if topics[best.topic] < most else 0.0
        del found[best.id]
        for item in found:
            other = by_id[item]
            if other.topic == best.topic:
                found[item] *= worth * (SAME_CONCEPT if other.concept == best.concept else 1.0)
    return chosen


@dataclass(slots=True)
class _Concept:
    """What asking about a concept brings: `around` it, and for an `of_unknown` question itself.

    `unknown` is the chance that an unseen question of it is; `named`: one of those is chosen.
    """

    around: float
    of_unknown: float
    unknown: float
    named: bool = False


def _concept(memory: Memory, bank: Bank, question: Question, trace: float) -> _Concept:
    value, learning = bank.values[question.topic], memory.learning
    traces = memory.concept_traces[question.concept]
    before, after = learning.missing(traces), learning.missing(traces + trace)
    unknown = 1 - memory.prior_of_any(question)
    others = value * (bank.concept_sizes[question.concept] - (1 - OUTSIDE))
    return _Concept(
        around=others * unknown * (before - after),
        of_unknown=value * (1 - OUTSIDE) * (before - after * exp(-learning.learns * trace)),
        unknown=unknown,
    )
