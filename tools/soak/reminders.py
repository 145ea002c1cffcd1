"""Reminders and quizzes that fall due at known moments, for people who only read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.daily import QUIZ_TIMER
from bot.domain.enrolment import MilestoneDate
from bot.domain.reminders import SNOOZE
from bot.storage.database import Database
from bot.storage.reminder_timers import MILESTONE
from bot.storage.tables import candidates, conversations
from bot.storage.unit_of_work import UnitOfWork
from tests.fakes.bot_api import BotApi
from tools.bench.broadcast import candidate_row, conversation_row

MILESTONE_KIND = "filing_deadline"
# A deadline further away than any of its own reminders would be.
_AHEAD = timedelta(days=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is to be said to `chat` at `at`, by the coach's clock."""

    chat: int
    at: datetime


def prepare(url: str, api: BotApi, start: datetime, count: int, apart: timedelta) -> list[Due]:
    """One more due every `apart` from `start` on, a quiz and a reminder in turn."""
    database = Database(url)
    due = []
    with database.begin() as store:
        for number in range(count):
            row = conversation_row(number)
            due.append(Due(chat=api.person(int(row["chat"])), at=start + apart * (number + 1)))
            store.connection.execute(candidates.insert(), candidate_row(number))
            store.connection.execute(conversations.insert(), row)
            _arm(store, row["candidate_id"], due[-1].at, is_quiz=number % 2 == 0)
    database.close()
    return due


def _arm(store: UnitOfWork, owner: str, at: datetime, *, is_quiz: bool) -> None:
    if is_quiz:
        store.timers.arm(owner, QUIZ_TIMER, "", at)
        return
    enrolment = store.enrolments.add(owner, "soak", at)
    known = MilestoneDate(kind=MILESTONE_KIND, day=(at + _AHEAD).date(), entered_on=at.date())
    store.enrolments.set_date(enrolment, known)
    store.timers.arm(owner, MILESTONE, f"{enrolment.id}:{MILESTONE_KIND}:{SNOOZE}", at)
