"""Telegram's HTML, read as its server reads it (tdlib, MessageEntity.cpp and misc.cpp).

Stricter in one thing: a bare `&` is refused here, which the real server would show as it is,
because in our texts it always means that something was not escaped.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "span"}
TAGS |= {"tg-spoiler", "blockquote", "tg-emoji"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-z-]+(?:=(?:\"[^\"]*\"|\w+))?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_BLANK = re.compile(r"[\s\u1680\u180e\u200b-\u200f\u202e\u2800\ufeff\ufffc]*")


class EntityError(ValueError):
    """The text is not Telegram's HTML."""


@dataclass(frozen=True)
class Entity:
    """A formatted stretch of the plain text; offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int


def units(text: str) -> int:
    """UTF-16 code units: how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_empty(text: str) -> bool:
    """Whether the server takes the text for nothing."""
    return _BLANK.fullmatch(text) is not None


def clean(text: str) -> str:
    """What the server makes of any text: no control signs, no line or direction overrides."""
    text = re.sub("[\x00-\x09\x0b\x0c\x0e-\x1f]", " ", text.replace("\r", ""))
    return re.sub("[\u2028-\u202e\u0333\u033f\u030a]", "", text)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; EntityError in the real server's words."""
    plain: list[str] = []
    entities: list[Entity] = []
    open_tags: list[tuple[str, int]] = []
    position = 0
    while position < len(source):
        sign = source[position]
        if sign == "<":
            position = _read_tag(source, position, units("".join(plain)), open_tags, entities)
        elif sign == "&":
            found = _ENTITY.match(source, position)
            if found is None:
                raise EntityError(f"Bare ampersand at byte offset {_offset(source, position)}")
            plain.append(html.unescape(found[0]))
            position = found.end()
        else:
            plain.append(sign)
            position += 1
    if open_tags:
        raise EntityError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(plain), entities


def _read_tag(
    source: str,
    position: int,
    shown: int,
    open_tags: list[tuple[str, int]],
    entities: list[Entity],
) -> int:
    """Read the tag at `position`, `shown` units into the text; where it ends."""
    where = _offset(source, position)
    found = _TAG.match(source, position)
    if found is None:
        raise EntityError(f"Unclosed or malformed tag at byte offset {where}")
    closes, name = found[1], found[2].lower()
    if not closes:
        if name not in TAGS:
            raise EntityError(f'Unsupported start tag "{name}" at byte offset {where}')
        open_tags.append((name, shown))
        return found.end()
    if not open_tags:
        raise EntityError(f"Unexpected end tag at byte offset {where}")
    opened, began = open_tags.pop()
    if opened != name:
        raise EntityError(
            f'Unmatched end tag at byte offset {where}, expected "</{opened}>", found "</{name}>"'
        )
    if shown > began:
        entities.append(Entity(opened, began, shown - began))
    return found.end()


def _offset(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))
