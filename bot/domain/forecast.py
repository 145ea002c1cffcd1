"""The expected exam mark from the answers given, as a range; unknown where nothing is known.

The person's level is read from first meetings only. The index never looks at a question before
its first meeting (only at its topic and concept), so these are a fair sample of what is asked;
counting returns too would put the forecast off by 11 points (LEARNING.md, point 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from bot.domain.gain import bank_of, known_shares
from bot.domain.learning_pace import Supposed, suppose
from bot.domain.memory import GUESS, SLIP, Answered
from content.schema import Pack

# Before so many first meetings a forecast is a guess: none is made (LEARNING.md, the bar).
FEWEST = 15
# Nine times out of ten the mark lies so many standard errors around the forecast.
_NINE_TENTHS = 1.64
# What the model itself gets wrong, however many answers there are: in our simulator the range then
# holds 84 to 99 marks of 100, and 68 where concepts carry nothing over (docs/learning.md).
_MODEL_ERROR = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Shares from 0 to 1 of the questions of four options got right, guesses included.

    The mark lies between `low` and `high` nine times out of ten. `topics` is each topic's
    expected share, None where no question of it was answered.
    """

    expected: float
    low: float
    high: float
    topics: Mapping[str, float | None]


def forecast(
    pack: Pack,
    *,
    stream: str,
    history: Sequence[Answered],
    exam_day: date,
    supposed: Sequence[Supposed] = (),
) -> Forecast | None:
    """The forecast of the exam on `exam_day` if nothing more is asked; None while unknown.

    `supposed`: what the history lets one suppose, where that was worked out already.
    """
    bank = bank_of(pack, stream, exam_day)
    met = {each.item_id for each in history if each.correct is not None} & pack.questions.keys()
    if len(met) < FEWEST:
        return None
    supposed = supposed or suppose(pack.questions, history, exam_day)
    known = [known_shares(each.memory, bank) for each in supposed]
    right = {
        topic: sum(
            each.belief * _right(shares[topic])
            for each, shares in zip(supposed, known, strict=True)
        )
        for topic in bank.values
    }
    expected = sum(bank.weights[topic] * share for topic, share in right.items())
    spread = _NINE_TENTHS * sqrt(0.25 / len(met) + _MODEL_ERROR**2)
    asked = {pack.questions[item].topic for item in met}
    return Forecast(
        expected=expected,
        low=max(expected - spread, 0.0),
        high=min(expected + spread, 1.0),
        topics={topic: share if topic in asked else None for topic, share in right.items()},
    )


def _right(known: float) -> float:
    """The share got right: known ones but for slips, and a quarter of the others."""
    return known * (1 - SLIP) + (1 - known) * GUESS[1]
