"""How long an answer and an ask take with the database in the loop: `make bench`.

520 questions and 1,000 past answers, SQLite in memory. LEARNING.md allows 2 ms and 5 ms.
"""

from __future__ import annotations

import statistics
import time
from random import Random

from bot.simulate.lines import Given, Hello, Item, Theme
from bot.simulate.session import Session

ITEMS, THEMES, PAST, DAYS = 520, 12, 1_000, 40


def main() -> None:
    """Fill a candidate's history, then time the days that follow."""
    session, rng = _session(), Random(1)
    day = 0
    for _ in range(PAST // 5):
        day += 1
        for item in session.ask(day, 5):
            session.answer(Given(day=day, item=item, correct=rng.random() < 0.6))
    asks: list[float] = []
    answers: list[float] = []
    for _ in range(DAYS):
        day += 1
        started = time.perf_counter()
        asked = session.ask(day, 5)
        asks.append(time.perf_counter() - started)
        for item in asked:
            started = time.perf_counter()
            session.answer(Given(day=day, item=item, correct=rng.random() < 0.6))
            answers.append(time.perf_counter() - started)
    print(f"{ITEMS} items, {PAST} past answers, database included")
    print(f"per answer: {_times(answers)} (at most 2)")
    print(f"per ask:    {_times(asks)} (at most 5)")


def _session() -> Session:
    rng = Random(0)
    themes = [Theme(id=t, weight=1 + t % 4) for t in range(THEMES)]
    items = [
        Item(id=i, theme=i % THEMES, concept=rng.randrange(10), difficulty=rng.choice((1, 2, 3)))
        for i in range(ITEMS)
    ]
    return Session(Hello(themes=themes, items=items, exam_day=PAST // 5 + 60))


def _times(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    late = ordered[int(0.95 * len(ordered))]
    return f"{1000 * statistics.median(ordered):.2f} ms at the median, {1000 * late:.2f} at 95 %"


if __name__ == "__main__":
    main()
