"""From labelled answers to the weights file.

Each stage is trained on what the stage before says about answers it was not trained on (five
folds by prompt), as it will be in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bot.domain.assessment.cutting import cut, distance, gap_features
from bot.domain.assessment.features import describe
from bot.domain.assessment.hearing import (
    AWAY,
    PARTS,
    Heard,
    anywhere,
    in_context,
    labels,
    of_whole,
    settled,
)
from bot.domain.assessment.linear import Block, place, unpack
from bot.domain.assessment.reading import Reading, read_uncut
from bot.domain.assessment.verdict import VERDICTS
from bot.domain.assessment.words import Span
from bot.domain.frames import Frame
from tools.oral import fitting
from tools.oral.corpus import Answer, typed_otherwise

FOLDS = range(5)
# How freely each stage may follow the corpus; chosen hand against hand.
_CUT, _PIECES, _CONTEXT, _VERDICT = 0.3, 1.0, 0.05, 0.1
# What the labellers' own segments count beside our pieces of the same words.
_GOLD = 0.7


@dataclass(frozen=True, slots=True)
class Example:
    """An answer read, cut as it will be in use."""

    answer: Answer
    reading: Reading


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a table of pieces is to learn: which `columns` of the truth, from what is `seen`.

    `away_counts`: what the pieces of an off topic answer count.
    """

    columns: slice
    seen: Callable[[Reading, str], list[list[Block]]]
    away_counts: float


# A story told well about something else says nothing of what an action sounds like.
_PARTS = Wanted(slice(None, -1), describe, 0.1)
_AWAY = Wanted(
    slice(-1, None), lambda reading, prompt: list(map(anywhere, describe(reading, prompt))), 1.0
)


def train(corpus: list[Answer]) -> dict[str, Any]:
    """What the weights file holds, for these answers."""
    answers = [copy for answer in corpus for copy in (answer, *typed_otherwise(answer))]
    whole = [read_uncut(answer.text, answer.language) for answer in answers]
    examples, cutter = _cut(answers, whole)
    tables, layers = {"cut": cutter}, {}
    away, table = _pieces(examples, _AWAY)
    tables[AWAY] = fitting.pack_table(table, (AWAY,))
    for frame in PARTS:
        mine = [i for i, each in enumerate(examples) if each.answer.frame == frame]
        tables[frame], layers[f"{frame}-context"], layers[f"{frame}-verdict"] = _frame(
            frame, [examples[i] for i in mine], [away[i] for i in mine]
        )
    return {"tables": tables, "layers": layers}


def _cut(answers: list[Answer], whole: list[Reading]) -> tuple[list[Example], dict[str, Any]]:
    """Each answer cut by a cutter that never saw its prompt; the final cutter."""
    rows: list[list[Block]] = []
    truth, counts, of = [], [], []
    for answer, reading in zip(answers, whole, strict=True):
        for features, is_cut in _gaps(answer, reading):
            rows.append([(1.0, features)])
            truth.append(is_cut)
            counts.append(answer.count)
            of.append(answer.fold % 2)
    found, wanted, weigh = fitting.matrix(rows), np.array(truth)[:, None], np.array(counts)

    def fit(chosen: np.ndarray) -> dict[str, Any]:
        weights = fitting.fit_table(found[chosen], wanted[chosen], weigh[chosen], _CUT)
        return fitting.pack_table(weights, ("cut",))

    halves = [fit(np.array(of) != half) for half in (0, 1)]
    tables = [unpack({"tables": {"cut": each}, "layers": {}}).tables["cut"] for each in halves]
    examples = [
        Example(a, replace(r, pieces=cut(tables[a.fold % 2], r.text, r.words, r.hits)))
        for a, r in zip(answers, whole, strict=True)
    ]
    return examples, fit(np.ones(len(rows), bool))


def _gaps(answer: Answer, reading: Reading) -> Iterator[tuple[list[int], float]]:
    starts = {piece.first for piece in gold_pieces(answer, reading)[1:]}
    last = 0
    for index, features in gap_features(reading.text, reading.words, reading.hits):
        yield [*features, place(distance(index - last))], float(index in starts)
        last = index if index in starts else last


def gold_pieces(answer: Answer, reading: Reading) -> tuple[Span, ...]:
    """The labeller's segments as pieces (those with a word in them)."""
    made, first = [], 0
    for _, end, _ in answer.spans:
        last = next((i for i, w in enumerate(reading.words) if w.start >= end), len(reading.words))
        if last > first:
            made.append(Span(first, last))
        first = last
    return tuple(made)


def truth_of(answer: Answer, reading: Reading) -> np.ndarray:
    """The labels of each piece: those of the segments that it mostly is, or mostly holds."""
    names = labels(answer.frame)
    return np.array(
        [
            [float(name in _of_piece(answer, reading, piece)) for name in names]
            for piece in reading.pieces
        ]
    ).reshape(len(reading.pieces), len(names))


