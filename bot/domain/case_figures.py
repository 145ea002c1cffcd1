"""The figures of a case, typed one a line before the worked answer is read (FEATURES T6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.said_number import gives
from content.schema import CaseNumber

_LONGEST = 1000
_NEXT = re.compile(r"[\n;؛]")
# "2) 330" and "2. 330" number the line; "2.5" is a figure.
_NUMBERING = re.compile(r"\s*(\d{1,2})\s*(?:\)|[.:/-](?=\s))")


def mark_figures(text: str, numbers: Sequence[CaseNumber]) -> tuple[bool, ...] | None:
    """Which of the figures are right, in their order; None unless there is a line for each."""
    lines = [each for each in _NEXT.split(text[:_LONGEST]) if each.strip()]
    if len(lines) != len(numbers):
        return None
    return tuple(
        gives(_without_numbering(said, place), asked.answer)
        for place, (said, asked) in enumerate(zip(lines, numbers, strict=True), 1)
    )


def _without_numbering(said: str, place: int) -> str:
    found = _NUMBERING.match(said)
    return said[found.end() :] if found and int(found[1]) == place else said
