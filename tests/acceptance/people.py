"""A person at either channel of the real process, with one set of gestures."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import httpx

from tests.acceptance.coach import PATIENCE, Coach, Page, plain
from tests.fakes.bot_api import BotApi
from tests.fakes.world import Message


class OnTelegram:
    """A phone at the fake Bot API server. Its updates are redelivered by the server."""

    def __init__(self, api: BotApi, chat: int = 1001, language: str = "fr") -> None:
        self.api = api
        self.chat = api.person(chat, language=language)
        self.updates: list[int] = []

    def say(self, text: str) -> None:
        self.updates.append(self.api.say(self.chat, text))

    def press(self, label: str) -> None:
        message, data = self._find(label)
        self.updates.append(self.api.press(self.chat, message.message_id, data))

    def texts(self) -> list[str]:
        return [plain(message.text) for message in self.api.screen(self.chat)]

    def labels(self) -> list[str]:
        return self.api.screen(self.chat)[-1].labels

    def _find(self, label: str) -> tuple[Message, str]:
        for message in reversed(self.api.screen(self.chat)):
            for name, token in zip(message.labels, message.tokens, strict=True):
                if name.startswith(label):
                    return message, token
        raise AssertionError(f"no button {label!r}: {self.texts()}")


class OnTheWeb:
    """A page: what was not confirmed it hands in again, with the same id, as the real one does."""

    def __init__(self, coach: Coach, language: str = "fr") -> None:
        self.page = Page(coach, language)
        self.pending: list[Callable[[], httpx.Response]] = []

    def say(self, text: str) -> None:
        key = str(uuid.uuid4())
        self._hand_in(lambda: self.page.say(text, key=key))

    def press(self, label: str) -> None:
        key = str(uuid.uuid4())
        action = self.page.find(label)
        self._hand_in(lambda: self.page.act(action, key=key))

    def texts(self) -> list[str]:
        return self.page.texts()

    def labels(self) -> list[str]:
        newest = [row for row in self.page.rows() if row["side"] == "coach"][-1]
        return [choice["label"] for line in newest.get("buttons", []) for choice in line]

    def settle(self) -> None:
        """Hand in again what was not confirmed (after a restart)."""
        while self.pending:
            assert self.pending[0]().status_code == 200
            self.pending.pop(0)

    def _hand_in(self, send: Callable[[], httpx.Response]) -> None:
        self.settle_if_possible()
        self.pending.append(send)
        self.settle_if_possible()

    def settle_if_possible(self) -> None:
        """Hand in what waits; a coach that is down leaves it waiting."""
        try:
            self.settle()
        except httpx.HTTPError:
            return


def wait_for(person: OnTelegram | OnTheWeb, part: str) -> None:
    """Wait until some message of the coach shows `part`."""
    until = time.monotonic() + PATIENCE
    while not any(part in text for text in person.texts()):
        assert time.monotonic() < until, f"never saw {part!r}: {person.texts()}"
        time.sleep(0.02)


def wait_for_newest(person: OnTelegram | OnTheWeb, part: str) -> None:
    """Wait until the newest message of the coach shows `part`."""
    until = time.monotonic() + PATIENCE
    while part not in person.texts()[-1]:
        assert time.monotonic() < until, f"never saw {part!r} last: {person.texts()}"
        time.sleep(0.02)
