"""What the rubric finds in real-looking answers, in three languages and as people type them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.assessment import WHOLE, assess
from bot.domain.rubric import Assessment

ANSWERS = yaml.safe_load((Path(__file__).parent / "oral_answers.yaml").read_text("utf-8"))


def _assess(answer: dict[str, Any]) -> Assessment:
    parts = answer.get("parts") or {WHOLE: answer["text"]}
    return assess(answer["frame"], answer["language"], parts)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["id"])
def test_each_part_gets_its_level(answer: dict[str, Any]) -> None:
    found = {f.part: f for f in _assess(answer).findings}
    for part, expected in answer["expect"].items():
        level, _, reason = expected.partition("/")
        allowed = {level.removesuffix("~"), *(["not_assessed"] if "~" in level else [])}
        assert found[part].level in allowed, found[part]
        assert not reason or found[part].reason == reason, found[part]


@pytest.mark.parametrize(
    "answer", [a for a in ANSWERS if "advice" in a], ids=lambda answer: answer["id"]
)
def test_the_one_advice_is_one_that_a_careful_jury_gives(answer: dict[str, Any]) -> None:
    given = answer["advice"]
    assert _assess(answer).advice in ([given] if isinstance(given, str) else given)


@pytest.mark.parametrize(
    "answer", [a for a in ANSWERS if "remarks" in a], ids=lambda answer: answer["id"]
)
def test_remarks_are_made(answer: dict[str, Any]) -> None:
    assert {r.kind for r in _assess(answer).remarks} >= set(answer["remarks"])


def test_there_are_at_least_twelve_answers_a_language() -> None:
    for language in ("fr", "ar", "en"):
        assert sum(1 for answer in ANSWERS if answer["language"] == language) >= 12
