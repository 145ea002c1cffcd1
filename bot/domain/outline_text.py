"""Whether a typed plan has its form: a problem line and two parts. Its ideas are not judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What numbers a part, style by style, from the first part on.
_STYLES = {
    "word": (
        "premi[eè]re?|premi[eè]rement|first(?:ly)?|one|أولاً|أولا|الأولى|الأول",
        "deuxi[eè]me(?:ment)?|seconde?|second(?:ly)?|two|ثانياً|ثانيا|الثانية|الثاني",
        "troisi[eè]me(?:ment)?|third(?:ly)?|three|ثالثاً|ثالثا|الثالثة|الثالث",
    ),
    "roman": ("I", "II", "III"),
    "digit": ("[1١]", "[2٢]", "[3٣]"),
    "letter": ("A", "B", "C"),
}
_WORDS = {
    # "First-contact resolution" is no part.
    f"{style}{number}": rf"(?:{word})(?!-\w)" if style == "word" else word
    for style, words in _STYLES.items()
    for number, word in enumerate(words, 1)
}
_NUMERALS = "|".join(f"(?P<{name}>{word})" for name, word in _WORDS.items())
_LABEL = "(?:partie|part|axe|المحور|القسم|الجزء|المبحث)"
_SPACE = r"[^\S\n]"
# "II.", "2)", "1re partie :", "Part one -", "أولا:" after a space or at the start of a line, where
# a space or the line's end will do for a sign; but no "2.5" and no "loi 2-18".
_MARK = re.compile(
    rf"(?<!\S)(?:{_LABEL}{_SPACE}+)?(?:{_NUMERALS})(?:[èe]?re|er|[èe]me|e|°)?"
    rf"(?:{_SPACE}+{_LABEL})?(?:{_SPACE}*(?P<sign>[.):،/–—-])(?!\d)|(?!\S))",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """The heading of a part, or what looks like one: `sure` when it cannot be prose."""

    style: str
    number: int
    start: int
    end: int
    sure: bool


def outline_of(text: str) -> Outline:
    """Read a plan: its parts with a title, from the first on, and a problem on a line without one.

    The problem may also stand before the first part on the same line. Parts are of one style,
    that of the first with a title: below "I.", "A." and "1." are points of that part.
    """
    marks = _marks(text)
    head = text[: marks[0].start] if marks else ""
    has_problem = any(_is_problem(each) for each in (head, *_rows_beside(text, marks)))
    titled = [each for each in marks if _has_title(text, marks, each)]
    numbers = {each.number for each in titled if each.style == titled[0].style}
    parts = next(count for count in range(len(numbers) + 1) if count + 1 not in numbers)
    return Outline(has_problem=has_problem, parts=parts)


def _marks(text: str) -> list[_Mark]:
    """The headings; what prose may say too ("I think", "art. 2") only beside both 1 and 2."""
    found = list(_looks_like_marks(text))
    numbers = {(each.style, each.number) for each in found}
    return [each for each in found if each.sure or {(each.style, 1), (each.style, 2)} <= numbers]


def _looks_like_marks(text: str) -> Iterator[_Mark]:
    for match in _MARK.finditer(text):
        name, said = next((name, match[name]) for name in _WORDS if match[name])
        style, sign = name[:-1], match["sign"]
        begins_line = not text[: match.start()].rpartition("\n")[2].strip()
        is_letter = style == "letter"
        if (begins_line and (sign or not is_letter)) or (sign and not is_letter):
            yield _Mark(
                style=style,
                number=int(name[-1]),
                start=match.start(),
                end=match.end(),
                sure=bool(sign) and not is_letter and (begins_line or said.isupper()),
            )


def _has_title(text: str, marks: Sequence[_Mark], mark: _Mark) -> bool:
    """Whether words enough follow, up to the next part of its style."""
    ends = (each.start for each in marks if each.start > mark.start and each.style == mark.style)
    title = text[mark.end : next(ends, len(text))]
    return len(_WORD.findall(title)) >= _TITLE_WORDS


def _rows_beside(text: str, marks: Sequence[_Mark]) -> Iterator[str]:
    """The lines in which no part begins."""
    at = 0
    for row in text.splitlines(keepends=True):
        if not any(at <= each.start < at + len(row) for each in marks):
            yield row
        at += len(row)


def _is_problem(text: str) -> bool:
    """Whether it asks something, in words enough to say what."""
    asks = "?" in text or "؟" in text or _PROBLEM.search(text) is not None
    return asks and len(_WORD.findall(text)) >= _PROBLEM_WORDS
