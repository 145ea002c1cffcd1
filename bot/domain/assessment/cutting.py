"""Cuts an answer into pieces: at its full stops and, where nobody typed any, between clauses.

Whether a piece ends in front of a word is learned: from the signs between the two words, the
words themselves, and how long the sentence would otherwise be.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.domain.assessment.linear import Table, place, places
from bot.domain.assessment.lists import Hit
from bot.domain.assessment.words import Span, Word, is_arabic, sentences

# Chosen on the corpus, hand against hand: rather a cut too many than two parts in one piece.
_CUT_FROM = -1.0
_LONG = 20
_LONG_CUT_FROM = -4.0
_SHORTEST = 4
_FAR = 14
# No piece ends inside a word such as "l'assuré".
_INSIDE = {"", "'", "’", "-"}


def cut(table: Table, text: str, words: tuple[Word, ...], hits: Sequence[Hit]) -> tuple[Span, ...]:
    """The pieces, in order, which hold every word. `table`: the learned weights of gaps."""
    if not words:
        return ()
    found, last, gaps = [], 0, {}
    far = ([place(distance(count))] for count in range(_FAR + 1))
    since = [table.first_log_odds(each) - table.biases[0] for each in far]
    for index, features in gap_features(text, words, hits):
        gaps[index] = table.first_log_odds(features)
        in_all = gaps[index] + since[min(index - last, _FAR)]
        if in_all > _CUT_FROM or "\n" in between(text, words, index):
            found.append(index)
            last = index
    edges = [0, *found, len(words)]
    pieces = (Span(a, b) for a, b in itertools.pairwise(edges))
    return tuple(part for piece in pieces for part in _shortened(piece, gaps))


def gap_features(
    text: str, words: tuple[Word, ...], hits: Sequence[Hit]
) -> Iterator[tuple[int, list[int]]]:
    """For each word that a gap stands before: its index and the places of the gap's features."""
    cues: dict[int, list[str]] = defaultdict(list)
    for hit in hits:
        cues[hit.start].append(hit.cue)
    for run in sentences(text, words):
        size = "S" if len(run) <= 16 else "M" if len(run) <= 30 else "L"
        for index in range(max(run.first, 1), run.last):
            if index == run.first or between(text, words, index) not in _INSIDE:
                yield index, places(_of_gap(text, words, cues, run, index, size))


def between(text: str, words: tuple[Word, ...], index: int) -> str:
    """What stands between a word and the one before it."""
    return text[words[index - 1].end : words[index].start]


def distance(count: int) -> str:
    """The feature "so many words since the last cut"."""
    return f"d{min(count, _FAR)}"


def _of_gap(
    text: str,
    words: tuple[Word, ...],
    cues: dict[int, list[str]],
    run: Span,
    index: int,
    size: str,
) -> list[str]:
    gap = between(text, words, index)
    mark = "\n" if "\n" in gap else (gap.strip() or " ")[0]
    capital = text[words[index].start].isupper()
    first = words[index].forms[0]
    base = [f"p{mark}", f"u{capital}", f"pu{mark}{capital}", f"p{mark}{size}"]
    if index == run.first:
        return [*base, "opens", f"o={first}"]
    lexical = list(_of_words(words, cues, index))
    if mark != " ":
        lexical += [f"{mark}&{each}" for each in lexical]
    return [*base, f"e{min(run.last - index, 6)}", *lexical, *(size + each for each in lexical)]


def _of_words(words: tuple[Word, ...], cues: dict[int, list[str]], index: int) -> Iterator[str]:
    word, before = words[index], words[index - 1]
    first, ahead = word.forms[0], words[index + 1].forms[0] if index + 1 < len(words) else "$"
    yield from (f"n={first}", f"l={before.forms[0]}", f"n2={ahead}", f"nn={first} {ahead}")
    yield from (f"pre={first[:2]}", f"pre={first[:3]}", f"suf={first[-2:]}")
    yield from (f"ls={before.forms[0][-2:]}", f"ln={before.forms[0]} {first}")
    if is_arabic(word):
        joined, bare = first[0] in "وف" and len(first) > 3, first[1:]
        yield from (f"w{joined}{first[-1]}", f"w{joined}{bare[:2]}", f"base={bare}")
    yield from (f"c={cue}" for cue in cues.get(index, ()))
    yield from (f"cl={cue}" for cue in cues.get(index - 1, ()))
    yield from (f"c2={cue}" for cue in cues.get(index + 1, ()))


def _shortened(piece: Span, gaps: dict[int, float]) -> Iterator[Span]:
    """A piece cut again at its likeliest gap while it is too long to be one clause."""
    inside = [
        at for at in range(piece.first + _SHORTEST, piece.last - _SHORTEST + 1) if at in gaps
    ]
    best = max(inside, key=gaps.__getitem__, default=None)
    if len(piece) <= _LONG or best is None or gaps[best] <= _LONG_CUT_FROM:
        yield piece
        return
    yield from _shortened(Span(piece.first, best), gaps)
    yield from _shortened(Span(best, piece.last), gaps)
