"""Which message shows which slot, so that a later one replaces it in place."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from bot.messages import Address
from bot.storage.dialect import upsert_of
from bot.storage.hot import Hot
from bot.storage.tables import shown


class Shown:
    """The message of each slot at each address, and how often it was rewritten."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def next_revision(
        self, address: Address, slot: str, candidate_id: str, *, ref: str | None, fresh: bool
    ) -> tuple[str | None, int]:
        """Count one more rewrite of the slot; its message's ref (None: send anew) and the count.

        `ref` is the message a press came from: it becomes the slot's. `fresh` forgets the old one.
        """
        keys = {
            "channel": address.channel,
            "chat": address.chat,
            "thread": address.thread,
            "slot": slot,
        }
        values = {**keys, "candidate_id": candidate_id, "provider_ref": ref, "revision": 1}
        # Without a ref the slot's own stays, unless the message is to be a fresh one.
        keeps = ref is None and not fresh
        statement = _NEXT_OF_ITS_OWN if keeps else _NEXT
        (row,) = statement.run(self._connection, values)
        return row["provider_ref"], row["revision"]

    def current(self, address: Address, slot: str) -> tuple[str | None, int]:
        """The slot's message and its latest revision; (None, 0) when it was never shown."""
        row = self._connection.execute(
            sa.select(shown.c.provider_ref, shown.c.revision).where(_is(address, slot))
        ).first()
        return (None, 0) if row is None else (row.provider_ref, row.revision)

    def settle(self, address: Address, slot: str, ref: str) -> None:
        """A message was sent for the slot: it is the slot's now."""
        self._connection.execute(
            _SETTLE,
            {
                "channel_": address.channel,
                "chat_": address.chat,
                "thread_": address.thread,
                "slot_": slot,
                "provider_ref": ref,
            },
        )


_SETTLE = shown.update().where(
    *(shown.c[name] == sa.bindparam(f"{name}_") for name in ("channel", "chat", "thread", "slot"))
)


def _next_revision(dialect: str, *, keeps_ref: bool) -> sa.Insert:
    insert = upsert_of(dialect, shown)
    changed: dict[str, object] = {"revision": shown.c.revision + 1}
    if not keeps_ref:
        changed["provider_ref"] = insert.excluded.provider_ref
    return insert.on_conflict_do_update(
        index_elements=["channel", "chat", "thread", "slot"], set_=changed
    ).returning(shown.c.provider_ref, shown.c.revision)


_NEXT = Hot(partial(_next_revision, keeps_ref=False))
_NEXT_OF_ITS_OWN = Hot(partial(_next_revision, keeps_ref=True))


def _is(address: Address, slot: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        shown.c.channel == address.channel,
        shown.c.chat == address.chat,
        shown.c.thread == address.thread,
        shown.c.slot == slot,
    )
