"""Released ids are permanent: candidates' answers name them (DESIGN 1.10).

`released.txt` has a line an item: its id and its key's letters (`-` for a short answer, which
has none). `python -m content.check --release` adds the items that are not in it yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.rules.common import Fault
from content.schema import Pack

NO_KEY = "-"


def released_faults(pack: Pack, path: Path) -> Iterator[Fault]:
    """Released items that vanished or whose key changed."""
    keys = _keys(pack)
    for item, key in _read(path).items():
        if item not in keys:
            yield Fault(item, "is released but not in the pack: retire it instead of removing it")
        elif keys[item] != key:
            yield Fault(item, f"is released with the key {key}: a correction is a new id")


def release(pack: Pack, path: Path) -> int:
    """Write the items that are not released yet to the file; how many they were."""
    released = _read(path)
    new = {item: key for item, key in _keys(pack).items() if item not in released}
    lines = [f"{item} {key}\n" for item, key in (released | new).items()]
    path.write_text("".join(lines), encoding="utf-8")
    return len(new)


def _keys(pack: Pack) -> dict[str, str]:
    keys = {question.id: "".join(sorted(question.key)) for question in pack.questions.values()}
    return keys | dict.fromkeys(pack.short_answers, NO_KEY)


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {item: key for item, _, key in (line.partition(" ") for line in lines) if item}
