"""After a code was given: the maker says it is them, and the joiner says which history stays.

A history is opened to another device, or deleted, only by a press on a device that holds it; so
neither a stolen code nor a code sent to somebody as a trap does any harm by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.conversation import Idle
from bot.domain.candidate import CandidateId
from bot.handlers.context import Reply, TurnContext
from bot.handlers.linking.screens import choice_question, linked, loss_question, said
from bot.messages import Address, line
from bot.storage.links import Link, Stage

Side = Literal["maker", "joiner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What a button does, whose press counts, and at which stages."""

    by: frozenset[Side]
    at: frozenset[Stage]
    do: Callable[[TurnContext, Link], Reply]


def take_step(turn: TurnContext, ref: str, value: str) -> Reply | None:
    """Do what the button says; None when it is not this person's to press, or not now."""
    step, link = _STEPS.get(value), turn.store.links.by_ref(ref)
    if step is None or link is None or link.expires_at <= turn.now:
        return None
    if link.stage not in step.at or _side(turn, link) not in step.by:
        return None
    return step.do(turn, link)


def _side(turn: TurnContext, link: Link) -> Side | None:
    if turn.candidate is not None and turn.candidate.id == link.candidate_id:
        return "maker"
    is_joiner = turn.event.address == link.joiner and turn.event.sender == link.person
    return "joiner" if is_joiner else None


def _approve(turn: TurnContext, link: Link) -> Reply:
    """The maker says yes; a joiner with a history of their own chooses first."""
    joiner, joining = _joiner(link), _joining(turn, link)
    turn.store.links.approve(link, turn.now)
    if joining in {None, link.candidate_id}:
        return _link(turn, link, stays=link.candidate_id, goes=None)
    theirs = turn.store.histories.of(joining)
    if theirs.is_empty:
        return _link(turn, link, stays=link.candidate_id, goes=joining)
    mine = turn.store.histories.of(link.candidate_id)
    question = choice_question(link, theirs=mine, mine=theirs, to=joiner)
    return Reply(messages=(said("linking.choose_elsewhere"), question))


def _refuse(turn: TurnContext, link: Link) -> Reply:
    turn.store.links.close(link)
    return Reply(
        messages=(said("linking.refused"), said("linking.refused_there", to=_joiner(link)))
    )


def _keep_there(turn: TurnContext, link: Link) -> Reply:
    """The maker's history stays: this one would be deleted, so ask once more."""
    lost = turn.store.histories.of(turn.me.id)
    return Reply(messages=(loss_question(link, lost, "drop"),))


def _keep_here(turn: TurnContext, link: Link) -> Reply:
    """The joiner's history stays: the maker must agree to lose theirs, if there is one."""
    lost = turn.store.histories.of(link.candidate_id)
    if lost.is_empty:
        return _link(turn, link, stays=turn.me.id, goes=link.candidate_id)
    turn.store.links.offer(link, turn.now)
    question = loss_question(link, lost, "give", to=link.maker)
    return Reply(messages=(said("linking.confirm_loss_elsewhere"), question))


def _drop(turn: TurnContext, link: Link) -> Reply:
    return _link(turn, link, stays=link.candidate_id, goes=turn.me.id)


def _give(turn: TurnContext, link: Link) -> Reply:
    joining = _joining(turn, link)
    if joining is None or joining == link.candidate_id:
        return _apart(turn, link)
    return _link(turn, link, stays=joining, goes=link.candidate_id)


def _apart(turn: TurnContext, link: Link) -> Reply:
    turn.store.links.close(link)
    return Reply(
        messages=(said("linking.apart"), said("linking.apart", to=_other(turn, link))),
        notice=line("linking.apart"),
    )


def _link(turn: TurnContext, link: Link, *, stays: CandidateId, goes: CandidateId | None) -> Reply:
    """Both sides talk as `stays` from now on; `goes` is deleted, once both are locked."""
    store, other = turn.store, _other(turn, link)
    for each in sorted({stays, *([goes] if goes else [])}):
        store.candidates.get(each, lock=True)
    store.links.close(link)
    if goes is None:
        store.conversations.open(_joiner(link), link.person, stays, turn.now)
    else:
        store.conversations.hand_over(goes, stays)
        store.privacy.forget(goes)
    turn.candidate = store.candidates.get(stays)
    return Reply(messages=(linked("linking.done"), linked("linking.done", to=other)), state=Idle())


def _other(turn: TurnContext, link: Link) -> Address:
    """The device on the other side of the link."""
    return _joiner(link) if _side(turn, link) == "maker" else link.maker


def _joiner(link: Link) -> Address:
    """Where the code was given (every step comes after that)."""
    if link.joiner is None:
        raise LookupError("nobody gave this code yet")
    return link.joiner


def _joining(turn: TurnContext, link: Link) -> CandidateId | None:
    """Who the joiner is now, if a candidate."""
    found = turn.store.conversations.find(_joiner(link), link.person)
    return found.candidate_id if found else None


def _step(by: Side, at: Stage, do: Callable[[TurnContext, Link], Reply]) -> _Step:
    return _Step(by=frozenset({by}), at=frozenset({at}), do=do)


_STEPS: Mapping[str, _Step] = {
    "yes": _step("maker", "claimed", _approve),
    "no": _step("maker", "claimed", _refuse),
    "there": _step("joiner", "approved", _keep_there),
    "drop": _step("joiner", "approved", _drop),
    "here": _step("joiner", "approved", _keep_here),
    "give": _step("maker", "offered", _give),
    "apart": _Step(
        by=frozenset({"maker", "joiner"}), at=frozenset({"approved", "offered"}), do=_apart
    ),
}
