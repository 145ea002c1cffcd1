"""Errors this project raises on purpose.

CoachError
├── SettingsError       a setting is missing or wrong: names the variable and the mend
├── ContentError        a pack or a text is faulty: lists every fault
├── StorageError        the database refuses: disk full, read-only, newer than this code
└── DeliveryError       a channel did not take a message
    ├── TryLater        for now: rate limit, server error, no connection
    └── Refused         for good: blocked, chat gone, bad request
"""

from __future__ import annotations

import traceback


class CoachError(Exception):
    """Base of all errors raised on purpose; its text is fit to be shown to an operator."""


class SettingsError(CoachError):
    """A setting is missing or wrong."""


class ContentError(CoachError):
    """A content pack or an interface text breaks a rule."""


class StorageError(CoachError):
    """The database cannot be used."""


class DeliveryError(CoachError):
    """A channel did not take a message."""


class TryLater(DeliveryError):
    """The channel could not take the message now.

    `after` seconds must pass first (0: the sender's own back-off decides); `whole_channel` says
    that everything to this channel must wait, not only this chat.
    """

    def __init__(self, reason: str, *, after: float = 0.0, whole_channel: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.whole_channel = whole_channel


class Refused(DeliveryError):
    """The channel will never take this message; `chat_gone` says the chat itself is closed."""

    def __init__(self, reason: str, *, chat_gone: bool = False) -> None:
        super().__init__(reason)
        self.chat_gone = chat_gone


def trace_of(error: Exception) -> str:
    """The frames and the error's kind: its text may quote what a person wrote."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__


def said(error: Exception) -> str:
    """An error for a log line: its words if they are ours, else its kind: it may quote people."""
    return str(error) if isinstance(error, CoachError) else type(error).__name__
