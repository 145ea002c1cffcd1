"""Short written answers (QRQ): which required ideas an answer says, whether its number is right.

An idea is said when one of its wordings is: all its content words stand in the answer, inflected
or not, in any order, and no clause says the contrary. Any language counts, since candidates mix
them. What is not found may still be there in other words: the candidate has the last word on that
(FEATURES M38).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.domain.said_number import gives
from bot.domain.wording import StemmedWord, stemmed_words, words
from content.schema import LANGUAGES, Idea, ShortAnswer, Wordings

# An answer is a sentence or two; nothing longer is read.
LONGEST = 2000
# Where one notion's clause ends and the other's may begin.
_LINKS = (
    r"\s(?=و\s?\w{2})"
    r"|\b(?:et|mais|puis|alors que|tandis que|contrairement|and|but|then|while|whereas|unlike|vs"
    r"|بينما|أما|في حين|ثم|عكس)\b"
)
_CLAUSE_END = re.compile(rf"[;،؛/\n]|[.,](?!\d)|{_LINKS}", re.IGNORECASE)
# A comma may stand between a notion and its trait.
_HALF_END = re.compile(rf"[;؛\n]|\.(?!\d)|{_LINKS}", re.IGNORECASE)
_IGNORANCE = re.compile(
    r"(?:je (?:ne )?sais (?:pas|plus)|(?:j ?|ch)?sais pas|jsp|je n en sais rien"
    r"|aucune idee|pas d idee|idk|i (?:do not|don ?t) know|(?:i have )?no idea|not sure|dunno"
    r"|passe?|skip"
    r"|لا اعرف|لا اعلم|لا ادري|ما ?عرفتش|ليس لدي فكره)"
    r"(?: du tout| at all| والله)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaFound:
    """A required idea and the candidate's words that say it; empty when it was not found."""

    idea: Idea
    words: str

    @property
    def is_said(self) -> bool:
        """Whether the answer says it."""
        return bool(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What an answer holds of what was asked. `number`: whether it is right, None if unasked."""

    ideas: tuple[IdeaFound, ...]
    number: bool | None

    @property
    def is_right(self) -> bool:
        """Everything asked is there."""
        return self.number is not False and all(each.is_said for each in self.ideas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A candidate's answer to a short question, or the question still waiting for one.

    `right`: as marked, or as the candidate then said.
    """

    id: int
    item_id: str
    asked_at: datetime
    text: str | None
    right: bool | None


def mark(item: ShortAnswer, text: str) -> Marking:
    """The marking of `text`."""
    text = text[:LONGEST]
    read = stemmed_words(text)
    return Marking(
        ideas=tuple(IdeaFound(idea=idea, words=_said(idea, text, read)) for idea in item.ideas),
        number=None if item.number is None else gives(text, item.number),
    )


def is_ignorance(text: str) -> bool:
    """Whether the text only says that one does not know."""
    return bool(_IGNORANCE.fullmatch(" ".join(words(text))))


def next_short(
    items: Iterable[ShortAnswer], stream: str, last_right: Mapping[str, bool]
) -> ShortAnswer | None:
    """What to ask next: one never answered, else one missed, else the one met longest ago.

    `last_right`: each answered item and whether its last answer was right, longest ago first.
    """
    fitting = [each for each in items if not each.streams or stream in each.streams]
    order = list(last_right)

    def rank(item: ShortAnswer) -> tuple[int, int]:
        if item.id not in last_right:
            return (0, 0)
        return (2 if last_right[item.id] else 1, order.index(item.id))

    return min(fitting, key=rank, default=None)


def _said(idea: Idea, text: str, read: Sequence[StemmedWord]) -> str:
    """The words of the answer that say the idea, as written, by the first wording that fits."""
    if _is_contrary(idea, text):
        return ""
    # Of two notions told apart, each must meet its trait in one half of the answer.
    halves = _halves(text, read) if idea.contrary != Wordings() else [read]
    for half in halves:
        for wording in _stemmed(idea.wordings):
            if places := _places(wording, half):
                return " … ".join(dict.fromkeys(text[w.start : w.end] for w in places))
    return ""


def _halves(text: str, read: Sequence[StemmedWord]) -> list[list[StemmedWord]]:
    """The words of each half of a contrast, as its links and full stops part them."""
    ends = [*(match.start() for match in _HALF_END.finditer(text)), len(text)]
    starts = [0, *ends]
    return [
        [word for word in read if start <= word.start < end]
        for start, end in zip(starts, ends, strict=False)
    ]


def _is_contrary(idea: Idea, text: str) -> bool:
    """Whether a clause ties the notion to the other notion's trait."""
    wordings = _stemmed(idea.contrary)
    clauses = [stemmed_words(clause) for clause in _CLAUSE_END.split(text)] if wordings else []
    return any(_places(wording, clause) for wording in wordings for clause in clauses)


@lru_cache(maxsize=512)
def _stemmed(wordings: Wordings) -> tuple[list[StemmedWord], ...]:
    """Every way of every language, read once."""
    ways = (way for language in LANGUAGES for way in wordings.in_language(language))
    return tuple(stemmed_words(way) for way in ways)


def _places(wanted: Sequence[StemmedWord], read: Sequence[StemmedWord]) -> list[StemmedWord]:
    """Where each wanted word stands in the answer, in its order; empty when one is missing."""
    found = []
    for word in wanted:
        here = next((each for each in read if each.stems & word.stems), None)
        if here is None:
            return []
        found.append(here)
    return sorted(found, key=lambda each: each.start)
