"""Which quizzes came by themselves, held against those that were due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import outbox
from tests.fakes.bot_api import BotApi
from tools.soak.candidates import START, Life

_PUSH = re.compile(r"quiz:(\d+):a")


@dataclass(frozen=True, slots=True)
class Sent:
    """A quiz that reached a chat as a new message: which, and when by the coach's clock."""

    quiz: int
    at: datetime


class Pushes:
    """What the people of so many `days` were sent, and what they were to be sent."""

    def __init__(self, api: BotApi, clock: Clock, people: list[Life], days: int) -> None:
        self._api = api
        self._clock = clock
        self._end = START + timedelta(days=days)
        self._all = days * len(people)
        self._due = {each.chat: each.due(days) for each in people}
        self._sent = {each.chat: self._of(each.chat) for each in people}

    def counted(self) -> dict[str, float]:
        """Each quiz of each day: sent, lost, against a rule, twice."""
        once = {chat: len({each.quiz for each in got}) for chat, got in self._sent.items()}
        due = {chat: len(times) for chat, times in self._due.items()}
        return {
            "pushes due (days x people)": self._all,
            "held back by a rule": self._all - sum(due.values()),
            "pushes sent": sum(once.values()),
            "pushes lost": sum(max(0, due[chat] - once[chat]) for chat in due),
            "pushes against a rule": sum(max(0, once[chat] - due[chat]) for chat in due),
            "pushes that came twice": sum(len(self._sent[chat]) - once[chat] for chat in due),
            "latest push, s after its time": self._latest(),
        }

    def _of(self, chat: int) -> list[Sent]:
        """The quizzes that came to the chat as new messages."""
        return [
            Sent(int(found[1]), self._instant(call.at))
            for call in self._api.called("sendMessage")
            if call.status == 200
            and int(call.arguments["chat_id"]) == chat
            and (found := _PUSH.search(str(call.arguments.get("reply_markup"))))
            and self._instant(call.at) < self._end
        ]

    def _instant(self, at: float) -> datetime:
        """What the coach's clock showed when the server's showed `at`."""
        ago = self._api.clock() - at
        return self._clock.now() - timedelta(seconds=ago * self._clock.speed)

    def _latest(self) -> float:
        """Real seconds from the time of a push to its message, at most."""
        pairs = [
            (got.at - at).total_seconds()
            for chat, times in self._due.items()
            for at, got in zip(times, self._sent[chat], strict=False)
        ]
        return max(pairs, default=0.0) / self._clock.speed


def messages(api: BotApi, database: Database, people: list[Life]) -> dict[str, float]:
    """All messages of the coach's own, reports too; answers rewrote one of them."""
    sent = sum(len(api.screen(each.chat)) for each in people)
    query = sa.select(outbox.c.chat, outbox.c.provider_ref).distinct()
    known = query.where(outbox.c.sent_at.is_not(None), outbox.c.provider_ref.is_not(None))
    with database.engine.connect() as connection:
        once = len(connection.execute(known).all())
    return {"all messages": sent, "of them that came twice": sent - once}
