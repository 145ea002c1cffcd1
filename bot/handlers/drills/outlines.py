"""The plan of a dossier in five minutes, by the coach's clock, from prompt to answer (M68).

Tokens: `outline:<dossier>:start`, `outline::stop`. Only the form is checked; a plan sent in
several messages is read as one.
"""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Idle, WritingOutline
from bot.domain.drills import (
    OUTLINE_MINUTES,
    OUTLINE_WITHIN,
    Drill,
    clock_of,
    is_outline_passed,
    with_piece,
)
from bot.domain.outline_text import PARTS, Outline, outline_of
from bot.handlers.context import Reply, TurnContext
from bot.handlers.dossiers import plan_page
from bot.messages import BLANK, Ask, Choice, Line, MessageEdited, TextReceived, line
from bot.storage.draft_reading import message_key

_STOP = Choice(token="outline::stop", label=line("drills.stop"))
_PROGRESS = Choice(token="progress::show", label=line("drills.to_progress"))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """Start the clock on a dossier, or stop."""
    if value == "start" and ref in turn.pack.dossiers:
        drill = turn.store.drills.start(turn.me.id, "outline", ref, turn.now)
        return Reply(state=WritingOutline(drill=drill.id))
    if value == "stop":
        return Reply(state=Idle(), next="note::list")
    return Reply(next="stale::")


def ask(turn: TurnContext) -> Reply:
    """The state's prompt: what to write, and by when."""
    drill = _going(turn)
    if drill is None:
        return Reply()
    body = (
        line("drills.outline", title=turn.pack.dossiers[drill.item_id].title),
        BLANK,
        line("drills.write", minutes=OUTLINE_MINUTES),
        line("drills.write_problem"),
        line("drills.write_parts"),
        BLANK,
        line("drills.send"),
    )
    return Reply(messages=(Ask(body=body, choices=((_STOP,),), fresh=True),))


def on_text(turn: TurnContext) -> Reply:
    """A piece of the plan: what is still missing, or how long it took."""
    drill, event = _going(turn), turn.event
    if drill is None or not isinstance(event, TextReceived):
        return Reply(state=Idle(), next="note::list")
    return _take(turn, drill, event)


def on_edited(turn: TurnContext) -> Reply | None:
    """A piece of the plan was changed: it is read as it now stands."""
    drill, event = _going(turn), turn.event
    if drill is None or not isinstance(event, MessageEdited) or _name(event) not in drill.pieces:
        return None
    return _take(turn, drill, event)


def _take(turn: TurnContext, drill: Drill, event: TextReceived | MessageEdited) -> Reply:
    """Read the plan with this piece; a plan sent anew in one message counts by itself."""
    pieces = with_piece(drill.pieces, _name(event), event.text)
    turn.store.drills.write(drill, pieces)
    outline = outline_of("\n".join(pieces.values()))
    if not (outline.is_whole or outline_of(event.text).is_whole):
        return Reply(messages=(Ask(body=_missing(outline), choices=((_STOP,),)),))
    # By the instant it was received: what waits in a queue has not come late.
    ended_at = max(event.at, drill.started_at)
    took = ended_at - drill.started_at
    passed = is_outline_passed(took)
    turn.store.drills.close(drill, passed=passed, now=ended_at)
    return Reply(state=Idle(), messages=(_result(turn, drill, took, passed=passed),))


def _name(event: TextReceived | MessageEdited) -> str:
    """What the message is called when it is edited."""
    return message_key(event.address.channel, event.message_ref or event.id)


def _result(turn: TurnContext, drill: Drill, took: timedelta, *, passed: bool) -> Ask:
    dossier = turn.pack.dossiers[drill.item_id]
    page = plan_page(dossier)
    expected = Choice(token=f"note:{dossier.id}:p{page}", label=line("drills.expected"))
    body = (
        line("drills.outline", title=dossier.title),
        BLANK,
        _time(took, passed=passed),
        line("drills.form_only"),
    )
    return Ask(body=body, choices=((expected,), (_PROGRESS,)))


def _time(took: timedelta, *, passed: bool) -> Line:
    """How long it took, beside what the gate asks."""
    if passed:
        return line("drills.outline_passed", time=clock_of(took), minutes=OUTLINE_MINUTES)
    return line("drills.outline_late", time=clock_of(took), limit=clock_of(OUTLINE_WITHIN))


def _missing(outline: Outline) -> tuple[Line, ...]:
    missing = [] if outline.has_problem else [line("drills.missing_problem")]
    if outline.parts < PARTS:
        missing.append(line("drills.missing_parts"))
    return (line("drills.missing"), *missing, line("drills.go_on"))


def _going(turn: TurnContext) -> Drill | None:
    """The drill that waits for a plan here, of a dossier the pack still has."""
    if not isinstance(turn.state, WritingOutline):
        return None
    drill = turn.store.drills.get(turn.state.drill, turn.me.id)
    if drill is None or drill.passed is not None or drill.item_id not in turn.pack.dossiers:
        return None
    return drill
