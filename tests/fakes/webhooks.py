"""The delivering half of a webhook: one update of a chat at a time, chats side by side."""

from __future__ import annotations

import asyncio

import aiohttp

from tests.fakes.methods import Methods
from tests.fakes.world import Queued, World

FIRST_RETRY = 0.05  # the real server begins with a second
LONGEST_RETRY = 1.0


class Webhooks:
    """Posts queued updates to the webhook until they are taken with a 2xx."""

    def __init__(self, world: World, methods: Methods) -> None:
        self.wake = asyncio.Event()
        self.statuses: list[tuple[int, int]] = []  # update id, HTTP status (0: no answer)
        self._world = world
        self._methods = methods
        self._underway: dict[int, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Begin to deliver whenever a webhook is set."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Deliver no more."""
        tasks = [self._task, *self._underway.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()

    async def _deliver(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            if not self._methods.webhook:
                continue
            for queued in list(self._world.queue):
                room = self._methods.webhook["max_connections"] - len(self._underway)
                if room > 0 and queued.lane not in self._underway:
                    self._underway[queued.lane] = asyncio.create_task(self._insist(queued))

    async def _insist(self, queued: Queued) -> None:
        pause = FIRST_RETRY
        try:
            while webhook := self._methods.webhook:
                status = await self._post(webhook, queued)
                self.statuses.append((queued.id, status))
                if 200 <= status < 300:
                    self._world.confirm(queued)
                    return
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_RETRY)
        finally:
            del self._underway[queued.lane]

    async def _post(self, webhook: dict[str, str], queued: Queued) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook["secret"]}
        try:
            async with self._session.post(
                webhook["url"], json=queued.update, headers=headers
            ) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0
