"""What else an answer shows: figures, the user, "we", jargon, posture, fillers, a plan.

Each is said only where it is sure, and with the words that show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.domain.assessment.hearing import Heard
from bot.domain.assessment.linear import Weights
from bot.domain.assessment.lists import Hit, is_listed
from bot.domain.assessment.quoting import supporting
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span, Word
from bot.domain.rubric import Remark

# "We" here and there is courtesy; from here on it hides who did it.
_WE_COUNT = 3
# A word said twice is a habit of everybody; a third time a jury hears it.
_FILLER_COUNT = 3
_ACRONYM = range(2, 7)
# "On" is as often anybody as it is us.
_ANYBODY = {"on"}
# Measured hand against hand as the parts were: right about nine times in ten.
_FLAG_FROM, _NO_FLAG_BELOW = 0.85, 0.2
# What a line of the grid holds.
_FLAG_QUOTE = 38
_QUOTES = {"«", '"', "“", "„"}


def remarks_on(heard: Heard, weights: Weights, *, needs_plan: bool) -> tuple[Remark, ...]:
    """The remarks, what harms most first. `needs_plan`: the question asks for a limit."""
    return tuple(_remarks(heard, weights, needs_plan=needs_plan)) if heard.odds else ()


def _remarks(heard: Heard, weights: Weights, *, needs_plan: bool) -> Iterator[Remark]:
    reading = heard.reading
    if hit := _excuse(reading):
        yield Remark(kind="defensive", evidence=reading.around(hit))
    if needs_plan:
        plan = reading.first("plan", reading.whole)
        words = reading.around(plan) if plan else ""
        yield Remark(kind="plan" if plan else "no_plan", evidence=words)
    if heard.frame != "star" and (hit := _hides_behind_we(reading)):
        yield Remark(kind="we", evidence=reading.around(hit))
    if words := _unexplained(reading):
        yield Remark(kind="jargon", evidence=words)
    yield from _fillers(reading)
    for flag in ("figure", "user"):
        yield from _flag(heard, flag, weights)


def _flag(heard: Heard, flag: str, weights: Weights) -> Iterator[Remark]:
    """Whether a figure, or the user, is there; nothing where that is not sure."""
    column, reading = heard.column(flag), heard.reading
    if max(column) > _FLAG_FROM:
        sure = [i for i, chance in enumerate(column) if chance > _FLAG_FROM]
        plain = [i for i in sure if reading.first(flag, reading.pieces[i])]
        best = max(plain or sure, key=column.__getitem__)
        span = reading.pieces[best]
        hit = reading.first(flag, span)
        at = hit.start if hit else None
        words = supporting(heard, flag, span, weights, _FLAG_QUOTE, at)
        yield Remark(kind=flag, evidence=words)
    elif max(column) < _NO_FLAG_BELOW:
        yield Remark(kind=f"no_{flag}")


def _excuse(reading: Reading) -> Hit | None:
    """Words that put the blame on others, but for words that are themselves quoted."""
    hit = reading.first("defensive", reading.whole)
    if hit is None:
        return None
    before = reading.text[: reading.words[hit.start].start].rstrip()
    return None if before[-1:] in _QUOTES else hit


def _hides_behind_we(reading: Reading) -> Hit | None:
    """The first "we" of an answer that says it often, and oftener than "I"."""
    ours = [
        hit
        for hit in reading.hits_in(reading.whole)
        if hit.cue == "we" and reading.words[hit.start].forms[0] not in _ANYBODY
    ]
    mostly = len(ours) > reading.count("i", reading.whole)
    return ours[0] if mostly and len(ours) >= _WE_COUNT else None


def _fillers(reading: Reading) -> Iterator[Remark]:
    said = [hit for hit in reading.hits_in(reading.whole) if hit.cue == "filler"]
    forms = Counter(_form(reading, hit) for hit in said)
    for form, count in forms.most_common(1):
        if count >= _FILLER_COUNT:
            hit = next(each for each in said if _form(reading, each) == form)
            words = reading.quote(Span(hit.start, hit.end))
            yield Remark(kind="filler", evidence=words, count=count)


def _form(reading: Reading, hit: Hit) -> tuple[str, ...]:
    return tuple(word.forms[0] for word in reading.words[hit.start : hit.end])


def _unexplained(reading: Reading) -> str:
    """A trade word or a short word in capitals that few may know and no bracket explains."""
    text = reading.text
    shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    for word in reading.words:
        written = text[word.start : word.end]
        opaque = is_listed(word, "jargon", reading.latin)
        opaque = opaque or (not shouted and _is_acronym(written))
        if opaque and not _is_explained(reading, word):
            return written
    return ""


def _is_acronym(written: str) -> bool:
    is_one = written.isascii() and written.isalpha() and written.isupper()
    return is_one and len(written) in _ACRONYM


def _is_explained(reading: Reading, word: Word) -> bool:
    """Known to every jury, or next to a bracket."""
    after, before = reading.text[word.end :].lstrip(), reading.text[: word.start].rstrip()
    return (
        is_listed(word, "known_acronym", reading.latin) or after[:1] == "(" or before[-1:] == "("
    )
