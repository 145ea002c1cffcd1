"""What keeps strangers out: origins, floods, and what the browser may load."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

# Actions a visitor may take at once, and those regained a second.
BURST = 60
PER_SECOND = 5.0
_BUCKETS_KEPT = 10_000

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class SafeHeaders:
    """Middleware: adds HEADERS to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def check_origin(headers: Headers, hosts: frozenset[str]) -> None:
    """Refuse (403) a request that no page of this server sent.

    `hosts`: names, without port, under which the server is known; under any other name only a
    browser that says so in `Origin` is believed.
    """
    host, origin, site = (headers.get(name) for name in ("host", "origin", "sec-fetch-site"))
    try:
        name = urlsplit(f"//{host}").hostname
        from_here = origin is not None and urlsplit(origin).netloc == host
    except ValueError:
        raise HTTPException(403) from None
    if origin is None:
        from_here = site is not None and name in LOOPBACK | hosts
    if not from_here or site not in {None, "same-origin"}:
        raise HTTPException(403)


class FloodGuard:
    """Counts each visitor's actions; a bucket that refills, so that a quick hand is never hurt."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._buckets: dict[str, tuple[float, float]] = {}

    def check(self, visitor: str) -> None:
        """Count one action; refuse it (429) when there were too many."""
        now = self._seconds()
        left, since = self._buckets.get(visitor, (float(BURST), now))
        left = min(BURST, left + (now - since) * PER_SECOND)
        if left < 1:
            raise HTTPException(429, headers={"retry-after": "3"})
        self._make_room(now)
        self._buckets[visitor] = (left - 1, now)

    def _make_room(self, now: float) -> None:
        """Forget visitors whose buckets are full again, before there are too many to keep."""
        if len(self._buckets) < _BUCKETS_KEPT:
            return
        full_after = BURST / PER_SECOND
        self._buckets = {
            visitor: bucket
            for visitor, bucket in self._buckets.items()
            if now - bucket[1] < full_after
        }
