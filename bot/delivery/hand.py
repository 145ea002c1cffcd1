"""What one channel's sender holds: claimed rows, chat by chat, the most urgent in front."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator

from bot.storage.outbox import OutboxRow, Urgency


class Hand:
    """Rows waiting for their turn, at most one a chat on its way."""

    def __init__(self) -> None:
        self._chats: dict[str, list[OutboxRow]] = {}
        self._on_the_way: dict[str, OutboxRow] = {}

    def __len__(self) -> int:
        return sum(map(len, self._chats.values())) + len(self._on_the_way)

    @property
    def on_the_way(self) -> int:
        """How many rows are being sent."""
        return len(self._on_the_way)

    @property
    def unasked(self) -> int:
        """How many rows answer nobody: pushes and broadcasts."""
        return sum(row.urgency is not Urgency.ANSWER for row in self.rows())

    def rows(self) -> Iterator[OutboxRow]:
        """Everything held."""
        yield from self._on_the_way.values()
        for rows in self._chats.values():
            yield from rows

    def add(self, row: OutboxRow) -> None:
        """Hold the row after what is as urgent and older in its chat."""
        bisect.insort(self._chats.setdefault(row.address.chat, []), row, key=_place)

    def next(self, wait: Callable[[OutboxRow], float]) -> tuple[OutboxRow | None, float]:
        """The most urgent row that may leave now, else None and the shortest wait of any."""
        shortest = float("inf")
        heads = [rows[0] for chat, rows in self._chats.items() if chat not in self._on_the_way]
        for row in sorted(heads, key=_place):
            seconds = wait(row)
            if seconds <= 0:
                return row, 0.0
            shortest = min(shortest, seconds)
        return None, shortest

    def begin(self, row: OutboxRow) -> None:
        """The row is on its way."""
        self._chats[row.address.chat].remove(row)
        self._on_the_way[row.address.chat] = row
        self._drop_if_empty(row.address.chat)

    def end(self, row: OutboxRow) -> None:
        """The row was sent, or is no longer held."""
        self._on_the_way.pop(row.address.chat, None)

    def give_up(self, chat: str) -> list[OutboxRow]:
        """Hold nothing more of the chat; the rows that waited."""
        return self._chats.pop(chat, [])

    def give_up_all(self) -> list[OutboxRow]:
        """Hold nothing more; the rows that waited."""
        chats, self._chats = self._chats, {}
        return [row for rows in chats.values() for row in rows]

    def is_outdated(self, row: OutboxRow) -> bool:
        """Whether a newer rewrite of the same message waits behind: this one would flicker."""
        return bool(row.edit_ref) and any(
            (other.slot, other.edit_ref) == (row.slot, row.edit_ref) and other.id > row.id
            for other in self._chats.get(row.address.chat, ())
        )

    def _drop_if_empty(self, chat: str) -> None:
        if not self._chats[chat]:
            del self._chats[chat]


def _place(row: OutboxRow) -> tuple[Urgency, int]:
    return row.urgency, row.id
