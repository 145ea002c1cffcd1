"""A webhook call, checked before anything in it is believed."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.inbound import update_id_of

SECRET_HEADER = "x-telegram-bot-api-secret-token"
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{1,256}")
MAX_BYTES = 1 << 20  # an update is a few kilobytes
CONNECTIONS = 40  # side by side, Telegram's own default


def refusal(headers: Mapping[str, str], body: bytes, secret: str) -> int | None:
    """The HTTP status to refuse the call with; None when it is Telegram's.

    Without a secret of ours every call is refused.
    """
    given = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
    if not secret or not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
        return 403
    return 413 if len(body) > MAX_BYTES else None


def update_in(body: bytes) -> dict[str, Any] | None:
    """The update that the body carries; None when it is not one."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if update_id_of(raw) is not None else None
