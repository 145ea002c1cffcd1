"""Oral answers assessed by a line protocol: JSON in, JSON out, `python -m bot.assess`.

In: `{"id","lang","frame","prompt","text"}`. Out: `{"id","parts","evidence","has_figure",
"user_oriented","off_topic","advice","score"}`; a line that cannot be read gives `{"id","error"}`.
"""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

from pydantic import BaseModel, ValidationError

from bot.domain.assessment.verdict import judge
from bot.domain.frames import Frame
from content.schema import Language

# As the protocol calls these two parts of an action and a result.
_OUTSIDE_NAMES = {"personal": "action_is_personal", "quantified": "result_quantified"}
# A chat message has no more.
_MOST_CHARACTERS = 4096


class Asked(BaseModel):
    """One answer to assess."""

    id: str | int
    lang: Language
    frame: Frame
    prompt: str = ""
    text: str


def main(incoming: TextIO, outgoing: TextIO) -> None:
    """Answer every line, in order, each as soon as it is read."""
    for each in incoming:
        if each.strip():
            outgoing.write(json.dumps(reply(each), ensure_ascii=False) + "\n")
            outgoing.flush()


def reply(given: str) -> dict[str, Any]:
    """What one line of input is answered with; never raises on any line."""
    try:
        return assessed(Asked.model_validate_json(given))
    except ValidationError as error:
        return {"id": None, "error": error.errors()[0]["msg"]}


def assessed(asked: Asked) -> dict[str, Any]:
    """The verdict on one answer."""
    text = asked.text[:_MOST_CHARACTERS]
    verdict = judge(asked.frame, asked.lang, asked.prompt, text)
    parts = {_OUTSIDE_NAMES.get(part, part): there for part, there in verdict.parts.items()}
    words = {_OUTSIDE_NAMES.get(part, part): each for part, each in verdict.evidence.items()}
    return {
        "id": asked.id,
        "parts": parts,
        "evidence": {part: each for part, each in words.items() if part in parts},
        "has_figure": verdict.flags["figure"],
        "user_oriented": verdict.flags["user"],
        "off_topic": verdict.off_topic,
        "advice": verdict.advice,
        "score": verdict.score,
    }


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
