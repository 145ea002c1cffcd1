"""timed sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """timed sets.

    Columns are added in place: a table made anew would take its questions' rows with it.
    """
    is_open_set = sa.text("kind = 'set' AND closed_at IS NULL")
    op.add_column("quizzes", sa.Column("set_id", sa.String(length=40), nullable=True))
    op.add_column("quizzes", sa.Column("deadline_at", sa.DateTime(), nullable=True))
    op.create_index(
        "uq_quizzes_open_set",
        "quizzes",
        ["candidate_id"],
        unique=True,
        sqlite_where=is_open_set,
        postgresql_where=is_open_set,
    )


def downgrade() -> None:
    """Undo it: the code before knows no sets, so they stay as extra practice, none of it open."""
    op.drop_index("uq_quizzes_open_set", table_name="quizzes")
    op.execute(
        "UPDATE quizzes SET closed_at = created_at, outcome = 'replaced' "
        "WHERE kind = 'set' AND closed_at IS NULL"
    )
    op.execute(
        "UPDATE quizzes SET outcome = 'replaced' WHERE kind = 'set' AND outcome <> 'finished'"
    )
    op.execute("UPDATE quizzes SET kind = 'extra' WHERE kind = 'set'")
    op.drop_column("quizzes", "deadline_at")
    op.drop_column("quizzes", "set_id")
