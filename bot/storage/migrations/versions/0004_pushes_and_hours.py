"""pushes put off, and the hour proposed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """pushes put off, and the hour proposed.

    Columns are added in place: a table made anew would take its candidates' rows with it. What
    was pushed before counts as sent once.
    """
    op.add_column("candidates", sa.Column("hour_asked_at", sa.DateTime(), nullable=True))
    for name in ("proposed_hour", "refused_hour"):
        op.add_column("candidates", sa.Column(name, sa.Time(), nullable=True))
    op.add_column("quizzes", sa.Column("pushes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("quizzes", sa.Column("put_off_until", sa.DateTime(), nullable=True))
    op.execute("UPDATE quizzes SET pushes = 1 WHERE pushed_at IS NOT NULL")


def downgrade() -> None:
    """Undo it."""
    for name in ("put_off_until", "pushes"):
        op.drop_column("quizzes", name)
    for name in ("refused_hour", "proposed_hour", "hour_asked_at"):
        op.drop_column("candidates", name)
