"""Reads packs and interface texts from YAML into the schema's frozen values."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from content.schema import (
    LANGUAGES,
    Blueprint,
    Case,
    Checklist,
    Documents,
    Dossier,
    Fact,
    FaqEntry,
    FollowUp,
    Guide,
    Milestones,
    Pack,
    PackHead,
    Pitch,
    PrepPrompt,
    Question,
    Sheet,
    ShortAnswer,
    StarPrompt,
    SurpriseQuestion,
    Term,
    ThematicSet,
)
from content.schema.pack import NO_DOCUMENTS
from content.yaml_file import read_yaml

ROOT = Path(__file__).parent
PACKS = ROOT / "packs"
TEXTS = ROOT / "texts"

Template = str | dict[str, str]


class PackError(ValueError):
    """A pack or a text cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What a file holds, one of these.

    One model of all kinds shares what they are made of: it takes a fifth of the time to build.
    """

    head: PackHead | None = None
    blueprint: Blueprint | None = None
    milestones: Milestones | None = None
    documents: Documents | None = None
    facts: tuple[Fact, ...] | None = None
    questions: tuple[Question, ...] | None = None
    short_answers: tuple[ShortAnswer, ...] | None = None
    sheets: tuple[Sheet, ...] | None = None
    sets: tuple[ThematicSet, ...] | None = None
    cases: tuple[Case, ...] | None = None
    dossiers: tuple[Dossier, ...] | None = None
    prep: tuple[PrepPrompt, ...] | None = None
    star: tuple[StarPrompt, ...] | None = None
    pitches: tuple[Pitch, ...] | None = None
    surprises: tuple[SurpriseQuestion, ...] | None = None
    follow_ups: tuple[FollowUp, ...] | None = None
    checklists: tuple[Checklist, ...] | None = None
    faq: tuple[FaqEntry, ...] | None = None
    guides: tuple[Guide, ...] | None = None
    glossary: tuple[Term, ...] | None = None
    texts: dict[str, Template] | None = None


# Where items of each kind stand: a file, or a folder of them.
_PLACES = {
    "facts": "facts",
    "questions": "questions",
    "short_answers": "qrq",
    "sheets": "sheets",
    "sets": "sets.yaml",
    "cases": "cases",
    "dossiers": "notes",
    "prep": "oral/prep.yaml",
    "star": "oral/star.yaml",
    "pitches": "oral/pitch.yaml",
    "surprises": "oral/surprise.yaml",
    "follow_ups": "oral/follow_ups.yaml",
    "checklists": "checklists.yaml",
    "faq": "faq.yaml",
    "guides": "guides.yaml",
    "glossary": "glossary.yaml",
}


def load_pack(pack_id: str, folder: Path = PACKS) -> Pack:
    """The pack `pack_id`, validated file by file (PackError names the file and the fault).

    A pack may lack any kind of content but its head, blueprint and milestones.
    """
    root = folder / pack_id
    if not (root / "pack.yaml").is_file():
        known = ", ".join(sorted(each.name for each in folder.iterdir() if each.is_dir()))
        raise PackError(f"there is no pack {pack_id!r}; known: {known}")
    documents = root / "documents.yaml"
    with _without_collection():
        return Pack(
            head=_read(root / "pack.yaml", "head"),
            blueprint=_read(root / "blueprint.yaml", "blueprint"),
            milestones=_read(root / "milestones.yaml", "milestones"),
            documents=_read(documents, "documents") if documents.is_file() else NO_DOCUMENTS,
            **{kind: _by_id(root / place, kind) for kind, place in _PLACES.items()},
        )


def load_texts(folder: Path = TEXTS) -> dict[str, dict[str, Template]]:
    """Interface texts: language to key (`<file>.<key>`) to template or plural forms."""
    return {
        language: {
            f"{path.stem}.{key}": text
            for path in sorted((folder / language).glob("*.yaml"))
            for key, text in _read(path, "texts").items()
        }
        for language in LANGUAGES
    }


def read_file(path: Path) -> Any:
    """The file's YAML (PackError names the file, and the line of a syntax fault)."""
    try:
        return read_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PackError(f"{_short(path)}: {error}") from error


@cache
def _adapter() -> TypeAdapter[_File]:
    return TypeAdapter(_File)


def _read(path: Path, kind: str) -> Any:
    """The file's content, which is of this kind."""
    try:
        file = _adapter().validate_python({kind: read_file(path)}, extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise PackError(f"{_short(path)}: {where}: {first['msg']}") from error
    return getattr(file, kind)


def _by_id(place: Path, kind: str) -> dict[str, Any]:
    """The items of a file, or of every file of a folder, in order.

    Nothing there is no items; PackError when an id stands twice.
    """
    paths = sorted(place.glob("*.yaml")) if place.is_dir() else [place] if place.exists() else []
    found: dict[str, Any] = {}
    for item in (item for path in paths for item in _read(path, kind)):
        if item.id in found:
            raise PackError(f"{_short(place)}: the id {item.id!r} stands twice")
        found[item.id] = item
    return found


@contextmanager
def _without_collection() -> Iterator[None]:
    """A pack is hundreds of thousands of new values and no garbage: a collection only looks."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
