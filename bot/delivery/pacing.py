"""How fast messages may leave: whole channel, each chat, each group. Time is a parameter.

A message counts for the platform at some moment between its leaving and its answer. So it fills
its place in a window from when it leaves until a whole window after it was answered: then the
limits hold however long the way takes, and no margin is needed.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from bot.channels.base import Capabilities
from bot.messages import Address

# Two clocks never tick quite alike.
_JITTER = 0.002
# Of an even distance: what keeps a timer's lateness from adding up.
_DISTANCE = 0.97
_MOST_CHATS = 10_000
# So many chats in a row told to wait, and none served in between: it is the whole channel's.
_CHATS_THAT_MEAN_ALL = 3


@dataclass(slots=True)
class _Window:
    """At most `most` messages in any `seconds`."""

    most: int
    seconds: float
    on_the_way: int = 0
    answered: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more may leave; infinite while only an answer can make room."""
        while self.answered and now - self.answered[0] >= self.seconds + _JITTER:
            self.answered.popleft()
        too_many = self.on_the_way + len(self.answered) - self.most + 1
        if too_many <= 0:
            return 0.0
        if too_many > len(self.answered):
            return math.inf
        return self.answered[too_many - 1] + self.seconds + _JITTER - now

    def distance(self, now: float) -> float:
        """Seconds between two that share the places left until the next one is free."""
        places = self.most - self.on_the_way - len(self.answered)
        if places <= 0 or not self.answered:
            return 0.0
        return (self.answered[0] + self.seconds - now) / places


class Pacer:
    """Says how long a message to an address must wait, and remembers those that left."""

    def __init__(self, limits: Capabilities) -> None:
        self._limits = limits
        self._began_at = 0.0
        self._all = _Window(limits.per_second or 0, 1.0)
        self._groups: dict[str, _Window] = {}
        self._buckets: dict[str, tuple[float, float]] = {}
        self._closed_until = 0.0
        self._chat_closed_until: dict[str, float] = {}
        self._spread_at = -math.inf
        self._told_to_wait: set[str] = set()

    def begin_anew(self, now: float) -> None:
        """This process sends from now on; what another one sent until now counts too.

        How much that was is unknown, so we take it for as much as was allowed: the second is full,
        bursts are used up. Only a group's minute is taken for used evenly: to be sure there would
        need a minute's silence. What we were told to wait still holds.
        """
        self._began_at = now
        self._all.answered = deque([now] * self._all.most)
        self._buckets.clear()
        self._groups = {chat: self._used_evenly(w.on_the_way) for chat, w in self._groups.items()}

    def wait(self, address: Address, now: float, *, spread: bool = False) -> float:
        """Seconds until a message may leave to `address`; 0 when it may leave now.

        `spread`: messages nobody waits for keep an even distance, so that an answer in between
        finds a place soon: within two thirtieths of a second. After many answers at once they
        take what places are left more slowly, so that the next answer still finds one.
        """
        chat = address.chat
        waits = [self.closed_for(chat, now)]
        if self._limits.per_second is not None:
            waits.append(self._all.wait(now))
            if spread:
                least = _DISTANCE / self._limits.per_second
                distance = max(least, self._all.distance(now))
                waits.append(self._spread_at + distance - now)
        if _is_group(chat) and self._limits.per_group_minute is not None:
            waits.append(self._group(chat).wait(now))
        elif self._limits.per_chat_second is not None:
            tokens, since = self._bucket(chat)
            waits.append(since + (1 - tokens) / self._limits.per_chat_second - now)
        return max(0.0, *waits)

    def closed_for(self, chat: str, now: float) -> float:
        """Seconds for which the platform said to wait: 0 when it did not."""
        return max(0.0, self._closed_until - now, self._chat_closed_until.get(chat, 0.0) - now)

    def left(self, address: Address, now: float, *, spread: bool = False) -> None:
        """A message is leaving to `address`; `answered` must follow."""
        chat = address.chat
        if self._limits.per_second is not None:
            self._all.on_the_way += 1
            if spread:
                self._spread_at = now
        if _is_group(chat) and self._limits.per_group_minute is not None:
            self._group(chat).on_the_way += 1
        elif self._limits.per_chat_second is not None:
            # Until the answer the bucket does not fill: the platform may see it late.
            self._buckets[chat] = (self._tokens(chat, now) - 1, math.inf)

    def answered(self, address: Address, now: float, *, counts: bool = True) -> None:
        """The message to `address` was answered; `counts` False: it did not leave after all."""
        chat = address.chat
        windows = [self._all] if self._limits.per_second is not None else []
        if chat in self._groups:
            windows.append(self._groups[chat])
        for window in windows:
            window.on_the_way -= 1
            if counts:
                window.answered.append(now)
        if chat in self._buckets:
            tokens, _ = self._buckets[chat]
            self._buckets[chat] = (tokens + (0 if counts else 1), now + _JITTER)
        if len(self._buckets) > _MOST_CHATS:
            self._forget_idle(now)

    def served(self) -> None:
        """The platform took a message: it is not closed as a whole."""
        self._told_to_wait.clear()

    def close(self, address: Address, until: float, *, whole_channel: bool) -> None:
        """The platform said to wait: this chat, or everything.

        The Bot API does not say which. A chat that was served a moment ago means itself; when
        it is one chat after another, with none served in between, it means everything.
        """
        if whole_channel:
            self._closed_until = max(self._closed_until, until)
            return
        self._told_to_wait.add(address.chat)
        if len(self._told_to_wait) >= _CHATS_THAT_MEAN_ALL:
            self._closed_until = max(self._closed_until, until)
        before = self._chat_closed_until.get(address.chat, 0.0)
        self._chat_closed_until[address.chat] = max(before, until)

    def _group(self, chat: str) -> _Window:
        return self._groups.setdefault(chat, self._used_evenly(0))

    def _used_evenly(self, on_the_way: int) -> _Window:
        most = self._limits.per_group_minute or 0
        answered = deque(self._began_at - 60.0 * n / most for n in range(most - 1, -1, -1))
        return _Window(most, 60.0, on_the_way, answered)

    def _bucket(self, chat: str) -> tuple[float, float]:
        """What was left of the chat's burst, and since when it fills up."""
        return self._buckets.get(chat, (0.0, self._began_at + _JITTER))

    def _tokens(self, chat: str, now: float) -> float:
        """What is left of the chat's burst."""
        tokens, since = self._bucket(chat)
        refilled = max(0.0, now - since) * (self._limits.per_chat_second or 1.0)
        return min(float(self._limits.burst), tokens + refilled)

    def _forget_idle(self, now: float) -> None:
        full = float(self._limits.burst)
        self._buckets = {c: b for c, b in self._buckets.items() if self._tokens(c, now) < full}
        self._chat_closed_until = {
            chat: until for chat, until in self._chat_closed_until.items() if until > now
        }
        self._groups = {c: w for c, w in self._groups.items() if w.on_the_way or w.answered}


def _is_group(chat: str) -> bool:
    return chat.startswith("-")
