"""Marks are written, and stopping them always ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery.marks import FLUSH_ROWS, Marks
from bot.errors import StorageError
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import Mark, OutboxRow
from tests.databases import fresh_database
from tests.skipping import skips_waits
from tests.test_delivery import Recorder, add, delivering, until

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def add_mark(database: Database) -> Mark:
    row = OutboxRow(
        address=Address(channel="web", chat="1"),
        candidate_id=None,
        payload={"text": "x"},
        created_at=NOW,
    )
    with database.begin() as store:
        kept = store.outbox.add(row, claimed_until=9e9)
    assert kept is not None
    return Mark(row=kept, at=NOW, provider_ref="1")


# The cancellation must not get lost at whichever step of the loop it meets the full batch.
@pytest.mark.parametrize("steps", range(6))
async def test_a_stop_that_meets_a_full_batch_ends_and_writes_it(steps: int) -> None:
    database = fresh_database()
    written: list[Mark] = []
    marks = Marks(database, lambda: NOW, written.extend)
    batch = [add_mark(database) for _ in range(FLUSH_ROWS)]
    marks.start()
    for _ in range(3):
        await asyncio.sleep(0)
    for mark in batch:
        marks.add(mark)
    for _ in range(steps):
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await marks.stop()
    assert len(written) == FLUSH_ROWS
    database.close()


@skips_waits
async def test_while_the_database_takes_no_marks_nothing_leaves_that_a_crash_would_repeat(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It used to be 64 messages more."""
    channel, is_full = Recorder(), True
    write_marks = Marks._write

    async def write(self: Marks) -> None:
        if is_full:
            raise StorageError("the disk is full")
        await write_marks(self)

    monkeypatch.setattr(Marks, "_write", write)
    rows = [add(database, str(number), chat=str(number)) for number in range(50)]
    async with delivering(database, channel) as delivery:
        delivery.offer(rows[:1])
        await asyncio.sleep(1)
        delivery.offer(rows[1:])
        await asyncio.sleep(20)
        assert len(channel.sent) == 1
        is_full = False
        await until(lambda: len(channel.sent) == 50)
        is_full = True
    # A stop that cannot write ends all the same.
    assert len({text for _, text, _ in channel.sent}) == 50


@skips_waits
async def test_a_fault_of_ours_does_not_end_the_writing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was marked any more, and soon nothing sent, without a word in the log."""
    faults, write_marks = [ValueError("x")], Marks._write

    async def write(self: Marks) -> None:
        if faults and self.unwritten:
            raise faults.pop()
        await write_marks(self)

    monkeypatch.setattr(Marks, "_write", write)
    channel = Recorder()
    async with delivering(database, channel) as delivery:
        for number in range(50):
            delivery.offer([add(database, str(number), chat=str(number))])
        await until(lambda: len(channel.sent) == 50, 30)
