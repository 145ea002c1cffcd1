"""HTTP to the Bot API: python-telegram-bot's calls over aiohttp.

Its own HTTP client costs two to six times the CPU (DEPENDENCIES, finding 2). Nothing here may
put the URL, which holds the token, or a body, which holds people's words, into an error or a log.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# A lease's holder stops two seconds before another may begin: a request that it begins with its
# last breath must have a connection by then, or fail.
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 15.0
UPLOAD_SECONDS = 60.0
CONNECTIONS = 64
# What is under way at a stop is waited for: broken off, it may have arrived and would come again.
LAST_SECONDS = 3.0

# At DEBUG these libraries write URLs and bodies.
for _name in ("telegram", "aiohttp"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class NoConnectionError(NetworkError):
    """The server was not reached at all, so it did nothing."""


class BrokenConnectionError(NetworkError):
    """The connection ended without an answer: what was asked may be done or not."""


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's way out, over one aiohttp session that keeps its connections."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Future[None]] = set()

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer unless the call says otherwise."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Open the session; nothing if it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Begin no more requests, wait for those under way, close the connections."""
        session, self._session = self._session, None
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_SECONDS)
        if session is not None:
            await session.close()

    async def do_request(  # type: ignore[override]
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        **_timeouts: Any,
    ) -> tuple[int, bytes]:
        """One request: the status and the body.

        Raises NoConnectionError, TimedOut, BrokenConnectionError, or NetworkError for an answer
        that is none of the Bot API's; none of them names the URL.
        """
        if self._session is None:
            raise NoConnectionError("the session is closed")
        upload = request_data is not None and request_data.contains_files
        answer = UPLOAD_SECONDS if upload else ANSWER_SECONDS
        if isinstance(read_timeout, int | float):
            answer = read_timeout
        try:
            with self._noted():
                async with self._session.request(
                    method,
                    url,
                    timeout=_timeout(answer),
                    allow_redirects=False,
                    **_body(request_data),
                ) as response:
                    payload = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NoConnectionError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise BrokenConnectionError(type(error).__name__) from None
        if response.ok and b'"result"' not in payload and method == "POST":
            raise NetworkError("not an answer of the Bot API")
        return response.status, payload

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """A request is under way meanwhile."""
        over = asyncio.get_running_loop().create_future()
        self._under_way.add(over)
        try:
            yield
        finally:
            self._under_way.discard(over)
            over.set_result(None)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict. Unlike the original, it logs no body that it cannot read."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise TelegramError("not an answer of the Bot API") from None
        return parsed


@cache
def _timeout(answer: float) -> aiohttp.ClientTimeout:
    """To have a connection (the name's look-up, and a free place, included); then to answer."""
    return aiohttp.ClientTimeout(total=CONNECT_SECONDS + answer, connect=CONNECT_SECONDS)


def is_answer(error: TelegramError) -> bool:
    """Whether the server said this itself: then it is within reach."""
    return not isinstance(error, NoConnectionError | BrokenConnectionError | TimedOut)


def reason_of(error: Exception, token: str) -> str:
    """A short text of the error, fit for logs and operators: the token taken out."""
    text = str(error) or type(error).__name__
    return text.replace(token, "<token>")[:200]


def _body(data: RequestData | None) -> dict[str, Any]:
    """The keyword that carries the call's parameters: JSON, or a form where files travel."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData(quote_fields=False)  # file names travel as UTF-8
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
