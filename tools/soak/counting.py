"""What people did, held against what the tables hold: nothing lost, nothing counted twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.quiz import toggled
from bot.storage.database import Database
from bot.storage.outbox import OutboxRow, pending, row_of
from bot.storage.tables import faults, inbox, outbox, quiz_items, timers
from tests.acceptance.people import OnTelegram
from tests.fakes.bot_api import BotApi
from tests.talk import pack

Place = tuple[int, int]
"""A quiz and a position in it."""

_PRESS = re.compile(r"quiz:(\d+):([av])(\d+)([a-d]?)")


@dataclass(slots=True)
class Item:
    """A question as its table's row says, or as the presses made it."""

    item_id: str
    ticked: str = ""
    chosen: str | None = None

    def press(self, what: str, option: str) -> None:
        """Once: a letter answers, or is ticked where several are asked; Validate then answers."""
        asked = len(pack().questions[self.item_id].key)
        if self.chosen is not None:
            return
        if what == "v":
            self.chosen = self.ticked if len(self.ticked) == asked else None
        elif asked > 1:
            self.ticked = toggled(self.ticked, option)
        else:
            self.chosen = option


def answers(database: Database, people: Iterable[OnTelegram]) -> dict[str, int]:
    """Every press counted once by a reckoning of our own, against the rows.

    A press counted twice unticks what it ticked, or answers what nobody answered.
    """
    kept = _items(database)
    reckoned = {place: Item(item.item_id) for place, item in kept.items()}
    for person in people:
        for token in _tokens(person):
            if found := _PRESS.fullmatch(token):
                quiz, what, position, option = found.groups()
                reckoned[int(quiz), int(position)].press(what, option)
    both = [(reckoned[place], item) for place, item in kept.items()]
    return {
        "answers kept": sum(item.chosen is not None for item in kept.values()),
        "answers lost": sum(a.chosen is not None and b.chosen is None for a, b in both),
        "answers nobody gave": sum(a.chosen is None and b.chosen is not None for a, b in both),
        "presses counted twice or lost": sum(a != b for a, b in both),
    }


def updates(database: Database, api: BotApi, people: Iterable[OnTelegram]) -> dict[str, int]:
    """Every update of theirs: acknowledged, and kept when it was."""
    sent = [each for person in people for each in person.updates]
    with database.engine.connect() as connection:
        known = set(connection.execute(sa.select(inbox.c.event_id)).scalars())
    waiting = {each.id for each in api.queue if not each.again}
    return {
        "updates": len(sent),
        "updates lost": sum(each not in waiting and f"u{each}" not in known for each in sent),
        "updates never acknowledged": len(waiting.intersection(sent)),
    }


def leftovers(database: Database) -> dict[str, int]:
    """What should not be there in the end."""
    dead = sa.select(outbox.c.id).where(outbox.c.dead_reason.is_not(None))
    with database.engine.connect() as connection:
        return {
            "faults": _count(connection, sa.select(faults.c.id)),
            "dead letters": _count(connection, dead),
            "messages still waiting": _count(connection, sa.select(outbox.c.id).where(pending())),
        }


def waiting_rows(database: Database) -> list[OutboxRow]:
    """The outbox rows that are neither sent nor dead."""
    with database.engine.connect() as connection:
        return [
            row_of(row) for row in connection.execute(outbox.select().where(pending())).mappings()
        ]


def waits_for_anything(database: Database, now: datetime) -> bool:
    """Whether a message is to leave, or a timer due by `now` to fire (a dead process's claim)."""
    due = sa.select(timers.c.id).where(timers.c.due_at <= now)
    with database.engine.connect() as connection:
        return bool(waiting_rows(database)) or _count(connection, due) > 0


def doubles(api: BotApi, chats: Iterable[int]) -> int:
    """New messages that say what the chat's message before them said."""
    screens = ([(each.html, each.tokens) for each in api.screen(chat)] for chat in chats)
    return sum(one == two for screen in screens for one, two in itertools.pairwise(screen))


def rewrites_again(api: BotApi) -> int:
    """Rewrites that changed nothing, since their message said so already."""
    return sum("not modified" in call.description for call in api.called("editMessageText"))


def _tokens(person: OnTelegram) -> list[str]:
    """What the person pressed, in order."""
    sent = (person.api.sent_updates[each].update for each in person.updates)
    return [each["callback_query"]["data"] for each in sent if "callback_query" in each]


def _items(database: Database) -> dict[Place, Item]:
    columns = quiz_items.c
    query = sa.select(
        columns.quiz_id, columns.position, columns.item_id, columns.ticked, columns.chosen
    )
    with database.engine.connect() as connection:
        return {
            (row.quiz_id, row.position): Item(row.item_id, row.ticked, row.chosen)
            for row in connection.execute(query)
        }


def _count(connection: sa.Connection, query: sa.Select[Any]) -> int:
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
    )
