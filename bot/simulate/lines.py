"""The lines a simulation sends, one JSON object each (docs/learning.md draws the protocol)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

# Names come as numbers or words; within a simulation they are compared as words.
Name = int | str
Day = Annotated[int, Field(ge=0, le=100_000)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, strict=False)


class Theme(_Line):
    """A theme of the exam and what it weighs, in any unit."""

    id: Name
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Item(_Line):
    """A question of the bank. Without a `concept` it is one of its own."""

    id: Name
    theme: Name
    concept: Name | None = None
    difficulty: Annotated[float, Field(allow_inf_nan=False)] = 2


class Hello(_Line):
    """A new candidate. Without `exam_day` it is not known."""

    themes: list[Theme]
    items: list[Item]
    exam_day: Day | None = None
    seed: int = 0


class HelloLine(_Line):
    """Starts a candidate; answered by ok."""

    hello: Hello


class AskLine(_Line):
    """Wants `ask` questions on `day`; answered by their ids."""

    day: Day
    ask: Annotated[int, Field(ge=0, le=1000)]


class Given(_Line):
    """How a question went."""

    day: Day
    item: Name
    correct: bool


class AnswerLine(_Line):
    """One answer; not answered."""

    answer: Given


class ForecastLine(_Line):
    """Wants the expected exam share as seen on the day `forecast`."""

    forecast: Day


class ByeLine(_Line):
    """Ends the run."""

    bye: bool


SimulationLine = HelloLine | AskLine | AnswerLine | ForecastLine | ByeLine
_READER: TypeAdapter[SimulationLine] = TypeAdapter(SimulationLine)


def read_line(text: bytes) -> SimulationLine:
    """The line's meaning (pydantic's ValidationError, a ValueError, when it has none)."""
    return _READER.validate_json(text)
