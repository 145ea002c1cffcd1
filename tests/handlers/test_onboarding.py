"""The welcome: at most six taps to the first question, nothing kept before consent."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.storage.tables import metadata
from tests.talk import Talk


def rows(talk: Talk) -> dict[str, int]:
    """How many rows each table holds."""
    with talk.database.engine.connect() as connection:
        counts = {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table)
            ).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


@pytest.mark.parametrize(
    ("language", "agree", "grade", "not_yet"),
    [
        ("fr", "J'accepte", "B", "Pas encore"),
        ("ar", "أوافق", "B", "ليس بعد"),
        ("en", "I agree", "B", "Not yet"),
    ],
)
def test_six_taps_lead_to_the_first_question(
    language: str, agree: str, grade: str, not_yet: str
) -> None:
    talk = Talk(language="de")
    talk.say("/start")
    taps = [("Français", "العربية", "English")[("fr", "ar", "en").index(language)], agree]
    for tap in taps:
        talk.press(tap)
    talk.press_token("start:stream:legal", ref=talk.screen.ref)
    talk.press(grade)
    talk.press(not_yet)
    talk.press("20:00")
    assert set(talk.screen.buttons) >= {"A", "B", "C", "D"}
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        me = store.candidates.get(candidate_id)
    assert me is not None
    assert (me.language, me.stream, me.grade) == (language, "legal", "B")


def test_nothing_about_a_person_is_kept_before_consent(talk: Talk) -> None:
    talk.say("/start")
    talk.press("English")
    talk.press("Français")
    assert set(rows(talk)) <= {"inbox"}


def test_anything_said_before_consent_gets_the_welcome(talk: Talk) -> None:
    for text in ("bonjour", "/quiz", "/settings", "/nonsense"):
        talk.say(text)
        assert "Bienvenue" in talk.screen.text
    talk.press_token("quiz:1:a0a")
    assert "Bienvenue" in talk.screen.text
    talk.speak(12)
    assert "Bienvenue" in talk.screen.text
    assert set(rows(talk)) <= {"inbox"}


def test_the_welcome_is_one_message_edited(talk: Talk) -> None:
    talk.join()
    assert len(talk.chat.bubbles) == 2
    assert talk.chat.bubbles[0].rewrites >= 4


def test_start_again_shows_the_menu_and_loses_nothing(talk: Talk) -> None:
    talk.join()
    talk.answer()
    before = rows(talk)
    talk.say("/start")
    after = rows(talk)
    assert after["quiz_items"] == before["quiz_items"]
    assert after["candidates"] == 1
    assert "quiz::open" in talk.screen.buttons.values()


def test_start_in_the_middle_of_the_welcome_goes_on_with_it(talk: Talk) -> None:
    talk.say("/start")
    talk.press("J'accepte")
    talk.say("/start")
    assert "1/4" in talk.screen.text


def test_a_start_link_s_wish_survives_the_welcome(talk: Talk) -> None:
    talk.say("/start plan")
    talk.press("العربية")
    talk.press("Français")
    talk.press("J'accepte")
    for token in ("start:stream:data", "start:grade:A", "start:dates:none", "start:hour:0800"):
        talk.press_token(token, ref=talk.screen.ref)
    assert talk.last.route.startswith("press start")
    assert not {"A", "B", "C", "D"} <= set(talk.screen.buttons)


def test_a_hostile_start_link_does_no_harm(talk: Talk) -> None:
    talk.say("/start " + "é\x00<b>'\";--" * 20)
    assert "Bienvenue" in talk.screen.text


def test_an_exam_date_can_be_given_in_the_welcome(talk: Talk) -> None:
    talk.say("/start")
    talk.press("J'accepte")
    talk.press_token("start:stream:benefits", ref=talk.screen.ref)
    talk.press_token("start:grade:B", ref=talk.screen.ref)
    talk.press_token("start:dates:estimated", ref=talk.screen.ref)
    talk.say("pas une date")
    talk.say("15/01/2027")
    talk.press("08:00")
    assert {"A", "B", "C", "D"} <= set(talk.screen.buttons)
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        (enrolment,) = store.enrolments.of_candidate(candidate_id)
    assert [str(each.day) for each in enrolment.dates.values()] == ["2027-01-15"]


def test_another_quiz_hour_can_be_typed(talk: Talk) -> None:
    talk.say("/start")
    talk.press("J'accepte")
    for token in ("start:stream:data", "start:grade:A", "start:dates:none", "start:hour:other"):
        talk.press_token(token, ref=talk.screen.ref)
    talk.say("25h")
    talk.say("7h15")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        me = store.candidates.get(candidate_id)
    assert me is not None
    assert f"{me.quiz_time:%H:%M}" == "07:15"


def test_old_buttons_of_the_welcome_change_nothing_later(talk: Talk) -> None:
    talk.join()
    talk.press_token("start:grade:C")
    talk.press_token("start::yes.en")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        me = store.candidates.get(candidate_id)
    assert me is not None
    assert (me.grade, me.language) == ("B", "fr")
    assert rows(talk)["candidates"] == 1


@pytest.mark.parametrize("typed", ["bonjour", "/start", "/menu", "/xyz", "😀", "12"])
def test_anything_typed_in_the_welcome_asks_the_same_step_again_at_the_bottom(
    talk: Talk, typed: str
) -> None:
    talk.say("/start")
    talk.press("J'accepte")
    for token, step in (("start:stream:legal", "2/4"), ("start:grade:A", "3/4")):
        talk.press_token(token, ref=talk.screen.ref)
        before = len(talk.chat.bubbles)
        talk.say(typed)
        assert len(talk.chat.bubbles) == before + 1
        assert step in talk.screen.text


def test_the_quiz_hour_can_be_typed_right_away(talk: Talk) -> None:
    talk.say("/start")
    talk.press("J'accepte")
    for token in ("start:stream:data", "start:grade:A", "start:dates:none"):
        talk.press_token(token, ref=talk.screen.ref)
    talk.say("7h")
    assert {"A", "B", "C", "D"} <= set(talk.screen.buttons)
    with talk.database.begin() as store:
        me = store.candidates.get(talk.candidate_id)
    assert me is not None
    assert me.quiz_time.hour == 7
