"""Who owns the next free text of a conversation, and nothing more.

Work in progress (a quiz, a draft) is rows of its own, so losing a state loses no work. Stored
states carry a version; `UPGRADES[n]` turns a stored version n into n + 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

VERSION = 1
WelcomeStep = Literal["stream", "grade", "dates", "hour"]
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Nobody waits for a text: it is a question to the coach."""

    kind: Literal["idle"] = "idle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcoming:
    """The welcome is at this step: stream, grade, dates or hour (which may be typed)."""

    kind: Literal["welcoming"] = "welcoming"
    step: WelcomeStep = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteringDate:
    """The next text is a day (and an hour) for a milestone of an enrolment.

    `provenance`: estimated or official; `onboarding`: go on with the welcome afterwards.
    """

    kind: Literal["entering_date"] = "entering_date"
    enrolment: int
    milestone: str
    provenance: Literal["estimated", "official"] = "estimated"
    onboarding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteringSource:
    """The next text says where an official date was read."""

    kind: Literal["entering_source"] = "entering_source"
    enrolment: int
    milestone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingCompetition:
    """The next text names a competition the candidate adds."""

    kind: Literal["naming_competition"] = "naming_competition"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteringHour:
    """The next text is an hour for a setting: quiz, reminder, quiet_from or quiet_to."""

    kind: Literal["entering_hour"] = "entering_hour"
    setting: Literal["quiz", "reminder", "quiet_from", "quiet_to"]
    onboarding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingPart:
    """Texts and voice notes go to the open part of a draft."""

    kind: Literal["writing_part"] = "writing_part"
    draft: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InMock:
    """Texts and voice notes go to the open question of a mock oral."""

    kind: Literal["in_mock"] = "in_mock"
    mock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteringCode:
    """The next text is a link code made on another device or channel."""

    kind: Literal["entering_code"] = "entering_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringShort:
    """The next text answers a short question (QRQ)."""

    kind: Literal["answering_short"] = "answering_short"
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposingMarks:
    """The next text holds a mark for each test of the competition, `?` for an unknown one."""

    kind: Literal["supposing_marks"] = "supposing_marks"


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingOutline:
    """The next texts are the plan of a dossier, written against the clock."""

    kind: Literal["writing_outline"] = "writing_outline"
    drill: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingFigures:
    """The next text holds the figures of a case, one a line."""

    kind: Literal["giving_figures"] = "giving_figures"
    drill: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyingToReports:
    """An operator's next text goes to the candidates who reported the question `item`."""

    kind: Literal["replying_to_reports"] = "replying_to_reports"
    item: str
    decision: Literal["kept", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingBroadcast:
    """An operator's next text is a message to everyone who reads `language` (empty: everyone)."""

    kind: Literal["writing_broadcast"] = "writing_broadcast"
    language: Literal["", "fr", "ar", "en"] = ""


State = (
    Idle
    | Welcoming
    | EnteringDate
    | EnteringSource
    | NamingCompetition
    | EnteringHour
    | WritingPart
    | InMock
    | EnteringCode
    | AnsweringShort
    | ReplyingToReports
    | SupposingMarks
    | WritingOutline
    | GivingFigures
    | WritingBroadcast
)
_STATES: TypeAdapter[State] = TypeAdapter(Annotated[State, Field(discriminator="kind")])


# What a step elsewhere ends: a text typed after it is no answer to what was asked before.
ENDS_ELSEWHERE: dict[str, frozenset[str]] = {
    "answering_short": frozenset({"short"}),
    "replying_to_reports": frozenset({"decide"}),
    "supposing_marks": frozenset({"forecast"}),
    # To read on, to the worked answer, ends it.
    "giving_figures": frozenset({"mark"}),
    # The documents stay within reach while the plan is written.
    "writing_outline": frozenset({"outline", "note"}),
    "writing_broadcast": frozenset({"broadcast", "send"}),
}


def dump(state: State) -> str:
    """The state as JSON with its version."""
    return json.dumps({"version": VERSION, **asdict(state)})


def load(text: str | None) -> State:
    """The stored state, upgraded; `Idle` when there is none or this code cannot read it."""
    if not text:
        return Idle()
    stored = json.loads(text)
    version = stored.pop("version", 0)
    while version < VERSION and version in UPGRADES:
        stored, version = UPGRADES[version](stored), version + 1
    try:
        return _STATES.validate_python(stored)
    except ValidationError:
        return Idle()
