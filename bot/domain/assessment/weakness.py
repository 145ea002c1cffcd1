"""Why words meant as a part do not carry it: small signs, never a verdict alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.assessment.hearing import SURE, Heard
from bot.domain.assessment.quoting import ends_before
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span

# Fewer words with meaning than this say nothing of their own.
_CONTENT_WORDS = 2
# A part repeats another when this share of its meaning stood there already.
_SAME = 0.75
_COUNTS = frozenset({"figure", "duration", "time"})
_QUALITIES = 2
_EXAMPLE = ("exemple", "example", "instance", "مثال", "مثلا", "matalan", "mathalan", "mital")
_DETAILS = {"time", "place", "case", "figure", "duration"}
_MANY_DETAILS = 3
# Signs that announce a part, and what to say when the part is not there all the same.
_ANNOUNCED = {
    "reason": ("reason", "hollow"),
    "example": ("example", "generic"),
    "result": ("vague_outcome", "vague"),
}
# What to say of words in a part's own place that are not that part.
_IN_ITS_PLACE = {"reason": "hollow", "example": "generic", "brings": "adjectives"}
_BEFORE = {"reason": ("point",), "example": ("point", "reason"), "task": ("situation",)}
_BEFORE |= {"action": ("situation", "task")}


def weakness_of(reading: Reading, part: str, span: Span, slots: Mapping[str, Span]) -> str:
    """Why the words are not the part; empty when that cannot be told.

    `slots`: where the candidate put each part, empty when the answer came in one go.
    """
    if slots:
        return _common(reading, part, span, slots) or _in_its_place(reading, part, span)
    sign, reason = _ANNOUNCED.get(part, ("", ""))
    if part == "brings":
        return "adjectives" if _praises(reading, span) else ""
    if part == "example":
        return reason if _announces_example(reading, span) else ""
    return reason if sign in reading.cues(span) else ""


def weakness_of_found(heard: Heard, part: str, span: Span, slots: Mapping[str, Span]) -> str:
    """What the part, which is there, still lacks; empty when nothing."""
    reading = heard.reading
    if (slots or is_alone(reading, span)) and (reason := _common(reading, part, span, slots)):
        return reason
    if slots and part == "task":
        return _in_its_place(reading, part, span)
    if part == "action" and heard.best("personal")[0] <= SURE:
        # Words that say "I" are never told that they name no doer.
        return _doer(reading, span)
    if part == "result" and heard.best("quantified")[0] <= SURE:
        return "" if _COUNTS & reading.cues(span) else "no_figure"
    return ""


def is_thin(reading: Reading, span: Span) -> bool:
    """Hardly a word of its own: one word, the same word again and again."""
    return len(reading.content(span)) < _CONTENT_WORDS


def is_alone(reading: Reading, span: Span) -> bool:
    """Whether the span is a sentence by its own signs, not a clause that was cut out of one."""
    return ends_before(reading, span.first) and ends_before(reading, span.last)


def ends_alone(reading: Reading, span: Span) -> bool:
    """Whether its sentence says nothing after the span."""
    return ends_before(reading, span.last)


def is_bare(reading: Reading, part: str, span: Span) -> bool:
    """Whether nothing a case has, no time, place, person or number, stands in an example."""
    return part == "example" and reading.cues(span).isdisjoint(_DETAILS)


def is_detailed(reading: Reading, span: Span) -> bool:
    """Whether the words have several things that a case has: they cannot be called generic."""
    return len(reading.cues(span) & _DETAILS) >= _MANY_DETAILS


def is_mostly_we(reading: Reading, span: Span) -> bool:
    """Whether "we" acts more often than "I" (own steps earn the points: fact C101)."""
    return reading.count("we", span) > reading.count("i", span)


def _common(reading: Reading, part: str, span: Span, slots: Mapping[str, Span]) -> str:
    if is_thin(reading, span):
        return "thin"
    own = reading.content(span)
    for other in _BEFORE.get(part, ()):
        before = reading.content(slots[other]) if other in slots else frozenset()
        if len(own & before) >= _SAME * len(own):
            return "repeats"
    if part == "closing_point" and "point" in slots and own <= reading.content(slots["point"]):
        return "same_words"
    return ""


def _in_its_place(reading: Reading, part: str, span: Span) -> str:
    cues = reading.cues(span)
    if part == "situation":
        return "" if cues & {"time", "place", "case"} else "no_place_time"
    if part == "task":
        return "team_goal" if "we" in cues and "i" not in cues else ""
    if part == "action":
        return _doer(reading, span)
    if part == "result":
        return "vague" if "vague_outcome" in cues else ""
    if part == "result_for_user":
        return "no_gain" if "user" in cues else "no_user"
    return _IN_ITS_PLACE.get(part, "")


def _announces_example(reading: Reading, span: Span) -> bool:
    """Whether the word "example" itself is there: "like" and "imagine" promise none."""
    words = reading.words[span.first : span.last]
    return any(form.startswith(_EXAMPLE) for word in words for form in word.forms)


def _doer(reading: Reading, span: Span) -> str:
    if is_mostly_we(reading, span):
        return "we"
    return "" if "i" in reading.cues(span) else "no_doer"


def _praises(reading: Reading, span: Span) -> bool:
    """Whether qualities are listed: one such word may praise anything."""
    own, bare = reading.content(span), reading.content(span, without="praise")
    return len(own) - len(bare) >= _QUALITIES
