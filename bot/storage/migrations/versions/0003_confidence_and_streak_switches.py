"""confidence and streak switches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """confidence and streak switches.

    Columns are added in place: a table made anew would take its candidates' rows with it.
    """
    no, yes = sa.false(), sa.true()
    op.add_column(
        "candidates",
        sa.Column("asks_confidence", sa.Boolean(), server_default=no, nullable=False),
    )
    op.add_column(
        "candidates", sa.Column("shows_streak", sa.Boolean(), server_default=yes, nullable=False)
    )
    op.add_column("quiz_items", sa.Column("confidence", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("quiz_items", "confidence")
    op.drop_column("candidates", "shows_streak")
    op.drop_column("candidates", "asks_confidence")
