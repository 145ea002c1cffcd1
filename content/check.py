"""`python -m content.check`: every rule of the packs and interface texts, all faults at once.

    python -m content.check [PACK] [--report] [--on 2027-02-15]

Prints `file:line: id: fault` for each fault and ends with 1 if there is any. `--report` prints
counts; `--on` lists the questions whose facts have ended by that day.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import yaml

from content import rules, text_rules
from content.loader import PACKS, TEXTS, PackError, load_pack, load_texts
from content.rules import Fault
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
            faults += _print_faults(_released_faults(pack), PACKS / pack_id)
            if options.report:
                print(report(pack))
            if options.on:
                print(_ended(pack, options.on))
        faults += _print_faults(text_rules.faults_of(load_texts()), TEXTS / "fr")
    except PackError as error:
        print(error)
        return 1
    print(f"{faults} faults" if faults else "content is sound")
    return 1 if faults else 0


def report(pack: Pack) -> str:
    """How much of what the pack holds."""
    topics = Counter(question.topic for question in pack.questions.values())
    levels = Counter(question.difficulty for question in pack.questions.values())
    several = sum(len(question.key) > 1 for question in pack.questions.values())
    lines = [
        f"{pack.head.id}: {len(pack.questions)} questions ({several} with several right answers)",
        "  by topic: " + ", ".join(f"{topic} {count}" for topic, count in topics.items()),
        "  by difficulty: " + ", ".join(f"{level}: {levels[level]}" for level in (1, 2, 3)),
        f"  {len(pack.facts)} facts, {len(pack.milestones.steps)} plan steps",
        f"  {len(pack.prep)} PREP, {len(pack.star)} STAR, {len(pack.faq)} FAQ",
    ]
    return "\n".join(lines)


def _released_faults(pack: Pack) -> Iterator[Fault]:
    """A released id never leaves the pack."""
    path = PACKS / pack.head.id / "released.txt"
    released = path.read_text(encoding="utf-8").split() if path.exists() else []
    for item in released:
        if item not in pack.questions:
            yield Fault(item, "is released but not in the pack: retire it instead of removing it")


def _ended(pack: Pack, day: date) -> str:
    """The questions that rest on a fact which no longer holds on `day`."""
    ended = {fact.id for fact in pack.facts.values() if fact.until and fact.until <= day}
    lines = [
        f"  {question.id}: {', '.join(sorted(ended.intersection(question.facts)))}"
        for question in pack.questions.values()
        if ended.intersection(question.facts)
    ]
    return "\n".join([f"{len(lines)} questions to review on {day}:", *lines])


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
    return parser


if __name__ == "__main__":
    sys.exit(main())
