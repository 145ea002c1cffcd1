"""The second and third gates, at their edges (T6, M68)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drills import (
    Drill,
    DrillKind,
    best_outline,
    cases_passed,
    clock_of,
    is_enough,
    is_outline_passed,
    needed_of,
    with_piece,
)
from bot.domain.outline_text import outline_of
from tests.talk import pack

START = datetime(2026, 11, 24, 10, tzinfo=UTC)


def drill(
    item: str, *, passed: bool | None = True, kind: DrillKind = "case", took: int = 60
) -> Drill:
    end = START + timedelta(seconds=took)
    return Drill(id=1, kind=kind, item_id=item, started_at=START, ended_at=end, passed=passed)


@pytest.mark.parametrize(("boxes", "needed"), [(1, 1), (3, 2), (4, 3), (5, 3), (6, 4), (10, 6)])
def test_a_case_is_passed_with_sixty_percent_of_its_boxes(boxes: int, needed: int) -> None:
    assert needed_of(boxes) == needed
    assert is_enough(needed, boxes)
    assert not is_enough(needed - 1, boxes)


@given(st.integers(1, 40), st.integers(0, 40))
def test_it_is_passed_exactly_from_sixty_percent_on(boxes: int, ticked: int) -> None:
    assert is_enough(ticked, boxes) == (100 * ticked >= 60 * boxes)


def test_a_grid_without_boxes_passes_nobody() -> None:
    assert not is_enough(0, 0)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([True, False, None]))))
def test_the_second_gate_counts_different_cases_once(done: list[tuple[str, bool | None]]) -> None:
    drills = [drill(item, passed=passed) for item, passed in done]
    assert cases_passed(drills) == len({item for item, passed in done if passed})


def test_a_plan_counts_for_no_case_and_a_case_for_no_plan() -> None:
    assert cases_passed([drill("a", kind="outline")]) == 0
    assert best_outline([drill("a")]) is None


@pytest.mark.parametrize(("seconds", "passed"), [(299, True), (300, True), (301, False)])
def test_the_third_gate_opens_at_five_minutes_and_not_a_second_later(
    seconds: int, *, passed: bool
) -> None:
    assert is_outline_passed(timedelta(seconds=seconds)) == passed
    assert is_outline_passed(timedelta(seconds=seconds, milliseconds=900)) == passed


def test_the_quickest_plan_in_time_is_shown() -> None:
    drills = [
        drill("a", kind="outline", took=250),
        drill("b", kind="outline", took=187),
        drill("c", kind="outline", took=20, passed=False),
    ]
    best = best_outline(drills)
    assert best is not None
    assert clock_of(best) == "3:07"


def test_a_plan_is_read_up_to_its_limit_whatever_is_edited() -> None:
    pieces = with_piece(with_piece({}, "a", "x" * 3990), "b", "y" * 30)
    assert pieces == {"a": "x" * 3990, "b": "y" * 10}
    assert with_piece(pieces, "a", "z") == {"a": "z", "b": "y" * 10}


WHOLE = {
    "fr": "Problématique : comment réduire les délais sans baisser le contrôle ?\n"
    "I. Un constat partagé\nII. Des réponses par étapes",
    "one line": "Comment servir plus vite sans exclure personne ? I. Un parcours lourd "
    "II. Une démarche plus simple",
    "digits": "Comment concilier vitesse et contrôle ?\n1) Deux devoirs\n2) Un tri par risque",
    "en": "How can we pay faster and still check the risk?\nPart I: Two duties\nPart II: One sort",
    "ar": "كيف نسرّع الأداء دون التفريط في المراقبة؟\n"
    "أولا: واجبان مشروعان\nثانيا: مراقبة حسب المخاطر",
    "ordinals": "Comment réduire les délais sans baisser le contrôle ?\n"
    "Première partie : un constat partagé\nDeuxième partie : des réponses par étapes",
    "short ordinals": "Comment réduire les délais sans baisser le contrôle ?\n"
    "1re partie : un constat partagé\n2e partie : des réponses par étapes",
    "title below": "Comment réduire les délais sans baisser le contrôle ?\n"
    "Partie 1\nUn constat partagé\nPartie 2\nDes réponses par étapes",
    "bare": "Comment réduire les délais sans baisser le contrôle ?\n"
    "I Un constat partagé\nII Des réponses par étapes",
    "bare and small": "comment réduire les délais sans baisser le contrôle ?\n"
    "1 un constat partagé\n2 des réponses par étapes",
    "letters": "Comment réduire les délais sans baisser le contrôle ?\n"
    "A. Un constat partagé\nB. Des réponses par étapes",
    "with points": "Comment réduire les délais sans baisser le contrôle ?\nI. Constat\n"
    "A. Des délais longs\nB. Un contrôle faible\nII. Réponses\nA. Trier\nB. Contrôler",
    "first part": "How can we pay faster and still check the risk?\n"
    "First part: two duties\nSecond part: one sort",
    "part one": "How can we pay faster and still check the risk?\n"
    "Part One - two duties\nPart Two - one sort",
    "ar bare": "كيف نسرّع الأداء دون التفريط في المراقبة؟\n"
    "أولا واجبان مشروعان\nثانيا مراقبة حسب المخاطر",
    "ar parts": "كيف نسرّع الأداء دون التفريط في المراقبة؟\n"
    "الجزء الأول: واجبان مشروعان\nالجزء الثاني: مراقبة حسب المخاطر",
    "ar title below": "كيف نسرّع الأداء دون التفريط في المراقبة؟\n"
    "المحور الأول\nواجبان مشروعان\nالمحور الثاني\nمراقبة حسب المخاطر",
    "no sign": "La problématique est de savoir comment aller vite\n"
    "I - Le constat fait\nII - La voie ouverte",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_a_problem_line_and_two_titled_parts_make_a_plan(text: str) -> None:
    assert outline_of(text).is_whole


@pytest.mark.parametrize(
    ("text", "problem", "parts"),
    [
        ("", False, 0),
        ("I. Un constat partagé\nII. Des réponses simples", False, 2),
        ("Comment réduire les délais de paiement ?", True, 0),
        ("Comment réduire les délais de paiement ? I. Un constat partagé", True, 1),
        ("Comment réduire les délais de paiement ? I. II.", True, 0),
        ("Comment réduire les délais ? I. Un constat fait\nI. Un autre constat", True, 1),
        ("I. Un constat partagé\nII. Comment réduire les délais de paiement ?", False, 2),
        ("Pourquoi ?\nI. Un constat partagé\nII. Des réponses simples", False, 2),
        ("Il y a 2 dossiers sur 3, comment faire mieux ?", True, 0),
        ("2 dossiers sur 3 attendent trop.\nComment faire mieux demain ?", True, 0),
        ("Comment appliquer la loi (art. 1) sans retard ?\nI. Un constat fait", True, 1),
        ("First-contact rates fall. How can we answer better?", True, 0),
        ("I think we pay too late. How can we pay faster?", True, 0),
        ("First we pay late. How can we pay much faster?", True, 0),
        ("أولا نتأخر في الأداء. كيف نسرّع أداء الملفات؟", True, 0),
        ("A. Benali demande comment payer plus vite ?", True, 0),
        ("Comment aller plus vite ?\nI. Un constat : A. trop lent B. trop cher", True, 1),
        ("Comment aller plus vite ?\nI. Un constat fait\n1) trop lent\n2) trop cher", True, 1),
    ],
)
def test_what_is_missing_is_seen(text: str, *, problem: bool, parts: int) -> None:
    found = outline_of(text)
    assert (found.has_problem, found.parts) == (problem, parts)
    assert not found.is_whole


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_expected_plan_of_every_dossier_has_the_form_asked_for(language: str) -> None:
    for dossier in pack().dossiers.values():
        parts = [
            f"{n}. {part.title.in_language(language)}" for n, part in enumerate(dossier.plan, 1)
        ]
        text = "\n".join((dossier.problem.in_language(language), *parts))
        assert outline_of(text).is_whole, dossier.id


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_what_explains_an_answer_is_no_plan(language: str) -> None:
    prose = [
        text.in_language(language)
        for each in pack().questions.values()
        for text in (each.stem, each.rationale, *(option.why for option in each.options))
    ]
    assert not [each for each in prose if outline_of(each).parts]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert outline_of(text).parts >= 0
