"""A web chat that really serves, for tests: server, channel, database, and what a page does."""

from __future__ import annotations

import asyncio
import html
import itertools
import json
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.channels.web.channel import WebChannel
from bot.channels.web.server import WebServer
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import web_log
from tests.channels.contract import Seen
from tests.talk import texts

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECRET = b"for tests only"


def channel_on(database: Database, **changed: Any) -> WebChannel:
    """A channel that is not started yet; its clock goes on by a second each time it is read."""
    seconds = itertools.count()
    return WebChannel(
        **{
            "secret": SECRET,
            "database": database,
            "texts": texts(),
            "now": lambda: NOON + timedelta(seconds=next(seconds)),
            **changed,
        }
    )


@asynccontextmanager
async def serving(chat: WebChannel | None, **changed: Any) -> AsyncIterator[WebServer]:
    """A server on a free port, with the channel's pages."""
    server = WebServer(**{"host": "127.0.0.1", "port": 0, "chat": chat, **changed})
    await server.start()
    try:
        yield server
    finally:
        if chat is not None:
            await chat.stop()
        await server.stop()


@dataclass(kw_only=True)
class Page:
    """What a page does over HTTP: one visitor, who opens it first."""

    client: httpx.AsyncClient
    origin: str

    @classmethod
    @asynccontextmanager
    async def open(cls, server: WebServer) -> AsyncIterator[Page]:
        """A newcomer's page."""
        origin = f"http://127.0.0.1:{server.port}"
        async with httpx.AsyncClient(base_url=origin, timeout=10, trust_env=False) as client:
            await client.get("/")
            yield cls(client=client, origin=origin)

    @property
    def visitor(self) -> str:
        """The id in the cookie."""
        return str(self.client.cookies["coach"]).partition(".")[0]

    async def act(self, **action: Any) -> httpx.Response:
        """POST /api/act, from this very page unless `headers` say otherwise."""
        headers = {"origin": self.origin, **action.pop("headers", {})}
        body = {"id": str(uuid.uuid4()), "language": "fr-FR", **action}
        return await self.client.post("/api/act", json=body, headers=headers)

    async def upload(self, kind: str, content: bytes, **fields: Any) -> httpx.Response:
        """POST /api/voice or /api/file."""
        name = fields.pop("name", "note")
        return await self.client.post(
            f"/api/{kind}",
            data={"id": str(uuid.uuid4()), **fields},
            files={"file": (name, content, fields.pop("mime", "audio/ogg"))},
            headers={"origin": self.origin},
        )

    @asynccontextmanager
    async def stream(self, **request: Any) -> AsyncIterator[AsyncIterator[Event]]:
        """The events of /api/stream, for as long as the block lasts."""
        async with self.client.stream("GET", "/api/stream", **request) as response:
            yield _events(response)

    async def rows(self, **request: Any) -> list[Event]:
        """What a new connection is told at once."""
        found = []
        async with self.stream(**request) as events:
            async for event in events:
                if event.kind == "first":
                    break
                found.append(event)
        return found


@dataclass(frozen=True, kw_only=True)
class Event:
    """One Server-Sent Event."""

    kind: str
    id: str
    data: Any


async def _events(response: httpx.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield Event(
                kind=fields.get("event", "row"),
                id=fields.get("id", ""),
                data=json.loads(fields["data"]),
            )
            fields = {}


@dataclass(kw_only=True)
class WebPhone:
    """The contract's phone: like the page, it hands in one by one until each is confirmed."""

    page: Page
    database: Database
    sender: str = field(init=False)
    address: Address = field(init=False)
    confirmed: set[str] = field(default_factory=set)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    _last: asyncio.Task[None] | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sender = self.page.visitor
        self.address = Address(channel="web", chat=self.sender)

    async def say(self, text: str) -> str:
        """Type a text."""
        return self._begin({"kind": "text", "text": text})

    async def press(self, ref: str, token: str) -> str:
        """Press a button."""
        return self._begin({"kind": "press", "message": int(ref), "token": token})

    async def redeliver(self, receipt: str) -> None:
        """As after an answer that got lost."""
        await self.page.act(**self.sent[receipt])

    async def acknowledged(self, receipt: str) -> bool:
        """Whether the server has confirmed it."""
        return receipt in self.confirmed

    async def screen(self) -> list[Seen]:
        """What the page shows."""
        rows = [event.data for event in await self.page.rows()]
        return [
            Seen(
                ref=str(row["seq"]),
                text=html.unescape(re.sub(r"</?[bi]>", "", row["text"])),
                tokens=tuple(key["token"] for keys in row.get("buttons", []) for key in keys),
            )
            for row in sorted(rows, key=lambda row: row["seq"])
            if row["side"] == "coach"
        ]

    async def vanish(self, ref: str) -> None:
        """The transcript keeps its last rows only."""
        with self.database.begin() as store:
            store.connection.execute(web_log.delete().where(web_log.c.seq == int(ref)))

    async def finish(self) -> None:
        """Wait until everything is handed in."""
        await asyncio.gather(*self._tasks)

    def _begin(self, action: dict[str, Any]) -> str:
        receipt = str(uuid.uuid4())
        self.sent[receipt] = {"id": receipt, **action}
        self._last = asyncio.create_task(self._hand_in(receipt, self._last))
        self._tasks.add(self._last)
        return receipt

    async def _hand_in(self, receipt: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before
        while (await self.page.act(**self.sent[receipt])).status_code != 200:
            await asyncio.sleep(0.01)
        self.confirmed.add(receipt)
