"""Finding a word of the glossary as candidates type it, in whichever language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bot.domain.wording import QUESTION_WORDS, meanings, words
from content.schema import LANGUAGES, Term

# A longer text is a question, not a word.
MOST_WORDS = 8
LONGEST = 200
MOST_FOUND = 4
# Folded words that ask what something is, before or after its name.
_DEFINE = re.compile(
    r"(?:(?:c est quoi|c koi|c quoi|qu est ce que(?: c est)?(?: que)?|que (?:signifie|veut dire)"
    r"|ca veut dire quoi|definition(?: de| d| du)?|define|meaning of|what (?:is|are|does)|whats"
    r"|ما معني|ماذا تعني|ماذا يعني|ما هو|ما هي|شنو هو|شنو هي|شنو|عرف|تعريف) (?P<after>.+?)"
    r"(?: (?:mean|stand for))?|(?P<before>.+) (?:c est quoi|veut dire quoi|شنو هو|شنو))$"
)
_LEADING = re.compile(r"^(?:le|la|les|l|un|une|des|du|de|d|the|a|an) ")
# Shares of common words, and of common letters, from which a name is near what was typed.
NEAR = 0.5
SPELLED_ALIKE = 0.8


def named_exactly(text: str, terms: Iterable[Term]) -> Term | None:
    """The term that the text names and nothing else; None for a sentence or an unknown word."""
    name = _index(tuple(terms)).get(_plain(text))
    return name.term if name else None


def defined(text: str, terms: Iterable[Term]) -> Term | None:
    """The term of "what does X mean?" and the like; None for any other text."""
    asked = _DEFINE.match(" ".join(words(text[:LONGEST])))
    if asked is None:
        return None
    name = asked["after"] or asked["before"] or ""
    return named_exactly(_LEADING.sub("", name), terms)


def named_in_question(text: str, terms: Iterable[Term]) -> Term | None:
    """The term that a question asks for ("what is third-party payment?") and nothing else."""
    asked = frozenset(meanings(text)) - QUESTION_WORDS if len(text) <= LONGEST else frozenset()
    index = _index(tuple(terms))
    return next((each.term for each in index.values() if asked and each.meanings == asked), None)


def find_terms(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms nearest to the text, nearest first, at most MOST_FOUND; empty when none is."""
    index = _index(tuple(terms))
    plain = _plain(text)
    if plain in index:
        return (index[plain].term,)
    if len(words(text)) > MOST_WORDS:
        return ()
    asked = frozenset(meanings(text)) - QUESTION_WORDS
    near = [(share, name.term) for name in index.values() if (share := name.share(asked)) >= NEAR]
    spelled = get_close_matches(plain, index, MOST_FOUND, SPELLED_ALIKE)
    ranked = [index[each].term for each in spelled]
    ranked += [term for _, term in sorted(near, key=lambda each: -each[0])]
    return tuple({term.id: term for term in ranked}.values())[:MOST_FOUND]


@dataclass(frozen=True, slots=True)
class _Name:
    """One of a term's names, and what its words mean."""

    term: Term
    meanings: frozenset[str]

    def share(self, asked: frozenset[str]) -> float:
        """How much of both is common to both (0 to 1)."""
        return len(asked & self.meanings) / (len(asked | self.meanings) or 1)


@lru_cache(maxsize=4)
def _index(terms: tuple[Term, ...]) -> dict[str, _Name]:
    """Every name of every term, folded; of two terms with one name the first has it."""
    index: dict[str, _Name] = {}
    for term in terms:
        for name in _names(term):
            index.setdefault(_plain(name), _Name(term, frozenset(meanings(name)) - QUESTION_WORDS))
    return index


def _names(term: Term) -> Iterable[str]:
    for language in LANGUAGES:
        yield term.term.in_language(language)
    if term.short:
        yield term.short
    for language in LANGUAGES if term.also else ():
        yield from getattr(term.also, language)


def _plain(text: str) -> str:
    """Folded words; Arabic ones without their article, which people leave out or add."""
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words(text))
