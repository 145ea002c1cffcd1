"""A strict Bot API server on 127.0.0.1, for tests; refuses whatever the real one would.

    async with BotApi() as api:           # in the test's own event loop
        channel = TelegramChannel(token=api.token, api_url=api.url, ...)
        amal = api.person(1001, language="ar")
        api.say(amal, "/start")
        ...
        assert api.screen(amal)[-1].labels == [...]

    with BotApi(rates=Rates()).in_thread() as api:     # beside a real process
        subprocess.Popen(..., env={"TELEGRAM_API_URL": api.url, "TELEGRAM_BOT_TOKEN": api.token})
        api.wait_until(lambda: len(api.screen(amal)) == 1)

What people do is in `phones.py`; `api.calls` records every call, `api.refused()` those refused.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.waiting import is_set_within
from tests.fakes.arguments import ApiError, Arguments
from tests.fakes.faults import Fault
from tests.fakes.methods import Methods
from tests.fakes.phones import Phones
from tests.fakes.rates import Rates
from tests.fakes.storms import Storm
from tests.fakes.webhooks import Webhooks
from tests.fakes.world import TOKEN

LONGEST_POLL = 50  # Client.h, LONG_POLL_MAX_TIMEOUT
_UPLOAD_BYTES = 50 << 20


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call and what became of it; `at` by the fake's clock."""

    method: str
    arguments: dict[str, Any]
    at: float
    status: int
    description: str = ""


class BotApi(Phones):
    """The server with its world and phones. `rates` None: no rate limits."""

    def __init__(
        self,
        *,
        rates: Rates | None = None,
        press_lifetime: float = 15.0,
        clock: Callable[[], float] = time.monotonic,
        epoch: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(clock=clock, epoch=epoch)
        self.token = TOKEN
        self.url = ""
        self.calls: list[Call] = []
        self.methods = Methods(self, rates, press_lifetime)
        self.storm: Storm | None = None
        self._faults: list[Fault] = []
        self._poll: object = None
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._webhooks = Webhooks(self, self.methods)

    # --- what a test looks at and breaks ------------------------------------------------------

    def called(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method.lower()]

    def refused(self) -> list[Call]:
        """The calls refused so far, but for a getUpdates ended by another."""
        return [call for call in self.calls if call.status >= 400]

    @property
    def commands(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The command menus set, by scope and language ("": everyone else's)."""
        return self.methods.commands

    def fail(
        self,
        method: str = "*",
        *,
        times: int = 1,
        status: int = 500,
        description: str = "Internal Server Error",
        lost: bool = False,
        **parameters: int,
    ) -> None:
        """Answer the next calls with an error."""
        error = ApiError(status, description, **parameters)
        self._faults.append(Fault(method=method.lower(), times=times, error=error, lost=lost))

    def delay(self, seconds: float, method: str = "*", *, times: int = 1) -> None:
        """Answer the next calls late."""
        self._faults.append(Fault(method=method.lower(), times=times, delay=seconds))

    def hang_up(self, method: str = "*", *, times: int = 1, lost: bool = False) -> None:
        """Break the connection of the next calls."""
        self._faults.append(Fault(method=method.lower(), times=times, hang_up=True, lost=lost))

    async def go_away(self) -> None:
        """Nobody is there: connections break, and new ones are refused."""
        await self._site.stop()
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport is not None:
                connection.transport.abort()

    async def come_back(self) -> None:
        """Be there again, at the same address."""
        port = int(self.url.rpartition(":")[2])
        self._site = web.TCPSite(self._runner, "127.0.0.1", port)
        await self._site.start()

    def have(self, step: Coroutine[Any, Any, None]) -> None:
        """Have a step done in the server's thread: `api.have(api.go_away())`."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(step, self._loop).result(10)

    # --- running ------------------------------------------------------------------------------

    async def __aenter__(self) -> BotApi:
        self._loop = asyncio.get_running_loop()
        application = web.Application(client_max_size=_UPLOAD_BYTES)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/files/{file_id}", self._file_content)
        self._runner = web.AppRunner(
            application, handler_cancellation=True, access_log=None, shutdown_timeout=0.2
        )
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.on_change.append(self._wake_up)
        await self._webhooks.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.on_change.remove(self._wake_up)
        await self._webhooks.stop()
        await self._runner.cleanup()
        self._loop = None

    @contextmanager
    def in_thread(self) -> Iterator[BotApi]:
        """Run in a thread of its own."""
        ready, over = threading.Event(), asyncio.Event()

        async def serve() -> None:
            async with self:
                ready.set()
                await over.wait()

        thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
        thread.start()
        if not ready.wait(10):
            raise RuntimeError("the fake Bot API did not start")
        loop = self._loop
        assert loop is not None
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join(10)

    def _wake_up(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stir)

    def _stir(self) -> None:
        self._wake.set()
        self._wake = asyncio.Event()
        self._webhooks.wake.set()

    # --- answering ----------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        arguments = await _arguments(request)
        at = self.clock()
        fault = self._next_fault(method, arguments)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        status, answer = 200, dict[str, Any]()
        try:
            self._check_token(request)
            if fault.carries_out:
                answer = {"ok": True, "result": await self._result(method, arguments)}
            fault.strike()
        except ApiError as error:
            status, answer = error.code, error.as_json()
        self.calls.append(
            Call(
                method=method,
                arguments=arguments.values,
                at=at,
                status=0 if fault.hang_up else status,
                description=answer.get("description", ""),
            )
        )
        self.touch()
        if fault.hang_up and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, status=status)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")

    async def _result(self, method: str, arguments: Arguments) -> Any:
        if method == "getupdates":
            return await self._updates(arguments)
        if method not in self.methods.by_name:
            raise ApiError(404, "Not Found: method not found")
        with self.lock:
            return self.methods.by_name[method](arguments)

    async def _updates(self, given: Arguments) -> list[Any]:
        given.only("offset", "limit", "timeout", "allowed_updates")
        offset, limit = given.integer("offset", 0), given.integer("limit", 100)
        timeout = min(max(given.integer("timeout", 0), 0), LONGEST_POLL)
        self.methods.allow(given)
        mine = self._poll = object()
        self._wake_up()
        assert self._loop is not None
        deadline = self._loop.time() + timeout
        while True:
            self._check_may_poll(mine)
            wake = self._wake
            batch = self.batch(offset, max(1, min(limit, 100)))
            left = deadline - self._loop.time()
            if batch or left <= 0:
                return batch
            await is_set_within(wake, left)

    def _check_may_poll(self, mine: object) -> None:
        if self.methods.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use "
                "deleteWebhook to delete the webhook first",
            )
        if self._poll is not mine:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )

    def _next_fault(self, method: str, arguments: Arguments) -> Fault:
        """The fault this call meets; one that does nothing if none."""
        for fault in self._faults:
            if fault.times > 0 and fault.method in ("*", method):
                fault.times -= 1
                return fault
        return self.storm.fault(method, arguments) if self.storm else Fault(method=method, times=0)

    async def _file_content(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["file_id"])
        if content is None or request.match_info["token"] != self.token:
            raise web.HTTPNotFound
        return web.Response(body=content)


async def _arguments(request: web.Request) -> Arguments:
    """A call's arguments from the query, a form or JSON."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, tuple[str, bytes, str]] = {}
    if request.content_type == "application/json":
        values |= await request.json()
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read(), value.content_type)
            else:
                values[name] = value
    return Arguments(values, files)
