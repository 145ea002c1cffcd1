"""What the fake Bot API knows: chats, queued updates, presses.

Every method is plain and may be called from any thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.entities import Entity

TOKEN = "4242:TESTtesttestTESTtesttestTESTtesttest"
USERNAME = "concours_test_bot"

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """A button under a message."""

    label: str
    data: str


@dataclass(kw_only=True)
class Message:
    """A message as the chat shows it now: `html` as sent, `text` as read."""

    message_id: int
    from_bot: bool
    date: int
    html: str = ""
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    buttons: list[list[Button]] = field(default_factory=list)
    file_name: str = ""
    file_bytes: bytes = b""
    thread: int | None = None
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        """What its buttons say, row by row in one list."""
        return [button.label for row in self.buttons for button in row]

    @property
    def tokens(self) -> list[str]:
        """What its buttons send."""
        return [button.data for row in self.buttons for button in row]


@dataclass(kw_only=True)
class Chat:
    """A chat the bot may know. `closed`: why the bot cannot write there (a 403), if so."""

    id: int
    type: str
    title: str = ""
    closed: str = ""
    moved_to: int = 0
    messages: dict[int, Message] = field(default_factory=dict)

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        title = {"title": self.title} if self.type != "private" else {"first_name": self.title}
        return {"id": self.id, "type": self.type, **title}


@dataclass(kw_only=True)
class Query:
    """A press waiting for its answer; `answer` is the toast shown (None: none yet)."""

    id: str
    chat: int
    update_id: int
    at: float
    answer: str | None = None


@dataclass(kw_only=True)
class Queued:
    """An update on its way. `again`: handed over once more, whatever the offset says."""

    update: Json
    lane: int
    again: bool = False

    @property
    def id(self) -> int:
        """The update's id."""
        return int(self.update["update_id"])


class World:
    """Chats and updates. `clock` gives seconds for ages and rates, `epoch` the dates shown."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        epoch: Callable[[], float] = time.time,
    ) -> None:
        self.clock = clock
        self.epoch = epoch
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.on_change: list[Callable[[], None]] = []
        self.bot = {
            "id": int(TOKEN.partition(":")[0]),
            "is_bot": True,
            "first_name": "Coach",
            "username": USERNAME,
        }
        self.chats: dict[int, Chat] = {}
        self.languages: dict[int, str] = {}
        self.queue: list[Queued] = []
        self.sent_updates: dict[int, Queued] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, bytes] = {}
        self.allowed: tuple[str, ...] = ()
        self._next_update = 700_000_000
        self._next_message = 100

    # --- what a test looks at -----------------------------------------------------------------

    def everything(self, chat: int) -> list[Message]:
        """All messages of the chat as they are now, oldest first."""
        with self.lock:
            found = self.chats.get(chat)
            return list(found.messages.values()) if found else []

    def screen(self, chat: int) -> list[Message]:
        """The bot's messages of the chat as they are now, oldest first."""
        return [message for message in self.everything(chat) if message.from_bot]

    def is_acknowledged(self, update_id: int) -> bool:
        """Whether the bot has confirmed the update."""
        with self.lock:
            return not any(each.id == update_id and not each.again for each in self.queue)

    def toast(self, update_id: int) -> str | None:
        """The toast that answered the press; None while it waits."""
        with self.lock:
            return next(q.answer for q in self.queries.values() if q.update_id == update_id)

    def wait_until(self, claim: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait in a thread of one's own until `claim` holds (AssertionError: it did not)."""
        with self.changed:
            if not self.changed.wait_for(claim, seconds):
                raise AssertionError("the fake Bot API waited in vain")

    def emit(self, fields: Json, lane: int = 0) -> int:
        """Queue an update of any shape; gives its id."""
        with self.lock:
            update_id = self._next_update
            self._next_update += 1
            kind = next(iter(fields))
            if not self.allowed or kind in self.allowed:
                queued = Queued(update={"update_id": update_id, **fields}, lane=lane)
                self.queue.append(queued)
                self.sent_updates[update_id] = queued
        self.touch()
        return update_id

    # --- for the server -----------------------------------------------------------------------

    def touch(self) -> None:
        """Something changed: wake whoever waits."""
        with self.changed:
            self.changed.notify_all()
        for wake in tuple(self.on_change):
            wake()

    def show(self, chat: Chat, fields: dict[str, Any]) -> Message:
        """The bot's new message."""
        return self._note(chat, from_bot=True, **fields)

    def batch(self, offset: int, limit: int) -> list[Json]:
        """Updates from `offset` on; those below are confirmed and forgotten."""
        with self.lock:
            if offset < 0:
                self.queue = self.queue[offset:]
            self.queue = [each for each in self.queue if each.again or each.id >= offset]
            given = self.queue[:limit]
            self.queue = [each for each in self.queue if not (each.again and each in given)]
            return [each.update for each in given]

    def confirm(self, queued: Queued) -> None:
        """The webhook took the update."""
        with self.lock:
            self.queue = [each for each in self.queue if each is not queued]
        self.touch()

    def as_json(self, chat: Chat, message: Message) -> Json:
        """The bot's message as the Bot API gives it."""
        return self._as_json(chat, message, self.bot) | {"text": message.text}

    def _note(self, chat: Chat, **fields: Any) -> Message:
        with self.lock:
            message = Message(
                message_id=self._next_message,
                date=int(self.epoch()),
                **{"from_bot": False, **fields},
            )
            self._next_message += 1
            chat.messages[message.message_id] = message
            return message

    def _as_json(self, chat: Chat, message: Message, author: Json) -> Json:
        return {
            "message_id": message.message_id,
            "date": message.date,
            "chat": chat.as_json(),
            "from": author,
        }
