"""What comes in and what goes out, in words no channel owns.

Incoming kinds are facts ("a button was pressed"); outgoing kinds are intents ("ask this"). What
a widget looks like is the channel's affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Union

from content.schema import Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a conversation takes place: `thread` is a forum topic's id, else empty."""

    channel: str
    chat: str
    thread: str = ""


# --- incoming ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something happened. `id` is unique in its channel and the same on redelivery.

    `sender` is the person's id in the channel; `language_hint` the client's language tag, if
    any; `in_group` tells a shared chat from a private one.
    """

    id: str
    address: Address
    sender: str
    at: datetime
    language_hint: str = ""
    in_group: bool = False

    @property
    def person(self) -> str:
        """Who it comes from, as COACH_OPERATORS names people."""
        return f"{self.address.channel}:{self.sender}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived(Incoming):
    """A typed message; `message_ref` names it if it is edited later."""

    text: str
    message_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Incoming):
    """A message typed before now reads `text`."""

    text: str
    message_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(Incoming):
    """`/name arguments`."""

    name: str
    arguments: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Incoming):
    """A button was pressed on the message `message_ref`. The token may be forged."""

    token: str
    message_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReceived(Incoming):
    """A voice note of `seconds`; `file_ref` finds it again, `content` may hold it."""

    seconds: int
    file_ref: str
    message_ref: str = ""
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReceived(Incoming):
    """A document or picture."""

    name: str
    mime: str
    size: int
    file_ref: str
    message_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatBlocked(Incoming):
    """The person blocked the coach, or the group removed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatUnblocked(Incoming):
    """The person lets the coach write again, or a group added it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMoved(Incoming):
    """A group became a supergroup: its address is now `new_chat`."""

    new_chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported(Incoming):
    """A message of a kind the coach does not read (a sticker, a place); `what` names it."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Incoming):
    """A timer is due. `id` is the timer's id and its due instant, so it fires exactly once."""

    timer_id: int
    candidate_id: str
    kind: str
    ref: str
    due_at: datetime


# --- lines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quoted:
    """A person's own words: always escaped, always isolated from the direction around them."""

    text: str


Param = Union[int, Decimal, date, time, str, Localized, Quoted, "Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One interface text by its key, with its values; rendered in the reader's language."""

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


def line(key: str, **params: Param) -> Line:
    """The interface text `key` with its values."""
    return Line(key, params)


def content(text: Localized) -> Line:
    """A text of the content pack as a line of its own."""
    return Line("common.plain", {"text": text})


def quoted(text: str) -> Line:
    """A person's own words as a line of their own."""
    return Line("common.plain", {"text": Quoted(text)})


BLANK = Line("common.blank")


# --- outgoing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: what it says (at most 20 characters) and the token it sends (at most 60 bytes)."""

    token: str
    label: Line


Row = tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Something to be shown.

    `to`: where, or None for where the event came from (a timer: the candidate's push address).
    `slot`: names a message that this one replaces in place; `fresh` sends it anew at the bottom
    of the chat and makes that the slot's message. `expires_at`: not worth sending after.
    """

    body: tuple[Line, ...]
    to: Address | None = None
    slot: str = ""
    fresh: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Outgoing):
    """A statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Outgoing):
    """A message with buttons, row by row."""

    choices: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach(Outgoing):
    """A file with the body as its caption."""

    name: str
    mime: str
    data: bytes = field(repr=False)
