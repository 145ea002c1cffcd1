"""The same two calls with aiogram: `python -m tools.bench.aiogram_bot URL`."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tools.bench.words import BUTTONS, TEXT, TOAST, TOKEN

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
        for row in BUTTONS
    ]
)
dispatcher = Dispatcher()


@dispatcher.callback_query()
async def on_press(query: CallbackQuery) -> None:
    """Answer the press, rewrite the message."""
    await query.answer(TOAST)
    assert isinstance(query.message, Message)
    await query.message.edit_text(TEXT, parse_mode="HTML", reply_markup=KEYBOARD)


async def main() -> None:
    """Poll until told to stop."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
