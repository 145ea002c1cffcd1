"""A week in a quarter of an hour: two workers, two schedulers, a sender gone once a day.

Every candidate is to have the daily quiz once each day, but where a rule holds it back. Just
before many are due, and on later days while they leave, the worker that sends is killed, frozen or
cut off from the database.
"""

from __future__ import annotations

import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, monotonic_seconds, test_clock, wall_seconds
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.acceptance.people import OnTelegram
from tools.soak import counting, postgres
from tools.soak.candidates import START, Life, join, lives
from tools.soak.crew import Crew, How, at_work
from tools.soak.pushes import Pushes, messages
from tools.soak.server import Distant

DAYS, PEOPLE, SPEED = 7, 40, 900
TROUBLES: tuple[How | None, ...] = ("kill", "freeze", "cut", "kill", "freeze", "cut", None)
# At the most wished hour, so many seconds before.
_BEFORE = 0.5
_BUSY_HOUR = timedelta(hours=8)
# From the fourth day on as soon as one of that hour's messages is on its way.
_AIMED_FROM, _LONGEST_AIM = 3, 10.0
# How long whoever is frozen or cut off stays so: longer than another needs to take over.
_GONE_SECONDS = 20.0
# The processes need a moment to start before the week does.
_HEAD_START = 12.0
_ANSWERING = 1.0
Figures = dict[str, float]


def run_on_a_new_server() -> Figures:
    """The whole week."""
    with postgres.server() as server, postgres.database(server) as url:
        return run(url)


def run(
    url: str,
    *,
    days: int = DAYS,
    people: int = PEOPLE,
    speed: int = SPEED,
    troubles: tuple[How | None, ...] = TROUBLES,
) -> Figures:
    """The figures of so many days on the empty PostgreSQL database at `url`."""
    database = Database(url)
    migrate(database)
    with tempfile.TemporaryDirectory() as folder, Distant().in_thread() as api:
        assert isinstance(api, Distant)
        week = Week(api, database, lives(people), days)
        join(url, api, week.lives)
        clock = f"{START:%Y-%m-%dT%H:%M:%SZ}*{speed}@{wall_seconds() + _HEAD_START}"
        with at_work(Path(folder), url, api, clock) as crew:
            week.live(crew, test_clock(clock), troubles)
        found = {**week.figures(), **counting.leftovers(database)}
    database.close()
    return found


@dataclass(slots=True)
class Week:
    """People, what befell the sender, and what was found."""

    api: Distant
    database: Database
    lives: list[Life]
    days: int
    people: list[OnTelegram] = field(default_factory=list)
    take_overs: list[float] = field(default_factory=list)
    may_come_twice: int = 0
    failures: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    _answered: set[int] = field(default_factory=set)

    def live(self, crew: Crew, clock: Clock, troubles: tuple[How | None, ...]) -> None:
        """Until the last day is over and everything was said."""
        self.clock = clock
        self.people = [OnTelegram(self.api, each.chat) for each in self.lives]
        trouble = threading.Thread(target=self._befall, args=(crew, troubles), daemon=True)
        trouble.start()
        while clock.now() < self._end or trouble.is_alive():
            self._act()
            time.sleep(0.1)
        self._settle()

    @property
    def _end(self) -> datetime:
        return START + timedelta(days=self.days)

    def figures(self) -> Figures:
        """What was found in the end."""
        return {
            **Pushes(self.api, self.clock, self.lives, self.days).counted(),
            **messages(self.api, self.database, self.lives),
            "may come twice at most": self.may_come_twice,
            "senders lost": len(self.take_overs),
            "longest take-over, s": max(self.take_overs, default=0.0),
            "troubles that failed": len(self.failures),
            "calls refused with 429": sum(call.status == 429 for call in self.api.calls),
            **counting.updates(self.database, self.api, self.people),
            **counting.answers(self.database, self.people),
        }

    def _act(self) -> None:
        """Whoever answers presses a letter of each quiz pushed, a moment after it came."""
        for life, person in zip(self.lives, self.people, strict=True):
            screens = self.api.screen(life.chat) if life.habit != "reads" else []
            newest = next((each for each in reversed(screens) if "D" in each.labels), None)
            if newest is None or newest.message_id in self._answered:
                continue
            if self.api.epoch() - newest.date > _ANSWERING:
                self._answered.add(newest.message_id)
                person.press("A")

    def _befall(self, crew: Crew, troubles: tuple[How | None, ...]) -> None:
        for day, how in enumerate(troubles):
            moment = START + timedelta(days=day) + _BUSY_HOUR
            time.sleep(max(0.0, self._seconds_until(moment) - _BEFORE))
            if how is not None:
                if day >= _AIMED_FROM:
                    self._aim()
                try:
                    self._lose_sender(crew, how)
                except Exception as error:
                    self.failures.append(f"{how}: {error!r}")

    def _aim(self) -> None:
        """Wait until a message is on its way."""
        until = monotonic_seconds() + _LONGEST_AIM
        while monotonic_seconds() < until and not self.api.under_way:
            time.sleep(0.001)

    def _lose_sender(self, crew: Crew, how: How) -> None:
        gone, cut_off = crew.sender(), self.api.cut_off
        on_their_way = self.api.under_way
        gone.befall(how)
        unmarked = self.api.unmarked(counting.waiting_rows(self.database))
        known = self.api.cut_off - cut_off if how == "kill" else on_their_way
        self.may_come_twice += known + len(unmarked)
        self.take_overs.append(crew.take_over(gone))
        time.sleep(max(0.0, _GONE_SECONDS - self.take_overs[-1]))
        gone.mend(how)

    def _seconds_until(self, moment: datetime) -> float:
        return (moment - self.clock.now()).total_seconds() / self.clock.speed

    def _settle(self) -> None:
        until = monotonic_seconds() + 60
        while monotonic_seconds() < until:
            if not self.api.queue and not counting.waiting_rows(self.database):
                break
            time.sleep(0.2)
        time.sleep(2)
