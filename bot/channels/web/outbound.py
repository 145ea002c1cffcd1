"""What leaves to a page: the transcript's tail as Server-Sent Events, and the coach's files."""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.channels.web.transcript import News, Transcript, number_of
from bot.errors import said
from bot.storage.web_log import LogRow
from bot.waiting import is_set_within

_log = logging.getLogger("coach.web")

# Another process may write to a chat: it is looked at this often even when nobody wakes us.
POLL_SECONDS = 1.0
BEAT_SECONDS = 15.0
STREAMS_PER_VISITOR = 8


class Outbound:
    """Follows transcripts for the pages."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._is_open = True

    def hang_up(self) -> None:
        """End every stream, and refuse new ones: pages ask again until someone serves them."""
        self._is_open = False
        self._transcript.wake_all()

    async def stream(self, request: Request) -> Response:
        """GET /api/stream: each row's event id is its revision, so that no resume loses any."""
        chat = request.state.visitor
        if not self._is_open:
            raise HTTPException(503)
        if self._transcript.followers(chat) >= STREAMS_PER_VISITOR:
            raise HTTPException(429)
        seen = request.headers.get("last-event-id") or request.query_params.get("after")
        return StreamingResponse(
            self._events(chat, number_of(seen)),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def file(self, request: Request) -> Response:
        """GET /api/file/<seq>: a file the coach sent, to its own visitor only."""
        seq = number_of(request.path_params["seq"])
        row = await self._transcript.find(request.state.visitor, seq)
        if row is None or "data" not in row.payload.get("file", {}):
            raise HTTPException(404)
        file = row.payload["file"]
        name = f"attachment; filename*=UTF-8''{quote(file['name'], safe='')}"
        return Response(
            base64.b64decode(file["data"]),
            media_type=file["mime"],
            headers={"content-disposition": name, "cache-control": "no-store"},
        )

    async def _events(self, chat: str, seen: int) -> AsyncIterator[str]:
        first, spoke_at = -1, time.monotonic()
        with self._transcript.follow(chat) as woken:
            while self._is_open:
                woken.clear()
                news = await self._news(chat, seen)
                if news is None:
                    return
                text = "".join(map(_row_event, news.rows))
                if news.rows:
                    seen = news.rows[-1].revision
                if news.first != first:
                    first = news.first
                    text += f"event: first\ndata: {first}\n\n"
                if not text and time.monotonic() - spoke_at > BEAT_SECONDS:
                    # A comment keeps proxies awake; the event tells the page that all is well.
                    text = ": beat\nevent: beat\ndata: 0\n\n"
                if text:
                    spoke_at = time.monotonic()
                    yield text
                await is_set_within(woken, POLL_SECONDS)

    async def _news(self, chat: str, seen: int) -> News | None:
        try:
            return await self._transcript.news(chat, seen)
        except Exception as error:  # whatever the database has, the page asks again
            _log.warning("a stream ends: %s", said(error))
            return None


def _row_event(row: LogRow) -> str:
    data = json.dumps(_public(row), ensure_ascii=False, separators=(",", ":"))
    return f"id: {row.revision}\ndata: {data}\n\n"


def _public(row: LogRow) -> dict[str, Any]:
    """A row as the page sees it: a file by its address, an own message by its action's id."""
    shown = {"seq": row.seq, "side": row.side, "at": row.at.isoformat(), **row.payload}
    if row.side == "me":
        shown["id"] = row.key
    if "data" in row.payload.get("file", {}):
        shown["file"] = {"name": row.payload["file"]["name"], "href": f"/api/file/{row.seq}"}
    return shown
