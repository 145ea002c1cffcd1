"""/faq: the list, the answers, and questions typed freely."""

from __future__ import annotations

import pytest

from content.schema import LANGUAGES
from tests.talk import Talk, pack


def test_every_question_is_reachable_page_by_page(joined: Talk) -> None:
    joined.say("/faq")
    bubble, seen = joined.screen, ""
    for _ in range(5):
        seen += bubble.text
        if "Suivant →" not in bubble.buttons:
            break
        joined.press("Suivant", bubble=bubble)
    assert all(entry.question.fr in seen for entry in pack().faq.values())


def test_an_answer_shows_its_source_and_date_and_leads_back_to_its_page(joined: Talk) -> None:
    entry = list(pack().faq.values())[7]
    joined.say("/faq")
    bubble = joined.screen
    joined.press("Suivant", bubble=bubble)
    page = bubble.text
    joined.press("8", bubble=bubble)
    assert joined.screen is bubble
    assert entry.answer.fr[:60] in bubble.text
    assert entry.source.fr in bubble.text
    assert "vérifié" in bubble.text
    joined.press("←", bubble=bubble)
    assert bubble.text == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_t27_a_question_typed_freely_gets_its_answer(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    asked = {
        "fr": "c'est quand la date limite de dépôt ?",
        "ar": "امتى اخر اجل لايداع الملف",
        "en": "what is the filing deadline?",
    }
    talk.say(asked[language])
    assert pack().faq["dates"].question.in_language(language) in talk.screen.text


def test_an_answer_comes_in_the_candidates_language_whatever_they_typed(joined: Talk) -> None:
    joined.say("شحال ثمن التسجيل")
    assert pack().faq["fees-scam"].question.fr in joined.screen.text


def test_a_typed_question_is_answered_at_the_bottom_of_the_chat(joined: Talk) -> None:
    joined.say("/faq")
    joined.say("/menu")
    joined.say("combien ça coûte l'inscription")
    assert "📚" in joined.screen.text


def test_near_a_question_the_coach_asks_before_it_answers(joined: Talk) -> None:
    joined.say("un bon livre pour la culture administrative ?")
    assert "Pensiez-vous à ceci" in joined.screen.text
    bubble = joined.screen
    joined.press("Oui", bubble=bubble)
    assert "📚" in bubble.text


@pytest.mark.parametrize(
    "token", ["faq:999:page", "faq:x:page", "faq:nobody:show", "faq:²:page", "faq:::", "faq"]
)
def test_a_forged_press_shows_the_list(joined: Talk, token: str) -> None:
    joined.press_token(token)
    assert "Questions sur le concours" in joined.screen.text


def test_every_answer_fits_one_message_in_every_language() -> None:
    for language in LANGUAGES:
        talk = Talk(language=language)
        talk.join()
        for entry in pack().faq:
            talk.press_token(f"faq:{entry}:show")
            assert len(talk.screen.payload["text"]) <= 1500
