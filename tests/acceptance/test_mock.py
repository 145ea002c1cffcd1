"""A mock oral and a coach that dies: it goes on at the same answer with the right time left."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.lives import NOON, ON_THE_WAY, Life

pytestmark = pytest.mark.acceptance

TWENTY = timedelta(minutes=20)


def test_t19_a_mock_oral_killed_in_the_middle_goes_on_with_the_right_time_left(
    tmp_path: Path,
) -> None:
    life = Life(tmp_path)
    coach, page = life.begin()
    page.say("/oral")
    page.wait_for("Ce qui vous attend")
    page.press("20 min")
    page.wait_for("question 1/4")
    page.say("Je suis Salma, licenciée en économie.")
    page.wait_for("Noté")
    life.wait_for_beat(NOON)
    coach.kill()

    # Up again an hour later, when it would be long over; and killed again at once.
    coach = life.at(NOON + timedelta(hours=1)).start()
    coach.kill()
    coach = life.at(NOON + timedelta(hours=2)).start()
    page = life.look(coach)
    page.say("Je traite 40 dossiers par jour à la mutuelle.")
    shown = page.wait_for("2 messages")
    assert "question 1/4" in shown
    assert re.search("Encore (18|19|20) minutes", shown)
    left = life.deadline("mocks") - (NOON + timedelta(hours=2))
    assert TWENTY - ON_THE_WAY < left < TWENTY + ON_THE_WAY

    # Paused, killed, and resumed a day later: the pause is no downtime, the kill no time lost.
    page.press("⏸")
    page.wait_for("Oral en pause")
    coach.kill()
    coach = life.at(NOON + timedelta(hours=26)).start()
    page = life.look(coach)
    page.press("▶ Reprendre")
    page.wait_for("2 messages")
    left = life.deadline("mocks") - (NOON + timedelta(hours=26))
    assert TWENTY - 3 * ON_THE_WAY < left < TWENTY + ON_THE_WAY
    page.press("✅ J’ai répondu")
    page.wait_for("relance")
    for _ in range(8):
        if any("🏁" in text for text in page.texts()):
            break
        page.press("Passer")
    report = page.wait_for("🏁")
    assert "3 questions sans réponse" in report
    coach.stop()
