"""One channel's sender: what it holds, what may leave now, and where the rest waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.channels.base import Capabilities
from bot.clock import monotonic_seconds, wall_seconds
from bot.delivery.carrier import Carrier, Fate
from bot.delivery.hand import Hand
from bot.delivery.marks import Marks
from bot.delivery.pacing import Pacer
from bot.storage.outbox import OutboxRow, Urgency
from bot.waiting import is_set_within

# A message that the platform wants later than this waits in the outbox, not in memory.
LONGEST_HOLD = 1.0
# A channel without limits takes this many at a time.
SWEEP_ROWS = 60
MOST_IN_HAND = 500
MOST_ON_THE_WAY = 64


class Sender:
    """Sends what it is given, the most urgent first, in order within a chat.

    `may_send`: whether this process is the one that sends here. `on_room` is told when something
    was sent; `wake_in` that a row in the outbox may go in so many seconds.
    """

    def __init__(
        self,
        *,
        carrier: Carrier,
        limits: Capabilities,
        marks: Marks,
        may_send: Callable[[], bool],
        on_room: Callable[[], None],
        wake_in: Callable[[float], None],
    ) -> None:
        self.may_send = may_send
        self._carrier = carrier
        self._limits = limits
        self._marks = marks
        self._on_room = on_room
        self._wake_in = wake_in
        self._hand = Hand()
        # Chats with answers in the outbox: later ones wait behind them.
        self._behind: set[str] = set()
        # Chats whose rows went back since the last sweep began.
        self._turned_back: set[str] = set()
        self._woken = asyncio.Event()
        self._sends: set[asyncio.Task[None]] = set()
        self._is_held_up = False
        self._loop: asyncio.Task[None] | None = None
        self._pacer = Pacer(limits)
        self._pacer.begin_anew(monotonic_seconds())

    def begin_anew(self, behind: set[str]) -> None:
        """Others may have sent until now, claims are void; `behind`: chats with answers left."""
        self._pacer.begin_anew(monotonic_seconds())
        self._hand.give_up_all()
        self._behind |= behind

    def start(self) -> None:
        """Begin to send."""
        self._loop = asyncio.create_task(self._run())

    @property
    def is_idle(self) -> bool:
        """Whether nothing is held."""
        return not len(self._hand)

    @property
    def room(self) -> int:
        """How many more pushes it takes: a second's work, so that taking back still works."""
        return max(0, (self._limits.per_second or SWEEP_ROWS) - self._hand.unasked)

    def look_again(self) -> None:
        """Marks were written: what waited for that may leave."""
        if self._is_held_up:
            self._woken.set()

    def look(self) -> list[int]:
        """The ids of all rows held: a sweep begins that may take up those behind them."""
        self._turned_back.clear()
        return [row.id for row in self._hand.rows()]

    @property
    def is_behind(self) -> bool:
        """Whether some chat's answers wait in the outbox."""
        return bool(self._behind)

    def caught_up(self, waiting: set[str]) -> None:
        """Only these chats still have answers in the outbox."""
        if not self._marks.has_put_backs:
            self._behind &= waiting

    def offer(self, row: OutboxRow) -> None:
        """Take a row straight from its turn, unless others of its chat wait in the outbox."""
        chat = row.address.chat
        closed = self._pacer.closed_for(chat, monotonic_seconds())
        if self._loop is None or not self.may_send() or len(self._hand) >= MOST_IN_HAND:
            closed = 0.0
        elif chat not in self._behind and closed <= LONGEST_HOLD:
            self.hold(row)
            return
        self._wait_in_outbox(row, Fate(waits=closed))

    def take_up(self, row: OutboxRow) -> None:
        """Take a row that a sweep claimed, unless one before it has gone back meanwhile."""
        if row.address.chat in self._turned_back:
            self._give_back([row])
        else:
            self.hold(row)

    def hold(self, row: OutboxRow) -> None:
        """Take a claimed row, and send it now if it may leave."""
        self._hand.add(row)
        self._go_on()

    async def stop(self, seconds: float) -> None:
        """Finish what is on its way, within `seconds`; give the rest back."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait([self._loop])
            self._loop = None
        self._give_back(self._hand.give_up_all())
        if self._sends:
            await asyncio.wait(self._sends, timeout=seconds)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            if not self.may_send():
                self._give_back(self._hand.give_up_all())
            wait = self._begin_what_may_leave()
            await is_set_within(self._woken, min(wait, LONGEST_HOLD))

    def _go_on(self) -> None:
        """Send what may leave; what must wait is the loop's, which wakes when it may."""
        if len(self._hand) > self._hand.on_the_way and self._begin_what_may_leave() < LONGEST_HOLD:
            self._woken.set()

    def _begin_what_may_leave(self) -> float:
        """Send all that may leave now; seconds until the next may."""
        while self.may_send() and self._hand.on_the_way < MOST_ON_THE_WAY:
            row, wait = self._hand.next(self._wait_of)
            if row is None:
                return wait
            self._is_held_up = self._marks.is_behind
            if self._is_held_up:
                return LONGEST_HOLD
            self._begin(row)
        return LONGEST_HOLD

    def _wait_of(self, row: OutboxRow) -> float:
        return self._pacer.wait(row.address, monotonic_seconds(), spread=_is_unasked(row))

    def _begin(self, row: OutboxRow) -> None:
        self._pacer.left(row.address, monotonic_seconds(), spread=_is_unasked(row))
        self._hand.begin(row)
        task = asyncio.create_task(self._send(row))
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)

    async def _send(self, row: OutboxRow) -> None:
        """Send one row; whatever happens, its chat goes on and its place in the second ends."""
        fate = Fate(left=False)
        if self._hand.is_outdated(row):
            self._marks.skip(row)
        else:
            fate = await self._carrier.carry(row, self._pacer)
        self._pacer.answered(row.address, monotonic_seconds(), counts=fate.left)
        self._hand.end(row)
        if fate.waits is not None:
            self._wait_in_outbox(row, fate)
        if fate.chat_gone:
            self._hand.give_up(row.address.chat)
        self._go_on()
        self._on_room()

    def _wait_in_outbox(self, row: OutboxRow, fate: Fate) -> None:
        """The row goes back for a while, and what follows in its chat with it."""
        delay = fate.waits or 0.0
        self._behind.add(row.address.chat)
        self._turned_back.add(row.address.chat)
        self._marks.put_back(row, wall_seconds() + delay, failed=fate.failed)
        self._give_back(self._hand.give_up(row.address.chat))
        if delay:
            self._wake_in(delay)

    def _give_back(self, rows: list[OutboxRow]) -> None:
        for row in rows:
            self._marks.put_back(row, 0.0, failed=False)


def _is_unasked(row: OutboxRow) -> bool:
    return row.urgency is not Urgency.ANSWER
