"""What both devices show while a link code is made, given and confirmed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import reduce

from bot.clock import local_time
from bot.domain.link_code import grouped
from bot.messages import BLANK, Address, Ask, Choice, Line, Say, line
from bot.storage.histories import History
from bot.storage.links import Link

SLOT = "link"
GO_ON = Choice(token="quiz::open", label=line("linking.go_on"))
_NEW = Choice(token="link::new", label=line("linking.get_code"))
_ENTER = Choice(token="link::enter", label=line("linking.have_code"))
_CANCEL = Choice(token="link::", label=line("common.cancel"))


def start_screen() -> Ask:
    """A candidate's choice: make a code here, or give one made elsewhere."""
    return Ask(body=(line("linking.start"),), choices=((_NEW,), (_ENTER,)), slot=SLOT)


def visitor_screen() -> Say:
    """How a person without a history here gives a code."""
    return Say(body=(line("linking.start_visitor"),))


def code_screen(code: str, expires_at: datetime, zone: str) -> Ask:
    """The code, how long it lives, and where to give it."""
    return Ask(
        body=(
            line("linking.code", code=grouped(code)),
            line("linking.code_until", hour=local_time(expires_at, zone)),
            BLANK,
            line("linking.code_use", code=grouped(code)),
            line("linking.code_secret"),
        ),
        choices=((_CANCEL,),),
        slot=SLOT,
    )


def code_prompt() -> Ask:
    """Asks for a code."""
    return Ask(body=(line("linking.type_code"),), choices=((_CANCEL,),), slot=SLOT)


def join_question(code: str) -> Ask:
    """A link was followed: only who made its code should go on."""
    return Ask(
        body=(line("linking.join_ask"), line("linking.join_warning")),
        choices=(
            (Choice(token=f"link:{code}:join", label=line("linking.join_yes")),),
            (Choice(token="link::", label=line("common.cancel")),),
        ),
        slot=SLOT,
    )


def approval_question(link: Link, to: Address, channel: str) -> Ask:
    """To the maker: is it you, on that channel?"""
    return Ask(
        body=(
            line("linking.approve_ask", channel=line(f"channels.{channel}")),
            line("linking.approve_warning"),
        ),
        choices=((_step(link, "yes", "common.yes"), _step(link, "no", "common.no")),),
        to=to,
        slot=SLOT,
        fresh=True,
    )


def choice_question(link: Link, theirs: History, mine: History, to: Address) -> Ask:
    """To the joiner: which of two histories stays?"""
    return Ask(
        body=(
            line("linking.choose"),
            line("linking.choose_there", history=history_line(theirs)),
            line("linking.choose_here", history=history_line(mine)),
            BLANK,
            line("linking.choose_ask"),
        ),
        choices=(
            (_step(link, "there", "linking.keep_there"),),
            (_step(link, "here", "linking.keep_here"),),
            (_step(link, "apart", "linking.keep_apart"),),
        ),
        to=to,
        slot=SLOT,
        fresh=True,
    )


def loss_question(link: Link, lost: History, value: str, *, to: Address | None = None) -> Ask:
    """Before a history is deleted: what goes, and that it cannot come back."""
    return Ask(
        body=(
            line("linking.loss", history=history_line(lost)),
            line("linking.loss_data"),
        ),
        choices=(
            (_step(link, value, "linking.loss_yes"),),
            (_step(link, "apart", "linking.keep_apart"),),
        ),
        to=to,
        slot=SLOT,
        fresh=to is not None,
    )


def history_line(history: History) -> Line:
    """How much there is of each, in counts."""
    counts = asdict(history).items()
    parts = [line(f"linking.{each}", count=count) for each, count in counts if count]
    if not parts:
        return line("linking.history_empty")
    return reduce(lambda left, right: line("linking.history", left=left, right=right), parts)


def said(key: str, *, to: Address | None = None) -> Say:
    """One sentence, on this device or on the other."""
    return Say(body=(line(key),), to=to, slot=SLOT, fresh=to is not None)


def linked(key: str, *, to: Address | None = None) -> Ask:
    """It is done: the same quiz goes on here."""
    return Ask(body=(line(key),), choices=((GO_ON,),), to=to, slot=SLOT, fresh=to is not None)


def _step(link: Link, value: str, key: str) -> Choice:
    return Choice(token=f"link:{link.ref}:{value}", label=line(key))
