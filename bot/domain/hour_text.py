"""An hour of the day as candidates type it: French, Arabic or English, any digits."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_MORNING = ("am", "a.m.", "du matin", "matin", "صباحا", "ص")
_EVENING = ("pm", "p.m.", "du soir", "soir", "de l'apres-midi", "مساء", "م", "ليلا", "بعد الزوال")
_HALF = "|".join(re.escape(word) for word in (*_MORNING, *_EVENING))

# \d takes every script's digits, as int() does.
_HOUR = re.compile(
    r"(?:(?:a|at|vers|على الساعة|الساعة) ?)?"
    r"(?P<hour>\d{1,2})"
    r"(?: ?(?:[:.,]|h|heures?|و) ?(?P<minute>\d{2})?(?: ?(?:min|mn|دقيقة))?)?"
    rf"(?: ?(?P<half>{_HALF}))?"
)
_FOUR_DIGITS = re.compile(r"(\d{2})(\d{2})")


def read_hour(text: str) -> time | None:
    """The hour in `text`, or None: `8`, `8h`, `8h30`, `08:30`, `20.15`, `8pm`, `٨ مساءً`."""
    found = _HOUR.fullmatch(_FOUR_DIGITS.sub(r"\1:\2", _plain(text)))
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = _of_24(hour, is_evening=found["half"] in _EVENING)
    return time(hour, minute) if 0 <= hour < 24 and minute < 60 else None


def _plain(text: str) -> str:
    """Lower case, one space between words, no accents, no Arabic vowel signs or hamza seats."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    kept = (sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cf"})
    return " ".join("".join(kept).split())


def _of_24(hour: int, *, is_evening: bool) -> int:
    """The hour on the 24-hour clock; -1 for one that its half of the day has not (20 am)."""
    if is_evening:
        return hour + 12 if 0 < hour < 12 else hour if hour >= 12 else -1
    return hour % 12 if 0 <= hour <= 12 else -1
