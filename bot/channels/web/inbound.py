"""What comes in from a page: each action becomes a turn, and is confirmed once it is committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.base import Receive
from bot.channels.web.actions import (
    TEXT_LENGTH,
    Action,
    event_of,
    own_payload,
    read_fields,
    read_json,
)
from bot.channels.web.guard import FloodGuard, check_origin
from bot.channels.web.transcript import Transcript
from bot.errors import said
from bot.messages import FileReceived, Incoming, MessageEdited, TextReceived, VoiceReceived

_log = logging.getLogger("coach.web")

# JSON may spell a character beyond the basic plane in 12 bytes; then the rest of the action.
ACTION_BYTES = TEXT_LENGTH * 12 + 1024
VOICE_BYTES = 5 * 2**20
FILE_BYTES = 20 * 2**20
# The boundaries and fields around an upload's file.
ENVELOPE_BYTES = 8 * 1024
STOP_SECONDS = 2.0


class Inbound:
    """Takes the page's requests and hands them in."""

    def __init__(
        self, *, transcript: Transcript, hosts: frozenset[str], now: Callable[[], datetime]
    ) -> None:
        self.receive: Receive | None = None
        self._transcript = transcript
        self._hosts = hosts
        self._now = now
        self._flood = FloodGuard()
        self._in_hand: set[asyncio.Task[object] | None] = set()

    async def stop(self) -> None:
        """Take nothing more, and finish what is in hand."""
        self.receive = None
        tasks = [task for task in self._in_hand if task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_SECONDS)

    async def act(self, request: Request) -> Response:
        """POST /api/act: a text, a press or an edit, as JSON."""
        return await self._take(request, "application/json", _read_act)

    async def voice(self, request: Request) -> Response:
        """POST /api/voice: a voice note and its seconds, as a form."""
        return await self._take(request, "multipart/form-data", _read_voice)

    async def file(self, request: Request) -> Response:
        """POST /api/file: a file, as a form."""
        return await self._take(request, "multipart/form-data", _read_file)

    async def _take(
        self, request: Request, mime: str, read: Callable[[Request], Awaitable[Action]]
    ) -> Response:
        check_origin(request.headers, self._hosts)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != mime:
            raise HTTPException(415)
        visitor = request.state.visitor
        # Who shows no cookie of ours could be a new visitor each time: they share one count.
        self._flood.check(visitor if request.state.is_known else "")
        event = event_of(await read(request), visitor, self._now())
        task = asyncio.current_task()
        self._in_hand.add(task)
        try:
            return JSONResponse({"notice": await self._hand_in(event)})
        finally:
            self._in_hand.discard(task)

    async def _hand_in(self, event: Incoming) -> str:
        """Log the person's own message, take its turn, and give the notice; 503 to ask again."""
        if self.receive is None:
            raise HTTPException(503, headers={"retry-after": "1"})
        try:
            return (await self.receive(await self._logged(event))).notice
        except HTTPException:
            raise
        except Exception as error:
            _log.warning("no turn could be taken: %s", said(error))
            raise HTTPException(503, headers={"retry-after": "1"}) from None

    async def _logged(self, event: Incoming) -> Incoming:
        """The event, with its message in the transcript and named by its place there."""
        payload = own_payload(event)
        if payload is None:
            return event
        chat = event.address.chat
        if isinstance(event, MessageEdited):
            if not await self._transcript.rewrite_own(chat, int(event.message_ref), payload):
                raise HTTPException(404)
            return event
        seq = await self._transcript.add_own(chat, payload, event.id.partition(":")[2])
        if isinstance(event, TextReceived | VoiceReceived | FileReceived):
            return replace(event, message_ref=str(seq))
        return event


async def _read_act(request: Request) -> Action:
    return read_json(await request.body())


async def _read_voice(request: Request) -> Action:
    async with _form(request) as form:
        fields, upload = _parts(form, VOICE_BYTES)
        return read_fields({**fields, "kind": "voice", "content": await upload.read()})


async def _read_file(request: Request) -> Action:
    async with _form(request) as form:
        fields, upload = _parts(form, FILE_BYTES)
        name, mime, size = upload.filename, upload.content_type or "", upload.size
        return read_fields({**fields, "kind": "file", "name": name, "mime": mime, "size": size})


def _form(request: Request) -> AbstractAsyncContextManager[FormData]:
    """The request's form; its files are deleted at the end of the block."""
    return request.form(max_files=1, max_fields=8, max_part_size=1024)


def _parts(form: FormData, limit: int) -> tuple[dict[str, str], UploadFile]:
    """The form's plain fields and its file (HTTPException 400 without one, 413 over `limit`)."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise HTTPException(400)
    if (upload.size or 0) > limit:
        raise HTTPException(413)
    return {name: value for name, value in form.items() if isinstance(value, str)}, upload
