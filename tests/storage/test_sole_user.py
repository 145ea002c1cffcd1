"""A killed process's claims are released at once, a living one's never."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.messages import Address
from bot.storage.database import Database
from bot.storage.outbox import OutboxRow
from bot.storage.sole_user import release_former_claims
from bot.storage.tables import metadata

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def claimed(database: Database) -> bool:
    """Whether the one row is still somebody's (claimable rows are claimed by looking)."""
    with database.begin() as store:
        return store.claims.claim("web", 0.5, 1, answers=True) == []


def test_claims_are_released_only_when_nobody_else_runs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    database = Database(url)
    metadata.create_all(database.engine)
    row = OutboxRow(
        address=Address(channel="web", chat="1"), candidate_id=None, payload={}, created_at=NOW
    )
    alive = release_former_claims(database)
    assert alive is not None
    with database.begin() as store:
        store.outbox.add(row, claimed_until=9e9)
    second = release_former_claims(Database(url))
    assert claimed(database)
    assert second is not None
    second.close()
    alive.close()
    third = release_former_claims(Database(url))
    assert third is not None
    assert not claimed(database)
    third.close()
