"""The fake Bot API as far away as the real one: calls and their answers take their time."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from typing import Any

from aiohttp import web

from bot.clock import monotonic_seconds
from bot.storage.outbox import OutboxRow
from tests.fakes.bot_api import BotApi
from tests.fakes.rates import Rates

MESSAGES = frozenset(("sendmessage", "editmessagetext", "senddocument"))
# Done, or done before: a message is "not modified".
TAKEN = (200, 400)
# One way; with it a message takes as long as Telegram's European servers take.
WAY_SECONDS = 0.04

Said = tuple[str, tuple[tuple[str, str], ...]]
"""A text, and the labels and tokens of its buttons."""


class Distant(BotApi):
    """Knows at each moment which messages are on their way and which were answered.

    `cut_off`: how many were on their way when their connection broke, whether or not they had
    arrived. `answered`: each chat's messages that were taken and their sender told, in order, with
    the moment (monotonic seconds); whoever wants to know since when clears it then.
    """

    def __init__(self) -> None:
        super().__init__(rates=Rates())
        self.under_way = 0
        self.cut_off = 0
        self.answered: dict[str, list[tuple[float, Said]]] = defaultdict(list)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"].lower() not in MESSAGES:
            return await super()._answer(request)
        self.under_way += 1
        try:
            return await self._from_afar(request)
        except asyncio.CancelledError:
            self.cut_off += 1
            raise
        finally:
            self.under_way -= 1

    async def _from_afar(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(WAY_SECONDS)
        answer = await super()._answer(request)
        call = self.calls[-1]
        await asyncio.sleep(WAY_SECONDS)
        if call.status in TAKEN:
            chat = str(call.arguments["chat_id"])
            self.answered[chat].append((monotonic_seconds(), _said_by(call.arguments)))
        return answer

    def unmarked(self, waiting: list[OutboxRow]) -> list[float]:
        """When each message was answered whose row still waits.

        Within a chat rows leave in order: the last messages answered are the first that wait.
        """
        chats: dict[str, list[Said]] = defaultdict(list)
        for row in waiting:
            chats[row.address.chat].append(_said_in(row))
        found = []
        for chat, rows in chats.items():
            answered = self.answered[chat]
            found += [at for at, _ in answered[len(answered) - _overlap(answered, rows) :]]
        return found


def _overlap(answered: list[tuple[float, Said]], rows: list[Said]) -> int:
    """How many of the last answered are found among the rows, in their order."""
    for count in range(min(len(answered), len(rows)), 0, -1):
        left = iter(rows)
        if all(said in left for _, said in answered[-count:]):
            return count
    return 0


def _said_in(row: OutboxRow) -> Said:
    rows = row.payload.get("buttons", ())
    labels = tuple((each["label"], each["token"]) for line in rows for each in line)
    return row.payload.get("text", ""), labels


def _said_by(arguments: dict[str, Any]) -> Said:
    markup = arguments.get("reply_markup") or "{}"
    rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", ())
    labels = tuple((each["text"], each["callback_data"]) for line in rows for each in line)
    return arguments.get("text", ""), labels
