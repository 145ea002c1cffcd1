"""Every question was solved blind, thrice, in both exam languages; the record says how it went."""

from __future__ import annotations

from typing import Any

import pytest

from content.loader import PACKS
from content.yaml_file import read_yaml
from tests.talk import pack

FOLDER = PACKS / "cnops-2025" / "review"


def review(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(FOLDER / f"{name}-pass.yaml")
    return found


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_every_question_was_solved_in_french_and_in_arabic(name: str) -> None:
    items = review(name)["items"]
    assert items.keys() == {q.id for q in pack().questions.values() if not q.retired}
    assert all(row[language] for row in items.values() for language in ("fr", "ar"))


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_the_published_agreement_is_what_the_items_say(name: str) -> None:
    found = review(name)
    for language in ("fr", "ar"):
        agreed = sum(row[language].startswith("agreed") for row in found["items"].values())
        assert found["agreed"][language] == agreed
    assert found["agreed"]["of"] == len(found["items"])


def test_what_a_solver_noted_was_changed() -> None:
    for name in ("first", "second", "third"):
        for item, row in review(name)["items"].items():
            assert "noted" not in row["fr"] + row["ar"] or row["changed"], item


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", ["second", "third"])
def test_later_solvers_agree_with_98_keys_in_100(name: str, language: str) -> None:
    agreed = review(name)["agreed"]
    assert agreed[language] >= 0.98 * agreed["of"]
