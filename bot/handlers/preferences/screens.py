"""The settings panel: every setting with its value, and one screen for each of them."""

from __future__ import annotations

from bot.clock import at_local_time, local_day
from bot.conversation import EnteringHour
from bot.domain.candidate import Candidate
from bot.domain.pause import UNTIL_RETURN
from bot.domain.sending_time import silence_of
from bot.handlers.context import TurnContext
from bot.handlers.preferences.options import TYPED, Option, options_of, reachable_channels
from bot.messages import BLANK, Ask, Choice, Line, Row, line

_SLOT = "settings"
_BACK: Row = (Choice(token="set::", label=line("common.back")),)
# Long labels stand alone; short ones share a row.
_ROW_LENGTHS = {"stream": 1, "push": 1, "quiet": 2}


def panel(turn: TurnContext, *, saved: bool = False) -> Ask:
    """All settings as they are now; `saved` says first that a change was kept."""
    opening = (line("settings.saved"), BLANK) if saved else ()
    return Ask(
        body=(*opening, *_values(turn), BLANK, line("settings.what_to_change")),
        choices=(_row("language", options_of(turn, "language")), *_entries()),
        slot=_SLOT,
        fresh=turn.is_below,
    )


def setting_screen(turn: TurnContext, setting: str) -> Ask:
    """One setting: its value, what it does, and the values to tap."""
    options, length = options_of(turn, setting), _ROW_LENGTHS.get(setting, 3)
    rows = tuple(
        _row(setting, options[start : start + length]) for start in range(0, len(options), length)
    )
    own: tuple[Row, ...] = ()
    if setting in TYPED:
        own = ((Choice(token=f"set:{setting}:own", label=line("settings.own_hour")),),)
    notes = _unreached(turn) if setting == "push" else ()
    return Ask(
        body=(_now(turn)[setting], *notes, BLANK, line(f"settings.ask_{setting}")),
        choices=(*rows, *own, _BACK),
        slot=_SLOT,
        fresh=turn.is_below,
    )


def hour_prompt(turn: TurnContext, state: EnteringHour) -> Ask:
    """What the state waits for; in the welcome there is nothing to go back to."""
    return _hour_screen(turn, state, line(f"settings.type_{state.setting}"))


def hour_unread(turn: TurnContext, state: EnteringHour) -> Ask:
    """What was typed is no hour: how one is written."""
    return _hour_screen(turn, state, line("settings.no_hour"))


def _hour_screen(turn: TurnContext, state: EnteringHour, body: Line) -> Ask:
    rows: tuple[Row, ...] = ()
    if not state.onboarding:
        rows = ((Choice(token="set::", label=line("common.cancel")),),)
    slot = "" if state.onboarding else _SLOT
    return Ask(body=(body,), choices=rows, slot=slot, fresh=turn.is_below)


def _row(setting: str, options: tuple[Option, ...]) -> Row:
    return tuple(
        Choice(token=f"set:{setting}:{option.value}", label=option.label) for option in options
    )


def _entries() -> tuple[Row, ...]:
    """The buttons that lead to each setting's own screen, two a row."""
    names = (
        "quiz",
        "number",
        "reminder",
        "quiet",
        "push",
        "stream",
        "grade",
        "voice",
        "confidence",
        "streak",
    )
    entries = [Choice(token=f"set:{name}:", label=line(f"settings.to_{name}")) for name in names]
    entries.append(Choice(token="pause::", label=line("settings.to_pause")))
    return tuple(tuple(entries[start : start + 2]) for start in range(0, len(entries), 2))


def _values(turn: TurnContext) -> tuple[Line, ...]:
    return (
        line("settings.title"),
        *_now(turn).values(),
        *_now_paused(turn),
        *_quiz_waits(turn),
        *_unreached(turn),
    )


def _now(turn: TurnContext) -> dict[str, Line]:
    """Each setting's value, in the panel's order."""
    me = turn.me
    streams = {stream.id: stream.name for stream in turn.pack.head.streams}
    return {
        "language": line(
            "settings.now_language", language=line(f"settings.language_{me.language}")
        ),
        "quiz": line("settings.now_quiz", hour=me.quiz_time),
        "number": line("settings.now_number", number=me.questions_a_day),
        "reminder": line("settings.now_reminder", hour=me.reminder_time),
        "quiet": _now_quiet(me),
        "push": _now_push(turn),
        "stream": line("settings.now_stream", stream=streams.get(me.stream, me.stream)),
        "grade": line("settings.now_grade", grade=me.grade),
        "voice": line("settings.now_voice_yes" if me.keep_voice else "settings.now_voice_no"),
        "confidence": _on_off("confidence", is_on=me.asks_confidence),
        "streak": _on_off("streak", is_on=me.shows_streak),
    }


def _on_off(setting: str, *, is_on: bool) -> Line:
    return line(f"settings.now_{setting}", value=line("common.yes" if is_on else "common.no"))


def _now_quiet(me: Candidate) -> Line:
    if me.quiet_from == me.quiet_to:
        return line("settings.now_quiet_off")
    return line("settings.now_quiet", start=me.quiet_from, end=me.quiet_to)


def _quiz_waits(turn: TurnContext) -> tuple[Line, ...]:
    """A quiz hour inside the quiet hours waits for their end: better said than found out."""
    wish = at_local_time(turn.today, turn.me.quiz_time, turn.me.zone)
    if silence_of(turn.me).after(wish) == wish:
        return ()
    return (line("settings.quiz_waits", end=turn.me.quiet_to),)


def _now_push(turn: TurnContext) -> Line:
    name = _push_channel(turn)
    if name is None:
        return line("settings.now_push_none")
    return line("settings.now_push", channel=line(f"channels.{name}"))


def _unreached(turn: TurnContext) -> tuple[Line, ...]:
    """The consequence, when messages go where a closed page receives nothing."""
    name = _push_channel(turn)
    if name is None or turn.channels[name]:
        return ()
    if any(turn.channels[other] for other in reachable_channels(turn)):
        return (line("settings.closed_page_other"),)
    can_add = any(turn.channels.values())
    return (line("settings.closed_page" if can_add else "settings.closed_page_alone"),)


def _push_channel(turn: TurnContext) -> str | None:
    """Where messages go now: the chosen channel, else the last used that can push, else any."""
    names = reachable_channels(turn)
    ranked = sorted(names, key=lambda name: (name != turn.me.push_to, not turn.channels[name]))
    return ranked[0] if ranked else None


def _now_paused(turn: TurnContext) -> tuple[Line, ...]:
    until = turn.me.paused_until
    if until is None or not turn.me.is_paused(turn.now):
        return ()
    if until == UNTIL_RETURN:
        return (line("settings.paused_open"),)
    return (line("settings.paused_until", day=local_day(until, turn.me.zone)),)
