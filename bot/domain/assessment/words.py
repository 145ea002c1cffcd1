"""An answer as words and sentences that still know where they stand in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# A letter or digit, then more of them, combining marks, or invisible joiners and direction marks.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069])*"
)
_SENTENCE_END = re.compile(r"[.!?؟;؛…•\n\r]")
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None, "ک": "ك", "ی": "ي"})
_ARABIC = re.compile("[\u0621-\u064a]")
# Longer answers are read up to here: it is a quarter of an hour of speech.
MAX_WORDS = 2000
QUOTE_LENGTH = 60
# No word is longer; what is comes from a leaned-on key.
_WORD_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`..`end` of the answer. `forms`: itself, then without Arabic clitics."""

    start: int
    end: int
    forms: tuple[str, ...]

    @property
    def stem(self) -> str:
        """What two forms of one word share, roughly: enough to see a repetition."""
        return self.forms[-1][:6]


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first`..`last` (exclusive) of an answer: a sentence or a piece of one."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first

    def holds(self, index: int) -> bool:
        """Whether the word at `index` is in it."""
        return self.first <= index < self.last


def read_words(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order, at most MAX_WORDS."""
    words = []
    for match in _WORD.finditer(text):
        words.append(Word(match.start(), match.end(), _forms(match[0][:_WORD_LENGTH])))
        if len(words) == MAX_WORDS:
            break
    return tuple(words)


def count_words(text: str) -> int:
    """How many words `text` has, all of it."""
    return sum(1 for _ in _WORD.finditer(text))


def sentences(text: str, words: tuple[Word, ...]) -> list[Span]:
    """The sentences by their punctuation and line ends; a point inside a number ends nothing."""
    spans, first = [], 0
    for index in range(1, len(words) + 1):
        if index == len(words) or _is_break(text, words[index - 1].end, words[index].start):
            spans.append(Span(first, index))
            first = index
    return spans if words else []


def quote(text: str, words: tuple[Word, ...], span: Span) -> str:
    """The span's own words, as written: one line of it, cut after a word with … when long."""
    if not span:
        return ""
    start, end = words[span.first].start, words[span.last - 1].end
    line = text[start:end].splitlines()[0]
    if len(line) <= QUOTE_LENGTH:
        return line if start + len(line) == end else f"{line}…"
    ends = [w.end for w in words[span.first : span.last] if w.end - start <= QUOTE_LENGTH]
    return text[start : ends[-1] if ends else start + QUOTE_LENGTH] + "…"


@lru_cache(maxsize=20_000)
def normalise(word: str) -> str:
    """Small letters, no accents or diacritics, one form of each Arabic letter, 0-9 digits."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(
        str(unicodedata.digit(sign, sign)) if sign.isdigit() else sign
        for sign in plain
        if unicodedata.category(sign) not in {"Mn", "Cf"}
    )
    return kept.translate(_LETTERS)


def is_arabic(word: Word) -> bool:
    """Whether the word is written in Arabic letters."""
    return _has_arabic(word.forms[0])


@lru_cache(maxsize=20_000)
def _has_arabic(form: str) -> bool:
    return bool(_ARABIC.search(form))


def _is_break(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    if gap in {".", ","} and text[end - 1].isdigit() and text[start].isdigit():
        return False
    return bool(_SENTENCE_END.search(gap))


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, ...]:
    """The normal form, then an Arabic one without its conjunction, then without its article."""
    forms = [normalise(word)]
    if not _ARABIC.search(forms[0]):
        return tuple(forms)
    if forms[0][0] in "وف" and len(forms[0]) > 3:
        forms.append(forms[0][1:])
    for prefix in ("بال", "كال", "لل", "ال"):
        bare = forms[-1].removeprefix(prefix)
        if bare != forms[-1] and len(bare) > 2:
            forms.append(bare)
            break
    return tuple(forms)
