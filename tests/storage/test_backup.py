"""A backup is the state of one moment, made while others write; damage is told at start."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StorageError
from bot.storage.backup import back_up, check_integrity
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.tables import inbox
from tests.talk import Talk


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path}/coach.db")
    migrate(made)
    return made


def test_a_backup_made_while_a_candidate_answers_can_be_gone_on_with(
    tmp_path: Path, database: Database
) -> None:
    talk = Talk(database=database)
    talk.join()
    is_over = threading.Event()

    def write() -> None:
        number = 0
        other = Database(f"sqlite:///{tmp_path}/coach.db")
        while not is_over.is_set():
            number += 1
            with other.begin() as store:
                store.inbox.take("web", f"n{number}", talk.now)
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [back_up(database, tmp_path / "backups" / f"{n}.db") for n in range(5)]
    finally:
        is_over.set()
        writer.join(30)
    restored = Database(f"sqlite:///{copies[-1]}")
    again = Talk(database=restored, now=talk.now + timedelta(minutes=1), first_id=900)
    again.say("/quiz")
    assert "1/5" in again.screen.text
    assert copies[0].stat().st_mode & 0o777 == 0o600
    assert not list((tmp_path / "backups").glob("*.part"))


def test_a_name_that_is_taken_is_not_written_over(tmp_path: Path, database: Database) -> None:
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(StorageError, match="another name"):
        back_up(database, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_damaged_file_is_told_at_start_with_the_mend(tmp_path: Path, database: Database) -> None:
    Talk(database=database).join()
    database.close()
    file = tmp_path / "coach.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 30] = b"\xff" * (4096 * 27)
    file.write_bytes(content)
    with pytest.raises(StorageError, match="restore the last backup"):
        check_integrity(Database(f"sqlite:///{file}"))


def test_a_sound_file_passes(database: Database) -> None:
    Talk(database=database).join()
    check_integrity(database)


def test_a_full_disk_is_said_loses_nothing_committed_and_the_update_counts_later(
    database: Database,
) -> None:
    talk = Talk(database=database)
    talk.join()
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages}")
    connection.close()
    taken = 0

    def fill() -> None:
        nonlocal taken
        while taken < 2000:
            talk.say("Un texte assez long pour remplir une page. " * 90)
            taken += 1

    with pytest.raises(StorageError, match="disk is full"):
        fill()
    connection = database.engine.raw_connection()
    connection.cursor().execute("PRAGMA max_page_count = 1000000")
    connection.close()
    assert not talk.hand_in_again().duplicate
    with database.engine.connect() as found:
        count = found.execute(sa.select(sa.func.count()).select_from(inbox)).scalar_one()
    assert count >= taken + 1
    check_integrity(database)


def test_a_read_only_file_is_said(tmp_path: Path, database: Database) -> None:
    read_only = Database(f"sqlite:///file:{tmp_path}/coach.db?mode=ro&uri=true")
    with pytest.raises(StorageError, match="read-only"), read_only.begin() as store:
        store.install.set("x", "y")
