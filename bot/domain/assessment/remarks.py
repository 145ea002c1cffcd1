"""What else an answer shows: figures, the user, "we", jargon, posture, fillers, a plan."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.assessment.lists import Hit, is_listed
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.weakness import is_mostly_we
from bot.domain.assessment.words import Span
from bot.domain.frames import Frame
from bot.domain.rubric import (
    Remark,
)

# "We" here and there is courtesy; from here on it hides who did it.
_WE_COUNT = 3
_FILLER_COUNT = 3
_ACRONYM = range(2, 7)


def remarks_on(reading: Reading, frame: Frame, *, needs_plan: bool) -> tuple[Remark, ...]:
    """The remarks, what harms most first."""
    return tuple(_remarks(reading, frame, needs_plan=needs_plan))


def _remarks(reading: Reading, frame: Frame, *, needs_plan: bool) -> Iterator[Remark]:
    whole = reading.whole
    if hit := reading.first("defensive", whole):
        yield Remark(kind="defensive", evidence=reading.around(hit))
    if needs_plan:
        plan = reading.first("plan", whole)
        yield Remark(
            kind="plan" if plan else "no_plan", evidence=reading.around(plan) if plan else ""
        )
    if frame != "star" and _hides_behind_we(reading):
        hit = reading.first("we", whole)
        yield Remark(kind="we", evidence=reading.around(hit) if hit else "")
    if acronym := _unexplained_acronym(reading):
        yield Remark(kind="jargon", evidence=acronym)
    figure = _best_figure(reading)
    yield Remark(
        kind="figure" if figure else "no_figure",
        evidence=reading.around(figure, after=3) if figure else "",
    )
    user = reading.first("user", whole)
    yield Remark(
        kind="user" if user else "no_user",
        evidence=reading.around(user, after=0) if user else "",
    )
    if reading.count("filler", whole) >= _FILLER_COUNT and (hit := reading.first("filler", whole)):
        yield Remark(kind="filler", evidence=reading.quote(Span(hit.start, hit.end)))


def _best_figure(reading: Reading) -> Hit | None:
    """The first figure in digits, which tells more than "twice"; else the first in words."""
    figures = [hit for hit in reading.hits_in(reading.whole) if hit.cue == "figure"]
    in_digits = (
        hit
        for hit in figures
        if any(sign.isdigit() for sign in reading.quote(Span(hit.start, hit.end)))
    )
    return next(in_digits, figures[0] if figures else None)


def _hides_behind_we(reading: Reading) -> bool:
    return reading.count("we", reading.whole) >= _WE_COUNT and is_mostly_we(reading, reading.whole)


def _unexplained_acronym(reading: Reading) -> str:
    """A short word in capitals, outside brackets and not followed by them, that few may know."""
    text = reading.text
    if sum(map(str.isupper, text)) > sum(map(str.islower, text)):
        return ""
    for word in reading.words:
        written = text[word.start : word.end]
        explained = text[word.end :].lstrip()[:1] == "(" or text[: word.start].rstrip()[-1:] == "("
        is_acronym = written.isascii() and written.isalpha() and written.isupper()
        known = is_listed(word, "known_acronym", reading.latin)
        if is_acronym and len(written) in _ACRONYM and not explained and not known:
            return written
    return ""
