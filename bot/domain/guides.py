"""Which guide a day calls for."""

from __future__ import annotations

from datetime import date

from content.schema import Guide, Pack

# The interview is prepared for in its last two weeks, whenever the written test was.
ORAL_DAYS = 14


def guide_of_the_day(
    pack: Pack, exam_day: date | None, today: date, *, is_oral: bool = False
) -> Guide | None:
    """The guide whose days hold today, the narrowest of several; None without an exam day.

    Before an oral test it is the guide that follows the written one.
    """
    if exam_day is None:
        return None
    left = (exam_day - today).days
    if is_oral:
        after = (g for g in pack.guides.values() if g.days is not None and g.days[0] < 0)
        return next(after, None) if 0 <= left <= ORAL_DAYS else None
    fitting = [
        (guide.days[0] - guide.days[1], guide)
        for guide in pack.guides.values()
        if guide.days is not None and guide.days[1] <= left <= guide.days[0]
    ]
    return min(fitting, key=lambda each: each[0])[1] if fitting else None
