"""The chats' transcripts, awaited: what is written here wakes the pages that follow it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.storage.database import Database, Priority
from bot.storage.unit_of_work import UnitOfWork
from bot.storage.web_log import LogRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a page has not seen: rows in the order of their revisions, and what stays the oldest.

    `first` is 0 when the chat is empty: a page drops every message before it.
    """

    rows: list[LogRow]
    first: int


class Transcript:
    """Writes and follows the transcripts of all chats."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._followers: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def show(self, chat: str, payload: dict[str, Any], ref: str | None, key: str) -> str:
        """Rewrite the coach's message `ref`, or add one when there is none (any more); its ref."""
        # Of one length, whatever the caller's is: the column takes 60 characters.
        name = hashlib.sha256(key.encode()).hexdigest()[:40]

        def work(store: UnitOfWork) -> int:
            seq = number_of(ref)
            if seq and store.web_log.rewrite(chat, seq, side="coach", payload=payload):
                return seq
            return store.web_log.write(
                chat, side="coach", key=name, payload=payload, now=self._now()
            )

        return str(await self._change(chat, work))

    async def add_own(self, chat: str, payload: dict[str, Any], key: str) -> int:
        """Add the person's own message, once for each `key`; its seq."""
        return await self._change(
            chat,
            lambda store: store.web_log.write(
                chat, side="me", key=key, payload=payload, now=self._now()
            ),
        )

    async def rewrite_own(self, chat: str, seq: int, payload: dict[str, Any]) -> bool:
        """Change the person's own message; False when there is none (any more)."""
        return await self._change(
            chat, lambda store: store.web_log.rewrite(chat, seq, side="me", payload=payload)
        )

    async def find(self, chat: str, seq: int) -> LogRow | None:
        """One message of the chat."""
        return await self._run(lambda store: store.web_log.find(chat, seq))

    async def news(self, chat: str, seen: int) -> News:
        """What was written or rewritten after revision `seen`.

        Everything, when `seen` is newer than the newest: the transcript began anew.
        """

        def work(store: UnitOfWork) -> News:
            log = store.web_log
            latest = log.latest(chat)
            after = seen if seen <= latest else 0
            rows = log.since(chat, after) if latest > after else []
            return News(rows=rows, first=log.first(chat))

        return await self._run(work, Priority.SWEEP)

    @contextmanager
    def follow(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever this process changes the chat."""
        woken = asyncio.Event()
        self._followers[chat].add(woken)
        try:
            yield woken
        finally:
            self._followers[chat].discard(woken)
            if not self._followers[chat]:
                del self._followers[chat]

    def followers(self, chat: str) -> int:
        """How many pages follow the chat in this process."""
        return len(self._followers.get(chat, ()))

    def wake_all(self) -> None:
        """Wake every follower."""
        for woken in [each for those in self._followers.values() for each in those]:
            woken.set()

    async def _change(self, chat: str, work: Callable[[UnitOfWork], T]) -> T:
        result = await self._run(work)
        for woken in self._followers.get(chat, ()):
            woken.set()
        return result

    async def _run(
        self, work: Callable[[UnitOfWork], T], priority: Priority = Priority.EVENT
    ) -> T:
        def in_transaction() -> T:
            with self._database.begin() as store:
                return work(store)

        return await self._database.run(in_transaction, priority=priority)


def number_of(text: str | None) -> int:
    """A seq or a revision that came as text; 0 if it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else 0
