"""/short: asked, answered in one's own words, marked idea by idea, contested by who answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.schema import ShortAnswer
from tests.talk import Talk, pack


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.join()
    talk.say("/short")
    return talk


def item_on_screen(talk: Talk) -> ShortAnswer:
    return next(e for e in pack().short_answers.values() if e.question.fr in talk.screen.text)


def test_a_good_answer_is_found_idea_by_idea_and_compared(asked: Talk) -> None:
    item = item_on_screen(asked)
    asked.say(item.answer.fr)
    assert "Tout y est" in asked.screen.text
    assert item.answer.fr in asked.screen.text
    assert "📚" in asked.screen.text
    asked.press("Question suivante")
    assert item_on_screen(asked) != item


def test_m38_what_is_not_found_is_for_the_candidate_to_judge(asked: Talk) -> None:
    asked.say("je crois que c'est une histoire de papiers")
    verdict = asked.screen
    assert "Trouvé : 0 sur" in verdict.text
    assert "vous êtes juge" in verdict.text.casefold()
    asked.press("Je l’avais dit", bubble=verdict)
    assert asked.notice == "Noté comme juste"
    token = verdict.buttons
    assert "Je l’avais dit" not in token


def test_who_does_not_know_sees_the_answer_and_it_comes_back(asked: Talk) -> None:
    item = item_on_screen(asked)
    asked.press("Je ne sais pas")
    assert item.answer.fr in asked.screen.text
    with asked.database.begin() as store:
        assert store.short_answers.last_right(asked.candidate_id) == {item.id: False}


def test_a_push_leaves_the_question_waiting_and_an_answer_counts_once(asked: Talk) -> None:
    question, item = asked.screen, item_on_screen(asked)
    asked.wait(days=1, hours=11)  # the daily quiz comes in between
    assert asked.screen is not question
    asked.say(item.answer.fr)
    assert "Tout y est" in asked.screen.text
    asked.press("Je ne sais pas", bubble=question)
    with asked.database.begin() as store:
        assert store.short_answers.last_right(asked.candidate_id) == {item.id: True}


@pytest.mark.parametrize("away", ["/progress", "/menu", "/dates", "/settings", "/quiz"])
def test_who_goes_elsewhere_types_to_the_coach_and_finds_the_question_again(
    asked: Talk, away: str
) -> None:
    item = item_on_screen(asked)
    asked.say(away)
    asked.say("combien ça coûte l'inscription")
    assert "Trouvé" not in asked.screen.text
    asked.say("/short")
    assert item_on_screen(asked) == item


@pytest.mark.parametrize(
    "text", ["Je ne sais pas", "aucune idée", "idk", "لا أعرف", "i don't know"]
)
def test_typed_ignorance_is_taken_at_its_word(asked: Talk, text: str) -> None:
    item = item_on_screen(asked)
    asked.say(text)
    assert item.answer.fr in asked.screen.text
    assert "Je l’avais dit" not in asked.screen.buttons


@pytest.mark.parametrize("text", [".", "؟", "🙂"])
def test_a_slip_is_no_answer(asked: Talk, text: str) -> None:
    asked.say(text)
    assert "rien à lire" in asked.screen.text
    with asked.database.begin() as store:
        assert store.short_answers.last_right(asked.candidate_id) == {}


def test_a_wrong_number_cannot_be_claimed(talk: Talk) -> None:
    only = next(s for s in pack().short_answers.values() if s.number and not s.ideas)
    talk = Talk(the_pack=replace(pack(), short_answers={only.id: replace(only, streams=())}))
    talk.join()
    talk.say("/short")
    talk.say("731")
    assert "Le nombre attendu" in talk.screen.text
    assert "Je l’avais dit" not in talk.screen.buttons


def test_the_next_question_leaves_the_verdict_to_be_read(asked: Talk) -> None:
    asked.say("je crois que c'est une histoire de papiers")
    verdict = asked.screen
    asked.press("Question suivante", bubble=verdict)
    assert asked.screen is not verdict
    assert "Trouvé" in verdict.text


def test_after_the_answer_a_text_is_a_question_to_the_coach_again(asked: Talk) -> None:
    asked.press("Arrêter")
    asked.say("combien ça coûte l'inscription")
    assert "📚" in asked.screen.text


@pytest.mark.parametrize("token", ["short:999:skip", "short:x:claim", "short:1:nothing", "short"])
def test_a_forged_press_harms_nothing(asked: Talk, token: str) -> None:
    asked.press_token(token)
    assert asked.screen.buttons
    with asked.database.begin() as store:
        assert store.faults.count() == 0


def test_nobody_answers_for_another(asked: Talk) -> None:
    token = next(t for t in asked.screen.buttons.values() if t.endswith(":skip"))
    owner = asked.candidate_id
    asked.move_to("telegram", "2002")
    asked.join()
    asked.press_token(token)
    with asked.database.begin() as store:
        assert store.short_answers.last_right(owner) == {}
