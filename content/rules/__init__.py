"""The rules a pack obeys, beyond its schema: `faults_of` finds every fault at once."""

from __future__ import annotations

from collections.abc import Iterator

from content.rules.common import Fault
from content.rules.guidance import (
    head_faults,
    oral_faults,
    plan_faults,
    reading_faults,
    word_faults,
)
from content.rules.questions import bank_faults, question_faults
from content.rules.sets import set_faults
from content.rules.study import study_faults
from content.schema import Pack

__all__ = ["Fault", "faults_of"]


def faults_of(pack: Pack) -> Iterator[Fault]:
    """Every fault of the pack."""
    yield from head_faults(pack)
    for question in pack.questions.values():
        yield from question_faults(pack, question)
    yield from bank_faults(pack)
    yield from study_faults(pack)
    yield from set_faults(pack)
    yield from plan_faults(pack)
    yield from oral_faults(pack)
    yield from reading_faults(pack)
    yield from word_faults(pack)
