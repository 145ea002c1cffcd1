"""Feedback on a finished answer: one advice first, then what is there, in one's own words."""

from __future__ import annotations

from bot.conversation import Idle
from bot.domain.frames import RUBRICS, Frame
from bot.domain.oral import IN_ONE_GO, Draft, assess_draft
from bot.domain.rubric import (
    Assessment,
    Finding,
    Level,
    Remark,
    compare,
)
from bot.handlers.context import Reply, TurnContext
from bot.handlers.oral.drafts import (
    button,
    excerpt,
    frame_name,
    go_on,
    listed,
    menu,
    part_name,
    question,
    slot,
)
from bot.handlers.oral.model import door
from bot.messages import BLANK, Ask, Choice, Line, Row, line

_REMARKS = 3
# Remarks that a part of the frame already makes.
_SAID_BY_A_PART: dict[Frame, frozenset[str]] = {
    "prep": frozenset(),
    "star": frozenset({"figure", "no_figure", "no_user"}),
    "pitch": frozenset({"user", "no_user"}),
}


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
    """The whole feedback, within 1,500 characters."""
    assessment = draft.assessment or assess_draft(turn.pack, draft, turn.language)
    body = (
        line("feedback.heading", frame=frame_name(draft)),
        question(turn.pack, draft),
        BLANK,
        line("feedback.first", advice=_advice(assessment)),
        BLANK,
        *(_finding(assessment, each) for each in assessment.findings),
        *(_remark(each) for each in _chosen_remarks(assessment)),
        _length(assessment),
        *_progress(turn, draft, assessment),
        BLANK,
        line("feedback.spoken_basis" if assessment.spoken else "feedback.written_basis"),
    )
    return Ask(body=body, choices=_choices(turn, draft), slot=slot(draft))


def _choices(turn: TurnContext, draft: Draft) -> tuple[Row, ...]:
    onward: Row = (*door(turn.pack, draft), menu())
    rewrite_it = button(draft, "rewrite", "oral.retry" if draft.is_spoken else "oral.rewrite")
    other = button(draft, "another", f"oral.another_{draft.frame}")
    if draft.frame != "star":
        return ((rewrite_it, other), onward)
    shelf = Choice(token=f"bank:{draft.id}:shelf", label=line("bank.open"))
    if draft.is_spoken or draft.banked:
        return ((rewrite_it, other), (shelf, *onward))
    keep = Choice(token=f"bank:{draft.id}:keep", label=line("bank.keep"))
    return ((keep,), (rewrite_it, other), (shelf, *onward))


def _advice(assessment: Assessment) -> Line:
    """The text of the one advice, by the part it is about and how far that part is there."""
    if assessment.focus:
        how = "missing" if assessment.level(assessment.focus) is Level.MISSING else "weak"
        return line(f"feedback.do_{assessment.focus}_{how}")
    levels = {finding.level for finding in assessment.findings}
    if levels == {Level.NOT_ASSESSED}:
        return line("feedback.do_tick")
    if assessment.advice == "lengthen":
        return line(f"feedback.do_lengthen_{assessment.frame}")
    if assessment.advice == "none" and Level.NOT_ASSESSED in levels:
        return line("feedback.do_check")
    return line(f"feedback.do_{assessment.advice}")


def _finding(assessment: Assessment, finding: Finding) -> Line:
    """One part: its level, the words that show it, and why it does not carry yet."""
    name = part_name(finding.part)
    if assessment.spoken:
        return line(f"feedback.spoken_{finding.level}", part=name)
    words = excerpt(finding.evidence)
    if finding.level is Level.NOT_ASSESSED:
        return line("feedback.unsure", part=name, words=words)
    key = f"{finding.level}_{finding.reason}" if finding.reason else str(finding.level)
    if finding.level is Level.MISSING:
        return line(f"feedback.{key}", part=name)
    return line(f"feedback.{key}", part=name, words=words)


def _chosen_remarks(assessment: Assessment) -> list[Remark]:
    """The first few, without what a part or the advice says already."""
    said = _SAID_BY_A_PART[assessment.frame]
    told = {"add_figure": "no_figure", "link_to_user": "no_user", "add_plan": "no_plan"}
    rest = [r for r in assessment.remarks if r.kind not in said]
    return [r for r in rest if r.kind != told.get(assessment.advice)][:_REMARKS]


def _remark(remark: Remark) -> Line:
    if not remark.evidence:
        return line(f"feedback.remark_{remark.kind}")
    return line(f"feedback.remark_{remark.kind}", words=excerpt(remark.evidence))


def _length(assessment: Assessment) -> Line:
    low, high = RUBRICS[assessment.frame].seconds
    if assessment.length == "unknown":
        return line("oral.time_unknown", low=low, high=high)
    if assessment.spoken:
        key = f"oral.time_{assessment.length}"
        return line(key, seconds=assessment.seconds, low=low, high=high)
    return line(
        f"feedback.length_{assessment.length}",
        count=assessment.words,
        seconds=assessment.seconds,
        low=low,
        high=high,
    )


def _progress(turn: TurnContext, draft: Draft, after: Assessment) -> tuple[Line, ...]:
    """What the rewrite changed, in one line."""
    earlier = draft.rewrite_of and turn.store.drafts.get(draft.rewrite_of, turn.me.id)
    if not earlier or earlier.assessment is None:
        return ()
    change = compare(earlier.assessment, after)
    times = {"before": change.seconds_before, "after": change.seconds_after}
    if change.better and change.worse:
        better, worse = _names(change.better), _names(change.worse)
        return (line("feedback.mixed", better=better, worse=worse, **times),)
    if change.better:
        return (line("feedback.better", parts=_names(change.better), **times),)
    if change.worse:
        return (line("feedback.worse", parts=_names(change.worse), **times),)
    return (line("feedback.same", **times),)


def _names(parts: tuple[str, ...]) -> Line:
    return listed([part_name(part) for part in parts])
