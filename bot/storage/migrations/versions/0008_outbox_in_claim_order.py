"""outbox in claim order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WAITS = "sent_at IS NULL AND dead_reason IS NULL"


def upgrade() -> None:
    """outbox in claim order: what waits is found without a look at everything that waits."""
    op.drop_index("ix_outbox_pending", table_name="outbox")
    _index("ix_outbox_pending", "channel", "priority", "id")
    _index("ix_outbox_chat", "channel", "chat", "id")


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_outbox_chat", table_name="outbox")
    op.drop_index("ix_outbox_pending", table_name="outbox")
    _index("ix_outbox_pending", "not_before")


def _index(name: str, *columns: str) -> None:
    waits = sa.text(_WAITS)
    op.create_index(name, "outbox", list(columns), sqlite_where=waits, postgresql_where=waits)
