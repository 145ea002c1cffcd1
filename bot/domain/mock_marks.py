"""What the answers of a mock oral are worth, and whether the oral is stable (FEATURES T6, T19).

A typed answer gets the score a careful jury would give its words (`assessment.verdict`). A spoken
one is never read: it gets what the candidate ticked, and its time. Both are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.domain.assessment import WHOLE, assess
from bot.domain.assessment.verdict import judge
from bot.domain.frames import RUBRICS, Frame
from bot.domain.oral import Draft, asked_of
from bot.domain.rubric import TOLERANCE, Level
from content.schema import Language, Pack

MOST = 5
# T6, in tenths of a point: the last two mocks reach 3 of 5 and lie at most 1 point apart.
STABLE_FROM, STABLE_APART = 30, 10
STABLE_OVER = 2

How = Literal["read", "ticked", "none"]
Follow = Literal["none", "filled", "open", "answered", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a question came to: a score from 0 to MOST, and what it rests on.

    `how`: typed words were read, a voice note was ticked by its speaker, or nothing was answered.
    `follow`: whether the answer to the follow-up gave what lacked, as far as that can be told.
    """

    how: How
    score: int
    follow: Follow = "none"


def mark(pack: Pack, answer: Draft | None, follow: Draft | None, language: Language) -> Result:
    """The result of a question: an answer to its follow-up may raise it, never lower it.

    Both typed are read as one, unless what lacked still lacks: other words do not make up for it.
    Both spoken, their ticks are added up. A typed and a spoken one are not mixed: the question's
    own answer counts.
    """
    if answer is None or answer.is_empty:
        return Result(how="none", score=0)
    if answer.is_spoken:
        return Result(
            how="ticked", score=_ticked(answer, follow), follow=_said(pack, answer, follow)
        )
    score = _read(pack, answer, _words(answer), language)
    gave = _written(pack, answer, follow, language)
    if follow is not None and not follow.is_spoken and gave != "open":
        score = max(score, _read(pack, answer, _both(answer, follow), language))
    return Result(how="read", score=score, follow=gave)


def overall(results: Sequence[Result]) -> int:
    """The mean of all questions in tenths of a point, answered or not, halves rounded up."""
    total = sum(each.score for each in results)
    return (20 * total + len(results)) // (2 * len(results)) if results else 0


def points(tenths: int) -> Decimal:
    """Tenths of a point as a number to read."""
    return Decimal(tenths) / 10


def mean_of(results: Sequence[Result], how: How) -> int | None:
    """The mean of those answered that way, in tenths; None when there are none."""
    some = [each for each in results if each.how == how]
    return overall(some) if some else None


def is_stable(scores: Sequence[int]) -> bool:
    """Whether the last two `scores` (in tenths, the oldest first) make the oral stable (T6)."""
    last = scores[-STABLE_OVER:]
    enough = len(last) == STABLE_OVER and min(last) >= STABLE_FROM
    return enough and max(last) - min(last) <= STABLE_APART


def is_in_time(frame: Frame, seconds: int) -> bool:
    """Whether a spoken time lies within the frame's target, give or take TOLERANCE."""
    low, high = RUBRICS[frame].seconds
    return low * (1 - TOLERANCE) <= seconds <= high * (1 + TOLERANCE)


def gap_of(pack: Pack, follow: Draft) -> str:
    """The part a follow-up asks for; empty when it asks for something else."""
    asked = pack.follow_ups.get(follow.prompt_id)
    return asked.gap if asked and asked.gap in follow.part_ids else ""


def _ticked(answer: Draft, follow: Draft | None) -> int:
    """The share of parts ticked, rounded down; a point less when its time is known and wrong."""
    said = answer.ticked | (follow.ticked if follow and follow.is_spoken else frozenset())
    score = MOST * len(said) // len(answer.part_ids)
    seconds = answer.assessment.seconds if answer.assessment else 0
    return max(0, score - (seconds > 0 and not is_in_time(answer.frame, seconds)))


def _read(pack: Pack, answer: Draft, words: str, language: Language) -> int:
    return judge(answer.frame, language, asked_of(pack, answer, language), words).score


def _words(answer: Draft) -> str:
    return "\n".join(answer.texts().values())


def _both(answer: Draft, follow: Draft) -> str:
    return f"{_words(answer)}\n{_words(follow)}".strip()


def _said(pack: Pack, answer: Draft, follow: Draft | None) -> Follow:
    """What a spoken answer's follow-up gave, by its tick."""
    if follow is None or follow.is_empty:
        return "none" if follow is None else "skipped"
    gap = gap_of(pack, follow)
    if not gap or not follow.is_spoken:
        return "answered"
    return "filled" if gap in follow.ticked else "open"


def _written(pack: Pack, answer: Draft, follow: Draft | None, language: Language) -> Follow:
    """What a typed answer's follow-up gave: the part that lacked, when both are read as one."""
    if follow is None or follow.is_empty:
        return "none" if follow is None else "skipped"
    gap = gap_of(pack, follow)
    if not gap or follow.is_spoken:
        return "answered"
    asked, words = asked_of(pack, answer, language), {WHOLE: _both(answer, follow)}
    level = assess(answer.frame, language, words, prompt=asked).level(gap)
    return "filled" if level is Level.THERE else "open"
