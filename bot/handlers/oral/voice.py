"""A voice note: timed, then ticked by the candidate on the grid. It is never listened to."""

from __future__ import annotations

from bot.domain.frames import RUBRICS
from bot.domain.oral import Draft
from bot.domain.rubric import (
    self_assess,
)
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral.drafts import (
    Action,
    back_to_it,
    button,
    current,
    frame_name,
    go_on,
    nothing_open,
    part_name,
    question,
    slot,
)
from bot.messages import BLANK, Ask, Choice, Line, VoiceReceived, line


def on_voice(turn: TurnContext) -> Reply:
    """Time the note; keep its file only for who chose so."""
    draft, event = current(turn), turn.event
    if draft is None or not isinstance(event, VoiceReceived):
        return nothing_open(turn)
    seconds = max(event.seconds, 0)
    ticks = self_assess(draft.frame, (), seconds)
    turn.store.drafts.note_voice(draft, seconds, ticks, event.message_ref, turn.now)
    keep(turn, draft, event)
    spoken = turn.store.drafts.get(draft.id, turn.me.id) or draft
    return Reply(messages=(grid(turn, spoken, fresh=True),))


def keep(turn: TurnContext, draft: Draft, event: VoiceReceived) -> None:
    """Keep the note's file, for who chose so and for nobody else."""
    if not turn.me.keep_voice:
        return
    turn.store.drafts.keep_voice(
        draft,
        turn.me.id,
        channel=event.address.channel,
        file_ref=event.file_ref,
        seconds=max(event.seconds, 0),
        content=event.content,
        now=turn.now,
    )


def grid(turn: TurnContext, draft: Draft, *, fresh: bool) -> Ask:
    """How long it was, and the parts to tick."""
    kept = line("oral.voice_kept" if turn.me.keep_voice else "oral.voice_not_kept")
    body = (
        line("oral.heading_voice", frame=frame_name(draft)),
        question(turn.pack, draft),
        BLANK,
        timing(draft),
        kept,
        *((line("oral.typed_too"),) if draft.texts() else ()),
        BLANK,
        line("oral.tick_what_you_said"),
    )
    ticks = tuple((_tick(draft, part),) for part in draft.part_ids)
    done = button(draft, "finish", "oral.see_feedback")
    write = button(draft, "write", "oral.write_instead")
    later = button(draft, "later", "oral.later")
    return Ask(body=body, choices=(*ticks, (done,), (write, later)), slot=slot(draft), fresh=fresh)


def timing(draft: Draft) -> Line:
    """The measured time against the frame's target."""
    low, high = RUBRICS[draft.frame].seconds
    spoken = draft.assessment
    if spoken is None or spoken.length == "unknown":
        return line("oral.time_unknown", low=low, high=high)
    return line(f"oral.time_{spoken.length}", seconds=spoken.seconds, low=low, high=high)


def _tick(draft: Draft, part: str) -> Choice:
    """A press says which way to turn, so that a doubled one counts once."""
    said = part in draft.ticked
    label = line("oral.ticked" if said else "oral.unticked", part=part_name(part))
    token = f"oral:{draft.id}:{'untick' if said else 'tick'}-{part}"
    return Choice(token=token, label=label)


def _ticking(turn: TurnContext, draft: Draft, part: str) -> Reply:
    return _set_ticks(turn, draft, draft.ticked | {part})


def _unticking(turn: TurnContext, draft: Draft, part: str) -> Reply:
    return _set_ticks(turn, draft, draft.ticked - {part})


def _set_ticks(turn: TurnContext, draft: Draft, ticked: frozenset[str]) -> Reply:
    if draft.assessment is None or not ticked.issubset(draft.part_ids):
        return back_to_it(draft)
    seconds = draft.assessment.seconds
    turn.store.drafts.tick(draft, self_assess(draft.frame, ticked, seconds))
    return go_on(draft)


def _write_instead(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    turn.store.drafts.drop_voice(draft)
    return go_on(draft)


ACTIONS: dict[str, Action] = {
    "tick": _ticking,
    "untick": _unticking,
    "write": _write_instead,
}
