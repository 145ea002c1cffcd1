"""Which guide a day calls for."""

from __future__ import annotations

from datetime import date

from bot.domain.enrolment import WRITTEN, MilestoneDate
from content.schema import Guide, Pack

# The interview is prepared for in its last two weeks, whenever the written test was.
ORAL_DAYS = 14


def guide_of_the_day(pack: Pack, exam: MilestoneDate | None, today: date) -> Guide | None:
    """The guide whose days hold today, the narrowest of several; None without a test's day.

    Before an oral test it is the guide that follows the written one.
    """
    if exam is None:
        return None
    left = (exam.day - today).days
    if exam.kind != WRITTEN:
        after = (g for g in pack.guides.values() if g.days is not None and g.days[0] < 0)
        return next(after, None) if 0 <= left <= ORAL_DAYS else None
    fitting = [
        (guide.days[0] - guide.days[1], guide)
        for guide in pack.guides.values()
        if guide.days is not None and guide.days[1] <= left <= guide.days[0]
    ]
    return min(fitting, key=lambda each: each[0])[1] if fitting else None
