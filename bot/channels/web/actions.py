"""What a person does on the page, checked, and as the events it makes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError
from starlette.exceptions import HTTPException

from bot.messages import (
    Address,
    ButtonPressed,
    CommandGiven,
    FileReceived,
    Incoming,
    MessageEdited,
    TextReceived,
    VoiceReceived,
)

TEXT_LENGTH = 4096

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)

Text = Annotated[str, Field(max_length=TEXT_LENGTH, pattern=r"\S")]
Seq = Annotated[int, Field(ge=0, lt=10**15)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something done on the page. `id` is the same when it is handed in again."""

    id: UUID
    language: Annotated[str, Field(max_length=35)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Done):
    """A text was sent; `/name arguments` is a command."""

    kind: Literal["text"]
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Done):
    """A button of the coach's message `message` was pressed."""

    kind: Literal["press"]
    token: Annotated[str, Field(min_length=1, max_length=64)]
    message: Seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Done):
    """The person's own message `seq` reads `text` now."""

    kind: Literal["edit"]
    seq: Seq
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Done):
    """A voice note of `seconds` was recorded."""

    kind: Literal["voice"]
    seconds: Annotated[int, Field(ge=0, le=3600)]
    content: Annotated[bytes, Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded(Done):
    """A file was chosen."""

    kind: Literal["file"]
    name: Annotated[str, Field(min_length=1, max_length=255)]
    mime: Annotated[str, Field(max_length=255)]
    size: int


Action = Typed | Pressed | Edited | Recorded | Uploaded
_ACTIONS: TypeAdapter[Action] = TypeAdapter(Annotated[Action, Field(discriminator="kind")])


def read_json(body: bytes) -> Action:
    """The action of a JSON body (HTTPException 400 or 413 if it is none)."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(fields, dict) or fields.get("kind") not in ("text", "press", "edit"):
        raise HTTPException(400)
    return read_fields(fields)


def read_fields(fields: Mapping[str, Any]) -> Action:
    """The action made of these fields (HTTPException 400, or 413 for a text that is too long)."""
    stored = {
        name: _storable(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    try:
        return _ACTIONS.validate_python(stored)
    except ValidationError as error:
        too_long = any(fault["type"] == "string_too_long" for fault in error.errors())
        raise HTTPException(413 if too_long else 400) from None


def event_of(action: Action, visitor: str, now: datetime) -> Incoming:
    """The event an action is. Its id belongs to the visitor, so that nobody can take another's."""
    common: dict[str, Any] = {
        "id": f"{visitor}:{action.id}",
        "address": Address(channel="web", chat=visitor),
        "sender": visitor,
        "at": now,
        "language_hint": action.language,
    }
    match action:
        case Pressed(token=token, message=message):
            return ButtonPressed(token=token, message_ref=str(message or ""), **common)
        case Edited(seq=seq, text=text):
            return MessageEdited(text=text.strip(), message_ref=str(seq), **common)
        case Recorded(seconds=seconds, content=content):
            ref = str(action.id)
            return VoiceReceived(seconds=seconds, content=content, file_ref=ref, **common)
        case Uploaded(name=name, mime=mime, size=size):
            ref = str(action.id)
            return FileReceived(name=name, mime=mime, size=size, file_ref=ref, **common)
        case Typed(text=text):
            return _typed(text.strip(), common)


def own_payload(event: Incoming) -> dict[str, Any] | None:
    """What the transcript shows of the person's own event; None for nothing (a press)."""
    match event:
        case TextReceived(text=text):
            return {"text": text}
        case MessageEdited(text=text):
            return {"text": text, "edited": True}
        case CommandGiven(name=name, arguments=arguments):
            return {"text": f"/{name} {arguments}".rstrip(), "command": True}
        case VoiceReceived(seconds=seconds):
            return {"voice": seconds}
        case FileReceived(name=name):
            return {"file": {"name": name}}
    return None


def _typed(text: str, common: dict[str, Any]) -> Incoming:
    command = _COMMAND.fullmatch(text)
    if command is None:
        return TextReceived(text=text, **common)
    name, arguments = command.groups(default="")
    return CommandGiven(name=name.lower(), arguments=arguments.strip(), **common)


def _storable(text: str) -> str:
    """Without what no database or stream can hold: nulls and half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
