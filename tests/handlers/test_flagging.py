"""Reporting a question: two taps, the operator's look, the answer that returns (T43)."""

from __future__ import annotations

import pytest

from bot.domain.item_report import HIDING
from content.schema import Question
from tests.talk import Talk, pack

OPERATOR = "9000"


@pytest.fixture
def talk() -> Talk:
    talk = Talk(operators=frozenset({f"telegram:{OPERATOR}"}))
    talk.move_to("telegram", OPERATOR)
    talk.join()
    return talk


def miss_first_question(talk: Talk, person: str) -> Question:
    """Join, answer the first question, and stay on its verdict."""
    talk.move_to("telegram", person)
    talk.join()
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(talk.candidate_id)
    assert quiz is not None
    question = pack().questions[quiz.items[0].item_id]
    for option in sorted(question.key):
        talk.press_token(f"quiz:{quiz.id}:a0{option}", ref=talk.screen.ref)
    if len(question.key) > 1:
        talk.press_token(f"quiz:{quiz.id}:v0", ref=talk.screen.ref)
    return question


def report(talk: Talk, question: Question, reason: str = "wrong") -> None:
    talk.press_token(f"flag:{question.id}:{reason}")


def look(talk: Talk) -> str:
    talk.move_to("telegram", OPERATOR)
    return talk.screen.text


def test_two_taps_report_a_question_and_the_operator_sees_all_of_it(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    talk.press("⚑ Signaler")
    talk.press("Réponse fausse")
    assert "Merci" in talk.screen.text
    seen = look(talk)
    assert question.id in seen
    assert question.stem.fr in seen
    for fact in question.facts:
        assert pack().facts[fact].statement in seen
    right = next(o for o in question.options if o.id in question.key)
    assert f"✅ {right.id.upper()}. {right.text.fr} (1)" in seen


def test_a_second_report_of_one_person_counts_once(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    report(talk, question)
    bubbles = len(talk.chats[talk.who].bubbles)
    report(talk, question, "unclear")
    assert "déjà signalée" in talk.screen.text
    assert len(talk.chats[talk.who].bubbles) == bubbles
    with talk.database.begin() as store:
        assert len(store.reports.of_item(question)) == 1


def test_only_who_answered_a_question_can_report_it(talk: Talk) -> None:
    met = miss_first_question(talk, "1")
    other = next(q for q in pack().questions.values() if q.id != met.id)
    report(talk, other)
    with talk.database.begin() as store:
        assert store.reports.of_item(other) == []


def reported_often(talk: Talk) -> Question:
    """A question that HIDING people reported; all answered it in earlier quizzes."""
    question = miss_first_question(talk, "1")
    report(talk, question)
    for number in range(2, HIDING + 1):
        talk.move_to("telegram", str(number))
        talk.join()
        with talk.database.begin() as store:
            store.reports.add(talk.candidate_id, question, "wrong", talk.now)
    return question


def test_three_open_reports_hide_a_question_until_it_is_decided(talk: Talk) -> None:
    question = reported_often(talk)
    with talk.database.begin() as store:
        assert (question.id, question.revision) in store.reports.hidden()
    look(talk)
    talk.press_token(f"decide:{question.id}:kept")
    talk.press("Envoyer sans mot")
    assert f"{HIDING} candidats prévenus" in talk.screen.text
    with talk.database.begin() as store:
        assert store.reports.hidden() == frozenset()


def test_a_hidden_question_is_swapped_out_of_an_open_quiz(talk: Talk) -> None:
    talk.move_to("telegram", "1")
    talk.join()
    with talk.database.begin() as store:
        quiz = store.quizzes.open_of(talk.candidate_id)
    assert quiz is not None
    question = pack().questions[quiz.items[0].item_id]
    for number in range(11, 11 + HIDING):
        talk.move_to("telegram", str(number))
        talk.join()
        with talk.database.begin() as store:
            store.reports.add(talk.candidate_id, question, "wrong", talk.now)
    talk.move_to("telegram", "1")
    talk.say("/quiz")
    assert "a été retirée" in talk.screen.text
    assert question.stem.fr not in talk.screen.text


def test_the_operator_s_answer_returns_to_the_reporter_in_words(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    report(talk, question)
    look(talk)
    talk.press("Retirer")
    talk.say("L’article a changé <hier>.")
    talk.wait(hours=1)
    talk.move_to("telegram", "1")
    answer = talk.shows("Vous aviez signalé")
    assert question.stem.fr in answer.text
    assert "n’est plus posée" in answer.text
    assert "L’article a changé <hier>." in answer.text
    with talk.database.begin() as store:
        assert (question.id, question.revision) in store.reports.hidden()


def test_the_answer_waits_for_the_end_of_quiet_hours(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    report(talk, question)
    talk.wait_until(talk.now.replace(hour=23))
    look(talk)
    talk.press_token(f"decide:{question.id}:kept")
    talk.press("Envoyer sans mot")
    talk.wait(hours=1)
    talk.move_to("telegram", "1")
    assert "Vous aviez signalé" not in talk.screen.text
    talk.wait(hours=10)
    assert talk.shows("Vous aviez signalé")


def test_reports_are_for_operators(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    report(talk, question)
    talk.say("/reports")
    assert question.id not in talk.screen.text
    talk.press_token(f"decide:{question.id}:withdrawn")
    with talk.database.begin() as store:
        assert store.reports.of_item(question)[0].decision is None
    talk.move_to("telegram", OPERATOR)
    talk.say("/reports")
    assert f"{question.id} : 1" in talk.screen.text
    talk.say(f"/reports {question.id}")
    assert question.stem.fr in talk.screen.text


def test_a_decision_outlives_a_step_elsewhere(talk: Talk) -> None:
    question = miss_first_question(talk, "1")
    report(talk, question)
    look(talk)
    talk.press("Retirer")
    asked = talk.screen
    talk.say("/menu")
    talk.press("Envoyer sans mot", bubble=asked)
    with talk.database.begin() as store:
        assert store.reports.of_item(question)[0].decision == "withdrawn"
