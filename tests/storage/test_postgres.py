"""The same code on PostgreSQL: migrations, a candidate's walk, two workers, forgetting."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.broadcasting import expand
from bot.clock import wall_seconds
from bot.conversation import EnteringCode, State
from bot.messages import Address, CommandGiven
from bot.render import Renderer
from bot.storage.database import Database
from bot.storage.migrate import alembic_config, migrate
from bot.storage.outbox import Urgency
from bot.storage.tables import metadata, outbox, quiz_items
from tests.lives import settle
from tests.talk import Talk, texts

pytestmark = pytest.mark.postgres


def test_migrations_lead_to_the_tables_of_the_code_and_can_be_undone(postgres: Database) -> None:
    with postgres.engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        command.downgrade(alembic_config(connection), "base")


def test_many_processes_that_start_at_once_migrate_once(postgres_url: str) -> None:
    databases = [Database(postgres_url) for _ in range(4)]
    threads = [threading.Thread(target=migrate, args=(each,)) for each in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with databases[0].engine.connect() as connection:
        versions = connection.execute(sa.text("SELECT count(*) FROM alembic_version"))
        assert versions.scalar_one() == 1
    for each in databases:
        each.close()


def test_a_whole_day_in_each_language(postgres: Database) -> None:
    for number, language in enumerate(("fr", "ar", "en")):
        talk = Talk(database=postgres, language=language, first_id=1000 * (number + 1))
        talk.move_to("telegram", str(number + 1))
        talk.join()
        for right in (True, False, True, True, False):
            talk.answer(right=right)
        for command_line in ("/plan", "/prep", "/star", "/journal", "/progress", "/settings"):
            talk.say(command_line)
        talk.say("Un texte avec \x00 un nul et 🎓")
        talk.say("/mydata")
        talk.wait(days=1)
    with postgres.begin() as store:
        assert store.faults.count() == 0
        answered = sa.select(sa.func.count()).where(quiz_items.c.chosen.is_not(None))
        assert store.connection.execute(answered).scalar_one() == 15


def test_f5_two_workers_fire_every_timer_once(postgres_url: str, postgres: Database) -> None:
    talk = Talk(database=postgres)
    talk.join()
    for _ in range(5):
        talk.answer()
    other = Talk(database=Database(postgres_url), first_id=5000)
    now = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    due = []
    for worker in (talk, other):
        with worker.database.begin() as store:
            due += store.timers.claim_due(now, wall_seconds(), 50)
    assert len(due) == len({timer.id for timer in due})
    quiz = next(timer for timer in due if timer.kind == "daily_quiz")
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda w=w: results.append(len(w.turns.take(quiz, now).rows)))
        for w in (talk, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(bool, results)) == [False, True]
    other.database.close()


def test_a_row_is_claimed_by_one_of_many(postgres_url: str, postgres: Database) -> None:
    talk = Talk(database=postgres)
    for number in range(40):
        talk.move_to("telegram", str(100 + number))
        talk.turns.take(start_of(talk), talk.now)
    with postgres.engine.begin() as connection:
        connection.execute(outbox.update().values(claimed_until=0.0))
    claimed: list[int] = []

    def claim() -> None:
        mine = Database(postgres_url)
        with mine.begin() as store:
            claimed.extend(
                row.id for row in store.claims.claim("telegram", wall_seconds(), 60, answers=True)
            )
        mine.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(claimed) == len(set(claimed)) == 40


def test_presses_of_one_person_on_two_devices_at_once_count_once(
    postgres_url: str, postgres: Database
) -> None:
    talk = Talk(database=postgres)
    talk.join()
    with postgres.begin() as store:
        (me,) = store.candidates.all_ids()
        quiz = store.quizzes.open_of(me)
        assert quiz is not None
        page = Address(channel="web", chat="cookie")
        store.conversations.open(page, "cookie", me, talk.now + timedelta(seconds=1))
    other = Talk(database=Database(postgres_url), first_id=7000)
    other.move_to("web", "cookie")
    token = f"quiz:{quiz.id}:a0a"
    threads = [threading.Thread(target=each.press_token, args=(token,)) for each in (talk, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with postgres.begin() as store:
        assert store.faults.count() == 0
    other.database.close()


def test_who_waited_for_a_person_sees_where_the_turn_before_left_them(
    postgres_url: str, postgres: Database
) -> None:
    """Two workers are handed what one person writes twice in a moment."""
    talk = Talk(database=postgres)
    talk.join()
    here, person = talk.who, talk.who.chat
    with ThreadPoolExecutor() as pool:
        with postgres.begin() as store:
            assert store.candidates.at(here, person) is not None
            store.candidates.note_active(talk.candidate_id, talk.now)
            other = pool.submit(_state_at, postgres_url, here, person)
            with postgres.begin() as looking:
                while not looking.connection.execute(_WAITING).scalar_one():
                    time.sleep(0.01)
            store.conversations.set_state(here, person, EnteringCode())
        assert other.result(30) == EnteringCode()


_WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def _state_at(url: str, here: Address, person: str) -> State | None:
    mine = Database(url)
    with mine.begin() as store:
        found = store.candidates.at(here, person)
    mine.close()
    return found and found[0].state


def test_a_broadcast_that_two_schedulers_expand_reaches_each_once(
    postgres_url: str, postgres: Database
) -> None:
    talk = Talk(database=postgres)
    for number in range(8):
        talk.move_to("telegram", str(200 + number))
        settle(talk, active_at=None, quiet_from=talk.now.time(), quiet_to=talk.now.time())
    with postgres.begin() as store:
        made = store.broadcasts.draft("telegram:9", "Bonjour", "", ["telegram"], talk.now)
        store.broadcasts.set_stage(made.id, "sending")

    def work() -> None:
        mine = Database(postgres_url)
        with mine.begin() as store:
            expand(store, Renderer(texts()), {"telegram": True}, talk.now)
        mine.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with postgres.begin() as store:
        assert store.health.outbox()[Urgency.BROADCAST].count == made.size == 8
        assert store.broadcasts.going() == []
        store.claims.stop_pushes(stopped=True)
        assert store.claims.claim("telegram", wall_seconds(), 60, answers=False) == []


def start_of(talk: Talk) -> CommandGiven:
    """A /start of the person at the keyboard."""
    return CommandGiven(**talk._common(), name="start")
