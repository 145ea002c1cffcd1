"""A case's figures as candidates type them: one a line, numbered or not, in any script."""

from __future__ import annotations

import pytest

from bot.domain.case_figures import mark_figures
from tests.talk import pack

NUMBERS = pack().cases["case-backlog-peak"].numbers
ALL = (True,) * 5


@pytest.mark.parametrize(
    "text",
    [
        "3800\n330\n3\n60\n80",
        "3 800 dossiers\n330 par jour\n3 mois\n60\n80 %",
        "1. 3 800\n2. 330\n3. 3\n4. 60\n5. 80",
        "1) 3800\n2) 330\n3) 3\n4) 60\n5) 80",
        "3800 ; 330 ; 3 ; 60 ; 80",
        "٣٨٠٠؛ ٣٣٠؛ ٣ أشهر؛ ٦٠؛ ٨٠ في المئة",
        "4400 + 6000 - 6600 = 3800\n\n330\n3\n60\n80",
    ],
)
def test_right_figures_are_right_however_they_are_typed(text: str) -> None:
    assert mark_figures(text, NUMBERS) == ALL


def test_a_line_s_number_is_no_figure() -> None:
    assert mark_figures("1. ?\n2. ?\n3. 5\n4. ?\n5. ?", NUMBERS) == (False,) * 5


@pytest.mark.parametrize("text", ["", "3800", "3800 330 3 60 80", "1\n2\n3\n4\n5\n6", ";" * 900])
def test_without_a_line_for_each_nothing_is_read(text: str) -> None:
    assert mark_figures(text, NUMBERS) is None


def test_every_case_of_the_pack_accepts_its_own_figures() -> None:
    for case in pack().cases.values():
        said = "\n".join(str(each.answer.value) for each in case.numbers)
        assert mark_figures(said, case.numbers) == (True,) * len(case.numbers), case.id
