"""Small talk, dates and hours are told from questions."""

from __future__ import annotations

import pytest

from bot.domain.small_talk import small_talk
from tests.talk import START


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("salut", "greeting"),
        ("Bonjour !", "greeting"),
        ("السلام عليكم", "greeting"),
        ("hi", "greeting"),
        ("merci", "thanks"),
        ("شكرا بزاف", "thanks"),
        ("Thank you so much", "thanks"),
        ("qui es-tu ?", "identity"),
        ("what is your name", "identity"),
        ("b", "letter"),
        ("La réponse est C", "letter"),
        ("(d)", "letter"),
        ("12/01/2027", "date"),
        ("le 14 février 2027", "date"),
        ("20:30", "hour"),
        ("8h", "hour"),
    ],
)
def test_each_kind_is_recognised(text: str, kind: str) -> None:
    assert small_talk(text, START.date()) == kind


@pytest.mark.parametrize(
    "text",
    [
        "c quand le concours",
        "merci de me dire la date limite",
        "12345678",
        "3",
        "demain",
        "",
        "🙂",
        "bonjour, quels documents faut-il pour le dossier ?",
        "99/99/9999",
    ],
)
def test_a_question_or_a_bare_number_is_no_small_talk(text: str) -> None:
    assert small_talk(text, START.date()) is None
