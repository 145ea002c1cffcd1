"""Reads packs and interface texts from YAML into the schema's frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from content.schema import (
    LANGUAGES,
    Blueprint,
    Checklist,
    Fact,
    FaqEntry,
    Milestones,
    Pack,
    PackHead,
    PrepPrompt,
    Question,
    StarPrompt,
)

ROOT = Path(__file__).parent
PACKS = ROOT / "packs"
TEXTS = ROOT / "texts"

Template = str | dict[str, str]


class PackError(ValueError):
    """A pack or a text cannot be read; the message says where and why."""


def load_pack(pack_id: str, folder: Path = PACKS) -> Pack:
    """The pack `pack_id`, validated file by file (PackError names the file and the fault)."""
    root = folder / pack_id
    if not (root / "pack.yaml").is_file():
        known = ", ".join(sorted(each.name for each in folder.iterdir() if each.is_dir()))
        raise PackError(f"there is no pack {pack_id!r}; known: {known}")
    return Pack(
        head=_read(root / "pack.yaml", PackHead),
        blueprint=_read(root / "blueprint.yaml", Blueprint),
        facts=_by_id(_read_all(root / "facts", Fact)),
        questions=_by_id(_read_all(root / "questions", Question)),
        milestones=_read(root / "milestones.yaml", Milestones),
        prep=_by_id(_read(root / "oral" / "prep.yaml", tuple[PrepPrompt, ...])),
        star=_by_id(_read(root / "oral" / "star.yaml", tuple[StarPrompt, ...])),
        checklists=_by_id(_read(root / "checklists.yaml", tuple[Checklist, ...])),
        faq=_by_id(_read(root / "faq.yaml", tuple[FaqEntry, ...])),
    )


def load_texts(folder: Path = TEXTS) -> dict[str, dict[str, Template]]:
    """Interface texts: language to key (`<file>.<key>`) to template or plural forms."""
    return {
        language: {
            f"{path.stem}.{key}": text
            for path in sorted((folder / language).glob("*.yaml"))
            for key, text in _read(path, dict[str, Template]).items()
        }
        for language in LANGUAGES
    }


def read_yaml(path: Path) -> Any:
    """The file's YAML (PackError names the line of a syntax fault)."""
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    except (OSError, yaml.YAMLError) as error:
        raise PackError(f"{_short(path)}: {error}") from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(path: Path, kind: Any) -> Any:
    """The file as `kind`."""
    try:
        return _adapter(kind).validate_python(read_yaml(path), extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{_short(path)}: {where}: {first['msg']}") from error


def _read_all(folder: Path, kind: Any) -> tuple[Any, ...]:
    """Every file of the folder, each a list of `kind`."""
    return tuple(
        item for path in sorted(folder.glob("*.yaml")) for item in _read(path, tuple[kind, ...])
    )


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    """Items by id, in order (PackError when an id stands twice)."""
    found: dict[str, Any] = {}
    for item in items:
        if item.id in found:
            raise PackError(f"the id {item.id!r} stands twice")
        found[item.id] = item
    return found


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
