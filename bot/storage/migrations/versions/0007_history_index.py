"""history index."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_HISTORY = ["candidate_id", "quiz_id", "position", "item_id", "correct", "local_day"]


def upgrade() -> None:
    """history index."""
    op.drop_index("ix_quiz_items_candidate_id_item_id", "quiz_items")
    op.create_index("ix_quiz_items_history", "quiz_items", _HISTORY)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_quiz_items_history", "quiz_items")
    op.create_index(
        "ix_quiz_items_candidate_id_item_id", "quiz_items", ["candidate_id", "item_id"]
    )
