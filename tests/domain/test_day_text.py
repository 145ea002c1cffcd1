"""Days as people type them, in three languages."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.day_text import DayTextError, read_day

TODAY = date(2026, 11, 24)
MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("12/03/2027", MARCH, None),
        ("12-03-2027", MARCH, None),
        ("12.3.2027", MARCH, None),
        ("12 / 03 / 2027", MARCH, None),
        ("12 03 2027", MARCH, None),
        ("12/3/27", MARCH, None),
        ("2027-03-12", MARCH, None),
        ("2027-03-12T16:30", MARCH, time(16, 30)),
        ("12 mars 2027", MARCH, None),
        ("le 12 mars 2027 à 16 h 30", MARCH, time(16, 30)),
        ("1er avril", date(2027, 4, 1), None),
        ("12 mars 16h30", MARCH, time(16, 30)),
        ("vendredi 12 mars 2027, 16h", MARCH, time(16)),
        ("12 févr. 2027", date(2027, 2, 12), None),
        ("12 mars 2027 à midi", MARCH, time(12)),
        ("12 mars 2027 minuit", MARCH, time(23, 59)),
        ("12 March 2027", MARCH, None),
        ("March 12, 2027 at 4pm", MARCH, time(16)),
        ("the 2nd of May 2027", date(2027, 5, 2), None),
        ("12/03/2027 4:30 p.m.", MARCH, time(16, 30)),
        ("12/03 16:30", MARCH, time(16, 30)),
        ("12/03/2027 16.30", MARCH, time(16, 30)),
        ("12 مارس 2027", MARCH, None),
        ("١٢/٠٣/٢٠٢٧", MARCH, None),
        ("۱۲/۰۳/۲۰۲۷ ۱۶:۳۰", MARCH, time(16, 30)),
        ("يوم الجمعة 12 مارس 2027 على الساعة 16:30", MARCH, time(16, 30)),
        ("12 مارس الساعة 4 مساءً", MARCH, time(16)),
        ("15 غشت 2027", date(2027, 8, 15), None),
        ("3 دجنبر", date(2026, 12, 3), None),
        ("aujourd’hui", TODAY, None),
        ("demain", date(2026, 11, 25), None),
        ("Après-demain à 10h", date(2026, 11, 26), time(10)),
        ("tomorrow", date(2026, 11, 25), None),
        ("غدا", date(2026, 11, 25), None),
        ("بعد غد", date(2026, 11, 26), None),
        ("dans 3 semaines", date(2026, 12, 15), None),
        ("dans deux semaines", date(2026, 12, 8), None),
        ("in 10 days", date(2026, 12, 4), None),
        ("in a week", date(2026, 12, 1), None),
        ("بعد 3 أسابيع", date(2026, 12, 15), None),
        ("بعد أسبوعين", date(2026, 12, 8), None),
        ("بعد ثلاثة أيام", date(2026, 11, 27), None),
        ("24/11", TODAY, None),
        ("23/11", date(2027, 11, 23), None),
        ("12/03/1999", date(1999, 3, 12), None),
    ],
)
def test_a_day_is_read(text: str, day: date, hour: time | None) -> None:
    typed = read_day(text, TODAY)
    assert (typed.day, typed.hour) == (day, hour)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        "quand est-ce que l’écrit a lieu ?",
        "31/02/2027",
        "99/99/2027",
        "mars 2027",
        "12/03/2027/5",
        "12/03/2027 à 25:00",
        "12/03/2027 16:75",
        "29 février",
        "😀" * 50,
        "9" * 4096,
    ],
)
def test_what_is_no_day_is_refused_and_never_raises_anything_else(text: str) -> None:
    with pytest.raises(DayTextError):
        read_day(text, TODAY)


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_a_refusal(text: str) -> None:
    with suppress(DayTextError):
        read_day(text, TODAY)


@given(st.dates(date(2026, 11, 24), date(2028, 11, 24)))
def test_every_day_is_read_back_from_figures(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day.day}.{day.month}.{day:%y}"):
        assert read_day(text, TODAY).day == day


def test_the_weekday_named_is_kept_for_a_check_against_the_date() -> None:
    assert read_day("dimanche 14 mars 2027", TODAY).weekday == 6
    assert read_day("الأحد 14 مارس 2027", TODAY).weekday == 6
    assert read_day("14 March 2027", TODAY).weekday is None
