"""Which questions to ask: what raises the expected exam mark most (LEARNING.md).

Stages: gather, share out the first, coverage, index, interleave, cut. Everything is computed anew
from the answers and the date, so missed days pile nothing up. The same rng gives the same
questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from bot.domain.gain import Bank, bank_of, gains, pick_best
from bot.domain.memory import Answered, Memory, remember
from bot.domain.need import share_out
from content.schema import Pack, Question

# Nothing comes back during this share of the days from the first answer to the exam.
COVERAGE = 0.7
# Without an exam day, one is always thought this far ahead (LEARNING.md).
HORIZON = timedelta(days=56)


def select_questions(  # noqa: PLR0913 - each is one thing the choice rests on
    pack: Pack,
    *,
    stream: str,
    history: Sequence[Answered],
    count: int,
    today: date,
    rng: Random,
    exam_day: date | None = None,
    hidden: frozenset[tuple[str, int]] = frozenset(),
    topics: frozenset[str] | None = None,
) -> tuple[Question, ...]:
    """Up to `count` questions for a candidate of `stream`, none met today, no two the same.

    The very first are spread over topics by exam weight (T3). Then come those of the highest
    gain: unseen ones only, until `COVERAGE` of the days are over or fewer than `count` are
    left. Without an `exam_day` to come, that time never ends. Fewer questions come only if the
    bank is smaller than `count`. `hidden` ones (id and revision) are not asked. `topics`: only
    of these (a topic in focus); None for all.
    """
    bank = bank_of(pack, stream, today, hidden)
    askable = _gather(bank, history, today, rng)
    if topics is not None:
        askable = [q for q in askable if q.topic in topics]
    if exam_day is not None and exam_day < today:
        exam_day = None
    memory = remember(pack.questions, history, exam_day or today + HORIZON)
    if any(met.correct is not None for met in history):
        fresh = [q for q in askable if q.id not in memory.items]
        covers = len(fresh) >= count and not _is_late(history, today, exam_day)
        chosen = _index(memory, bank, fresh if covers else askable, count, today)
    else:
        chosen = _share_out(bank.weights, askable, count, rng)
    return tuple(_interleave(chosen, memory, today))


def sample_questions(
    pack: Pack,
    *,
    stream: str,
    history: Sequence[Answered],
    count: int,
    today: date,
    rng: Random,
    hidden: frozenset[tuple[str, int]] = frozenset(),
    topics: frozenset[str],
) -> tuple[Question, ...]:
    """Up to `count` questions of `topics` that measure: a fair sample, not what is worth most.

    Topics by exam weight and as many concepts as there are, what was never answered first, none
    met today. Whether answers were right plays no part, nor in the order: the first gate and the
    badge rest on these (T6), also when time ends before the last one.
    """
    bank = bank_of(pack, stream, today, hidden)
    askable = [q for q in _gather(bank, history, today, rng) if q.topic in topics]
    answered = frozenset(met.item_id for met in history if met.correct is not None)
    chosen = _share_out(bank.weights, askable, count, rng, answered)
    rng.shuffle(chosen)
    return tuple(_alternate(chosen))


def _gather(bank: Bank, history: Sequence[Answered], today: date, rng: Random) -> list[Question]:
    """What may be asked today, shuffled: of questions alike the first is taken."""
    met_today = {item_id for item_id, _, day in history if day == today}
    askable = [q for q in bank.questions if q.id not in met_today]
    return sorted(askable, key=lambda _: rng.random())


def _is_late(history: Sequence[Answered], today: date, exam_day: date | None) -> bool:
    """Whether the last days before the exam have come, when old questions may return."""
    if exam_day is None:
        return False
    start = min([day for _, _, day in history])
    return (today - start) > COVERAGE * (exam_day - start)


def _share_out(
    weights: dict[str, float],
    askable: Sequence[Question],
    count: int,
    rng: Random,
    answered: frozenset[str] = frozenset(),
) -> list[Question]:
    """Topics by their weight; in each what is not `answered`, as few of a concept as can be."""
    left = list(askable)
    topics = {q.topic for q in left}
    open_weights = {topic: weight for topic, weight in weights.items() if topic in topics}
    concepts: Counter[str] = Counter()
    chosen: list[Question] = []
    for topic in share_out(open_weights, min(count, len(left)), rng):
        best = min(left, key=lambda q: (q.topic != topic, q.id in answered, concepts[q.concept]))
        left.remove(best)
        concepts[best.concept] += 1
        chosen.append(best)
    return chosen


def _index(
    memory: Memory, bank: Bank, pool: Sequence[Question], count: int, today: date
) -> list[Question]:
    """The highest gains; again over what is left when a tiny bank has too few concepts."""
    chosen: list[Question] = []
    left = list(pool)
    while left and len(chosen) < count:
        found = gains(memory, bank, left, today.toordinal())
        picked = pick_best(found, left, count - len(chosen))
        chosen += picked
        taken = {q.id for q in picked}
        left = [q for q in left if q.id not in taken]
    return chosen


def _interleave(questions: Sequence[Question], memory: Memory, today: date) -> list[Question]:
    """The likeliest to go well first (F10); then no two of a topic in a row where that can be."""
    day = today.toordinal()
    return _alternate(sorted(questions, key=lambda q: -memory.chance_right(q, day)))


def _alternate(questions: Sequence[Question]) -> list[Question]:
    """In their order, but no two of a topic in a row where that can be."""
    rest, ordered = list(questions), list[Question]()
    while rest:
        previous = ordered[-1].topic if ordered else ""
        following = next((q for q in rest if q.topic != previous), rest[0])
        rest.remove(following)
        ordered.append(following)
    return ordered
