"""Whom a failure holds up, for how long, and what never leaves twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Capabilities, Pace, at_once
from bot.clock import monotonic_seconds, wall_seconds
from bot.delivery.carrier import AWAY_LONGEST, MOST_ATTEMPTS
from bot.delivery.delivery import Delivery
from bot.delivery.lease import HOLD_SECONDS, Lease
from bot.errors import TryLater
from bot.messages import Address
from bot.storage.claims import PATIENT_ATTEMPTS
from bot.storage.database import Database
from bot.storage.outbox import Urgency
from bot.storage.tables import leases, outbox
from tests.skipping import skips_waits
from tests.test_delivery import NOW, Recorder, add, delivering, rows, until


class Slow(Recorder):
    """Takes its time, tells when each came, and may fail by chat."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self.at: dict[str, float] = {}
        self.failing: dict[str, list[Exception]] = {}

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        await asyncio.sleep(self.seconds)
        if self.failing.get(address.chat):
            raise self.failing[address.chat].pop(0)
        self.at[payload["text"]] = monotonic_seconds()
        return await super().send(address, payload, ref, key)


@skips_waits
async def test_a_429_holds_its_chat_for_exactly_as_long_as_it_says_and_no_other(
    database: Database,
) -> None:
    channel = Slow()
    channel.failing = {"1": [TryLater("429", after=1.5)]}
    async with delivering(database, channel) as delivery:
        began = monotonic_seconds()
        delivery.offer([add(database, "held", chat="1"), add(database, "free", chat="2")])
        await until(lambda: "held" in channel.at)
    assert channel.at["free"] == began
    assert channel.at["held"] == pytest.approx(began + 1.5, abs=0.01)


@skips_waits
async def test_one_429_after_another_holds_everything_until_the_last_ends(
    database: Database,
) -> None:
    channel = Slow()
    channel.failing = {str(n): [TryLater("429", after=n)] for n in (1, 2, 3)}
    async with delivering(database, channel) as delivery:
        began = monotonic_seconds()
        delivery.offer([add(database, str(n), chat=str(n)) for n in (1, 2, 3)])
        await until(lambda: not any(channel.failing.values()))
        delivery.offer([add(database, "4", chat="4")])
        await until(lambda: len(channel.at) == 4)
    assert [at - began for at in channel.at.values()] == [pytest.approx(3.0, abs=0.01)] * 4


@skips_waits
async def test_a_row_that_is_sent_for_longer_than_its_claim_is_not_claimed_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Slow(seconds=0.8)
    row = add(database, "upload", claimed=wall_seconds() + 0.2)
    async with delivering(database, channel) as delivery:
        delivery.offer([row])
        for _ in range(20):
            await delivery.sweep()
            await asyncio.sleep(0.05)
        await until(lambda: delivery.is_idle)
    assert [text for _, text, _ in channel.sent] == ["upload"]


async def test_who_lost_a_claim_cannot_put_the_row_back_under_its_new_owner(
    database: Database,
) -> None:
    add(database, "x", claimed=0.0)
    with database.begin() as store:
        (mine,) = store.claims.claim("web", 100.0, 9, answers=True)
        (theirs,) = store.claims.claim("web", 200.0, 9, answers=True)
        store.claims.put_back(mine, not_before=0.0, failed=True)
        assert not store.claims.still_wanted(mine)
        assert store.claims.still_wanted(theirs)
        assert store.claims.claim("web", 201.0, 9, answers=True) == []


async def test_a_claim_takes_no_row_past_an_earlier_one_of_its_chat_that_waits(
    database: Database,
) -> None:
    for text in ("a", "b"):
        add(database, text, claimed=0.0)
    add(database, "other chat", chat="2", claimed=0.0)
    with database.begin() as store:
        first = store.claims.claim("web", 100.0, 1, answers=True)
        store.claims.put_back(first[0], not_before=150.0, failed=True)
        ready = store.claims.claim("web", 110.0, 9, answers=True)
    assert [row.payload["text"] for row in ready] == ["other chat"]


