"""T48: all of a candidate as a file, and nothing of them left, in no table and in no byte."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.messages import Address
from bot.storage.database import Database
from bot.storage.privacy import _conditions
from bot.storage.tables import metadata
from scheduler.jobs import _tidy
from tests.lives import AT, IMPERSONAL, fill_every_table

ONE, OTHER = "0123456789abcdef", "fedcba9876543210"
CHAT, OTHER_CHAT = "c0ffee00c0ffee00", "beef0000beef0000"
WORDS, OTHER_WORDS = "ma-phrase-secrète", "ses-mots-à-elle"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A SQLite file in which two candidates have a row in every table."""
    database = Database(f"sqlite:///{tmp_path}/coach.db")
    metadata.create_all(database.engine)
    with database.engine.begin() as connection:
        fill_every_table(connection, ONE, CHAT, WORDS)
        fill_every_table(connection, OTHER, OTHER_CHAT, OTHER_WORDS)
    yield database
    database.close()


def dump(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def raw_bytes(database: Database) -> bytes:
    """The database file with its log and index."""
    file = Path(str(database.engine.url.database))
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


def forget(database: Database, candidate_id: str) -> None:
    with database.begin() as store:
        store.privacy.forget(candidate_id)


def test_every_table_carries_its_owner_or_is_known_to_be_about_nobody() -> None:
    owned = {table.name for table in metadata.sorted_tables if _conditions(table, ONE, [])}
    assert owned == set(metadata.tables) - IMPERSONAL


def test_t48_the_export_has_every_table_with_the_candidates_words_and_no_secret(
    database: Database,
) -> None:
    with database.begin() as store:
        kept = store.privacy.everything(ONE)
    assert {name for name, rows in kept.items() if len(rows) == 1} == set(kept)
    assert set(kept) == set(metadata.tables) - IMPERSONAL
    text = json.dumps(kept, ensure_ascii=False)
    assert WORDS in text
    assert OTHER not in text
    assert OTHER_CHAT not in text
    assert "code_hash" not in text


def test_an_earlier_export_is_not_packed_into_the_next_one(database: Database) -> None:
    with database.begin() as store:
        payload = {"text": "", "file": {"name": "data.json", "mime": "x", "data": "QUJD" * 999}}
        store.web_log.write(CHAT, side="coach", key="k", payload=payload, now=AT)
    with database.begin() as store:
        text = json.dumps(store.privacy.everything(ONE))
    assert "data.json" in text
    assert "QUJD" not in text


def test_t48_forgetting_leaves_no_row_and_touches_nobody_elses(database: Database) -> None:
    before = dump(database)
    forget(database, ONE)
    after = dump(database)
    for mark in (ONE, CHAT, WORDS):
        assert mark not in repr(after)
    theirs = {name: rows for name, rows in before.items() if name not in IMPERSONAL}
    for name, rows in theirs.items():
        assert after[name] == [
            row
            for row in rows
            if OTHER_CHAT in repr(row) or OTHER in repr(row) or OTHER_WORDS in repr(row)
        ], name
        assert len(after[name]) == len(rows) - 1


def test_a_group_chat_is_nobodys_and_stays(database: Database) -> None:
    group = Address(channel="telegram", chat="-100777")
    with database.begin() as store:
        store.conversations.open(group, CHAT, ONE, AT)
        store.connection.execute(
            metadata.tables["link_tries"]
            .insert()
            .values(channel="telegram", chat="-100777", at=AT)
        )
    forget(database, ONE)
    assert "-100777" in repr(dump(database)["link_tries"])
    assert dump(database)["conversations"][0]["candidate_id"] == OTHER


def test_t48_the_raw_file_holds_none_of_their_words(database: Database) -> None:
    """Much written, changed and moved between pages: zeroing deleted rows would not be enough."""
    drafts, texts = metadata.tables["drafts"], metadata.tables["draft_texts"]
    with database.begin() as store:
        ids = {row.candidate_id: row.id for row in store.connection.execute(sa.select(drafts))}
        for number in range(1500):
            owner, words = ((ONE, WORDS), (OTHER, OTHER_WORDS))[number % 7 < 4]
            written = f"{words} {number} " + "é" * (number * 37 % 500)
            store.connection.execute(
                texts.insert().values(
                    draft_id=ids[owner], part=0, text=written, message_ref=f"{number}", at=AT
                )
            )
            if number % 5 == 0:
                store.connection.execute(
                    texts.update()
                    .where(texts.c.id == number // 2)
                    .values(text=texts.c.text + "u" * (number % 900))
                )
    assert WORDS.encode() in raw_bytes(database)
    forget(database, ONE)
    left = raw_bytes(database)
    for mark in (ONE, CHAT, WORDS):
        assert mark.encode() not in left
    assert OTHER_WORDS.encode() in left


def test_a_crash_before_the_scrub_is_mended_by_the_next_tidying(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crashed:
        crashed.setattr(Database, "scrub", lambda self: False)
        forget(database, ONE)
        _tidy(database, AT)
    assert CHAT.encode() in raw_bytes(database)
    _tidy(database, AT + timedelta(hours=1))
    assert CHAT.encode() not in raw_bytes(database)
    with database.begin() as store:
        assert not store.privacy.is_scrub_due()


def test_a_rolled_back_forget_deletes_nothing(database: Database) -> None:
    before = dump(database)

    def forget_and_fail() -> None:
        with database.begin() as store:
            store.privacy.forget(ONE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        forget_and_fail()
    assert dump(database) == before


def test_a_person_who_is_no_candidate_leaves_no_trace_either(database: Database) -> None:
    stranger = Address(channel="web", chat="5tranger")
    with database.begin() as store:
        store.web_log.write("5tranger", side="me", key="k", payload={"text": "salut"}, now=AT)
        store.inbox.take("web", "5tranger:1", AT)
    with database.begin() as store:
        store.privacy.forget_visitor(stranger)
    assert "5tranger" not in repr(dump(database))
    assert CHAT in repr(dump(database))


@pytest.mark.postgres
def test_t48_postgresql_hands_over_and_forgets_the_same(postgres: Database) -> None:
    mine, chat, words = (secrets.token_hex(8) for _ in range(3))
    with postgres.engine.begin() as connection:
        fill_every_table(connection, mine, chat, words)
    with postgres.begin() as store:
        kept = store.privacy.everything(mine)
    assert all(len(rows) == 1 for rows in kept.values())
    forget(postgres, mine)
    left = repr(dump(postgres))
    assert [mark for mark in (mine, chat, words) if mark in left] == []
