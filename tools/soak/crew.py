"""Two workers and two schedulers on one PostgreSQL, and what can befall the one that sends."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from bot.clock import monotonic_seconds
from tests.acceptance.coach import Coach
from tests.acceptance.proxy import Proxy
from tests.fakes.bot_api import BotApi
from tools.soak import postgres
from tools.soak.door import Door

How = Literal["kill", "freeze", "cut"]

WORKERS, SCHEDULERS = 2, 2
_SENDS, _NO_LONGER = "this process sends", "another process sends"
_LONGEST_TAKE_OVER = 60.0


class Worker:
    """One `python -m bot --no-scheduler`, with a way of its own to the database."""

    def __init__(self, coach: Coach, network: Proxy) -> None:
        self.coach = coach
        self._network = network

    @property
    def sends(self) -> bool:
        """Whether it says that it is the one that sends."""
        said = [line for line in tuple(self.coach.log) if _SENDS in line or _NO_LONGER in line]
        return bool(said) and _SENDS in said[-1]

    def befall(self, how: How) -> None:
        """Killed, frozen, or cut off from the database."""
        {"kill": self.coach.kill, "freeze": self.coach.freeze, "cut": self._network.cut}[how]()

    def mend(self, how: How) -> None:
        """Started again, or going on where it stood."""
        if how == "kill":
            self.coach.log.clear()
            self.coach.start()
        elif how == "freeze":
            self.coach.thaw()
        else:
            self._network.heal()


class Crew:
    """The processes, once started."""

    def __init__(self) -> None:
        self.workers: list[Worker] = []

    def sender(self) -> Worker:
        """The worker that sends; waits until there is one."""
        until = monotonic_seconds() + _LONGEST_TAKE_OVER
        while monotonic_seconds() < until:
            if found := [each for each in self.workers if each.sends]:
                return found[0]
            time.sleep(0.02)
        raise TimeoutError("nobody sends")

    def urls(self) -> list[str]:
        """Where the workers listen."""
        return [each.coach.url for each in self.workers]

    def take_over(self, gone: Worker) -> float:
        """Seconds until another than `gone` sends."""
        began = monotonic_seconds()
        while not any(each.sends for each in self.workers if each is not gone):
            if monotonic_seconds() - began > _LONGEST_TAKE_OVER:
                raise TimeoutError("nobody took over")
            time.sleep(0.02)
        return monotonic_seconds() - began


@contextmanager
def at_work(folder: Path, url: str, api: BotApi, clock: str) -> Iterator[Crew]:
    """Both kinds of processes on the database at `url`; `clock`: their COACH_TEST_CLOCK."""
    crew = Crew()
    with ExitStack() as stack:
        door = stack.enter_context(Door(crew.urls).in_thread())
        for _ in range(WORKERS):
            network = stack.enter_context(_network(url).running())
            coach = _worker(folder, _through(network, url), api, clock, door.url)
            crew.workers.append(Worker(stack.enter_context(coach), network))
        for _ in range(SCHEDULERS):
            stack.enter_context(_scheduler(folder, {**coach.environment, "DATABASE_URL": url}))
        yield crew


def _network(url: str) -> Proxy:
    address = sa.make_url(url)
    return Proxy(address.host or "127.0.0.1", address.port or 5432)


def _through(network: Proxy, url: str) -> str:
    there = sa.make_url(url).set(host="127.0.0.1", port=network.port)
    return there.render_as_string(hide_password=False)


def _worker(folder: Path, url: str, api: BotApi, clock: str, door: str) -> Coach:
    return Coach(
        folder,
        "--no-scheduler",
        DATABASE_URL=url,
        COACH_SECRET=postgres.SECRET,
        COACH_TEST_CLOCK=clock,
        TELEGRAM_BOT_TOKEN=api.token,
        TELEGRAM_API_URL=api.url,
        TELEGRAM_WEBHOOK_URL=f"{door}/telegram",
        TELEGRAM_WEBHOOK_SECRET=postgres.SECRET,
    )


@contextmanager
def _scheduler(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "scheduler"]
    with (folder / "scheduler.log").open("a") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)
