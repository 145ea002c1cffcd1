"""Which topics need questions: exam weight x what the candidate does not know of them yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from bot.domain.memory import Answered
from content.schema import Pack

# A right answer on four options may be a guess: known = p / (p + 0.25 (1 - p)), with p = 0.5
# before the answer.
KNOWN_WHEN_RIGHT = 0.8
# How many answers' worth the candidate's own mean weighs against a topic's answers.
SHRINKAGE = 3.0
MEAN_BEFORE = 0.4


def topic_needs(pack: Pack, stream: str, answered: Iterable[Answered]) -> dict[str, float]:
    """Each topic's exam weight x the share of it the candidate does not know yet."""
    weights = pack.blueprint.streams.get(stream, pack.blueprint.base)
    topic_of = {q.id: q.topic for q in pack.questions.values()}
    right: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for answer in answered:
        topic = topic_of.get(answer.item_id)
        if topic is not None:
            met[topic] += 1
            right[topic] += bool(answer.correct)
    total = sum(met.values())
    mean = (KNOWN_WHEN_RIGHT * sum(right.values()) + SHRINKAGE * MEAN_BEFORE) / (total + SHRINKAGE)
    return {
        topic: weight
        * (1 - (KNOWN_WHEN_RIGHT * right[topic] + SHRINKAGE * mean) / (met[topic] + SHRINKAGE))
        for topic, weight in weights.items()
    }


def share_out(needs: Mapping[str, float], count: int, rng: Random) -> list[str]:
    """`count` topics, each as often as its share of the needs calls for (T3).

    Systematic sampling over a shuffled order: no topic is off its expectation by one slot.
    """
    if not needs or count <= 0:
        return []
    order = sorted(needs)
    rng.shuffle(order)
    step = sum(needs.values()) / count
    slots: list[str] = []
    mark, passed = rng.random() * step, 0.0
    for topic in order:
        passed += needs[topic]
        while mark < passed and len(slots) < count:
            slots.append(topic)
            mark += step
    return slots + [order[-1]] * (count - len(slots))
