"""A fact that ends takes its questions with it; one that may have ended puts them in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.check import main
from content.schema import Fact, Pack, Question
from content.validity import DOUBT_AFTER, DOUBT_BEFORE, validity
from tests.talk import Talk, pack

UNTIL = date(2027, 2, 1)


@pytest.fixture
def question() -> Question:
    return next(q for q in pack().questions.values() if not q.streams)


def facts(question: Question, *, estimated: bool) -> dict[str, Fact]:
    ending = pack().facts[question.facts[0]]
    changed = replace(ending, until=UNTIL, until_estimated=estimated)
    return {**pack().facts, ending.id: changed}


def test_a_known_end_ends_its_questions_on_that_day(question: Question) -> None:
    held = facts(question, estimated=False)
    assert validity(held, question, UNTIL - timedelta(days=1)) == "valid"
    assert validity(held, question, UNTIL) == "ended"


def test_an_estimated_end_puts_them_in_doubt_around_it_and_then_ends_them(
    question: Question,
) -> None:
    held = facts(question, estimated=True)
    assert validity(held, question, UNTIL - DOUBT_BEFORE - timedelta(days=1)) == "valid"
    for day in (UNTIL - DOUBT_BEFORE, UNTIL, UNTIL + DOUBT_AFTER - timedelta(days=1)):
        assert validity(held, question, day) == "doubtful"
    assert validity(held, question, UNTIL + DOUBT_AFTER) == "ended"


def test_a_withdrawn_question_has_ended(question: Question) -> None:
    assert validity({}, replace(question, retired=True), UNTIL) == "ended"


def only(question: Question, held: dict[str, Fact]) -> Pack:
    return replace(pack(), facts=held, questions={question.id: question})


def test_the_coach_marks_a_doubtful_question_and_asks_no_ended_one(question: Question) -> None:
    the_pack = only(question, facts(question, estimated=True))
    talk = Talk(the_pack=the_pack)
    talk.join()
    assert "a pu changer" not in talk.screen.text
    talk = Talk(the_pack=the_pack, now=talk.now.replace(year=2027, month=2))
    talk.join()
    assert "a pu changer" in talk.screen.text
    talk = Talk(the_pack=the_pack, now=talk.now.replace(month=6))
    talk.join()
    assert "pas de question disponible" in talk.screen.text


def test_the_check_lists_what_a_day_puts_in_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cnops-2025", "--on", "2027-02-15"]) == 0
    shown = capsys.readouterr().out
    assert "0 items no longer asked on 2027-02-15" in shown
    named = shown.split("marked as doubtful on 2027-02-15:")[1].split()
    assert "ben-015" in named
