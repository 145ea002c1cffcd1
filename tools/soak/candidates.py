"""The people of a simulated week: where they live, when they want their quiz, how they behave."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.clock import at_local_time
from bot.domain.enrolment import WRITTEN, MilestoneDate
from bot.domain.standing import standing_timers
from bot.domain.taper import is_push_day
from bot.storage.database import Database
from bot.storage.tables import shown
from bot.storage.unit_of_work import UnitOfWork
from tests.fakes.bot_api import BotApi
from tests.talk import Talk

Habit = Literal["answers", "reads", "pauses", "sits a test"]

# Monday; the processes' clocks begin here.
MONDAY = date(2026, 11, 23)
START = datetime(2026, 11, 23, tzinfo=UTC)
# Every one's day lies within the UTC day, so that a week has seven of each push.
ZONES = ("Africa/Casablanca", "Europe/Paris", "Asia/Dubai", "America/Montreal")
HOURS = (time(7), time(8), time(8), time(8), time(9, 15), time(12, 30), time(17, 30))
# One in ten never presses, one in twenty pauses until Thursday, one sits a test on Wednesday.
_HABITS: dict[int, Habit] = {3: "reads", 13: "reads", 8: "pauses", 18: "sits a test"}
_PAUSED_DAYS, _TEST_DAY = 3, MONDAY + timedelta(days=2)
_FIRST_CHAT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Somebody's week."""

    chat: int
    zone: str
    hour: time
    habit: Habit

    def due(self, days: int) -> list[datetime]:
        """When a daily quiz is to be pushed to them, if the rules are kept (README, T34, T36)."""
        week = (MONDAY + timedelta(days=each) for each in range(days))
        return [at_local_time(day, self.hour, self.zone) for day in self._push_days(week)]

    def _push_days(self, week: Iterator[date]) -> list[date]:
        pushed: list[date] = []
        for day in week:
            is_silent = {
                "answers": False,
                "reads": not is_push_day(pushed, day),
                "pauses": day < MONDAY + timedelta(days=_PAUSED_DAYS),
                "sits a test": day == _TEST_DAY,
            }[self.habit]
            if not is_silent:
                pushed.append(day)
        return pushed


def lives(count: int) -> list[Life]:
    """So many people: every zone with every hour, in turn."""
    places = itertools.cycle(itertools.product(HOURS, ZONES))
    return [
        Life(
            chat=_FIRST_CHAT + number,
            zone=zone,
            hour=hour,
            habit=_HABITS.get(number % 20, "answers"),
        )
        for number, (hour, zone) in zip(range(count), places, strict=False)
    ]


def join(url: str, api: BotApi, people: list[Life]) -> None:
    """They join before the week begins, each with a first quiz that waits."""
    talk = Talk(database=Database(url), now=START)
    for life in people:
        api.person(life.chat)
        talk.move_to("telegram", str(life.chat))
        talk.join()
        with talk.database.begin() as store:
            _settle(store, talk.candidate_id, life)
    with talk.database.begin() as store:
        # What the dialogue was shown is not on the phones of the fake.
        store.connection.execute(shown.delete())
    talk.database.close()


def _settle(store: UnitOfWork, owner: str, life: Life) -> None:
    """Their zone and hour, and what they have before them."""
    me = store.candidates.change(owner, zone=life.zone, quiz_time=life.hour)
    if life.habit == "pauses":
        until = at_local_time(MONDAY + timedelta(days=_PAUSED_DAYS), time(0), life.zone)
        store.candidates.change(owner, paused_until=until)
    if life.habit == "sits a test":
        enrolment = store.enrolments.ensure_default(owner, "soak", START)
        known = MilestoneDate(kind=WRITTEN, day=_TEST_DAY, entered_on=MONDAY)
        store.enrolments.set_date(enrolment, known)
    for kind, due_at in standing_timers(me, START, store.enrolments.test_days(owner)).items():
        store.timers.arm(owner, kind, "", due_at)
