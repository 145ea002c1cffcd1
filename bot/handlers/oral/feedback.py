"""Feedback on a finished answer: what is there, in one's own words, then the one advice."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import Idle
from bot.domain.oral import IN_ONE_GO, Draft, assess_draft, prompt_of, question_of, shortened
from bot.domain.rubric import Assessment, compare
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral import wording
from bot.handlers.oral.drafts import button, frame_name, go_on, menu, slot
from bot.handlers.oral.model import door
from bot.messages import BLANK, Ask, Choice, Line, Row, line
from content.schema import Language, Pack

# A rewrite says what was gained and lost; there is then less room for remarks.
_REMARKS, _REMARKS_OF_REWRITE = 2, 1
_QUESTION = 60


def finish(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """Close the answer and say what it shows; with nothing in it, there is nothing to close."""
    if draft.is_empty:
        return go_on(draft, line("oral.nothing_yet"))
    assessment = assess_draft(turn.pack, draft, turn.language)
    turn.store.drafts.finish(draft, assessment, turn.now)
    finished = turn.store.drafts.get(draft.id, turn.me.id) or draft
    return Reply(state=Idle(), messages=(screen(turn, finished),))


def show(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """The feedback again, as it was given."""
    return Reply(messages=(screen(turn, draft),))


def stale_show(turn: TurnContext, draft: Draft) -> Reply:
    """A button of a screen from before the feedback."""
    return Reply(messages=(screen(turn, draft),), notice=line("oral.finished_already"))


def rewrite(turn: TurnContext, draft: Draft, argument: str) -> Reply:
    """A new version that begins with the old words, open at the part to mend; both are kept."""
    newest = turn.store.drafts.newest(turn.me.id, draft.frame)
    if newest is not None and not newest.is_finished and newest.rewrite_of == draft.id:
        return go_on(newest)
    focus = draft.assessment.focus if draft.assessment else ""
    part = draft.part_ids.index(focus) if focus in draft.part_ids else 0
    if draft.notes_of(IN_ONE_GO):
        part = IN_ONE_GO
    version = turn.store.drafts.start(
        turn.me.id, draft.frame, draft.prompt_id, turn.now, rewrite_of=draft, part=part
    )
    return go_on(version)


def screen(turn: TurnContext, draft: Draft) -> Ask:
    """The whole feedback."""
    assessment = assess_draft(turn.pack, draft, turn.language)
    before = _version_before(turn, draft)
    lines = body(turn.pack, turn.language, draft, assessment, before)
    return Ask(body=lines, choices=_choices(turn, draft), slot=slot(draft))


def body(
    pack: Pack, language: Language, draft: Draft, assessment: Assessment, before: Assessment | None
) -> tuple[Line, ...]:
    """Its lines, within 700 characters. `before`: the version that this one rewrites."""
    change = compare(before, assessment) if before else None
    most = _REMARKS if change is None else _REMARKS_OF_REWRITE - bool(change.worse)
    return (
        line("feedback.heading", frame=frame_name(draft)),
        *(() if before else _asked(pack, language, draft)),
        BLANK,
        *wording.findings(assessment),
        *wording.remarks(assessment, most),
        wording.length(assessment),
        *(wording.progress(change, before) if change and before else ()),
        *((line("feedback.spoken_basis"),) if assessment.spoken else ()),
        BLANK,
        *wording.advice(assessment),
    )


def _asked(pack: Pack, language: Language, draft: Draft) -> Iterator[Line]:
    """The beginning of the question; the pitch has but one."""
    prompt = prompt_of(pack, draft)
    if prompt is not None:
        asked = shortened(question_of(prompt).in_language(language), _QUESTION)
        yield line("feedback.asked", question=asked)


def _version_before(turn: TurnContext, draft: Draft) -> Assessment | None:
    earlier = draft.rewrite_of and turn.store.drafts.get(draft.rewrite_of, turn.me.id)
    return earlier.assessment if earlier else None


def _choices(turn: TurnContext, draft: Draft) -> tuple[Row, ...]:
    rewrite_it = button(draft, "rewrite", "oral.retry" if draft.is_spoken else "oral.rewrite")
    again = (rewrite_it, button(draft, "another", f"oral.another_{draft.frame}"))
    more = (button(draft, "grid", "feedback.to_grid"), *door(turn.pack, draft))
    if draft.frame != "star":
        return (again, more, (menu(),))
    shelf = Choice(token=f"bank:{draft.id}:shelf", label=line("bank.open"))
    keep = Choice(token=f"bank:{draft.id}:keep", label=line("bank.keep"))
    kept: tuple[Row, ...] = () if draft.is_spoken or draft.banked else ((keep,),)
    return (*kept, again, more, (shelf, menu()))
