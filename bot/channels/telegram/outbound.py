"""A rendered message, shown in Telegram; a failure, said in the coach's words."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import Pace, at_once
from bot.channels.telegram.markup import CAPTION_UNITS, cut_toast, split_markup
from bot.channels.telegram.raw_bot import RawBot
from bot.channels.telegram.transport import NoConnectionError, reason_of
from bot.errors import DeliveryError, Refused, TryLater
from bot.messages import Address

_log = logging.getLogger("coach.telegram")

# What the Bot API says of a message that can no longer be rewritten: then a new one is sent.
_UNEDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
_CHAT_GONE = ("chat not found", "peer_id_invalid")
_ANSWERED = "query is too old"  # "... and response timeout expired or query ID is invalid"

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TOKEN_PAUSE = 60.0  # seconds before a refused token is tried again
_ANSWER_PAUSE = 1.0
_UNFINISHED = 256  # split messages whose sending may be resumed

_Rows = list[list[dict[str, str]]]
Moved = Callable[[Address, str], Awaitable[None]]
"""Told that a group's address is now another chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One message to send: a text, or a file with the text as its caption."""

    text: str
    file: dict[str, str] | None = None


class Outbound:
    """Shows messages and answers presses."""

    def __init__(self, bot: RawBot, moved: Moved) -> None:
        self._bot = bot
        self._moved = moved
        # How many pieces of a split message went out before one failed, by the message's key.
        self._sent: OrderedDict[str, int] = OrderedDict()

    async def show(
        self,
        address: Address,
        payload: dict[str, Any],
        ref: str | None,
        key: str,
        pace: Pace = at_once,
    ) -> str:
        """Rewrite message `ref`, or send anew; the ref of the (last) message.

        Raises TryLater or Refused. A split message that fails half-way goes on where it stopped
        when it is tried again with the same `key`.
        """
        pieces = _pieces(payload)
        if not pieces:
            raise Refused("nothing to show")
        rows = _rows(payload.get("buttons", ()))
        try:
            if ref and _can_be_rewritten(ref, pieces):
                if await self._rewrite(address, ref, pieces[0].text, rows):
                    return ref
                await pace(address)
            return await self._send_all(address, pieces, _keyboard(rows), key, pace)
        except ChatMigrated as migrated:
            new_chat = str(migrated.new_chat_id)
            await self._moved(address, new_chat)
            await pace(address)
            there = replace(address, chat=new_chat, thread="")
            return await self.show(there, payload, None, key, pace)
        except TelegramError as error:
            raise failure_of(error, self._bot.token) from None

    async def answer(self, query_id: str, notice: str) -> None:
        """Stop the button's waiting sign and show `notice`. Never raises; tries twice."""
        for pause in (_ANSWER_PAUSE, 0.0):
            try:
                await self._bot.answer_press(query_id, cut_toast(notice))
            except BadRequest as error:
                if _ANSWERED not in str(error).lower():
                    _log.warning("press not answered: %s", reason_of(error, self._bot.token))
                return
            except TelegramError as error:
                _log.info("press not answered: %s", reason_of(error, self._bot.token))
                await asyncio.sleep(pause)
            else:
                return

    async def _rewrite(self, address: Address, ref: str, text: str, rows: _Rows) -> bool:
        """Whether message `ref` now shows the text; False when it has to be sent anew."""
        chat, message = _chat_id(address), int(ref)
        try:
            await self._bot.rewrite(chat=chat, message=message, text=text, rows=rows)
        except BadRequest as error:
            reason = str(error).lower()
            if any(phrase in reason for phrase in _UNEDITABLE):
                return False
            if "message is not modified" not in reason:
                raise
        return True

    async def _send_all(
        self,
        address: Address,
        pieces: Sequence[_Piece],
        keyboard: InlineKeyboardMarkup | None,
        key: str,
        pace: Pace,
    ) -> str:
        first = self._sent.pop(key, 0)
        for number in range(first, len(pieces)):
            is_last = number == len(pieces) - 1
            try:
                if number > first:
                    await pace(address)
                message = await self._send(address, pieces[number], keyboard if is_last else None)
            except (TelegramError, DeliveryError):
                self._sent[key] = number
                while len(self._sent) > _UNFINISHED:
                    self._sent.popitem(last=False)
                raise
        return str(message.message_id)

    async def _send(
        self, address: Address, piece: _Piece, keyboard: InlineKeyboardMarkup | None
    ) -> Message:
        where: dict[str, Any] = {
            "chat_id": _chat_id(address),
            "message_thread_id": int(address.thread) if address.thread else None,
            "parse_mode": "HTML",
            "reply_markup": keyboard,
        }
        if piece.file is None:
            return await self._bot.send_message(
                text=piece.text, link_preview_options=_NO_PREVIEW, **where
            )
        document = InputFile(base64.b64decode(piece.file["data"]), filename=piece.file["name"])
        document.mimetype = piece.file["mime"]
        return await self._bot.send_document(
            document=document, caption=piece.text or None, **where
        )


def failure_of(error: TelegramError, token: str) -> DeliveryError:
    """What the failure means for the message's delivery.

    A 429 is taken for the chat's: the Bot API does not tell it from the bot's own limit.
    """
    reason = reason_of(error, token)
    phrase = reason.lower()
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return TryLater(
            reason, after=wait.total_seconds() if isinstance(wait, timedelta) else wait
        )
    if isinstance(error, InvalidToken):
        return TryLater(reason, after=_TOKEN_PAUSE, whole_channel=True)
    if isinstance(error, Forbidden):
        return Refused(reason, chat_gone=True)
    if isinstance(error, BadRequest) or "too large" in phrase:
        return Refused(reason, chat_gone=any(gone in phrase for gone in _CHAT_GONE))
    return TryLater(reason, whole_channel=isinstance(error, NoConnectionError))


def _can_be_rewritten(ref: str, pieces: Sequence[_Piece]) -> bool:
    """Whether one call can change message `ref` into the pieces: a text for a text."""
    return len(pieces) == 1 and pieces[0].file is None and ref.isascii() and ref.isdecimal()


def _pieces(payload: dict[str, Any]) -> list[_Piece]:
    """The messages that show the payload; a body too long for a caption goes before its file."""
    text, file = payload.get("text", ""), payload.get("file")
    if file is None:
        return [_Piece(text=part) for part in split_markup(text)]
    captions = split_markup(text, CAPTION_UNITS)
    if len(captions) <= 1:
        return [_Piece(text="".join(captions), file=file)]
    return [*(_Piece(text=part) for part in split_markup(text)), _Piece(text="", file=file)]


def _rows(buttons: Sequence[Sequence[dict[str, str]]]) -> _Rows:
    """The buttons as the Bot API takes them."""
    return [
        [{"text": each["label"], "callback_data": each["token"]} for each in row]
        for row in buttons
        if row
    ]


def _keyboard(rows: _Rows) -> InlineKeyboardMarkup | None:
    buttons = [
        [InlineKeyboardButton(each["text"], callback_data=each["callback_data"]) for each in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(buttons) if buttons else None


def _chat_id(address: Address) -> int:
    try:
        return int(address.chat)
    except ValueError:
        raise Refused("not a Telegram chat", chat_gone=True) from None
