"""/settings and /language: what a candidate can change; each change takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import EnteringHour, Idle
from bot.domain.hour_text import read_hour
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.preferences.changing import change
from bot.handlers.preferences.options import SETTINGS, TYPED, Typed, options_of
from bot.handlers.preferences.screens import hour_prompt, hour_unread, panel, setting_screen
from bot.messages import TextReceived, line

_FIELDS: Mapping[Typed, str] = {
    "quiz": "quiz_time",
    "reminder": "reminder_time",
    "quiet_from": "quiet_from",
    "quiet_to": "quiet_to",
}


def on_settings(turn: TurnContext) -> Reply:
    """/settings: every setting with its value. A typed hour is waited for no longer."""
    return Reply(messages=(panel(turn),), state=_no_longer_typing(turn))


def on_language(turn: TurnContext) -> Reply:
    """/language: the three languages, one tap."""
    return Reply(messages=(setting_screen(turn, "language"),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A setting's screen (`set:quiz:`), one of its values, or an hour of one's own."""
    if not ref:
        return on_settings(turn)
    if value == "own" and ref in TYPED:
        return Reply(state=EnteringHour(setting=TYPED[ref]))
    if not value and ref in SETTINGS:
        return Reply(messages=(setting_screen(turn, ref),), state=_no_longer_typing(turn))
    chosen = next((each for each in options_of(turn, ref) if each.value == value), None)
    if chosen is None:
        return Reply(messages=(panel(turn),), notice=line("common.stale"))
    change(turn, **chosen.fields)
    return Reply(
        messages=(panel(turn),), notice=line("settings.saved"), state=_no_longer_typing(turn)
    )


def on_hour(turn: TurnContext) -> Reply:
    """An hour was typed; the quiet hours ask for two."""
    event, state = turn.event, turn.state
    if not isinstance(event, TextReceived) or not isinstance(state, EnteringHour):
        return Reply()
    hour = read_hour(event.text)
    if hour is None:
        return Reply(messages=(hour_unread(turn, state),))
    change(turn, **{_FIELDS[state.setting]: hour})
    if state.setting == "quiet_from":
        return Reply(state=EnteringHour(setting="quiet_to"))
    if state.onboarding:
        return Reply(state=Idle(), next="start:done:")
    return Reply(messages=(panel(turn, saved=True),), state=Idle())


def prompt_hour(turn: TurnContext) -> Reply:
    """Ask for the hour the state waits for."""
    state = turn.state
    return (
        Reply(messages=(hour_prompt(turn, state),)) if isinstance(state, EnteringHour) else Reply()
    )


def _no_longer_typing(turn: TurnContext) -> Idle | None:
    return Idle() if isinstance(turn.state, EnteringHour) else None


ROUTES = Routes(
    commands={"settings": on_settings, "language": on_language},
    buttons={"set": on_press},
    texts={"entering_hour": on_hour},
    prompts={"entering_hour": prompt_hour},
)
