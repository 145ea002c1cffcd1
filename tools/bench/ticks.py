"""What a tick and a turn cost with a thousand, a hundred thousand and a million candidates.

    python -m tools.bench.ticks

The due work is the same each time: fifty timers.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bot.broadcasting import expand
from bot.clock import wall_seconds
from bot.render import Renderer
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.talk import Talk, texts

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DUE = 50
PEOPLE = (1_000, 100_000, 1_000_000)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
_DAWN = "2026-01-01 00:00:00.000000"
_FILL = {
    "candidates (id, language, stream, grade, zone, quiz_time, reminder_time, quiet_from, "
    "quiet_to, push_to, keep_voice, consent_at, onboarded_at)": "printf('%016x', i), 'fr', "
    "'benefits', 'B', 'Africa/Casablanca', '20:00:00.000000', '08:00:00.000000', "
    f"'22:00:00.000000', '07:00:00.000000', '', 0, '{_DAWN}', '{_DAWN}'",
    "conversations (channel, chat, thread, person, candidate_id, used_at)": "'telegram', i, '', "
    f"i, printf('%016x', i), '{_DAWN}'",
    "timers (candidate_id, kind, ref, due_at, claimed_until, attempts)": "printf('%016x', i), "
    "'daily_quiz', '', '2026-12-01 20:00:00.000000', 0, 0",
}


def best_of(times: int, call: Callable[[], object]) -> float:
    """The least CPU milliseconds of so many calls."""
    found = []
    for _ in range(times):
        began = time.process_time()
        call()
        found.append((time.process_time() - began) * 1000)
    return min(found)


def measure(count: int) -> tuple[float, float, float, int]:
    """CPU ms of an idle tick, a tick with work, a turn; and the memory, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/coach.db")
        migrate(database)
        with database.engine.begin() as connection:
            numbers = _NUMBERS.format(count=count)
            for table, values in _FILL.items():
                connection.exec_driver_sql(f"INSERT INTO {table} {numbers}SELECT {values} FROM n")
        talk = Talk(database=database, now=NOW)
        talk.join()
        due = "2026-11-24 09:00:00.000000"

        def make_due() -> None:
            with database.engine.begin() as connection:
                connection.exec_driver_sql(
                    "UPDATE timers SET due_at = ?, claimed_until = 0 WHERE id IN "
                    "(SELECT id FROM timers ORDER BY id LIMIT ?)",
                    (due, DUE),
                )

        def tick() -> None:
            with database.begin() as store:
                found = store.timers.claim_due(NOW, wall_seconds(), DUE)
                store.claims.claim("telegram", wall_seconds(), 60, answers=True)
                store.claims.claim("telegram", wall_seconds(), 30, answers=False)
                expand(store, Renderer(texts()), {"telegram": True}, NOW)
                assert len(found) in (0, DUE)

        idle = best_of(20, tick)
        busy = []
        for _ in range(5):
            make_due()
            busy.append(best_of(1, tick))
        turn = best_of(20, lambda: talk.turns.take(talk.command_of("/plan"), NOW))
        database.close()
    return idle, min(busy), turn, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the table; the last column is the factor from the least to the most people."""
    rows = [measure(count) for count in PEOPLE]
    print(f"{'CPU ms':28}" + "".join(f"{count:>12,}" for count in PEOPLE) + "      growth")
    names = ("tick with nothing due", f"tick with {DUE} due", "turn (/plan)")
    for place, name in enumerate(names):
        values = [float(row[place]) for row in rows]
        shown = "".join(f"{value:12.2f}" for value in values)
        print(f"{name:28}{shown}{values[-1] / values[0]:12.2f}")
    print(f"{'memory at most, MB':28}" + "".join(f"{row[3]:12}" for row in rows))


if __name__ == "__main__":
    main()
