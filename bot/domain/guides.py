"""Which guide a day calls for."""

from __future__ import annotations

from datetime import date

from content.schema import Guide, Pack


def guide_of_the_day(pack: Pack, exam_day: date | None, today: date) -> Guide | None:
    """The guide whose days hold today, the narrowest of several; None without an exam day."""
    if exam_day is None:
        return None
    left = (exam_day - today).days
    fitting = [
        (guide.days[0] - guide.days[1], guide)
        for guide in pack.guides.values()
        if guide.days is not None and guide.days[1] <= left <= guide.days[0]
    ]
    return min(fitting, key=lambda each: each[0])[1] if fitting else None
