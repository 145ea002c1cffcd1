"""Whether a typed plan has its form: a problem line and two parts. Its ideas are not judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How a part begins: I. / 1) / أولا: and the like, at the start or after a space.
_MARK = re.compile(
    r"(?:^|(?<=\s))(?:partie|part|المحور|القسم|الجزء)?\s*"
    r"(?P<mark>III|II|I|[123١٢٣]|أولا|أولاً|ثانيا|ثانياً|ثالثا|ثالثاً|الأول|الثاني|الثالث|first|second|third)"
    r"\s*[.):،/–—-]",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"\b(?:probl[ée]matique|problem|question)\b|الإشكالية|إشكالية", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
PARTS = 2
# A title says something; a question says more.
_TITLE_WORDS = 2
_PROBLEM_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a typed plan has of its form."""

    has_problem: bool
    parts: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the form is missing."""
        return self.has_problem and self.parts >= PARTS


def outline_of(text: str) -> Outline:
    """Read a plan: its different parts with a title, and a problem on a line that begins none.

    The problem may also stand before the first part on the same line.
    """
    marks = list(_MARK.finditer(text))
    # One end more than marks where there is no mark at all.
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    titled = {
        mark["mark"].casefold()
        for mark, end in zip(marks, ends, strict=False)
        if len(_WORD.findall(text[mark.end() : end])) >= _TITLE_WORDS
    }
    head = text[: marks[0].start()] if marks else ""
    beside = (row for row in text.splitlines() if not _MARK.search(row))
    has_problem = any(_is_problem(each) for each in (head, *beside))
    return Outline(has_problem=has_problem, parts=len(titled))


def _is_problem(text: str) -> bool:
    """Whether it asks something, in words enough to say what."""
    asks = "?" in text or "؟" in text or _PROBLEM.search(text) is not None
    return asks and len(_WORD.findall(text)) >= _PROBLEM_WORDS
