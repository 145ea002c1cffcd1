"""Short answers are marked as a fair teacher would, and numbers however they are written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.short_answer import mark, next_short
from content.schema import LANGUAGES, Localized, Number, ShortAnswer
from content.yaml_file import read_yaml
from tests.talk import pack

FOLDER = Path(__file__).parent


def judgements(name: str, language: str) -> list[tuple[bool, bool]]:
    """Each judgement of a set marked by hand, and ours."""
    found: list[tuple[bool, bool]] = []
    marked: list[dict[str, Any]] = read_yaml(FOLDER / f"{name}.yaml")
    for each in marked:
        if each["language"] != language:
            continue
        marking = mark(pack().short_answers[each["item"]], each["text"])
        found += zip(each["ideas"], (idea.is_said for idea in marking.ideas), strict=True)
        if each["number"] is not None:
            found.append((each["number"], bool(marking.number)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["short_marked", "short_unseen"])
def test_t5_nine_judgements_in_ten_agree_with_the_hand_marked_sets(
    name: str, language: str
) -> None:
    pairs = judgements(name, language)
    assert len(pairs) >= 40
    assert sum(wanted == found for wanted, found in pairs) / len(pairs) >= 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_model_answer_is_marked_right_and_no_question_answers_itself(language: str) -> None:
    for item in pack().short_answers.values():
        assert mark(item, item.answer.in_language(language)).is_right, item.id
        assert not mark(item, item.question.in_language(language)).is_right, item.id


def test_m38_a_found_idea_quotes_the_candidate_s_own_words() -> None:
    item = pack().short_answers["qrq-pf-001"]
    first, second = mark(item, "Le premier DÉCIDE, le comptable paie.").ideas
    assert first.words == "premier … DÉCIDE"
    assert second.words == "comptable … paie"


def numeric(value: str, tolerance: str = "0") -> ShortAnswer:
    some = next(each for each in pack().short_answers.values() if each.number)
    number = Number(value=Decimal(value), tolerance=Decimal(tolerance))
    return replace(some, ideas=(), number=number)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12000", "12 000 dossiers"),
        ("12000", "12,000 files"),
        ("12000", "12.000"),
        ("12000", "12000"),
        ("12000", "12 mille"),
        ("12000", "12 ألف"),
        ("9.4", "9,4 %"),
        ("9.4", "9.4"),
        ("60", "soixante jours"),
        ("60", "le délai est de ٦٠ يوما"),
        ("2", "سنتان"),
        ("78", "78 : 260 × 30 / 100"),
        ("78", "260 fois 30 pour cent donne 78"),
        ("2250", "2,250.00"),
        ("2250", "2.250,00"),
        ("8.1", "٨٫١"),
        ("500000", "٥٠٠٬٠٠٠"),
    ],
)
def test_a_number_is_read_however_it_is_written(value: str, text: str) -> None:
    assert mark(numeric(value), text).number is True


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("60", "90"),
        ("60", "60 ou 90"),
        ("60", "entre 30 et 60"),
        ("188", "pas 188"),
        ("60", ""),
        ("9.4", "9,5"),
    ],
)
def test_a_wrong_or_undecided_number_is_not_right(value: str, text: str) -> None:
    assert mark(numeric(value), text).number is False


def test_a_computed_number_is_right_within_its_tolerance() -> None:
    assert mark(numeric("6.3", "0.05"), "6,34 %").number is True
    assert mark(numeric("6.3", "0.05"), "6,4 %").number is False


def test_what_was_never_asked_comes_first_then_what_was_missed_then_the_oldest() -> None:
    one, two, three = list(pack().short_answers.values())[:3]
    one, two, three = (replace(each, streams=()) for each in (one, two, three))
    chosen = next_short([one, two, three], "benefits", {one.id: False, two.id: True})
    assert chosen == three
    history = {two.id: True, one.id: False, three.id: True}
    assert next_short([one, two, three], "benefits", history) == one
    history = {three.id: True, one.id: True, two.id: True}
    assert next_short([one, two, three], "benefits", history) == three
    assert next_short([replace(one, streams=("reform",))], "benefits", {}) is None


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (
            "qrq-pf-001",
            "Le comptable engage et ordonne la dépense ; l'ordonnateur paie et manie les fonds.",
        ),
        ("qrq-bf-002", "A priori control takes place after payment; a posteriori before it"),
        ("qrq-to-002", "WHERE filtre les groupes et HAVING filtre les lignes"),
    ],
)
def test_two_notions_swapped_are_not_all_there(item: str, text: str) -> None:
    assert not mark(pack().short_answers[item], text).is_right


@pytest.mark.parametrize(
    ("unit", "text", "right"),
    [("mois", "3 mois", True), ("mois", "3 ans", False), ("mois", "٣ سنوات", False)],
)
def test_a_number_of_another_unit_of_time_is_another_number(
    unit: str, text: str, right: bool
) -> None:
    some = numeric("3")
    assert some.number is not None
    named = Localized(fr=unit, ar="أشهر", en="months")
    assert mark(replace(some, number=replace(some.number, unit=named)), text).number is right
