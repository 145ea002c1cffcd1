"""The transcript in the database."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Address
from bot.storage.database import Database
from bot.storage.web_log import KEPT_ROWS, WebLog
from tests.databases import fresh_database
from tests.talk import Talk

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def log() -> WebLog:
    return WebLog(fresh_database().engine.connect())


def write(log: WebLog, key: str, chat: str = "amal", text: str = "x") -> int:
    return log.write(chat, side="coach", key=key, payload={"text": text}, now=NOON)


def test_places_follow_each_other_in_each_chat(log: WebLog) -> None:
    first = write(log, "a")
    assert write(log, "b") == first + 1
    assert write(log, "a", chat="badr") == first


def test_a_key_is_written_once(log: WebLog) -> None:
    first = write(log, "a", text="un")
    assert write(log, "a", text="deux") == first
    (row,) = log.since("amal", 0)
    assert row.payload == {"text": "un"}


def test_a_rewrite_keeps_its_place_and_is_news(log: WebLog) -> None:
    first = write(log, "a")
    write(log, "b")
    seen = log.latest("amal")
    assert log.rewrite("amal", first, side="coach", payload={"text": "y"})
    (row,) = log.since("amal", seen)
    assert (row.seq, row.payload) == (first, {"text": "y"})


def test_only_ones_own_side_and_chat_is_rewritten(log: WebLog) -> None:
    first = write(log, "a")
    assert not log.rewrite("amal", first, side="me", payload={})
    assert not log.rewrite("badr", first, side="coach", payload={})
    assert not log.rewrite("amal", first + 1, side="coach", payload={})


def test_the_last_rows_are_kept(log: WebLog) -> None:
    for number in range(KEPT_ROWS + 3):
        write(log, str(number))
    rows = log.since("amal", 0)
    assert len(rows) == KEPT_ROWS
    assert log.first("amal") == rows[0].seq


def test_a_transcript_begun_anew_is_newer_than_the_old_one(log: WebLog) -> None:
    old = [write(log, str(number)) for number in range(50)]
    later = NOON + timedelta(seconds=1)
    new = log.write("zoé", side="me", key="a", payload={}, now=later)
    assert new > max(old)
    assert log.latest("zoé") > log.latest("amal")


def test_only_mere_visitors_who_left_are_tidied_away(talk: Talk) -> None:
    with talk.database.begin() as store:
        candidate = store.candidates.create(
            language="fr", stream="data", grade="A", zone="Africa/Casablanca", now=NOON
        )
        amal = Address(channel="web", chat="amal")
        store.conversations.open(amal, "amal", candidate.id, NOON)
        for chat, at in (("amal", NOON), ("left", NOON), ("here", NOON + timedelta(days=1))):
            store.web_log.write(chat, side="me", key="k", payload={}, now=at)
        store.web_log.tidy(NOON + timedelta(hours=1))
        kept = [chat for chat in ("amal", "left", "here") if store.web_log.latest(chat)]
    assert kept == ["amal", "here"]


@pytest.mark.postgres
def test_a_follower_misses_nothing_while_several_processes_write(postgres: Database) -> None:
    chat, seen, shown = secrets.token_hex(16), 0, {}

    def talk(writer: int) -> None:
        for number in range(20):
            with postgres.begin() as store:
                seq = store.web_log.write(
                    chat, side="coach", key=f"{writer}:{number}", payload={}, now=NOON
                )
            with postgres.begin() as store:
                store.web_log.rewrite(chat, seq, side="coach", payload={"text": "rewritten"})

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(talk, writer) for writer in range(4)]
        while True:
            are_done = all(writer.done() for writer in writers)
            with postgres.begin() as store:
                for row in store.web_log.since(chat, seen):
                    seen, shown[row.seq] = row.revision, row.payload
            if are_done:
                break
    for writer in writers:
        writer.result()
    assert list(shown.values()) == [{"text": "rewritten"}] * 80
