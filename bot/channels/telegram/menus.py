"""The command menus beside Telegram's text field, by language and kind of chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""Names and descriptions by language; the first language is also everyone else's."""


async def set_menus(bot: Bot, *, private: Commands, groups: Commands) -> None:
    """Set the menus of private chats and of groups. Raises TelegramError."""
    await _set(bot, private, BotCommandScopeAllPrivateChats())
    await _set(bot, groups, BotCommandScopeAllGroupChats())


async def _set(bot: Bot, commands: Commands, scope: BotCommandScope) -> None:
    default = next(iter(commands), "")
    for language, menu in commands.items():
        entries = [BotCommand(name, description) for name, description in menu]
        if language == default:
            await bot.set_my_commands(entries, scope=scope)
        await bot.set_my_commands(entries, scope=scope, language_code=language)
