"""/forecast: unknown until it is known, a range then; the next hour; supposed marks."""

from __future__ import annotations

import re

import pytest

from content.schema import LANGUAGES
from tests.talk import Talk


def with_exam(talk: Talk, day: str = "17/01/2027") -> Talk:
    talk.join()
    talk.press_token("dates::show")
    number = next(t for t in talk.screen.buttons.values() if t.startswith("dates:")).split(":")[1]
    talk.press_token(f"dates:{number}:enter.written", ref=talk.screen.ref)
    talk.say(day)
    return talk


def answer_days(talk: Talk, days: int) -> None:
    for _ in range(days):
        talk.say("/quiz")
        for number in range(5):
            talk.answer(right=number % 2 == 0)
        talk.wait(days=1)


def test_without_a_day_it_asks_for_one(talk: Talk) -> None:
    talk.join()
    talk.say("/forecast")
    assert "dates::show" in talk.screen.buttons.values()
    assert "sur 20" not in talk.screen.text


def test_before_fifteen_first_meetings_the_mark_is_unknown_and_never_zero(talk: Talk) -> None:
    with_exam(talk)
    talk.say("/forecast")
    assert "encore 15 premières questions" in talk.screen.text
    assert " 0 sur 20" not in talk.screen.text
    assert "Votre prochaine heure" in talk.screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_three_weeks_it_is_a_range_with_topics_and_a_next_hour(language: str) -> None:
    talk = with_exam(Talk(language=language))
    answer_days(talk, 21)
    talk.say("/forecast")
    text = talk.screen.text
    low, high = re.findall(r"\d+[.,]\d", text)[:2]
    assert float(low.replace(",", ".")) < float(high.replace(",", "."))
    assert text.count("%") == 8  # a share for each topic, all of them met by now
    assert "👉" in text or "👈" in text
    assert len(talk.screen.payload["text"]) <= 1500
    talk.say("/progress")
    assert "forecast::show" in talk.screen.buttons.values()


def test_supposed_marks_are_weighed_and_an_unknown_one_leaves_a_range(talk: Talk) -> None:
    with_exam(talk)
    talk.say("/forecast")
    talk.press("Et si")
    assert "coefficient 4" in talk.screen.text
    talk.say("12,5 11 13,25 14")
    assert "12,81 sur 20" in talk.screen.text
    talk.press("D’autres notes")
    talk.say("12 ? ? ?")
    assert "Entre 2 et 18,67 sur 20" in talk.screen.text
    assert "inconnu" in talk.screen.text


def test_marks_that_cannot_be_read_are_asked_again(talk: Talk) -> None:
    with_exam(talk)
    talk.press_token("forecast::marks")
    talk.say("douze et demi")
    assert talk.shows("4 notes de 0 à 20")
    assert "Par exemple" in talk.screen.text
    talk.say("12 13 14 15")
    assert "sur 20" in talk.screen.text


def test_who_goes_elsewhere_is_not_held_to_it(talk: Talk) -> None:
    with_exam(talk)
    talk.press_token("forecast::marks")
    talk.say("/menu")
    talk.say("12 13 14 15")
    assert "sur 20" not in talk.screen.text


def test_back_from_supposed_marks_is_back(talk: Talk) -> None:
    with_exam(talk)
    talk.press_token("forecast::marks")
    talk.press("← Retour")
    talk.say("12 13 14 15")
    assert "12" not in talk.screen.text or "sur 20" not in talk.screen.text


def test_the_evening_before_nothing_is_proposed_for_the_next_hour(talk: Talk) -> None:
    with_exam(talk, "25/11/2026")
    talk.say("/forecast")
    assert "prochaine heure" not in talk.screen.text


def test_many_topics_that_will_not_come_up_twice_are_counted_in_one_line(talk: Talk) -> None:
    with_exam(talk, "28/11/2026")
    talk.say("/forecast")
    text = talk.screen.text
    assert text.count("⏳") == 1
    assert re.search(r"\d thèmes ne reviendront pas deux fois", text)


def test_t13_the_mark_in_all_is_unknown_while_a_test_is_and_says_how_much_is_measured(
    talk: Talk,
) -> None:
    with_exam(talk)
    answer_days(talk, 4)
    talk.say("/forecast")
    assert "En tout : inconnu, 2 points de coefficient sur 12" in talk.screen.text
