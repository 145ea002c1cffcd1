"""/sets: the list, the screen before the start, one set at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.schema import LANGUAGES
from tests.handlers.timed_sets import (
    TWENTY,
    reload,
    running,
    settled,
    start,
    the_set,
)
from tests.lives import settle
from tests.talk import MOST_PLAIN, Talk, pack


@pytest.fixture
def talk() -> Talk:
    return settled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_m40_a_set_is_chosen_started_answered_and_ends_with_its_badge(language: str) -> None:
    talk = Talk(language=language)
    settle(talk)
    talk.say("/sets")
    for number, each in enumerate(pack().sets.values(), 1):
        assert f"{number}. {each.name.in_language(language)}" in talk.screen.text
    assert "0/6" in talk.screen.text
    bubble = talk.screen
    talk.press("3", bubble=bubble)
    assert "20" in talk.screen.text
    talk.press("▶", bubble=bubble)
    assert "1/20" in talk.screen.text
    for number in range(20):
        assert f"{number + 1}/20" in talk.screen.text
        assert len(talk.screen.payload["text"]) <= MOST_PLAIN
        talk.answer(right=number >= 8)
        assert talk.notice == "" or number == 19
    assert "12/20" in talk.screen.text
    assert "✅" in talk.screen.text
    assert talk.screen is bubble, "one message from the start to the result"
    talk.say("/sets")
    assert "1/6" in talk.screen.text
    assert f"✅ 3. {pack().sets['set-administration'].name.in_language(language)}" in (
        talk.screen.text
    )


def test_under_sixty_percent_there_is_a_best_result_and_no_badge(talk: Talk) -> None:
    start(talk)
    for number in range(20):
        talk.answer(right=number >= 9)
    assert "11/20" in talk.screen.text
    assert "Le badge est à 12/20" in talk.screen.text
    talk.say("/sets")
    assert "0/6" in talk.screen.text
    assert f"🔸 1. {TWENTY.name.fr} : 11/20" in talk.screen.text
    talk.press("1")
    assert "Votre meilleur résultat : 11/20" in talk.screen.text


def test_the_screen_before_the_start_starts_nothing(talk: Talk) -> None:
    talk.say("/sets")
    talk.press("1")
    assert "20 questions en 20 minutes" in talk.screen.text
    assert running(talk) is None
    assert list(talk.screen.buttons) == ["▶ Commencer", "← Les séries", "Menu"]
    talk.press("←")
    assert "Séries thématiques" in talk.screen.text


def test_a_doubled_start_finds_the_one_set_where_it_is(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer()
    talk.press_token("sets:set-amo:start", ref=talk.screen.ref)
    assert the_set(talk).id == quiz.id
    assert "2/20" in talk.screen.text


def test_another_set_waits_the_candidate_goes_on_or_gives_up(talk: Talk) -> None:
    quiz = start(talk)
    talk.answer()
    talk.press_token("sets:set-tools:start")
    assert "Une série est en cours" in talk.screen.text
    assert "Réponses données : 1/20" in talk.screen.text
    talk.press("▶ Reprendre")
    assert "2/20" in talk.screen.text
    talk.press_token("sets:set-tools:start")
    talk.press("Arrêter")
    assert "Série arrêtée" in talk.screen.text
    assert reload(talk, quiz).outcome == "given_up"
    talk.say("/sets")
    assert f"▫️ 1. {TWENTY.name.fr}" in talk.screen.text, "a set given up is no result"
    assert start(talk, "set-tools").set_id == "set-tools"


def test_a_set_mostly_met_today_comes_back_tomorrow_rather_than_shorter(talk: Talk) -> None:
    for _ in range(3):
        start(talk, "set-users")
        for _ in range(15):
            talk.answer()
    talk.press_token("sets:set-users:start")
    assert "Revenez demain" in talk.screen.text
    assert running(talk) is None


def test_a_pack_without_sets_says_so() -> None:
    talk = Talk(the_pack=replace(pack(), sets={}))
    settle(talk)
    talk.say("/sets")
    assert "pas encore de série" in talk.screen.text
    for gesture in ("/progress", "/library"):
        talk.say(gesture)
        assert "Séries" not in talk.screen.text
        assert not [label for label in talk.screen.buttons if "Séries" in label]
