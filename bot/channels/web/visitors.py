"""Who a browser is: a random id in a signed cookie, and nothing about it in the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "coach"
# The longest life browsers grant (RFC 6265bis, section 5.6.1); each look at the page renews it.
LIFE_SECONDS = 400 * 24 * 3600


class Visitors:
    """Makes and reads signed visitor ids."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def make(self) -> str:
        """A new visitor's id: 128 random bits."""
        return secrets.token_hex(16)

    def sign(self, visitor: str) -> str:
        """The cookie's value for this visitor."""
        return f"{visitor}.{self._signature(visitor)}"

    def read(self, value: str) -> str | None:
        """The visitor of a cookie's value; None if it was not made here."""
        visitor, _, signature = value.partition(".")
        genuine = hmac.compare_digest(self._signature(visitor).encode(), signature.encode())
        return visitor if genuine else None

    def _signature(self, visitor: str) -> str:
        return hmac.new(self._secret, f"visitor:{visitor}".encode(), hashlib.sha256).hexdigest()


class Recognition:
    """Middleware: puts the visitor's id into `request.state`, and gives newcomers their cookie."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = HTTPConnection(scope)
        known = self._visitors.read(request.cookies.get(COOKIE, ""))
        visitor = known or self._visitors.make()
        request.state.visitor = visitor
        request.state.is_known = known is not None
        due = known is None or scope["path"] == "/"

        async def send_with_cookie(message: Message) -> None:
            if due and message["type"] == "http.response.start":
                cookie = _cookie(
                    self._visitors.sign(visitor), secure=request.url.scheme == "https"
                )
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _cookie(value: str, *, secure: bool) -> str:
    parts = [f"{COOKIE}={value}", "Path=/", f"Max-Age={LIFE_SECONDS}", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if secure else parts)
