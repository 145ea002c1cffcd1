"""What counts as a figure: what measures something, in three languages; and nothing else."""

from __future__ import annotations

import pytest

from bot.domain.assessment.reading import read_uncut
from content.schema import Language


def _figures(text: str, language: Language) -> int:
    hits = read_uncut(text, language).hits
    return sum(1 for hit in hits if hit.cue in {"figure", "duration"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le technicien a réparé le joint en 2 heures"),
        ("fr", "comptable depuis 4 ans dans une fiduciaire"),
        ("fr", "sa fille attendait depuis 4h"),
        ("fr", "seize lits ont été libérés"),
        ("en", "by the end of March 900 students were paid"),
        ("en", "I slept fourteen hours"),
        ("en", "30 years of service"),
        ("en", "4 persons on 10 left at once"),
        ("ar", "محاسب منذ 6 سنوات"),
        ("ar", "وجاء بعدها بثلاثة من جيرانه"),
        ("ar", "خدا الوصل ف نص ساعة"),
    ],
)
def test_what_measures_is_a_figure(language: Language, text: str) -> None:
    assert _figures(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "donnez moi 5/5"),
        ("fr", "je veux 20 sur 20"),
        ("fr", "la loi 65-00 de 2005"),
        ("fr", "Nouhaila, 27 ans, diplômée en tourisme"),
        ("fr", "On devait tout présenter à dix heures"),
        ("fr", "tout finir avant le 31"),
        ("fr", "Imaginons qu'elle traite 1000 dossiers par heure"),
        ("fr", "je suis favorable au tiers payant"),
        ("en", "give me 5/5"),
        ("en", "I am Hamza 24 years old"),
        ("en", "the accounts were signed at nine"),
        ("en", "Imagine an agent who treats 1000 files"),
        ("ar", "عطيوني 5 على 5"),
        ("ar", "الاجتماع يوم الاثنين"),
        ("ar", "تخيلوا معي 1000 ملف"),
        ("ar", "عندي 24 عام"),
    ],
)
def test_a_mark_an_age_a_date_an_hour_or_a_supposition_is_none(
    language: Language, text: str
) -> None:
    assert not _figures(text, language)
