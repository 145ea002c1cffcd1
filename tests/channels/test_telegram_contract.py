"""The channel contract, over long polling and over a webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels.telegram.channel import TelegramChannel
from tests.channels.contract import ChannelContract, Receiver, Rig
from tests.channels.telegram_rig import TelegramPhone, channel_for
from tests.fakes.bot_api import BotApi

SECRET = "a-secret_1"


class TestPolling(ChannelContract):
    """Updates asked for."""

    @pytest.fixture
    async def rig(self) -> AsyncIterator[Rig]:
        async with BotApi() as api:
            channel, receiver = channel_for(api), Receiver()
            await channel.start(receiver)
            yield _rig(api, channel, receiver)
            await channel.stop()


class TestWebhook(ChannelContract):
    """Updates delivered."""

    @pytest.fixture
    async def rig(self) -> AsyncIterator[Rig]:
        async with BotApi() as api:

            async def called(request: web.Request) -> web.Response:
                status = await channel.accept(request.headers, await request.read())
                return web.Response(status=status)

            application = web.Application()
            application.router.add_post("/telegram", called)
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
            channel, receiver = (
                channel_for(api, webhook_url=url, webhook_secret=SECRET),
                Receiver(),
            )
            await channel.start(receiver)
            yield _rig(api, channel, receiver)
            await channel.stop()
            await runner.cleanup()


def _rig(api: BotApi, channel: TelegramChannel, receiver: Receiver) -> Rig:
    phones = (TelegramPhone(api, 1001), TelegramPhone(api, 1002))
    return Rig(channel=channel, phones=phones, receiver=receiver)
