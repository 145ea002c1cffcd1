"""/progress in one short message; the exam card."""

from __future__ import annotations

import re
from typing import cast

import pytest

from bot.domain.mock_marks import Result
from bot.messages import line
from bot.render import Renderer
from content.loader import load_texts
from content.schema import LANGUAGES, Language
from tests.talk import START, Talk, pack, texts

LONGEST = 900


def start(language: str = "fr", *, right: bool = True) -> Talk:
    """A candidate who did today's quiz."""
    talk = Talk(language=language)
    talk.join()
    for _ in range(5):
        talk.answer(right=right)
    return talk


def practise(talk: Talk, quizzes: int) -> None:
    for _ in range(quizzes):
        talk.press_token("quiz::extra")
        for number in range(5):
            talk.answer(right=number > 1)


def test_it_shows_four_gates_five_areas_and_three_steps(talk: Talk) -> None:
    talk.join()
    talk.say("/progress")
    lines = talk.screen.text.splitlines()
    assert sum(each.startswith("○") for each in lines) == 4
    assert sum(each.startswith(("▱", "▰")) for each in lines) == 5
    assert [each[:2] for each in lines if re.match(r"\d\.", each)] == ["1.", "2.", "3."]


def test_an_area_with_too_few_answers_is_unknown_and_never_zero(talk: Talk) -> None:
    talk.join()
    talk.say("/progress")
    assert "?" in talk.screen.text
    assert "0 %" not in talk.screen.text.replace("60 %", "")


def sheet_quizzes(talk: Talk, quizzes: int) -> None:
    for sheet in list(pack().sheets)[:quizzes]:
        talk.press_token(f"quiz:{sheet}:sheet")
        for number in range(5):
            talk.answer(right=number > 1)


def test_t6_neither_the_daily_five_nor_extra_practice_feeds_the_first_gate() -> None:
    talk = start()
    practise(talk, 3)
    talk.say("/progress")
    assert "faites une série ou le quiz d’une fiche" in talk.screen.text


def test_t6_the_first_gate_opens_at_sixty_percent_of_forty_sheet_answers() -> None:
    talk = start()
    sheet_quizzes(talk, 7)
    talk.say("/progress")
    assert "○ QCM à 60 % : 60 % sur 35 des 40" in talk.screen.text
    sheet_quizzes(talk, 8)
    talk.say("/progress")
    assert "✅ QCM à 60 %" in talk.screen.text


def test_t37_the_streak_counts_planned_days_kept() -> None:
    talk = start()
    talk.say("/progress")
    assert "1 jour prévu tenu" in talk.screen.text
    talk.wait(days=1, hours=11)
    for _ in range(5):
        talk.answer()
    talk.say("/progress")
    assert "2 jours prévus tenus" in talk.screen.text


def test_t37_a_broken_row_is_met_with_what_stays_and_no_count() -> None:
    talk = start()
    talk.wait(days=6)
    talk.say("/progress")
    assert "Ce que vous avez appris reste. Vos jours d’affilée repartent" in talk.screen.text
    assert "prévu" not in talk.screen.text


def test_a_row_of_days_and_a_timed_set_go_by_different_names() -> None:
    """Both stand on /progress."""
    names = {"fr": "série", "ar": "سلسل|سلاسل", "en": r"\bsets?\b"}
    for language, name in names.items():
        said = {key: str(text) for key, text in load_texts()[language].items()}
        assert re.search(name, said["progress.sets"], re.IGNORECASE)
        about_days = [said[key] for key in said if "streak" in key]
        assert len(about_days) == 6
        assert not any(re.search(name, each, re.IGNORECASE) for each in about_days)


def test_it_ends_with_the_one_step_that_is_next(talk: Talk) -> None:
    talk.join()
    talk.say("/progress")
    assert next(iter(talk.screen.buttons.values())) == "quiz::open"
    for _ in range(5):
        talk.answer(right=False)
    talk.say("/progress")
    assert next(iter(talk.screen.buttons.values())) == "journal::show"


def test_m29_the_exam_card_shows_durations_and_coefficients_and_leads_back(talk: Talk) -> None:
    talk.join()
    talk.say("/progress")
    bubble = talk.screen
    talk.press("🎓", bubble=bubble)
    for test in pack().head.tests:
        assert test.name.fr in bubble.text
    assert "coefficient 4 sur 12" in bubble.text
    assert "20 à 30 min" in bubble.text
    assert "avis" in bubble.text
    talk.press("←", bubble=bubble)
    assert "Où vous en êtes" in bubble.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_t30_the_message_never_exceeds_900_characters(language: str) -> None:
    """The longest titles of the plan, full bars, long counts, a forgiven day, two mock orals."""
    talk = start(language)
    practise(talk, 8)
    me = talk.candidate_id
    with talk.database.begin() as store:
        enrolment = store.enrolments.ensure_default(me, "x", START)
        ids = sorted(
            pack().milestones.steps, key=lambda step: len(step.title.in_language(language))
        )
        for step in ids[:-3]:
            store.enrolments.set_status(enrolment, step.id, "validated", START)
        longest_step = max(
            (f"menu.step_{step}" for step in ("deadline", "quiz", "journal", "dates", "oral")),
            key=lambda key: len(texts().template(key, cast(Language, language), None)),
        )
        for score in (2, 3):
            mock = store.mocks.start(me, (), START, START)
            results = [Result(how="ticked", score=each) for each in (score, 2, 2, 2)]
            store.mocks.close(mock, "finished", results, START)
    talk.say("/progress")
    shown = talk.screen.payload["text"]
    last = shown.splitlines()[-1]
    renderer = Renderer(texts())
    worst = shown.removesuffix(last) + renderer.text(line(longest_step), cast(Language, language))
    spare = len(renderer.text(line("progress.forgiven"), cast(Language, language)))
    assert len(worst) + spare <= LONGEST


def test_any_forged_value_shows_the_message(talk: Talk) -> None:
    talk.join()
    for token in ("progress:x:y", "progress::", "progress:::::"):
        talk.press_token(token)
        assert "Où vous en êtes" in talk.screen.text


def test_the_next_steps_come_from_the_plan(talk: Talk) -> None:
    talk.join()
    talk.say("/progress")
    assert pack().milestones.steps[0].title.fr in talk.screen.text


def test_without_a_plan_the_steps_are_those_everyone_begins_with(talk: Talk) -> None:
    talk.join()
    me = talk.candidate_id
    with talk.database.begin() as store:
        for enrolment in store.enrolments.of_candidate(me):
            store.enrolments.remove(enrolment)
    talk.say("/progress")
    assert "1. Le quiz du jour" in talk.screen.text


@pytest.mark.parametrize(("hours", "kept"), [(6.5, True), (13, False)])
def test_t37_a_quiz_of_yesterday_finished_late_keeps_no_day_but_the_night_belongs_to_it(
    hours: float, *, kept: bool
) -> None:
    """The quiz begun at 20:00 is done at half past two, or at nine in the morning."""
    talk = Talk(now=START.replace(hour=20))
    talk.join()
    talk.wait(hours=hours)
    for _ in range(5):
        talk.answer(right=True)
    talk.say("/progress")
    assert ("🔥" in talk.screen.text) is kept
