"""Waiting for a while, without losing a cancellation.

`asyncio.wait_for` of Python 3.11 swallows a cancellation that meets the end of what it waits
for: a loop around it then never stops. `asyncio.timeout` has no such moment.
"""

from __future__ import annotations

import asyncio


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event is set now or within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
