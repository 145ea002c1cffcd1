"""What candidates report of a question, and what is then decided (FEATURES T43)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Reason = Literal["wrong", "unclear", "language", "outdated"]
REASONS: tuple[Reason, ...] = get_args(Reason)
Decision = Literal["kept", "withdrawn"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
# So many candidates who report a question hide it until somebody has looked (T43).
HIDING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReport:
    """One candidate's report of one revision of a question; open without a `decision`.

    `note`: the operator's own words to those who reported it.
    """

    candidate_id: str
    item_id: str
    item_revision: int
    reason: Reason
    decision: Decision | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The reports of one revision of a question: how many are open, and the last decision."""

    item_id: str
    item_revision: int
    open: int
    decision: Decision | None


def hidden_items(tallies: Iterable[Tally]) -> frozenset[tuple[str, int]]:
    """The questions (id and revision) that are not asked: withdrawn, or reported too often."""
    return frozenset(
        (tally.item_id, tally.item_revision)
        for tally in tallies
        if tally.open >= HIDING or tally.decision == "withdrawn"
    )
