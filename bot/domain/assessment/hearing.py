"""Hears an answer: how likely each of its pieces is each part of the frame.

First every piece by itself, then again knowing what the others seem to be: a reason before any
position, a second example, a position that comes last.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add, sub

from bot.domain.assessment.features import copied_share, describe, stems
from bot.domain.assessment.linear import Block, Weights, chance, load_weights
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import read_words
from bot.domain.frames import Frame

PARTS: dict[Frame, tuple[str, ...]] = {
    "prep": ("point", "reason", "example", "closing_point"),
    "star": ("situation", "task", "action", "result", "personal", "quantified"),
    "pitch": ("who", "brings", "result_for_user"),
}
FLAGS = ("figure", "user")
# A piece of an answer to something else: never shown, heard to tell what is off topic.
AWAY = "away"
# A piece is a part from here on.
SURE = 0.45
# Where these begin, brought to SURE (hand against hand). The first two also need a number that
# measures something: the rules of `figures` find it more surely than what is learned.
_BEGINS = {"figure": 0.08, "quantified": 0.15, "user": 0.35}
_NUMBERED = ("figure", "quantified")
_NUMBERS = {"figure", "duration"}
_UNKNOWN = 0.002
_NOTHING = math.log(_UNKNOWN / (1 + _UNKNOWN))
_RAMBLING_WORDS = 110

Odds = Sequence[Sequence[float]]
"""For each piece the probability of each label of its frame: parts, flags, away."""


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
    return (*PARTS[frame], *FLAGS, AWAY)


def hear(reading: Reading, frame: Frame, prompt: str, weights: Weights | None = None) -> Heard:
    """Hear an answer to `prompt` (empty when it is not known)."""
    if reading.says_one_thing:
        return Heard(reading, frame, [[0.0] * len(labels(frame)) for _ in reading.pieces])
    known = weights or load_weights()
    table, away, layer = known.tables[frame], known.tables[AWAY], known.layers[f"{frame}-context"]
    alone = [
        list(map(chance, (*table.log_odds(blocks), *away.log_odds(anywhere(blocks)))))
        for blocks in describe(reading, prompt)
    ]
    return Heard(reading, frame, settled(reading, frame, map(layer.odds, in_context(alone))))


def settled(reading: Reading, frame: Frame, odds: Iterable[Sequence[float]]) -> list[list[float]]:
    """The odds on one scale, on which SURE decides; no figure without a number."""
    names = labels(frame)
    rows = []
    for piece, row in zip(reading.pieces, odds, strict=True):
        counted = bool(reading.cues(piece) & _NUMBERS)
        known = zip(names, row, strict=True)
        rows.append([_settled(n, p) if counted or n not in _NUMBERED else 0.0 for n, p in known])
    return rows


def _settled(label: str, odds: float) -> float:
    begins = _BEGINS.get(label, SURE)
    if odds <= begins:
        return odds * SURE / begins
    return SURE + (odds - begins) * (1 - SURE) / (1 - begins)


def anywhere(blocks: list[Block]) -> list[Block]:
    """Without the place where a piece stands: what is about something else is so anywhere."""
    return blocks[:-1]


def in_context(alone: Odds) -> list[list[float]]:
    """The measures of each piece among the others."""
    logs = [list(map(log_odds, row)) for row in alone]
    tops = [log_odds(max(column)) for column in zip(*alone, strict=True)]
    before = _running(alone)
    after = _running(alone[::-1])[::-1]
    return [
        _among(alone, logs, tops, before[index], after[index], index)
        for index in range(len(alone))
    ]


def _running(alone: Odds) -> list[tuple[list[float], list[float]]]:
    """For each piece the highest odds of each label before it, and their sum."""
    found = []
    top = total = [0.0] * len(alone[0]) if alone else []
    for row in alone:
        found.append((top, total))
        top, total = list(map(max, top, row)), list(map(add, total, row))
    return found


def _among(
    alone: Odds,
    logs: Odds,
    tops: Sequence[float],
    before: tuple[list[float], list[float]],
    after: tuple[list[float], list[float]],
    index: int,
) -> list[float]:
    own, count = alone[index], len(alone)
    nothing = [_NOTHING] * len(own)
    return [
        *logs[index],
        *own,
        *(logs[index - 1] if index else nothing),
        *(logs[index + 1] if index + 1 < count else nothing),
        *before[0],
        *after[0],
        *(min(each, 2.0) for each in before[1]),
        *(min(each, 2.0) for each in after[1]),
        *map(sub, logs[index], tops),
        float(index == 0),
        float(index == count - 1),
        index / max(count - 1, 1),
        count / 8,
        1 - max(own),
    ]


def of_whole(heard: Heard, prompt: str) -> list[float]:
    """The measures of the whole answer, for what is said of it as a whole."""
    tops = [heard.best(label)[0] for label in (*PARTS[heard.frame], *FLAGS)]
    away = heard.column(AWAY)
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
        sum(map(log_odds, away)) / max(pieces, 1),
        sum(away) / max(pieces, 1),
        min(away, default=1.0),
        copied_share(words, prompt),
    ]


def log_odds(probability: float) -> float:
    """Log-odds, with the ends of the scale kept finite."""
    return math.log((probability + _UNKNOWN) / (1 + _UNKNOWN - probability))
