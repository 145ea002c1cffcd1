"""The same code on PostgreSQL: migrations, a candidate's walk, two workers, forgetting."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.clock import wall_seconds
from bot.settings import read_settings
from bot.storage.database import Database
from bot.storage.migrate import alembic_config, migrate
from bot.storage.tables import metadata, outbox, quiz_items
from tests.conftest import missing
from tests.talk import Talk

pytestmark = pytest.mark.postgres
SERVER = os.environ.get("COACH_TEST_POSTGRES", "")


@pytest.fixture
def url() -> Iterator[str]:
    """A database of its own on the test server."""
    if not SERVER:
        missing("a PostgreSQL server (COACH_TEST_POSTGRES)")
    name = f"coach_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(
        SERVER.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    given = SERVER.rsplit("/", 1)[0] + f"/{name}"
    yield read_settings(DATABASE_URL=given, COACH_SECRET="x" * 32).database_url
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    migrate(made)
    yield made
    made.close()


def test_migrations_lead_to_the_tables_of_the_code_and_can_be_undone(database: Database) -> None:
    with database.engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        command.downgrade(alembic_config(connection), "base")


def test_many_processes_that_start_at_once_migrate_once(url: str) -> None:
    databases = [Database(url) for _ in range(4)]
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


def test_a_whole_day_in_each_language(database: Database) -> None:
    for number, language in enumerate(("fr", "ar", "en")):
        talk = Talk(database=database, language=language, first_id=1000 * (number + 1))
        talk.move_to("telegram", str(number + 1))
        talk.join()
        for right in (True, False, True, True, False):
            talk.answer(right=right)
        for command_line in ("/plan", "/prep", "/star", "/journal", "/progress", "/settings"):
            talk.say(command_line)
        talk.say("Un texte avec \x00 un nul et 🎓")
        talk.say("/mydata")
        talk.wait(days=1)
    with database.begin() as store:
        assert store.faults.count() == 0
        answered = sa.select(sa.func.count()).where(quiz_items.c.chosen.is_not(None))
        assert store.connection.execute(answered).scalar_one() == 15


def test_f5_two_workers_fire_every_timer_once(url: str, database: Database) -> None:
    talk = Talk(database=database)
    talk.join()
    for _ in range(5):
        talk.answer()
    other = Talk(database=Database(url), first_id=5000)
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


def test_a_row_is_claimed_by_one_of_many(url: str, database: Database) -> None:
    talk = Talk(database=database)
    for number in range(40):
        talk.move_to("telegram", str(100 + number))
        talk.turns.take(talk_start(talk), talk.now)
    with database.engine.begin() as connection:
        connection.execute(outbox.update().values(claimed_until=0.0))
    claimed: list[int] = []

    def claim() -> None:
        mine = Database(url)
        with mine.begin() as store:
            claimed.extend(row.id for row in store.outbox.claim(wall_seconds(), 60))
        mine.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(claimed) == len(set(claimed)) == 40


def test_presses_of_one_person_on_two_devices_at_once_count_once(
    url: str, database: Database
) -> None:
    talk = Talk(database=database)
    talk.join()
    with database.begin() as store:
        quiz = store.quizzes.open_of(talk_id := _only_candidate(store))
        assert quiz is not None
        page = talk.who.__class__(channel="web", chat="cookie")
        store.conversations.open(page, "cookie", talk_id, talk.now + timedelta(seconds=1))
    other = Talk(database=Database(url), first_id=7000)
    other.move_to("web", "cookie")
    token = f"quiz:{quiz.id}:a0a"
    threads = [threading.Thread(target=each.press_token, args=(token,)) for each in (talk, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.begin() as store:
        assert store.faults.count() == 0
    other.database.close()


def talk_start(talk: Talk):  # type: ignore[no-untyped-def]
    """A /start of the person at the keyboard."""
    from bot.messages import CommandGiven

    return CommandGiven(**talk._common(), name="start")


def _only_candidate(store) -> str:  # type: ignore[no-untyped-def]
    return store.candidates.all_ids()[0]
