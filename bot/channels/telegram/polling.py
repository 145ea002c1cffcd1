"""Long polling that loses nothing when the process is killed.

Telegram forgets the updates below the offset it is asked for, so the offset never passes an
update whose turn is not committed. python-telegram-bot's own loop moves it before any handler
has run (DEPENDENCIES, finding 1).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError

from bot.channels.telegram.inbound import Reading, update_id_of
from bot.errors import said
from bot.waiting import is_set_within

_log = logging.getLogger("coach.telegram")

WAIT_SECONDS = 25
# How long a slow or failing turn may hold back the next request; it also keeps requests for the
# same offset apart, which the server answers with one update at a time below half a second.
PATIENCE = 1.0
GATHER = 0.02
LONGEST_PAUSE = 5.0  # after an outage nobody waits longer to be heard
CONFLICT_PAUSE = 5.0  # another process polls: it may be on its way out
TOKEN_PAUSE = 30.0
NOT_MINE_PAUSE = 0.2  # another process polls now; ours to begin as soon as it no longer does

Fetch = Callable[[int | None, int], Awaitable[list[Any]]]
"""Gives raw updates from an offset on, waiting so many seconds for the first."""


def pauses(first: float, longest: float) -> Iterator[float]:
    """Seconds to wait between tries: doubling, up to `longest`."""
    pause = first
    while True:
        yield pause
        pause = min(2 * pause, longest)


class Polling:
    """Asks for updates and has each taken: in order within a conversation, side by side across.

    Only while `may_poll`: one process at a time. `take` raises when a turn could not be
    committed; it is then tried again until it is. At most the 100 updates that Telegram gives
    from the oldest uncommitted one on are in hand.
    """

    def __init__(
        self,
        *,
        fetch: Fetch,
        read: Callable[[object], Reading],
        take: Callable[[Reading], Awaitable[None]],
        may_poll: Callable[[], bool] = lambda: True,
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._take = take
        self._may_poll = may_poll
        self._last: int | None = None
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._committed: set[int] = set()
        self._lanes: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until stopped."""
        waits = pauses(0.5, LONGEST_PAUSE)
        while not self._stopping.is_set():
            if not self._may_poll():
                await self._pause(NOT_MINE_PAUSE)
                continue
            try:
                offset = self._offset()
                self._hand_out(await self._fetch(offset, self._patience()), offset)
            except Exception as error:
                # Whatever the server answered, polling must go on.
                _log.warning("polling: %s", type(error).__name__)
                await self._pause(_pause_after(error, waits))
                continue
            waits = pauses(0.5, LONGEST_PAUSE)
            if self._in_hand:
                # What comes meanwhile comes in one answer: a request costs as much as a turn.
                await self._pause(GATHER)
            if self._in_hand:
                await asyncio.wait(self._in_hand.values(), timeout=PATIENCE)

    async def stop(self, seconds: float) -> None:
        """Begin no more turns; wait up to `seconds` for those begun."""
        self._stopping.set()
        tasks = list(self._in_hand.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _offset(self) -> int | None:
        """The oldest update whose turn is not committed, else the next to come."""
        if self._in_hand:
            return min(self._in_hand)
        return None if self._last is None else self._last + 1

    def _patience(self) -> int:
        return 0 if self._in_hand else WAIT_SECONDS

    def _hand_out(self, batch: list[Any], offset: int | None) -> None:
        """Begin the turns of updates not seen yet."""
        known = [(number, raw) for raw in batch if (number := update_id_of(raw)) is not None]
        if batch and not known:
            raise NetworkError("updates without ids")
        if offset is not None:
            self._committed = {number for number in self._committed if number >= offset}
        for number, raw in known:
            # After a quiet week Telegram begins to count elsewhere, perhaps below.
            began_anew = offset is not None and number < offset
            self._last = number if self._last is None or began_anew else max(self._last, number)
            if number not in self._in_hand and number not in self._committed:
                self._begin(number, self._read(raw))

    def _begin(self, number: int, reading: Reading) -> None:
        lane = (reading.event.address.chat, reading.event.sender) if reading.event else ("", "")
        task = asyncio.create_task(self._take_until_done(number, reading, self._lanes.get(lane)))
        self._in_hand[number] = task
        if lane[0]:
            self._lanes[lane] = task
            task.add_done_callback(lambda done: self._leave(lane, done))

    def _leave(self, lane: tuple[str, str], task: asyncio.Task[None]) -> None:
        if self._lanes.get(lane) is task:
            del self._lanes[lane]

    async def _take_until_done(
        self, number: int, reading: Reading, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        for wait in pauses(0.2, 10.0):
            if self._stopping.is_set():
                return
            try:
                await self._take(reading)
                break
            except Exception as error:
                _log.warning("update %s not committed: %s", number, said(error))
                await self._pause(wait)
        self._committed.add(number)
        del self._in_hand[number]

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not through a stop."""
        await is_set_within(self._stopping, seconds)


def _pause_after(error: Exception, waits: Iterator[float]) -> float:
    if isinstance(error, Conflict):
        return CONFLICT_PAUSE
    return TOKEN_PAUSE if isinstance(error, InvalidToken) else next(waits)
