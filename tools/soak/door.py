"""The proxy before the workers: hands each of Telegram's calls to one of them, in turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import aiohttp
from aiohttp import web

# A worker that says nothing for so long is passed over for the next.
PATIENCE = aiohttp.ClientTimeout(total=3)


class Door:
    """`workers` says where they listen now."""

    def __init__(self, workers: Callable[[], list[str]]) -> None:
        self.url = ""
        self._workers = workers
        self._turn = 0

    @contextmanager
    def in_thread(self) -> Iterator[Door]:
        """Serve in a thread of its own."""
        ready = threading.Event()
        thread = threading.Thread(target=asyncio.run, args=(self._serve(ready),), daemon=True)
        thread.start()
        if not ready.wait(10):
            raise RuntimeError("the proxy did not start")
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._over.set)
            thread.join(10)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        application = web.Application()
        application.router.add_post("/{path:.*}", self._pass_on)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession(timeout=PATIENCE) as self._session:
            ready.set()
            await self._over.wait()
        await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        workers = self._workers()
        self._turn += 1
        for number in range(len(workers)):
            url = workers[(self._turn + number) % len(workers)] + request.path
            try:
                async with self._session.post(url, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)