async def test_a_message_that_fails_again_and_again_lets_those_behind_it_pass(
    database: Database,
) -> None:
    for text in ("poison", "b"):
        add(database, text, claimed=0.0)
    with database.engine.begin() as connection:
        connection.execute(
            outbox.update()
            .where(outbox.c.id == 1)
            .values(attempts=PATIENT_ATTEMPTS, not_before=999.0)
        )
    with database.begin() as store:
        ready = store.claims.claim("web", 100.0, 9, answers=True)
    assert [row.payload["text"] for row in ready] == ["b"]


class Away(Slow):
    """Answers everything with an error until it comes back."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self.until = until

    async def send(self, *arguments: Any, **named: Any) -> str:
        if monotonic_seconds() < self.until:
            raise TryLater("HTTP 502")
        return await super().send(*arguments, **named)


@skips_waits
async def test_a_long_outage_is_no_messages_fault_all_leave_in_order_once_it_ends(
    database: Database,
) -> None:
    """They used to be put off for as long again, and to overtake each other."""
    ends = monotonic_seconds() + 300
    channel = Away(ends)
    async with delivering(database, channel) as delivery:
        for number in range(4):
            delivery.offer([add(database, f"{number}", chat="1")])
            delivery.offer([add(database, f"b{number}", chat="2")])
            await asyncio.sleep(20)
        await asyncio.sleep(ends - monotonic_seconds())
        await until(lambda: len(channel.sent) == 8)
    for chat in ("1", "2"):
        texts = [text for to, text, _ in channel.sent if to == chat]
        assert texts == sorted(texts)
    assert max(channel.at.values()) - ends < AWAY_LONGEST


@skips_waits
async def test_a_message_that_alone_fails_is_to_blame(database: Database) -> None:
    channel = Slow()
    channel.failing = {"1": [TryLater("HTTP 500") for _ in range(5)]}
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, "bad", chat="1")])
        began = monotonic_seconds()
        for number in range(30):
            await asyncio.sleep(1)
            delivery.offer([add(database, str(number), chat="2")])
        await until(lambda: "bad" in channel.at, 100)
    # After 1, 2, 5, 15 and 60 seconds.
    assert channel.at["bad"] - began == pytest.approx(83, abs=0.5)


async def test_a_fault_of_ours_is_logged_without_the_words_it_quotes(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    channel = Recorder()
    channel.failures = [ValueError("what somebody wrote")]
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, "x")])
        await until(lambda: not channel.failures)
        await asyncio.sleep(0)
    assert "ValueError" in caplog.text
    assert "somebody" not in caplog.text


class Picky(Slow):
    """Never takes one message."""

    async def send(self, address: Address, payload: dict[str, Any], *more: Any) -> str:
        if payload["text"] == "poison":
            raise TryLater("HTTP 500")
        return await super().send(address, payload, *more)


@skips_waits
async def test_a_message_that_fails_where_nobody_else_writes_lets_those_behind_it_pass(
    database: Database,
) -> None:
    """It used to be taken for an outage, and to hold its chat for ever."""
    channel = Picky()
    async with delivering(database, channel) as delivery:
        delivery.offer([add(database, "poison"), add(database, "b")])
        await until(lambda: "b" in channel.at, 600)


async def test_a_message_is_given_up_in_the_end_with_its_reason(database: Database) -> None:
    channel = Recorder()
    channel.failures = [TryLater("HTTP 500")]
    add(database, "poison", claimed=0.0)
    with database.engine.begin() as connection:
        connection.execute(outbox.update().values(attempts=MOST_ATTEMPTS - 1))
    async with delivering(database, channel) as delivery:
        await until(lambda: not channel.failures)
        await until(lambda: delivery.is_idle)
    assert "HTTP 500" in rows(database)[0]["dead_reason"]


async def test_one_chat_with_a_long_queue_leaves_the_others_their_place(
    database: Database,
) -> None:
    for number in range(50):
        add(database, f"many {number}", chat="1", claimed=0.0)
    add(database, "one", chat="2", claimed=0.0)
    with database.begin() as store:
        first = store.claims.claim("web", 100.0, 10, answers=True)
        second = store.claims.claim("web", 100.0, 10, answers=True)
    assert [row.address.chat for row in first] == ["1", "1", "1"]
    assert [row.payload["text"] for row in second] == ["one"]


@skips_waits
async def test_an_answer_never_waits_behind_a_broadcast(database: Database) -> None:
    """The channel takes five a second; sixty broadcast messages wait."""
    channel = Slow()
    channel.capabilities = Capabilities(can_push=True, per_second=5)
    for number in range(60):
        add(database, f"b{number}", chat=str(number), claimed=0.0, urgency=Urgency.BROADCAST)
    async with delivering(database, channel) as delivery:
        await until(lambda: len(channel.at) >= 5)
        began = monotonic_seconds()
        delivery.offer([add(database, "answer", chat="999")])
        await until(lambda: "answer" in channel.at)
        # The next free place in the second is its own; two may be taken already.
        assert channel.at["answer"] - began < 0.41
    assert len(channel.at) < 12
    waiting = [row for row in rows(database) if not row["sent_at"]]
    assert all(row["claimed_until"] == 0.0 for row in waiting)


@skips_waits
async def test_at_most_a_seconds_work_is_in_hand_so_that_taking_back_works(
    database: Database,
) -> None:
    channel = Slow(seconds=0.05)
    channel.capabilities = Capabilities(can_push=True, per_second=5)
    for number in range(40):
        key = f"k{number}"
        add(database, key, chat=str(number), claimed=0.0, urgency=Urgency.PUSH, dedupe_key=key)
    async with delivering(database, channel):
        await until(lambda: len(channel.sent) >= 3)
        assert sum(row["claimed_until"] > 0 for row in rows(database)) < 20


# --- who may send ---


def leased(database: Database, channel: Recorder) -> tuple[Delivery, Lease]:
    lease = Lease(database, "telegram:1")
    delivery = Delivery(
        database=database, channels={"web": channel}, now=lambda: NOW, leases={"web": lease}
    )
    return delivery, lease


async def test_one_of_two_processes_sends_and_the_other_takes_over_when_it_stops(
    tmp_path: Path, database: Database
) -> None:
    channel = Recorder()
    one, first = leased(database, channel)
    two, second = leased(Database(f"sqlite:///{tmp_path}/coach.db"), channel)
    await one.start()
    await two.start()
    assert (first.is_held(), second.is_held()) == (True, False)
    assert (one.claims("web"), two.claims("web")) == (True, False)
    add(database, "a", claimed=0.0)
    two.wake()
    await until(lambda: channel.sent != [])
    await one.stop()
    await until(second.is_held)
    add(database, "b", claimed=0.0)
    await until(lambda: len(channel.sent) == 2)
    await two.stop()


@skips_waits
async def test_a_holder_stops_by_its_own_clock_two_seconds_before_the_lease_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frozen and thawed: its clock has gone on, and it sends nothing although nobody told it."""
    now = [1000.0]
    monkeypatch.setattr("bot.delivery.lease.monotonic_seconds", lambda: now[0])
    channel = Recorder()
    delivery, lease = leased(database, channel)
    await delivery.start()
    assert lease.is_held()
    now[0] += HOLD_SECONDS - 0.01
    assert lease.is_held()
    now[0] += 0.02
    assert not lease.is_held()
    with database.engine.begin() as connection:
        connection.execute(leases.update().values(holder="another", until=9e9))
    delivery.offer([add(database, "late")])
    await asyncio.sleep(0.3)
    assert channel.sent == []
    assert [row["claimed_until"] for row in rows(database)] == [0.0]
    await delivery.stop()
    assert channel.sent == []


async def test_who_takes_over_voids_the_claims_of_the_one_before(database: Database) -> None:
    channel = Recorder()
    add(database, "claimed by a dead process", claimed=9e9)
    delivery, _ = leased(database, channel)
    await delivery.start()
    await until(lambda: channel.sent != [])
    await delivery.stop()


async def test_a_newer_answer_waits_behind_those_a_former_process_left(
    database: Database,
) -> None:
    channel = Recorder()
    add(database, "old", claimed=9e9)
    delivery, _ = leased(database, channel)
    await delivery.start()
    delivery.offer([add(database, "new")])
    await until(lambda: len(channel.sent) == 2)
    await delivery.stop()
    assert [text for _, text, _ in channel.sent] == ["old", "new"]
