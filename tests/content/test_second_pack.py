"""Another competition is another folder: a tiny pack goes through the whole coach unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from content import rules
from content.loader import load_pack
from tests.talk import Talk

PACKS = Path(__file__).parents[1] / "packs"


def test_the_tiny_pack_obeys_the_same_rules() -> None:
    assert list(rules.faults_of(load_pack("harbour-2027", PACKS))) == []


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_candidate_lives_a_day_in_it(language: str) -> None:
    pack = load_pack("harbour-2027", PACKS)
    talk = Talk(the_pack=pack, language=language)
    talk.say("/start")
    talk.press_token(f"start::yes.{language}", ref=talk.screen.ref)
    for token in ("start:stream:clerks", "start:grade:C", "start:dates:estimated"):
        talk.press_token(token, ref=talk.screen.ref)
    talk.say("15/01/2027 09:00")
    talk.press_token("start:hour:0800", ref=talk.screen.ref)
    for number in range(5):
        quiz = talk.screen.buttons["A"].split(":")[1]
        talk.press("A")
        talk.press_token(f"quiz:{quiz}:n{number}", ref=talk.screen.ref)
    assert "5/5" in talk.screen.text
    for command in (
        "/plan",
        "/prep",
        "/star",
        "/journal",
        "/progress",
        "/faq",
        "/dates",
        "/menu",
        "/sheets",
        "/short",
        "/glossary tide",
        "/library",
        "/sets",
    ):
        talk.say(command)
    talk.wait(days=60)
    with talk.database.begin() as store:
        assert store.faults.count() == 0
