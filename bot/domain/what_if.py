"""The weighted mark out of 20 from marks a candidate supposes (FEATURES T13, M30)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from content.schema import Test

BEST = Decimal(20)
_CENT = Decimal("0.01")
_PART = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?|[?؟—-]")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """The mark in all, to 0.01: between `low` and `high` while some test has none (0 to 20 there).

    `unknown`: ids of the tests without a mark; they are never taken for zero.
    """

    low: Decimal
    high: Decimal
    unknown: tuple[str, ...]


def read_marks(text: str, count: int) -> tuple[Decimal | None, ...] | None:
    """`12 ? 10,5 14` as so many marks, None for an unknown one; None when it is not that."""
    plain = re.sub(r"\s*/\s*20\b", " ", text.translate(_WESTERN)).replace(";", " ")
    parts = [part.rstrip(",،") for part in plain.split() if part.rstrip(",،")]
    if len(parts) != count or not all(_PART.fullmatch(part) for part in parts):
        return None
    marks = tuple(Decimal(part.replace(",", ".")) if part[0].isdigit() else None for part in parts)
    return marks if all(mark is None or mark <= BEST for mark in marks) else None


def weigh(tests: Sequence[Test], marks: Mapping[str, Decimal | None]) -> Weighted:
    """Sum of mark x coefficient over the sum of coefficients of the notice."""
    total = sum(test.coefficient for test in tests)
    unknown = tuple(test.id for test in tests if marks.get(test.id) is None)
    known = sum(
        ((marks.get(test.id) or Decimal(0)) * test.coefficient for test in tests), Decimal(0)
    )
    open_points = BEST * sum(test.coefficient for test in tests if test.id in unknown)
    return Weighted(
        low=_cents(known / total), high=_cents((known + open_points) / total), unknown=unknown
    )


def _cents(mark: Decimal) -> Decimal:
    return mark.quantize(_CENT, rounding=ROUND_HALF_UP)
