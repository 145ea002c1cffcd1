"""`python -m content.check`: every rule of the packs and interface texts, all faults at once.

    python -m content.check [PACK] [--report] [--on 2027-02-15] [--release]

Prints `file:line: id: fault` for each fault and ends with 1 if there is any. `--report` prints
counts; `--on` lists the items that the day retires or puts in doubt; `--release` makes the ids
of a sound pack permanent.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from content import rules, text_rules
from content.loader import PACKS, TEXTS, PackError, load_pack, load_texts
from content.report import ended_on, report
from content.rules import Fault
from content.rules.released import release, released_faults
from content.schema import Pack


def main(arguments: list[str] | None = None) -> int:
    """Check one pack (default: all) and the interface texts; the number of faults decides."""
    options = _parser().parse_args(arguments)
    packs = [options.pack] if options.pack else sorted(p.name for p in PACKS.iterdir())
    faults = 0
    try:
        for pack_id in packs:
            pack = load_pack(pack_id)
            faults += _print_faults(rules.faults_of(pack), PACKS / pack_id)
            faults += _print_faults(released_faults(pack, _released(pack)), PACKS / pack_id)
            if options.report:
                today = datetime.now(UTC).date()  # noqa: TID251 - a tool at a keyboard
                print(report(pack, today))
            if options.on:
                print(ended_on(pack, options.on))
            if options.release and not faults:
                print(f"{release(pack, _released(pack))} ids released")
        faults += _print_faults(text_rules.faults_of(load_texts()), TEXTS / "fr")
    except PackError as error:
        print(error)
        return 1
    print(f"{faults} faults" if faults else "content is sound")
    return 1 if faults else 0


def _released(pack: Pack) -> Path:
    return PACKS / pack.head.id / "released.txt"


def _print_faults(faults: Iterable[Fault], folder: Path) -> int:
    """Print each fault with the file and line its id stands at; how many there were."""
    places: dict[str, str] | None = None
    count = 0
    for fault in faults:
        if places is None:
            places = _places(folder)
        print(f"{places.get(fault.item, folder.name)}: {fault.item}: {fault.what}")
        count += 1
    return count


def _places(folder: Path) -> dict[str, str]:
    """Where each id, or each text's key, stands: `file:line`."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder.parent.parent)
        for item, line in _ids(yaml.compose(path.read_text(encoding="utf-8")), path.stem):
            found.setdefault(item, f"{name}:{line}")
    return found


def _ids(node: yaml.Node | None, stem: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _ids(child, stem)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id":
                yield value.value, value.start_mark.line + 1
            yield f"{stem}.{key.value}", key.start_mark.line + 1
            if isinstance(value, yaml.SequenceNode):
                yield from _ids(value, stem)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content.check")
    parser.add_argument("pack", nargs="?")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--on", type=date.fromisoformat)
    parser.add_argument("--release", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
