"""What a review looks like: each change with its reason, what was decided, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.clock import local_day
from bot.domain.proposals import UNDO_FOR, Proposal
from bot.handlers.context import TurnContext
from bot.messages import BLANK, Ask, Choice, Line, Row, line

_MENU = Choice(token="menu::", label=line("common.menu"))
_PLAN = Choice(token="plan::show", label=line("plan.to_plan"))


def review_screen(turn: TurnContext, proposals: Sequence[Proposal], *, fresh: bool = False) -> Ask:
    """The proposals offered together, numbered; one message, edited as they are decided."""
    numbered = list(enumerate(proposals, 1))
    is_open = any(each.is_open(turn.now) for each in proposals)
    parts = [part for number, each in numbered for part in (*_say(turn, number, each), BLANK)]
    last = line("review.choose" if is_open else "review.next")
    return Ask(
        body=(line("review.heading"), line("review.consent"), BLANK, *parts, last),
        choices=_rows(turn, numbered, is_open=is_open),
        slot=f"review:{proposals[0].id}",
        fresh=fresh,
    )


def nothing_screen() -> Ask:
    """Nothing waits for a decision."""
    body = (line("review.nothing"), line("review.next"))
    return Ask(body=body, choices=((_PLAN, _MENU),))


def _say(turn: TurnContext, number: int, proposal: Proposal) -> tuple[Line, ...]:
    """The change and its reason; once decided, what became of it."""
    what = _what(turn, proposal)
    if proposal.undone_at is not None:
        return (line("review.undone", number=number, what=what),)
    if proposal.is_in_force:
        said = line("review.accepted", number=number, what=what)
        if not proposal.can_be_undone(turn.now) or proposal.decided_at is None:
            return (said,)
        until = local_day(proposal.decided_at + UNDO_FOR, turn.me.zone)
        return (said, line("review.undo_until", day=until))
    if not proposal.is_open(turn.now):
        left = "review.lapsed" if proposal.accepted is None else "review.kept"
        return (line(left, number=number, what=what),)
    return (line("review.offered", number=number, what=what), _why(proposal))


def _what(turn: TurnContext, proposal: Proposal) -> Line:
    """What the change makes different."""
    kind, before, after = proposal.change.kind, proposal.change.before, proposal.change.after
    if kind == "replan":
        return line("review.what_replan", start=date.fromisoformat(str(after["planned_from"])))
    if kind == "questions":
        fewer, more = after["questions_a_day"], before["questions_a_day"]
        return line("review.what_questions", after=int(fewer or 0), before=int(more or 0))
    names = {topic.id: topic.name for topic in turn.pack.head.topics}
    topic = str(after["focus_topic"])
    return line("review.what_focus", topic=names.get(topic, topic))


def _why(proposal: Proposal) -> Line:
    """The candidate's own figures that speak for the change; none that could shame."""
    change = proposal.change
    figures = {name: int(each or 0) for name, each in change.why.items()}
    if change.kind == "focus":
        return line("review.why_focus", **figures)
    if change.kind == "replan":
        if figures["away"]:
            return line("review.why_away", count=figures["away"])
        return line("review.why_late", count=figures["late"])
    if figures["away"] or not figures["kept"]:
        return line("review.why_gently")
    grows = int(change.after["questions_a_day"] or 0) > int(change.before["questions_a_day"] or 0)
    return line("review.why_more" if grows else "review.why_fewer", **figures)


def _rows(
    turn: TurnContext, numbered: Sequence[tuple[int, Proposal]], *, is_open: bool
) -> tuple[Row, ...]:
    """Accept or undo for each, all or none for what is open; then the way on."""
    rows = tuple(row for number, each in numbered for row in _row(turn, number, each))
    if not is_open:
        return (*rows, (_PLAN, _MENU))
    first = numbered[0][1].id
    keep = Choice(token=f"review:{first}:keep", label=line("review.keep"))
    every = Choice(token=f"review:{first}:all", label=line("review.all"))
    return (*rows, (every, keep) if len(numbered) > 1 else (keep,))


def _row(turn: TurnContext, number: int, proposal: Proposal) -> tuple[Row, ...]:
    """Accept what is open, undo what is in force."""
    action = "yes" if proposal.is_open(turn.now) else "undo"
    if action == "undo" and not proposal.can_be_undone(turn.now):
        return ()
    label = line(f"review.{action}", number=number)
    return ((Choice(token=f"review:{proposal.id}:{action}", label=label),),)
