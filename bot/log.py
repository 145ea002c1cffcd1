"""Log lines: text for a person, JSON for a machine; one line per turn, never a name or a text."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

_FIELDS = ("candidate", "route", "ms")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, logger, message and the turn's fields."""
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


class TextLines(logging.Formatter):
    """One line for a person. A second is spelled once: every turn writes a line."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - the library's name
        """The local time, with milliseconds."""
        return f"{_spelled(int(record.created))},{record.msecs:03.0f}"


@lru_cache(maxsize=1)
def _spelled(second: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(second))


def set_up_logging(form: Literal["text", "json"]) -> None:
    """Log to standard error; libraries only from warnings up (their lines can hold addresses)."""
    handler = logging.StreamHandler(sys.stderr)
    text = TextLines("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
    # What no line of ours shows need not be found out for each (the library's own switches).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("coach").setLevel(logging.INFO)
    # These print whole request addresses, and Telegram's hold the token.
    for name in ("telegram", "httpx", "httpcore", "aiohttp", "urllib3"):
        logging.getLogger(name).setLevel(logging.ERROR)
