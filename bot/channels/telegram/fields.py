"""A field of an update, checked: python-telegram-bot checks no types (TypeError)."""

from __future__ import annotations

GROUPS = ("group", "supergroup")


def number(value: object) -> str:
    """A whole number, as the coach keeps ids."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a number was expected")
    return str(value)


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value
