"""Hears an answer: how likely each of its pieces is each part of the frame.

First every piece by itself, then again knowing what the others seem to be: a reason before any
position, a second example, a position that comes last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.assessment.features import describe, stems
from bot.domain.assessment.linear import Weights, chance, load_weights
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import read_words
from bot.domain.frames import Frame

PARTS: dict[Frame, tuple[str, ...]] = {
    "prep": ("point", "reason", "example", "closing_point"),
    "star": ("situation", "task", "action", "result", "personal", "quantified"),
    "pitch": ("who", "brings", "result_for_user"),
}
FLAGS = ("figure", "user")
# A piece is a part from here on.
SURE = 0.45
_UNKNOWN = 0.002
_NOTHING = math.log(_UNKNOWN / (1 + _UNKNOWN))
_RAMBLING_WORDS = 110

Odds = Sequence[Sequence[float]]
"""For each piece the probability of each label of its frame, parts first, then flags."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer and what its pieces seem to be."""

    reading: Reading
    frame: Frame
    odds: Odds

    def best(self, label: str) -> tuple[float, int]:
        """The highest probability of a label and the first piece that has it."""
        column = self.column(label)
        top = max(column, default=0.0)
        return top, column.index(top) if column else 0

    def column(self, label: str) -> list[float]:
        """The probability of a label, piece by piece."""
        at = labels(self.frame).index(label)
        return [row[at] for row in self.odds]


def labels(frame: Frame) -> tuple[str, ...]:
    """The labels of a frame in the order of all tables."""
    return (*PARTS[frame], *FLAGS)


def hear(reading: Reading, frame: Frame, prompt: str, weights: Weights | None = None) -> Heard:
    """Hear an answer to `prompt` (empty when it is not known)."""
    known = weights or load_weights()
    table, layer = known.tables[frame], known.layers[f"{frame}-context"]
    alone = [list(map(chance, table.log_odds(blocks))) for blocks in describe(reading, prompt)]
    return Heard(reading, frame, [layer.odds(row) for row in in_context(alone)])


def in_context(alone: Odds) -> list[list[float]]:
    """The measures of each piece among the others."""
    return [_among(alone, index) for index in range(len(alone))]


def _among(alone: Odds, index: int) -> list[float]:
    own, count = alone[index], len(alone)
    none = [0.0] * len(own)
    before, after = alone[:index] or [none], alone[index + 1 :] or [none]
    log_own = list(map(log_odds, own))
    return [
        *log_own,
        *own,
        *(map(log_odds, alone[index - 1]) if index else [_NOTHING] * len(own)),
        *(map(log_odds, alone[index + 1]) if index + 1 < count else [_NOTHING] * len(own)),
        *(max(column) for column in zip(*before, strict=True)),
        *(max(column) for column in zip(*after, strict=True)),
        *(min(sum(column), 2.0) for column in zip(*before, strict=True)),
        *(min(sum(column), 2.0) for column in zip(*after, strict=True)),
        *(
            log_odds(p) - log_odds(max(c))
            for p, c in zip(own, zip(*alone, strict=True), strict=True)
        ),
        float(index == 0),
        float(index == count - 1),
        index / max(count - 1, 1),
        count / 8,
        1 - max(own),
    ]


def of_whole(heard: Heard, prompt: str) -> list[float]:
    """The measures of the whole answer, for what is said of it as a whole."""
    tops = [heard.best(label)[0] for label in labels(heard.frame)]
    words, pieces = heard.reading.words, len(heard.odds)
    own, asked = stems(words), stems(read_words(prompt))
    likely = [max(row[: len(PARTS[heard.frame])]) for row in heard.odds]
    return [
        *map(log_odds, tops),
        *(float(top > SURE) for top in tops),
        pieces / 8,
        math.log1p(len(words)) / 4,
        float(len(words) > _RAMBLING_WORDS),
        sum(likely) / max(pieces, 1),
        sum(each < SURE for each in likely) / max(pieces, 1),
        max(tops[: len(PARTS[heard.frame])]),
        len(own & asked) / (len(asked) + 1),
        len(own) / (len(words) + 1),
    ]


def log_odds(probability: float) -> float:
    """Log-odds, with the ends of the scale kept finite."""
    return math.log((probability + _UNKNOWN) / (1 + _UNKNOWN - probability))
