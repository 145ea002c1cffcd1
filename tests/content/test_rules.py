"""What the content check catches, one fault a test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content import rules, text_rules
from content.check import main
from content.schema import LANGUAGES, Localized, Pack, Question
from tests.talk import pack


def faults(changed: Question) -> list[str]:
    """The faults of the real pack with this question in place of its own."""
    whole = pack()
    odd: Pack = replace(whole, questions={**whole.questions, changed.id: changed})
    return [fault.what for fault in rules.faults_of(odd) if fault.item == changed.id]


@pytest.fixture
def question() -> Question:
    return next(iter(pack().questions.values()))


def test_the_packs_and_texts_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().out


def test_f15_an_empty_or_placeholder_explanation_is_a_fault(question: Question) -> None:
    first, *rest = question.options
    empty = replace(first, why=replace(first.why, ar=" "))
    later = replace(first, why=replace(first.why, fr="TODO expliquer"))
    assert any("is empty" in f for f in faults(replace(question, options=(empty, *rest))))
    assert any("placeholder" in f for f in faults(replace(question, options=(later, *rest))))


def test_a_question_without_a_known_fact_is_a_fault(question: Question) -> None:
    assert "rests on no fact" in faults(replace(question, facts=()))
    assert any("SP-999" in f for f in faults(replace(question, facts=("SP-999",))))


def test_f11_a_text_beyond_its_limit_is_a_fault(question: Question) -> None:
    long = replace(question, stem=replace(question.stem, ar="س" * 281))
    assert any("281" in f for f in faults(long))


def test_an_option_that_repeats_another_is_a_fault(question: Question) -> None:
    first, second, *rest = question.options
    twin = replace(second, text=first.text)
    assert any(
        "say the same" in f for f in faults(replace(question, options=(first, twin, *rest)))
    )


def test_a_language_in_another_s_place_is_a_fault(question: Question) -> None:
    swapped = Localized(fr=question.stem.ar, ar=question.stem.fr, en=question.stem.en)
    found = faults(replace(question, stem=swapped))
    assert any("holds no Arabic" in f for f in found)
    assert any("holds Arabic letters" in f for f in found)


def test_a_key_that_is_no_option_or_has_all_is_a_fault(question: Question) -> None:
    for key in (frozenset[str](), frozenset("abcd"), frozenset("x")):
        assert any("key" in f for f in faults(replace(question, key=key)))


def test_texts_must_have_the_same_keys_and_placeholders_everywhere() -> None:
    tables: dict[str, dict[str, text_rules.Template]] = {
        "fr": {"a.x": "Bonjour {name}", "a.y": "oui"},
        "ar": {"a.x": "مرحبا", "a.y": "نعم"},
        "en": {"a.x": "Hello {name}"},
    }
    found = {fault.item: fault.what for fault in text_rules.faults_of(tables)}
    assert "placeholders differ" in found["a.x"]
    assert "missing in en" in found["a.y"]


@pytest.mark.parametrize("form", ["<b>x", "<u>x</u>", "x</i>", "a & b", "<b><i>x</b></i>"])
def test_markup_that_a_channel_would_refuse_is_a_fault(form: str) -> None:
    tables = {language: {"a.x": form} for language in LANGUAGES}
    assert any("markup" in fault.what for fault in text_rules.faults_of(tables))


def test_a_plural_lacks_no_form_of_its_language() -> None:
    table = {"a.x": {"one": "{count} jour", "other": "{count} jours"}}
    found = list(text_rules.faults_of(dict.fromkeys(LANGUAGES, table)))
    assert {fault.what.split()[0] for fault in found} == {"(fr)", "(ar)"}
