"""A platform that fails in every way: all is delivered, in order within a chat, urgent first."""

from __future__ import annotations

import itertools
import time
from random import Random
from typing import Any

import pytest

from bot.channels.base import Capabilities, Pace, at_once
from bot.errors import TryLater
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import Urgency
from tests.test_delivery import Recorder, add, delivering, rows, until

CHATS, EACH = 12, 6


class Storm(Recorder):
    """A fifth of the calls fail with 500, a tenth break before or after their effect, some wait.

    Until `away_until` nobody is there at all.
    """

    capabilities = Capabilities(can_push=True, per_second=1000)

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.rng = Random(seed)
        self.away_until = 0.0
        self.lost = 0

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        if time.monotonic() < self.away_until:
            raise TryLater("refused", whole_channel=True)
        fate = self.rng.random()
        if fate < 0.2:
            raise TryLater("500")
        if fate < 0.25:
            raise TryLater("broken before its effect")
        if fate < 0.3:
            self.lost += 1
            await super().send(address, payload, ref, key)
            raise TryLater("broken after its effect")
        if fate < 0.35:
            raise TryLater("429", after=self.rng.uniform(0.05, 0.3))
        return await super().send(address, payload, ref, key)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter waits than a real platform gets."""
    monkeypatch.setattr("bot.delivery.carrier.BACK_OFF", (0.05, 0.1, 0.2))
    monkeypatch.setattr("bot.delivery.carrier.NOBODY_THERE", (0.1, 0.2))


@pytest.mark.parametrize("seed", range(4))
async def test_everything_arrives_in_order_and_only_what_had_arrived_comes_twice(
    database: Database, seed: int
) -> None:
    channel = Storm(seed)
    async with delivering(database, channel) as delivery:
        for number, chat in itertools.product(range(EACH), range(CHATS)):
            delivery.offer([add(database, f"{number}", chat=str(chat))])
        channel.away_until = time.monotonic() + 1.0
        await until(lambda: rows(database) == [], 60.0)
    for chat in range(CHATS):
        arrived = [text for to, text, _ in channel.sent if to == str(chat)]
        assert [text for text, _ in itertools.groupby(arrived)] == [str(n) for n in range(EACH)]
    assert len(channel.sent) == CHATS * EACH + channel.lost


async def test_answers_go_before_reminders_before_broadcasts_in_a_storm_too(
    database: Database,
) -> None:
    channel = Storm(9)
    channel.capabilities = Capabilities(can_push=True, per_second=20)
    for number in range(40):
        urgency = (Urgency.BROADCAST, Urgency.PUSH)[number % 2]
        add(database, urgency.name, chat=str(number), claimed=0.0, urgency=urgency)
    async with delivering(database, channel) as delivery:
        await until(lambda: len(channel.sent) >= 2)
        delivery.offer([add(database, "ANSWER", chat=f"a{n}") for n in range(5)])
        await until(lambda: rows(database) == [], 60.0)
    order = [text for _, text, _ in channel.sent]
    middle = {
        name: sorted(i for i, text in enumerate(order) if text == name) for name in set(order)
    }
    medians = {name: places[len(places) // 2] for name, places in middle.items()}
    assert medians["ANSWER"] < medians["PUSH"] < medians["BROADCAST"]
