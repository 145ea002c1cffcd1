"""Which entry of the FAQ a free text asks for, if any; saying "I don't know" is an answer too.

Each question and paraphrase of the pack, in all languages, is an example. A text's words vote
for the entries whose examples use them (naive Bayes); its nearest example adds to that (cosine);
the share of its words the FAQ knows at all tells a question from chatter.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.wording import ELSEWHERE, QUESTION_WORDS, meanings
from content.schema import LANGUAGES, FaqEntry

# Calibrated on the pack (each paraphrase against all others), on chatter and on quiz questions.
THRESHOLD = 0.5
LEAST_GUESS = 0.2
# A question is short; more words or characters than this are a pasted text.
MOST_WORDS = 30
LONGEST = 400
SMOOTHING = 0.3
WEIGHT_OF_NEAREST = 2.0
# A word of the examples says less about a text being a question than one of the concept table.
WEIGHT_OF_PLAIN_WORD = 0.7
LEAST_LIKENESS = 0.6
LEAST_FUZZY_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest entry for a text; `is_sure`: sure enough to answer, else only a guess."""

    entry: FaqEntry
    is_sure: bool


def find_entry(text: str, entries: Iterable[FaqEntry]) -> Found | None:
    """What `text` asks for, in whichever language; None when nothing comes near."""
    asked = set(meanings(text)) if len(text) <= LONGEST else set()
    telling = asked - QUESTION_WORDS
    index = _index(tuple(entries))
    if not telling or len(asked) > MOST_WORDS or index.is_foreign(telling):
        return None
    known = {word: near for word in asked if (near := index.nearest(word)) is not None}
    if not known:
        return None
    evidence = sum(_evidence(known[word]) for word in telling if word in known) / len(telling)
    scores = index.scores(list(known.values()), unknown=len(asked) - len(known))
    best = max(range(len(scores)), key=scores.__getitem__)
    score = scores[best] * evidence**2
    if score < LEAST_GUESS:
        return None
    return Found(index.entries[best], is_sure=score >= THRESHOLD)


@dataclass(frozen=True, slots=True)
class _Near:
    """A word of the examples that a typed word stands for, and how alike they are (0 to 1)."""

    word: str
    likeness: float


def _evidence(near: _Near) -> float:
    return 1.0 if near.word.startswith("@") else WEIGHT_OF_PLAIN_WORD * near.likeness


@dataclass(frozen=True, slots=True)
class _Index:
    """The examples, ready to be asked.

    `votes` by word: for each entry, the log of how much likelier the word makes it. `rarity`:
    the word's weight in the cosine. `spelled`: the plain words that hold three given letters.
    """

    entries: tuple[FaqEntry, ...]
    examples: tuple[tuple[int, frozenset[str], float], ...]
    votes: Mapping[str, tuple[float, ...]]
    rarity: Mapping[str, float]
    spelled: Mapping[str, frozenset[str]]

    def is_foreign(self, telling: set[str]) -> bool:
        """Whether the text is about something that no entry mentions."""
        return any(word in ELSEWHERE and word not in self.votes for word in telling)

    def nearest(self, word: str) -> _Near | None:
        """The word itself, or the most alike in spelling."""
        if word in self.votes:
            return _Near(word, 1.0)
        if word.startswith("@") or len(word) < LEAST_FUZZY_LENGTH:
            return None
        letters = _threes(word)
        shared = Counter(other for three in letters for other in self.spelled.get(three, ()))
        alike = (
            (2 * count / (len(letters) + len(_threes(other))), other)
            for other, count in shared.items()
        )
        likeness, other = max(alike, default=(0.0, ""))
        return _Near(other, likeness) if likeness >= LEAST_LIKENESS else None

    def scores(self, known: list[_Near], unknown: int) -> list[float]:
        """For each entry: the votes of the known words, and how near its nearest example is."""
        scores = [0.0] * len(self.entries)
        for near in known:
            for place, vote in enumerate(self.votes[near.word]):
                scores[place] += near.likeness * vote
        weights = {near.word: self.rarity[near.word] ** 2 for near in known}
        rarest = math.log(len(self.examples))
        length = math.sqrt(sum(weights.values()) + unknown * rarest**2) or 1.0
        nearest = [0.0] * len(self.entries)
        for place, example, own_length in self.examples:
            shared = sum(weights[word] for word in example if word in weights)
            nearest[place] = max(nearest[place], shared / (length * own_length))
        return [
            score + WEIGHT_OF_NEAREST * near for score, near in zip(scores, nearest, strict=True)
        ]


@lru_cache(maxsize=4)
def _index(entries: tuple[FaqEntry, ...]) -> _Index:
    examples = [
        (place, frozenset(meanings(text)))
        for place, entry in enumerate(entries)
        for text in _examples_of(entry)
    ]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for place, example in examples:
        for word in example:
            counts[word][place] += 1
    rarity = {word: math.log(len(examples) / by.total()) for word, by in counts.items()}
    sizes = Counter(place for place, _ in examples)
    spelled: dict[str, set[str]] = defaultdict(set)
    for word in counts:
        for three in _threes(word) if not word.startswith("@") else ():
            spelled[three].add(word)
    return _Index(
        entries=entries,
        examples=tuple(
            (place, example, math.sqrt(sum(rarity[word] ** 2 for word in example)) or 1.0)
            for place, example in examples
        ),
        votes={word: _votes(by, sizes, len(entries)) for word, by in counts.items()},
        rarity=rarity,
        spelled={three: frozenset(found) for three, found in spelled.items()},
    )


def _votes(counts: Mapping[int, int], sizes: Mapping[int, int], entries: int) -> tuple[float, ...]:
    """For each entry, the log of its share of the word over an equal share."""
    rates = [
        (counts.get(place, 0) + SMOOTHING) / (sizes[place] + SMOOTHING * entries)
        for place in range(entries)
    ]
    return tuple(math.log(entries * rate / sum(rates)) for rate in rates)


def _examples_of(entry: FaqEntry) -> Iterable[str]:
    for language in LANGUAGES:
        yield entry.question.in_language(language)
        yield from getattr(entry.paraphrases, language)


def _threes(word: str) -> set[str]:
    """The runs of three letters in the word, its ends marked."""
    marked = f"_{word}_"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}
