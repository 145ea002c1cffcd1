"""Which message shows which slot, so that a later one replaces it in place."""

from __future__ import annotations

import sqlalchemy as sa

from bot.messages import Address
from bot.storage.dialect import upsert
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
        insert = upsert(self._connection, shown).values(
            **keys, candidate_id=candidate_id, provider_ref=ref, revision=1
        )
        new_ref: object = shown.c.provider_ref
        if fresh:
            new_ref = None
        elif ref is not None:
            new_ref = ref
        row = self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=list(keys),
                set_={"revision": shown.c.revision + 1, "provider_ref": new_ref},
            ).returning(shown.c.provider_ref, shown.c.revision)
        ).one()
        return row.provider_ref, row.revision

    def current(self, address: Address, slot: str) -> tuple[str | None, int]:
        """The slot's message and its latest revision; (None, 0) when it was never shown."""
        row = self._connection.execute(
            sa.select(shown.c.provider_ref, shown.c.revision).where(_is(address, slot))
        ).first()
        return (None, 0) if row is None else (row.provider_ref, row.revision)

    def settle(self, address: Address, slot: str, ref: str) -> None:
        """A message was sent for the slot: it is the slot's now."""
        self._connection.execute(shown.update().where(_is(address, slot)).values(provider_ref=ref))


def _is(address: Address, slot: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        shown.c.channel == address.channel,
        shown.c.chat == address.chat,
        shown.c.thread == address.thread,
        shown.c.slot == slot,
    )
