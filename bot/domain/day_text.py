"""A day, and perhaps an hour, as people type them in French, Arabic or English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.day_words import (
    HALVES,
    MONTHS,
    NAMED_HOURS,
    NUMBERS,
    OFFSETS,
    SPANS,
    WEEKDAYS,
    plain,
)


class DayTextError(ValueError):
    """No day can be read from the text, or there is no such day or hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDay:
    """What was typed: the day, its hour if any, and the weekday if one was named (Monday 0)."""

    day: date
    hour: time | None = None
    weekday: int | None = None


def read_day(text: str, today: date) -> TypedDay:
    """The day (and hour) in `text`, for someone whose calendar says `today`.

    Reads `12/03/2027`, `12-3-27`, `2027-03-12`, `12 mars 2027`, `12 مارس`, `March 12`, `demain`,
    `in 3 weeks`, with `16:30`, `16h30` or `4pm`: the day before the month, digits of any script.
    A day without a year is the next one to come. Raises DayTextError.
    """
    words = plain(text)
    for pattern, read in _FORMS:
        match = pattern.search(words)
        if match is not None:
            rest = f"{words[: match.start()]} | {words[match.end() :]}"
            return TypedDay(day=read(match, today), hour=_hour(rest), weekday=_weekday(rest))
    raise DayTextError("no day")


def _hour(words: str) -> time | None:
    named = _NAMED_HOUR.search(words)
    if named is not None:
        minutes = NAMED_HOURS.meaning[named["name"]]
        return time(minutes // 60, minutes % 60)
    match = next((found for form in _HOURS if (found := form.search(words))), None)
    if match is None:
        return None
    parts = match.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts.get("minute") or 0), parts.get("half")
    if half is not None and hour <= 12:
        hour = hour % 12 + HALVES.meaning[half]
    try:
        return time(hour, minute)
    except ValueError as error:
        raise DayTextError("no such hour") from error


def _weekday(words: str) -> int | None:
    match = _WEEKDAY.search(words)
    return None if match is None else WEEKDAYS.meaning[match["weekday"]]


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayTextError("no such day") from error


def _read_calendar(match: re.Match[str], today: date) -> date:
    """A day and a month, in figures or by name; without a year, the next to come."""
    month = MONTHS.meaning.get(match["month"]) or int(match["month"])
    day, year = int(match["day"]), match.groupdict().get("year")
    if year is not None:
        return _calendar_day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _calendar_day(today.year, month, day)
    return this_year if this_year >= today else _calendar_day(today.year + 1, month, day)


def _read_offset(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=OFFSETS.meaning[match["offset"]])


def _read_span(match: re.Match[str], today: date) -> date:
    """`in 3 weeks`: the span in days, so many times (once when no number is said)."""
    number = match["number"] or "1"
    times = int(number) if number.isdecimal() else NUMBERS.meaning[number]
    return today + timedelta(days=times * SPANS.meaning[match["span"]])


def _form(pattern: str) -> re.Pattern[str]:
    """The pattern, neither inside a longer word nor inside a longer number."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w|[-/.]\d)")


_DAY = r"(?P<day>\d{1,2})"
_MONTH = rf"(?P<month>{MONTHS.pattern})\.?"
_FIGURE = r"(?P<month>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_AFTER = r"(?:dans|d'ici|in|within|بعد|خلال)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (
        re.compile(rf"(?<!\w){_YEAR}(?P<dash>[-/.]){_FIGURE}(?P=dash){_DAY}(?:t|(?!\w))"),
        _read_calendar,
    ),
    (
        _form(rf"{_DAY} ?(?P<dash>[-/.]) ?{_FIGURE} ?(?P=dash) ?(?P<year>\d{{4}}|\d\d)"),
        _read_calendar,
    ),
    (_form(rf"{_DAY} {_FIGURE} {_YEAR}"), _read_calendar),
    (
        _form(rf"{_DAY}(?:er|st|nd|rd|th)?(?: de| of| من)? ?{_MONTH}(?:,? ?{_YEAR})?"),
        _read_calendar,
    ),
    (_form(rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"), _read_calendar),
    (_form(rf"{_DAY} ?[-/] ?{_FIGURE}"), _read_calendar),
    (
        _form(
            rf"{_AFTER} (?:(?P<number>\d{{1,3}}|{NUMBERS.pattern}) ?)?(?P<span>{SPANS.pattern})"
        ),
        _read_span,
    ),
    (_form(rf"(?P<offset>{OFFSETS.pattern})"), _read_offset),
)
_HALF = rf"(?: ?(?P<half>{HALVES.pattern}))"
_HOURS = (
    _form(rf"(?P<hour>\d{{1,2}}) ?[:h.] ?(?P<minute>\d\d){_HALF}?"),
    _form(rf"(?P<hour>\d{{1,2}}) ?(?:h|heures?|hours?){_HALF}?"),
    _form(rf"(?P<hour>\d{{1,2}}){_HALF}"),
    _form(rf"(?:at|a|الساعه) (?P<hour>\d{{1,2}}){_HALF}?"),
)
_NAMED_HOUR = _form(rf"(?P<name>{NAMED_HOURS.pattern})")
_WEEKDAY = _form(rf"(?P<weekday>{WEEKDAYS.pattern})")
