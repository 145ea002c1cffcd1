"""The Telegram channel beside the fake Bot API, as the contract wants it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.channels.telegram.channel import TelegramChannel
from bot.messages import Address
from tests.channels.contract import Seen
from tests.fakes.bot_api import BotApi

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
COMMANDS = {"fr": [("start", "Commencer")], "ar": [("start", "البدء")], "en": [("start", "Start")]}


def channel_for(api: BotApi, **changed: Any) -> TelegramChannel:
    """A channel, not yet started, that speaks to the fake."""
    settings: dict[str, Any] = {"token": api.token, "api_url": api.url, "now": lambda: NOW}
    return TelegramChannel(**settings | changed)


class TelegramPhone:
    """One person's Telegram, on the fake Bot API; a receipt is an update's id."""

    def __init__(self, api: BotApi, person: int) -> None:
        self._api = api
        self._chat = api.person(person)
        self.address = Address(channel="telegram", chat=str(person))
        self.sender = str(person)

    async def say(self, text: str) -> str:
        """See `Phone`."""
        return str(self._api.say(self._chat, text))

    async def press(self, ref: str, token: str) -> str:
        """See `Phone`."""
        return str(self._api.press(self._chat, int(ref), token))

    async def redeliver(self, receipt: str) -> None:
        """See `Phone`."""
        self._api.redeliver(int(receipt))

    async def acknowledged(self, receipt: str) -> bool:
        """See `Phone`."""
        return self._api.is_acknowledged(int(receipt))

    async def screen(self) -> list[Seen]:
        """See `Phone`."""
        return [
            Seen(ref=str(each.message_id), text=each.text, tokens=tuple(each.tokens))
            for each in self._api.screen(self._chat)
        ]

    async def vanish(self, ref: str) -> None:
        """See `Phone`."""
        self._api.vanish(self._chat, int(ref))
