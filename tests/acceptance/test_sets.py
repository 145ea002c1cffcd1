"""A timed set and a coach that dies: the time it was away is given back, once (T4)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.lives import NOON, ON_THE_WAY, Life

pytestmark = pytest.mark.acceptance


def test_t4_time_the_coach_was_killed_for_is_given_back_once_and_the_set_goes_on(
    tmp_path: Path,
) -> None:
    life = Life(tmp_path)
    coach, page = life.begin()
    page.say("/sets")
    page.wait_for("Séries thématiques")
    page.press("1")
    page.wait_for("20 questions en 20 minutes")
    page.press("▶ Commencer")
    question = page.wait_for("1/20").splitlines()[-5:]
    end = life.deadline()
    assert NOON + timedelta(minutes=20) <= end < NOON + timedelta(minutes=20) + ON_THE_WAY
    life.wait_for_beat(NOON)
    coach.kill()

    # Up again half an hour later, when the set would be long over; and again, killed at once.
    coach = life.at(NOON + timedelta(minutes=30)).start()
    coach.kill()
    coach = life.at(NOON + timedelta(minutes=40)).start()
    page = life.look(coach)
    page.say("/quiz")
    shown = page.wait_for("Votre série est en cours")
    assert shown.splitlines()[-5:] == question
    moved = life.deadline() - end
    assert timedelta(minutes=39) < moved < timedelta(minutes=40) + ON_THE_WAY
    left = life.deadline() - (NOON + timedelta(minutes=40))
    assert timedelta(minutes=19) < left < timedelta(minutes=20) + ON_THE_WAY
    assert re.search("Encore (18|19|20) minutes", shown)
    coach.stop()


def test_the_end_closes_a_set_nobody_touches(tmp_path: Path) -> None:
    """Fifteen minutes in five seconds, by a test clock that runs 180 times faster."""
    life = Life(tmp_path)
    coach, _ = life.begin()
    coach.stop()
    coach = life.at(NOON + timedelta(hours=1))
    coach.environment["COACH_TEST_CLOCK"] += "*180"
    with coach:
        page = life.look(coach)
        page.say("/sets")
        page.wait_for("Séries thématiques")
        page.press("5")
        page.wait_for("15 questions en 15 minutes")
        page.press("▶ Commencer")
        assert "0/15" in page.wait_for("questions sans réponse")
    ((outcome,),) = life.read("SELECT outcome FROM quizzes WHERE kind = 'set'")
    assert outcome == "time_over"
