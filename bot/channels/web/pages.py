"""The page's files and its words."""

from __future__ import annotations

import hashlib
import html
import mimetypes
from pathlib import Path
from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.texts import Texts
from content.schema import Language

FOLDER = Path(__file__).parent / "page"

# Labels of the page: the texts `web.<name>`.
LABELS = (
    "name",
    "online",
    "connecting",
    "offline",
    "welcome",
    "start",
    "write",
    "send",
    "attach",
    "commands",
    "record",
    "recording",
    "send_voice",
    "cancel",
    "no_microphone",
    "log",
    "you",
    "voice",
    "sending",
    "not_sent",
    "retry",
    "edit",
    "edited",
    "editing",
    "new_messages",
    "too_big",
    "lost",
    "busy",
)


class Pages:
    """Serves the page, its scripts and styles, and its labels in every language."""

    def __init__(self, texts: Texts) -> None:
        self._files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
        self._labels = {
            language: {
                "labels": {
                    name: html.unescape(texts.template(f"web.{name}", language, None))
                    for name in LABELS
                },
                "commands": texts.commands(language),
            }
            for language in get_args(Language)
        }

    async def page(self, request: Request) -> Response:
        """GET /"""
        return self._file(request, "index.html")

    async def part(self, request: Request) -> Response:
        """GET /page/<name>"""
        return self._file(request, request.path_params["name"])

    async def labels(self, request: Request) -> Response:
        """GET /api/labels: labels and commands by language."""
        return JSONResponse(self._labels, headers={"cache-control": "no-cache"})

    def _file(self, request: Request, name: str) -> Response:
        content = self._files.get(name)
        if content is None:
            raise HTTPException(404)
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        headers = {"cache-control": "no-cache", "etag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=mime, headers=headers)
