"""`python -m bot.simulate`: one JSON object a line, standard input to standard output."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import ValidationError

from bot.simulate.lines import (
    AnswerLine,
    AskLine,
    ByeLine,
    ForecastLine,
    HelloLine,
    SimulationLine,
    read_line,
)
from bot.simulate.session import Session


class Simulation:
    """The candidate of the newest hello, if any."""

    def __init__(self) -> None:
        self._session: Session | None = None

    def take(self, line: SimulationLine) -> dict[str, Any] | None:
        """What to answer the line (LookupError says in a sentence why it cannot be done)."""
        if isinstance(line, HelloLine):
            if self._session is not None:
                self._session.close()
            self._session = Session(line.hello)
            return {"ok": True}
        if self._session is None:
            raise LookupError("say hello first")
        if isinstance(line, AskLine):
            return {"ids": self._session.ask(line.day, line.ask)}
        if isinstance(line, ForecastLine):
            return {"score": self._session.forecast(line.forecast)}
        if isinstance(line, AnswerLine):
            self._session.answer(line.answer)
        return None


def main() -> int:
    """Serve until bye or the end of the input; a line with no meaning gets an error line."""
    simulation = Simulation()
    for text in sys.stdin.buffer:
        if not text.strip():
            continue
        try:
            line = read_line(text)
            if isinstance(line, ByeLine):
                break
            answer = simulation.take(line)
        except (ValidationError, LookupError) as error:
            answer = {"error": _sentence(error)}
        if answer is not None:
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    return 0


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error.args[0])


if __name__ == "__main__":
    sys.exit(main())
