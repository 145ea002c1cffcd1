"""What every press on a quiz runs: built once, since building costs more than running."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.hot import Hot
from bot.storage.tables import quiz_items, quizzes

ITEM = (
    quiz_items.c.position,
    quiz_items.c.item_id,
    quiz_items.c.item_revision,
    quiz_items.c.ticked,
    quiz_items.c.chosen,
    quiz_items.c.correct,
)
ITEM_NAMES = tuple(column.name for column in ITEM)
# What a press needs, in one statement each.
GET = Hot(
    lambda _dialect: (
        sa.select(quizzes, *ITEM)
        .outerjoin(quiz_items, quiz_items.c.quiz_id == quizzes.c.id)
        .where(
            quizzes.c.id == sa.bindparam("id_"), quizzes.c.candidate_id == sa.bindparam("owner_")
        )
        .order_by(quiz_items.c.position)
    )
)
ANSWER = Hot(
    lambda _dialect: (
        quiz_items.update()
        .where(
            quiz_items.c.quiz_id == sa.bindparam("quiz_"),
            quiz_items.c.position == sa.bindparam("position_"),
            quiz_items.c.chosen.is_(None),
        )
        .returning(quiz_items.c.position)
    )
)