def _of_piece(answer: Answer, reading: Reading, piece: Span) -> set[str]:
    start, end = reading.words[piece.first].start, reading.words[piece.last - 1].end
    if answer.off_topic:
        return {AWAY}
    found: set[str] = set()
    for first, last, names in answer.spans:
        shared = min(end, last) - max(start, first)
        if shared > 0 and (shared >= 0.5 * (end - start) or shared >= 0.6 * (last - first)):
            found |= names
    return found


def _frame(frame: Frame, examples: list[Example], away: list[np.ndarray]) -> tuple[Any, Any, Any]:
    names = labels(frame)
    folds = np.array([each.answer.fold for each in examples])
    parts, table = _pieces(examples, _PARTS)
    alone = [np.hstack(pair) for pair in zip(parts, away, strict=True)]
    measures = [np.array(in_context(rows.tolist())).reshape(len(rows), -1) for rows in alone]
    truth = [truth_of(each.answer, each.reading) for each in examples]
    among, context = _layered(measures, truth, folds, _CONTEXT)
    wholes = [
        np.array([of_whole(_heard(each.reading, frame, rows), each.answer.prompt)])
        for each, rows in zip(examples, among, strict=True)
    ]
    said = [np.array([verdicts_of(each.answer)]) for each in examples]
    verdict = fitting.fit_layer(np.vstack(wholes), np.vstack(said), _VERDICT)
    return (
        fitting.pack_table(table, names[:-1]),
        fitting.pack_layer(context, names),
        fitting.pack_layer(verdict, VERDICTS),
    )


def _heard(reading: Reading, frame: Frame, odds: np.ndarray) -> Heard:
    return Heard(reading, frame, settled(reading, frame, odds.tolist()))


def verdicts_of(answer: Answer) -> list[float]:
    """What a jury says of the whole answer, in the order of VERDICTS."""
    known = {*answer.advice, *(f"score{least}" for least in range(1, answer.score + 1))}
    known |= {"off_topic"} if answer.off_topic else set()
    return [float(name in known) for name in VERDICTS]


def _pieces(examples: list[Example], wanted: Wanted) -> tuple[list[np.ndarray], Any]:
    """The odds of each example's pieces by a table that never saw its prompt; the final table."""
    folds = np.array([each.answer.fold for each in examples])
    own = [fitting.matrix(wanted.seen(each.reading, each.answer.prompt)) for each in examples]
    rows, truth, counts, of = _rows(examples, wanted)
    found = fitting.matrix(rows)

    def fit(chosen: np.ndarray) -> Any:
        return fitting.fit_table(found[chosen], truth[chosen], counts[chosen], _PIECES)

    odds: list[np.ndarray] = [np.empty(0)] * len(examples)
    for fold in FOLDS:
        table = fit(folds[of] != fold) if (folds == fold).any() else None
        for index in np.flatnonzero(folds == fold):
            odds[index] = fitting.odds(table, own[index])
    return odds, fit(np.ones(len(rows), bool))


def _rows(
    examples: list[Example], wanted: Wanted
) -> tuple[list[list[Block]], np.ndarray, np.ndarray, np.ndarray]:
    """Our pieces and, where they differ, the labellers' own segments."""
    rows: list[list[Block]] = []
    truth, counts, of = [], [], []
    for index, each in enumerate(examples):
        gold = replace(each.reading, pieces=gold_pieces(each.answer, each.reading))
        for reading, count in ((each.reading, 1.0), (gold, _GOLD)):
            if reading is gold and (each.answer.count < 1 or gold.pieces == each.reading.pieces):
                continue
            rows += wanted.seen(reading, each.answer.prompt)
            truth.append(truth_of(each.answer, reading)[:, wanted.columns])
            told = wanted.away_counts if each.answer.off_topic else 1.0
            counts += [count * each.answer.count * told] * len(reading.pieces)
            of += [index] * len(reading.pieces)
    return rows, np.vstack(truth), np.array(counts), np.array(of)


def _layered(
    measures: list[np.ndarray], truth: list[np.ndarray], folds: np.ndarray, freedom: float
) -> tuple[list[np.ndarray], Any]:
    """The same for a layer."""

    def fit(keep: Callable[[int], bool]) -> Any:
        chosen = [i for i in range(len(measures)) if keep(int(folds[i])) and len(measures[i])]
        stacked = np.vstack([measures[i] for i in chosen])
        return fitting.fit_layer(stacked, np.vstack([truth[i] for i in chosen]), freedom)

    odds: list[np.ndarray] = [np.empty((0, truth[0].shape[1]))] * len(measures)
    for fold in set(folds.tolist()):
        layer = fit(lambda other, fold=fold: other != fold)  # type: ignore[misc]
        for index in np.flatnonzero(folds == fold):
            if len(measures[index]):
                odds[index] = fitting.odds(layer, measures[index])
    return odds, fit(lambda _: True)
