"""What a draft looks like while it is being written."""

from __future__ import annotations

from bot.domain.oral import IN_ONE_GO, Draft, prompt_of
from bot.handlers.context import TurnContext
from bot.handlers.oral import likely, voice
from bot.handlers.oral.drafts import (
    button,
    excerpt,
    frame_name,
    is_return,
    part_name,
    question,
    slot,
)
from bot.messages import BLANK, Ask, Line, Outgoing, Row, line
from content.schema import PrepPrompt


def screen(turn: TurnContext, draft: Draft, *, fresh: bool) -> Outgoing:
    """The open part of a draft, or the grid of a voice note."""
    if draft.is_spoken:
        return voice.grid(turn, draft, fresh=fresh)
    returning = is_return(turn) and not draft.is_empty
    body = (
        *((line("oral.resumed"), BLANK) if returning else ()),
        _heading(draft),
        question(turn.pack, draft),
        BLANK,
        *_guidance(turn, draft),
        BLANK,
        *_noted(draft),
    )
    rows = _whole_rows(draft) if draft.part == IN_ONE_GO else _part_rows(draft)
    if draft.is_empty or returning:
        rows = (*rows, *_other_question(draft))
    later = (button(draft, "later", "oral.later"),)
    return Ask(body=body, choices=(*rows, later), slot=slot(draft), fresh=fresh)


def _heading(draft: Draft) -> Line:
    frame, total = frame_name(draft), len(draft.part_ids)
    if draft.part == IN_ONE_GO:
        return line("oral.heading_whole", frame=frame)
    name = part_name(draft.part_ids[draft.part])
    return line("oral.heading_part", frame=frame, number=draft.part + 1, total=total, part=name)


def _guidance(turn: TurnContext, draft: Draft) -> tuple[Line, ...]:
    """One line on what belongs here; on the first screen also the question's own hint and
    one's own story that fits it."""
    if draft.part == IN_ONE_GO:
        hint = line(f"oral.hint_whole_{draft.frame}")
    else:
        hint = line(f"oral.hint_{draft.part_ids[draft.part]}")
    prompt = prompt_of(turn.pack, draft)
    if prompt is None or not draft.is_empty or draft.part > 0:
        return (hint,)
    mine = likely.hint(turn, prompt) if isinstance(prompt, PrepPrompt) else ()
    return (hint, line("oral.prompt_hint", hint=prompt.hint), *mine)


def _noted(draft: Draft) -> tuple[Line, ...]:
    """What is in the open part, and the next step."""
    notes = draft.notes_of(draft.part)
    last = draft.part in {IN_ONE_GO, len(draft.part_ids) - 1}
    if not notes:
        return (line("oral.write_whole" if draft.part == IN_ONE_GO else "oral.write_part"),)
    words = excerpt(notes[0].text)
    if notes[0].copied:
        onward = "oral.then_add" if draft.part == IN_ONE_GO else "oral.then_replace"
        return (line("oral.copied", words=words), line(onward))
    then = line("oral.then_finish" if last else "oral.then_next")
    return (line("oral.noted", count=len(notes), words=words), then)


def _part_rows(draft: Draft) -> tuple[Row, ...]:
    last = draft.part == len(draft.part_ids) - 1
    done = button(draft, f"next-{draft.part}", "oral.next_part")
    finish = button(draft, "finish", "oral.see_feedback")
    rows: tuple[Row, ...] = ((finish,),) if last else ((done,),)
    second: Row = ()
    if draft.part > 0:
        second = (button(draft, f"back-{draft.part}", "oral.part_before"),)
    if not last and not draft.is_empty:
        second = (*second, button(draft, "finish", "oral.finish_here"))
    return (*rows, second) if second else rows


def _whole_rows(draft: Draft) -> tuple[Row, ...]:
    if draft.is_empty:
        return ()
    finish: Row = (button(draft, "finish", "oral.see_feedback"),)
    if any(each.copied for each in draft.notes_of(IN_ONE_GO)):
        return ((button(draft, "keep", "oral.keep_and_add"),), finish)
    return (finish,)


def _other_question(draft: Draft) -> tuple[Row, ...]:
    """Another way to answer, while nothing is written; another question, where there are some."""
    row: Row = ()
    if draft.is_empty and draft.part == IN_ONE_GO:
        row = (button(draft, "parts", "oral.in_parts"),)
    elif draft.is_empty:
        row = (button(draft, "whole", "oral.in_one_go"),)
    if draft.frame != "pitch":
        row = (*row, button(draft, "another", f"oral.another_{draft.frame}"))
    return (row,) if row else ()
