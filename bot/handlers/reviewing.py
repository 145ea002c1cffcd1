"""When a review of the plan is offered: on Sunday, or on the return from an absence (T8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.clock import local_day
from bot.domain.absence import Absence, absence
from bot.domain.outlook import is_near
from bot.domain.proposals import Change, Proposal, resting
from bot.domain.review import Facts, review
from bot.handlers.context import TurnContext
from bot.messages import Choice, Row, line
from bot.storage.today import current_enrolment, next_test_day

# Yesterday and today in any zone: an absence is told by these and by what came last before them.
_RECENT = timedelta(days=3)


def offer_on_sunday(turn: TurnContext) -> tuple[Proposal, ...] | None:
    """This week's proposals, kept; empty when nothing should change.

    None when an absence was already spoken of: nobody is asked twice while away.
    """
    past, away = turn.store.proposals.of_candidate(turn.me.id), _away(turn)
    if away and any(away.is_noticed(local_day(each.offered_at, turn.me.zone)) for each in past):
        return None
    return turn.store.proposals.offer(turn.me.id, _changes(turn, past, away), turn.now)


def is_test_near(turn: TurnContext) -> bool:
    """Whether it is the eve or the day of a test: nothing of the plan is then decided (M85)."""
    exam = next_test_day(turn.store, turn.me, turn.today)
    return exam is not None and is_near(exam, turn.today)


def offer_on_return(turn: TurnContext) -> tuple[Proposal, ...]:
    """What still waits for a decision; else, just back from an absence, new proposals.

    Nothing when a test is near.
    """
    if is_test_near(turn):
        return ()
    past = turn.store.proposals.of_candidate(turn.me.id)
    waiting = _waiting(turn, past)
    if waiting:
        return turn.store.proposals.together(turn.me.id, waiting[0].offered_at)
    changes = _changes_on_return(turn, past)
    return turn.store.proposals.offer(turn.me.id, changes, turn.now) if changes else ()


def review_row(turn: TurnContext) -> tuple[Row, ...]:
    """The door to a review that waits or is due; nothing otherwise, nor when a test is near."""
    if is_test_near(turn):
        return ()
    past = turn.store.proposals.of_candidate(turn.me.id)
    if not _waiting(turn, past) and not _changes_on_return(turn, past):
        return ()
    return ((Choice(token="review::show", label=line("review.door")),),)


def _changes_on_return(turn: TurnContext, past: Sequence[Proposal]) -> tuple[Change, ...]:
    """What an absence just over calls for, unless the candidate decided on that already."""
    away = _away(turn)
    if away is None or _is_settled(turn, past, away):
        return ()
    return _changes(turn, past, away)


def _changes(
    turn: TurnContext, past: Sequence[Proposal], away: Absence | None
) -> tuple[Change, ...]:
    """What to propose, of kinds not left in peace; after an absence the plan is spoken of."""
    in_peace = resting(past, turn.now) - ({"replan"} if away else set())
    return review(_facts(turn, away), in_peace)


def _waiting(turn: TurnContext, past: Sequence[Proposal]) -> list[Proposal]:
    """What can still be accepted: only of the newest review, since it lets older ones lapse."""
    return [each for each in past if each.is_open(turn.now)]


def _is_settled(turn: TurnContext, past: Sequence[Proposal], away: Absence) -> bool:
    """Whether the candidate decided on a review that this absence called for."""
    return any(
        each.accepted is not None
        and each.decided_at is not None
        and away.is_noticed(local_day(each.decided_at, turn.me.zone))
        for each in past
    )


def _away(turn: TurnContext) -> Absence | None:
    me = turn.me
    active = turn.store.histories.active_at(me.id, turn.now - _RECENT)
    days = [local_day(each, me.zone) for each in (me.onboarded_at or me.consent_at, *active)]
    return absence(sorted(days), turn.today)


def _facts(turn: TurnContext, away: Absence | None) -> Facts:
    me = turn.me
    return Facts(
        today=turn.today,
        exam_day=next_test_day(turn.store, me, turn.today),
        enrolment=current_enrolment(turn.store, me, turn.today),
        milestones=turn.pack.milestones,
        questions_a_day=me.questions_a_day,
        daily_days=turn.store.quizzes.daily_days(me.id, me.zone),
        answers=turn.store.quizzes.answers(me.id),
        questions=turn.pack.questions,
        focus=(me.focus_topic, me.focus_until),
        away=away,
    )
