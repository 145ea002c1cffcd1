"""From outbox row to channel: in order within a chat, paced, retried, never silently lost.

Answers to a turn arrive here from memory, claimed already; every other row is claimed from the
outbox by a sweep. A row is marked only after the channel took it (FEATURES F7), so a crash in
between repeats it at most once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.channels.base import Channel
from bot.clock import wall_seconds
from bot.errors import Refused, TryLater
from bot.marks import Marks
from bot.messages import Address
from bot.pacing import Pacer
from bot.storage.database import Database, Priority
from bot.storage.outbox import ROWS_OF_A_CHAT, SEND_ANEW, Mark, OutboxRow, Urgency

_log = logging.getLogger("coach.delivery")

SWEEP_ROWS = 60
# A message that must wait longer goes back to the outbox instead of being held in memory.
LONGEST_HOLD = 1.0
MOST_IN_HAND = 2000
BACK_OFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
# Of what the channel takes in a second, what less urgent messages leave to answers.
_RESERVE = {Urgency.ANSWER: 0, Urgency.PUSH: 5, Urgency.BROADCAST: 10}

Key = tuple[str, str]


class Delivery:
    """Sends what the outbox holds."""

    def __init__(
        self, *, database: Database, channels: Mapping[str, Channel], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._channels = channels
        self._now = now
        self._pacers = {
            name: Pacer(channel.capabilities, started_at=wall_seconds())
            for name, channel in channels.items()
        }
        self._waiting: dict[Key, deque[OutboxRow]] = {}
        self._workers: dict[Key, asyncio.Task[None]] = {}
        self._refs: dict[tuple[Address, str], str] = {}
        self._behind: dict[Key, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._marks = Marks(database, self._forget_refs)
        self._stopping = False

    async def start(self) -> None:
        """Begin to mark what was sent."""
        self._marks.start()

    def offer(self, rows: Iterable[OutboxRow]) -> None:
        """Send these claimed rows, each after what already waits for its chat."""
        for row in rows:
            key = (row.address.channel, row.address.chat)
            if key in self._behind:
                # Earlier messages of the chat wait in the outbox: this one waits behind them.
                self._later(row, self._behind[key])
            else:
                self._take_in_hand(key, row)

    def _take_in_hand(self, key: Key, row: OutboxRow) -> None:
        if row.address.channel in self._channels and not self._stopping:
            self._waiting.setdefault(key, deque()).append(row)
            if key not in self._workers:
                self._workers[key] = asyncio.create_task(self._serve(key))

    def _later(self, row: OutboxRow, until: float) -> None:
        task = asyncio.create_task(self._put_back([(row, until, False)]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sweep(self) -> int:
        """Claim and send rows that wait in the outbox; how many there were."""
        if self._stopping or sum(map(len, self._waiting.values())) > MOST_IN_HAND:
            return 0
        rows = await self._database.run(self._claim, priority=Priority.SWEEP)
        of_chat = Counter((row.address.channel, row.address.chat) for row in rows)
        for row in rows:
            self._take_in_hand((row.address.channel, row.address.chat), row)
        now = wall_seconds()
        for key, until in list(self._behind.items()):
            if until <= now and of_chat[key] < ROWS_OF_A_CHAT:
                del self._behind[key]
        return len(rows)

    async def stop(self) -> None:
        """Finish the messages in hand, give back the rest, mark everything."""
        self._stopping = True
        for rows in list(self._waiting.values()):
            await self._put_back([(row, 0.0, False) for row in rows])
            rows.clear()
        if under_way := [*self._workers.values(), *self._tasks]:
            await asyncio.wait(under_way, timeout=3)
        await self._marks.stop()

    def _claim(self) -> list[OutboxRow]:
        with self._database.begin() as store:
            return store.outbox.claim(wall_seconds(), SWEEP_ROWS)

    async def _serve(self, key: Key) -> None:
        """Send a chat's rows one after another, until none is left."""
        rows = self._waiting[key]
        try:
            while rows:
                row = rows.popleft()
                until = await self._send(row)
                if until is not None:
                    self._behind[key] = until
                    await self._put_back([(later, until, False) for later in rows])
                    rows.clear()
        except Exception:
            # The outbox keeps its messages: their claims lapse and a sweep takes them up.
            _log.exception("delivery to one chat stopped")
        finally:
            del self._workers[key]
            del self._waiting[key]

    async def _send(self, row: OutboxRow) -> float | None:
        """Send one row. When it went back to wait: until when (system seconds)."""
        if row.expires_at is not None and self._now() >= row.expires_at:
            self._marks.add(
                Mark(row=row, at=self._now(), dead_reason="expired before it could leave")
            )
            return None
        wanted, ref = await self._look_up(row)
        if not wanted:
            return None
        pacer = self._pacers[row.address.channel]
        reserve = _RESERVE[row.urgency]
        while (wait := pacer.wait(row.address, wall_seconds(), reserve=reserve)) > 0:
            if wait > LONGEST_HOLD or self._stopping:
                until = wall_seconds() + wait
                await self._put_back([(row, until, False)])
                return until
            await asyncio.sleep(wait)
        pacer.left(row.address, wall_seconds())
        return await self._hand_over(row, ref, pacer)

    async def _hand_over(self, row: OutboxRow, ref: str | None, pacer: Pacer) -> float | None:
        channel = self._channels[row.address.channel]
        try:
            sent_ref = await channel.send(row.address, row.payload, ref, f"o{row.id}")
        except TryLater as error:
            return await self._retry(row, error, pacer)
        except Refused as error:
            await self._give_up(row, error)
            return None
        finally:
            pacer.answered(wall_seconds())
        if row.slot:
            self._refs[row.address, row.slot] = sent_ref
        self._marks.add(Mark(row=row, at=self._now(), provider_ref=sent_ref))
        return None

    async def _look_up(self, row: OutboxRow) -> tuple[bool, str | None]:
        """Whether the row is still wanted, and which message it rewrites (None: send anew).

        An answer straight from its turn that knows its message needs no look. A push is checked
        just before it leaves, so that /forget, a pause or a validated step takes effect; and so
        is what was left in the outbox, so that no old screen comes over a newer one.
        """
        knows = not row.slot or row.edit_ref is not None or row.candidate_id is None
        if row.urgency is Urgency.ANSWER and knows and not row.is_swept:
            return not self._is_outdated(row), row.edit_ref or None
        return await self._database.run(self._check, row)

    def _is_outdated(self, row: OutboxRow) -> bool:
        """Whether a newer rewrite of the same message waits behind: this one would flicker."""
        later = self._waiting.get((row.address.channel, row.address.chat), ())
        if not row.edit_ref or all(
            (other.slot, other.edit_ref) != (row.slot, row.edit_ref) for other in later
        ):
            return False
        self._marks.add(Mark(row=row, at=self._now()))
        return True

    def _check(self, row: OutboxRow) -> tuple[bool, str | None]:
        with self._database.begin() as store:
            if not store.outbox.still_wanted(row):
                return False, None
            if not row.slot or row.candidate_id is None:
                return True, row.edit_ref or None
            ref, revision = store.shown.current(row.address, row.slot)
            if row.revision < revision and ref is not None:
                # A newer rewrite is on the screen already, or about to be.
                store.outbox.mark([Mark(row=row, at=self._now())])
                return False, None
        if row.edit_ref == SEND_ANEW:
            return True, None
        return True, self._refs.get((row.address, row.slot)) or ref or row.edit_ref

    async def _retry(self, row: OutboxRow, error: TryLater, pacer: Pacer) -> float:
        """Wait as the platform says, or back off; the chat waits with its message."""
        rate_limited = error.after > 0
        delay = error.after or BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
        until = wall_seconds() + delay
        pacer.close(row.address, until, whole_channel=error.whole_channel)
        _log.warning("message %d waits %.1f s: %s", row.id, delay, error)
        await self._put_back([(row, until, not rate_limited)])
        return until

    async def _give_up(self, row: OutboxRow, error: Refused) -> None:
        _log.warning("message %d will not be sent: %s", row.id, error)
        mark = Mark(row=row, at=self._now(), dead_reason=str(error)[:300])
        if error.chat_gone:
            self._waiting[row.address.channel, row.address.chat].clear()
            await self._database.run(self._close_chat, row.address, mark)
        else:
            self._marks.add(mark)

    def _close_chat(self, address: Address, mark: Mark) -> None:
        with self._database.begin() as store:
            store.outbox.mark([mark])
            store.conversations.block(address.channel, address.chat, self._now())
            store.outbox.drop_chat(address.channel, address.chat)

    async def _put_back(self, rows: list[tuple[OutboxRow, float, bool]]) -> None:
        def put() -> None:
            with self._database.begin() as store:
                for row, not_before, failed in rows:
                    store.outbox.put_back(row, not_before=not_before, failed=failed)

        if rows:
            await self._database.run(put)

    def _forget_refs(self, marks: list[Mark]) -> None:
        """What is written down need not be kept in memory."""
        for mark in marks:
            slot = (mark.row.address, mark.row.slot)
            if self._refs.get(slot) == mark.provider_ref:
                self._refs.pop(slot, None)
