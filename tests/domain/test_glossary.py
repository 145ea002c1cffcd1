"""A word of the trade is found as people type it."""

from __future__ import annotations

import pytest

from bot.domain.glossary import defined, find_terms, named_exactly
from tests.talk import pack


def first(text: str) -> str:
    found = find_terms(text, pack().glossary.values())
    return found[0].term.fr if found else ""


@pytest.mark.parametrize(
    "text",
    ["AMO", "amo", "assurance maladie obligatoire", "التأمين الإجباري عن المرض", "أمو"],
)
def test_a_term_is_known_by_its_names_and_acronym_in_every_language(text: str) -> None:
    assert first(text) == "Assurance maladie obligatoire"


def test_every_name_of_every_term_finds_that_term() -> None:
    for term in pack().glossary.values():
        for name in (term.term.fr, term.term.ar, term.term.en):
            found = find_terms(name, pack().glossary.values())
            assert found, name


@pytest.mark.parametrize("text", ["assurance maladi obligatoir", "assurence maladie obligatoire"])
def test_a_misspelt_term_is_found(text: str) -> None:
    assert first(text) == "Assurance maladie obligatoire"


@pytest.mark.parametrize("text", ["", "zzzz", "🙂", "x" * 5000, "quelle heure est-il à Tokyo"])
def test_what_is_no_term_finds_nothing(text: str) -> None:
    assert find_terms(text, pack().glossary.values()) == ()


def test_a_sentence_names_no_term_exactly() -> None:
    assert named_exactly("je voudrais savoir l'AMO", pack().glossary.values()) is None
    assert named_exactly("Amo ?", pack().glossary.values()) is not None


def test_the_glossary_has_180_terms_in_three_languages() -> None:
    assert len(pack().glossary) >= 180


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("c'est quoi une loi organique ?", "Loi organique"),
        ("que signifie CNSS", "CNSS"),
        ("What does ANAM stand for?", "ANAM"),
        ("meaning of tiers payant", "Tiers payant"),
        ("ما معنى CNSS", "CNSS"),
    ],
)
def test_who_asks_what_a_word_means_is_given_that_word(text: str, term: str) -> None:
    found = defined(text, pack().glossary.values())
    assert found is not None
    assert term in (found.term.fr, found.short)
    assert defined("quand est le concours", pack().glossary.values()) is None
