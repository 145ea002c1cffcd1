"""`python -m bot`: starts the channels and, unless told not to, the scheduler.

`python -m bot backup [FILE]` copies the database while the coach runs.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from pathlib import Path

from bot.app import App, stop_signal
from bot.assembly import build
from bot.clock import Clock
from bot.errors import CoachError
from bot.log import set_up_logging
from bot.settings import Settings, read_settings
from bot.storage.backup import back_up
from bot.storage.database import Database

_log = logging.getLogger("coach")


def main() -> int:
    """Run until told to stop; 2 when a setting, the content or the database is unusable."""
    arguments = _parser().parse_args()
    try:
        settings = read_settings()
        set_up_logging(settings.coach_log)
        if arguments.command == "backup":
            return _back_up(settings, arguments.file)
        app = build(settings)
        return asyncio.run(run(app, with_scheduler=not arguments.no_scheduler))
    except CoachError as error:
        print(error, file=sys.stderr)
        return 2


async def run(app: App, *, with_scheduler: bool) -> int:
    """Start everything, wait for SIGTERM or SIGINT, stop everything."""
    stop, ticker = stop_signal(), app.ticker()
    try:
        await app.start()
        if with_scheduler:
            ticker.start()
        print(_ready(app.settings, app.server.port), flush=True)
        await stop.wait()
    finally:
        await ticker.stop()
        await app.stop()
    return 0


def _back_up(settings: Settings, file: Path | None) -> int:
    """Say where the copy is, and how large."""
    database = Database(settings.database_url)
    name = f"coach-{Clock().now():%Y%m%dT%H%M%SZ}.db"
    made = back_up(database, file or Path("var") / "backups" / name)
    print(f"Backed up and checked: {made} ({made.stat().st_size:,} bytes)")
    return 0


def _ready(settings: Settings, port: int) -> str:
    """The one line that says where to chat."""
    where = f"http://{settings.coach_web_host}:{port}"
    if settings.serves_pages:
        return f"Concours Coach is ready: chat at {where}"
    return f"Concours Coach is ready on Telegram (health at {where}/healthz)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("backup",), help="instead of running")
    parser.add_argument("file", nargs="?", type=Path, help="where the backup goes")
    parser.add_argument(
        "--no-scheduler",
        action="store_true",
        help="leave timers and the outbox to `python -m scheduler`",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
