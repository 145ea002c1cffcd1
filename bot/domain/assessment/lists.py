"""Finds the lists of `content/rubric` in the words of an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.domain.assessment.words import Word, is_arabic, normalise
from content.lexicon import load_lexicon
from content.schema import Language

_TOKEN = re.compile(r"\*?[^\W_]+\*?")
# Lists of single words asked about one by one, never searched for as signs.
_WORD_LISTS = {
    "stop",
    "praise",
    "quantity",
    "not_quantity",
    "not_quantity_before",
    "not_quantity_after",
    "date_before",
    "pair",
    "pair_before",
    "hour",
    "hour_before",
    "part_of_day",
    "age_before",
    "age_after",
    "lasted_before",
    "lasted_after",
    "supposed",
    "latin_darija",
    "duration",
    "month",
    "known_acronym",
    "jargon",
    "not_past_i",
    "not_past_we",
}
_Index = dict[str, list[tuple[str, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign `cue` on the words `start`..`end` (exclusive)."""

    cue: str
    start: int
    end: int


def find_listed(words: tuple[Word, ...], latin: Language) -> Iterator[Hit]:
    """Every listed phrase of the Latin-letter language and of Arabic, mixed as people mix them."""
    for language in (latin, "ar"):
        for start, word in enumerate(words):
            for cue, rest in _beginnings(word.forms, language):
                end = start + 1 + len(rest)
                following = words[start + 1 : end]
                if len(following) == len(rest) and all(map(_fits, following, rest)):
                    yield Hit(cue, start, end)


def find_arabic_persons(words: tuple[Word, ...]) -> Iterator[Hit]:
    """Arabic past verbs show their subject in the ending: …ت for I, …نا for we."""
    for index, word in enumerate(words):
        if not is_arabic(word) or len(word.forms[-1]) < 3 or word.forms[0].endswith("ات"):
            continue
        for ending, cue, person in (("ت", "past_i", "i"), ("نا", "past_we", "we")):
            is_verb = not is_listed(word, f"not_{cue}", "ar")
            if word.forms[0].endswith(ending) and is_verb:
                yield Hit(cue, index, index + 1)
                yield Hit(person, index, index + 1)


def is_listed(word: Word, name: str, latin: Language) -> bool:
    """Whether the word stands in a list of either language, or begins like a `word*` of it."""
    return _is_listed(word.forms, name, latin)


@lru_cache(maxsize=50_000)
def _is_listed(forms: tuple[str, ...], name: str, latin: Language) -> bool:
    return any(
        form in listed or any(form[:length] + "*" in listed for length in range(3, len(form) + 1))
        for listed in (_single_words(latin, name), _single_words("ar", name))
        for form in forms
    )


def count_listed(words: tuple[Word, ...], name: str, language: Language) -> int:
    """How many of the words stand in that language's list."""
    listed = _single_words(language, name)
    return sum(1 for word in words if word.forms[0] in listed)


@cache
def _single_words(language: Language, name: str) -> frozenset[str]:
    phrases = map(_tokens, load_lexicon()[language].get(name, ()))
    return frozenset(tokens[0] for tokens in phrases if len(tokens) == 1)


@cache
def _index(language: Language) -> _Index:
    """First word of each phrase (with its `*`) to its sign and the words that must follow."""
    found: _Index = defaultdict(list)
    for cue, phrases in load_lexicon()[language].items():
        for phrase in phrases if cue not in _WORD_LISTS else ():
            first, *rest = _tokens(phrase)
            found[first].append((cue, tuple(rest)))
    return dict(found)


@lru_cache(maxsize=20_000)
def _beginnings(
    forms: tuple[str, ...], language: Language
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The signs, and the words that must follow, which a word with these forms may begin."""
    index = _index(language)
    starts = (form[:length] + "*" for form in forms for length in range(2, len(form) + 1))
    return tuple(found for key in (*forms, *starts) for found in index.get(key, ()))


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(normalise(token) for token in _TOKEN.findall(phrase))


def _fits(word: Word, token: str) -> bool:
    if token.endswith("*"):
        return any(form.startswith(token[:-1]) for form in word.forms)
    if token.startswith("*"):
        return word.forms[0].endswith(token[1:])
    return token in word.forms
