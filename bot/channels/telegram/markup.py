"""The small HTML of a message, cut into pieces that Telegram takes.

Limits: PLATFORMS.md 4.1. Lengths are UTF-16 code units after entity parsing, as Telegram counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TOAST_UNITS = 200
ENTITIES = 100  # those beyond are shown as plain text

# Where to cut, best first: after a paragraph, a line, a word.
_SEAMS = ("\n\n", "\n", " ")

_ATOM = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z][a-z-]*)[^<>]*>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|.",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z-]*[^<>]*>", re.IGNORECASE)
_WORD = re.compile(r"\w")
# What Telegram counts as nothing (tdlib, misc.cpp, strip_empty_characters): white space, and
# invisible signs that do not make a message by themselves.
_BLANK = re.compile(r"[\s\u1680\u180e\u200b-\u200f\u202e\u2800\ufeff\ufffc]*")


@dataclass(frozen=True, slots=True)
class _Atom:
    """What must not be cut: a character, an entity, or a tag (which shows nothing)."""

    source: str
    shown: str
    tag: str = ""
    closes: bool = False


def utf16_units(text: str) -> int:
    """The length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_text(markup: str) -> str:
    """What the reader sees of `markup`."""
    return "".join(atom.shown for atom in _atoms(markup))


def is_blank(markup: str) -> bool:
    """Whether Telegram would refuse `markup` as an empty text."""
    if "&" not in markup and _WORD.search(_TAG.sub("", markup)):
        return False  # nearly every message: no need to take it apart
    return _BLANK.fullmatch(plain_text(markup)) is not None


def cut_toast(notice: str) -> str:
    """`notice` as long as a press's toast may be."""
    return notice.encode("utf-16-le")[: 2 * TOAST_UNITS].decode("utf-16-le", "ignore")


def split_markup(markup: str, limit: int = TEXT_UNITS) -> list[str]:
    """Cut `markup` into pieces of at most `limit` units and 100 entities each.

    Cuts after a paragraph where there is one, else after a line, else after a word, else
    anywhere; never inside a tag or an entity. Tags open at a cut are closed and opened anew.
    Blank pieces, which Telegram refuses, are left out.
    """
    markup = markup.strip()
    # What is shown is never longer than the markup.
    if utf16_units(markup) <= limit and markup.count("<") <= ENTITIES:
        return [] if is_blank(markup) else [markup]
    atoms = _atoms(markup)
    pieces: list[str] = []
    start, open_tags = 0, list[_Atom]()
    while start < len(atoms):
        stop = _seam(atoms, start, _fitting(atoms, start, len(open_tags), limit))
        piece, open_tags = _closed(atoms[start:stop], open_tags)
        if not is_blank(piece):
            pieces.append(piece)
        start = stop
    return pieces


def _atoms(markup: str) -> list[_Atom]:
    return [
        _Atom(match[0], "", match["tag"].lower(), bool(match["end"]))
        if match["tag"]
        else _Atom(match[0], html.unescape(match[0]) if len(match[0]) > 1 else match[0])
        for match in _ATOM.finditer(markup)
    ]


def _fitting(atoms: Sequence[_Atom], start: int, entities: int, limit: int) -> int:
    """Where the longest piece from `start` ends, of which `entities` are open already."""
    units = 0
    for index in range(start, len(atoms)):
        atom = atoms[index]
        units += utf16_units(atom.shown)
        entities += bool(atom.tag) and not atom.closes
        if units > limit or entities > ENTITIES:
            return max(index, start + 1)
    return len(atoms)


def _seam(atoms: Sequence[_Atom], start: int, stop: int) -> int:
    """The best place to cut, at most `stop`."""
    if stop == len(atoms):
        return stop
    signs = "".join(atom.shown if len(atom.shown) == 1 else "\x00" for atom in atoms[start:stop])
    for seam in _SEAMS:
        found = signs.rfind(seam)
        if found >= 0:
            return start + found + len(seam)
    return stop


def _closed(atoms: Sequence[_Atom], open_tags: list[_Atom]) -> tuple[str, list[_Atom]]:
    """The piece with the tags it needs at both ends, and the tags open at its end."""
    still_open = list(open_tags)
    for atom in atoms:
        if atom.closes:
            del still_open[-1:]
        elif atom.tag:
            still_open.append(atom)
    body = "".join(atom.source for atom in (*open_tags, *atoms))
    return body + "".join(f"</{tag.tag}>" for tag in reversed(still_open)), still_open
