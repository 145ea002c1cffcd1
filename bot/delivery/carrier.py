"""Carries one row to its channel and says what came of it.

Where it can crash, and what then happens:
- before the request: the row waits in the outbox, its claim lapses or is voided;
- while the request is open, or before its mark is written: the row is sent once more at most.
  A rewrite of a message changes nothing the second time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.base import Channel
from bot.clock import monotonic_seconds
from bot.delivery.lookup import Lookup
from bot.delivery.marks import Marks
from bot.delivery.pacing import Pacer
from bot.errors import Refused, StorageError, TryLater, trace_of
from bot.messages import Address
from bot.storage.outbox import Mark, OutboxRow

_log = logging.getLogger("coach.delivery")

BACK_OFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
# The platform is away: everything tries again, further and further apart within these bounds.
AWAY_FIRST, AWAY_LONGEST = 1.0, 5.0
# It took nothing for so long, of more chats than one: then no message is to blame.
AWAY_AFTER = 10.0
# With the last back-off repeated: after more than eleven hours.
MOST_ATTEMPTS = 18
_LOOK_AGAIN = 0.25


@dataclass(slots=True)
class Counts:
    """What happened since the start."""

    sent: int = 0
    rate_limited: int = 0
    put_off: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a row. `left`: it was on the platform's side, or may have been.

    `waits`: seconds for which it goes back to the outbox (None: it is done with); `failed`: that
    counts as a failure of its own; `chat_gone`: nothing more goes there.
    """

    left: bool = True
    waits: float | None = None
    failed: bool = False
    chat_gone: bool = False


class Carrier:
    """Sends single rows. `may_send`: whether this process is the one that sends here."""

    def __init__(
        self,
        *,
        channel: Channel,
        lookup: Lookup,
        marks: Marks,
        now: Callable[[], datetime],
        may_send: Callable[[], bool],
    ) -> None:
        self.counts = Counts()
        self._channel = channel
        self._lookup = lookup
        self._marks = marks
        self._now = now
        self._may_send = may_send
        self._failing_since: float | None = None
        self._failing_chats: set[str] = set()

    async def carry(self, row: OutboxRow, pacer: Pacer) -> Fate:
        """Send the row if it still should leave. Never raises."""
        try:
            ref = await self._last_look(row)
            if ref is None:
                return Fate(left=False)
            if not self._may_send():
                return Fate(left=False, waits=0.0)
            return await self._hand_over(row, ref or None, pacer)
        except StorageError as error:
            _log.warning("message %d waits: %s", row.id, error)
            return Fate(waits=BACK_OFF[0])
        except Exception as error:
            _log.error("message %d waits: a fault of ours\n%s", row.id, trace_of(error))
            return self._later(row, "a fault of ours")

    async def _last_look(self, row: OutboxRow) -> str | None:
        """Which message to rewrite (empty: send anew); None when the row must not leave."""
        if row.expires_at is not None and self._now() >= row.expires_at:
            self._bury(row, "expired before it could leave")
            return None
        return await self._lookup.ref_of(row)

    async def _hand_over(self, row: OutboxRow, ref: str | None, pacer: Pacer) -> Fate:
        async def pace(address: Address) -> None:
            await self._pace(address, pacer)

        try:
            sent = await self._channel.send(row.address, row.payload, ref, f"o{row.id}", pace)
        except TryLater as error:
            return self._try_later(row, error, pacer)
        except Refused as error:
            return await self._refused(row, error, pacer)
        self._served(pacer)
        self.counts.sent += 1
        self._lookup.note(row, sent)
        self._marks.add(Mark(row=row, at=self._now(), provider_ref=sent))
        return Fate()

    async def _pace(self, address: Address, pacer: Pacer) -> None:
        """One more call for a message under way: wait until it may leave too.

        Raises TryLater when this process may no longer send.
        """
        pacer.answered(address, monotonic_seconds())
        try:
            wait = pacer.wait(address, monotonic_seconds())
            while wait > 0:
                await asyncio.sleep(min(wait, _LOOK_AGAIN))
                wait = pacer.wait(address, monotonic_seconds())
        finally:
            pacer.left(address, monotonic_seconds())
        if not self._may_send():
            raise TryLater("another process sends now")

    def _try_later(self, row: OutboxRow, error: TryLater, pacer: Pacer) -> Fate:
        """Wait as the platform says, or back off; that it is away is no message's fault."""
        self.counts.put_off += 1
        if error.after > 0:
            self.counts.rate_limited += 1
            return self._close(row, error, error.after, pacer)
        away = self._failing_for()
        self._failing_chats.add(row.address.chat)
        delay = min(max(AWAY_FIRST, away), AWAY_LONGEST)
        if error.whole_channel:
            return self._close(row, error, delay, pacer)
        if away >= AWAY_AFTER and len(self._failing_chats) > 1:
            return _waits(row, delay, str(error))
        return self._later(row, str(error))

    def _close(self, row: OutboxRow, error: TryLater, seconds: float, pacer: Pacer) -> Fate:
        """Nothing more leaves to the row's chat, or at all, for so long."""
        until = monotonic_seconds() + seconds
        pacer.close(row.address, until, whole_channel=error.whole_channel)
        return _waits(row, seconds, str(error))

    def _failing_for(self) -> float:
        """Seconds since the first failure after the last message that the platform took."""
        now = monotonic_seconds()
        if self._failing_since is None:
            self._failing_since = now
        return now - self._failing_since

    def _served(self, pacer: Pacer) -> None:
        """The platform dealt with a message: it is there."""
        self._failing_since = None
        self._failing_chats.clear()
        pacer.served()

    def _later(self, row: OutboxRow, reason: str) -> Fate:
        """A failure of this message: back off, in the end give up."""
        if row.attempts + 1 >= MOST_ATTEMPTS:
            self._bury(row, f"given up after {MOST_ATTEMPTS} tries: {reason}")
            return Fate()
        delay = BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
        return replace(_waits(row, delay, reason), failed=True)

    async def _refused(self, row: OutboxRow, error: Refused, pacer: Pacer) -> Fate:
        self._served(pacer)
        if error.chat_gone:
            await self._lookup.close_chat(row, str(error))
        self._bury(row, str(error))
        return Fate(chat_gone=error.chat_gone)

    def _bury(self, row: OutboxRow, reason: str) -> None:
        """The row becomes a dead letter."""
        self.counts.dead += 1
        _log.warning("message %d will not be sent: %s", row.id, reason)
        self._marks.add(Mark(row=row, at=self._now(), dead_reason=reason[:300]))


def _waits(row: OutboxRow, seconds: float, reason: str) -> Fate:
    _log.warning("message %d waits %.1f s: %s", row.id, seconds, reason)
    return Fate(waits=seconds)
