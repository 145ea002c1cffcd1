"""A Sunday with a review of the plan, and what the tests of it look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.storage.database import Database
from tests.handlers.calendar import joined
from tests.talk import Bubble, Talk, pack

SUNDAY = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
NEXT_SUNDAY = SUNDAY + timedelta(days=7)
KINDS = ("replan", "questions", "focus")
TITLES = {"fr": "Votre plan pour la suite", "ar": "خطتك من الآن", "en": "Your plan from here"}


def begin(language: str = "fr", database: Database | None = None) -> Talk:
    """A candidate with a day for the written test, who answered nothing yet."""
    talk = joined(language, written="31/01/2027", database=database)
    talk.say("/quiz")
    return talk


def reviewed(language: str = "fr", database: Database | None = None) -> Talk:
    """A candidate on a Sunday that proposes all three: late steps, few quizzes, one weak topic."""
    talk = begin(language, database)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=6, hours=-6))
    miss_one_topic(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=7))
    return talk


def miss_one_topic(talk: Talk) -> None:
    """Miss five questions of one topic, in extra practice."""
    mine = talk.candidate_id
    topic = pack().head.topics[0].id
    five = [each for each in pack().questions.values() if each.topic == topic][:5]
    with talk.database.begin() as store:
        while (old := store.quizzes.open_of(mine)) is not None:
            store.quizzes.close(old.id, "replaced", talk.now)
        store.quizzes.create(mine, "extra", talk.now.date(), five, talk.now)
    for _ in five:
        talk.answer(right=False)


def screen(talk: Talk) -> Bubble:
    return talk.shows(TITLES[talk.language])


def proposals(talk: Talk) -> dict[str, Any]:
    """The newest review's proposals by kind."""
    mine = talk.candidate_id
    with talk.database.begin() as store:
        found = store.proposals.of_candidate(mine)
    return {each.change.kind: each for each in found if each.offered_at == found[-1].offered_at}


def state(talk: Talk) -> dict[str, Any]:
    """All that a review could move: settings, competitions, dates, statuses, timers."""
    mine = talk.candidate_id
    with talk.database.begin() as store:
        kept = store.privacy.everything(mine)
    tables = ("candidates", "enrolments", "enrolment_dates", "enrolment_statuses", "timers")
    found = {name: [dict(row) for row in kept[name]] for name in tables}
    for row in found["candidates"]:
        row.pop("active_at")
    return found


def press(talk: Talk, kind: str, action: str) -> None:
    talk.press_token(f"review:{proposals(talk)[kind].id}:{action}", ref=screen(talk).ref)
