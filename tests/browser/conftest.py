"""Chromium at the size of a phone, in front of a chat with a scripted coach."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.channels.web.server import WebServer
from bot.storage.database import Database
from tests.browser.scripted import ScriptedCoach
from tests.channels.web_rig import channel_on
from tests.conftest import missing
from tests.databases import database_at

CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


@dataclass(kw_only=True)
class Chat:
    """A served chat that can be shut down and started again on the same port."""

    database: Database
    port: int = 0
    coach: ScriptedCoach = field(init=False)
    server: WebServer = field(init=False)

    async def start(self) -> None:
        """Serve, as a fresh process would."""
        channel = channel_on(self.database)
        self.coach = ScriptedCoach(channel)
        await channel.start(self.coach)
        self.server = WebServer(host="127.0.0.1", port=self.port, chat=channel)
        await self.server.start()
        self.port = self.server.port

    async def stop(self) -> None:
        """Be away."""
        await self.coach.channel.stop()
        await self.server.stop()


@dataclass(frozen=True, kw_only=True)
class Device:
    """A page in a browser of its own, and what its console said."""

    page: Page
    context: BrowserContext
    errors: list[str]


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A chat in front of an empty database."""
    chat = Chat(database=database_at(f"sqlite:///{tmp_path}/chat.db"))
    await chat.start()
    yield chat
    await chat.stop()
    chat.database.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium."""
    if not HAS_CHROMIUM:
        missing("Chromium (/usr/bin/chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def device(
    browser: Browser, chat: Chat, locale: str = "fr-FR", **options: Any
) -> AsyncIterator[Device]:
    """A phone that has opened the chat."""
    context = await browser.new_context(
        **{
            "locale": locale,
            "viewport": {"width": 390, "height": 844},
            "has_touch": True,
            "permissions": ["microphone"],
            **options,
        }
    )
    page = await context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"http://127.0.0.1:{chat.port}/")
    yield Device(page=page, context=context, errors=errors)
    await context.close()
