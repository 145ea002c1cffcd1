"""An accepted proposal is undone exactly, and never over what was changed since (M74)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.handlers.calendar import enter
from tests.handlers.reviews import KINDS, press, proposals, reviewed, screen, state
from tests.lives import me
from tests.talk import Talk


@pytest.mark.parametrize("kind", KINDS)
def test_accepted_then_undone_everything_is_as_before(kind: str) -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, kind, "yes")
    assert state(talk) != before
    assert "Annulable jusqu’au dimanche 20 décembre 2026" in screen(talk).text
    press(talk, kind, "undo")
    assert state(talk) == before
    assert "tout est comme avant" in screen(talk).text


@pytest.mark.parametrize("order", tuple(permutations(KINDS)))
def test_all_accepted_they_can_be_undone_in_any_order(order: tuple[str, ...]) -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "replan", "all")
    for kind in order:
        press(talk, kind, "undo")
    assert state(talk) == before


def test_a_doubled_press_counts_once_on_the_way_there_and_back() -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "questions", "yes")
    accepted = state(talk)
    press(talk, "questions", "yes")
    assert state(talk) == accepted
    for _ in range(2):
        press(talk, "questions", "undo")
        assert state(talk) == before
        assert "C’est annulé" in talk.notice
    press(talk, "questions", "yes")
    assert state(talk) == before
    assert "n’est plus ouverte" in talk.notice


@pytest.mark.parametrize("kind", KINDS)
def test_undo_outlives_a_restart(kind: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = reviewed(database=Database(url))
    before = state(talk)
    press(talk, kind, "yes")
    number = proposals(talk)[kind].id
    talk.database.close()
    again = Talk(database=Database(url), now=talk.now + timedelta(days=6), first_id=10_000)
    again.press_token(f"review:{number}:undo")
    assert state(again)["enrolments"] == before["enrolments"]
    assert state(again)["candidates"] == before["candidates"]
    again.database.close()


@pytest.mark.parametrize(("hours", "is_undone"), [(7 * 24 - 1, True), (7 * 24, False)])
def test_undo_is_possible_for_seven_days(hours: int, *, is_undone: bool) -> None:
    talk = reviewed()
    press(talk, "questions", "yes")
    talk.now += timedelta(hours=hours)
    press(talk, "questions", "undo")
    assert (me(talk).questions_a_day == 5) == is_undone


def by_hand(talk: Talk) -> None:
    talk.press_token("set:number:10")


def another_day(talk: Talk) -> None:
    enter(talk, "written", "28/02/2027")


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize(("kind", "change"), [("questions", by_hand), ("replan", another_day)])
def test_what_the_candidate_changed_since_is_left_alone(
    kind: str, change: Callable[[Talk], None], days: int
) -> None:
    talk = reviewed()
    talk.now += timedelta(days=days)
    change(talk)
    changed = state(talk)
    press(talk, kind, "yes")
    assert "entre-temps" in talk.notice
    assert "Plus d’actualité" in screen(talk).text
    assert proposals(talk)[kind].declined_at is None, "nobody refused it"
    assert state(talk) == changed
    talk = reviewed()
    press(talk, kind, "yes")
    talk.now += timedelta(days=days)
    change(talk)
    changed = state(talk)
    press(talk, kind, "undo")
    assert "entre-temps" in talk.notice
    assert state(talk) == changed


def test_a_late_keep_does_not_say_that_what_was_accepted_was_kept() -> None:
    talk = reviewed()
    press(talk, "replan", "all")
    accepted = state(talk)
    press(talk, "replan", "keep")
    assert "n’est plus ouverte" in talk.notice
    assert state(talk) == accepted
