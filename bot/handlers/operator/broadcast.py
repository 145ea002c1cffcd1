"""/broadcast: write, see it as its readers will, rehearse, send; one audience for all of it."""

from __future__ import annotations

from bot.conversation import Idle, WritingBroadcast
from bot.handlers.context import Reply, TurnContext
from bot.handlers.flagging.notices import is_operator
from bot.handlers.operator.door import for_operators, note
from bot.handlers.refs import is_row
from bot.messages import BLANK, Ask, Choice, CommandGiven, Line, Say, TextReceived, line, quoted
from bot.storage.broadcasts import Broadcast
from content.schema import LANGUAGES

# Telegram takes 4,096 units; ours must fit in one message.
MOST_SIGNS = 2000


@for_operators("broadcast")
def on_broadcast(turn: TurnContext) -> Reply:
    """`/broadcast`, or `/broadcast ar` for those who read Arabic: the next text is the message."""
    event = turn.event
    asked = event.arguments.strip().lower() if isinstance(event, CommandGiven) else ""
    language = next((each for each in LANGUAGES if each == asked), "")
    return Reply(state=WritingBroadcast(language=language))  # type: ignore[arg-type]


def ask_text(turn: TurnContext) -> Reply:
    """The state's prompt."""
    language = turn.state.language if isinstance(turn.state, WritingBroadcast) else ""
    cancel = Choice(token="send::cancel", label=line("common.cancel"))
    body = (line(f"operator.write_{language or 'all'}", number=MOST_SIGNS),)
    return Reply(messages=(Ask(body=body, choices=((cancel,),)),))


def on_text(turn: TurnContext) -> Reply:
    """The message: kept with its audience, and shown as its readers will see it."""
    event, state = turn.event, turn.state
    if not isinstance(state, WritingBroadcast) or not isinstance(event, TextReceived):
        return Reply(state=Idle(), next="menu::")
    if not is_operator(turn):
        return Reply(state=Idle(), next="stale::")
    if len(event.text) > MOST_SIGNS:
        return Reply(messages=(Say(body=(line("operator.too_long", number=MOST_SIGNS),)),))
    made = turn.store.broadcasts.draft(
        event.person, event.text, state.language, turn.channels, turn.now
    )
    note(turn, "broadcast preview", f"{made.id} for {made.size}")
    as_read = Say(body=(quoted(made.text),))
    return Reply(state=Idle(), messages=(as_read, _panel(made)))


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """`send:<id>:rehearse`, `send:<id>:go` and `send:<id>:cancel`."""
    if not is_operator(turn):
        return Reply(next="stale::")
    if not ref and value == "cancel":
        return Reply(state=Idle(), messages=(Say(body=(line("operator.not_sent"),)),))
    found = turn.store.broadcasts.get(int(ref), turn.event.person) if is_row(ref) else None
    if found is None or value not in ("rehearse", "go", "cancel"):
        return Reply(next="stale::")
    if found.stage != "draft":
        return Reply(messages=(_panel(found),), notice=line("operator.was_decided"))
    note(turn, f"broadcast {value}", f"{found.id} for {found.size}")
    if value == "rehearse":
        reachable = turn.store.broadcasts.count(found)
        return Reply(messages=(_panel(found, line("operator.rehearsed", number=reachable)),))
    if value == "cancel":
        turn.store.broadcasts.set_stage(found.id, "cancelled")
        return Reply(messages=(Say(body=(line("operator.not_sent"),), slot=_slot(found)),))
    turn.store.broadcasts.set_stage(found.id, "sending")
    return Reply(messages=(_closed(found, line("operator.sending", number=found.size)),))


def _panel(found: Broadcast, *more: Line) -> Ask | Say:
    """What can be done with it; nothing once it was decided."""
    if found.stage != "draft":
        return _closed(found, line(f"operator.stage_{found.stage}"))
    body = (line("operator.preview", id=found.id, number=found.size), *more)
    rows = tuple(
        (Choice(token=f"send:{found.id}:{value}", label=line(f"operator.{value}")),)
        for value in ("rehearse", "go", "cancel")
    )
    return Ask(body=(*body, BLANK, line("operator.choose")), choices=rows, slot=_slot(found))


def _closed(found: Broadcast, said: Line) -> Say:
    return Say(body=(said, BLANK, line("operator.see_status")), slot=_slot(found))


def _slot(found: Broadcast) -> str:
    return f"broadcast:{found.id}"
