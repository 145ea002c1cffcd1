"""Words for days and hours in French, Arabic (Moroccan month names too) and English.

Each table is kept as its words read after `plain`, with a pattern that matches any of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# Letters and signs that people use for one another.
_SAME = {"ى": "ي", "ة": "ه", "ـ": "", "–": "-", "—": "-", "’": "'", "،": ",", "٫": "."}


def plain(text: str) -> str:
    """Small letters without accents or marks, ASCII digits, one kind of dash and of space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else _SAME.get(sign, sign)
        for sign in letters
        if unicodedata.category(sign) not in {"Mn", "Cf"}
    )
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Words:
    """What each word means, and a pattern for any of them, the longest first."""

    meaning: Mapping[str, int]
    pattern: str


def _words(*rows: str) -> Words:
    """Words from rows of `meaning: word, word`."""
    meaning = {}
    for row in rows:
        value, _, words = row.partition(": ")
        meaning.update({plain(word): int(value) for word in words.split(", ")})
    pattern = "|".join(re.escape(word) for word in sorted(meaning, key=len, reverse=True))
    return Words(meaning, pattern)


MONTHS = _words(
    "1: janvier, janv, january, jan, يناير",
    "2: février, févr, fév, february, feb, فبراير",
    "3: mars, march, mar, مارس",
    "4: avril, avr, april, apr, أبريل, إبريل",
    "5: mai, may, ماي, مايو",
    "6: juin, june, jun, يونيو, يونيه",
    "7: juillet, juil, july, jul, يوليوز, يوليو",
    "8: août, aout, august, aug, غشت, أغسطس",
    "9: septembre, september, sept, sep, شتنبر, سبتمبر",
    "10: octobre, october, oct, أكتوبر",
    "11: novembre, november, nov, نونبر, نوفمبر",
    "12: décembre, december, déc, dec, دجنبر, ديسمبر",
)
WEEKDAYS = _words(
    "0: lundi, monday, الاثنين, الإثنين",
    "1: mardi, tuesday, الثلاثاء",
    "2: mercredi, wednesday, الأربعاء",
    "3: jeudi, thursday, الخميس",
    "4: vendredi, friday, الجمعة",
    "5: samedi, saturday, السبت",
    "6: dimanche, sunday, الأحد",
)
# Days from today.
OFFSETS = _words(
    "0: aujourd'hui, today, اليوم",
    "1: demain, tomorrow, غدا, غد",
    "2: après-demain, après demain, day after tomorrow, بعد غد",
)
NUMBERS = _words(
    "1: un, une, one, a, واحد",
    "2: deux, two, اثنين",
    "3: trois, three, ثلاثة, ثلاث",
    "4: quatre, four, أربعة, أربع",
    "5: cinq, five, خمسة, خمس",
    "6: six, ستة, ست",
    "7: sept, seven, سبعة, سبع",
    "8: huit, eight, ثمانية, ثماني",
    "9: neuf, nine, تسعة, تسع",
    "10: dix, ten, عشرة, عشر",
)
# Spans in days: a month of 30 is near enough for a date that is estimated anyway.
SPANS = _words(
    "1: jour, jours, day, days, يوم, يوما, أيام",
    "2: يومين, يومان",
    "7: semaine, semaines, week, weeks, أسبوع, أسبوعا, أسابيع",
    "14: أسبوعين, أسبوعان",
    "30: mois, month, months, شهر, شهرا, أشهر, شهور",
    "60: شهرين, شهران",
)
# Which half of the day an hour of a 12-hour clock lies in: 0 before noon, 12 after.
HALVES = _words(
    "0: am, a.m., du matin, in the morning, صباحا",
    "12: pm, p.m., de l'après-midi, du soir, in the afternoon, مساء, زوالا, بعد الزوال",
)
# Hours with a name, in minutes; the midnight of a day is taken for its end.
NAMED_HOURS = _words(
    "720: midi, noon, منتصف النهار",
    "1439: minuit, midnight, منتصف الليل",
)
