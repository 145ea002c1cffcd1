"""Several processes on one PostgreSQL: one sends; when it is gone another does, soon and once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.tables import outbox
from tests.acceptance.coach import Coach
from tests.acceptance.people import OnTelegram, wait_for
from tests.acceptance.proxy import Proxy
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates
from tools.soak import week

pytestmark = [pytest.mark.acceptance, pytest.mark.postgres]

TAKE_OVER = 15.0
HOLDS = "this process sends"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(rates=Rates()).in_thread() as api:
        yield api


def coach(folder: Path, api: BotApi, url: str, *arguments: str, **more: str) -> Coach:
    return Coach(
        folder,
        *arguments,
        DATABASE_URL=url,
        COACH_SECRET="x" * 32,
        COACH_WEB="on",
        TELEGRAM_BOT_TOKEN=api.token,
        TELEGRAM_API_URL=api.url,
        **more,
    )


def until(claim: Callable[[], bool], seconds: float = TAKE_OVER) -> float:
    """How long it took until `claim` held."""
    began = time.monotonic()
    while not claim():
        assert time.monotonic() - began < seconds, "not in time"
        time.sleep(0.05)
    return time.monotonic() - began


def holds(process: Coach) -> bool:
    return any(HOLDS in line for line in process.log)


def settled(url: str) -> bool:
    """Whether everything was sent and marked."""
    database = Database(url)
    waits = sa.select(sa.func.count()).where(
        outbox.c.sent_at.is_(None), outbox.c.dead_reason.is_(None)
    )
    with database.engine.connect() as connection:
        count = connection.execute(waits).scalar_one()
    database.close()
    return count == 0


@pytest.mark.parametrize("how", ["kill", "freeze", "cut"])
def test_another_takes_over_within_fifteen_seconds_and_nothing_is_sent_twice(
    tmp_path: Path, api: BotApi, postgres_url: str, how: str
) -> None:
    address = sa.make_url(postgres_url)
    assert address.host is not None
    proxy = Proxy(address.host, address.port or 5432)
    cut_off = address.set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
    with ExitStack() as stack:
        stack.enter_context(proxy.running())
        first = stack.enter_context(coach(tmp_path, api, cut_off))
        until(lambda: holds(first))
        second = stack.enter_context(coach(tmp_path, api, postgres_url))
        amal, badr = OnTelegram(api, 1001), OnTelegram(api, 1002)
        amal.say("/start")
        wait_for(amal, "Bienvenue")
        assert not holds(second)
        # What is on its way or unmarked at that moment may come twice (point 3): here nothing is.
        until(lambda: settled(postgres_url))
        {"kill": first.kill, "freeze": first.freeze, "cut": proxy.cut}[how]()
        badr.say("/start")
        until(lambda: any("Bienvenue" in text for text in badr.texts()))
        assert holds(second)
        if how == "freeze":
            first.thaw()
        for number in range(5):
            amal.say(f"/start {number}")
            badr.say(f"/start {number}")
        until(lambda: all(map(api.is_acknowledged, amal.updates + badr.updates)), 30)
        until(lambda: settled(postgres_url), 30)
        time.sleep(1.5)
        for person in (amal, badr):
            welcomes = [text for text in person.texts() if "Bienvenue" in text]
            assert len(welcomes) == 6, welcomes
        if how == "cut":
            first.kill()


def test_two_workers_and_two_schedulers_push_each_days_quiz_once_though_the_sender_is_killed(
    postgres_url: str,
) -> None:
    """Two days in half a minute; `python -m tools.soak week` is the whole week."""
    found = week.run(postgres_url, days=2, people=8, speed=4800, troubles=("kill",))
    assert found["pushes sent"] == found["pushes due (days x people)"] == 16
    assert found["longest take-over, s"] < TAKE_OVER
    assert found["pushes that came twice"] <= found["may come twice at most"]
    for name in ("pushes lost", "pushes against a rule", "troubles that failed", "faults"):
        assert found[name] == 0, found
    for name in ("updates lost", "answers lost", "answers nobody gave", "calls refused with 429"):
        assert found[name] == 0, found


def test_a_database_server_that_goes_away_for_a_while_loses_nothing(
    tmp_path: Path, api: BotApi, postgres_url: str
) -> None:
    """Every connection is broken and new ones are refused for four seconds."""
    address = sa.make_url(postgres_url)
    admin = sa.create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def order(allowed: str) -> None:
        with admin.connect() as connection:
            connection.execute(
                sa.text(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS {allowed}")
            )
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(sa.text(kill), {"name": address.database})

    with coach(tmp_path, api, postgres_url) as process:
        amal = OnTelegram(api, 1001)
        amal.say("/start")
        wait_for(amal, "Bienvenue")
        until(lambda: settled(postgres_url))
        order("false")
        for number in range(3):
            amal.say(f"/start {number}")
        time.sleep(4)
        order("true")
        until(lambda: len(amal.texts()) == 4, 30)
        until(lambda: all(map(api.is_acknowledged, amal.updates)), 30)
        until(lambda: settled(postgres_url))
        assert len(amal.texts()) == 4
    admin.dispose()
    assert not any("Traceback" in line for line in process.log)
