"""`python -m scheduler`: fires timers in a process of its own; `python -m bot` sends."""

from __future__ import annotations

import asyncio
import sys

from bot.app import App, stop_signal
from bot.assembly import build
from bot.errors import CoachError
from bot.log import set_up_logging
from bot.settings import read_settings


def main() -> int:
    """Run until told to stop; 2 when a setting, the content or the database is unusable."""
    try:
        settings = read_settings()
        set_up_logging(settings.coach_log)
        return asyncio.run(_run(build(settings, sends=False)))
    except CoachError as error:
        sys.stderr.write(f"{error}\n")
        return 2


async def _run(app: App) -> int:
    stop, ticker = stop_signal(), app.ticker()
    ticker.start()
    await stop.wait()
    await ticker.stop()
    await asyncio.to_thread(app.database.close)
    return 0


if __name__ == "__main__":
    sys.exit(main())
