"""/menu, /help, and everything nobody else answers to: never silence, always a next step."""

from __future__ import annotations

import itertools

import pytest

from bot.messages import Address, CommandGiven, Unsupported
from bot.routes import load_routes
from content.schema import LANGUAGES
from tests.talk import START, Talk, texts


def test_the_command_menu_names_real_commands_in_every_language() -> None:
    commands = load_routes().commands
    for language in LANGUAGES:
        menu = texts().commands(language)
        assert 0 < len(menu) <= 12
        assert [name for name, _ in menu if name not in commands] == []
        assert all(3 <= len(text) <= 60 for _, text in menu)


def test_every_button_of_the_menu_leads_somewhere(joined: Talk) -> None:
    known = load_routes().buttons
    joined.say("/menu")
    tokens = list(joined.screen.buttons.values())
    assert [token for token in tokens if token.partition(":")[0] not in known] == []
    for token in tokens:
        joined.press_token(token)
        assert "écran précédent" not in joined.notice, token


def test_the_menu_proposes_what_is_really_next(joined: Talk) -> None:
    joined.say("/menu")
    assert "vos questions du jour" in joined.screen.text
    for _ in range(5):
        joined.answer()
    joined.say("/menu")
    assert "date de l’écrit" in joined.screen.text
    assert next(iter(joined.screen.buttons.values())) == "dates::show"


def test_help_explains_the_commands_and_ends_with_one_step(joined: Talk) -> None:
    joined.say("/help")
    for command in ("/quiz", "/plan", "/journal", "/privacy"):
        assert command in joined.screen.text
    assert joined.screen.text.splitlines()[-1].startswith("👉")


def test_an_unknown_command_gets_the_menu(joined: Talk) -> None:
    joined.say("/frobnicate now")
    assert "ne connais pas" in joined.screen.text
    assert "quiz::open" in joined.screen.buttons.values()


@pytest.mark.parametrize("token", ["", ":", "::", "nobody:1:2", "é:é:é", "x" * 60])
def test_f3_a_stale_or_made_up_button_gets_a_notice_and_the_menu(joined: Talk, token: str) -> None:
    joined.press_token(token)
    assert "écran précédent" in joined.notice
    assert "Menu" in joined.screen.text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("salut", "Bonjour"),
        ("merci", "Avec plaisir"),
        ("شكرا", "Avec plaisir"),
        ("qui es-tu ?", "programme"),
        ("12/01/2027", "noter une date"),
        ("20h30", "changer une heure"),
        ("raconte moi une blague", "Je ne sais pas répondre"),
        ("<b>x</b> &amp; \u202e\u0000 🙂", "Je ne sais pas répondre"),
        ("ب" * 4096, "Je ne sais pas répondre"),
    ],
)
def test_free_text_is_never_met_with_silence(joined: Talk, text: str, part: str) -> None:
    joined.say(text)
    assert part in joined.screen.text
    assert joined.screen.buttons


def test_a_letter_typed_for_an_answer_brings_the_question_back(joined: Talk) -> None:
    joined.say("B")
    joined.shows("touchez la lettre")
    assert "Quiz du jour" in joined.screen.text


def test_p17_a_photographed_paper_is_not_solved(joined: Talk) -> None:
    joined.send_file("photo.jpg", "image/jpeg")
    assert "je ne résous pas" in joined.screen.text


def test_a_document_is_not_kept_and_the_person_is_told(joined: Talk) -> None:
    joined.send_file()
    assert "pas été enregistré" in joined.screen.text


def test_a_voice_note_out_of_context_leads_to_the_exercises(joined: Talk) -> None:
    joined.speak(30)
    assert set(joined.screen.buttons.values()) == {"oral::prep", "oral::star", "oral::pitch"}
    joined.press("⏱")
    assert "écran précédent" not in joined.notice


def test_a_sticker_is_answered(joined: Talk) -> None:
    joined.hand_in(
        Unsupported(id="s1", address=joined.who, sender=joined.who.chat, at=START, what="sticker")
    )
    assert "pas ce type de message" in joined.screen.text


def test_a_file_in_the_middle_of_an_answer_leaves_the_answer_alone(joined: Talk) -> None:
    joined.say("/prep")
    joined.say("Je propose de contrôler les doublons.")
    joined.send_file()
    assert "n’a pas bougé" in joined.shows("pas été enregistré").text
    joined.say("Parce que 3 % des dossiers sont doubles.")
    assert "Je ne sais pas" not in joined.screen.text


def test_a_group_gets_one_sentence_and_no_data(joined: Talk) -> None:
    group = Address(channel="telegram", chat="-100")
    for number, name in zip(itertools.count(), ("quiz", "progress", "group"), strict=False):
        joined.hand_in(
            CommandGiven(
                id=f"g{number}",
                address=group,
                sender=joined.who.chat,
                at=START,
                in_group=True,
                name=name,
                language_hint="fr",
            )
        )
    joined.who = group
    shown = [bubble.text for bubble in joined.chat.bubbles]
    assert shown == ["Je coache en privé : écrivez-moi directement et commençons par /start."] * 3


def test_before_the_welcome_is_over_the_menu_goes_on_with_it(talk: Talk) -> None:
    talk.say("/start")
    talk.press_token("start::yes.fr", ref=talk.screen.ref)
    for said in ("/menu", "bonjour", "/frobnicate"):
        talk.say(said)
        assert "filière" in talk.screen.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_screens_exist_in_every_language(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    for said in ("/menu", "/help", "/nope", "xyzzy", "hi", "20:30", "12/01/2027", "merci", "b"):
        talk.say(said)
        assert talk.screen.buttons
    talk.send_file()
    talk.send_file("a.png", "image/png")
    talk.speak(10)
    talk.press_token("nobody:1:2")
    assert talk.last.route != "fault"


def test_a_question_asked_after_faq_or_help_is_one_even_with_a_draft_open(joined: Talk) -> None:
    talk = joined
    for command in ("/help", "/faq"):
        talk.say("/prep")
        talk.say(command)
        talk.say("c'est quoi la CNOPS ?")
        assert "CNOPS" in talk.screen.text
        assert "PREP" not in talk.screen.text
