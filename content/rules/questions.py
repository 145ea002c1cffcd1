"""What a four-option question must be, alone and among the others of its bank."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from content.rules.common import (
    IN_WORDS,
    Fault,
    figures,
    text_faults,
    twin_faults,
    unknown_faults,
)
from content.schema import LANGUAGES, Option, Pack, Question

# A third of the right options or less may be the longest of their four; a guesser looks there.
MOST_LONGEST = 0.35
# Each letter's share of a topic's keys; of fewer keys than this nothing can be said.
KEY_SHARES = (0.15, 0.35)
LEAST_KEYS = 12
# Wanted shares of the difficulties, and how far a bank may be off.
DIFFICULTIES = {1: 0.30, 2: 0.45, 3: 0.25}
MOST_OFF = 0.05
LEAST_BANK = 100
# Two stems that share this much of their words ask the same thing twice.
NEAR_DUPLICATE = 0.75

_ALL_OF_THE_ABOVE = re.compile(
    r"(toutes|aucune) (les|des|de ces) (réponses|propositions)|(all|none) of the above"
    r"|(جميع|كل|لا شيء مما) (ما )?سبق",
    re.IGNORECASE,
)
_ABSOLUTE = {
    "fr": re.compile(r"\b(toujours|jamais|en aucun cas|dans tous les cas)\b", re.IGNORECASE),
    "ar": re.compile(r"(دائما|أبدا|في جميع الأحوال|بأي حال)"),
    "en": re.compile(r"\b(always|never|in no case|in all cases)\b", re.IGNORECASE),
}
# A question for what is not so; capitals are the emphasis every channel can show.
_NEGATIVE = {
    "fr": re.compile(
        r"\b(?:l[ea]s?quel\w*|laquelle|quel\w*)\b[^?.]{0,60}\b(?:ne|n[’'])[^?.]{0,25}\b(?P<no>pas)\b"
        r"|\b(?:proposition|affirmation|énoncé)s?\b[^?.]{0,30}\b(?P<false>fausse|faux|inexact\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:which|what)\b[^?.]{0,60}\b(?:is|are|does|do)\s+(?P<no>not)\b"
        r"|\b(?:which|what)\b[^?.]{0,60}\b(?P<false>false)\b",
        re.IGNORECASE,
    ),
}
_WORD = re.compile(r"\w+")


def question_faults(pack: Pack, question: Question) -> Iterator[Fault]:
    """The faults of one question."""
    item = question.id
    yield from text_faults(item, question)
    yield from _tag_faults(pack, question)
    yield from unknown_faults(item, "fact", question.facts, pack.facts)
    if not question.facts:
        yield Fault(item, "rests on no fact")
    if [option.id for option in question.options] != ["a", "b", "c", "d"]:
        yield Fault(item, "needs the four options a, b, c, d in order")
    if not question.key or len(question.key) > 3 or not question.key <= set("abcd"):
        yield Fault(item, "its key must name one to three of its options")
    yield from twin_faults(item, "options", [option.text for option in question.options])
    yield from twin_faults(item, "explanations", [option.why for option in question.options])
    for option in question.options:
        yield from _option_faults(item, option)
    yield from _wording_faults(question)
    yield from _figure_faults(pack, question)


def bank_faults(pack: Pack) -> Iterator[Fault]:
    """The faults that show only when the questions are seen together."""
    asked = [question for question in pack.questions.values() if not question.retired]
    yield from _length_giveaways(pack.head.id, asked)
    yield from _key_faults(asked)
    yield from _difficulty_faults(pack.head.id, asked)
    yield from _duplicate_faults(asked)


def _tag_faults(pack: Pack, question: Question) -> Iterator[Fault]:
    head = pack.head
    yield from unknown_faults(question.id, "topic", [question.topic], {t.id for t in head.topics})
    missions = {mission.id for mission in head.missions}
    yield from unknown_faults(question.id, "mission", [question.mission], missions)
    streams = {stream.id for stream in head.streams}
    yield from unknown_faults(question.id, "stream", question.streams, streams)
    if question.replaces is not None:
        replaced = pack.questions.get(question.replaces)
        if replaced is None or not replaced.retired:
            yield Fault(question.id, "replaces an item that is not a retired one of this pack")


def _option_faults(item: str, option: Option) -> Iterator[Fault]:
    for language in LANGUAGES:
        text, why = option.text.in_language(language), option.why.in_language(language)
        if _ALL_OF_THE_ABOVE.search(text):
            yield Fault(item, f"option {option.id} ({language}) stands for the other options")
        if set(_words(why)) <= set(_words(text)):
            yield Fault(item, f"why of {option.id} ({language}) only repeats the option")


def _wording_faults(question: Question) -> Iterator[Fault]:
    for language, negative in _NEGATIVE.items():
        found = negative.search(question.stem.in_language(language))
        if found and not (found["no"] or found["false"]).isupper():
            yield Fault(question.id, f"its stem ({language}) asks for what is not: in capitals")
    for language in LANGUAGES:
        absolute = {
            option.id
            for option in question.options
            if _ABSOLUTE[language].search(option.text.in_language(language))
        }
        if len(absolute) > 1 and not absolute & question.key:
            letters = ", ".join(sorted(absolute))
            yield Fault(question.id, f"absolute words give {letters} away as wrong ({language})")


def _figure_faults(pack: Pack, question: Question) -> Iterator[Fault]:
    """A right option's figure comes from a fact, the source or the stem, or is computed."""
    if question.computation or question.situations:
        return
    facts = [pack.facts[each] for each in question.facts if each in pack.facts]
    known = " ".join(
        (question.stem.fr, question.source.fr, *(f"{f.statement} {f.source}" for f in facts))
    )
    held = figures(known, "fr") | figures(known, "en")
    for option in question.options:
        if option.id in question.key:
            for figure in sorted(figures(option.text.fr, "fr") - held):
                if figure > IN_WORDS:
                    yield Fault(
                        question.id, f"{figure} of its right option is in none of its facts"
                    )


