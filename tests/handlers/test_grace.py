"""Nothing the coach says by itself interrupts within 15 minutes of activity (T35)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.handlers.calendar import joined
from tests.talk import Talk

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HALF_MINUTE = timedelta(seconds=29)


def timer(kind: str, ref: str = "") -> Callable[[Talk], None]:
    def arm(talk: Talk) -> None:
        mine = talk.candidate_id
        with talk.database.begin() as store:
            store.timers.arm(mine, kind, ref, NINE)

    return arm


def put_off(talk: Talk) -> None:
    mine = talk.candidate_id
    talk.now = NINE - timedelta(hours=1)
    talk.say("/quiz")
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(mine)
    assert quiz is not None
    talk.press_token(f"quiz:{quiz.id}:hour")


def pause(talk: Talk) -> None:
    talk.now = NINE - timedelta(days=1)
    talk.press_token("pause:1d:")


def missing(talk: Talk) -> None:
    talk.now = NINE - timedelta(days=1)
    talk.press_token("watch:1:off")


def report(talk: Talk) -> None:
    talk.now = NINE - timedelta(days=2)
    talk.answer()
    timer("weekly_report")(talk)


SPEECHES: dict[str, tuple[Callable[[Talk], None], str]] = {
    "the daily quiz": (timer("daily_quiz"), "Quiz du jour"),
    "a quiz put off": (put_off, "À l’heure que vous avez choisie"),
    "the weekly report": (report, "Votre semaine"),
    "the end of a pause": (pause, "Content de vous revoir"),
    "a reminder of a date": (timer("milestone", "1:filing_deadline:snooze"), "dépôt"),
    "the question about the list": (timer("list_watch", "1:"), "La liste des admis"),
    "the question about an appeal": (missing, "Votre réclamation est-elle partie"),
}


@pytest.mark.parametrize("name", SPEECHES)
def test_t35_it_waits_for_fifteen_minutes_without_activity_then_comes(name: str) -> None:
    prepare, words = SPEECHES[name]
    filing = "10/12/2026 16:30" if "date" in name else "30/11/2026 16:30"
    talk = joined(filing=filing)
    if "date" not in name:
        talk.press_token("dates:1:done.filing_deadline")
    prepare(talk)
    talk.now = NINE - timedelta(minutes=5)
    talk.say("/menu")
    talk.now += HALF_MINUTE
    talk.say("/menu")
    seen, last = len(talk.chat.bubbles), talk.now
    talk.wait_until(last + timedelta(minutes=15))
    assert [bubble.text for bubble in talk.chat.bubbles[seen:]] == []
    talk.wait_until(last + timedelta(minutes=16))
    assert any(words in bubble.text for bubble in talk.chat.bubbles[seen:])
