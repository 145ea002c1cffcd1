"""The review of the plan: proposals, questions a day, topic in focus; and drills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The review of the plan, and drills.

    Columns are added in place: a table made anew would take its candidates' rows with it.
    """
    op.create_table(
        "proposals",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_proposals_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposals_candidate_id", "proposals", ["candidate_id"])
    op.create_table(
        "drills",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("candidate_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ticked", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_drills_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drills_candidate_id", "drills", ["candidate_id"])
    op.add_column(
        "candidates",
        sa.Column("questions_a_day", sa.Integer(), server_default="5", nullable=False),
    )
    op.add_column(
        "candidates",
        sa.Column("focus_topic", sa.String(length=40), server_default="", nullable=False),
    )
    op.add_column("candidates", sa.Column("focus_until", sa.Date(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("candidates", "focus_until")
    op.drop_column("candidates", "focus_topic")
    op.drop_column("candidates", "questions_a_day")
    op.drop_index("ix_drills_candidate_id", "drills")
    op.drop_table("drills")
    op.drop_index("ix_proposals_candidate_id", "proposals")
    op.drop_table("proposals")
