"""From a reply's messages to outbox rows: where each goes, what it rewrites, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.clock import wall_seconds
from bot.domain.candidate import Candidate
from bot.messages import Address, ButtonPressed, Incoming, Outgoing, TimerFired
from bot.render import Renderer
from bot.storage.conversations import Conversation
from bot.storage.outbox import CLAIM_SECONDS, SEND_ANEW, OutboxRow, Urgency
from bot.storage.unit_of_work import UnitOfWork
from content.schema import Language


@dataclass(slots=True, kw_only=True)
class Posting:
    """One turn's way out. `owner` is the candidate whose turn it is, `language` what they read.

    `channels` maps each running channel's name to whether it can push; `claims`: whether this
    process sends a channel's answers straight from memory.
    """

    store: UnitOfWork
    renderer: Renderer
    event: Incoming
    now: datetime
    owner: Candidate | None
    language: Language
    channels: dict[str, bool]
    claims: Callable[[str], bool]

    def post(self, messages: list[Outgoing]) -> tuple[OutboxRow, ...]:
        """Keep the messages in the outbox; those with nowhere to go are dropped.

        An answer is claimed, to leave at once. A push waits there to be claimed just before it
        leaves: thousands may fall due in one minute.
        """
        posted = (self._post(message, number) for number, message in enumerate(messages))
        rows = tuple(row for row in posted if row is not None)
        if any(row.claimed_until == 0.0 for row in rows):
            self.store.outbox.announce()
        return rows

    def _post(self, message: Outgoing, number: int) -> OutboxRow | None:
        to = message.to or self._origin()
        if to is None:
            return None
        reader = self.owner if message.to is None else self._reader_at(message.to)
        language = reader.language if reader else self.language
        edit_ref, revision = self._place(message, to, reader)
        row = OutboxRow(
            address=to,
            candidate_id=reader.id if reader else None,
            payload=self.renderer.payload(message, language),
            slot=message.slot,
            revision=revision,
            edit_ref=edit_ref,
            urgency=Urgency.PUSH if isinstance(self.event, TimerFired) else Urgency.ANSWER,
            dedupe_key=_dedupe_key(self.event, number),
            created_at=self.now,
            expires_at=message.expires_at,
        )
        is_ours = row.urgency is Urgency.ANSWER and self.claims(to.channel)
        claimed_until = wall_seconds() + CLAIM_SECONDS if is_ours else 0.0
        return self.store.outbox.add(row, claimed_until=claimed_until)

    def _place(
        self, message: Outgoing, to: Address, reader: Candidate | None
    ) -> tuple[str | None, int]:
        """The message to rewrite, and how new this rewrite is.

        A press carries the message it came from, and that message becomes the slot's: it mends
        a lost answer to a send, a copy made by a crash, and a second device.
        """
        if not message.slot:
            return None, 0
        pressed = self.event.message_ref if isinstance(self.event, ButtonPressed) else ""
        ref = pressed if to == self.event.address and not message.fresh else ""
        if reader is None:
            return ref or None, 0
        shown, revision = self.store.shown.next_revision(
            to, message.slot, reader.id, ref=ref or None, fresh=message.fresh
        )
        return SEND_ANEW if message.fresh else shown, revision

    def _origin(self) -> Address | None:
        """Where the event came from; for a timer, where the candidate's pushes go."""
        if not isinstance(self.event, TimerFired):
            return self.event.address
        if self.owner is None:
            return None
        doors = self.store.conversations.of_candidate(self.owner.id)
        return push_address(self.owner, doors, self.channels)

    def _reader_at(self, to: Address) -> Candidate | None:
        """The candidate who reads at this private address."""
        conversation = self.store.conversations.find(to, to.chat)
        return self.store.candidates.get(conversation.candidate_id) if conversation else None


def push_address(
    owner: Candidate, doors: Iterable[Conversation], channels: Mapping[str, bool]
) -> Address | None:
    """Where the candidate's pushes go: the chosen channel, else the last used that can push.

    `doors`: where the candidate talks, the last used first; None when all are shut.
    """
    open_ones = [
        door.address
        for door in doors
        if door.blocked_at is None and door.address.channel in channels
    ]
    ranked = sorted(
        open_ones, key=lambda to: (to.channel != owner.push_to, not channels[to.channel])
    )
    return ranked[0] if ranked else None


def _dedupe_key(event: Incoming, number: int) -> str | None:
    """Owner, kind, ref and occurrence: what makes a push go out once, whoever fires it."""
    if not isinstance(event, TimerFired):
        return None
    return f"{event.candidate_id}:{event.kind}:{event.ref}:{event.due_at:%Y%m%dT%H%M%S}:{number}"
