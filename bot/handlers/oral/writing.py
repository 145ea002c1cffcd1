"""Collecting an answer: part by part, or all in one message."""

from __future__ import annotations

from bot.conversation import Idle
from bot.domain.frames import Frame
from bot.domain.oral import (
    IN_ONE_GO,
    PITCH,
    Draft,
    next_after,
    rank_prompts,
    surprise_after,
)
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral.drafts import (
    Action,
    back_to_it,
    button,
    current,
    go_on,
    is_below,
    menu,
    nothing_open,
    question,
    slot,
)
from bot.handlers.oral.screens import screen
from bot.messages import (
    BLANK,
    Ask,
    Line,
    MessageEdited,
    Row,
    Say,
    TextReceived,
    line,
)


def on_prep(turn: TurnContext) -> Reply:
    """/prep: the answer left open, or the next question of the candidate's stream."""
    used = turn.store.drafts.uses(turn.me.id, "prep")
    ranked = rank_prompts(turn.pack.prep.values(), turn.me.stream, used)
    return _open(turn, "prep", ranked[0] if ranked else "")


def on_surprise(turn: TurnContext) -> Reply:
    """/surprise: a question nobody prepares, answered in the four steps of PREP (M58)."""
    newest = turn.store.drafts.newest(turn.me.id, "prep")
    going = newest is not None and not newest.is_finished
    if newest is not None and going and newest.prompt_id in turn.pack.surprises:
        return go_on(newest)
    used = turn.store.drafts.uses(turn.me.id, "prep")
    return _begin(turn, "prep", surprise_after(turn.pack, "", used))


def on_pitch(turn: TurnContext) -> Reply:
    """/pitch: the pitch left open, or a new one."""
    return _open(turn, "pitch", PITCH)


def on_text(turn: TurnContext) -> Reply:
    """A typed message goes to the open part; the screen comes back below it."""
    draft, event = current(turn), turn.event
    if draft is None:
        return nothing_open(turn)
    if isinstance(event, TextReceived) and event.text.strip():
        where = event.address.channel
        turn.store.drafts.append(draft, event.text, where, event.message_ref, turn.now)
    return show(turn)


def on_edited(turn: TurnContext) -> Reply | None:
    """A typed message was changed: so is the draft, unless its feedback was given."""
    event = turn.event
    if not isinstance(event, MessageEdited):
        return None
    drafts, where = turn.store.drafts, event.address.channel
    draft = drafts.with_message(turn.me.id, where, event.message_ref)
    if draft is None or draft.mock_id is not None:
        return None
    if draft.is_finished:
        offers = (
            button(draft, "rewrite", "oral.rewrite"),
            button(draft, "show", "oral.see_feedback"),
        )
        return Reply(messages=(Ask(body=(line("oral.edited_late"),), choices=(offers,)),))
    drafts.replace(draft, where, event.message_ref, event.text)
    changed = drafts.get(draft.id, turn.me.id) or draft
    return Reply(messages=(screen(turn, changed, fresh=False),))


def show(turn: TurnContext) -> Reply:
    """The state's prompt: where the draft stands, and what to do next."""
    draft = current(turn)
    if draft is None:
        return Reply()
    return Reply(messages=(screen(turn, draft, fresh=is_below(turn)),))


def _open(turn: TurnContext, frame: Frame, prompt_id: str) -> Reply:
    newest = turn.store.drafts.newest(turn.me.id, frame)
    if newest is not None and not newest.is_finished:
        return go_on(newest)
    return _begin(turn, frame, prompt_id)


def _begin(turn: TurnContext, frame: Frame, prompt_id: str) -> Reply:
    if not prompt_id:
        return Reply(messages=(Say(body=(line("oral.no_question"),)),))
    return go_on(turn.store.drafts.start(turn.me.id, frame, prompt_id, turn.now))


def _next_part(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """The open part is done, empty or not; a second press finds another part open."""
    if argument != str(draft.part) or draft.part + 1 >= len(draft.part_ids):
        return back_to_it(draft)
    turn.store.drafts.open_part(draft, draft.part + 1)
    skipped = not draft.notes_of(draft.part)
    return go_on(draft, line("oral.skipped") if skipped else None)


def _part_before(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    if argument != str(draft.part) or draft.part < 1:
        return back_to_it(draft)
    turn.store.drafts.open_part(draft, draft.part - 1)
    return go_on(draft)


def _in_one_go(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    if not draft.is_empty:
        return back_to_it(draft)
    turn.store.drafts.open_part(draft, IN_ONE_GO)
    return go_on(draft)


def _in_parts(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    if not draft.is_empty:
        return back_to_it(draft)
    turn.store.drafts.open_part(draft, 0)
    return go_on(draft)


def _keep_and_add(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """The version before stays as it is: only what lacked is still to be written."""
    turn.store.drafts.keep_copied(draft)
    return go_on(draft)


def later(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """Stop here: what was written waits, an untouched question does not."""
    if draft.is_empty:
        turn.store.drafts.discard(draft)
        said: tuple[Line, ...] = (line(f"oral.put_off_{draft.frame}"),)
        row: Row = (menu(),)
    else:
        said = (line(f"oral.kept_{draft.frame}"), BLANK, question(turn.pack, draft))
        row = (button(draft, "resume", "oral.resume"), menu())
    return Reply(state=Idle(), messages=(Ask(body=said, choices=(row,), slot=slot(draft)),))


def resume(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """Go on where the draft was left."""
    return go_on(draft)


def another(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """The question after this one; what was written here stays."""
    if draft.frame == "star":
        return Reply(next="bank::skills")
    prompt_id, used = PITCH, turn.store.drafts.uses(turn.me.id, draft.frame)
    if draft.prompt_id in turn.pack.surprises:
        prompt_id = surprise_after(turn.pack, draft.prompt_id, used)
    elif draft.frame == "prep":
        ranked = rank_prompts(turn.pack.prep.values(), turn.me.stream, used)
        prompt_id = next_after(ranked, draft.prompt_id) if ranked else ""
    return _begin(turn, draft.frame, prompt_id)


ACTIONS: dict[str, Action] = {
    "next": _next_part,
    "back": _part_before,
    "whole": _in_one_go,
    "parts": _in_parts,
    "keep": _keep_and_add,
    "another": another,
    "later": later,
    "resume": resume,
}
