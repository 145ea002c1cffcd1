"""The stock handlers: python-telegram-bot with its default settings, sending the same two calls.

    python -m tools.bench.stock URL [PICKLE]

Stores nothing; with PICKLE, each press also changes the person's data under PicklePersistence.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, PicklePersistence

from tools.bench.words import BUTTONS, TEXT, TOAST, TOKEN

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in BUTTONS]
)


async def on_press(update: Update, context: Any) -> None:
    """Answer the press, rewrite the message."""
    query = update.callback_query
    assert query is not None
    if context.user_data is not None and context.application.persistence:
        context.user_data["answers"] = context.user_data.get("answers", 0) + 1
    await query.answer(TOAST)
    await query.edit_message_text(TEXT, parse_mode="HTML", reply_markup=KEYBOARD)


def main() -> None:
    """Poll until told to stop."""
    builder = Application.builder().token(TOKEN).base_url(sys.argv[1] + "/bot")
    if len(sys.argv) > 2:
        builder = builder.persistence(PicklePersistence(sys.argv[2]))
    application = builder.build()
    application.add_handler(CallbackQueryHandler(on_press))
    application.run_polling()


if __name__ == "__main__":
    main()
