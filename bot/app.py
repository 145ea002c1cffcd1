"""The running coach: started, stopped, and every event taken in its turn."""

from __future__ import annotations

import asyncio
import logging
import signal
from dataclasses import dataclass, field
from typing import IO

from bot.channels.base import Channel, Received
from bot.channels.web.server import WebServer
from bot.clock import Clock, monotonic_seconds
from bot.delivery.delivery import Delivery
from bot.flood import Floods
from bot.heartbeat import Heartbeat
from bot.locks import KeyedLocks
from bot.messages import Incoming, TimerFired
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.database import Database, Priority
from bot.storage.listener import Listener
from bot.turn import Outcome, Turns
from content.schema import Pack
from scheduler.ticker import Ticker

_log = logging.getLogger("coach.turn")


@dataclass(slots=True, kw_only=True)
class App:
    """The running coach: what is started, and stopped in the opposite order."""

    settings: Settings
    clock: Clock
    pack: Pack
    database: Database
    sole_user: IO[bytes] | None
    turns: Turns
    channels: dict[str, Channel]
    delivery: Delivery
    heartbeat: Heartbeat
    server: WebServer
    metrics: Metrics
    _people: KeyedLocks = field(default_factory=KeyedLocks)
    _listener: Listener | None = None
    _floods: Floods = field(default_factory=Floods)

    async def start(self) -> None:
        """Serve health first, then let events in, and send what a former process left.

        Timed sets get back the time the coach was away before anybody can press.
        """
        await self.heartbeat.start()
        await self.server.start()
        for channel in self.channels.values():
            await channel.start(self.receive)
        await self.delivery.start()
        if not self.database.is_sqlite:
            self._listener = Listener(self.database.engine.url, self.delivery.wake)
            self._listener.start()

    async def stop(self) -> None:
        """Take nothing more in, finish what is in hand, send what is committed."""
        await asyncio.gather(*(channel.stop() for channel in self.channels.values()))
        await self.server.stop()
        await self.heartbeat.stop()
        if self._listener is not None:
            await self._listener.stop()
        await self.delivery.stop()
        await asyncio.to_thread(self.database.close)
        if self.sole_user is not None:
            self.sole_user.close()

    def ticker(self) -> Ticker:
        """The scheduler over this coach, not started: that is an entry point's choice."""
        return Ticker(
            database=self.database,
            take=self.receive,
            now=self.clock.now,
            kinds=self.pack.milestones.kinds,
            renderer=self.turns.renderer,
            channels=self.turns.channels,
        )

    async def receive(self, event: Incoming) -> Received:
        """Take the event's turn, one at a time per person, and send what it left behind."""
        outcome = await self._in_turn(event)
        return Received(notice=outcome.notice, duplicate=outcome.duplicate)

    async def _in_turn(self, event: Incoming) -> Outcome:
        async with self._people.hold(event.person):
            started = monotonic_seconds()
            outcome = await self.database.run(
                self.turns.take, event, self.clock.now(), priority=self._priority(event)
            )
            self.delivery.offer(outcome.rows)
            milliseconds = (monotonic_seconds() - started) * 1000
            self.metrics.note_turn(outcome.route, milliseconds)
            _log_turn(outcome, milliseconds)
        return outcome

    def _priority(self, event: Incoming) -> Priority:
        if isinstance(event, TimerFired):
            return Priority.TIMER
        is_flood = self._floods.is_flood(event.person, monotonic_seconds())
        return Priority.FLOOD if is_flood else Priority.EVENT


def stop_signal() -> asyncio.Event:
    """Set once the process is told to end (SIGTERM, SIGINT); from inside the running loop."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def _log_turn(outcome: Outcome, milliseconds: float) -> None:
    _log.info(
        "turn candidate=%s route=%s ms=%.1f",
        outcome.candidate_id or "-",
        outcome.route,
        milliseconds,
        extra={
            "candidate": outcome.candidate_id,
            "route": outcome.route,
            "ms": round(milliseconds, 1),
        },
    )
