"""Numbers that measure something: not a law, a date, an hour, an age or a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.assessment.lists import Hit, is_listed
from bot.domain.assessment.words import Word
from content.schema import Language

_NUMBER = re.compile(r"\d+(?:k|dh|dhs|mad|j|mn|min)?")
_CLOCK = re.compile(r"\d{1,2}h(?:\d\d)?")
_MARK = re.compile(r"\s*/\s*(?:5|10|20)(?!\d)")
_YEARS = range(1950, 2051)


def find_figures(text: str, words: tuple[Word, ...], latin: Language) -> Iterator[Hit]:
    """Signs `figure`, `duration` (so many years: it proves little alone) and `time` (14h30)."""
    for index, word in enumerate(words):
        if _CLOCK.fullmatch(word.forms[0]):
            yield Hit("time", index, index + 1)
        elif _measures(text, words, index, latin):
            following = words[index + 1 : index + 2]
            in_years = any(is_listed(each, "duration", latin) for each in following)
            yield Hit("duration" if in_years else "figure", index, index + 1)


def _measures(text: str, words: tuple[Word, ...], index: int, latin: Language) -> bool:
    word = words[index]
    if not _NUMBER.fullmatch(word.forms[0]):
        return is_listed(word, "quantity", latin)
    named = any(
        is_listed(each, "not_quantity_before", latin) for each in words[max(0, index - 2) : index]
    )
    dated = any(is_listed(each, "month", latin) for each in words[index + 1 : index + 2])
    return not (
        named
        or dated
        or _is_year(word)
        or _is_code(text, word)
        or _is_list_number(text, word)
        or _MARK.match(text, word.end)
    )


def _is_year(word: Word) -> bool:
    """2000 counts as a quantity: candidates write of 2000 files more than of that year."""
    form = word.forms[0]
    return len(form) == 4 and form.isdecimal() and int(form) in _YEARS and form != "2000"


def _is_code(text: str, word: Word) -> bool:
    """Half of a law's number such as 65-00."""
    around = text[max(0, word.start - 3) : word.end + 3]
    return bool(re.search(r"(?<!\d)\d{2}-\d{2}(?!\d)", around))


def _is_list_number(text: str, word: Word) -> bool:
    """`1.` or `2)` at the start of a line."""
    line = text[text.rfind("\n", 0, word.start) + 1 : word.start]
    sign, after = text[word.end : word.end + 1], text[word.end + 1 : word.end + 2]
    return not line.strip() and sign in {".", ")", "-"} and not after.isdigit()