def _length_giveaways(pack_id: str, asked: Sequence[Question]) -> Iterator[Fault]:
    single = [question for question in asked if len(question.key) == 1]
    for language in LANGUAGES:
        longest = sum(_is_longest(question, language) for question in single)
        if len(single) >= LEAST_BANK and longest > MOST_LONGEST * len(single):
            yield Fault(
                pack_id, f"the right option is the longest in {longest} items ({language})"
            )


def _is_longest(question: Question, language: str) -> bool:
    lengths: dict[str, int] = {
        option.id: len(option.text.in_language(language)) for option in question.options
    }
    (right,) = question.key
    others = [length for each, length in lengths.items() if each != right]
    return lengths.get(right, 0) > max(others, default=0)


def _key_faults(asked: Sequence[Question]) -> Iterator[Fault]:
    by_topic: Mapping[str, Counter[str]] = defaultdict(Counter)
    for question in asked:
        if len(question.key) == 1:
            by_topic[question.topic].update(question.key)
    for topic, keys in by_topic.items():
        total = keys.total()
        for letter in "abcd" if total >= LEAST_KEYS else "":
            if not KEY_SHARES[0] <= keys[letter] / total <= KEY_SHARES[1]:
                yield Fault(topic, f"{keys[letter]} of its {total} keys are {letter}")


def _difficulty_faults(pack_id: str, asked: Sequence[Question]) -> Iterator[Fault]:
    counts: Counter[int] = Counter(question.difficulty for question in asked)
    for level, wanted in DIFFICULTIES.items() if len(asked) >= LEAST_BANK else ():
        share = counts[level] / len(asked)
        if abs(share - wanted) > MOST_OFF:
            yield Fault(pack_id, f"{share:.0%} of its questions are of difficulty {level}")


def _duplicate_faults(asked: Sequence[Question]) -> Iterator[Fault]:
    stems = [(question.id, frozenset(_words(question.stem.fr))) for question in asked]
    for (first, one), (second, other) in combinations(stems, 2):
        shared = len(one & other)
        # The union's size is counted, not built: every stem meets every other.
        if shared >= NEAR_DUPLICATE * (len(one) + len(other) - shared):
            yield Fault(second, f"its stem says nearly what {first} asks")


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) > 1]
