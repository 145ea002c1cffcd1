"""Who may send: at most one process a token, and another one soon after it is gone.

The lease is a row, its end by the database's clock. Its holder trusts only its own monotonic
clock, from before it asked, and stops two seconds before anybody else may begin: also one that was
frozen, cut off from the database, or whose system clock was changed (DESIGN 1.8). One that is cut
off from the platform alone would hold it for ever and neither send nor hear: it lets go.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from bot.clock import monotonic_seconds
from bot.errors import StorageError
from bot.storage.database import Database

_log = logging.getLogger("coach.lease")

LEASE_SECONDS = 10.0
HOLD_SECONDS = 8.0
RENEW_SECONDS = 3.0
ASK_SECONDS = 1.0
# The holder looks this often whether it reaches the platform, and waits as long for an answer.
LOOK_SECONDS = 2.0
# Four looks in vain: with the second in which another asks, it is replaced within ten seconds.
CUT_OFF_SECONDS = 8.0

OnTaken = Callable[[], Awaitable[None]]
Reaches = Callable[[], Awaitable[bool]]
"""Whether this process reaches the platform now."""


class Lease:
    """One name that one process at a time may hold."""

    def __init__(self, database: Database, name: str) -> None:
        self.name = name
        self._database = database
        self._holder = secrets.token_hex(8)
        self._until = float("-inf")
        self._is_cut_off = False
        # Letting go while a renewal is on its way would leave two who believe they hold it.
        self._one_at_a_time = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    def is_held(self) -> bool:
        """Whether this process holds it now. From any thread."""
        return monotonic_seconds() < self._until

    async def start(self, on_taken: OnTaken, reaches: Reaches | None = None) -> None:
        """Ask for it now, then until stopped; `on_taken` runs before it counts as held.

        `reaches`: given where another process may reach the platform when this one does not.
        """
        await self._ask(on_taken)
        self._tasks = [asyncio.create_task(self._keep(on_taken))]
        if reaches is not None:
            self._tasks.append(asyncio.create_task(self._watch(reaches)))

    async def stop(self) -> None:
        """Let another have it."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._let_go()

    async def _keep(self, on_taken: OnTaken) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS if self.is_held() else ASK_SECONDS)
            async with self._one_at_a_time:
                if not self._is_cut_off:
                    await self._ask(on_taken)

    async def _watch(self, reaches: Reaches) -> None:
        """Let go while the platform is out of reach; whoever reaches it first may take over."""
        reached_at = monotonic_seconds()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            looked_at = monotonic_seconds()
            if not (self.is_held() or self._is_cut_off) or await _within(LOOK_SECONDS, reaches):
                reached_at, self._is_cut_off = looked_at, False
            elif monotonic_seconds() - reached_at >= CUT_OFF_SECONDS and not self._is_cut_off:
                _log.warning("%s is out of reach: another process may send there", self.name)
                self._is_cut_off = True
                async with self._one_at_a_time:
                    await self._let_go()

    async def _let_go(self) -> None:
        was_held, self._until = self.is_held(), float("-inf")
        if was_held:
            try:
                await self._database.run(self._release)
            except StorageError as error:
                _log.warning("the lease %s could not be given back: %s", self.name, error)

    async def _ask(self, on_taken: OnTaken) -> None:
        """Take or renew it. A database that does not answer leaves what we have to run out."""
        asked_at, was_held = monotonic_seconds(), self.is_held()
        try:
            ours = await self._database.run(self._take)
            if ours and not was_held:
                await on_taken()
                _log.info("this process sends on %s now", self.name)
        except StorageError as error:
            _log.warning("the lease %s cannot be asked for: %s", self.name, error)
            return
        if was_held and not ours:
            _log.warning("another process sends on %s now", self.name)
        self._until = asked_at + HOLD_SECONDS if ours else float("-inf")

    def _take(self) -> bool:
        with self._database.begin(at_once=True) as store:
            return store.leases.take(self.name, self._holder, LEASE_SECONDS)

    def _release(self) -> None:
        with self._database.begin(at_once=True) as store:
            store.leases.release(self.name, self._holder)


async def _within(seconds: float, reaches: Reaches) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await reaches()
    except TimeoutError:
        return False
