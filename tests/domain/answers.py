"""Answers for tests of what is made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.domain.quiz import Answer
from tests.talk import pack

DAY = date(2026, 11, 24)
_places = count()
ITEMS = list(pack().questions)


def answer(
    item: int, *, correct: bool = False, after: int = 0, cause: str | None = None
) -> Answer:
    """An answer `after` days from DAY, each a little later than the one before."""
    place = next(_places)
    day = DAY + timedelta(days=after)
    return Answer(
        quiz_id=place,
        position=0,
        item_id=ITEMS[item],
        quiz_kind="daily",
        chosen="a",
        correct=correct,
        at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        local_day=day,
        cause=cause,
    )
