"""Time that stands still while there is work, and skips what would only be waited for.

    @skips_waits
    async def test_...(database: Database) -> None:
        await asyncio.sleep(3600)  # at once

The event loop and every clock of the coach show the same made-up seconds, so a claim about when
something happened is exact, however busy the machine; sockets and database threads are real.
"""

from __future__ import annotations

import asyncio
import functools
import selectors
import time
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any, ParamSpec

import pytest

from bot.storage.database import Database

P = ParamSpec("P")

_START = 1000.0
# With nothing planned and nobody at work, only another thread of the test can go on.
_LOOK_AGAIN = 0.01


class _Selector(selectors.DefaultSelector):
    """Waits for sockets and threads; when none is at work, moves the clock instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = _START
        # How many functions run on database threads: their end is not skipped.
        self.at_work = 0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.at_work or timeout is None:
            return super().select(_LOOK_AGAIN)
        self.now += max(timeout, 0.0)
        return []


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, selector: _Selector) -> None:
        self._clock = selector
        super().__init__(selector)

    def time(self) -> float:
        return self._clock.now


def skips_waits(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an async test in time that skips its waits."""

    @functools.wraps(test)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        selector = _Selector()
        with pytest.MonkeyPatch.context() as patch:
            _set_clocks(patch, selector)
            with asyncio.Runner(loop_factory=lambda: _Loop(selector)) as runner:
                runner.run(test(*arguments, **named))

    return run


def _set_clocks(patch: pytest.MonkeyPatch, selector: _Selector) -> None:
    began, run = time.time(), Database.run

    async def counted(self: Database, *arguments: Any, **named: Any) -> Any:
        selector.at_work += 1
        try:
            return await run(self, *arguments, **named)
        finally:
            selector.at_work -= 1

    clock = SimpleNamespace(
        monotonic=lambda: selector.now, time=lambda: began + selector.now - _START
    )
    patch.setattr("bot.clock._time", clock)
    patch.setattr(Database, "run", counted)
