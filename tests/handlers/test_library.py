"""Everything that is studied can be reached by chat, in each language, within one message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from content.schema import LANGUAGES
from tests.talk import MOST_PLAIN, Talk, pack

SHELVES = ("sheets", "cases", "notes", "guides", "glossary")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_everything_is_reached_and_fits_one_message(language: str) -> None:
    talk = Talk(language=language)
    talk.join()
    for command in SHELVES:
        talk.say(f"/{command}")
        assert any(token.endswith(":show") for token in talk.screen.buttons.values())
    things = {
        "sheet": (pack().sheets, 2),
        "case": (pack().cases, 4),
        "note": (pack().dossiers, 7),
        "guide": ({**pack().guides, **pack().checklists, "documents": None}, 3),
        "term": (dict(list(pack().glossary.items())[:40]), 1),
    }
    for route, (held, most) in things.items():
        for each in held:
            for page in range(most):
                talk.press_token(f"{route}:{each}:p{page}")
                text = talk.screen.payload["text"]
                assert 20 < len(text) <= MOST_PLAIN, (route, each, page, len(text))


def test_the_menu_leads_to_the_library_and_the_library_everywhere(joined: Talk) -> None:
    joined.say("/menu")
    joined.press("📚")
    library = joined.screen
    tokens = list(library.buttons.values())
    assert {"sheet::list", "short::open", "case::list", "term::list"} <= set(tokens)
    for token in tokens:
        joined.press_token(token, ref=library.ref)
        assert "écran précédent" not in joined.notice, token


def test_m76_a_sheet_turns_over_and_ends_with_its_own_five_questions(joined: Talk) -> None:
    sheet = next(iter(pack().sheets.values()))
    joined.say("/sheets")
    joined.press("1", bubble=joined.screen)
    bubble = joined.screen
    assert "recto" in bubble.text
    joined.press("Suivant", bubble=bubble)
    assert "verso" in bubble.text
    joined.press("▶ Ses 5 questions", bubble=bubble)
    for item in sheet.quiz:
        assert pack().questions[item].stem.fr in joined.screen.text
        joined.answer()
    assert "5/5" in joined.screen.text


def test_a_sheet_s_quiz_opens_beside_the_day_s_and_is_resumed(joined: Talk) -> None:
    sheet = next(iter(pack().sheets.values()))
    joined.press_token(f"quiz:{sheet.id}:sheet")
    joined.answer()
    joined.press_token(f"quiz:{sheet.id}:sheet")
    assert "2/5" in joined.screen.text
    joined.say("/quiz")
    assert "Quiz du jour" in joined.screen.text


def test_a_sheet_nobody_has_asks_nothing(joined: Talk) -> None:
    joined.press_token("quiz:nobody:sheet")
    assert "pas de question disponible" in joined.screen.text


@pytest.mark.parametrize(
    "text", ["/glossary tiers payant", "/glossary الثالث المؤدي", "/glossary Tiers-Payant"]
)
def test_glossary_gives_a_term_by_name(joined: Talk, text: str) -> None:
    joined.say(text)
    assert "Tiers payant" in joined.screen.text
    assert "🇲🇦" in joined.screen.text


def test_glossary_offers_near_words_and_says_when_it_has_none(joined: Talk) -> None:
    joined.say("/glossary controle")
    assert "Pensiez-vous" in joined.screen.text or "🔤" in joined.screen.text
    joined.say("/glossary <b>zzzz</b>")
    assert "Je n’ai pas" in joined.screen.text
    assert "<b>zzzz" in joined.screen.text  # shown as typed, not as markup


def test_a_word_of_the_trade_typed_alone_is_explained(joined: Talk) -> None:
    joined.say("tiers payant")
    assert "🔤 Tiers payant" in joined.screen.text


def test_a_case_s_figures_come_with_their_working(joined: Talk) -> None:
    joined.press_token("case:case-flow-12000:p1")
    assert "= 1200 ÷ 12000 × 100" in joined.screen.text
    assert "9,6" in joined.screen.text
    assert "9.6" not in joined.screen.text


@pytest.mark.parametrize(
    ("exam", "guide"),
    [("20/01/2027", "guide-file-portal"), ("26/11/2026", "guide-eve")],
)
def test_a_guide_shows_in_the_plan_when_its_time_has_come(
    joined: Talk, exam: str, guide: str
) -> None:
    joined.press_token("dates::show")
    enrolment = next(t for t in joined.screen.buttons.values() if t.startswith("dates:"))
    number = enrolment.split(":")[1]
    joined.press_token(f"dates:{number}:enter.written", ref=joined.screen.ref)
    joined.say(exam)
    joined.say("/plan")
    assert f"guide:{guide}:new" in joined.screen.buttons.values()
    joined.press("🧭")
    assert pack().guides[guide].title.fr in joined.screen.text
    joined.say("/guides")
    assert pack().guides[guide].title.fr in joined.screen.text.splitlines()[2]


@pytest.mark.parametrize(
    "token", ["sheet:x:p9", "sheet:²:page", "case::", "term:x:show", "guide:documents:p99", "note"]
)
def test_a_forged_press_shows_something_to_go_on_with(joined: Talk, token: str) -> None:
    joined.press_token(token)
    assert joined.screen.buttons
    with joined.database.begin() as store:
        assert store.faults.count() == 0


def test_a_pack_without_a_library_says_so_kindly() -> None:
    from dataclasses import replace

    bare = replace(pack(), sheets={}, short_answers={}, glossary={})
    talk = Talk(the_pack=bare, now=datetime(2026, 11, 24, 10, tzinfo=UTC))
    talk.join()
    for command in ("/sheets", "/short", "/glossary amo"):
        talk.say(command)
        assert talk.screen.buttons
