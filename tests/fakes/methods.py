"""The Bot API's methods over the fake's world. Long polling is the server's (bot_api.py)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.arguments import (
    CAPTION_UNITS,
    TEXT_UNITS,
    ApiError,
    Arguments,
    bad_request,
)
from tests.fakes.entities import units
from tests.fakes.rates import Rates
from tests.fakes.world import Chat, Message, World

SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
UPDATE_KINDS = frozenset(
    ("message", "edited_message", "callback_query", "my_chat_member", "poll_answer", "poll")
)
_MESSAGE = ("chat_id", "message_thread_id", "parse_mode", "reply_markup", "disable_notification")


class Methods:
    """Calls by name. `rates` None: no rate limit; `press_lifetime`: seconds a press can wait."""

    def __init__(self, world: World, rates: Rates | None, press_lifetime: float) -> None:
        self.world = world
        self.rates = rates
        self.press_lifetime = press_lifetime
        self.commands: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self.by_name: dict[str, Callable[[Arguments], Any]] = {
            "getme": self.get_me,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "sendmessage": self.send_message,
            "senddocument": self.send_document,
            "editmessagetext": self.edit_message_text,
            "answercallbackquery": self.answer_callback_query,
            "setmycommands": self.set_my_commands,
            "deletemycommands": self.delete_my_commands,
            "getmycommands": self.get_my_commands,
            "getfile": self.get_file,
        }

    def get_me(self, given: Arguments) -> Any:
        """The bot itself."""
        given.only()
        return {**self.world.bot, "can_join_groups": True, "can_read_all_group_messages": False}

    def set_webhook(self, given: Arguments) -> bool:
        """Deliver updates by calls to an address."""
        given.only(
            *("url", "secret_token", "allowed_updates", "max_connections"), "drop_pending_updates"
        )
        url, secret = given.text("url"), given.text("secret_token", "")
        if not re.match(r"https://|http://127\.0\.0\.1[:/]", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        if not 1 <= given.integer("max_connections", 40) <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        self.allow(given)
        self._drop_pending(given)
        self.webhook = {
            "url": url,
            "secret": secret,
            "max_connections": given.integer("max_connections", 40),
        }
        return True

    def delete_webhook(self, given: Arguments) -> bool:
        """Go back to long polling."""
        given.only("drop_pending_updates")
        self._drop_pending(given)
        self.webhook = {}
        return True

    def get_webhook_info(self, given: Arguments) -> Any:
        """Where updates are delivered."""
        given.only()
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.queue),
        }

    def allow(self, given: Arguments) -> None:
        """Take over which kinds of updates are wanted, if the call says so."""
        kinds = given.structure("allowed_updates")
        if kinds is None:
            return
        if not isinstance(kinds, list) or not set(kinds) <= UPDATE_KINDS:
            raise bad_request("can't parse allowed_updates")
        self.world.allowed = tuple(kinds)

    def send_message(self, given: Arguments) -> Any:
        """A new text."""
        given.only(*_MESSAGE, "text", "link_preview_options")
        html, text, entities = given.formatted("text", TEXT_UNITS)
        if not text:
            raise bad_request("message text is empty")
        buttons = given.buttons()
        chat = self._writable(given)
        fields = {"html": html, "text": text, "entities": entities, "buttons": buttons}
        return self._shown(chat, given, fields)

    def send_document(self, given: Arguments) -> Any:
        """A new file."""
        given.only(*_MESSAGE, "caption", "document")
        html, text, entities = given.formatted("caption", CAPTION_UNITS)
        if "document" not in given.files:
            raise bad_request("there is no document in the request")
        name, content, _ = given.files["document"]
        if not content:
            raise bad_request("file must be non-empty")
        buttons = given.buttons()
        chat = self._writable(given)
        fields = {"html": html, "text": text, "entities": entities, "buttons": buttons}
        return self._shown(chat, given, fields | {"file_name": name, "file_bytes": content})

    def edit_message_text(self, given: Arguments) -> Any:
        """Another text and keyboard for a message of the bot's own."""
        given.only(
            *("chat_id", "message_id", "text", "parse_mode", "reply_markup"),
            "link_preview_options",
        )
        html, text, entities = given.formatted("text", TEXT_UNITS)
        if not text:
            raise bad_request("message text is empty")
        buttons = given.buttons()
        chat = self._writable(given, counts=bool(self.rates and self.rates.edits))
        message = chat.messages.get(given.integer("message_id"))
        _check_editable(message)
        assert message is not None
        if (message.text, message.entities, message.buttons) == (text, entities, buttons):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        message.html, message.text, message.entities = html, text, entities
        message.buttons = buttons
        message.edits += 1
        return self.world.as_json(chat, message)

    def answer_callback_query(self, given: Arguments) -> bool:
        """The toast of a press."""
        given.only("callback_query_id", "text", "show_alert", "cache_time")
        query = self.world.queries.get(given.text("callback_query_id"))
        if query is None or self.world.clock() - query.at > self.press_lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if units(given.text("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = given.text("text", "")
        return True

    def set_my_commands(self, given: Arguments) -> bool:
        """A command menu."""
        given.only("commands", "scope", "language_code")
        menu = [(each["command"], each["description"]) for each in given.structure("commands")]
        if len(menu) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for name, description in menu:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(description) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope(given)] = menu
        return True

    def delete_my_commands(self, given: Arguments) -> bool:
        """No command menu."""
        given.only("scope", "language_code")
        self.commands.pop(_scope(given), None)
        return True

    def get_my_commands(self, given: Arguments) -> Any:
        """A command menu as set."""
        given.only("scope", "language_code")
        menu = self.commands.get(_scope(given), [])
        return [{"command": name, "description": text} for name, text in menu]

    def get_file(self, given: Arguments) -> Any:
        """Where a file can be fetched."""
        given.only("file_id")
        file_id = given.text("file_id")
        if file_id not in self.world.files:
            raise bad_request("invalid file_id")
        size = len(self.world.files[file_id])
        identity = {"file_id": file_id, "file_unique_id": f"u{file_id}"}
        return {**identity, "file_size": size, "file_path": f"files/{file_id}"}

    def _drop_pending(self, given: Arguments) -> None:
        if given.flag("drop_pending_updates"):
            self.world.queue.clear()

    def _writable(self, given: Arguments, *, counts: bool = True) -> Chat:
        """The chat, if the bot may write there, now."""
        chat = self.world.chats.get(given.integer("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        if chat.closed:
            raise ApiError(403, f"Forbidden: {chat.closed}")
        if chat.moved_to:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        wait = self.rates.wait(chat.id, self.world.clock()) if self.rates and counts else 0
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        return chat

    def _shown(self, chat: Chat, given: Arguments, fields: dict[str, Any]) -> Any:
        thread = given.integer("message_thread_id", 0) or None
        if thread is not None and chat.type == "private":
            raise bad_request("message thread not found")
        message = self.world.show(chat, fields | {"thread": thread})
        return self.world.as_json(chat, message)


def _check_editable(message: Message | None) -> None:
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    if message.file_name:
        raise bad_request("there is no text in the message to edit")


def _scope(given: Arguments) -> tuple[str, str]:
    scope = (given.structure("scope") or {"type": "default"})["type"]
    language = given.text("language_code", "")
    if scope not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return scope, language
