"""The web chat keeps the contract of every channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.channels.contract import ChannelContract, Receiver, Rig
from tests.channels.web_rig import Page, WebPhone, channel_on, serving
from tests.databases import fresh_database


class TestWebChat(ChannelContract):
    @pytest.fixture
    async def rig(self) -> AsyncIterator[Rig]:
        database, receiver = fresh_database(), Receiver()
        channel = channel_on(database)
        await channel.start(receiver)
        async with (
            serving(channel) as server,
            Page.open(server) as amal,
            Page.open(server) as badr,
        ):
            phones = (
                WebPhone(page=amal, database=database),
                WebPhone(page=badr, database=database),
            )
            yield Rig(channel=channel, phones=phones, receiver=receiver)
            for phone in phones:
                await phone.finish()
        database.close()
