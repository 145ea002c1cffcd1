"""What the classifier sees of each piece: words, pairs, letters, listed signs, where it stands."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.assessment.linear import Block, place
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span, Word, read_words

# A block's features together weigh this much, however many there are; measured hand against hand.
_WORDS, _PAIRS, _LETTERS, _SIGNS = 2.2, 2.2, 3.3, 1.0
_MEANING = 4


def describe(reading: Reading, prompt: str) -> list[list[Block]]:
    """The features of each piece, in order."""
    asked, said = stems(read_words(prompt)), frozenset[str]()
    own = [stems(reading.words[piece.first : piece.last]) for piece in reading.pieces]
    described = []
    for index, mine in enumerate(own):
        shares = _shares(mine, asked, said, own[0] if index else frozenset())
        described.append(_blocks(reading, index, shares))
        said |= mine
    return described


def stems(words: tuple[Word, ...]) -> frozenset[str]:
    """What the longer words share with their other forms."""
    return frozenset(word.stem for word in words if len(word.forms[-1]) >= _MEANING)


def _shares(own: frozenset[str], *others: frozenset[str]) -> list[str]:
    """How much of a piece's meaning stands in the prompt, before it, and in the opening."""
    names = ("asked", "said", "first")
    pairs = zip(names, others, strict=True)
    return [f"{name}={4 * len(own & other) // len(own)}" for name, other in pairs if own]


def _blocks(reading: Reading, index: int, shares: list[str]) -> list[Block]:
    piece = reading.pieces[index]
    words = reading.words[piece.first : piece.last]
    forms = ["^", *(word.forms[0] for word in words), "$"]
    pairs = {place(f"b={a} {b}") for a, b in itertools.pairwise(forms)}
    letters = {each for form in forms[1:-1] for each in _letters(form)}
    alone = {each for word in words for each in _forms(word.forms)}
    signs = {place(each) for each in (*_signs(reading, index), *shares)}
    return [
        _block(_WORDS, alone),
        _block(_PAIRS, pairs),
        _block(_LETTERS, letters),
        (_SIGNS, tuple(signs)),
    ]


def _block(weight: float, places: set[int]) -> Block:
    return (weight / math.sqrt(len(places) or 1), tuple(places))


@lru_cache(maxsize=20_000)
def _forms(forms: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(place(f"w={form}") for form in forms)


@lru_cache(maxsize=20_000)
def _letters(form: str) -> tuple[int, ...]:
    """Its runs of three to five letters, the edges marked."""
    edged = f"_{form}_"
    return tuple(
        place(f"c={edged[at : at + size]}")
        for size in (3, 4, 5)
        for at in range(len(edged) - size + 1)
    )


def _signs(reading: Reading, index: int) -> Iterator[str]:
    piece, count = reading.pieces[index], len(reading.pieces)
    words = reading.words[piece.first : piece.last]
    yield from (f"q={cue}" for cue in reading.cues(piece))
    yield from (f"lang={reading.language}", f"i={min(index, 5)}", f"n={min(count, 7)}")
    yield from (f"end={min(count - 1 - index, 3)}", f"rel={4 * index // count}")
    yield f"len={min(len(words) // 4, 7)}"
    digits = [word.forms[0] for word in words if word.forms[0][0].isdigit()]
    yield from (f"digits={min(len(digits), 3)}", f"long={any(len(each) > 1 for each in digits)}")
    yield from (f"has={sign}" for sign in "?؟!%" if sign in _written(reading, piece))


def _written(reading: Reading, piece: Span) -> str:
    """The piece with the signs that follow its last word."""
    ends = [*(word.start for word in reading.words[piece.last : piece.last + 1]), None]
    return reading.text[reading.words[piece.first].start : ends[0]]
