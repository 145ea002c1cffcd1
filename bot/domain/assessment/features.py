"""What the classifier sees of each piece: words, pairs, letters, listed signs, where it stands."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.assessment.linear import Block, place
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span, Word, is_arabic, read_words

# A block's features together weigh this much, however many there are; measured hand against hand.
_WORDS, _PAIRS, _LETTERS, _BONES, _SIGNS = 2.2, 2.2, 3.3, 1.5, 1.0
_MEANING = 4
# Darija in Latin letters as people type it; what is short or long vowel in one is not in another.
_PAIRS_OF_LETTERS = (("kh", "خ"), ("gh", "غ"), ("ch", "ش"), ("sh", "ش"), ("ou", ""))
_TO_ARABIC = str.maketrans("bt7djrzs3fqklmnhgv9x5cp", "بتحدجرزسعفقكلمنهكبقشخسب")
_CONSONANTS = frozenset("بتثجحخدذرزسشصضطظعغفقكلمنه")


def describe(reading: Reading, prompt: str) -> list[list[Block]]:
    """The features of each piece, in order; the last block tells where it stands."""
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


def copied_share(words: tuple[Word, ...], prompt: str) -> float:
    """How much of the words is the prompt again, in runs of three words or more."""
    asked = [word.forms[0] for word in read_words(prompt)]
    runs, said = set(_threes(asked)), [word.forms[0] for word in words]
    copied = {at + k for at, run in enumerate(_threes(said)) if run in runs for k in range(3)}
    return len(copied) / (len(words) or 1)


def _threes(forms: list[str]) -> Iterator[tuple[str, str, str]]:
    return zip(forms, forms[1:], forms[2:], strict=False)


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
    bare = {place(f"k={bones}") for word in words if len(bones := skeleton(word, reading)) > 1}
    signs = {place(each) for each in (*_signs(reading, piece), *shares)}
    stands = {place(each) for each in _standing(reading, index)}
    return [
        _block(_WORDS, alone),
        _block(_PAIRS, pairs),
        _block(_LETTERS, letters),
        _block(_BONES, bare),
        (_SIGNS, tuple(signs)),
        (_SIGNS, tuple(stands)),
    ]


def _block(weight: float, places: set[int]) -> Block:
    return (weight / math.sqrt(len(places) or 1), tuple(places))


def skeleton(word: Word, reading: Reading) -> str:
    """The consonants of an Arabic word, or of Darija in Latin letters: how one word is spelt
    varies, and "khdemt" is خدمت. Empty for French and English."""
    return _skeleton(word.forms[-1]) if is_arabic(word) or reading.is_latin_darija else ""


@lru_cache(maxsize=20_000)
def _skeleton(form: str) -> str:
    for latin, arabic in _PAIRS_OF_LETTERS:
        form = form.replace(latin, arabic)
    return "".join(each for each in form.translate(_TO_ARABIC) if each in _CONSONANTS)


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


def _standing(reading: Reading, index: int) -> Iterator[str]:
    piece, count = reading.pieces[index], len(reading.pieces)
    yield from (f"lang={reading.language}", f"i={min(index, 5)}")
    yield from (f"end={min(count - 1 - index, 3)}", f"rel={4 * index // count}")
    yield f"len={min(len(piece) // 4, 7)}"


def _signs(reading: Reading, piece: Span) -> Iterator[str]:
    words = reading.words[piece.first : piece.last]
    yield from (f"q={cue}" for cue in reading.cues(piece))
    digits = [word.forms[0] for word in words if word.forms[0][0].isdigit()]
    yield from (f"digits={min(len(digits), 3)}", f"long={any(len(each) > 1 for each in digits)}")
    yield from (f"has={sign}" for sign in "?؟!%" if sign in _written(reading, piece))


def _written(reading: Reading, piece: Span) -> str:
    """The piece with the signs that follow its last word."""
    ends = [*(word.start for word in reading.words[piece.last : piece.last + 1]), None]
    return reading.text[reading.words[piece.first].start : ends[0]]
