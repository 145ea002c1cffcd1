"""A press, read without the library: most updates are these."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.channels.telegram.fields import GROUPS, number, text
from bot.messages import Address, ButtonPressed


def press_in(raw: Any, now: datetime) -> ButtonPressed | None:
    """The press, read from the few fields it needs; None when the update is none of ours.

    The library makes a hundred attributes of the message pressed.
    """
    query = raw.get("callback_query") or {}
    message = query.get("message") or {}
    chat = message.get("chat") or {}
    in_group = chat.get("type") in GROUPS
    if not (in_group or chat.get("type") == "private") or query.get("data") is None:
        return None
    # Outside forum topics, a thread is only a chain of replies.
    is_topic = in_group and message.get("is_topic_message")
    person = query["from"]
    return ButtonPressed(
        id=f"u{number(raw['update_id'])}",
        address=Address(
            channel="telegram",
            chat=number(chat["id"]),
            thread=number(message["message_thread_id"]) if is_topic else "",
        ),
        sender=number(person["id"]),
        at=now,
        language_hint=text(person.get("language_code") or ""),
        in_group=in_group,
        token=text(query["data"]),
        message_ref=number(message["message_id"]),
    )
