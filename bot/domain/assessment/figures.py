"""Numbers that measure something: not a law, a date, an hour, an age, a mark or a supposition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.assessment.lists import Hit, is_listed
from bot.domain.assessment.words import Word
from content.schema import Language

_NUMBER = re.compile(r"\d+(?:k|dh|dhs|mad|j|mn|min|h)?")
_CLOCK = re.compile(r"\d{1,2}h\d\d")
# "4/5", "20/20", "5 sur 5": a mark, asked for or given.
_MARK = re.compile(
    r"(?<!\d)\d{1,2}\s{0,2}/\s{0,2}(?:5|10|20)(?!\d)"
    r"|(?<!\d)(\d{1,2})\s{1,2}(?:sur|on|of|على)\s{1,2}\1(?!\d)"
)
_CODE = re.compile(r"(?<!\d)\d{2}-\d{2}(?!\d)")
_YEARS = range(1950, 2051)
_DAYS, _HOURS, _ADULT = 31, 24, 17
# A supposition is told in the words that follow it.
_SUPPOSED = 12
_CLITICS = "بلكف"


def find_figures(text: str, words: tuple[Word, ...], latin: Language) -> Iterator[Hit]:
    """Signs `figure`, `duration` (so many years: it proves little alone), `time` and `age`."""
    apart = [match.span() for each in (_MARK, _CODE) for match in each.finditer(text)]
    supposed = -_SUPPOSED
    for index, word in enumerate(words):
        if is_listed(word, "supposed", latin):
            supposed = index
        if not _is_number(word, latin):
            continue
        if any(start <= word.start < end for start, end in apart):
            continue
        if _is_hour(words, index, latin):
            yield Hit("time", index, index + 1)
        elif index - supposed >= _SUPPOSED and _measures(text, words, index, latin):
            yield Hit(_kind(words, index, latin), index, index + 1)


def _is_number(word: Word, latin: Language) -> bool:
    form = word.forms[0]
    if _NUMBER.fullmatch(form) or _CLOCK.fullmatch(form):
        return True
    if is_listed(word, "not_quantity", latin):
        return False
    bare = form[1:] if form[0] in _CLITICS else ""
    return is_listed(word, "quantity", latin) or (
        len(bare) > 2 and is_listed(Word(word.start, word.end, (bare,)), "quantity", latin)
    )


def _is_hour(words: tuple[Word, ...], index: int, latin: Language) -> bool:
    """`14h30`, or "at nine", "à 16 h", "5 of the morning"."""
    word = words[index]
    if _CLOCK.fullmatch(word.forms[0]):
        return True
    if (_value(word) or 0) > _HOURS:
        return False
    at = _any(words[max(0, index - 1) : index], "hour_before", latin)
    hours = word.forms[0].endswith("h") or _any(words[index + 1 : index + 2], "hour", latin)
    day = _any(words[index + 1 : index + 4], "part_of_day", latin)
    return (at and (hours or latin == "en")) or day


def _measures(text: str, words: tuple[Word, ...], index: int, latin: Language) -> bool:
    word = words[index]
    before, after = words[max(0, index - 2) : index], words[index + 1 : index + 2]
    value = _value(word)
    if _any(before, "not_quantity_before", latin) or _any(after, "not_quantity_after", latin):
        return False
    small = value is not None and value <= _DAYS
    dated = _any(after, "month", latin) or _any(before, "month", latin)
    if small and (dated or _any(before[-1:], "date_before", latin)):
        return False
    both = is_listed(word, "pair", latin) and _any(before[-1:], "pair_before", latin)
    return not (both or _is_year(word) or _is_list_number(text, word))


def _kind(words: tuple[Word, ...], index: int, latin: Language) -> str:
    value = _value(words[index])
    named = _any(words[max(0, index - 1) : index], "age_before", latin)
    if not _any(words[index + 1 : index + 2], "duration", latin):
        bare = latin == "en" and value is not None and index + 1 < len(words)
        return "age" if bare and named else "figure"
    old = _any(words[index + 2 : index + 3], "age_after", latin)
    lasted = _any(words[max(0, index - 2) : index], "lasted_before", latin)
    lasted = lasted or _any(words[index + 2 : index + 3], "lasted_after", latin)
    grown = value is not None and value > _ADULT
    return "age" if old or named or (grown and not lasted) else "duration"


def _any(words: tuple[Word, ...], name: str, latin: Language) -> bool:
    return any(is_listed(word, name, latin) for word in words)


def _value(word: Word) -> int | None:
    """Its value where it is written in digits."""
    digits = word.forms[0].rstrip("kdhsmajin")
    return int(digits) if digits.isdecimal() else None


def _is_year(word: Word) -> bool:
    """2000 counts as a quantity: candidates write of 2000 files more than of that year."""
    form = word.forms[0]
    return len(form) == 4 and form.isdecimal() and int(form) in _YEARS and form != "2000"


def _is_list_number(text: str, word: Word) -> bool:
    """`1.` or `2)` at the start of a line."""
    line = text[text.rfind("\n", 0, word.start) + 1 : word.start]
    sign, after = text[word.end : word.end + 1], text[word.end + 1 : word.end + 2]
    return not line.strip() and sign in {".", ")", "-"} and not after.isdigit()
