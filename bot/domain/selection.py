"""Which questions to ask: the never-repeat coverage rule (shared notes on learning, point 2-3).

Stages: gather the unseen items, need by topic, share out the slots, pick within a topic,
interleave. Deterministic for the same rng.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from content.schema import Pack, Question

# A right answer on four options may be a guess: known = p / (p + 0.25 (1 - p)), with p = 0.5
# before the answer.
KNOWN_WHEN_RIGHT = 0.8
# How many answers' worth the candidate's own mean weighs against a topic's answers.
SHRINKAGE = 3.0
MEAN_BEFORE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question met: `correct` is None when it was shown and never answered."""

    item_id: str
    correct: bool | None
    at: datetime | None
    local_day: date


def select_questions(
    pack: Pack,
    *,
    stream: str,
    history: Sequence[Answered],
    count: int,
    today: date,
    rng: Random,
) -> tuple[Question, ...]:
    """Up to `count` questions for a candidate of `stream`, never one met today.

    Unseen questions come first, spread over topics by weight x unknown share; once all were
    seen, the ones missed and those met longest ago return. Fewer come only if the bank is
    smaller than `count`.
    """
    today_ids = {met.item_id for met in history if met.local_day == today}
    askable = [q for q in _for_stream(pack, stream) if q.id not in today_ids]
    answered = [met for met in history if met.correct is not None]
    seen = {met.item_id for met in answered}
    fresh = [q for q in askable if q.id not in seen]
    chosen = _spread(pack, stream, fresh, answered, count, rng)
    if len(chosen) < count:
        taken = {q.id for q in chosen}
        again = sorted(
            (q for q in askable if q.id in seen), key=lambda q: _return_order(q, answered)
        )
        chosen += [q for q in again if q.id not in taken][: count - len(chosen)]
    return tuple(_interleave(chosen))


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


def _for_stream(pack: Pack, stream: str) -> list[Question]:
    return [
        q
        for q in pack.questions.values()
        if not q.retired and (not q.streams or stream in q.streams)
    ]


def _spread(
    pack: Pack,
    stream: str,
    fresh: Sequence[Question],
    answered: Sequence[Answered],
    count: int,
    rng: Random,
) -> list[Question]:
    """Unseen questions, shared out over topics so that topics asked less than their need lead."""
    by_topic: dict[str, list[Question]] = {}
    for question in fresh:
        by_topic.setdefault(question.topic, []).append(question)
    topic_of = {q.id: q.topic for q in pack.questions.values()}
    asked = Counter(topic_of.get(met.item_id, "") for met in answered)
    needs = topic_needs(pack, stream, answered)
    open_needs = {topic: need for topic, need in needs.items() if by_topic.get(topic)}
    concepts = Counter(
        pack.questions[met.item_id].concept for met in answered if met.item_id in pack.questions
    )
    chosen: list[Question] = []
    for topic in _slots(open_needs, asked, min(count, len(fresh)), rng):
        pool = by_topic[topic] or next(pool for pool in by_topic.values() if pool)
        rng.shuffle(pool)
        question = min(pool, key=lambda q: concepts[q.concept])
        pool.remove(question)
        concepts[question.concept] += 1
        chosen.append(question)
    return chosen


def _slots(
    needs: Mapping[str, float], asked: Mapping[str, int], count: int, rng: Random
) -> list[str]:
    """`count` topics; each topic's expected number is what it lacks of its share.

    Systematic sampling over a shuffled order: no topic is off its expectation by one slot.
    """
    if not needs or count <= 0:
        return []
    total = sum(asked.get(topic, 0) for topic in needs) + count
    all_need = sum(needs.values())
    lacking = {
        topic: max(total * need / all_need - asked.get(topic, 0), 0.0)
        for topic, need in needs.items()
    }
    order = sorted(lacking)
    rng.shuffle(order)
    step = sum(lacking.values()) / count
    slots: list[str] = []
    mark, passed = rng.random() * step, 0.0
    for topic in order:
        passed += lacking[topic]
        while mark < passed and len(slots) < count:
            slots.append(topic)
            mark += step
    return slots + [order[-1]] * (count - len(slots))


def _return_order(question: Question, answered: Sequence[Answered]) -> tuple[bool, float, str]:
    """Missed ones first, then the longest unseen."""
    last = max(
        (met for met in answered if met.item_id == question.id and met.at is not None),
        key=lambda met: met.at.timestamp() if met.at else 0.0,
        default=None,
    )
    if last is None or last.at is None:
        return (False, 0.0, question.id)
    return (bool(last.correct), last.at.timestamp(), question.id)


def _interleave(questions: list[Question]) -> list[Question]:
    """An easy one first; then no two of a topic in a row where that can be."""
    rest = sorted(questions, key=lambda q: q.difficulty)
    ordered: list[Question] = []
    while rest:
        previous = ordered[-1].topic if ordered else ""
        following = next((q for q in rest if q.topic != previous), rest[0])
        rest.remove(following)
        ordered.append(following)
    return ordered
