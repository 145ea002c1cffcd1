"""The jobs: due timers fire once each, old rows go, new zone data moves every timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.messages import Incoming
from bot.storage.database import Database
from bot.storage.tables import inbox, timers
from scheduler.jobs import fire_due_timers, follow_zone_data, tidy_up
from tests.talk import Talk, pack


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    talk = Talk(database=Database(f"sqlite:///{tmp_path}/coach.db"))
    talk.join()
    return talk


def due_of(talk: Talk) -> dict[str, datetime]:
    with talk.database.engine.connect() as connection:
        return {row.kind: row.due_at for row in connection.execute(sa.select(timers))}


async def test_f9_new_zone_data_computes_every_timer_anew(talk: Talk) -> None:
    kinds = pack().milestones.kinds
    wanted = due_of(talk)
    assert await follow_zone_data(talk.database, kinds, lambda: talk.now) == 0
    with talk.database.begin() as store:
        store.connection.execute(timers.update().values(due_at=talk.now + timedelta(hours=3)))
        store.install.set("tzdata", "2025.2")
    assert await follow_zone_data(talk.database, kinds, lambda: talk.now) == 1
    assert {k: v for k, v in due_of(talk).items() if k in {"daily_quiz", "weekly_report"}} == {
        k: v for k, v in wanted.items() if k in {"daily_quiz", "weekly_report"}
    }
    assert await follow_zone_data(talk.database, kinds, lambda: talk.now) == 0


async def test_new_zone_data_loses_no_quiz_that_came_due_while_the_coach_was_down(
    talk: Talk,
) -> None:
    with talk.database.begin() as store:
        store.install.set("tzdata", "2025.2")
    overdue = due_of(talk)["daily_quiz"]
    later = overdue + timedelta(minutes=5)
    await follow_zone_data(talk.database, pack().milestones.kinds, lambda: later)
    assert due_of(talk)["daily_quiz"] == overdue


async def test_every_due_timer_fires_and_none_that_is_not(talk: Talk) -> None:
    fired: list[Incoming] = []

    async def take(event: Incoming) -> None:
        fired.append(event)
        talk.turns.take(event, now)

    now = talk.now
    assert await fire_due_timers(talk.database, take, lambda: now) == 0
    now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    await fire_due_timers(talk.database, take, lambda: now)
    assert "daily_quiz" in {event.kind for event in fired}  # type: ignore[attr-defined]
    again = len(fired)
    await fire_due_timers(talk.database, take, lambda: now)
    assert len(fired) == again


async def test_event_ids_are_kept_eight_days(talk: Talk) -> None:
    def ids() -> int:
        with talk.database.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar_one()

    before = ids()
    await tidy_up(talk.database, lambda: talk.now + timedelta(days=7))
    assert ids() == before > 0
    await tidy_up(talk.database, lambda: talk.now + timedelta(days=9))
    assert ids() == 0
