"""The web chat as a channel: its routes for the server, its messages for delivery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.base import Capabilities, Pace, Receive, at_once
from bot.channels.web.guard import SafeHeaders
from bot.channels.web.inbound import (
    ACTION_BYTES,
    ENVELOPE_BYTES,
    FILE_BYTES,
    VOICE_BYTES,
    Inbound,
)
from bot.channels.web.outbound import Outbound
from bot.channels.web.pages import Pages
from bot.channels.web.transcript import Transcript
from bot.channels.web.visitors import Recognition, Visitors
from bot.messages import Address
from bot.storage.database import Database
from bot.texts import Texts, language_from

# What a refused page is told: the text `web.<name>` for each status.
_SENTENCES = {404: "gone", 413: "too_big", 429: "flood", 503: "busy"}


class WebChannel:
    """A page that talks. It pushes to nobody: who has closed it reads on when they come back.

    `secret` signs the visitors' cookies; `host` is where the server listens and `allowed` are
    further names (without port) people may reach it under.
    """

    name = "web"
    capabilities = Capabilities(can_push=False)

    def __init__(
        self,
        *,
        secret: bytes,
        database: Database,
        texts: Texts,
        now: Callable[[], datetime],
        host: str = "127.0.0.1",
        allowed: frozenset[str] = frozenset(),
    ) -> None:
        self._texts = texts
        self._visitors = Visitors(secret)
        self._transcript = Transcript(database, now)
        self._inbound = Inbound(transcript=self._transcript, hosts=allowed | {host}, now=now)
        self._outbound = Outbound(self._transcript)
        self._pages = Pages(texts)

    async def start(self, receive: Receive) -> None:
        """Begin to hand in events; until then pages are told to ask again."""
        self._inbound.receive = receive

    async def send(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        """Write the message into the chat's transcript; a try again with its key adds nothing."""
        return await self._transcript.show(address.chat, payload, ref, key)

    async def is_reachable(self) -> bool:
        """Whether pages are being served."""
        return self._inbound.receive is not None

    async def stop(self) -> None:
        """End the pages' streams and finish the turns in hand."""
        self.hang_up()
        await self._inbound.stop()

    def hang_up(self) -> None:
        """End the pages' streams: they come back by themselves."""
        self._outbound.hang_up()

    def routes(self) -> list[BaseRoute]:
        """The page, its parts and its API, for the server."""
        recognition = Middleware(Recognition, visitors=self._visitors)
        inbound, outbound, pages = self._inbound, self._outbound, self._pages
        api = [
            Route("/act", inbound.act, methods=["POST"], max_body_size=ACTION_BYTES),
            _upload("/voice", inbound.voice, VOICE_BYTES),
            _upload("/file", inbound.file, FILE_BYTES),
            Route("/file/{seq}", outbound.file),
            Route("/stream", outbound.stream),
            Route("/labels", pages.labels),
        ]
        refusals = Middleware(ExceptionMiddleware, handlers={HTTPException: self._refuse})
        headers = Middleware(SafeHeaders)
        return [
            Route("/", pages.page, middleware=[headers, recognition]),
            Route("/page/{name}", pages.part, middleware=[headers]),
            Mount("/api", routes=api, middleware=[headers, recognition, refusals]),
        ]

    async def _refuse(self, request: Request, error: Exception) -> Response:
        """Say kindly, in the page's language, why an action was not taken."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        language = language_from(request.headers.get("accept-language", ""))
        notice = self._texts.template(f"web.{_SENTENCES.get(status, 'refused')}", language, None)
        headers = error.headers if isinstance(error, HTTPException) else None
        return JSONResponse({"notice": notice}, status, headers)


def _upload(path: str, endpoint: Callable[..., Any], limit: int) -> Route:
    return Route(path, endpoint, methods=["POST"], max_body_size=limit + ENVELOPE_BYTES)
