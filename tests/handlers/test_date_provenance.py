"""T10: a milestone's day is never shown without "estimated", or "official" with its source."""

from __future__ import annotations

import re

import pytest

from content.schema import LANGUAGES, Language
from tests.handlers.calendar import joined
from tests.talk import texts

FILES = ("dates.", "plan.", "competitions.", "reminders.")
# The texts that may hold a bare day, those that wrap it with its provenance, and the words for it.
BARE = {"dates.day", "dates.day_hour"}
SAID = {
    "dates.estimated": {"fr": "estimée", "ar": "تقديري", "en": "estimated"},
    "dates.official": {"fr": "officielle", "ar": "رسمي", "en": "official"},
    "dates.official_link": {"fr": "officielle", "ar": "رسمي", "en": "official"},
    "dates.official_seen": {"fr": "officielle", "ar": "رسمي", "en": "official"},
}
MONTH_AND_YEAR = re.compile(r"\b(?:décembre|janvier|December|January|دجنبر|يناير) 20\d\d")


@pytest.mark.parametrize("language", LANGUAGES)
def test_t10_every_template_that_shows_a_date_says_where_it_comes_from(language: Language) -> None:
    table = {
        key: str(text) for key, text in texts()._tables[language].items() if key.startswith(FILES)
    }
    assert {key for key, text in table.items() if "{day}" in text} == BARE
    assert {key for key, text in table.items() if "{when}" in text} == set(SAID)
    for key, words in SAID.items():
        assert words[language] in table[key]
        assert "{entered}" in table[key]
    assert "{source}" in table["dates.official"]
    assert "{source}" in table["dates.official_link"]
    assert not any(re.search(r"\d{1,2}[/ ]\d{1,2}[/ ]20\d\d", text) for text in table.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_t10_every_day_on_the_screens_stands_beside_its_provenance(language: Language) -> None:
    talk = joined(language, filing="15/12/2026 16:30", written="03/01/2027 09:00")
    talk.press_token("dates:1:official.written")
    talk.say("emploi-public.ma")
    for token in ("plan:1:show", "dates:1:show", "dates:1:kind.written", "comp::list"):
        talk.press_token(token)
    talk.wait(days=24)
    words = {said[language] for said in SAID.values()}
    lines = [
        each
        for bubble in talk.chat.bubbles
        for each in bubble.text.splitlines()
        if MONTH_AND_YEAR.search(each)
    ]
    assert len(lines) >= 6
    assert [each for each in lines if not any(word in each for word in words)] == []
