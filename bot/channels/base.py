"""What a channel is: it hands events in, and takes messages out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot.messages import Address, Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The event's turn is committed: the channel may tell its platform "received" now.

    `notice` is the toast for a press, empty for none. `duplicate`: it was handled before.
    """

    notice: str = ""
    duplicate: bool = False


Receive = Callable[[Incoming], Awaitable[Received]]
"""Takes an event's turn. Raises when it could not be committed: then nothing may be confirmed."""


Pace = Callable[[Address], Awaitable[None]]
"""Waits until one more call may leave for a message under way. Raises TryLater when none may."""


async def at_once(_address: Address) -> None:
    """The pace of a channel that nobody paces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What the channel can do. `can_push`: it reaches a person who is not looking.

    `per_second`, `per_chat_second` and `burst`: messages it takes in all, per chat, and at once
    per chat; `per_group_minute` for shared chats. None: no limit.
    """

    can_push: bool
    per_second: int | None = None
    per_chat_second: float | None = None
    burst: int = 1
    per_group_minute: int | None = None


class Channel(Protocol):
    """One way candidates and the coach exchange messages."""

    name: str
    capabilities: Capabilities

    async def start(self, receive: Receive) -> None:
        """Begin to hand in events; returns once running."""

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        """Show `payload` (of `Renderer.payload`): rewrite message `ref`, or send anew if None.

        Gives the message's ref. `key` is the same when a send is tried again. A message that
        cannot be rewritten is sent anew; one that is already as wanted counts as done. What takes
        more than one call to the platform waits for `pace` before each further one.
        Raises TryLater or Refused (bot.errors).
        """

    async def is_reachable(self) -> bool:
        """Whether the channel's platform answers: for /readyz, and for who may send."""

    async def stop(self) -> None:
        """Stop handing in events, finish what is in hand, close connections."""
