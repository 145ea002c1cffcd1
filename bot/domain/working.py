"""A case's arithmetic as candidates write it: cells replaced by their figures."""

from __future__ import annotations

import re
from decimal import Decimal

from content.schema import Case

_NAME = re.compile(r"[a-z_]+[a-z0-9_]*_[0-9]+")
_SIGNS = {"*": "×", "/": "÷", "-": "−"}


def shown_working(case: Case, computation: str, language: str) -> str:
    """`rejected_1 / processed_1 * 100` as `1200 ÷ 12000 × 100`, decimals as in the language."""
    cells = {
        f"{row.id}_{number}": value
        for row in case.table.rows
        for number, value in enumerate(row.values, 1)
    }
    filled = _NAME.sub(lambda name: _plain(cells[name[0]]), computation)
    shown = re.sub(r"\s*([*/+-])\s*", lambda sign: f" {_SIGNS.get(sign[1], sign[1])} ", filled)
    return shown if language == "en" else shown.replace(".", ",")


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
