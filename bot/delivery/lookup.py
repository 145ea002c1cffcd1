"""The last look before a message leaves: is it still wanted, and which message does it rewrite?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import SEND_ANEW, Mark, OutboxRow, Urgency


class Lookup:
    """Asks the database, and remembers refs until they are written there."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._refs: dict[tuple[Address, str], str] = {}

    async def ref_of(self, row: OutboxRow) -> str | None:
        """The message the row rewrites, empty to send anew; None when it is no longer wanted.

        An answer straight from its turn that knows its message needs no look. A push is checked
        just before it leaves, so that /forget, a pause or a validated step takes effect; and so
        is what was left in the outbox, so that no old screen comes over a newer one.
        """
        knows = not row.slot or row.edit_ref is not None or row.candidate_id is None
        if row.urgency is Urgency.ANSWER and knows and not row.is_swept:
            return row.edit_ref or SEND_ANEW
        return await self._database.run(self._check, row)

    def note(self, row: OutboxRow, ref: str) -> None:
        """The row's message has this ref; the database will know with the mark."""
        if row.slot:
            self._refs[row.address, row.slot] = ref

    def written(self, marks: list[Mark]) -> None:
        """What is written down need not be kept in memory."""
        for mark in marks:
            slot = (mark.row.address, mark.row.slot)
            if self._refs.get(slot) == mark.provider_ref:
                self._refs.pop(slot, None)

    async def close_chat(self, row: OutboxRow, reason: str) -> None:
        """The row's chat is gone: nothing more goes there, and the row says why."""
        await self._database.run(self._close_chat, row, reason)

    def _check(self, row: OutboxRow) -> str | None:
        with self._database.begin() as store:
            if not store.claims.still_wanted(row):
                return None
            if row.urgency is not Urgency.ANSWER and store.claims.are_pushes_stopped():
                store.claims.put_back(row, not_before=0.0, failed=False)
                return None
            if not row.slot or row.candidate_id is None:
                return row.edit_ref or SEND_ANEW
            ref, revision = store.shown.current(row.address, row.slot)
            if row.revision < revision and ref is not None:
                # A newer rewrite is on the screen already, or about to be.
                store.outbox.mark([Mark(row=row, at=self._now())])
                return None
        if row.edit_ref == SEND_ANEW:
            return SEND_ANEW
        return self._refs.get((row.address, row.slot)) or ref or row.edit_ref or SEND_ANEW

    def _close_chat(self, row: OutboxRow, reason: str) -> None:
        address = row.address
        with self._database.begin() as store:
            store.outbox.mark([Mark(row=row, at=self._now(), dead_reason=reason[:300])])
            store.conversations.block(address.channel, address.chat, self._now())
            store.outbox.drop_chat(address.channel, address.chat)
