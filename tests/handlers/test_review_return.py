"""After an absence the next visit offers a new plan, once (T8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.calendar import competition
from tests.handlers.reviews import SUNDAY, TITLES, begin, press, screen, state
from tests.talk import Talk


def away(days: int) -> Talk:
    """Five answers on Tuesday the 24th, then nothing for so many days; no Sunday report came."""
    talk = begin()
    for _ in range(5):
        talk.answer()
    talk.now += timedelta(days=days)
    return talk


@pytest.mark.parametrize(("days", "is_offered"), [(6, False), (7, True)])
@pytest.mark.parametrize("command", ["/menu", "/plan"])
def test_t8_after_seven_idle_days_the_next_visit_offers_a_new_plan(
    command: str, days: int, *, is_offered: bool
) -> None:
    talk = away(days)
    talk.say(command)
    assert ("🧭 Ajuster mon plan" in talk.screen.buttons) == is_offered
    if is_offered:
        before = state(talk)
        talk.press("🧭 Ajuster")
        assert state(talk) == before
        assert "Après 7 jours de pause" in screen(talk).text
        assert "rien à rattraper" in screen(talk).text


def test_who_comes_back_through_the_quiz_is_offered_it_at_its_end() -> None:
    talk = away(9)
    talk.say("/quiz")
    for _ in range(5):
        talk.answer()
    talk.press("🧭 Ajuster")
    press(talk, "replan", "yes")
    assert competition(talk).planned_from == talk.now.date()


def test_a_validated_step_is_no_idleness() -> None:
    talk = away(5)
    talk.press_token("plan:1:set.validated.watch-notice")
    talk.now += timedelta(days=4)
    talk.say("/menu")
    assert "🧭 Ajuster mon plan" not in talk.screen.buttons


def test_t8_it_is_offered_once_an_absence() -> None:
    talk = away(8)
    talk.say("/menu")
    talk.press("🧭 Ajuster")
    press(talk, "replan", "keep")
    talk.say("/menu")
    assert "🧭 Ajuster mon plan" not in talk.screen.buttons
    talk.press_token("review::show")
    assert "Rien à changer" in talk.screen.text


def test_while_away_sunday_asks_once_and_the_return_still_finds_it() -> None:
    talk = away(0)
    talk.wait_until(SUNDAY + timedelta(days=22))
    sent = [b for b in talk.chat.bubbles if TITLES["fr"] in b.text]
    assert len(sent) <= 2
    noticed = [b for b in sent if "jours de pause" in b.text]
    assert len(noticed) == 1
    talk.say("/menu")
    talk.press("🧭 Ajuster")
    assert "Plan recalculé" in screen(talk).text
