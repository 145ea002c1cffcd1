"""The review of the plan: proposed on Sunday, done only on a word of the candidate (T8, M74)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.proposals import Change
from content.schema import LANGUAGES
from tests.handlers.calendar import enter
from tests.handlers.reviews import (
    KINDS,
    NEXT_SUNDAY,
    SUNDAY,
    TITLES,
    begin,
    miss_one_topic,
    press,
    proposals,
    reviewed,
    screen,
    state,
)
from tests.talk import Talk, pack


def test_t8_the_sunday_review_proposes_at_most_three_changes_each_with_its_reason() -> None:
    talk = reviewed()
    assert set(proposals(talk)) == set(KINDS)
    shown = screen(talk).text
    for part in (
        "Rien ne change sans votre accord",
        "1. Plan recalculé depuis le",
        "2. Quiz du jour : 3 questions au lieu de 5",
        "Pour reprendre en douceur",
        "3. « 5 de plus », 7 jours",
        "Cette semaine : 0 sur 5 justes",
    ):
        assert part in shown


def test_m74_nothing_moves_before_a_press() -> None:
    talk = begin()
    before = state(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=6))
    miss_one_topic(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=12))
    talk.press("🧭 Ajuster")
    assert len(proposals(talk)) == 3
    after = state(talk)
    for table in ("candidates", "enrolments", "enrolment_statuses"):
        assert before[table] == after[table]


def test_a_week_later_a_proposal_is_no_longer_open() -> None:
    talk = reviewed()
    before = state(talk)
    talk.now += timedelta(days=7)
    for action in ("yes", "all"):
        press(talk, "focus", action)
        assert state(talk)["candidates"] == before["candidates"]
        assert "n’est plus ouverte" in talk.notice


@pytest.mark.parametrize("action", ["yes", "undo", "all", "keep", "show", ""])
def test_another_persons_proposal_is_out_of_reach(action: str) -> None:
    talk = reviewed()
    press(talk, "questions", "yes")
    number, before = proposals(talk)["questions"].id, state(talk)
    owner = talk.who
    talk.move_to("telegram", "2002")
    talk.join()
    talk.press_token(f"review:{number}:{action}")
    assert "écran précédent" in talk.notice
    talk.who = owner
    assert state(talk) == before


@pytest.mark.parametrize(
    "token", ["review:²:yes", "review:9999:undo", "review::yes", "review:x:all"]
)
def test_a_forged_press_moves_nothing(token: str) -> None:
    talk = reviewed()
    before = state(talk)
    talk.press_token(token)
    assert state(talk) == before


def test_kept_as_is_nothing_moves_and_it_is_not_proposed_again_for_four_weeks() -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "focus", "keep")
    assert state(talk) == before
    assert "gardé tel quel" in talk.notice
    for week in range(1, 4):
        talk.wait_until(NEXT_SUNDAY + timedelta(weeks=1 + week, hours=-6))
        miss_one_topic(talk)
        talk.wait_until(NEXT_SUNDAY + timedelta(weeks=1 + week))
        again = [kind for kind, each in proposals(talk).items() if each.is_open(talk.now)]
        assert set(again) <= {"replan"}, "only a new absence may bring up the plan"
    talk.wait_until(NEXT_SUNDAY + timedelta(weeks=5, hours=-6))
    miss_one_topic(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(weeks=5))
    assert proposals(talk)["focus"].is_open(talk.now)


def test_a_week_that_fits_is_said_so_and_nothing_is_proposed() -> None:
    talk = Talk()
    talk.join()
    for _ in range(5):
        talk.answer()
    for _ in range(4):
        talk.wait(days=1)
        talk.say("/quiz")
        for _ in range(5):
            talk.answer()
    talk.wait_until(SUNDAY)
    assert "Votre plan convient : rien à changer" in talk.shows("Votre semaine").text
    assert not [b for b in talk.chat.bubbles if TITLES["fr"] in b.text]


@pytest.mark.parametrize("days", [0, 1])
def test_m85_on_the_eve_and_the_day_of_a_test_the_review_is_silent(days: int) -> None:
    talk = reviewed()
    test_day = talk.now.date() + timedelta(days=days)
    enter(talk, "oral", test_day.strftime("%d/%m/%Y"))
    before = state(talk)
    for command in ("/menu", "/plan"):
        talk.say(command)
        assert "review::show" not in talk.screen.buttons.values()
    talk.press_token("review::show")
    assert "Rien à changer" in talk.screen.text
    for action in ("yes", "all"):
        press(talk, "focus", action)
        assert "L’épreuve est toute proche" in talk.notice
    assert state(talk) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_three_proposals_it_fits_400_characters(language: str) -> None:
    talk = begin(language)
    mine = talk.candidate_id
    topic = max(pack().head.topics, key=lambda each: len(each.name.in_language(talk.language)))
    day = {"enrolment": 1, "planned_from": "2026-12-30"}
    focus = {"focus_topic": topic.id, "focus_until": "2026-12-30"}
    number = {"questions_a_day": 10}
    for away, kept in ((0, 2), (28, 0)):
        talk.now += timedelta(hours=1)
        changes = (
            Change(kind="replan", before=day, after=day, why={"away": away, "late": 22}),
            Change(
                kind="questions",
                before=number,
                after={"questions_a_day": 5},
                why={"away": away, "kept": kept, "planned": 7},
            ),
            Change(kind="focus", before=focus, after=focus, why={"right": 10, "answered": 22}),
        )
        with talk.database.begin() as store:
            store.proposals.offer(mine, changes, talk.now)
        talk.press_token("review::show")
        assert len(screen(talk).buttons) == 5
        assert len(screen(talk).text) <= 400


def test_proposals_are_handed_over_and_forgotten_with_the_rest() -> None:
    talk = reviewed()
    mine = talk.candidate_id
    with talk.database.begin() as store:
        assert {row["kind"] for row in store.privacy.everything(mine)["proposals"]} == set(KINDS)
        store.privacy.forget(mine)
        assert store.proposals.of_candidate(mine) == ()
