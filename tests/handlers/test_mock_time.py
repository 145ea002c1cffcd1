"""A mock oral's clock: pause, resume, kind words, the end, a restart, quiet, another channel."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.messages import Address, TextReceived
from bot.storage.database import Database
from bot.storage.tables import drafts, mocks, timers, voice_files
from tests.handlers.mock_orals import (
    GOOD,
    answer,
    label,
    play,
    press,
    reload,
    running,
    settled,
    start,
    the_mock,
)
from tests.lives import settle
from tests.talk import START, Talk

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def talk() -> Talk:
    return settled()


def shown_since(talk: Talk, count: int) -> list[str]:
    return [bubble.text for bubble in talk.chat.bubbles[count:]]


# --- pause ---


def test_a_pause_stops_the_clock_and_gives_the_texts_back_to_the_coach(talk: Talk) -> None:
    mock = start(talk)
    talk.say("Je suis économiste")
    talk.wait(minutes=6)
    press(talk, "pause")
    assert "Encore 14 minutes" in talk.screen.text
    assert "60 secondes" not in talk.screen.text, "a pause is no time to think"
    talk.say("bonjour")
    assert len(reload(talk, mock).answers[0].notes) == 1
    talk.wait(days=2)
    talk.say("/oral")
    assert "Oral en pause" in talk.screen.text
    assert "Encore 14 minutes" in talk.screen.text
    talk.press("▶ Reprendre")
    assert "Encore 14 minutes" in talk.screen.text
    assert "Je suis économiste" in talk.screen.text
    talk.wait(minutes=13)
    assert running(talk) is not None
    talk.wait(minutes=2)
    assert running(talk) is None


def test_a_doubled_pause_or_resume_moves_nothing(talk: Talk) -> None:
    mock = start(talk)
    for action in ("pause", "pause"):
        talk.press_token(f"mock:{mock.id}:{action}", ref=talk.screen.ref)
    talk.wait(hours=1)
    for action in ("resume", "resume"):
        talk.press_token(f"mock:{mock.id}:{action}", ref=talk.screen.ref)
    assert the_mock(talk).deadline_at == mock.deadline_at + timedelta(hours=1)


def test_a_paused_mock_is_stopped_as_well(talk: Talk) -> None:
    mock = start(talk)
    answer(talk)
    press(talk, "pause")
    press(talk, "stop")
    press(talk, "end")
    assert reload(talk, mock).outcome == "given_up"
    assert running(talk) is None


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_words_that_mean_nothing_else_are_told_that_the_mock_is_paused(language: str) -> None:
    talk = settled(language)
    mock = start(talk)
    press(talk, "pause")
    for act in (lambda: talk.say(GOOD[language]), lambda: talk.speak(40)):
        before = len(talk.chat.bubbles)
        act()
        told, paused = shown_since(talk, before)
        assert told == label(talk, "mock.not_added")
        assert label(talk, "mock.go_on") in talk.screen.buttons
        assert label(talk, "mock.when_back") in paused
    assert not reload(talk, mock).answers[0].notes
    talk.press(label(talk, "mock.go_on"))
    press(talk, "end")
    talk.say(GOOD[language])
    assert label(talk, "mock.not_added") not in talk.screen.text


def test_an_answer_near_a_known_question_is_no_question_while_the_mock_is_paused(
    talk: Talk,
) -> None:
    start(talk)
    press(talk, "pause")
    talk.say("Je veux la CNOPS parce que le délai pèse sur les familles.")
    assert "Oral en pause" in talk.screen.text
    talk.say("bonjour")
    assert "Oral en pause" not in talk.screen.text


def test_a_forged_not_added_without_a_paused_mock_adds_nothing_to_the_menu(talk: Talk) -> None:
    talk.press_token("mock::not_added")
    assert "Menu" in talk.screen.text
    start(talk)
    talk.press_token("mock::not_added")
    assert "Menu" in talk.screen.text


def test_an_edit_while_it_is_paused_is_not_taken(talk: Talk) -> None:
    mock = start(talk)
    typed = talk.typed_of("Je suis économiste")
    talk.hand_in(typed)
    press(talk, "pause")
    talk.edit(typed.message_ref, "Je suis économiste et j'ai réfléchi")
    assert "n’est pas prise" in talk.screen.text
    assert reload(talk, mock).answers[0].notes[0].text == "Je suis économiste"


# --- kind words and the end ---


def test_two_kind_words_tell_the_time_and_interrupt_nothing(talk: Talk) -> None:
    mock = start(talk)
    talk.say("Je suis économiste")
    before = len(talk.chat.bubbles)
    talk.wait(minutes=19)
    words = [each.split("\xa0:")[0] for each in shown_since(talk, before)]
    assert words == ["⏳ Encore 10 minutes", "⏳ Encore 3 minutes"]
    talk.say("à Fès")
    assert len(reload(talk, mock).answers[0].notes) == 2


def test_words_come_at_the_moved_end_after_a_pause(talk: Talk) -> None:
    start(talk)
    talk.wait(minutes=9)
    press(talk, "pause")
    talk.wait(hours=5)
    press(talk, "resume")
    before = len(talk.chat.bubbles)
    talk.wait(seconds=59)
    assert shown_since(talk, before) == []
    talk.wait(seconds=2)
    assert "Encore 10 minutes" in talk.screen.text


def test_the_end_closes_it_as_it_stands_with_its_report(talk: Talk) -> None:
    mock = start(talk)
    answer(talk)
    press(talk, "skip")
    talk.say(GOOD["fr"])
    talk.wait(minutes=21)
    assert talk.screen.text.startswith("🏁")
    kept = reload(talk, mock)
    assert kept.outcome == "time_over"
    assert [each.how for each in kept.results] == ["read", "read", "none", "none"]
    assert "les 20 minutes sont écoulées" in talk.screen.text
    talk.say("encore un mot")
    assert "n’y a pas été ajouté" in talk.shows("ajouté").text
    assert kept == reload(talk, mock)


def test_the_day_after_its_end_a_text_is_a_question_to_the_coach_again(talk: Talk) -> None:
    start(talk)
    answer(talk)
    talk.wait(hours=20)
    talk.say("bonjour")
    assert "Menu" in talk.screen.text
    assert "ajouté" not in talk.screen.text


def test_nothing_answered_until_the_end_does_not_count(talk: Talk) -> None:
    mock = start(talk)
    talk.wait(minutes=21)
    assert reload(talk, mock).outcome == "given_up"
    assert "Oral arrêté" in talk.screen.text
    talk.press("Un autre oral")
    assert "À avoir prêt" in talk.screen.text


@pytest.mark.parametrize(("late", "counts"), [(5, True), (5.5, False)])
def test_f1_words_received_five_seconds_after_the_end_count(
    talk: Talk, late: float, counts: bool
) -> None:
    mock = start(talk)
    answer(talk)
    press(talk, "skip")
    talk.now = mock.deadline_at + late * SECOND
    talk.say(GOOD["fr"])
    assert (running(talk) is not None) is counts
    assert bool(reload(talk, mock).answers[2].notes) is counts


def test_a_late_press_sees_the_report_and_says_why(talk: Talk) -> None:
    mock = start(talk)
    answer(talk)
    talk.now = mock.deadline_at + MINUTE
    talk.press_token(f"mock:{mock.id}:skip.1", ref=talk.screen.ref)
    assert talk.screen.text.startswith("🏁")
    assert "Le temps est écoulé" in talk.notice


def test_the_end_waits_while_its_time_is_about_to_be_given_back(talk: Talk) -> None:
    """A lone worker fires the timer while the process that takes answers is down."""
    start(talk)
    with talk.database.begin() as store:
        store.install.note_alive(None, talk.now + SECOND)
    talk.wait(minutes=60)
    assert running(talk) is not None


# --- a restart ---


def test_f4_a_restart_goes_on_with_the_same_question_and_the_time_that_is_left(
    tmp_path: object,
) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = Talk(database=Database(url))
    settle(talk)
    start(talk, 5)
    talk.say("Je suis économiste")
    again = Talk(database=Database(url), now=START + timedelta(minutes=7), first_id=9000)
    again.chats = talk.chats
    again.say("à Fès")
    assert "2 messages" in again.screen.text
    assert "Encore 18 minutes" in again.screen.text


def test_t58_it_goes_on_at_the_same_question_on_another_channel(talk: Talk) -> None:
    start(talk)
    talk.say("Je suis économiste")
    page = Address(channel="web", chat="cookie")
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.conversations.open(page, "cookie", candidate_id, talk.now + MINUTE)
    talk.move_to("web", "cookie")
    talk.say("/oral")
    assert "Je suis économiste" in talk.screen.text
    talk.say("à Fès")
    assert "2 messages" in talk.screen.text
    before = len(talk.chat.bubbles)
    talk.wait(minutes=12)
    assert len(talk.chat.bubbles) == before + 1, "the kind word comes where the mock is played"


# --- quiet ---


def test_t35_the_day_s_quiz_and_the_report_come_once_the_mock_is_over() -> None:
    talk = Talk(now=datetime(2026, 11, 24, 19, 30, tzinfo=UTC))
    talk.join()
    candidate_id = talk.candidate_id
    talk.now += timedelta(minutes=25)
    with talk.database.begin() as store:
        for kind in ("daily_quiz", "weekly_report"):
            store.timers.arm(candidate_id, kind, "", talk.now + timedelta(minutes=16))
    talk.answer()
    start(talk)
    answer(talk)
    shown = len(talk.chat.bubbles)
    talk.wait(minutes=19)
    assert all("⏳" in text for text in shown_since(talk, shown))
    talk.wait(minutes=30)
    assert talk.shows("Votre semaine") in talk.chat.bubbles[shown:]
    assert talk.shows("Quiz du jour") in talk.chat.bubbles[shown:]


# --- what is kept ---


def test_a_voice_note_is_timed_ticked_and_never_read(talk: Talk) -> None:
    mock = start(talk)
    talk.speak(40)
    talk.speak(18)
    assert "58\xa0s" in talk.screen.text, "two notes are one answer"
    press(talk, "tick.on.who")
    press(talk, "tick.on.who")
    press(talk, "tick.on.brings")
    press(talk, "tick.off.brings")
    assert [each for each in talk.screen.buttons if each.startswith("✅")] == [
        "✅ Qui je suis",
        "✅ J’ai répondu",
    ]
    press(talk, "done")
    while running(talk) is not None:
        press(talk, "skip")
    text = talk.screen.text.replace("\xa0", " ")
    assert "1. Présentation · 🎙 1/5, d’après vous" in text
    assert "Coché : 1 sur 3, en 58 s." in text
    assert "1 réponse vocale, d’après vos coches et sa durée : 1/5" in text
    assert "lue" not in text
    assert reload(talk, mock).results[0].how == "ticked"


def test_typing_after_a_voice_note_needs_a_press_and_loses_nothing(talk: Talk) -> None:
    mock = start(talk)
    talk.say("Je suis économiste")
    talk.speak(58)
    assert "J’écris plutôt" in talk.screen.buttons
    press(talk, "write")
    assert "Je suis économiste" in talk.screen.text
    assert not reload(talk, mock).answers[0].is_spoken


def test_voice_files_are_kept_only_with_consent_and_can_be_deleted(talk: Talk) -> None:
    def kept() -> int:
        with talk.database.engine.connect() as connection:
            count = sa.select(sa.func.count()).select_from(voice_files)
            return int(connection.execute(count).scalar_one())

    start(talk)
    talk.speak(58)
    assert kept() == 0
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        store.candidates.change(candidate_id, keep_voice=True)
    talk.speak(22)
    assert kept() == 1
    press(talk, "done")
    while running(talk) is not None:
        press(talk, "skip")
    talk.press("🗑")
    assert kept() == 0
    assert "effacées" in talk.notice
    assert not [each for each in talk.screen.buttons if each.startswith("🗑")]
    assert "🎙 0/5" in talk.screen.text
    assert "un point de moins" in talk.screen.text


def test_a_report_without_kept_voices_offers_no_deletion(talk: Talk) -> None:
    play(talk)
    assert not [each for each in talk.screen.buttons if each.startswith("🗑")]


def test_export_forget_and_link_know_of_mocks(talk: Talk) -> None:
    mock = play(talk)
    start(talk)
    talk.say("Je suis économiste")
    talk.say("/mydata")
    assert talk.screen.file is not None
    candidate_id = talk.candidate_id
    with talk.database.begin() as store:
        kept = json.loads(json.dumps(store.privacy.everything(candidate_id)))
        history = store.histories.of(candidate_id)
    assert [each["outcome"] for each in kept["mocks"]] == ["finished", None]
    assert {each["mock_id"] for each in kept["drafts"]} == {mock.id, mock.id + 1}
    assert "mock_clock" in {timer["kind"] for timer in kept["timers"]}
    assert history.mocks == 1
    with talk.database.begin() as store:
        store.privacy.forget(candidate_id)
    with talk.database.engine.connect() as connection:
        for table in (mocks, drafts, timers):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_what_waits_in_a_queue_has_not_come_late(talk: Talk) -> None:
    mock = start(talk)
    answer(talk)
    press(talk, "skip")
    received_at = mock.deadline_at
    talk.now = received_at + MINUTE
    talk.hand_in(TextReceived(**{**talk._common(), "at": received_at}, text=GOOD["fr"]))
    assert reload(talk, mock).answers[2].notes
