"""/pause: away for a while, and back without a word about what was missed."""

from __future__ import annotations

from datetime import datetime

from bot.clock import local_day
from bot.domain.pause import PAUSES, UNTIL_RETURN, pause_end
from bot.domain.sending_time import silence_of
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Choice, Line, line
from bot.storage.reminder_timers import MILESTONE

_SLOT = "pause"
_TIMER = "return"
_BACK = Choice(token="pause::back", label=line("settings.pause_back"))


def on_pause(turn: TurnContext) -> Reply:
    """/pause: how long; given again during a pause, it ends it."""
    return _end(turn) if turn.me.is_paused(turn.now) else Reply(messages=(_lengths(turn),))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A length (`pause:1d:`), the way back (`pause::back`), or the screen itself."""
    until = pause_end(ref, turn.now)
    if until is not None:
        return _begin(turn, until)
    if value == "back":
        return _end(turn)
    return Reply(messages=(_paused(turn) if turn.me.is_paused(turn.now) else _lengths(turn),))


def on_return(turn: TurnContext) -> Reply:
    """The pause is over: one greeting, one next step, once the candidate is not busy here."""
    if turn.me.paused_until is None or turn.me.is_paused(turn.now):
        return Reply()
    calm = calm_at(turn)
    if calm > turn.now:
        turn.store.timers.arm(turn.me.id, _TIMER, "", calm)
        return Reply()
    return _end(turn)


def _begin(turn: TurnContext, until: datetime) -> Reply:
    """Hold pushes back, those on their way too; milestones judge themselves what is critical."""
    store = turn.store
    turn.candidate = store.candidates.change(turn.me.id, paused_until=until)
    store.outbox.drop_pending(turn.me.id, keep=MILESTONE)
    if until == UNTIL_RETURN:
        store.timers.disarm(turn.me.id, _TIMER)
    else:
        store.timers.arm(turn.me.id, _TIMER, "", _greeting_at(turn, until))
    return Reply(messages=(_paused(turn),), notice=line("settings.pause_begun"))


def _end(turn: TurnContext) -> Reply:
    """Pushes come again; nothing that was missed is counted or shown."""
    turn.candidate = turn.store.candidates.change(turn.me.id, paused_until=None)
    turn.store.timers.disarm(turn.me.id, _TIMER)
    go_on = Choice(token="quiz::open", label=line("settings.pause_go_on"))
    welcome = Ask(
        body=(line("settings.pause_over"), line("settings.pause_next")),
        choices=((go_on,),),
        slot=_SLOT,
        fresh=turn.is_below,
    )
    return Reply(messages=(welcome,))


def _greeting_at(turn: TurnContext, until: datetime) -> datetime:
    """The end of the pause, or of the silence it ends in."""
    return silence_of(turn.me, turn.store.enrolments.test_days(turn.me.id)).after(until)


def _lengths(turn: TurnContext) -> Ask:
    rows = tuple(
        tuple(
            Choice(token=f"pause:{length}:", label=line(f"settings.pause_{length}"))
            for length in pair
        )
        for pair in (PAUSES[:2], PAUSES[2:])
    )
    back = (Choice(token="set::", label=line("common.back")),)
    return Ask(
        body=(line("settings.pause_ask"), BLANK, line("settings.pause_critical")),
        choices=(*rows, back),
        slot=_SLOT,
        fresh=turn.is_below,
    )


def _paused(turn: TurnContext) -> Ask:
    return Ask(
        body=(_until(turn), BLANK, line("settings.pause_critical"), line("settings.pause_any")),
        choices=((_BACK,),),
        slot=_SLOT,
    )


def _until(turn: TurnContext) -> Line:
    until = turn.me.paused_until
    if until is None or until == UNTIL_RETURN:
        return line("settings.paused_open")
    return line("settings.paused_until", day=local_day(until, turn.me.zone))


ROUTES = Routes(
    commands={"pause": on_pause},
    buttons={"pause": on_press},
    timers={_TIMER: on_return},
)
