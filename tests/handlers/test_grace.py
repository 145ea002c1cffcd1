"""Nothing the coach says by itself interrupts within 15 minutes of activity, or a set (T35)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.handlers.calendar import joined
from tests.talk import Talk, pack

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


def question_reported(talk: Talk) -> None:
    mine, question = talk.candidate_id, next(iter(pack().questions.values()))
    with talk.database.begin() as store:
        store.reports.add(mine, question, "wrong", talk.now)
        store.reports.decide(question, "kept", "", talk.now)
    timer("report_answer", question.id)(talk)


SPEECHES: dict[str, tuple[Callable[[Talk], None], str]] = {
    "the daily quiz": (timer("daily_quiz"), "Quiz du jour"),
    "a quiz put off": (put_off, "À l’heure que vous avez choisie"),
    "the weekly report": (report, "Votre semaine"),
    "the end of a pause": (pause, "Content de vous revoir"),
    "a reminder of a date": (timer("milestone", "1:filing_deadline:snooze"), "dépôt"),
    "the question about the list": (timer("list_watch", "1:"), "La liste des admis"),
    "the question about an appeal": (missing, "Votre réclamation est-elle partie"),
    "the answer to a question reported": (question_reported, "Vous aviez signalé"),
}


def about_to_speak(name: str) -> Talk:
    """A candidate to whom this is about to be said at nine, and nothing else."""
    prepare, _ = SPEECHES[name]
    filing = "10/12/2026 16:30" if "date" in name else "30/11/2026 16:30"
    talk = joined(filing=filing)
    if "date" not in name:
        talk.press_token("dates:1:done.filing_deadline")
    prepare(talk)
    talk.now = NINE - timedelta(minutes=5)
    return talk


@pytest.mark.parametrize("name", SPEECHES)
def test_t35_it_waits_for_fifteen_minutes_without_activity_then_comes(name: str) -> None:
    talk = about_to_speak(name)
    talk.say("/menu")
    talk.now += HALF_MINUTE
    talk.say("/menu")
    seen, last = len(talk.chat.bubbles), talk.now
    talk.wait_until(last + timedelta(minutes=15))
    assert [bubble.text for bubble in talk.chat.bubbles[seen:]] == []
    talk.wait_until(last + timedelta(minutes=16))
    assert any(SPEECHES[name][1] in bubble.text for bubble in talk.chat.bubbles[seen:])


@pytest.mark.parametrize("name", SPEECHES)
def test_t35_it_waits_until_a_timed_set_is_over_then_comes(name: str) -> None:
    """A set of twenty minutes outlasts the grace after its last press."""
    talk = about_to_speak(name)
    talk.press_token("sets:set-amo:start")
    seen, ends = len(talk.chat.bubbles), talk.now + timedelta(minutes=20)
    talk.wait_until(ends + timedelta(minutes=15))
    assert [bubble.text for bubble in talk.chat.bubbles[seen:]] == []
    talk.wait_until(ends + timedelta(minutes=16))
    assert any(SPEECHES[name][1] in bubble.text for bubble in talk.chat.bubbles[seen:])


def test_the_last_hours_before_a_deadline_wait_for_no_set() -> None:
    talk = joined(filing="01/12/2026 15:00")
    talk.now = NINE - timedelta(minutes=5)
    talk.press_token("sets:set-amo:start")
    talk.wait_until(NINE + timedelta(minutes=1))
    assert "dépôt : dans 6 h" in talk.screen.text
