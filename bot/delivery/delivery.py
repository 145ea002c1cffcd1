"""Everything that leaves, whatever the channel: offered by turns, swept from the outbox, marked.

Answers to a turn arrive here from memory where this process is the sender (SQLite); every other
row is claimed from the outbox by a sweep. A row is marked only after the channel took it
(FEATURES F7), so a crash in between repeats it at most once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from bot.channels.base import Channel
from bot.clock import wall_seconds
from bot.delivery.carrier import Carrier, Counts
from bot.delivery.lease import Lease
from bot.delivery.lookup import Lookup
from bot.delivery.marks import Marks
from bot.delivery.sender import SWEEP_ROWS, Sender
from bot.errors import said
from bot.storage.database import Database, Priority
from bot.storage.outbox import Mark, OutboxRow
from bot.waiting import is_set_within

_log = logging.getLogger("coach.delivery")

# Another process may have written rows: we look into the outbox this often even if not woken.
POLL_SECONDS = 1.0
STOP_SECONDS = 3.0
# A row may go by the system's clock and we wake by the monotonic one: too early finds nothing.
WAKE_MARGIN = 0.005


class Delivery:
    """Sends what the outbox holds. `leases`: for channels on which one process alone may send."""

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        leases: Mapping[str, Lease] | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._leases = dict(leases or {})
        self._lookup = Lookup(database, now)
        self._marks = Marks(database, now, self._written)
        self._wanted = asyncio.Event()
        self._has_more: set[str] = set()
        self._sweeper: asyncio.Task[None] | None = None
        self._carriers: dict[str, Carrier] = {}
        self._senders = {name: self._sender(name, each, now) for name, each in channels.items()}

    def _sender(self, name: str, channel: Channel, now: Callable[[], datetime]) -> Sender:
        may_send = self._leases[name].is_held if name in self._leases else _always
        carrier = Carrier(
            channel=channel, lookup=self._lookup, marks=self._marks, now=now, may_send=may_send
        )
        self._carriers[name] = carrier
        return Sender(
            carrier=carrier,
            limits=channel.capabilities,
            marks=self._marks,
            may_send=may_send,
            on_room=lambda: self._note_room(name),
            wake_in=self._wake_in,
        )

    async def start(self) -> None:
        """Begin to send, on each channel as soon as this process may."""
        self._marks.start()
        for sender in self._senders.values():
            sender.start()
        for name, lease in self._leases.items():
            # Whoever shares a SQLite file shares its machine's network too.
            reaches = None if self._database.is_sqlite else self._channels[name].is_reachable
            await lease.start(partial(self._taken, name), reaches)
        self._sweeper = asyncio.create_task(self._sweep_forever())

    async def stop(self) -> None:
        """Finish what is on its way, give back the rest, mark everything, let others send."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.wait([self._sweeper])
        await asyncio.gather(*(each.stop(STOP_SECONDS) for each in self._senders.values()))
        await self._marks.stop()
        for lease in self._leases.values():
            await lease.stop()

    def claims(self, channel: str) -> bool:
        """Whether a turn's answers there should come straight from memory, claimed already.

        With PostgreSQL another process may hold earlier ones of the same chat: only the outbox
        knows the order.
        """
        sender = self._senders.get(channel)
        return self._database.is_sqlite and sender is not None and sender.may_send()

    def offer(self, rows: Iterable[OutboxRow]) -> None:
        """Rows just committed: send the claimed ones, look for the others."""
        for row in rows:
            sender = self._senders.get(row.address.channel)
            if sender is not None and row.claimed_until > 0:
                sender.offer(row)
            else:
                self.wake()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._wanted.set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in hand."""
        return all(sender.is_idle for sender in self._senders.values())

    def counts(self) -> dict[str, Counts]:
        """What happened since the start, by channel."""
        return {name: carrier.counts for name, carrier in self._carriers.items()}

    async def sweep(self) -> int:
        """Claim rows that may leave; how many there were."""
        senders = {n: s for n, s in self._senders.items() if s.may_send()}
        count = 0
        for name, sender in senders.items():
            held, room = sender.look() + self._marks.unwritten, sender.room
            rows, waiting = await self._database.run(
                self._claim, name, held, room, sender.is_behind, priority=Priority.SWEEP
            )
            for row in rows:
                sender.take_up(row)
            if waiting is not None:
                sender.caught_up(waiting)
            count += len(rows)
        return count

    def _claim(
        self,
        name: str,
        held: list[int],
        room: int,
        is_behind: bool,  # noqa: FBT001 - `run` takes plain arguments
    ) -> tuple[list[OutboxRow], set[str] | None]:
        wall = wall_seconds()
        with self._database.begin() as store:
            rows = store.claims.claim(name, wall, SWEEP_ROWS, answers=True, held=held)
            is_full = len(rows) == SWEEP_ROWS
            if room:
                pushes = store.claims.claim(name, wall, room, answers=False, held=held)
                is_full |= len(pushes) == room
                rows += pushes
            waiting = store.claims.chats_waiting(name, wall) if is_behind else None
        self._has_more.add(name) if is_full or not room else self._has_more.discard(name)
        return rows, waiting

    async def _sweep_forever(self) -> None:
        while True:
            await is_set_within(self._wanted, POLL_SECONDS)
            self._wanted.clear()
            try:
                await self.sweep()
            except Exception as error:
                _log.warning("the outbox cannot be looked at: %s", said(error))
                await asyncio.sleep(POLL_SECONDS)

    async def _taken(self, name: str) -> None:
        """This process sends on the channel from now on: whoever did before holds no row."""

        def release() -> set[str]:
            with self._database.begin() as store:
                store.claims.release(name)
                return store.claims.chats_waiting(name, wall_seconds())

        self._senders[name].begin_anew(await self._database.run(release))
        self.wake()

    def _note_room(self, name: str) -> None:
        if name in self._has_more and self._senders[name].room >= SWEEP_ROWS // 6:
            self.wake()

    def _wake_in(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds + WAKE_MARGIN, self.wake)

    def _written(self, marks: list[Mark]) -> None:
        self._lookup.written(marks)
        for sender in self._senders.values():
            sender.look_again()
        # What waited behind a row of its chat can be claimed now.
        if len(self._has_more) or any(sender.is_behind for sender in self._senders.values()):
            self.wake()


def _always() -> bool:
    return True
