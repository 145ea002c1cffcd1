"""Which words of a piece to quote: those in which the part is heard best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.assessment.features import describe
from bot.domain.assessment.hearing import Heard, labels
from bot.domain.assessment.linear import Weights
from bot.domain.assessment.lists import is_listed
from bot.domain.assessment.reading import Reading
from bot.domain.assessment.words import Span

# Four quotes of this length leave room for the advice on a phone's screen.
QUOTE_LENGTH = 48
# A quote begins where the piece begins unless other words show the part so much better (log-odds).
_BETTER = 1.0
_FEW = 7
_ENDS = set(".!?؟;؛:…\n")


def supporting(
    heard: Heard,
    part: str,
    span: Span,
    weights: Weights,
    most: int = QUOTE_LENGTH,
    holding: int | None = None,
) -> str:
    """At most `most` characters of a span, as typed; a … on each side that was cut.

    `holding`: the index of a word that must be in it.
    """
    reading = heard.reading
    span = _continued(reading, span)
    fitting = windows(reading, span, most)
    first, *others = (w for w in fitting if holding is None or w.holds(holding))
    if not others:
        return quoted(reading, first, span)
    shown = {each: _odds(heard, part, each, weights) for each in (first, *others)}
    best = max(shown, key=shown.__getitem__)
    return quoted(reading, best if shown[best] > shown[first] + _BETTER else first, span)


def _continued(reading: Reading, span: Span) -> Span:
    """A few words cut out of a sentence, with as much of the piece beside them as one quote
    holds: "I am the one who" says nothing by itself, nor does "I repeat"."""
    first, last = span.first, span.last
    if last - first > _FEW:
        return span
    ends = next((piece.last for piece in reading.pieces if piece.first == last), last)
    while last < ends and not ends_before(reading, last) and _fits(reading, first, last):
        last += 1
    begins = next((piece.first for piece in reading.pieces if piece.last == first), first)
    while (
        first > begins and not ends_before(reading, first) and _fits(reading, first - 1, last - 1)
    ):
        first -= 1
    return Span(first, last)


def quoted(reading: Reading, window: Span, span: Span) -> str:
    """The words of a window inside a span."""
    first, last = reading.words[window.first], reading.words[window.last - 1]
    words = reading.text[first.start : last.end]
    before = "…" if window.first > span.first else ""
    after = "…" if window.last < span.last else ""
    return f"{before}{words}{after}"


def windows(reading: Reading, span: Span, most: int = QUOTE_LENGTH) -> Iterator[Span]:
    """From each word on, as many words of its line as a quote holds; the first begins where the
    span does."""
    reached = span.first
    for first in range(span.first, span.last):
        last = first + 1
        while last < span.last and _fits(reading, first, last, most):
            last += 1
        if last > reached:
            yield _trimmed(reading, Span(first, last), span)
        reached = max(reached, last)


def _fits(reading: Reading, first: int, last: int, most: int = QUOTE_LENGTH) -> bool:
    """Whether the word at `last` still belongs to a quote from `first` on."""
    start, end = reading.words[first].start, reading.words[last].end
    return end - start <= most and "\n" not in reading.text[start:end]


def _trimmed(reading: Reading, window: Span, span: Span) -> Span:
    """Without small words left hanging where it was cut."""
    first, last = window.first, window.last
    while last < span.last and last - first > 1 and _is_small(reading, last - 1):
        last -= 1
    while first > span.first and last - first > 1 and _is_small(reading, first):
        first += 1
    return Span(first, last)


def _is_small(reading: Reading, index: int) -> bool:
    return is_listed(reading.words[index], "stop", reading.latin)


def _odds(heard: Heard, part: str, window: Span, weights: Weights) -> float:
    alone = replace(heard.reading, pieces=(window,))
    at = labels(heard.frame).index(part)
    return weights.tables[heard.frame].log_odds(describe(alone, "")[0])[at]


def ends_before(reading: Reading, at: int) -> bool:
    """Whether a sentence ends in front of the word at this index, by the signs there."""
    if not 0 < at < len(reading.words):
        return True
    return bool(set(reading.text[reading.words[at - 1].end : reading.words[at].start]) & _ENDS)
