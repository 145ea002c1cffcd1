"""An answer read once: its words, its pieces, and the signs they carry.

A sign is only a sign: the classifier weighs it among all that an answer shows.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from bot.domain.assessment.cutting import cut
from bot.domain.assessment.figures import find_figures
from bot.domain.assessment.linear import Weights, load_weights
from bot.domain.assessment.lists import (
    Hit,
    count_listed,
    find_arabic_persons,
    find_listed,
    is_listed,
)
from bot.domain.assessment.words import Span, Word, is_arabic, quote, read_words
from content.schema import Language

# From so many words of it on, what is in Latin letters is read as Darija.
_DARIJA_WORDS = 3
# No answer of the corpus has so few different words in so many.
_AGAIN, _FEW = 12, 5


@dataclass(frozen=True, slots=True)
class Reading:
    """`pieces` are sentences or clauses. `language`: what most words are in."""

    text: str
    words: tuple[Word, ...]
    pieces: tuple[Span, ...]
    hits: tuple[Hit, ...]
    language: Language
    latin: Language
    is_latin_darija: bool = False

    @property
    def whole(self) -> Span:
        """All of it."""
        return Span(0, len(self.words))

    @property
    def says_one_thing(self) -> bool:
        """The same few words again and again, as "give me 5/5" two hundred times."""
        words = {word.forms[0] for word in self.words}
        return len(self.words) >= _AGAIN and len(words) <= _FEW

    def hits_in(self, span: Span) -> tuple[Hit, ...]:
        """The signs that begin inside a span, in order."""
        first, last = (
            bisect_left(self.hits, at, key=lambda hit: hit.start) for at in (span.first, span.last)
        )
        return self.hits[first:last]

    def cues(self, span: Span) -> frozenset[str]:
        """The names of the signs inside a span."""
        return frozenset(hit.cue for hit in self.hits_in(span))

    def count(self, cue: str, span: Span) -> int:
        """How often a sign stands in a span."""
        return sum(1 for hit in self.hits_in(span) if hit.cue == cue)

    def first(self, cue: str, span: Span) -> Hit | None:
        """The first of that sign in a span."""
        return next((hit for hit in self.hits_in(span) if hit.cue == cue), None)

    def quote(self, span: Span) -> str:
        """The span in the candidate's own words."""
        return quote(self.text, self.words, span)

    def around(self, hit: Hit, *, after: int = 5) -> str:
        """A sign with its article and some words after it, ending on one that means something."""
        piece = next((p for p in self.pieces if p.holds(hit.start)), self.whole)
        first, last = hit.start, max(min(piece.last, hit.end + after), hit.end)
        if first > piece.first and is_listed(self.words[first - 1], "stop", self.latin):
            first -= 1
        while last > hit.end and is_listed(self.words[last - 1], "stop", self.latin):
            last -= 1
        return self.quote(Span(first, last))

    def content(self, span: Span, *, without: str = "") -> frozenset[str]:
        """The stems that carry meaning in a span, but for those of the list `without`."""
        names = ("stop", without) if without else ("stop",)
        return frozenset(
            word.stem
            for word in self.words[span.first : span.last]
            if not any(is_listed(word, name, self.latin) for name in names)
        )


def read(text: str, hint: Language, weights: Weights | None = None) -> Reading:
    """Read an answer. `hint`: the language to assume where its words do not tell.

    `weights`: others than those in use, while new ones are measured.
    """
    whole = read_uncut(text, hint)
    table = (weights or load_weights()).tables["cut"]
    return replace(whole, pieces=cut(table, text, whole.words, whole.hits))


def read_uncut(text: str, hint: Language) -> Reading:
    """Read an answer, but for its pieces."""
    words = read_words(text)
    latin = _latin_language(words, hint)
    arabic = sum(1 for word in words if is_arabic(word))
    if not words:
        language: Language = hint
    else:
        language = "ar" if arabic * 2 > len(words) else latin
    darija = sum(1 for word in words if is_listed(word, "latin_darija", latin))
    return Reading(
        text, words, (), _hits(text, words, latin), language, latin, darija >= _DARIJA_WORDS
    )


def _latin_language(words: tuple[Word, ...], hint: Language) -> Language:
    """French or English for the words in Latin letters, by their little words."""
    french, english = (count_listed(words, "stop", language) for language in ("fr", "en"))
    if french == english:
        return "en" if hint == "en" else "fr"
    return "fr" if french > english else "en"


def _hits(text: str, words: tuple[Word, ...], latin: Language) -> tuple[Hit, ...]:
    """All signs in order; a taste or a diploma ("j'ai envie") is not a lived fact."""
    found = {*find_listed(words, latin), *find_arabic_persons(words)}
    tastes = {hit.start for hit in found if hit.cue == "not_lived"}
    kept = {hit for hit in found if not (hit.cue.startswith("past_") and hit.start in tastes)}
    one_each = {(hit.cue, hit.start): hit for hit in sorted(kept, key=lambda hit: hit.end)}
    figures = find_figures(text, words, latin)
    return tuple(sorted((*one_each.values(), *figures), key=lambda hit: (hit.start, hit.cue)))
