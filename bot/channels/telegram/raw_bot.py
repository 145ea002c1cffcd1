"""The Bot API's calls that every press makes, past the objects that the library would make."""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.error import NetworkError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.transport import ANSWER_SECONDS, AiohttpRequest

PUBLIC_API = "https://api.telegram.org"


class RawBot(Bot):
    """A Bot that also gives updates unparsed, and rewrites messages without parsing them.

    `Bot.get_updates` parses the whole batch: one update of a shape it does not know would freeze
    polling for good (DEPENDENCIES, finding 9).
    """

    async def get_raw_updates(
        self, *, offset: int | None, seconds: int, kinds: tuple[str, ...]
    ) -> list[Any]:
        """Updates from `offset` on as they came, waiting up to `seconds` for the first."""
        data = {"offset": offset, "limit": 100, "timeout": seconds, "allowed_updates": kinds}
        result = await self._post("getUpdates", data, read_timeout=seconds + ANSWER_SECONDS)
        if not isinstance(result, list):
            raise NetworkError("not an answer of the Bot API")
        return result

    async def answer_press(self, query_id: str, notice: str) -> None:
        """Stop the button's waiting sign, and show `notice` unless it is empty."""
        shown = {"text": notice} if notice else {}
        await self._call("answerCallbackQuery", {"callback_query_id": query_id, **shown})

    async def rewrite(
        self, *, chat: int, message: int, text: str, rows: list[list[dict[str, str]]]
    ) -> None:
        """Put a text (small HTML, no preview) and these buttons in place of a message's."""
        data: dict[str, Any] = {
            "chat_id": chat,
            "message_id": message,
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if rows:
            data["reply_markup"] = {"inline_keyboard": rows}
        await self._call("editMessageText", data)

    async def _call(self, method: str, data: dict[str, Any]) -> None:
        """The two calls of every answered press, without the objects that the library makes.

        Nobody reads what comes back. Errors are the library's own.
        """
        given = [RequestParameter(name, value, None) for name, value in data.items()]
        await self.request.post(f"{self.base_url}/{method}", RequestData(given))


def make_bot(token: str, api_url: str) -> RawBot:
    """A bot that speaks to the Bot API server at the root `api_url` (empty: the public one)."""
    root = (api_url or PUBLIC_API).rstrip("/")
    return RawBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
