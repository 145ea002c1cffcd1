"""What the weekly review proposed, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.proposals import Change, Proposal, Values
from bot.storage.tables import proposals


class Proposals:
    """Keeps and finds proposals; every look-up names the owner, since refs can be forged."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def offer(
        self, candidate_id: str, changes: Sequence[Change], now: datetime
    ) -> tuple[Proposal, ...]:
        """Keep the changes as offered together now; what an older review left open lapses."""
        if changes:
            mine = proposals.c.candidate_id == candidate_id
            self._connection.execute(
                proposals.update()
                .where(mine, proposals.c.decided_at.is_(None))
                .values(decided_at=now)
            )
        common = {"candidate_id": candidate_id, "offered_at": now}
        for change in changes:
            self._connection.execute(proposals.insert().values(**asdict(change), **common))
        return self.together(candidate_id, now)

    def of_candidate(self, candidate_id: str) -> tuple[Proposal, ...]:
        """All the candidate's proposals, the oldest first."""
        return self._load(proposals.c.candidate_id == candidate_id)

    def together(self, candidate_id: str, offered_at: datetime) -> tuple[Proposal, ...]:
        """Those offered at that instant."""
        return self._load(
            proposals.c.candidate_id == candidate_id, proposals.c.offered_at == offered_at
        )

    def get(self, proposal_id: int, candidate_id: str) -> Proposal | None:
        """The proposal, if it is this candidate's."""
        found = self._load(proposals.c.id == proposal_id, proposals.c.candidate_id == candidate_id)
        return found[0] if found else None

    def accept(self, proposal: Proposal, after: Values, now: datetime) -> None:
        """It was accepted; `after` are the values it set."""
        self._change(proposal, accepted=True, decided_at=now, after=dict(after))

    def decline(self, proposal: Proposal, now: datetime) -> None:
        """It was turned down."""
        self._change(proposal, accepted=False, decided_at=now)

    def lapse(self, proposal: Proposal, now: datetime) -> None:
        """What it would change was changed by other means: nobody turned it down."""
        self._change(proposal, decided_at=now)

    def undo(self, proposal: Proposal, now: datetime) -> None:
        """It was taken back."""
        self._change(proposal, undone_at=now)

    def _change(self, proposal: Proposal, **values: Any) -> None:
        self._connection.execute(
            proposals.update().where(proposals.c.id == proposal.id).values(**values)
        )

    def _load(self, *conditions: sa.ColumnElement[bool]) -> tuple[Proposal, ...]:
        rows = self._connection.execute(
            sa.select(proposals).where(*conditions).order_by(proposals.c.id)
        )
        return tuple(map(_proposal, rows))


def _proposal(row: Any) -> Proposal:
    change = Change(kind=row.kind, before=row.before, after=row.after, why=row.why)
    return Proposal(
        id=row.id,
        change=change,
        offered_at=row.offered_at,
        decided_at=row.decided_at,
        accepted=row.accepted,
        undone_at=row.undone_at,
    )
