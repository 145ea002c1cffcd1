"""Hears at once that another process committed something to send (PostgreSQL's NOTIFY).

Only a hint: what is missed while the connection is down is found by delivery's own look, a second
later at most.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

import sqlalchemy as sa

from bot.storage.engine import POSTGRES_OPTIONS
from bot.storage.outbox import NEWS

_log = logging.getLogger("coach.database")

LOOK_SECONDS = 1.0
RETRY_SECONDS = 2.0


class Listener:
    """Calls `heard` in the running event loop, from a connection and a thread of its own."""

    def __init__(self, url: sa.URL, heard: Callable[[], None]) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._heard = heard
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(
            target=self._listen, args=(loop,), name="listener", daemon=True
        )
        self._thread.start()

    async def stop(self) -> None:
        """Listen no more."""
        self._is_over.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, LOOK_SECONDS + RETRY_SECONDS)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        import psycopg  # the extra `postgres`: only who uses PostgreSQL has it

        while not self._is_over.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True, **POSTGRES_OPTIONS) as found:
                    found.execute(f"LISTEN {NEWS}")
                    while not self._is_over.is_set():
                        for _ in found.notifies(timeout=LOOK_SECONDS, stop_after=1):
                            loop.call_soon_threadsafe(self._heard)
            except (psycopg.Error, OSError) as error:
                _log.warning("not listening for a moment: %s", type(error).__name__)
                self._is_over.wait(RETRY_SECONDS)
            except RuntimeError:  # the loop has ended
                return
