"""A Bot API call's arguments, read as strictly as the documentation puts them."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.fakes.entities import Entity, EntityError, clean, is_empty, parse_html, units
from tests.fakes.world import Button

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TEXT_BYTES = 1 << 15  # Client.cpp, get_formatted_text
ENTITIES = 100
BUTTONS = 100
BUTTONS_PER_ROW = 8


class ApiError(Exception):
    """A call refused, in the Bot API's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(what: str) -> ApiError:
    """A 400."""
    return ApiError(400, f"Bad Request: {what}")


class Arguments:
    """The arguments of one call; from JSON, a form or a query they read the same."""

    def __init__(
        self, values: dict[str, Any], files: dict[str, tuple[str, bytes, str]] | None = None
    ) -> None:
        self.values = values
        self.files = files or {}

    def only(self, *names: str) -> None:
        """Refuse what the method does not know (the real server would ignore it)."""
        for name in (*self.values, *self.files):
            if name not in names:
                raise bad_request(f"unknown parameter {name}")

    def integer(self, name: str, default: int | None = None) -> int:
        """A number, which may be written as a text."""
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not re.fullmatch(r"-?\d+", str(value)):
            raise bad_request(f"{name} is not a valid Integer")
        return int(value)  # type: ignore[arg-type]

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise bad_request(f"{name} must be of type String")
        return value

    def flag(self, name: str) -> bool:
        """A yes or no; absent means no."""
        value = self.values.get(name, False)
        if value not in (True, False, "true", "false"):
            raise bad_request(f"{name} must be of type Boolean")
        return value in (True, "true")

    def structure(self, name: str) -> Any:
        """A JSON value, which may be written as a text; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def formatted(self, name: str, most: int) -> tuple[str, str, list[Entity]]:
        """A text as sent, as read, and its entities; empty when there is nothing to read."""
        source = self.text(name, "")
        if len(source.encode()) > TEXT_BYTES:
            raise bad_request("text is too long")
        mode = self.text("parse_mode", "")
        if mode not in ("", "HTML"):
            raise bad_request("unsupported parse_mode")
        plain, entities = source, list[Entity]()
        if mode:
            try:
                plain, entities = parse_html(source)
            except EntityError as error:
                raise bad_request(f"can't parse entities: {error}") from None
        plain = clean(plain).strip()
        if units(plain) > most:
            raise bad_request(
                "message is too long" if most == TEXT_UNITS else "message caption is too long"
            )
        if len(entities) > ENTITIES:
            raise bad_request("more than 100 entities: the rest would show unformatted")
        return source, "" if is_empty(plain) else plain, entities

    def buttons(self) -> list[list[Button]]:
        """The inline keyboard."""
        markup = self.structure("reply_markup")
        if markup is None:
            return []
        if not isinstance(markup, dict) or set(markup) != {"inline_keyboard"}:
            raise bad_request("object expected as reply markup")
        rows = [[_button(each) for each in row] for row in markup["inline_keyboard"]]
        if sum(map(len, rows)) > BUTTONS or any(len(row) > BUTTONS_PER_ROW for row in rows):
            raise bad_request("reply markup is too long")
        return [row for row in rows if row]


def _button(fields: dict[str, Any]) -> Button:
    if set(fields) != {"text", "callback_data"}:
        raise bad_request("can't parse inline keyboard button: only callback buttons are used")
    label, data = fields["text"], fields["callback_data"]
    if not isinstance(label, str) or is_empty(label):
        raise bad_request("can't parse inline keyboard button: text is empty")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, data)
