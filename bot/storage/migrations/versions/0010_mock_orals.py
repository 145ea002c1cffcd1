"""mock orals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """mock orals.

    The column is added in place: a table made anew would take its answers' texts with it.
    """
    is_open = sa.text("ended_at IS NULL")
    op.create_table(
        "mocks",
        sa.Column("id", _big(), autoincrement=True, nullable=False),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("resumed_at", sa.DateTime(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_mocks_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mocks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mocks_candidate_id", "mocks", ["candidate_id"])
    op.create_index(
        "uq_mocks_open",
        "mocks",
        ["candidate_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.add_column("drafts", sa.Column("mock_id", _big(), nullable=True))


def downgrade() -> None:
    """Undo it: the code before knows no mocks; answers finished in them stay as exercises."""
    op.execute("DELETE FROM drafts WHERE mock_id IS NOT NULL AND finished_at IS NULL")
    op.execute("DELETE FROM timers WHERE kind = 'mock_clock'")
    op.drop_column("drafts", "mock_id")
    op.drop_index("uq_mocks_open", table_name="mocks")
    op.drop_index("ix_mocks_candidate_id", table_name="mocks")
    op.drop_table("mocks")


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
