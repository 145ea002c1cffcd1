"""Darija is read alike in Arabic and in Latin letters; French and English stay themselves."""

from __future__ import annotations

import pytest

from bot.domain.assessment.features import skeleton
from bot.domain.assessment.reading import Reading, read_uncut


def _skeletons(reading: Reading) -> list[str]:
    return [skeleton(word, reading) for word in reading.words]


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("khdemt", "خدمت"), ("3lia", "عليا"), ("9dim", "قديم"), ("chehar", "شهر"), ("7it", "حيت")],
)
def test_one_word_in_two_scripts_has_one_skeleton(latin: str, arabic: str) -> None:
    told = read_uncut(f"ana kont m3a dyal {latin}", "ar")
    assert _skeletons(told)[-1] == _skeletons(read_uncut(arabic, "ar"))[0]


@pytest.mark.parametrize(
    "text", ["J'ai travaillé ici pendant six mois", "I had to hit the right tone with the user"]
)
def test_french_and_english_words_are_not_read_as_darija(text: str) -> None:
    assert not any(_skeletons(read_uncut(text, "fr")))
