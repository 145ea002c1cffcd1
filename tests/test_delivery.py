"""Nothing in the outbox is lost, doubled, reordered within a chat, or sent too fast."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.base import Capabilities, Pace, Receive, at_once
from bot.delivery.delivery import Delivery
from bot.errors import Refused, TryLater
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import OutboxRow, Urgency
from bot.storage.tables import outbox
from tests.databases import database_at

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PATIENCE = 5.0


class Recorder:
    """A channel that keeps what it is given, or fails as told."""

    name = "web"
    capabilities = Capabilities(can_push=True)

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str | None]] = []
        self.failures: list[Exception] = []

    async def start(self, receive: Receive) -> None:
        """Nothing comes in."""

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address.chat, payload["text"], ref))
        return ref or f"m{len(self.sent)}"

    async def is_reachable(self) -> bool:
        return True

    async def stop(self) -> None:
        """Nothing to stop."""


@asynccontextmanager
async def delivering(
    database: Database, channel: Recorder, now: Callable[[], datetime] = lambda: NOW
) -> AsyncIterator[Delivery]:
    delivery = Delivery(database=database, channels={"web": channel}, now=now)
    await delivery.start()
    yield delivery
    await delivery.stop()


def add(
    database: Database, text: str, *, chat: str = "1", claimed: float = 9e9, **more: Any
) -> OutboxRow:
    row = OutboxRow(
        address=Address(channel="web", chat=chat),
        candidate_id=None,
        payload={"text": text},
        created_at=NOW,
        **more,
    )
    with database.begin() as store:
        kept = store.outbox.add(row, claimed_until=claimed)
    assert kept is not None
    return kept


def rows(database: Database) -> list[dict[str, Any]]:
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(outbox.select()).mappings()]


async def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def test_offered_rows_of_a_chat_leave_in_order_and_are_forgotten(database: Database) -> None:
    channel = Recorder()
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, str(number)) for number in range(20)])
        await until(lambda: len(channel.sent) == 20)
    assert [text for _, text, _ in channel.sent] == [str(number) for number in range(20)]
    assert rows(database) == []


async def test_f7_a_failed_send_stays_pending_and_is_tried_again(database: Database) -> None:
    channel = Recorder()
    channel.failures = [TryLater("500")]
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, "hello")])
        await until(lambda: [row["attempts"] for row in rows(database)] == [1])
        assert channel.sent == []
        (row,) = rows(database)
        assert row["sent_at"] is None
        await until_swept(database, delivery, channel, 1)
    assert channel.sent == [("1", "hello", None)]


async def test_what_follows_a_message_that_waits_does_not_overtake_it(database: Database) -> None:
    channel = Recorder()
    channel.failures = [TryLater("429", after=0.2)]
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, text) for text in ("a", "b", "c")])
        await until(lambda: not channel.failures)
        delivery.offer([add(database, "d")])
        await until_swept(database, delivery, channel, 4)
    assert [text for _, text, _ in channel.sent] == ["a", "b", "c", "d"]


async def test_a_refused_message_becomes_a_dead_letter_with_its_reason(database: Database) -> None:
    channel = Recorder()
    channel.failures = [Refused("chat not found", chat_gone=True)]
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, "a"), add(database, "b")])
        await until(lambda: delivery.is_idle)
    assert channel.sent == []
    (row,) = rows(database)
    assert row["dead_reason"] == "chat not found"


async def test_a_push_that_expired_is_dropped_with_a_note(database: Database) -> None:
    channel = Recorder()
    add(database, "late", expires_at=NOW - timedelta(seconds=1), dedupe_key="k", claimed=0.0)
    async with delivering(database, channel) as delivery:
        await delivery.sweep()
        await until(lambda: delivery.is_idle)
    assert channel.sent == []
    assert "expired" in rows(database)[0]["dead_reason"]


async def test_f5_two_processes_sweep_one_outbox_and_each_row_leaves_once(
    tmp_path: Path,
) -> None:
    databases = [database_at(f"sqlite:///{tmp_path}/coach.db") for _ in range(2)]
    channel = Recorder()
    for number in range(100):
        add(databases[0], str(number), chat=str(number), dedupe_key=f"k{number}", claimed=0.0)
    async with (
        delivering(databases[0], channel) as one,
        delivering(databases[1], channel) as two,
    ):
        async with asyncio.timeout(PATIENCE):
            while sum(await asyncio.gather(one.sweep(), two.sweep())):
                await asyncio.sleep(0)
        await until(lambda: one.is_idle and two.is_idle)
    assert sorted(text for _, text, _ in channel.sent) == sorted(map(str, range(100)))


async def test_an_old_screen_left_in_the_outbox_never_comes_over_a_newer_one(
    database: Database,
) -> None:
    """A crash between send and mark leaves a row behind; its slot has gone on since."""
    channel = Recorder()
    where = Address(channel="web", chat="1")
    with database.begin() as store:
        me = store.candidates.create(
            language="fr", stream="benefits", grade="B", zone="Africa/Casablanca", now=NOW
        )
        _, old = store.shown.next_revision(where, "quiz:1", me.id, ref="m7", fresh=False)
        row = OutboxRow(
            address=where,
            candidate_id=me.id,
            payload={"text": "verdict 1"},
            slot="quiz:1",
            revision=old,
            edit_ref="m7",
            created_at=NOW,
        )
        store.outbox.add(row, claimed_until=0.0)
        store.shown.next_revision(where, "quiz:1", me.id, ref="m7", fresh=False)
    async with delivering(database, channel) as delivery:
        await delivery.sweep()
        await until(lambda: delivery.is_idle)
    assert channel.sent == []
    assert rows(database) == []


async def test_a_claimed_row_is_left_to_its_sender(database: Database) -> None:
    channel = Recorder()
    add(database, "mine")
    async with delivering(database, channel) as delivery:
        assert await delivery.sweep() == 0


async def test_rows_in_hand_go_back_when_told_to_stop(database: Database) -> None:
    channel = Recorder()
    channel.failures = [TryLater("no connection", after=30)]
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, text) for text in ("a", "b")])
        await until(lambda: not channel.failures)
    assert [row["claimed_until"] for row in rows(database)] == [0.0, 0.0]


async def test_a_push_taken_back_meanwhile_is_not_sent(database: Database) -> None:
    channel = Recorder()
    row = add(database, "quiz", dedupe_key="k", urgency=Urgency.PUSH)
    with database.engine.begin() as connection:
        connection.execute(outbox.delete())
    async with delivering(database, channel) as delivery:
        from dataclasses import replace

        delivery.offer([replace(row, candidate_id="c1")])
        await until(lambda: delivery.is_idle)
    assert channel.sent == []


async def until_swept(
    database: Database, delivery: Delivery, channel: Recorder, count: int
) -> None:
    """Sweep until `count` messages left."""
    async with asyncio.timeout(PATIENCE):
        while len(channel.sent) < count:
            await delivery.sweep()
            await asyncio.sleep(0.02)
