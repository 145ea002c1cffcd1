"""Every figure somebody computed is computed again, from what is written beside it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from simpleeval import simple_eval

from content.schema import LANGUAGES, Case, Number
from tests.talk import pack

COMPUTED = [q for q in pack().questions.values() if q.computation]
SHORT = [s for s in pack().short_answers.values() if s.number and s.number.computation]
# A number and its unit, nothing that says more.
BARE = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def compute(computation: str, cells: dict[str, float] | None = None) -> Decimal:
    """The value of plain arithmetic (also `max`, `min`) over numbers and a table's cells."""
    functions = {"max": max, "min": min}
    return Decimal(repr(float(simple_eval(computation, names=cells or {}, functions=functions))))


def numbers_in(text: str, language: str) -> list[Decimal]:
    """The numbers of a text of ours, as its language writes them."""
    thousands = (
        r"(?<=\d),(?=\d{3}(?!\d))"
        if language == "en"
        else r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))"
    )
    return [
        Decimal(each.replace(",", ".")) for each in _NUMBER.findall(re.sub(thousands, "", text))
    ]


def says(written: Decimal, computed: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether `written` is `computed`, rounded as it is written."""
    return abs(written - computed.quantize(written)) <= tolerance


def cells_of(case: Case) -> dict[str, float]:
    """`<row>_<column from 1>` to the cell's value."""
    return {
        f"{row.id}_{column}": float(value)
        for row in case.table.rows
        for column, value in enumerate(row.values, 1)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", COMPUTED, ids=lambda q: q.id)
def test_the_right_option_gives_the_computed_number(question, language) -> None:  # type: ignore[no-untyped-def]
    right = [o.text.in_language(language) for o in question.options if o.id in question.key]
    given = [number for text in right for number in numbers_in(text, language)]
    for computation in question.computation.split(";"):
        computed = compute(computation)
        assert any(says(number, computed) for number in given), (computed, given)


def test_no_wrong_option_is_the_computed_number_alone() -> None:
    for question in COMPUTED:
        computed = compute(question.computation.split(";")[0])
        wrong = [o.text.fr for o in question.options if o.id not in question.key]
        for text in wrong if len(question.key) == 1 else ():
            is_bare = len(text.split()) <= BARE
            assert not (is_bare and numbers_in(text, "fr") == [computed]), (question.id, text)


def is_computed(number: Number, cells: dict[str, float] | None = None) -> bool:
    return says(number.value, compute(number.computation, cells), number.tolerance)


def test_computed_short_answers_give_their_number() -> None:
    assert [item.id for item in SHORT if item.number and not is_computed(item.number)] == []


def test_every_figure_of_every_case_follows_from_its_table() -> None:
    wrong = [
        f"{case.id}/{each.id}"
        for case in pack().cases.values()
        for each in case.numbers
        if not is_computed(each.answer, cells_of(case))
    ]
    assert wrong == []


def test_the_pack_holds_what_is_computed() -> None:
    assert len(COMPUTED) >= 40
    assert len(SHORT) >= 10
    assert len(pack().cases) >= 8
