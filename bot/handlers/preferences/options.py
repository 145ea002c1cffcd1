"""What each setting can be set to by a button: the offered values, and what each one changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from bot.domain.quiz import DAILY_CHOICES
from bot.handlers.context import TurnContext
from bot.messages import Line, content, line
from content.schema import LANGUAGES

_QUIZ_HOURS = (time(8), time(12, 30), time(18), time(20), time(21))
_REMINDER_HOURS = (time(7), time(8), time(9), time(12, 30), time(18))
_QUIET_HOURS = ((time(22), time(8)), (time(23), time(7)), (time(21), time(9)))

Typed = Literal["quiz", "reminder", "quiet_from", "quiet_to"]
# The settings that also take an hour typed by hand, and the hour asked for first.
TYPED: Mapping[str, Typed] = {"quiz": "quiz", "reminder": "reminder", "quiet": "quiet_from"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a setting: its name in a button's token, its label, the fields it sets."""

    value: str
    label: Line
    fields: Mapping[str, Any]


def options_of(turn: TurnContext, setting: str) -> tuple[Option, ...]:
    """What the setting can be set to; nothing for a name that is no setting's."""
    return SETTINGS[setting](turn) if setting in SETTINGS else ()


def reachable_channels(turn: TurnContext) -> list[str]:
    """The candidate's channels that are running and open, the last used first."""
    found = turn.store.conversations.of_candidate(turn.me.id)
    names = [each.address.channel for each in found if each.blocked_at is None]
    return [name for name in dict.fromkeys(names) if name in turn.channels]


def _languages(_turn: TurnContext) -> tuple[Option, ...]:
    return tuple(
        Option(value=each, label=line(f"settings.language_{each}"), fields={"language": each})
        for each in LANGUAGES
    )


def _quiz_hours(_turn: TurnContext) -> tuple[Option, ...]:
    return _hours("quiz_time", _QUIZ_HOURS)


def _counts(_turn: TurnContext) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=str(each),
            label=line("settings.number", number=each),
            fields={"questions_a_day": each},
        )
        for each in DAILY_CHOICES
    )


def _reminder_hours(_turn: TurnContext) -> tuple[Option, ...]:
    return _hours("reminder_time", _REMINDER_HOURS)


def _hours(field: str, hours: tuple[time, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(value=f"{hour:%H%M}", label=line("settings.hour", hour=hour), fields={field: hour})
        for hour in hours
    )


def _quiet_hours(_turn: TurnContext) -> tuple[Option, ...]:
    """Equal hours mean none."""
    none = {"quiet_from": time(0), "quiet_to": time(0)}
    return (
        Option(value="off", label=line("settings.quiet_off"), fields=none),
        *(
            Option(
                value=f"{start:%H}{end:%H}",
                label=line("settings.quiet_span", start=start, end=end),
                fields={"quiet_from": start, "quiet_to": end},
            )
            for start, end in _QUIET_HOURS
        ),
    )


def _streams(turn: TurnContext) -> tuple[Option, ...]:
    return tuple(
        Option(value=each.id, label=content(each.name), fields={"stream": each.id})
        for each in turn.pack.head.streams
    )


def _grades(turn: TurnContext) -> tuple[Option, ...]:
    return tuple(
        Option(value=each, label=line("settings.grade", grade=each), fields={"grade": each})
        for each in turn.pack.head.grades
    )


def _channels(turn: TurnContext) -> tuple[Option, ...]:
    last_used = Option(value="auto", label=line("settings.push_auto"), fields={"push_to": ""})
    named = (
        Option(value=name, label=line(f"channels.{name}"), fields={"push_to": name})
        for name in reachable_channels(turn)
    )
    return (last_used, *named)


def _switch(
    field: str, yes: str = "common.yes", no: str = "common.no"
) -> Callable[[TurnContext], tuple[Option, ...]]:
    """A setting that is on or off."""
    options = (
        Option(value="yes", label=line(yes), fields={field: True}),
        Option(value="no", label=line(no), fields={field: False}),
    )
    return lambda _turn: options


SETTINGS: Mapping[str, Callable[[TurnContext], tuple[Option, ...]]] = {
    "language": _languages,
    "quiz": _quiz_hours,
    "number": _counts,
    "reminder": _reminder_hours,
    "quiet": _quiet_hours,
    "stream": _streams,
    "grade": _grades,
    "push": _channels,
    "voice": _switch("keep_voice", "settings.voice_yes", "settings.voice_no"),
    "confidence": _switch("asks_confidence"),
    "streak": _switch("shows_streak"),
}
