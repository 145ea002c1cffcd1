"""The quiz the coach brings up by itself: its words, what to do with it later, the way back."""

from __future__ import annotations

from bot.clock import local_day, local_time
from bot.domain.daily import LATE_AFTER, WORDINGS, say_minutes, say_questions
from bot.domain.later import LATER_TIMER, later_times
from bot.domain.quiz import Quiz
from bot.domain.taper import stage_begun
from bot.handlers.calm import calm_at
from bot.handlers.context import Reply, TurnContext
from bot.handlers.quiz.better_hour import proposal
from bot.handlers.quiz.playing import onward, show, with_notice
from bot.handlers.quiz.screens import slot
from bot.messages import BLANK, Ask, Choice, Line, Row, TimerFired, line

LATER = ("hour", "half", "evening")


def push(turn: TurnContext, daily: Quiz, *, why: tuple[Line, ...] = ()) -> Reply:
    """Today's quiz at the bottom of the chat, greeted in turn; `why`: why at this hour.

    Whoever has shown no sign of life lately is told, without blame, that the coach comes by less
    often; the last push before it falls silent carries the way back.
    """
    wording = str(turn.store.pushes.count(turn.me.id) % WORDINGS)
    turn.store.pushes.note(daily.id, turn.now)
    if _is_late(turn):
        why = (line("quiz.push_late"),)
    stage = stage_begun(len(turn.store.pushes.unanswered_days(turn.me)))
    pace = (line(f"quiz.pace_{stage}"),) if stage else ()
    back = ((Choice(token="quiz::back", label=line("quiz.back")),),)
    count = sum(not item.is_answered for item in daily.items)
    said = {"questions": say_questions(count), "minutes": say_minutes(count)}
    if count < len(daily.items):
        wording = "rest"
    opening = (line(f"quiz.push_{wording}", **said), *why, *pace, BLANK)
    below = back if stage == "silent" else later_row(turn, daily)
    return show(turn, daily, opening=opening, fresh=True, below=below)


def put_off(turn: TurnContext, quiz: Quiz, value: str) -> Reply:
    """Not now: today's quiz comes again later today. A quiz of another day is only shown."""
    if quiz.kind != "daily" or quiz.local_day != turn.today or quiz.closed_at is not None:
        return with_notice(onward(turn, quiz), "quiz.not_here")
    until = later_times(turn.me, turn.now).get(value)
    if until is None:
        return with_notice(show(turn, quiz, below=later_row(turn, quiz)), "quiz.no_later")
    turn.store.pushes.put_off(quiz.id, until)
    turn.store.timers.arm(turn.me.id, LATER_TIMER, "", until)
    go = Choice(token="quiz::open", label=line("quiz.open"))
    hour = local_time(until, turn.me.zone)
    waits = Ask(body=(line("quiz.put_off", hour=hour),), choices=((go,),), slot=slot(quiz))
    return Reply(messages=(waits, *proposal(turn)))


def on_later(turn: TurnContext) -> Reply:
    """The hour today's quiz was put off to; finished meanwhile, or in a pause, it stays still."""
    event, me = turn.event, turn.me
    daily = turn.store.quizzes.daily_of(me.id, turn.today)
    is_past = isinstance(event, TimerFired) and local_day(event.due_at, me.zone) != turn.today
    if daily is None or daily.closed_at is not None or is_past or me.is_paused(turn.now):
        return Reply()
    calm = calm_at(turn)
    if calm <= turn.now:
        return push(turn, daily, why=(line("quiz.push_again"),))
    if local_day(calm, me.zone) == turn.today:
        turn.store.timers.arm(me.id, LATER_TIMER, "", calm)
    return Reply()


def later_row(turn: TurnContext, quiz: Quiz) -> tuple[Row, ...]:
    """In an hour, or tonight: what is still possible today."""
    row = tuple(
        Choice(
            token=f"quiz:{quiz.id}:{name}",
            label=line(f"quiz.later_{name}", hour=local_time(until, turn.me.zone)),
        )
        for name, until in later_times(turn.me, turn.now).items()
    )
    return (row,) if row else ()


def _is_late(turn: TurnContext) -> bool:
    event = turn.event
    return isinstance(event, TimerFired) and turn.now - event.due_at > LATE_AFTER
