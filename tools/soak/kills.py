"""kill -9, again and again, while people answer and reminders fall due.

Each kill waits for a message on its way to Telegram, but for one in ten, which comes at any
moment. With PostgreSQL the next process first waits for the dead one's lease to end, so several
installations are tried side by side, each with a database, a server and a process of its own.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import reduce
from pathlib import Path

from bot.clock import wall_seconds
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.acceptance.coach import Coach
from tests.talk import START
from tools.bench.prepare import sqlite_url
from tools.soak import postgres, reminders
from tools.soak.lane import Lane
from tools.soak.server import Distant
from tools.soak.tally import Tally, plus

LANES = {"sqlite": 2, "postgresql": 4}
DUE_APART = timedelta(seconds=1)
# So many seconds of reminders are prepared for each kill; the last ones never come due.
DUE_A_KILL = {"sqlite": 6, "postgresql": 18}


def run(kills: int, engine: str) -> Tally:
    """The tally of all installations together. `engine`: sqlite or postgresql."""
    count = LANES[engine]
    shares = [kills // count + (number < kills % count) for number in range(count)]
    with _addresses(engine, count) as urls, ThreadPoolExecutor(count) as pool:
        for url in urls:
            _make_tables(url)
        lanes = pool.map(_lane, urls, shares, range(count), [engine] * count)
        return reduce(plus, lanes)


@contextmanager
def _addresses(engine: str, count: int) -> Iterator[list[str]]:
    """Databases to be killed on."""
    with ExitStack() as stack:
        if engine == "sqlite":
            folders = (stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(count))
            yield [sqlite_url(Path(each)) for each in folders]
            return
        server = stack.enter_context(postgres.server())
        yield [stack.enter_context(postgres.database(server)) for _ in range(count)]


def _lane(url: str, kills: int, number: int, engine: str) -> Tally:
    """One installation, killed so many times."""
    with tempfile.TemporaryDirectory() as folder, Distant().in_thread() as api:
        assert isinstance(api, Distant)
        due = reminders.prepare(url, api, START, kills * DUE_A_KILL[engine], DUE_APART)
        coach = _coach(Path(folder), url, api)
        lane = Lane(url, api, coach, due, random.Random(number))
        with coach:
            for each in range(kills):
                lane.live_and_die(at_any_moment=each % 10 == 9)
            lane.settle()
        return lane.tally()


def _make_tables(url: str) -> None:
    """Here, one after another: Alembic is for one thread at a time."""
    database = Database(url)
    migrate(database)
    database.close()


def _coach(folder: Path, url: str, api: Distant) -> Coach:
    return Coach(
        folder,
        DATABASE_URL=url,
        COACH_SECRET=postgres.SECRET,
        TELEGRAM_BOT_TOKEN=api.token,
        TELEGRAM_API_URL=api.url,
        COACH_TEST_CLOCK=f"{START:%Y-%m-%dT%H:%M:%SZ}@{wall_seconds()}",
    )
