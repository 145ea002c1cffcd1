"""pushes put off, returns, and the hour proposed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """pushes put off, returns, and the hour proposed.

    Columns are added in place: a table made anew would take its candidates' rows with it. What
    was pushed before counts as sent once; whoever was here last is taken to have returned then,
    so that nobody falls silent for pushes of before this rule.
    """
    for name in ("returned_at", "hour_asked_at"):
        op.add_column("candidates", sa.Column(name, sa.DateTime(), nullable=True))
    op.add_column("candidates", sa.Column("refused_hour", sa.Time(), nullable=True))
    op.add_column("quizzes", sa.Column("pushes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("quizzes", sa.Column("put_off_until", sa.DateTime(), nullable=True))
    op.execute("UPDATE quizzes SET pushes = 1 WHERE pushed_at IS NOT NULL")
    op.execute("UPDATE candidates SET returned_at = active_at")


def downgrade() -> None:
    """Undo it."""
    for name in ("put_off_until", "pushes"):
        op.drop_column("quizzes", name)
    for name in ("refused_hour", "hour_asked_at", "returned_at"):
        op.drop_column("candidates", name)
