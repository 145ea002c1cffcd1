"""Whether an item still holds on a day: the facts it rests on may end.

A fact ends on its `until`. Where that day is an estimate (law 54.23: around 1 February 2027),
its items are in doubt around it, and are no longer asked once the doubt has lasted a quarter
without anyone confirming a date: silence is better than a rule that may be dead.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, Protocol

from content.schema import Fact

Validity = Literal["valid", "doubtful", "ended"]
DOUBT_BEFORE = timedelta(days=30)
DOUBT_AFTER = timedelta(days=90)


class Item(Protocol):
    """What rests on facts and may be withdrawn."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""

    @property
    def retired(self) -> bool:
        """Whether it was withdrawn for good."""


def validity(facts: Mapping[str, Fact], item: Item, day: date) -> Validity:
    """The worst of the item's facts on `day`; a retired item has ended."""
    if item.retired:
        return "ended"
    found = {_fact_validity(facts[each], day) for each in item.facts if each in facts}
    return "ended" if "ended" in found else "doubtful" if "doubtful" in found else "valid"


def _fact_validity(fact: Fact, day: date) -> Validity:
    if fact.until is None:
        return "valid"
    if not fact.until_estimated:
        return "ended" if day >= fact.until else "valid"
    if day >= fact.until + DOUBT_AFTER:
        return "ended"
    return "doubtful" if day >= fact.until - DOUBT_BEFORE else "valid"
