"""What is said to somebody who was away or lost a row of days blames nobody (T34, T37)."""

from __future__ import annotations

import re

import pytest

from content.loader import load_texts
from content.schema import LANGUAGES

BLAME = {
    "fr": r"échou|échec|perd|rat[ée]|oubli|abandonn|négli|dommage|hélas|faute|dev(ez|riez)|fallait"
    r"|auriez dû|absen|enfin",
    "en": r"\bfail|\blos[et]|forg[eo]t|gave up|neglect|shame|pity|unfortunate|fault"
    r"|should|\bmust\b|absen|at last|broke",
    "ar": r"فشل|خسر|ضاع|نسي|أهمل|تهاون|كسل|للأسف|ذنب|خطؤك|يجب|كان عليك|ينبغي|غبت|غياب|أخيرا",
}
# What a candidate may read after days without an answer, a put-off quiz or a broken row.
SAID = re.compile(
    r"quiz\.(pace_|back|welcome_back|put_off|no_later|hour_|push_|replaced)"
    r"|progress\.streak_(new|again)|progress\.forgiven|settings\.pause_(over|next)"
)
BLAMING = {
    "fr": "Vous avez perdu votre série.",
    "en": "You lost your streak.",
    "ar": "لقد خسرت سلسلتك.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_t37_no_word_blames_and_no_missed_day_is_counted(language: str) -> None:
    blame = re.compile(BLAME[language], re.IGNORECASE)
    assert blame.search(BLAMING[language])
    said = {key: text for key, text in load_texts()[language].items() if SAID.match(key)}
    assert len(said) > 20
    for key, text in said.items():
        assert not blame.search(str(text)), key
        filled = set(re.findall(r"\{(\w+)\}", str(text)))
        assert filled <= {"hour", "now", "questions", "minutes"}, key
