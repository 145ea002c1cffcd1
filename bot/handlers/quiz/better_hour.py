"""Another hour for who often puts the quiz off: proposed, never set without a press (T38)."""

from __future__ import annotations

from datetime import time

from bot.clock import at_local_time
from bot.domain.hour_text import read_hour
from bot.domain.later import AMONG, PROPOSE_EVERY, PUT_OFFS, better_hour
from bot.domain.sending_time import silence_of
from bot.handlers.context import Reply, TurnContext
from bot.handlers.preferences.changing import change
from bot.messages import BLANK, Ask, Choice, Line, Outgoing, line

_SLOT = "quiz-hour"


def proposal(turn: TurnContext) -> tuple[Outgoing, ...]:
    """Another hour, once the quiz was put off often enough; nothing while it is too soon."""
    me, store = turn.me, turn.store
    if _is_lately_asked(turn):
        return ()
    put_off = store.pushes.last_put_offs(me.id, me.hour_asked_at or me.consent_at, AMONG)
    if len(put_off) < PUT_OFFS:
        return ()
    hour = better_hour(me, [answer.at for answer in store.quizzes.answers(me.id)], put_off)
    if hour is None:
        return ()
    store.candidates.change(me.id, hour_asked_at=turn.now, proposed_hour=hour)
    move = Choice(token=f"quiz_hour:{hour:%H%M}:move", label=line("quiz.hour_move", hour=hour))
    keep = Choice(
        token=f"quiz_hour:{hour:%H%M}:keep", label=line("quiz.hour_keep", hour=me.quiz_time)
    )
    body = (line("quiz.hour_ask", hour=hour, now=me.quiz_time),)
    return (Ask(body=body, choices=((move, keep),), slot=_SLOT, fresh=True),)


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """`quiz_hour:2030:move`: the quiz comes at 20:30 from now on; `keep`: not at that hour."""
    hour = read_hour(ref) if len(ref) == len("2030") else None
    if hour is None or value not in {"move", "keep"}:
        return Reply(next="stale::")
    is_moved_already = value == "move" and hour == turn.me.quiz_time
    if not is_moved_already and not _is_on_offer(turn, hour):
        return Reply(next="stale::")
    if value == "keep":
        turn.store.candidates.change(turn.me.id, refused_hour=hour)
        return _said(line("quiz.hour_kept", hour=turn.me.quiz_time))
    if not is_moved_already:
        change(turn, quiz_time=hour)
    return _said(line("quiz.hour_moved", hour=hour))


def _is_lately_asked(turn: TurnContext) -> bool:
    asked_at = turn.me.hour_asked_at
    return asked_at is not None and turn.now - asked_at < PROPOSE_EVERY


def _is_on_offer(turn: TurnContext, hour: time) -> bool:
    """Whether this very hour was proposed lately, and has not become a quiet one since."""
    me = turn.me
    is_quiet = silence_of(me).covers(at_local_time(turn.today, hour, me.zone))
    return hour == me.proposed_hour and _is_lately_asked(turn) and not is_quiet


def _said(what: Line) -> Reply:
    go = Choice(token="quiz::open", label=line("quiz.open"))
    body = (what, BLANK, line("quiz.hour_settings"))
    return Reply(messages=(Ask(body=body, choices=((go,),), slot=_SLOT),))
