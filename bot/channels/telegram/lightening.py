"""What nobody reads of an update, left out before it is parsed."""

from __future__ import annotations

from typing import Any


def lightened(raw: Any) -> Any:
    """The update without what a press in a private chat says of its message.

    Nobody reads it, and the library makes a hundred attributes of it. Without a date it is a
    message that can no longer be reached, whose chat and number are all there is.
    """
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(message, dict):
        return raw
    chat = message.get("chat")
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return raw
    bare = {"chat": chat, "message_id": message.get("message_id"), "date": 0}
    return {**raw, "callback_query": {**query, "message": bare}}
