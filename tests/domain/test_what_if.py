"""Supposed marks are weighed to 0.01, and what is unknown is never zero (T13)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.what_if import BEST, read_marks, weigh
from tests.talk import pack

TESTS = pack().head.tests
IDS = [test.id for test in TESTS]
marks = st.decimals(0, 20, places=2, allow_nan=False)


def weighed(*given_marks: str | None) -> tuple[Decimal, Decimal]:
    values = [None if each is None else Decimal(each) for each in given_marks]
    found = weigh(TESTS, dict(zip(IDS, values, strict=True)))
    return found.low, found.high


def test_the_guide_s_coefficients_give_the_mark_to_a_hundredth() -> None:
    # (12.5 x 2 + 11 x 3 + 13.25 x 3 + 14 x 4) / 12 = 12.8125
    assert weighed("12.5", "11", "13.25", "14") == (Decimal("12.81"), Decimal("12.81"))
    assert weighed("0", "0", "0", "0") == (Decimal("0.00"), Decimal("0.00"))
    assert weighed("20", "20", "20", "20") == (BEST, BEST)


def test_an_unknown_mark_leaves_a_range_and_is_named() -> None:
    found = weigh(TESTS, {"mcq": Decimal(12), "note": None})
    assert found.unknown == ("note", "case", "interview")
    assert (found.low, found.high) == (Decimal("2.00"), Decimal("18.67"))


@given(st.lists(marks, min_size=4, max_size=4))
def test_the_mark_is_the_weighted_mean_to_a_hundredth(values: list[Decimal]) -> None:
    found = weigh(TESTS, dict(zip(IDS, values, strict=True)))
    exact = sum(m * t.coefficient for m, t in zip(values, TESTS, strict=True)) / Decimal(12)
    assert found.low == found.high
    assert abs(found.low - exact) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 ? 10,5 14", ("12", None, "10.5", "14")),
        ("١٢ ؟ ١٠٫٥ 14", ("12", None, "10.5", "14")),
        ("12/20 - 10.5/20 14/20", ("12", None, "10.5", "14")),
    ],
)
def test_marks_are_read_as_people_type_them(text: str, expected: tuple[str | None, ...]) -> None:
    assert read_marks(text, 4) == tuple(None if e is None else Decimal(e) for e in expected)


@pytest.mark.parametrize(
    "text", ["", "12 13", "12 13 14 21", "a b c d", "1 2 3 4 5", "12,,5 1 1 1"]
)
def test_what_is_no_list_of_marks_is_refused(text: str) -> None:
    assert read_marks(text, 4) is None
