"""How fast messages may leave: whole channel, each chat, each group. Time is a parameter.

A message counts from when it was answered, and while it is on its way: counting from the send
alone lets the platform see two windows' worth at once.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.channels.base import Capabilities
from bot.messages import Address

_GROUP_WINDOW = 61.0
# The platform's second may begin a little before ours.
_SECOND = 1.05
# For the same reason a chat's burst refills a little slower here than there.
_SLOWER = 0.93
_MOST_CHATS = 10_000


@dataclass(slots=True)
class Pacer:
    """Says how long a message to an address must wait, and remembers those that left.

    `started_at`: when this process began. What a former one sent just before is unknown, so a
    chat's burst is at first one message, and fills up.
    """

    limits: Capabilities
    started_at: float = 0.0
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _closed_until: float = 0.0
    _chat_closed_until: dict[str, float] = field(default_factory=dict)

    def wait(self, address: Address, now: float, *, reserve: int = 0) -> float:
        """Seconds until a message may leave to `address`; 0 when it may leave now.

        `reserve`: how many of the channel's messages a second it must leave to others.
        """
        limits, chat = self.limits, address.chat
        waits = [self._closed_until - now, self._chat_closed_until.get(chat, 0.0) - now]
        if limits.per_second is not None:
            waits.append(_window(self._all, limits.per_second - reserve, _SECOND, now))
        if _is_group(chat) and limits.per_group_minute is not None:
            sent = self._groups.get(chat, deque())
            waits.append(_window(sent, limits.per_group_minute, _GROUP_WINDOW, now))
        elif limits.per_chat_second is not None:
            waits.append((1 - self._tokens(chat, now)) / self._refill)
        return max(0.0, *waits)

    def left(self, address: Address, now: float) -> None:
        """A message is leaving to `address`."""
        limits, chat = self.limits, address.chat
        if limits.per_second is not None:
            self._all.append(now)
        if _is_group(chat) and limits.per_group_minute is not None:
            self._groups.setdefault(chat, deque(maxlen=limits.per_group_minute)).append(now)
        elif limits.per_chat_second is not None:
            self._buckets[chat] = (self._tokens(chat, now) - 1, now)
            if len(self._buckets) > _MOST_CHATS:
                self._forget_idle(now)

    def answered(self, now: float) -> None:
        """The platform answered the message that left last: its second counts from here."""
        if self._all:
            self._all[-1] = max(self._all[-1], now)

    def close(self, address: Address, until: float, *, whole_channel: bool) -> None:
        """The platform said to wait: this chat, or everything."""
        if whole_channel:
            self._closed_until = max(self._closed_until, until)
        else:
            self._chat_closed_until[address.chat] = until

    def _tokens(self, chat: str, now: float) -> float:
        """What is left of the chat's burst."""
        full = float(self.limits.burst)
        tokens, at = self._buckets.get(chat, (1.0, self.started_at))
        return min(full, tokens + (now - at) * self._refill)

    @property
    def _refill(self) -> float:
        """Messages a second that a chat's burst regains."""
        return (self.limits.per_chat_second or 1.0) * _SLOWER

    def _forget_idle(self, now: float) -> None:
        full = float(self.limits.burst)
        self._buckets = {c: b for c, b in self._buckets.items() if self._tokens(c, now) < full}
        self._chat_closed_until = {
            chat: until for chat, until in self._chat_closed_until.items() if until > now
        }


def _is_group(chat: str) -> bool:
    return chat.startswith("-")


def _window(sent: deque[float], most: int, seconds: float, now: float) -> float:
    """Wait so that no window of `seconds` holds more than `most`."""
    while sent and now - sent[0] >= seconds:
        sent.popleft()
    return sent[-most] + seconds - now if len(sent) >= most else 0.0
