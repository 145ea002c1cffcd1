"""Marks are written, and stopping them always ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery.marks import FLUSH_ROWS, Marks
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import Mark, OutboxRow
from tests.databases import fresh_database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def add(database: Database) -> Mark:
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
    batch = [add(database) for _ in range(FLUSH_ROWS)]
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
