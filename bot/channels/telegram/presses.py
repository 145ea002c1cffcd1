"""The updates that come most, read without the library."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.channels.telegram.fields import number, text
from bot.messages import Address, ButtonPressed


def private_press(raw: Any, now: datetime) -> ButtonPressed | None:
    """A press in a private chat, read from the few fields it needs; None when it is none.

    Most updates are these, and the library makes a hundred attributes of the message pressed.
    """
    query = raw.get("callback_query") or {}
    message = query.get("message") or {}
    chat = message.get("chat") or {}
    if chat.get("type") != "private" or "data" not in query:
        return None
    person = query["from"]
    return ButtonPressed(
        id=f"u{number(raw['update_id'])}",
        address=Address(channel="telegram", chat=number(chat["id"])),
        sender=number(person["id"]),
        at=now,
        language_hint=text(person.get("language_code") or ""),
        token=text(query["data"]),
        message_ref=number(message["message_id"]),
    )
