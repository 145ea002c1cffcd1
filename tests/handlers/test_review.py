"""The review of the plan: proposed on Sunday or on return, done on a word, undone exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.domain.proposals import Change
from bot.domain.quiz import Quiz
from bot.storage.database import Database
from content.schema import LANGUAGES
from tests.handlers.calendar import competition, enter
from tests.lives import me
from tests.talk import Bubble, Talk, pack

SUNDAY = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
NEXT_SUNDAY = SUNDAY + timedelta(days=7)
KINDS = ("replan", "questions", "focus")
TITLES = {"fr": "Votre plan pour la suite", "ar": "خطتك من الآن", "en": "Your plan from here"}


def begin(language: str = "fr", database: Database | None = None) -> Talk:
    """A candidate with a day for the written test, who answered nothing yet."""
    talk = Talk(language=language, database=database)
    talk.join()
    talk.say("/plan")
    enter(talk, "written", "31/01/2027")
    talk.say("/quiz")
    return talk


def reviewed(language: str = "fr", database: Database | None = None) -> Talk:
    """A candidate on a Sunday that proposes all three: late steps, few quizzes, one weak topic."""
    talk = begin(language, database)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=6, hours=-6))
    miss_one_topic(talk)
    talk.wait_until(NEXT_SUNDAY + timedelta(days=7))
    return talk


def miss_one_topic(talk: Talk) -> None:
    """Miss five questions of one topic, in extra practice."""
    mine = talk.candidate_id
    topic = pack().head.topics[0].id
    five = [each for each in pack().questions.values() if each.topic == topic][:5]
    with talk.database.begin() as store:
        while (old := store.quizzes.open_of(mine)) is not None:
            store.quizzes.close(old.id, "replaced", talk.now)
        store.quizzes.create(mine, "extra", talk.now.date(), five, talk.now)
    for _ in five:
        talk.answer(right=False)


def screen(talk: Talk) -> Bubble:
    return talk.shows(TITLES[talk.language])


def proposals(talk: Talk) -> dict[str, Any]:
    """The newest review's proposals by kind."""
    mine = talk.candidate_id
    with talk.database.begin() as store:
        found = store.proposals.of_candidate(mine)
    return {each.change.kind: each for each in found if each.offered_at == found[-1].offered_at}


def state(talk: Talk) -> dict[str, Any]:
    """All that a review could move: settings, competitions, dates, statuses, timers."""
    mine = talk.candidate_id
    with talk.database.begin() as store:
        kept = store.privacy.everything(mine)
    tables = ("candidates", "enrolments", "enrolment_dates", "enrolment_statuses", "timers")
    found = {name: [dict(row) for row in kept[name]] for name in tables}
    for row in found["candidates"]:
        for presence in ("active_at", "returned_at"):
            row.pop(presence)
    return found


def press(talk: Talk, kind: str, action: str) -> None:
    talk.press_token(f"review:{proposals(talk)[kind].id}:{action}", ref=screen(talk).ref)


def quiz_of_today(talk: Talk) -> Quiz:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        found = store.quizzes.daily_of(mine, talk.now.date())
    assert found is not None
    return found


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


@pytest.mark.parametrize("kind", KINDS)
def test_accepted_then_undone_everything_is_as_before(kind: str) -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, kind, "yes")
    assert state(talk) != before
    assert "Annulable jusqu’au dimanche 20 décembre 2026" in screen(talk).text
    press(talk, kind, "undo")
    assert state(talk) == before
    assert "tout est comme avant" in screen(talk).text


@pytest.mark.parametrize("order", tuple(permutations(KINDS)))
def test_all_accepted_they_can_be_undone_in_any_order(order: tuple[str, ...]) -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "replan", "all")
    for kind in order:
        press(talk, kind, "undo")
    assert state(talk) == before


def test_a_doubled_press_counts_once_on_the_way_there_and_back() -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "questions", "yes")
    accepted = state(talk)
    press(talk, "questions", "yes")
    assert state(talk) == accepted
    for _ in range(2):
        press(talk, "questions", "undo")
        assert state(talk) == before
        assert "C’est annulé" in talk.notice
    press(talk, "questions", "yes")
    assert state(talk) == before
    assert "n’est plus ouverte" in talk.notice


