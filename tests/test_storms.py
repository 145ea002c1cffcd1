"""A platform that fails in every way: all is delivered, in order within a chat, urgent first.

Telegram's channel sends to the strict fake by HTTP; the waits are skipped, so that an outage of
half a minute takes a moment. With the real process: `tests/acceptance/test_storm.py`.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels.base import Received
from bot.clock import monotonic_seconds, wall_seconds
from bot.delivery.delivery import Delivery
from bot.messages import Address, Incoming
from bot.storage.database import Database
from bot.storage.outbox import OutboxRow, Urgency
from tests.channels.telegram_rig import channel_for
from tests.fakes.bot_api import BotApi, Call
from tests.fakes.rates import Rates
from tests.fakes.storms import Storm
from tests.skipping import skips_waits
from tests.test_delivery import NOW, rows

CHATS, EACH = range(1, 13), 6
OUTAGE = 30.0


@asynccontextmanager
async def in_a_storm(database: Database, seed: int) -> AsyncIterator[tuple[BotApi, Delivery]]:
    """Delivery by Telegram's channel to a server in a storm that keeps its limits."""
    api = BotApi(rates=Rates(), clock=monotonic_seconds, epoch=wall_seconds)
    async with api:
        channel = channel_for(api)
        await channel.start(nobody)
        api.storm = Storm(seed=seed)
        delivery = Delivery(database=database, channels={"telegram": channel}, now=lambda: NOW)
        await delivery.start()
        yield api, delivery
        await delivery.stop()
        await channel.stop()


async def nobody(_event: Incoming) -> Received:
    raise AssertionError("nobody writes")


def add(database: Database, api: BotApi, chat: int, text: str, **more: Any) -> OutboxRow:
    """A row in the outbox; an answer is claimed, as after its turn."""
    api.person(chat)
    to = Address(channel="telegram", chat=str(chat))
    row = OutboxRow(address=to, candidate_id=None, payload={"text": text}, created_at=NOW, **more)
    claimed = 0.0 if row.urgency is not Urgency.ANSWER else 9e9
    with database.begin() as store:
        kept = store.outbox.add(row, claimed_until=claimed)
    assert kept is not None
    return kept


async def emptied(database: Database, seconds: float = 120.0) -> None:
    """Wait until nothing is left in the outbox."""
    async with asyncio.timeout(seconds):
        while rows(database):
            await asyncio.sleep(0.5)


def calls(api: BotApi) -> list[Call]:
    return api.called("sendMessage")


def chat_of(call: Call) -> int:
    return int(call.arguments["chat_id"])


def check_waits_were_kept(api: BotApi) -> None:
    """No call went to a chat while a 429 held it, and the server's own limits were not met."""
    assert api.storm is not None
    told = [call for call in calls(api) if call.status == 429]
    assert len(told) == api.storm.told_to_wait > 0
    for one in told:
        end = one.at + int(one.description.rpartition(" ")[2])
        assert not [c for c in calls(api) if chat_of(c) == chat_of(one) and one.at < c.at < end]


async def outage(api: BotApi, how: str) -> None:
    """Half a minute without Telegram."""
    assert api.storm is not None
    if how == "refuses":
        await api.go_away()
    api.storm.hangs = how == "hangs"
    await asyncio.sleep(OUTAGE)
    api.storm.hangs = False
    if how == "refuses":
        await api.come_back()


@pytest.mark.parametrize(
    ("seed", "how"), [(0, "refuses"), (1, "hangs"), (3, "refuses"), (5, "hangs")]
)
@skips_waits
async def test_everything_arrives_in_order_and_only_what_had_arrived_comes_twice(
    database: Database, seed: int, how: str
) -> None:
    async with in_a_storm(database, seed) as (api, delivery):
        for number, chat in itertools.product(range(EACH), CHATS):
            delivery.offer([add(database, api, chat, f"{number}")])
            if (number, chat) == (2, 5):
                away = asyncio.create_task(outage(api, how))
            await asyncio.sleep(0.05)
        await away
        await emptied(database)
        assert api.storm is not None
        for chat in CHATS:
            arrived = [message.text for message in api.screen(chat)]
            assert [text for text, _ in itertools.groupby(arrived)] == [*map(str, range(EACH))]
            once = Counter(map(str, range(EACH)))
            assert Counter(arrived) - once == +Counter(
                {text: n for (to, text), n in api.storm.lost.items() if to == str(chat)}
            )
        check_waits_were_kept(api)


@skips_waits
async def test_answers_go_before_reminders_before_broadcasts_in_a_storm_too(
    database: Database,
) -> None:
    offered: dict[int, float] = {}
    async with in_a_storm(database, 7) as (api, delivery):
        for number in range(150):
            urgency = Urgency.PUSH if number % 3 else Urgency.BROADCAST
            add(database, api, 1000 + number, urgency.name, urgency=urgency)
        delivery.wake()
        for chat in CHATS:
            await asyncio.sleep(0.3)
            offered[chat] = monotonic_seconds()
            delivery.offer([add(database, api, chat, "ANSWER")])
            if chat == 4:
                await outage(api, "refuses")
        await emptied(database)
        first = {chat_of(call): call for call in reversed(calls(api))}
        tries = {
            urgency: [call.at for call in first.values() if call.arguments["text"] == urgency]
            for urgency in ("PUSH", "BROADCAST")
        }
        assert max(tries["PUSH"]) < min(tries["BROADCAST"])
        for chat, at in offered.items():
            others = [each for each in calls(api) if at < each.at < first[chat].at]
            # One may have been in hand already at the moment when the platform comes back.
            assert sum(each.arguments["text"] != "ANSWER" for each in others) <= 1
        check_waits_were_kept(api)
