"""/faq: the questions candidates ask, each answered with its source and date (M93)."""

from __future__ import annotations

import re

from bot.conversation import Idle
from bot.handlers.context import Reply, Routes, TurnContext
from bot.messages import BLANK, Ask, Choice, Row, content, line
from content.schema import FaqEntry

_SLOT = "faq"
_PAGE_SIZE = 6
_PAGE = re.compile(r"[0-9]{1,3}")
_MENU = Choice(token="menu::", label=line("common.menu"))


def on_command(turn: TurnContext) -> Reply:
    """/faq: the list, at the bottom of the chat."""
    # The list invites a question in one's own words, so the next text is one.
    return Reply(messages=(_list(turn, 0, fresh=True),), state=Idle())


def on_press(turn: TurnContext, ref: str, value: str) -> Reply:
    """A page (`faq:2:page`), an answer (`faq:<id>:show`; `new` sends it anew), or the list."""
    if value == "page" and _PAGE.fullmatch(ref):
        return Reply(messages=(_list(turn, int(ref), fresh=False),))
    entry = turn.pack.faq.get(ref)
    if entry is not None:
        return Reply(messages=(_answer(turn, entry, fresh=value == "new"),))
    listed = _list(turn, 0, fresh=True)
    return Reply(messages=(listed,), notice=line("common.stale") if ref else None)


def _list(turn: TurnContext, page: int, *, fresh: bool) -> Ask:
    """A page of questions with a button each; a page beyond the last is the last."""
    entries = list(turn.pack.faq.values())
    if not entries:
        return Ask(body=(line("faq.empty"),), choices=((_MENU,),), slot=_SLOT, fresh=fresh)
    last = (len(entries) - 1) // _PAGE_SIZE
    page = min(page, last)
    first = page * _PAGE_SIZE
    numbered = list(enumerate(entries[first : first + _PAGE_SIZE], first + 1))
    questions = (
        line("faq.item", number=number, question=entry.question) for number, entry in numbered
    )
    picks: Row = tuple(
        Choice(token=f"faq:{entry.id}:show", label=line("faq.number", number=number))
        for number, entry in numbered
    )
    body = (line("faq.heading"), BLANK, *questions, BLANK, line("faq.pick"))
    choices = (picks, (*_pages(page, last), _MENU))
    return Ask(body=body, choices=choices, slot=_SLOT, fresh=fresh)


def _pages(page: int, last: int) -> Row:
    before = Choice(token=f"faq:{page - 1}:page", label=line("faq.before"))
    after = Choice(token=f"faq:{page + 1}:page", label=line("faq.after"))
    return (*((before,) if page > 0 else ()), *((after,) if page < last else ()))


def _answer(turn: TurnContext, entry: FaqEntry, *, fresh: bool) -> Ask:
    place = list(turn.pack.faq).index(entry.id)
    back = Choice(token=f"faq:{place // _PAGE_SIZE}:page", label=line("faq.list"))
    return Ask(
        body=(
            line("faq.question", question=entry.question),
            BLANK,
            content(entry.answer),
            BLANK,
            line("faq.source", source=entry.source, as_of=entry.as_of),
        ),
        choices=((back, _MENU),),
        slot=_SLOT,
        fresh=fresh,
    )


ROUTES = Routes(commands={"faq": on_command}, buttons={"faq": on_press})