@pytest.mark.parametrize("kind", KINDS)
def test_undo_outlives_a_restart(kind: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    talk = reviewed(database=Database(url))
    before = state(talk)
    press(talk, kind, "yes")
    number = proposals(talk)[kind].id
    talk.database.close()
    again = Talk(database=Database(url), now=talk.now + timedelta(days=6), first_id=10_000)
    again.press_token(f"review:{number}:undo")
    assert state(again)["enrolments"] == before["enrolments"]
    assert state(again)["candidates"] == before["candidates"]
    again.database.close()


@pytest.mark.parametrize(("hours", "is_undone"), [(7 * 24 - 1, True), (7 * 24, False)])
def test_undo_is_possible_for_seven_days(hours: int, *, is_undone: bool) -> None:
    talk = reviewed()
    press(talk, "questions", "yes")
    talk.now += timedelta(hours=hours)
    press(talk, "questions", "undo")
    assert (me(talk).questions_a_day == 5) == is_undone


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


def by_hand(talk: Talk) -> None:
    talk.press_token("set:number:10")


def another_day(talk: Talk) -> None:
    enter(talk, "written", "28/02/2027")


@pytest.mark.parametrize(("kind", "change"), [("questions", by_hand), ("replan", another_day)])
def test_what_the_candidate_changed_since_is_left_alone(
    kind: str, change: Callable[[Talk], None]
) -> None:
    talk = reviewed()
    talk.now += timedelta(days=1)
    change(talk)
    changed = state(talk)
    press(talk, kind, "yes")
    assert "entre-temps" in talk.notice
    assert state(talk) == changed
    talk = reviewed()
    press(talk, kind, "yes")
    talk.now += timedelta(days=1)
    change(talk)
    changed = state(talk)
    press(talk, kind, "undo")
    assert "entre-temps" in talk.notice
    assert state(talk) == changed


def test_a_plan_accepted_days_later_starts_on_that_day() -> None:
    talk = reviewed()
    talk.now += timedelta(days=3)
    press(talk, "replan", "yes")
    assert competition(talk).planned_from == talk.now.date()
    assert "depuis le mercredi 16 décembre 2026" in screen(talk).text


def test_kept_as_is_nothing_moves_and_it_is_not_proposed_again_for_four_weeks() -> None:
    talk = reviewed()
    before = state(talk)
    press(talk, "focus", "keep")
    assert state(talk) == before
    assert "rien n’a changé" in talk.notice
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


def test_three_questions_a_day_are_asked_said_and_kept_until_undone() -> None:
    talk = reviewed()
    press(talk, "questions", "yes")
    talk.wait(hours=3)
    assert len(quiz_of_today(talk).items) == 3
    pushed = next(b for b in reversed(talk.chat.bubbles) if "1/3" in b.text)
    assert "trois questions" in pushed.text
    for _ in range(3):
        talk.answer()
    assert "Quiz terminé : 3/3" in talk.screen.text
    talk.say("/help")
    assert "Chaque jour, trois questions" in talk.screen.text
    press(talk, "questions", "undo")
    talk.wait(days=1)
    assert len(quiz_of_today(talk).items) == 5


def test_a_topic_accepted_fills_extra_practice_for_a_week_and_stands_in_the_plan() -> None:
    talk = reviewed()
    press(talk, "focus", "yes")
    topic = pack().head.topics[0]
    talk.say("/plan")
    assert f"Entraînement de la semaine : {topic.name.fr}" in talk.screen.text
    assert extra_topics(talk) == {topic.id}
    talk.wait(days=8)
    talk.say("/plan")
    assert "Entraînement de la semaine" not in talk.screen.text
    assert extra_topics(talk) != {topic.id}


def extra_topics(talk: Talk) -> set[str]:
    mine = talk.candidate_id
    with talk.database.begin() as store:
        while (old := store.quizzes.open_of(mine)) is not None:
            store.quizzes.close(old.id, "replaced", talk.now)
    talk.press_token("quiz::extra")
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(mine)
    assert quiz is not None
    return {pack().questions[item.item_id].topic for item in quiz.items}


def test_a_new_plan_is_seen_in_the_plan() -> None:
    talk = reviewed()
    talk.say("/plan")
    before = talk.screen.text
    press(talk, "replan", "yes")
    talk.say("/plan")
    assert "Votre plan de 6 semaines commence dans 7 jours" in talk.screen.text
    press(talk, "replan", "undo")
    talk.say("/plan")
    assert talk.screen.text == before


# --- the return from an absence ---


def away(days: int) -> Talk:
    """Five answers on Tuesday the 24th, then nothing for so many days; no Sunday report came."""
    talk = begin()
    for _ in range(5):
        talk.answer()
    talk.now += timedelta(days=days)
    return talk


@pytest.mark.parametrize(("days", "is_offered"), [(6, False), (7, True)])
@pytest.mark.parametrize("command", ["/menu", "/plan"])
def test_t8_after_seven_idle_days_the_next_visit_offers_a_new_plan(
    command: str, days: int, *, is_offered: bool
) -> None:
    talk = away(days)
    talk.say(command)
    assert ("🧭 Ajuster mon plan" in talk.screen.buttons) == is_offered
    assert "review::show" not in talk.notice
    if is_offered:
        before = state(talk)
        talk.press("🧭 Ajuster")
        assert state(talk) == before
        assert "Après 7 jours de pause" in screen(talk).text
        assert "rien à rattraper" in screen(talk).text


def test_who_comes_back_through_the_quiz_is_offered_it_at_its_end() -> None:
    talk = away(9)
    talk.say("/quiz")
    for _ in range(5):
        talk.answer()
    talk.press("🧭 Ajuster")
    press(talk, "replan", "yes")
    assert competition(talk).planned_from == talk.now.date()


def test_a_validated_step_is_no_idleness() -> None:
    talk = away(5)
    talk.press_token("plan:1:set.validated.watch-notice")
    talk.now += timedelta(days=4)
    talk.say("/menu")
    assert "🧭 Ajuster mon plan" not in talk.screen.buttons


def test_t8_it_is_offered_once_an_absence() -> None:
    talk = away(8)
    talk.say("/menu")
    talk.press("🧭 Ajuster")
    press(talk, "replan", "keep")
    talk.say("/menu")
    assert "🧭 Ajuster mon plan" not in talk.screen.buttons
    talk.press_token("review::show")
    assert "Rien à changer" in talk.screen.text


def test_while_away_sunday_asks_once_and_the_return_still_finds_it() -> None:
    talk = away(0)
    talk.wait_until(SUNDAY + timedelta(days=22))
    sent = [b for b in talk.chat.bubbles if TITLES["fr"] in b.text]
    assert len(sent) <= 2
    noticed = [b for b in sent if "jours de pause" in b.text]
    assert len(noticed) == 1
    talk.say("/menu")
    talk.press("🧭 Ajuster")
    assert "Plan recalculé" in screen(talk).text


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
