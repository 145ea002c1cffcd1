"""A number of the pack as a line, with its unit."""

from __future__ import annotations

from bot.messages import Line, line
from content.schema import Number


def say_number(number: Number) -> Line:
    """The unit stands apart: no language then has to decline it."""
    if number.unit is None:
        return line("library.bare_number", value=number.value)
    if number.unit.fr == "%":
        return line("library.percent", value=number.value)
    return line("library.number", value=number.value, unit=number.unit)
