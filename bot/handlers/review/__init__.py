"""The review of the plan: each change waits for the candidate's word, and can be taken back (M74).

Tokens: `review::show`; `review:<id>:yes` or `undo` for one proposal; `review:<id>:all` or `keep`
for what is still open of those offered with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.proposals import Proposal
from bot.handlers.context import Reply, Routes, TurnContext
from bot.handlers.refs import is_row
from bot.handlers.review.changing import accept, undo
from bot.handlers.review.screens import nothing_screen, review_screen
from bot.handlers.reviewing import is_test_near, offer_on_return
from bot.messages import line


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A decision on a proposal of one's own; else nothing changes and what waits is shown."""
    proposal = turn.store.proposals.get(int(ref), turn.me.id) if is_row(ref) else None
    if proposal is None or value not in _ACTIONS:
        waiting = offer_on_return(turn)
        screen = review_screen(turn, waiting, fresh=not ref) if waiting else nothing_screen()
        return Reply(messages=(screen,), notice=line("common.stale") if ref else None)
    notice = _ACTIONS[value](turn, proposal)
    shown = turn.store.proposals.together(turn.me.id, proposal.offered_at)
    return Reply(messages=(review_screen(turn, shown),), notice=line(f"review.{notice}"))


def _yes(turn: TurnContext, proposal: Proposal) -> str:
    """Put one change in force."""
    if proposal.is_in_force:
        return "accepted_notice"
    if not proposal.is_open(turn.now):
        return "expired_notice"
    if is_test_near(turn):
        return "eve_notice"
    return "accepted_notice" if accept(turn, proposal) else "moved_on_notice"


def _undo(turn: TurnContext, proposal: Proposal) -> str:
    """Put one change back."""
    if proposal.undone_at is not None:
        return "undone_notice"
    if not proposal.can_be_undone(turn.now):
        return "expired_notice"
    return "undone_notice" if undo(turn, proposal) else "moved_on_notice"


def _all(turn: TurnContext, proposal: Proposal) -> str:
    """Put every open change in force."""
    if is_test_near(turn):
        return "eve_notice"
    taken = [accept(turn, each) for each in _open_ones(turn, proposal)]
    if not taken:
        return "expired_notice"
    return "accepted_notice" if all(taken) else "moved_on_notice"


def _keep(turn: TurnContext, proposal: Proposal) -> str:
    """Leave everything still open as it is."""
    kept = _open_ones(turn, proposal)
    for each in kept:
        turn.store.proposals.decline(each, turn.now)
    return "kept_notice" if kept else "expired_notice"


def _open_ones(turn: TurnContext, proposal: Proposal) -> Sequence[Proposal]:
    together = turn.store.proposals.together(turn.me.id, proposal.offered_at)
    return [each for each in together if each.is_open(turn.now)]


_ACTIONS = {"yes": _yes, "undo": _undo, "all": _all, "keep": _keep}
ROUTES = Routes(buttons={"review": on_press})
