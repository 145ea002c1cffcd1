"""Free text that asks nothing of the FAQ: greetings, thanks, a date, an hour, a bare letter."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from bot.domain.day_text import DayTextError, read_day
from bot.domain.hour_text import read_hour
from bot.domain.wording import words

Talk = Literal["greeting", "thanks", "identity", "letter", "hour", "date"]

# More words than this are no longer small talk, nor a bare date.
MOST_WORDS = 5
LONGEST = 60
_GREETINGS = frozenset(
    words(
        "bonjour bonsoir salut coucou hello hi hey good morning evening afternoon hola salam slm "
        "السلام سلام عليكم ورحمة الله وبركاته مرحبا اهلا صباح مساء الخير النور "
        "ca va cv ça comment allez vous vas tu labas لاباس لباس عليك كيداير الحال how are you "
        "there tout le monde test ok okay oui non yes no d accord واخا نعم لا today"
    )
)
_THANKS = frozenset(words("merci thanks thank thx shukran chokran شكرا مشكور مشكورين بارك"))
_AROUND_THANKS = frozenset(
    words("beaucoup bien infiniment bcp mille a you lot so much very لك بزاف جزيلا كثيرا فيك الله")
)
_IDENTITY = (
    {"who", "are", "you"},
    {"what", "is", "your", "name"},
    {"qui", "es", "tu"},
    {"qui", "etes", "vous"},
    {"tu", "es", "qui"},
    {"tu", "es", "un", "robot"},
    {"are", "you", "a", "robot"},
    {"are", "you", "a", "bot"},
    {"comment", "tu", "t", "appelles"},
    set(words("شكون نتا")),
    set(words("شكون انت")),
    set(words("من انت")),
    set(words("ما اسمك")),
)
_LETTER = re.compile(
    r"(?:la |ma |my |the )?(?:reponse |answer |الجواب )?(?:est |is |هو )?\(?[a-d]\)?[.!]?"
)


def small_talk(text: str, today: date) -> Talk | None:
    """What kind of small talk `text` is; None when it is none."""
    said = words(text[: LONGEST + 1])
    if len(text) > LONGEST or not said or len(said) > MOST_WORDS:
        return None
    if _LETTER.fullmatch(" ".join(said)):
        return "letter"
    if set(said) in _IDENTITY:
        return "identity"
    if _THANKS & set(said) and set(said) <= _THANKS | _AROUND_THANKS | _GREETINGS:
        return "thanks"
    if set(said) <= _GREETINGS:
        return "greeting"
    return _moment(text, today)


def _moment(text: str, today: date) -> Talk | None:
    """A date or an hour typed where none was asked for; a bare number is neither."""
    if not any(sign.isdecimal() for sign in text) or text.strip().isdecimal():
        return None
    if read_hour(text) is not None:
        return "hour"
    try:
        read_day(text, today)
    except DayTextError:
        return None
    return "date"
