"""Log lines: text for a person, JSON for a machine; one line per turn, never a name or a text."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
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


def set_up_logging(form: Literal["text", "json"]) -> None:
    """Log to standard error; libraries only from warnings up (their lines can hold addresses)."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("coach").setLevel(logging.INFO)
    # These print whole request addresses, and Telegram's hold the token.
    for name in ("telegram", "httpx", "httpcore", "aiohttp", "urllib3"):
        logging.getLogger(name).setLevel(logging.ERROR)
