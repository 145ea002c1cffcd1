"""The one HTTP server: the chat page, health checks, and webhooks of other channels."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.channel import WebChannel
from bot.errors import SettingsError

Check = Callable[[], Awaitable[bool]]
Accept = Callable[[Headers, bytes], Awaitable[int]]
"""Takes a webhook's headers and body; gives the HTTP status to answer with."""

CHECK_SECONDS = 3.0
STOP_SECONDS = 2
WEBHOOK_BYTES = 2**20


class WebServer:
    """Serves from the running event loop. `port` is the real one once started (0 picks any).

    `chat`: the channel whose pages are shown; None: there are no pages (404). `checks`: what
    /readyz asks, by name. `webhooks`: what takes POSTs, by path. `metrics`: what /metrics says;
    None: there is none (404).
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        chat: WebChannel | None = None,
        checks: Mapping[str, Check] | None = None,
        webhooks: Mapping[str, Accept] | None = None,
        metrics: Callable[[], Awaitable[str]] | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self._chat = chat
        self._checks = dict(checks or {})
        self._webhooks = dict(webhooks or {})
        self._metrics = metrics
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; returns once requests are served (SettingsError if the address is not free)."""
        listener = _listen(self.host, self.port)
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app(),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.is_up.wait()

    async def stop(self) -> None:
        """Finish the requests in hand (2 s at most) and close; streams are ended first."""
        if self._server is None or self._task is None:
            return
        if self._chat is not None:
            self._chat.hang_up()
        self._server.should_exit = True
        await self._task

    def _app(self) -> Starlette:
        routes: list[BaseRoute] = [
            Route("/healthz", _healthz),
            Route("/readyz", self._readyz),
            *([Route("/metrics", self._say_metrics)] if self._metrics else []),
            *(_webhook(path, accept) for path, accept in self._webhooks.items()),
        ]
        return Starlette(routes=routes + (self._chat.routes() if self._chat else []))

    async def _readyz(self, request: Request) -> Response:
        """Whether everything this process needs answers: 200 or 503, and what does not."""
        answers = await asyncio.gather(*(_ask(check) for check in self._checks.values()))
        results = dict(zip(self._checks, answers, strict=True))
        return JSONResponse(results, 200 if all(answers) else 503)

    async def _say_metrics(self, request: Request) -> Response:
        """Counts, for Prometheus."""
        return PlainTextResponse(await self._metrics() if self._metrics else "")


class _Server(uvicorn.Server):
    """uvicorn without signal handlers: the process that owns the loop has its own."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.is_up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave every signal alone."""
        yield


async def _healthz(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _ask(check: Check) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except Exception:
        return False


def _webhook(path: str, accept: Accept) -> Route:
    async def endpoint(request: Request) -> Response:
        return Response(status_code=await accept(request.headers, await request.body()))

    return Route(path, endpoint, methods=["POST"], max_body_size=WEBHOOK_BYTES)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, or a sentence on how to get one."""
    where = f"port {port} on {host}"
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            fault = f"COACH_WEB_PORT: {where} is taken: stop what uses it, or choose another port"
        elif error.errno == errno.EACCES:
            fault = f"COACH_WEB_PORT: {where} is not allowed: choose one above 1023"
        else:
            fault = f"COACH_WEB_HOST: cannot listen at {host}: choose an address of this machine"
        raise SettingsError(fault) from None
