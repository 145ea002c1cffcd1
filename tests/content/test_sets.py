"""The six thematic sets, and what the content check catches in one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content import rules
from content.loader import load_pack
from tests.talk import pack


def faults(**changes: Any) -> list[str]:
    """The faults of the real pack with its last set changed."""
    *others, last = pack().sets.values()
    changed = replace(last, **changes)
    odd = replace(pack(), sets={each.id: each for each in (*others, changed)})
    return [fault.what for fault in rules.faults_of(odd)]


def test_m40_six_named_sets_of_15_to_20_minutes_cover_every_topic_of_the_blueprint() -> None:
    sets = pack().sets.values()
    assert len(sets) == 6
    assert {topic for each in sets for topic in each.topics} == set(pack().blueprint.base)
    assert all(15 <= each.minutes <= 20 and 15 <= each.count <= 20 for each in sets)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"minutes": 14}, "14 minutes"),
        ({"minutes": 21}, "21 minutes"),
        ({"count": 14}, "14 questions"),
        ({"count": 21}, "21 questions"),
        ({"minutes": 15, "count": 16}, "less than a minute"),
        ({"topics": ("tools", "astrology")}, "astrology"),
        ({"topics": ("state",)}, "is in no thematic set"),
        ({"name": next(iter(pack().sets.values())).name}, "names say the same"),
    ],
)
def test_a_set_that_does_not_fit_is_a_fault(changes: dict[str, Any], fault: str) -> None:
    assert any(fault in each for each in faults(**changes))


def test_a_set_of_which_a_stream_has_too_few_questions_is_a_fault() -> None:
    few = {q.id: q for n, q in enumerate(pack().questions.values()) if n % 3 or q.topic != "tools"}
    some = [q.id for q in pack().questions.values() if q.topic == "tools"][:29]
    kept = {key: q for key, q in few.items() if q.topic != "tools" or key in some}
    odd = replace(pack(), questions=kept)
    assert any("questions for the stream" in fault.what for fault in rules.faults_of(odd))


def test_a_pack_may_have_no_set() -> None:
    folder = Path(__file__).parents[1] / "packs"
    assert load_pack("harbour-2027", folder).sets == {}
