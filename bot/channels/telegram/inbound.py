"""A Telegram update, read as an event. Pure: no network, no clock.

python-telegram-bot reads the JSON but checks no types, so what the coach relies on is checked
here. An update that cannot be read is passed over and logged by its id alone.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import (
    Chat,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)

from bot.channels.telegram.fields import GROUPS, number, text
from bot.channels.telegram.presses import press_in
from bot.messages import (
    Address,
    ChatBlocked,
    ChatMoved,
    ChatUnblocked,
    CommandGiven,
    FileReceived,
    Incoming,
    MessageEdited,
    TextReceived,
    Unsupported,
    VoiceReceived,
)

_log = logging.getLogger("coach.telegram")

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# What a person can send that the coach does not read. An animation comes as a document, too.
_UNSUPPORTED = (
    *("animation", "sticker", "video", "video_note", "story", "location", "venue"),
    *("contact", "poll", "dice", "game", "paid_media", "checklist"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an update holds: an event, unless it is none of the coach's, and a press to answer."""

    event: Incoming | None = None
    query_id: str = ""


def update_id_of(raw: object) -> int | None:
    """The update's id; None when it has none, so that it cannot even be confirmed."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def read_update(raw: Any, *, username: str, now: datetime) -> Reading:
    """Read an update as it came from the Bot API. Never raises.

    `username` is the coach's own (empty: not known yet); `now` is when a press came, for which
    Telegram gives no time.
    """
    update_id = update_id_of(raw)
    try:
        return Reading(
            event=press_in(raw, now) or _event(Update.de_json(raw), username),
            query_id=_query_id(raw),
        )
    except Exception as error:
        # Whatever its shape, it must not stop the others.
        _log.warning("update %s passed over: %s", update_id, type(error).__name__)
        return Reading(query_id=_query_id(raw))


def _query_id(raw: object) -> str:
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else ""


def _event(update: Update, username: str) -> Incoming | None:
    event_id = f"u{number(update.update_id)}"
    if update.my_chat_member:
        return _presence(update.my_chat_member, event_id)
    if update.message:
        return _message(update.message, event_id, username)
    if update.edited_message:
        return _edit(update.edited_message, event_id)
    return None


def _presence(change: ChatMemberUpdated, event_id: str) -> Incoming | None:
    """The coach was blocked or let in again; in a group, removed or added."""
    inside = _is_inside(change.new_chat_member)
    if inside == _is_inside(change.old_chat_member) or not _is_ours(change.chat):
        return None
    kind = ChatUnblocked if inside else ChatBlocked
    return kind(**_common(event_id, change.chat, change.from_user, change.date))


def _message(message: Message, event_id: str, username: str) -> Incoming | None:
    if message.migrate_to_chat_id:
        return ChatMoved(
            **_common(event_id, message.chat, message.from_user, message.date),
            new_chat=number(message.migrate_to_chat_id),
        )
    if not _is_from_person(message):
        return None
    common = _common(event_id, message.chat, message.from_user, message.date, message)
    if message.text is None:
        return _media(message, common)
    words = text(message.text)
    command = _COMMAND.fullmatch(words)
    if command is None:
        return TextReceived(**common, text=words, message_ref=number(message.message_id))
    name, addressee, arguments = command.groups(default="")
    if addressee and username and addressee.lower() != username.lower():
        return None
    return CommandGiven(**common, name=name.lower(), arguments=arguments.strip())


def _edit(message: Message, event_id: str) -> MessageEdited | None:
    if not _is_from_person(message) or message.text is None:
        return None
    at = message.edit_date or message.date
    return MessageEdited(
        **_common(event_id, message.chat, message.from_user, at, message),
        text=text(message.text),
        message_ref=number(message.message_id),
    )


def _media(message: Message, common: dict[str, Any]) -> Incoming | None:
    """A message without text; None for a service message."""
    ref = number(message.message_id)
    for kind in _UNSUPPORTED:
        if getattr(message, kind):
            return Unsupported(**common, what=kind)
    if sound := message.voice or message.audio:
        return VoiceReceived(
            **common,
            seconds=_seconds(sound.duration),
            file_ref=text(sound.file_id),
            message_ref=ref,
        )
    if message.document:
        return FileReceived(
            **common,
            name=text(message.document.file_name or "document"),
            mime=text(message.document.mime_type or "application/octet-stream"),
            size=int(message.document.file_size or 0),
            file_ref=text(message.document.file_id),
            message_ref=ref,
        )
    if message.photo:
        largest = message.photo[-1]
        return FileReceived(
            **common,
            name="photo.jpg",
            mime="image/jpeg",
            size=int(largest.file_size or 0),
            file_ref=text(largest.file_id),
            message_ref=ref,
        )
    return None


def _common(
    event_id: str, chat: Chat, user: User | None, at: datetime, message: object = None
) -> dict[str, Any]:
    """The fields that every kind of event has."""
    in_group = chat.type in GROUPS
    # Outside forum topics, a thread is only a chain of replies.
    topic = None
    if in_group and isinstance(message, Message) and message.is_topic_message:
        topic = message.message_thread_id
    return {
        "id": event_id,
        "address": Address(
            channel="telegram",
            chat=number(chat.id),
            thread=number(topic) if topic else "",
        ),
        "sender": number(user.id) if user else "",
        "at": at,
        "language_hint": text(user.language_code or "") if user else "",
        "in_group": in_group,
    }


def _is_ours(chat: Chat) -> bool:
    """Whether the coach talks in such a chat: channels are for reading."""
    return chat.type == "private" or chat.type in GROUPS


def _is_from_person(message: Message) -> bool:
    """Not a bot, an anonymous admin, or a channel's post forwarded to its group."""
    user = message.from_user
    return (
        _is_ours(message.chat)
        and user is not None
        and not user.is_bot
        and message.sender_chat is None
    )


def _is_inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member)
    return member.status not in ("left", "kicked")


def _seconds(duration: int | timedelta) -> int:
    return int(duration.total_seconds() if isinstance(duration, timedelta) else duration)
