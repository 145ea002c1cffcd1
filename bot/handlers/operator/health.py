"""/status and /deadletters: how the coach is doing, and what will not be sent."""

from __future__ import annotations

from datetime import datetime

from bot.clock import ZoneInfo
from bot.handlers.context import Reply, TurnContext
from bot.handlers.operator.door import for_operators
from bot.messages import BLANK, Line, Quoted, Say, line
from bot.storage.outbox import Urgency

_SHOWN = 10
_SLOW = 60  # seconds an answer may wait before something is wrong


@for_operators("status")
def on_status(turn: TurnContext) -> Reply:
    """What waits, since when, what failed, and what is being broadcast."""
    health, now = turn.store.health, turn.now
    waiting, due = health.outbox(), health.due(now)
    stopped = turn.store.claims.are_pushes_stopped()
    body: list[Line] = [
        line("operator.status"),
        line("operator.stopped" if stopped else "operator.running"),
        BLANK,
        line("operator.candidates", number=health.count_candidates()),
        *(
            line(
                f"operator.{urgency.name.lower()}",
                number=found.count,
                seconds=int(found.seconds(now)),
            )
            for urgency, found in waiting.items()
        ),
        line("operator.due", number=due.count, seconds=int(due.seconds(now))),
        line("operator.failed", dead=health.count_dead(), faults=health.count_faults()),
    ]
    body += [
        line("operator.going", id=each.id, number=each.position, size=each.size)
        for each in turn.store.broadcasts.going()
    ]
    body += [BLANK, line("operator.next_stopped" if stopped else "operator.next")]
    if waiting[Urgency.ANSWER].seconds(now) > _SLOW and not stopped:
        body.append(line("operator.slow"))
    return Reply(messages=(Say(body=tuple(body)),))


@for_operators("deadletters")
def on_dead_letters(turn: TurnContext) -> Reply:
    """The newest messages that will not be sent and the newest faults, each with its reason."""
    health = turn.store.health
    letters, faults = health.dead_letters(_SHOWN), health.faults(_SHOWN)
    if not letters and not faults:
        return Reply(messages=(Say(body=(line("operator.none_dead"),)),))
    body: list[Line] = [
        line("operator.dead", number=health.count_dead()),
        *(
            line(
                "operator.letter",
                id=each.id,
                day=_stamp(turn, each.at),
                why=Quoted(each.reason),
            )
            for each in letters
        ),
        BLANK,
        line("operator.faults", number=health.count_faults()),
        *(
            line("operator.fault", day=_stamp(turn, at), route=Quoted(route), why=Quoted(why))
            for at, route, why in faults
        ),
        BLANK,
        line("operator.dead_next"),
    ]
    return Reply(messages=(Say(body=tuple(body)),))


def _stamp(turn: TurnContext, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(turn.zone)):%d/%m %H:%M}"
