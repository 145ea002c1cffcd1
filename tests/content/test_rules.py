"""What the content check catches, one fault a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from content import rules, text_rules
from content.check import main
from content.rules.common import figures
from content.rules.released import release, released_faults
from content.schema import LANGUAGES, Localized, Pack, Paraphrases, Question
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


def whole_faults(**changes: object) -> list[str]:
    """All faults of the real pack with some of its parts changed."""
    return [fault.what for fault in rules.faults_of(replace(pack(), **changes))]  # type: ignore[arg-type]


def changed_option(question: Question, number: int, **texts: str) -> Question:
    """The question with other words in an option."""
    options = list(question.options)
    options[number] = replace(
        options[number], text=Localized(**{lang: texts.get(lang, "x") for lang in LANGUAGES})
    )
    return replace(question, options=tuple(options))


def test_figures_that_differ_between_languages_are_a_fault(question: Question) -> None:
    odd = replace(question.rationale, en=f"{question.rationale.en} 731")
    assert any("figures differ" in f for f in faults(replace(question, rationale=odd)))
    small = replace(question.rationale, en=f"{question.rationale.en} 3")  # "three" elsewhere
    assert not any("figures differ" in f for f in faults(replace(question, rationale=small)))


def test_thousands_and_law_numbers_read_alike_in_every_language() -> None:
    assert figures("12\u00a0000 (loi 65-00)", "fr") == figures("12,000 (law 65-00)", "en")
    assert figures("12\u00a0000 (القانون 65.00)", "ar") == {12000, 65, 0}
    assert figures("4,5 %", "fr") == figures("4.5%", "en") == {4, 5}


def test_a_right_option_s_figure_must_come_from_a_fact(question: Question) -> None:
    right = min(question.key)
    number = "abcd".index(right)
    odd = changed_option(question, number, fr="731 jours", ar="731 يوما", en="731 days")
    assert any("731 of its right option" in f for f in faults(odd))
    assert not any("731" in f for f in faults(replace(odd, computation="731")))


def test_all_of_the_above_is_no_option(question: Question) -> None:
    odd = changed_option(
        question, 3, fr="Toutes ces réponses", ar="جميع ما سبق", en="All of the above"
    )
    found = faults(odd)
    assert any("(ar) stands for the other options" in f for f in found)
    assert any("(en) stands for the other options" in f for f in found)


def test_a_negative_stem_needs_its_negation_in_capitals(question: Question) -> None:
    quiet = replace(question.stem, fr="Laquelle de ces règles n’est pas un droit ?")
    loud = replace(question.stem, fr="Laquelle de ces règles N’EST PAS un droit ?")
    assert any("in capitals" in f for f in faults(replace(question, stem=quiet)))
    assert not any("in capitals" in f for f in faults(replace(question, stem=loud)))


def test_absolute_words_that_give_wrong_options_away_are_a_fault(question: Question) -> None:
    odd = replace(question, key=frozenset("d"))
    for number in (0, 1):
        odd = changed_option(odd, number, fr=f"Toujours {number}", ar="شيء", en="Something")
    assert any("absolute words give a, b away" in f for f in faults(odd))


def test_an_explanation_that_repeats_its_option_is_a_fault(question: Question) -> None:
    first, *rest = question.options
    echo = replace(first, why=first.text)
    assert any("only repeats" in f for f in faults(replace(question, options=(echo, *rest))))


def test_two_stems_that_ask_the_same_are_a_fault(question: Question) -> None:
    twin = replace(question, id="twin")
    found = whole_faults(questions={**pack().questions, "twin": twin})
    assert any(f"nearly what {question.id} asks" in f for f in found)


def test_a_bank_whose_key_or_length_gives_answers_away_is_a_fault() -> None:
    on_a = {
        q.id: replace(q, key=frozenset("a")) if len(q.key) == 1 else q
        for q in pack().questions.values()
    }
    assert any("keys are a" in f for f in whole_faults(questions=on_a))
    long = {
        q.id: changed_option(q, "abcd".index(min(q.key)), fr="x" * 89, ar="س" * 89, en="x" * 89)
        for q in pack().questions.values()
    }
    assert any("is the longest in" in f for f in whole_faults(questions=long))


def test_a_bank_without_hard_questions_is_a_fault() -> None:
    easy = {q.id: replace(q, difficulty=1) for q in pack().questions.values()}
    assert any("of difficulty 3" in f for f in whole_faults(questions=easy))


def test_a_sheet_s_quiz_has_five_questions_of_its_own() -> None:
    one, other, *_ = pack().sheets.values()
    short = replace(one, quiz=one.quiz[:4])
    assert any("has 4 questions" in f for f in whole_faults(sheets={one.id: short}))
    twin = replace(other, quiz=one.quiz)
    found = whole_faults(sheets={one.id: one, other.id: twin})
    assert any("in another sheet's quiz" in f for f in found)


def test_a_grid_that_does_not_sum_to_twenty_is_a_fault() -> None:
    case = next(iter(pack().cases.values()))
    assert any("sums to" in f for f in whole_faults(cases={case.id: replace(case, grid=())}))


def test_a_model_answer_lacks_no_part() -> None:
    prompt = next(iter(pack().prep.values()))
    short = replace(prompt, model=prompt.model[:3])
    assert any("has 3 parts" in f for f in whole_faults(prep={prompt.id: short}))


def test_a_story_skill_that_no_story_has_is_found() -> None:
    prompt = replace(next(iter(pack().prep.values())), skills=("juggling",))
    assert any("juggling" in f for f in whole_faults(prep={prompt.id: prompt}))


def test_a_wording_the_glossary_rules_out_is_found_wherever_it_stands(question: Question) -> None:
    term = next(iter(pack().glossary.values()))
    odd = replace(term, never=Paraphrases(fr=("dossier maladie bidule",), ar=(), en=()))
    stem = replace(question.stem, fr="Un dossier maladie bidule ?")
    found = [
        fault
        for fault in rules.faults_of(
            replace(
                pack(),
                glossary={term.id: odd},
                questions={**pack().questions, question.id: replace(question, stem=stem)},
            )
        )
        if "bidule" in fault.what
    ]
    assert [fault.item for fault in found] == [question.id]


def test_f13_a_released_item_neither_vanishes_nor_changes_its_key(
    question: Question, tmp_path: Path
) -> None:
    path = tmp_path / "released.txt"
    assert release(pack(), path) == len(pack().questions) + len(pack().short_answers)
    assert list(released_faults(pack(), path)) == []
    assert release(pack(), path) == 0
    gone = replace(pack(), questions={})
    assert any("retire it instead" in f.what for f in released_faults(gone, path))
    turned = replace(question, key=frozenset("abcd") - question.key)
    changed = replace(pack(), questions={**pack().questions, question.id: turned})
    assert [f.item for f in released_faults(changed, path)] == [question.id]


def test_the_report_counts_what_the_pack_holds(capsys: pytest.CaptureFixture[str]) -> None:
    main(["cnops-2025", "--report"])
    shown = capsys.readouterr().out
    for title in ("topic", "difficulty", "language", "key position", "confidence", "age"):
        assert f"by {title}" in shown
    assert f"{len(pack().questions)} questions" in shown
